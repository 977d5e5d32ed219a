// Who asks: the consumer's access token, RFC 9068 (typ at+jwt), signed with ES256.
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import { GatewayError } from './errors.mjs';

const CONSUMER = /^[a-z0-9][a-z0-9-]{0,63}$/;
const PRINCIPAL_KINDS = new Set(['string', 'boolean', 'number']);

/** A function (Authorization header) -> {consumer, sub, principal}; throws UNAUTHENTICATED. */
export function authenticator({ jwksUrl, issuer, audience }) {
  const keys = createRemoteJWKSet(new URL(jwksUrl), { timeoutDuration: 3_000 });
  const demands = {
    issuer,
    audience,
    typ: 'at+jwt',
    algorithms: ['ES256'],
    requiredClaims: ['exp', 'sub', 'client_id'],
    clockTolerance: 5,
  };
  return async (header) => {
    const token = /^Bearer ([\w.~+/-]+=*)$/i.exec(header ?? '')?.[1];
    if (!token) throw refused('The Authorization header must be "Bearer <access token>".');
    try {
      return callerOf((await jwtVerify(token, keys, demands)).payload);
    } catch (error) {
      throw refusal(error);
    }
  };
}

function callerOf({ client_id: consumer, sub, principal = {} }) {
  if (!CONSUMER.test(consumer) || typeof sub !== 'string' || !isPrincipal(principal)) {
    throw refused('The access token has claims of an unexpected form.');
  }
  return { consumer, sub, principal };
}

/** Attributes of the caller by name: text, yes or no, or a whole number. */
function isPrincipal(principal) {
  if (typeof principal !== 'object' || principal === null || Array.isArray(principal)) return false;
  const kinds = Object.values(principal).map((value) => typeof value);
  const whole = Object.values(principal).every((v) => typeof v !== 'number' || Number.isInteger(v));
  return whole && kinds.every((kind) => PRINCIPAL_KINDS.has(kind));
}

function refusal(error) {
  if (error instanceof GatewayError) return error;
  if (error instanceof errors.JWTExpired) return refused('The access token has expired.');
  if (isIssuerDown(error)) {
    const words = "The token issuer's public keys cannot be fetched; try again shortly.";
    return new GatewayError('ISSUER_UNAVAILABLE', 503, words);
  }
  return refused('The access token is not accepted.');
}

/** Errors of fetching the key set; those about the token itself are other JOSEErrors. */
function isIssuerDown(error) {
  const fetching = [errors.JWKSTimeout, errors.JWKSInvalid];
  if (fetching.some((kind) => error instanceof kind)) return true;
  return !(error instanceof errors.JOSEError) || error.code === 'ERR_JOSE_GENERIC';
}

function refused(message) {
  return new GatewayError('UNAUTHENTICATED', 401, message);
}
