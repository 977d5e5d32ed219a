"""The root fields of the desk of proofs, as far as the consumer may ever use them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, cast

import strawberry
from strawberry.federation.schema_directives import Key
from strawberry.types import Info

from graph.catalogue import Catalogue
from graph.problems import BadArgument
from graph.selection import PersonRef
from resolvers import arguments
from resolvers.proving import KINSHIP, ages, provable
from subgraphs import inputs
from subgraphs.parts import described, named_enum
from subgraphs.proofs.desk import ProofDesk
from subgraphs.proofs.signing import Signed
from subgraphs.visible import Visible

SUBGRAPH = "proofs"
_NONCE = "What the audience gave to whoever asks, so that the proof is good once."
_PERSON = "The person of whom it is asked."
_OF = "The person to whom the relation would be."
_AUDIENCE = "For whom the proof is made out; nobody else accepts it."


@strawberry.federation.type(
    description="A signed proof · 签名证明",
    keys=[Key(fields=cast("Any", "reference"), resolvable=False)],
)
class Proof:
    token: str = strawberry.field(description="JSON Web Token, ES256; keys at the gateway.")
    reference: str = strawberry.field(description="Its `jti`, by which the audit knows it.")
    expires_at: datetime

    @classmethod
    def of(cls, signed: Signed) -> Proof:
        """The proof as it leaves."""
        ends = datetime.fromtimestamp(signed.ends, UTC)
        return cls(token=signed.token, reference=signed.id, expires_at=ends)


def resolvers(catalogue: Catalogue, visible: Visible) -> Mapping[str, Any]:
    """By name, those for which the consumer has something to ask."""
    person = inputs.person_ref("Person", visible)
    questions = [name for name in provable(catalogue) if visible.field("Query", name)]
    fields = {
        years: field for years, field in ages(catalogue).items() if visible.field("Person", field)
    }
    found: dict[str, Any] = {}
    if questions:
        found["proveRelationship"] = _relationship(catalogue, questions, person)
    if fields:
        found["proveAge"] = _age(fields, person)
    return found


def _relationship(catalogue: Catalogue, questions: list[str], person: Any) -> Any:
    declared = catalogue.answers[KINSHIP].questions
    labels = {name: described(declared[name].label) for name in questions}
    choice = named_enum("ProvableQuestion", labels, "What can be proved of two persons.")

    async def prove_relationship(
        info: Info, question: Any, person: Any, of: Any, audience: str, nonce: str
    ) -> Proof:
        desk = ProofDesk(info.context, audience, nonce)
        pair = _reference("person", person), _reference("of", of)
        return Proof.of(await desk.relationship(arguments.plain(question), *pair))

    prove_relationship.__annotations__ |= {
        "info": Info,
        "question": choice,
        "person": _argument(person, _PERSON),
        "of": _argument(person, _OF),
        "audience": _argument(str, _AUDIENCE),
        "nonce": _argument(str, _NONCE),
        "return": Proof,
    }
    return prove_relationship


def _age(fields: Mapping[int, str], person: Any) -> Any:
    known = ", ".join(map(str, fields))

    async def prove_age(info: Info, person: Any, at_least: int, audience: str, nonce: str) -> Proof:
        if at_least not in fields:
            raise BadArgument(f"atLeast is one of {known}.")
        desk, about = ProofDesk(info.context, audience, nonce), _reference("person", person)
        return Proof.of(await desk.age(at_least, fields[at_least], about))

    prove_age.__annotations__ |= {
        "info": Info,
        "person": _argument(person, _PERSON),
        "at_least": _argument(int, f"Full years: {known}."),
        "audience": _argument(str, _AUDIENCE),
        "nonce": _argument(str, _NONCE),
        "return": Proof,
    }
    return prove_age


def _argument(kind: Any, description: str) -> Any:
    return Annotated[kind, strawberry.argument(description=description)]


def _reference(name: str, given: Any) -> PersonRef:
    """Raises BAD_ARGUMENT unless it is exactly one identifier."""
    fields = cast("Mapping[str, Any]", vars(given))
    chosen = {field: value for field, value in fields.items() if value is not strawberry.UNSET}
    return arguments.person(name, chosen)
