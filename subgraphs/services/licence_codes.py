"""Signed codes of licences, as a QR picture carries them: what kind, until when, in which state.

A code names nobody and holds no number. `ref` leads back to the licence here, and to nobody else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from joserfc.errors import ExpiredTokenError, InvalidClaimError, MissingClaimError
from joserfc.jwt import JWTClaimsRegistry

from runtime.errors import CitizengraphError
from subgraphs.proofs.checking import signed_by
from subgraphs.proofs.signing import Signed, Signer

CODE = "citizengraph-licence+jwt"
RENDITION = "citizengraph-licence-rendition+jwt"
CODE_SECONDS = 300
DOCUMENT_SECONDS = 30 * 86_400
TOLD = ("kind", "status", "issueDate", "expiryDate")
"""What a code may say of a licence."""
_SEAL = "licence-code"


def signed_code(
    signer: Signer, id: str, shown: Mapping[str, Any], seconds: int = CODE_SECONDS
) -> Signed:
    """The code of a licence, by its id, with those of TOLD that are shown."""
    told = {name: shown[name] for name in TOLD if shown.get(name) is not None}
    return signer.token(CODE, seconds, {"licence": told, "ref": signer.seal(_SEAL, id)})


def licence_of(signer: Signer, code: str) -> str:
    """Id of the licence. Raises LICENCE_CODE_INVALID and LICENCE_CODE_EXPIRED."""
    claims = checked_code(code, signer.keys(), signer.issuer)
    id = signer.unseal(_SEAL, str(claims["ref"]))
    if id is None:
        raise _refused("It does not belong to a licence of this office.")
    return id


def checked_code(
    code: str, keys: Mapping[str, Any], issuer: str, kind: str = CODE
) -> dict[str, Any]:
    """The claims, by published keys alone: the state is that of when it was signed.

    Raises LICENCE_CODE_INVALID and LICENCE_CODE_EXPIRED.
    """
    decoded = signed_by(code, keys)
    if decoded is None:
        raise _refused("It was not signed by a published key, or has been altered.")
    if decoded.header.get("typ") != kind:
        raise _refused("It is a signed token of another kind.")
    registry = JWTClaimsRegistry(
        leeway=0,
        iss={"essential": True, "value": issuer},
        exp={"essential": True},
        licence={"essential": True},
    )
    try:
        registry.validate(decoded.claims)
    except ExpiredTokenError as error:
        words = "The code has expired."
        raise CitizengraphError("LICENCE_CODE_EXPIRED", words, "Have a new one shown.") from error
    except (InvalidClaimError, MissingClaimError) as error:
        raise _refused(f"Its {error.claim} is not the one that is expected.") from error
    return dict(decoded.claims)


def _refused(words: str) -> CitizengraphError:
    return CitizengraphError("LICENCE_CODE_INVALID", words, "Accept nothing on it.")
