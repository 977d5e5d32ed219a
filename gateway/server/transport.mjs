// How a subgraph is called: a POST with the operation's context token, within a time limit.
//
// Not @graphql-mesh/transport-http: unless told otherwise that joins equal calls in flight across
// operations, and its errors carry the address, the request and the response.
import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { text } from 'node:stream/consumers';
import { GraphQLError, print } from 'graphql';
import { withDeadline } from './deadline.mjs';
import { internal, judge, traceOf, unavailable } from './errors.mjs';
import { maskedPaths } from './masked.mjs';

// Below the 5 seconds after which uvicorn closes an idle connection.
const AGENT = { keepAlive: true, timeout: 4_000 };
const CLIENTS = {
  'http:': { send: httpRequest, agent: new HttpAgent(AGENT) },
  'https:': { send: httpsRequest, agent: new HttpsAgent(AGENT) },
};
const NOT_SERVING = new Set([502, 503, 504]);
const VERDICT = Symbol('verdict');

class NotReached extends Error {}

/** The transport that the Hive runtime uses for subgraphs of kind "http". */
export function subgraphTransport(limits) {
  return {
    getSubgraphExecutor: ({ subgraphName, transportEntry }) => {
      const url = new URL(transportEntry.location);
      return (request) => call({ subgraph: subgraphName, url, request, limits });
    },
  };
}

/** The verdict that `call` put on an error of a result; undefined on other errors. */
export function verdictOf(error) {
  return error.extensions?.[VERDICT];
}

async function call({ subgraph, url, request, limits }) {
  const { operation } = request.context;
  try {
    const body = JSON.stringify({ query: printed(request.document), variables: request.variables });
    const token = await operation.token(subgraph);
    const once = changes(request.document);
    const ask = (signal) => post(url, { token, body, signal, once });
    const most = once ? limits.mutationMs : limits.subgraphMs;
    const answer = await withDeadline(most, ask, operation.signal);
    return judged(graphqlResult(answer), subgraph, operation.log);
  } catch (error) {
    const verdict =
      error instanceof NotReached
        ? unavailable(subgraph)
        : internal(operation.log, { subgraph, ...traceOf(error) });
    return { data: null, errors: [carry(verdict)] };
  }
}

function judged({ data, errors, extensions }, subgraph, log) {
  const verdicts = (errors ?? []).map((error) => judge(error, subgraph, log));
  const notes = maskedPaths(extensions);
  if (!verdicts.length && !notes.length) return { data };
  return { data, errors: [...verdicts, ...notes].map(carry) };
}

function carry(verdict) {
  const { message, path } = verdict;
  return new GraphQLError(message, { path, extensions: { [VERDICT]: verdict } });
}

/**
 * {status, content}; a connection that the subgraph closed while it was idle is replaced once,
 * unless the request is to be sent `once`.
 */
export async function post(url, { token, body, signal, once }, isRetry = false) {
  const { send, agent } = CLIENTS[url.protocol];
  const headers = {
    accept: 'application/graphql-response+json, application/json',
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'citizengraph-context': token,
  };
  const sent = send(url, { method: 'POST', agent, headers, signal });
  try {
    return await answerTo(sent, body);
  } catch (error) {
    const stale = sent.reusedSocket && error.code === 'ECONNRESET' && !signal.aborted;
    if (stale && !isRetry && !once) return post(url, { token, body, signal }, true);
    throw new NotReached(error.code);
  }
}

/** {status, content} of an address that needs no token. */
export function get(url, { signal }) {
  const { send, agent } = CLIENTS[url.protocol];
  return answerTo(send(url, { method: 'GET', agent, signal }));
}

async function answerTo(sent, body) {
  const response = await new Promise((resolve, reject) => {
    sent.once('response', resolve);
    sent.once('error', reject);
    sent.end(body);
  });
  return { status: response.statusCode, content: await text(response) };
}

/** The body as a GraphQL response; throws when it is none. */
function graphqlResult({ status, content }) {
  const result = parsed(content);
  const errors = result?.errors;
  if (errors !== undefined && !Array.isArray(errors)) throw new TypeError('errors is no list');
  if (result?.data !== undefined || errors?.length) return result;
  if (NOT_SERVING.has(status)) throw new NotReached(String(status));
  throw new TypeError('neither data nor errors');
}

function parsed(content) {
  try {
    return JSON.parse(content);
  } catch {
    return null;
  }
}

/** Whether the document changes something: it may have done so even where no answer comes. */
const changes = ({ definitions }) => definitions.some(({ operation }) => operation === 'mutation');

const texts = new WeakMap();

/** The text of a planned document, printed once. */
function printed(document) {
  if (!texts.has(document)) texts.set(document, print(document));
  return texts.get(document);
}
