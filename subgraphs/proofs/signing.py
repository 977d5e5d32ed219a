"""Proofs as JSON Web Tokens (RFC 7519), signed with ES256; persons as pairwise pseudonyms."""

from __future__ import annotations

import hmac
import json
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from secrets import token_bytes, token_hex
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from joserfc import jwt
from joserfc.jwk import ECKey

from runtime.keys import ensure_key, making_keys, private_key_file, public_keys_file
from runtime.secrets import ensure_secret

KEY = "proofs"
TYPE = "citizengraph-proof+jwt"
PROOF_SECONDS = 600
_NONCE_BYTES = 12


@dataclass(frozen=True)
class Signed:
    """A proof as it leaves: the token, its id, and when it ends (seconds of the clock)."""

    token: str
    id: str
    ends: int


class Signer:
    """Signs with the key of a home. A key that was rotated is taken up with the next proof."""

    def __init__(self, home: Path, issuer: str) -> None:
        ensure_key(home, KEY)
        with making_keys(home):
            self._secret = ensure_secret(home, KEY).encode()
        self._file = private_key_file(home, KEY)
        self._published = public_keys_file(home, KEY)
        self.issuer = issuer
        self._read_at = 0
        self._key: ECKey | None = None

    def sign(self, audience: str, nonce: str, claims: Mapping[str, Any]) -> Signed:
        """The claims for one audience, with those that every proof has."""
        return self.token(TYPE, PROOF_SECONDS, {"aud": audience, "nonce": nonce, **claims})

    def token(self, kind: str, seconds: int, claims: Mapping[str, Any]) -> Signed:
        """Claims that anybody may check, good for so long."""
        key, now, name = self._current(), int(time.time()), token_hex(16)
        header = {"alg": "ES256", "typ": kind, "kid": key.kid}
        whole = {"iss": self.issuer, "iat": now, "exp": now + seconds, "jti": name, **claims}
        return Signed(jwt.encode(header, whole, key), name, now + seconds)

    def seal(self, purpose: str, text: str) -> str:
        """The text so that only this home reads it, different each time (AES-256-GCM)."""
        nonce = token_bytes(_NONCE_BYTES)
        sealed = nonce + self._cipher(purpose).encrypt(nonce, text.encode(), None)
        return urlsafe_b64encode(sealed).decode().rstrip("=")

    def unseal(self, purpose: str, sealed: str) -> str | None:
        """The text; None if it was not sealed here for this purpose."""
        try:
            content = urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
            nonce, rest = content[:_NONCE_BYTES], content[_NONCE_BYTES:]
            return self._cipher(purpose).decrypt(nonce, rest, None).decode()
        except (ValueError, InvalidTag):
            return None

    def _cipher(self, purpose: str) -> AESGCM:
        return AESGCM(bytes.fromhex(self.digest("seal", purpose)))

    def pseudonym(self, audience: str, person: str) -> str:
        """The same for a person and an audience, and different for each other audience."""
        return self.digest("pseudonym", audience, person)

    def digest(self, *parts: str) -> str:
        """HMAC-SHA256 of the parts under the secret of the home."""
        content = json.dumps(parts).encode()
        return hmac.new(self._secret, content, sha256).hexdigest()

    def keys(self) -> dict[str, Any]:
        """The public keys, that of before a rotation too."""
        return json.loads(self._published.read_text())

    def _current(self) -> ECKey:
        written_at = self._file.stat().st_mtime_ns
        if self._key is None or written_at != self._read_at:
            self._key = ECKey.import_key(json.loads(self._file.read_text()))
            self._read_at = written_at
        return self._key
