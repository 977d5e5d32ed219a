// The HTTP face of the gateway: which path does what, and how an answer is written.
import { randomUUID } from 'node:crypto';
import { failureBody, GatewayError, internal, traceOf } from './errors.mjs';

const GRAPHQL_JSON = 'application/graphql-response+json';

/** A request listener; `pages` maps "METHOD /path" to a function (request, response). */
export function requestListener({ run, store, pages, log }) {
  return async (request, response) => {
    const path = request.url.split('?')[0];
    if (path === '/graphql') return graphql({ run, log }, request, response);
    if (path === '/health') return health(store, response);
    const page = pages[`${request.method} ${path}`];
    if (!page) return send(response, 404, { error: 'not found' });
    try {
      return await page(request, response);
    } catch (error) {
      const [status, words] = pageFailure(error, log);
      return send(response, status, { error: words });
    }
  };
}

async function graphql({ run, log }, request, response) {
  const started = performance.now();
  const id = randomUUID();
  const facts = { consumer: null };
  const [status, body] = await answer({ run, log }, request, id, facts);
  response.setHeader('Citizengraph-Operation', id);
  if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
  if (status === 405) response.setHeader('Allow', 'POST');
  if (!request.complete) response.setHeader('Connection', 'close');
  const accepts = (request.headers.accept ?? '').includes(GRAPHQL_JSON);
  send(response, status, body, accepts ? GRAPHQL_JSON : 'application/json');
  const ms = Math.round((performance.now() - started) * 10) / 10;
  log({ level: 'info', event: 'request', operation: id, ...facts, status, ms });
  request.resume();
}

/** [HTTP status, body]: 200 once the operation was executed, whatever errors it met. */
async function answer({ run, log }, request, id, facts) {
  try {
    if (request.method !== 'POST') {
      throw new GatewayError('QUERY_INVALID', 405, 'Send operations with POST.');
    }
    return [200, await run(request, id, facts)];
  } catch (error) {
    const known = error instanceof GatewayError ? error : unexpected(error, id, log);
    facts.codes = [known.code];
    return [known.status, failureBody(known, id)];
  }
}

function pageFailure(error, log) {
  if (error instanceof GatewayError) return [error.status, error.message];
  return [500, internal(log, traceOf(error)).message];
}

function unexpected(error, id, log) {
  const { code, message } = internal(log, { operation: id, ...traceOf(error) });
  return new GatewayError(code, 500, message);
}

function health(store, response) {
  const policy = store.policy();
  if (policy === null) return send(response, 503, { status: 'not ready', policy });
  if (inheritsMembers({})) {
    const reason = 'Objects inherit members that they should not; restart the gateway.';
    return send(response, 503, { status: 'unhealthy', policy, reason });
  }
  return send(response, 200, { status: 'ready', policy });
}

/** Whether something has added to what all objects have: every answer is then in doubt. */
function inheritsMembers(object) {
  for (const _ in object) return true;
  return false;
}

/** Write a JSON body that no cache may keep. */
export function send(response, status, body, type = 'application/json') {
  response.writeHead(status, {
    'Content-Type': `${type}; charset=utf-8`,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(JSON.stringify(body));
}
