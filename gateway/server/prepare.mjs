// From the client's text to a document that is within the limits and valid for the consumer.
import { createHash } from 'node:crypto';
import { getOperationAST, GraphQLError, Kind, parse, separateOperations, validate } from 'graphql';
import { GatewayError } from './errors.mjs';
import { checkLimits } from './limits.mjs';
import { nameErrors } from './names.mjs';
import { withTypenameApart } from './root.mjs';
import { isStrict, withoutStrict } from './strict.mjs';

const DOCUMENTS_KEPT = 500;
const KEPT_LENGTH_MAX = 16_384;

/** SHA-256, in hexadecimal, of the document as the client sent it. */
export function hashDocument(text) {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * A function (text, operationName) -> {document, operation, strict, introspection}; keeps the
 * latest. The document is without @strict, and as the planner needs it.
 */
export function preparer(schema, limits) {
  const kept = new Map();
  return (text, operationName) => {
    const key = `${hashDocument(text)}:${operationName ?? ''}`;
    const found = kept.get(key) ?? prepare(schema, limits, text, operationName);
    kept.delete(key);
    if (text.length <= KEPT_LENGTH_MAX) kept.set(key, found);
    if (kept.size > DOCUMENTS_KEPT) kept.delete(kept.keys().next().value);
    return found;
  };
}

function prepare(schema, limits, text, operationName) {
  const whole = parseText(text, limits.tokensMax);
  checkLimits(whole, limits);
  const refused = [...kindErrors(schema, whole), ...nameErrors(whole)];
  const errors = [...refused, ...validate(schema, whole, undefined, { maxErrors: 20 })];
  if (errors.length) throw invalidQuery(errors);
  const operation = getOperationAST(whole, operationName);
  if (!operation) throw invalidQuery([{ message: noOperation(operationName) }]);
  const own = separateOperations(whole)[operation.name?.value ?? ''];
  const document = withTypenameApart(withoutStrict(own));
  const introspection = isIntrospection(document, operation);
  return { document, operation, strict: isStrict(operation), introspection };
}

/** Validation passes over an operation of a kind that the schema has no root type for. */
function kindErrors(schema, { definitions }) {
  const served = schema.getMutationType() ? ['query', 'mutation'] : ['query'];
  const kinds = served.length > 1 ? 'Only queries and mutations are' : 'Only queries are';
  const others = definitions.filter(({ operation }) => operation && !served.includes(operation));
  const words = ({ operation }) => `${kinds} served, and this is a ${operation}.`;
  return others.map((node) => new GraphQLError(words(node), { nodes: [node] }));
}

/** QUERY_INVALID with the message and locations of each GraphQL error. */
export function invalidQuery(errors) {
  const parts = errors.map(({ message, locations }) => ({ message, locations }));
  return new GatewayError('QUERY_INVALID', 400, parts[0].message, { errors: parts });
}

function parseText(text, tokensMax) {
  try {
    return parse(text, { maxTokens: tokensMax });
  } catch (error) {
    if (!/tokens. Parsing aborted/.test(error.message)) throw invalidQuery([error]);
    const words = `The document has more than ${tokensMax} tokens.`;
    throw new GatewayError('QUERY_TOO_LARGE', 400, words);
  }
}

function noOperation(name) {
  if (name) return `The document has no operation named "${name}".`;
  return 'The document has several operations; operationName says which one to run.';
}

/** Whether only the schema is asked for; a mixture with data is refused, as Hive cannot plan it. */
function isIntrospection(document, operation) {
  const names = [...rootFields(document, operation.selectionSet)];
  const data = names.some((name) => !name.startsWith('__'));
  const schema = names.some((name) => name === '__schema' || name === '__type');
  if (data && schema) {
    throw invalidQuery([{ message: 'Ask for the schema and for data in separate requests.' }]);
  }
  return !data;
}

function* rootFields(document, set) {
  for (const node of set.selections) {
    if (node.kind === Kind.FIELD) yield node.name.value;
    else if (node.kind === Kind.INLINE_FRAGMENT) yield* rootFields(document, node.selectionSet);
    else yield* rootFields(document, fragmentNamed(document, node.name.value).selectionSet);
  }
}

function fragmentNamed(document, name) {
  const isIt = (node) => node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === name;
  return document.definitions.find(isIt);
}
