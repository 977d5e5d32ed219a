"""Proofs as JSON Web Tokens (RFC 7519), signed with ES256; persons as pairwise pseudonyms."""

from __future__ import annotations

import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey

from runtime.keys import ensure_key, making_keys, private_key_file, public_keys_file
from runtime.secrets import ensure_secret
from subgraphs.proofs.sealing import sealed, unsealed

KEY = "proofs"
TYPE = "citizengraph-proof+jwt"
STATUS_TYPE = "statuslist+jwt"
PROOF_SECONDS = 600


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

    def sign(
        self, audience: str, nonce: str, claims: Mapping[str, Any], name: str | None = None
    ) -> Signed:
        """The claims for one audience, with those that every proof has; `name` is its id."""
        return self.token(TYPE, PROOF_SECONDS, {"aud": audience, "nonce": nonce, **claims}, name)

    def token(
        self, kind: str, seconds: int, claims: Mapping[str, Any], name: str | None = None
    ) -> Signed:
        """Claims that anybody may check, good for so long."""
        now, name = int(time.time()), name or token_hex(16)
        whole = {"iss": self.issuer, "iat": now, "exp": now + seconds, "jti": name, **claims}
        return Signed(self.signed(kind, whole), name, now + seconds)

    def signed(self, kind: str, claims: Mapping[str, Any]) -> str:
        """A token of this `typ` with the claims alone, signed with the key in use."""
        key = self._current()
        return jwt.encode({"alg": "ES256", "typ": kind, "kid": key.kid}, dict(claims), key)

    def seal(self, purpose: str, text: str) -> str:
        """The text so that only this home reads it, different each time."""
        return sealed(text.encode(), self.secret(purpose))

    def unseal(self, purpose: str, text: str) -> str | None:
        """The text; None if it was not sealed here for this purpose."""
        opened = unsealed(text, self.secret(purpose))
        return None if opened is None else opened.decode()

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

    def secret(self, purpose: str) -> bytes:
        """A secret of 32 bytes for one purpose, made from that of the home."""
        return hmac.new(self._secret, f"secret:{purpose}".encode(), sha256).digest()

    def _current(self) -> ECKey:
        written_at = self._file.stat().st_mtime_ns
        if self._key is None or written_at != self._read_at:
            self._key = ECKey.import_key(json.loads(self._file.read_text()))
            self._read_at = written_at
        return self._key
