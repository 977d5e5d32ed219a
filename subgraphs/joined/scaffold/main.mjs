// The register's service: POST /graphql with an operation that the guard signed, and GET /health.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { guard } from './guard.mjs';
import { entities } from './rows.mjs';
import { subgraph } from './subgraph.mjs';

const BODY_BYTES_MAX = 1_048_576;
const {
  HOST = '127.0.0.1',
  PORT = '4400',
  REGISTER = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')).name,
  GUARD_KEYS = 'guard.jwks.json',
  DATABASE = 'register.sqlite',
} = process.env;

const accept = guard({ keysFile: GUARD_KEYS, audience: REGISTER });
const sdl = readFileSync(new URL('schema.graphql', import.meta.url), 'utf8');
const answer = subgraph(sdl, entities(DATABASE));

async function bodyOf(request) {
  const parts = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size > BODY_BYTES_MAX) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function reply(response, status, content) {
  const body = JSON.stringify(content);
  response.writeHead(status, { 'content-type': 'application/json' }).end(body);
}

async function handle(request, response) {
  const { method, url, headers } = request;
  if (method === 'GET' && url === '/health') return reply(response, 200, { status: 'ready' });
  if (method !== 'POST' || url !== '/graphql') return reply(response, 404, {});
  const body = await bodyOf(request);
  if (body === null) return reply(response, 413, {});
  const asked = accept(headers.authorization, body);
  if (!asked) return reply(response, 401, {});
  // What is asked, for whom and why: claims of `asked` are for the register's own records.
  return reply(response, 200, await answer(JSON.parse(body)));
}

const server = createServer((request, response) => {
  handle(request, response).catch((error) => {
    console.error(error.name);
    if (!response.headersSent) reply(response, 500, {});
  });
});
server.listen(Number(PORT), HOST, () => console.log(`${REGISTER} on ${HOST}:${server.address().port}`));
