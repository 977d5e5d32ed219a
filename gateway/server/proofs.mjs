// What anybody needs to check a proof or a credential, at paths that need no token: the public keys,
// and the lists of those that were taken back, which the subgraph signs.
import { readFile } from 'node:fs/promises';
import { withDeadline } from './deadline.mjs';
import { GatewayError } from './errors.mjs';
import { send } from './http.mjs';
import { get } from './transport.mjs';

const KEYS = '/.well-known/proofs/jwks.json';
const STATUS = '/.well-known/proofs/status/0';
const CREDENTIALS = '/.well-known/proofs/status/credentials';
const LIST = 'application/statuslist+jwt';
const PUBLIC = ['kty', 'crv', 'x', 'y', 'kid', 'alg', 'use'];

/** Maps "METHOD /path" to a function (request, response). */
export function proofPages({ proofKeysFile, proofStatusUrl, credentialStatusUrl, limits }) {
  const pages = {};
  if (proofKeysFile) pages[`GET ${KEYS}`] = (_, response) => keys(proofKeysFile, response);
  for (const [path, from] of [[STATUS, proofStatusUrl], [CREDENTIALS, credentialStatusUrl]]) {
    if (!from) continue;
    const url = new URL(from);
    pages[`GET ${path}`] = (_, response) => status(url, limits.proofStatusMs, response);
  }
  return pages;
}

/** Read each time: keys are rotated. */
async function keys(file, response) {
  const { keys: known } = JSON.parse(await readFile(file, 'utf8'));
  send(response, 200, { keys: known.map(publicPart) });
}

/** The list as the subgraph signed it; 503 where it cannot say what stands. */
async function status(url, ms, response) {
  const found = await withDeadline(ms, (signal) => get(url, { signal })).catch(() => null);
  if (found?.status !== 200) {
    throw new GatewayError('SUBGRAPH_UNAVAILABLE', 503, 'The status of proofs is not known now.');
  }
  response.writeHead(200, {
    'Content-Type': LIST,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(found.content);
}

/** Whatever else a file holds stays here. */
function publicPart(key) {
  return Object.fromEntries(PUBLIC.filter((name) => name in key).map((name) => [name, key[name]]));
}
