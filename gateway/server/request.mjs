// A GraphQL request as sent over HTTP: POST with a JSON body.
import { GatewayError } from './errors.mjs';
import { invalidQuery } from './prepare.mjs';

/** {query, variables, operationName}; other members of the body are not looked at. */
export async function readGraphQLRequest(request, bytesMax) {
  const type = (request.headers['content-type'] ?? '').split(';')[0].trim().toLowerCase();
  if (type !== 'application/json') {
    throw new GatewayError('QUERY_INVALID', 415, 'The body must be application/json.');
  }
  return checkShape(parseJson(await readBody(request, bytesMax)));
}

/** The body as text; throws REQUEST_TOO_LARGE as soon as it is known to be too large. */
export async function readBody(request, bytesMax) {
  const tooLarge = () =>
    new GatewayError('REQUEST_TOO_LARGE', 413, `The body is larger than ${bytesMax} bytes.`);
  if (Number(request.headers['content-length'] ?? 0) > bytesMax) throw tooLarge();
  const chunks = [];
  let bytes = 0;
  for await (const chunk of arriving(request)) {
    bytes += chunk.length;
    if (bytes > bytesMax) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The chunks of the body; a client that leaves before its end has sent no valid request. */
async function* arriving(request) {
  try {
    yield* request;
  } catch {
    throw invalidQuery([{ message: 'The body ended before it was whole.' }]);
  }
}

/** Throws QUERY_INVALID when a text of the request is none that UTF-8 can carry. */
export function checkTexts({ query, variables }) {
  for (const text of texts([query, variables])) {
    if (!text.isWellFormed()) {
      throw invalidQuery([{ message: 'The request has half of a surrogate pair in a text.' }]);
    }
  }
}

/** Every text in a JSON value, names of members included, however deep it nests. */
function* texts(value) {
  const waiting = [value];
  while (waiting.length) {
    const next = waiting.pop();
    if (typeof next === 'string') yield next;
    else if (Array.isArray(next)) for (const item of next) waiting.push(item);
    else if (isObject(next)) for (const pair of Object.entries(next)) waiting.push(pair);
  }
}

export function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidQuery([{ message: 'The body is not JSON.' }]);
  }
}

function checkShape(body) {
  if (Array.isArray(body)) throw shape('one request, not a list of them');
  if (!isObject(body)) throw shape('a JSON object');
  const { query, variables, operationName } = body;
  if (typeof query !== 'string' || !query.trim()) throw shape('an object with "query", a document');
  if (variables != null && !isObject(variables)) {
    throw shape('an object with "variables" as object');
  }
  if (operationName != null && typeof operationName !== 'string') {
    throw shape('an object with "operationName" as string');
  }
  return { query, variables: variables ?? {}, operationName: operationName || undefined };
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const shape = (what) => invalidQuery([{ message: `The body must be ${what}.` }]);
