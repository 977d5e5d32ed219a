// Who asks: the guard of citizengraph, by a token that it signed for this register and this body.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';

const ISSUER = 'citizengraph-guard';
const LEEWAY_SECONDS = 5;

const decoded = (part) => JSON.parse(Buffer.from(part, 'base64url'));

/** A function that gives the claims of a request, or null where it does not come from the guard. */
export function guard({ keysFile, audience }) {
  const used = new Map();

  /** A token is good once. */
  function first({ jti, exp }, now) {
    for (const [id, end] of used) if (end < now - LEEWAY_SECONDS) used.delete(id);
    if (typeof jti !== 'string' || used.has(jti)) return false;
    used.set(jti, exp);
    return true;
  }

  function claimsOf(authorization, body) {
    const [, token] = /^Bearer ([\w.-]+)$/.exec(authorization ?? '');
    const [head, payload, signature] = token.split('.');
    const { alg, kid } = decoded(head);
    const { keys } = JSON.parse(readFileSync(keysFile, 'utf8'));
    const jwk = keys.find((known) => known.kid === kid);
    if (alg !== 'ES256' || !jwk) return null;
    const key = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' };
    const signed = Buffer.from(`${head}.${payload}`);
    if (!verify('sha256', signed, key, Buffer.from(signature, 'base64url'))) return null;
    const claims = decoded(payload);
    const now = Date.now() / 1000;
    const fits =
      claims.iss === ISSUER &&
      claims.aud === audience &&
      claims.iat - LEEWAY_SECONDS <= now &&
      now <= claims.exp + LEEWAY_SECONDS &&
      claims.body === createHash('sha256').update(body).digest('hex');
    return fits && first(claims, now) ? claims : null;
  }

  return (authorization, body) => {
    try {
      return claimsOf(authorization, body);
    } catch {
      return null;
    }
  };
}
