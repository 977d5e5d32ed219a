"""A proof checked as its audience does: without asking the graph, by the published keys alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from joserfc import jwt
from joserfc.errors import ExpiredTokenError, InvalidClaimError, JoseError, MissingClaimError
from joserfc.jwk import KeySet
from joserfc.jwt import JWTClaimsRegistry

from runtime.errors import CitizengraphError
from subgraphs.proofs.signing import TYPE


def checked(
    token: str, keys: Mapping[str, Any], issuer: str, audience: str, nonce: str
) -> dict[str, Any]:
    """The claims. Raises PROOF_INVALID, PROOF_EXPIRED, PROOF_AUDIENCE and PROOF_NONCE.

    Whoever calls has to give out each nonce once, and forget it after the first proof.
    """
    decoded = signed_by(token, keys)
    if decoded is None:
        raise _refused("PROOF_INVALID", "It was not signed by a published key.")
    if decoded.header.get("typ") != TYPE:
        raise _refused("PROOF_INVALID", "It is a signed token, and no proof.")
    _check_claims(decoded.claims, issuer, audience, nonce)
    return dict(decoded.claims)


def signed_by(token: str, keys: Mapping[str, Any]) -> jwt.Token | None:
    """Header and claims of what one of the keys has signed with ES256; None of anything else."""
    try:
        published = KeySet.import_key_set({"keys": list(keys["keys"])})
        return jwt.decode(token, published, algorithms=["ES256"])
    except (JoseError, ValueError, KeyError, TypeError):
        return None


def _check_claims(claims: Mapping[str, Any], issuer: str, audience: str, nonce: str) -> None:
    registry = JWTClaimsRegistry(
        leeway=0,
        iss={"essential": True, "value": issuer},
        aud={"essential": True, "value": audience},
        exp={"essential": True},
        nonce={"essential": True, "value": nonce},
    )
    try:
        registry.validate(dict(claims))
    except ExpiredTokenError as error:
        raise _refused("PROOF_EXPIRED", "It has expired.", "Ask for another.") from error
    except (InvalidClaimError, MissingClaimError) as error:
        codes = {"aud": "PROOF_AUDIENCE", "nonce": "PROOF_NONCE"}
        words = f"Its {error.claim} is not the one that is expected."
        raise _refused(codes.get(str(error.claim), "PROOF_INVALID"), words) from error


def _refused(code: str, words: str, hint: str = "Accept nothing on it.") -> CitizengraphError:
    return CitizengraphError(code, words, hint)
