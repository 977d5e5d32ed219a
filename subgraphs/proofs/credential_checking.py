"""A presentation checked as a partner does: by the published keys and the status list alone."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from joserfc import jwt
from joserfc.errors import ExpiredTokenError, JoseError
from joserfc.jwk import ECKey
from joserfc.jwt import JWTClaimsRegistry

from runtime.errors import CitizengraphError
from subgraphs.proofs.checking import signed_by
from subgraphs.proofs.credential import KIND, TYPE
from subgraphs.proofs.sd_jwt import KEY_BINDING, Parts, digest, disclosed, parts

BINDING_SECONDS = 300
"""A presentation is no older, and no more ahead of the clock."""


def presentation(
    text: str, keys: Mapping[str, Any], issuer: str, audience: str, nonce: str
) -> dict[str, Any]:
    """What is disclosed, with the other claims.

    Raises PROOF_INVALID, PROOF_EXPIRED, PROOF_AUDIENCE and PROOF_NONCE. Whoever calls has to give
    out each nonce once, and forget it after the first presentation.
    """
    given = _parts(text)
    claims = credential(given, keys, issuer)
    _check_binding(given, claims, audience, nonce)
    return claims


def credential(given: Parts, keys: Mapping[str, Any], issuer: str) -> dict[str, Any]:
    """What a credential says with these disclosures, whoever shows it.

    Raises PROOF_INVALID and PROOF_EXPIRED.
    """
    signed = signed_by(given.token, keys)
    if signed is None:
        raise _refused("PROOF_INVALID", "It was not signed by a published key.")
    if (signed.header.get("typ"), signed.claims.get("vct")) != (TYPE, KIND):
        raise _refused("PROOF_INVALID", f"It is no credential of the kind {KIND}.")
    try:
        claims = disclosed(signed.claims, given.disclosures)
    except (ValueError, TypeError, RecursionError) as error:
        raise _refused("PROOF_INVALID", "A disclosure does not belong to it.") from error
    registry = JWTClaimsRegistry(
        leeway=0, iss={"essential": True, "value": issuer}, exp={"essential": True}
    )
    try:
        registry.validate(claims)
    except ExpiredTokenError as error:
        raise _refused("PROOF_EXPIRED", "It has expired.", "Ask for another.") from error
    except JoseError as error:
        raise _refused("PROOF_INVALID", "Its issuer is another.") from error
    return claims


def _check_binding(given: Parts, claims: Mapping[str, Any], audience: str, nonce: str) -> None:
    """Whether the holder's key shows exactly this, to this audience, now."""
    bound = _bound(given, claims)
    if bound.get("sd_hash") != digest(given.shown):
        raise _refused("PROOF_INVALID", "The holder's key has signed another presentation.")
    if bound.get("aud") != audience:
        raise _refused("PROOF_AUDIENCE", "It is shown to another audience.")
    if bound.get("nonce") != nonce:
        raise _refused("PROOF_NONCE", "It answers another request.")
    issued = bound.get("iat")
    if not isinstance(issued, int) or abs(time.time() - issued) > BINDING_SECONDS:
        raise _refused("PROOF_EXPIRED", "It was shown too long ago.", "Have it shown again.")


def _bound(given: Parts, claims: Mapping[str, Any]) -> dict[str, Any]:
    try:
        key = ECKey.import_key(dict(claims["cnf"]["jwk"]))
        bound = jwt.decode(given.binding, key, algorithms=["ES256"])
    except (JoseError, ValueError, KeyError, TypeError) as error:
        words = "It is not shown with the key of its holder."
        raise _refused("PROOF_INVALID", words) from error
    if bound.header.get("typ") != KEY_BINDING:
        raise _refused("PROOF_INVALID", "It is not shown with the key of its holder.")
    return dict(bound.claims)


def _parts(text: str) -> Parts:
    try:
        return parts(text)
    except ValueError as error:
        raise _refused("PROOF_INVALID", "It is no SD-JWT.") from error


def _refused(code: str, words: str, hint: str = "Accept nothing on it.") -> CitizengraphError:
    return CitizengraphError(code, words, hint)
