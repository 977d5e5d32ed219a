"""Who asks citizengraph: a caseworker of one district, by the gateway or signed as it signs."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from joserfc import jwt
from joserfc.jwk import ECKey

from gateway.clients import clients_file
from gateway.tokens import fetch_token
from resolvers.context import GATEWAY, HEADER
from runtime.keys import private_key_file
from runtime.settings import Settings

CONSUMER, PURPOSE, BASIS = "caseworker", "household-services", "statutory-duty"
SIGNED_SECONDS = 600
"""The gateway signs for 30 seconds; here a run of requests is signed before it begins."""


@dataclass(frozen=True)
class Caseworker:
    """What the access token says of the caller."""

    district: str
    person: str
    worker: str

    def access_headers(self, settings: Settings) -> Mapping[str, str]:
        """For the gateway."""
        url = f"http://127.0.0.1:{settings.issuer_port}/token"
        token = fetch_token(url, clients_file(settings.home), CONSUMER, **vars(self))
        return {
            "Authorization": f"Bearer {token}",
            "Citizengraph-Purpose": PURPOSE,
            "Citizengraph-Basis": BASIS,
        }

    def claims(self, policy: str) -> Mapping[str, object]:
        """What the gateway pins for an operation; each has its own id."""
        return {
            "sub": f"{CONSUMER}:bench",
            "consumer": CONSUMER,
            "purpose": PURPOSE,
            "basis": BASIS,
            "case": None,
            "principal": vars(self),
            "policy": policy,
            "operation": str(uuid4()),
            "operationName": None,
            "operationHash": "bench",
            "strict": False,
        }


class Signer:
    """Makes context tokens as the gateway makes them, with its key."""

    def __init__(self, home: Path) -> None:
        self._key = ECKey.import_key(json.loads(private_key_file(home, "gateway").read_text()))

    def header(self, claims: Mapping[str, object], subgraph: str) -> Mapping[str, str]:
        """The header for one operation at one subgraph."""
        now = int(time.time())
        times = {"iat": now, "exp": now + SIGNED_SECONDS, "jti": str(uuid4())}
        said = {**claims, "iss": GATEWAY, "aud": subgraph, **times}
        protected = {"alg": "ES256", "typ": "JWT", "kid": self._key.kid}
        return {HEADER: jwt.encode(protected, said, self._key)}
