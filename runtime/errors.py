"""The error tree: every error a person or program can meet has a code, words and a hint.

Each code is declared once in CODES and has a page docs/errors/<CODE>.md.
"""

from typing import NamedTuple


class ErrorCode(NamedTuple):
    """HTTP status used when the error reaches a client, and what the code means."""

    status: int
    sentence: str


CODES: dict[str, ErrorCode] = {
    # What a consumer of the API can meet.
    "UNAUTHENTICATED": ErrorCode(401, "The access token is missing, expired or not accepted."),
    "FORGERY_SUSPECTED": ErrorCode(403, "The request did not come from the console's own page."),
    "PURPOSE_UNKNOWN": ErrorCode(403, "The purpose does not exist or is not granted."),
    "BASIS_UNKNOWN": ErrorCode(403, "The legal basis does not exist or is not granted."),
    "CASE_INVALID": ErrorCode(400, "The case reference does not have the accepted form."),
    "QUERY_INVALID": ErrorCode(400, "The GraphQL document does not parse or does not validate."),
    "QUERY_TOO_DEEP": ErrorCode(400, "The GraphQL document nests deeper than is allowed."),
    "QUERY_TOO_LARGE": ErrorCode(400, "The GraphQL document selects more than is allowed."),
    "REQUEST_TOO_LARGE": ErrorCode(413, "The request body is larger than is accepted."),
    "FIELD_DENIED": ErrorCode(200, "The policy denies this field of this row; it is null."),
    "CONSENT_REQUIRED": ErrorCode(200, "The person has not consented to this; it is null."),
    "STRICT_DENIED": ErrorCode(403, "A field is denied, and the operation is strict."),
    "ISSUER_UNAVAILABLE": ErrorCode(503, "The token issuer does not answer."),
    "SUBGRAPH_UNAVAILABLE": ErrorCode(503, "A department's service does not answer."),
    "REGISTER_UNAVAILABLE": ErrorCode(
        503, "A department that holds this does not answer; it is null."
    ),
    "REGISTER_INVALID": ErrorCode(502, "A department did not answer as it declared; it is null."),
    "GRAPH_UNAVAILABLE": ErrorCode(503, "The knowledge graph does not answer."),
    "AUDIT_UNAVAILABLE": ErrorCode(503, "The disclosure cannot be recorded, so nothing is shown."),
    "POLICY_UNAVAILABLE": ErrorCode(503, "It is not known which policy is in force."),
    "POLICY_VERSION_MISMATCH": ErrorCode(409, "The policy changed while the request ran."),
    "BAD_ARGUMENT": ErrorCode(400, "An argument has a value that the field cannot use."),
    "PAGE_TOO_LARGE": ErrorCode(400, "More items were asked for than one page may hold."),
    "NUMBER_AMBIGUOUS": ErrorCode(409, "The identity number belongs to more than one record."),
    "CASE_UNKNOWN": ErrorCode(404, "There is no such case that the caller may handle."),
    "CASE_STATE": ErrorCode(409, "The step is not possible where the case stands."),
    "CASE_CONFLICT": ErrorCode(409, "Somebody else changed the case since it was read."),
    "CASE_RECUSED": ErrorCode(409, "Whoever decided at first does not decide the appeal."),
    "KEY_REUSED": ErrorCode(409, "The key of a step was used for something else."),
    "ALREADY_ON_FILE": ErrorCode(409, "What is asked for is on file already."),
    "PROOF_BUDGET_SPENT": ErrorCode(429, "A day's proofs about this person are used up."),
    "CREDENTIAL_REFUSED": ErrorCode(409, "The registers do not say what it would say."),
    "CREDENTIAL_UNKNOWN": ErrorCode(404, "The caller has no credential of this reference."),
    "PROOF_INVALID": ErrorCode(400, "The proof is not one that was signed by a published key."),
    "PROOF_EXPIRED": ErrorCode(400, "The proof has expired."),
    "PROOF_AUDIENCE": ErrorCode(400, "The proof is made out for another audience."),
    "PROOF_NONCE": ErrorCode(400, "The proof answers another request than the one it came for."),
    "LICENCE_UNKNOWN": ErrorCode(404, "There is no licence of this number that the caller sees."),
    "LICENCE_STATE": ErrorCode(409, "The licence is not in a state in which this can be done."),
    "LICENCE_RULE": ErrorCode(409, "A rule of the type of licence forbids this."),
    "LICENCE_CONFLICT": ErrorCode(409, "The licence has changed, or the key was used before."),
    "WRONG_AUTHORITY": ErrorCode(403, "The authority may not issue or change this licence."),
    "LICENCE_CODE_INVALID": ErrorCode(400, "The code of a licence is not one signed here."),
    "LICENCE_CODE_EXPIRED": ErrorCode(400, "The code of a licence has expired."),
    "LICENCE_GUESSES_SPENT": ErrorCode(429, "A day's wrong guesses at a licence are used up."),
    "PROOF_REVOKED": ErrorCode(400, "The proof was taken back: it does not hold any more."),
    "PROOF_STATUS_INVALID": ErrorCode(400, "The status list is not one that was signed here."),
    "PROOF_STATUS_STALE": ErrorCode(400, "The status list is too old to say what holds now."),
    "CONTEXT_MISSING": ErrorCode(401, "The request did not come through the gateway."),
    "CONTEXT_INVALID": ErrorCode(401, "The gateway's context token is not accepted."),
    "INTERNAL": ErrorCode(500, "Something failed that is not the caller's doing."),
    # What whoever runs the stack can meet.
    "MODEL_INVALID": ErrorCode(500, "The model files contradict themselves."),
    "POLICY_INVALID": ErrorCode(500, "A policy text cannot be put into force."),
    "POLICY_VERSION_UNKNOWN": ErrorCode(404, "There is no policy version of this number."),
    "ACCESS_REQUEST_UNKNOWN": ErrorCode(404, "There is no access request of this number."),
    "POLICY_STEP_REFUSED": ErrorCode(409, "A rule of the policy's life forbids this step."),
    "EMERGENCY_REFUSED": ErrorCode(409, "A rule of emergency access forbids this."),
    "POLICY_ALTERED": ErrorCode(500, "The stored policies are not those that were written."),
    "SOURCE_INVALID": ErrorCode(
        500, "A source file cannot be read as the format it is said to be."
    ),
    "MAPPING_INVALID": ErrorCode(500, "A mapping of a register's columns cannot be used."),
    "FORMAT_UNAVAILABLE": ErrorCode(500, "The library that reads this format is not installed."),
    "GRAPH_NOT_EMPTY": ErrorCode(409, "A bulk load fills an empty graph, and this one is not."),
    "GRAPH_EXTERNAL": ErrorCode(409, "The graph runs elsewhere, so its store cannot be written."),
    "IMPORT_FAILED": ErrorCode(500, "Neo4j's importer ended with an error."),
    "REGISTER_BUSY": ErrorCode(409, "Another run is working on the register."),
    "RUN_UNKNOWN": ErrorCode(404, "There is no ingest run with this number."),
    "RUN_CANCELLED": ErrorCode(409, "The ingest run was cancelled."),
    "PERSON_UNKNOWN": ErrorCode(404, "There is no person of this number or id in the graph."),
    "COMPOSITION_FAILED": ErrorCode(500, "The subgraphs do not compose into one schema."),
    "SETTING_INVALID": ErrorCode(500, "A setting has a value that cannot be used."),
    "PORT_IN_USE": ErrorCode(500, "A port that a setting names is taken by another program."),
    "HOME_NOT_WRITABLE": ErrorCode(500, "The data or cache directory cannot be written."),
    "DISK_FULL": ErrorCode(500, "There is not enough free disk space."),
    "PLATFORM_UNSUPPORTED": ErrorCode(500, "An embedded server is not built for this machine."),
    "ARTEFACT_UNAVAILABLE": ErrorCode(500, "A locked file could not be downloaded."),
    "ARTEFACT_CORRUPT": ErrorCode(500, "A downloaded file differs from its locked checksum."),
    "PART_FAILED": ErrorCode(500, "A part of the stack did not start or does not become ready."),
    "NOT_RUNNING": ErrorCode(500, "The stack is not running."),
    "STOP_FAILED": ErrorCode(500, "A part of the stack did not stop in time."),
}


class CitizengraphError(Exception):
    """An error with a declared code; `message` says what is wrong, `hint` what to do."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        if code not in CODES:
            raise ValueError(f"error code {code} is not declared in runtime/errors.py")
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint

    @property
    def status(self) -> int:
        """The HTTP status of the code."""
        return CODES[self.code].status

    def __str__(self) -> str:
        return f"{self.code}: {self.message}" + (f" {self.hint}" if self.hint else "")
