// What a client is told of a failure: a declared code, a sentence, a page, the operation's id.
import { randomBytes } from 'node:crypto';

/** An error that the gateway itself raises; `status` is the HTTP status of the response. */
export class GatewayError extends Error {
  constructor(code, status, message, details = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.details = details;
  }
}

// The codes of a subgraph that a client may see, with their message. All others are masked.
const PASSED_ON = new Set([
  'FIELD_DENIED',
  'BAD_ARGUMENT',
  'PAGE_TOO_LARGE',
  'NUMBER_AMBIGUOUS',
  'PERSON_UNKNOWN',
  'PROOF_BUDGET_SPENT',
  'CREDENTIAL_REFUSED',
  'CREDENTIAL_UNKNOWN',
  'CASE_UNKNOWN',
  'CASE_STATE',
  'CASE_CONFLICT',
  'CASE_RECUSED',
  'KEY_REUSED',
  'ALREADY_ON_FILE',
  'LICENCE_UNKNOWN',
  'LICENCE_STATE',
  'LICENCE_RULE',
  'LICENCE_CONFLICT',
  'WRONG_AUTHORITY',
  'LICENCE_CODE_INVALID',
  'LICENCE_CODE_EXPIRED',
  'LICENCE_GUESSES_SPENT',
  'REGISTER_UNAVAILABLE',
  'REGISTER_INVALID',
  'GRAPH_UNAVAILABLE',
  'AUDIT_UNAVAILABLE',
  'POLICY_UNAVAILABLE',
  'POLICY_VERSION_MISMATCH',
  'CONSENT_REQUIRED',
  'POLICY_INVALID',
  'POLICY_STEP_REFUSED',
  'EMERGENCY_REFUSED',
  'POLICY_VERSION_UNKNOWN',
  'ACCESS_REQUEST_UNKNOWN',
  'COMPOSITION_FAILED',
  'REGISTER_BUSY',
  'RUN_UNKNOWN',
  'QUERY_TOO_DEEP',
  'QUERY_TOO_LARGE',
]);

/** One error in the shape of the GraphQL response format (October 2021, section 7.1.2). */
export function present(code, message, operation, facts = {}) {
  const { path, locations } = own(facts);
  const extensions = { code, docs: `docs/errors/${code}.md`, operation };
  return { message, ...(locations && { locations }), ...(path && { path }), extensions };
}

/** The whole body of a response that carries no data. */
export function failureBody(error, operation) {
  const { code, message } = error;
  const details = own(error.details);
  const parts = details.errors ?? [{ message, ...details }];
  return { errors: parts.map((part) => present(code, part.message, operation, part)) };
}

/** A subgraph's error, judged once where it arrives: passed on, or masked. */
export function judge(error, subgraph, log) {
  const code = error?.extensions?.code;
  if (PASSED_ON.has(code)) return { code, message: String(error.message), path: error.path };
  return internal(log, { subgraph, kind: plainCode(code) }, error);
}

/** The subgraph did not answer; `subgraph` is its public name. */
export function unavailable(subgraph) {
  return { code: 'SUBGRAPH_UNAVAILABLE', message: `The ${subgraph} service does not answer.` };
}

/** INTERNAL with a reference; `facts` go to the log beside it and hold no message or value. */
export function internal(log, facts, error) {
  const reference = randomBytes(6).toString('hex');
  log({ level: 'error', event: 'masked', reference, ...facts });
  const message = `Something failed inside. Reference: ${reference}.`;
  return { code: 'INTERNAL', message, path: error?.path };
}

/** Where an exception came from, without its message: that may quote personal data. */
export function traceOf(error) {
  const frames = String(error?.stack ?? '').match(/^\s+at .*$/gm) ?? [];
  return { kind: error?.name ?? typeof error, frames: frames.slice(0, 6).map((f) => f.trim()) };
}

/** The object's own members; what it inherits is nothing that a client is to be told. */
const own = (object) => ({ __proto__: null, ...object });

const plainCode = (code) => (/^[A-Z_]{1,60}$/.test(code ?? '') ? code : 'none');
