// The public keys by which anybody checks a proof, at a path that needs no token.
import { readFile } from 'node:fs/promises';
import { send } from './http.mjs';

const PATH = '/.well-known/proofs/jwks.json';
const PUBLIC = ['kty', 'crv', 'x', 'y', 'kid', 'alg', 'use'];

/** Maps "METHOD /path" to a function (request, response). Read each time: keys are rotated. */
export function proofPages({ proofKeysFile }) {
  if (!proofKeysFile) return {};
  return {
    [`GET ${PATH}`]: async (_, response) => {
      const { keys } = JSON.parse(await readFile(proofKeysFile, 'utf8'));
      send(response, 200, { keys: keys.map(publicPart) });
    },
  };
}

/** Whatever else a file holds stays here. */
function publicPart(key) {
  return Object.fromEntries(PUBLIC.filter((name) => name in key).map((name) => [name, key[name]]));
}
