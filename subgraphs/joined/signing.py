"""The token by which a department knows the guard: ES256, for one request and half a minute."""

from __future__ import annotations

import json
import time
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from joserfc import jwt
from joserfc.jwk import ECKey

from resolvers.context import Caller
from runtime.keys import ensure_key, private_key_file

KEY = "guard"
ISSUER = "citizengraph-guard"
TYPE = "citizengraph-guard+jwt"
SECONDS = 30


class GuardSigner:
    """Signs with the key of a home. A key that was rotated is taken up with the next request."""

    def __init__(self, home: Path) -> None:
        ensure_key(home, KEY)
        self._file = private_key_file(home, KEY)
        self._read_at = 0
        self._key: ECKey | None = None

    def token(self, audience: str, body: bytes, caller: Caller | None) -> str:
        """For this body alone. It says for which consumer, purpose and operation it is asked.

        Of the individual who asks it says nothing: who that is stands in our audit.
        """
        now = int(time.time())
        claims: dict[str, str | int] = {
            "iss": ISSUER,
            "aud": audience,
            "iat": now,
            "exp": now + SECONDS,
            "jti": uuid4().hex,
            "body": sha256(body).hexdigest(),
        }
        if caller:
            claims |= {
                "consumer": caller.consumer,
                "purpose": caller.purpose,
                "basis": caller.basis,
                "operation": caller.operation,
            }
        key = self._current()
        return jwt.encode({"alg": "ES256", "typ": TYPE, "kid": key.kid}, claims, key)

    def _current(self) -> ECKey:
        written_at = self._file.stat().st_mtime_ns
        if self._key is None or written_at != self._read_at:
            self._key = ECKey.import_key(json.loads(self._file.read_text()))
            self._read_at = written_at
        return self._key
