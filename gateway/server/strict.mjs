// `@strict` on an operation: it is rejected whole where a field would be null because it is denied.
import { extendSchema, Kind, parse, visit } from 'graphql';
import { GatewayError } from './errors.mjs';

const NAME = 'strict';
const DENIALS = new Set(['FIELD_DENIED', 'CONSENT_REQUIRED']);
const DIRECTIVE = parse(`
  "Rejects the operation whole where a field would be null because it is denied."
  directive @${NAME} on QUERY
`);

/** The consumer's schema with the directive. */
export const withStrict = (schema) => extendSchema(schema, DIRECTIVE);

/** Whether the operation is strict. */
export const isStrict = ({ directives }) => directives.some(({ name }) => name.value === NAME);

/** The document as it is planned: the directive is the gateway's own. */
export function withoutStrict(document) {
  const leave = (operation) => ({
    ...operation,
    directives: operation.directives.filter(({ name }) => name.value !== NAME),
  });
  return visit(document, { [Kind.OPERATION_DEFINITION]: leave });
}

/** Throws STRICT_DENIED with the path of each denied field, if there is one. */
export function rejectDenials({ errors }) {
  const denied = (errors ?? []).filter(({ code }) => DENIALS.has(code));
  if (!denied.length) return;
  const parts = denied.map(({ message, path }) => ({ message, path }));
  throw new GatewayError('STRICT_DENIED', 403, parts[0].message, { errors: parts });
}
