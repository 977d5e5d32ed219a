"""A proof checked as its audience does: by the published keys and the status list alone."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Mapping
from typing import Any

from joserfc import jwt
from joserfc.errors import ExpiredTokenError, InvalidClaimError, JoseError, MissingClaimError
from joserfc.jwk import KeySet
from joserfc.jwt import JWTClaimsRegistry

from runtime.errors import CitizengraphError
from subgraphs.proofs.signing import STATUS_TYPE, TYPE


def checked(
    token: str, keys: Mapping[str, Any], issuer: str, audience: str, nonce: str
) -> dict[str, Any]:
    """The claims. Raises PROOF_INVALID, PROOF_EXPIRED, PROOF_AUDIENCE and PROOF_NONCE.

    Whoever calls has to give out each nonce once, and forget it after the first proof.
    """
    claims = _signed(token, keys, TYPE, "PROOF_INVALID")
    _check_claims(claims, issuer, audience, nonce)
    return claims


def address_of_status(claims: Mapping[str, Any]) -> str:
    """Where the status of the proof is published; empty for a proof that names none."""
    return str(claims.get("status", {}).get("status_list", {}).get("uri", ""))


def check_status(claims: Mapping[str, Any], status: str, keys: Mapping[str, Any]) -> None:
    """Raises PROOF_REVOKED, and PROOF_STATUS_INVALID and PROOF_STATUS_STALE of the list itself."""
    listed = _signed(status, keys, STATUS_TYPE, "PROOF_STATUS_INVALID")
    registry = JWTClaimsRegistry(
        leeway=0,
        sub={"essential": True, "value": address_of_status(claims)},
        exp={"essential": True},
        iat={"essential": True},
    )
    try:
        registry.validate(listed)
        place = int(claims["status"]["status_list"]["idx"])
        bits = _unpacked(listed["status_list"])
        revoked = place < 0 or bits[place // 8] >> place % 8 & 1
    except ExpiredTokenError as error:
        words = "The status list has expired; it says nothing of now."
        raise _refused("PROOF_STATUS_STALE", words, "Read it again.") from error
    except (JoseError, KeyError, IndexError, TypeError, ValueError, zlib.error) as error:
        words = "The status list does not say anything of this proof."
        raise _refused("PROOF_STATUS_INVALID", words) from error
    if revoked:
        raise _refused("PROOF_REVOKED", "It was taken back after it was made.")


def _unpacked(listed: Mapping[str, Any]) -> bytes:
    if listed["bits"] != 1:
        raise ValueError("a place has one bit")
    packed = str(listed["lst"])
    return zlib.decompress(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)))


def _signed(token: str, keys: Mapping[str, Any], kind: str, code: str) -> dict[str, Any]:
    """The claims of a token of the kind that a published key signed. Raises the code."""
    decoded = signed_by(token, keys)
    if decoded is None:
        raise _refused(code, "It was not signed by a published key.")
    if decoded.header.get("typ") != kind:
        raise _refused(code, f"It is a signed token, and no {kind}.")
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
