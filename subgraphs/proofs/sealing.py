"""Texts that only whoever has the secret reads, different each time (RFC 7516, A256GCM)."""

from __future__ import annotations

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

_HEADER = {"alg": "dir", "enc": "A256GCM"}


def sealed(content: bytes, secret: bytes) -> str:
    """The content, encrypted with a secret of 32 bytes."""
    return jwe.encrypt_compact(_HEADER, content, OctKey.import_key(secret))


def unsealed(text: str | bytes, secret: bytes) -> bytes | None:
    """The content; None if it was not sealed with this secret."""
    try:
        key = OctKey.import_key(secret)
        return jwe.decrypt_compact(text, key, algorithms=list(_HEADER.values())).plaintext
    except (JoseError, ValueError):
        return None
