// A refused operation goes into the audit before the consumer is told that it is refused.
import { withDeadline } from './deadline.mjs';
import { GatewayError, traceOf } from './errors.mjs';
import { post } from './transport.mjs';

const AUDIENCE = 'audit';
const FIELDS_MAX = 20;
const LENGTH_MAX = 200;
// The sentences of graphql-js that name a member of a type, with where its coordinate stands.
const SENTENCES = [
  /^Cannot query field "(?<member>\w+)" on type "(?<type>\w+)"/,
  /Field "(?<member>\w+)" is not defined by type "(?<type>\w+)"/,
  /^Unknown argument "\w+" on field "(?<type>\w+)\.(?<member>\w+)"/,
];

/** A function (claims, error, log): resolves once the refusal is durable, or AUDIT_UNAVAILABLE. */
export function refusalRecorder({ refusalsUrl, sign, limits }) {
  const url = new URL(refusalsUrl);
  return async (claims, error, log) => {
    const body = JSON.stringify({ code: error.code, fields: namedFields(error) });
    const failed = { level: 'error', event: 'refusal-not-recorded', code: error.code };
    try {
      const token = await sign(claims, AUDIENCE);
      const ask = (signal) => post(url, { token, body, signal });
      const { status } = await withDeadline(limits.refusalMs, ask);
      if (status === 204) return;
      log({ ...failed, answered: status });
    } catch (problem) {
      log({ ...failed, ...traceOf(problem) });
    }
    const words = 'The refusal of this operation cannot be recorded, so nothing is said of it.';
    throw new GatewayError('AUDIT_UNAVAILABLE', 503, words);
  };
}

/** The coordinates (Type.field) that validation did not find, whether hidden or nonsense. */
function namedFields({ details }) {
  const parts = Object.hasOwn(details, 'errors') ? details.errors : [];
  const found = new Set(parts.flatMap(({ message }) => coordinatesIn(message)));
  return [...found].slice(0, FIELDS_MAX);
}

function coordinatesIn(message) {
  const matches = SENTENCES.map((sentence) => sentence.exec(message)?.groups).filter(Boolean);
  return matches.map(({ type, member }) => `${type}.${member}`.slice(0, LENGTH_MAX));
}
