// What is fixed for a whole operation, and the signed token that tells it to each subgraph.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { importJWK, SignJWT } from 'jose';

const CONTEXT_ISSUER = 'citizengraph-gateway';

/** A function (claims, audience) -> compact JWS (ES256), valid for `seconds`. */
export async function signer(keyFile, seconds) {
  const jwk = JSON.parse(await readFile(keyFile, 'utf8'));
  const key = await importJWK(jwk, 'ES256');
  const header = { alg: 'ES256', typ: 'JWT', ...(jwk.kid && { kid: jwk.kid }) };
  return (claims, audience) => {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT(claims)
      .setProtectedHeader(header)
      .setIssuer(CONTEXT_ISSUER)
      .setAudience(audience)
      .setIssuedAt(now)
      .setExpirationTime(now + seconds)
      .setJti(randomUUID())
      .sign(key);
  };
}

/** The claims of the context token, the same for every subgraph of the operation. */
export function pinnedClaims(pinned) {
  const { id, caller, grant, policy, operationName, operationHash, strict } = pinned;
  return {
    sub: caller.sub,
    consumer: caller.consumer,
    purpose: grant.purpose,
    basis: grant.basis,
    case: grant.case,
    principal: caller.principal,
    policy,
    operation: id,
    operationName: operationName ?? null,
    operationHash,
    strict,
  };
}

/** A function subgraph -> token that signs at most once for each subgraph. */
export function contextTokens(sign, claims) {
  const tokens = new Map();
  return (subgraph) => {
    if (!tokens.has(subgraph)) tokens.set(subgraph, sign(claims, subgraph));
    return tokens.get(subgraph);
  };
}
