"""Who asks, for what, on which basis: from the gateway's signed context token, and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jwt import Claims, JWTClaimsRegistry

from graph.conditions import Scalar
from runtime.errors import CitizengraphError
from runtime.latest import Latest

GATEWAY = "citizengraph-gateway"
HEADER = "citizengraph-context"
CLOCK_SKEW_SECONDS = 5
VERIFIED_KEPT = 256
"""Tokens of operations that are under way; each is good for half a minute."""


@dataclass(frozen=True)
class Caller:
    """What the gateway pinned for the whole of one client operation."""

    consumer: str
    subject: str
    purpose: str
    basis: str
    case: str | None
    principal: Mapping[str, Scalar | None]
    policy: str
    operation: str
    operation_name: str | None
    operation_hash: str
    strict: bool = False
    """Whether nothing is to be shown where something is denied."""


class ContextVerifier:
    """Checks context tokens for one subgraph against the gateway's public keys."""

    def __init__(self, jwks_file: Path, subgraph: str) -> None:
        self._jwks_file = jwks_file
        self._keys: KeySet | None = None
        self._verified = Latest[tuple[Claims, Caller]](VERIFIED_KEPT)
        self._claims = JWTClaimsRegistry(
            leeway=CLOCK_SKEW_SECONDS,
            iss={"essential": True, "value": GATEWAY},
            aud={"essential": True, "value": subgraph},
            exp={"essential": True},
            sub={"essential": True},
        )

    def verify(self, token: str | None) -> Caller:
        """The caller. Raises CONTEXT_MISSING or CONTEXT_INVALID.

        The gateway sends one token with every fetch of an operation from the subgraph. Its
        signature is verified once, its time each time.
        """
        if not token:
            raise CitizengraphError(
                "CONTEXT_MISSING",
                "This service is reached through the gateway only.",
                "Send the operation to the gateway with an access token.",
            )
        try:
            claims, caller = self._verified.of(token, lambda: self._verify(token))
            self._claims.validate(claims)
            return caller
        except (JoseError, ValueError, KeyError, TypeError) as error:
            raise CitizengraphError(
                "CONTEXT_INVALID", "The context token is not one of the gateway's for this service."
            ) from error

    def _verify(self, token: str) -> tuple[Claims, Caller]:
        """What the gateway signed. Only what is valid is kept."""
        claims = jwt.decode(token, self._key_set(), algorithms=["ES256"]).claims
        self._claims.validate(claims)
        return claims, _caller(claims)

    def _key_set(self) -> KeySet:
        """The gateway's keys, read when first needed: the file may appear after this process."""
        if self._keys is None:
            self._keys = KeySet.import_key_set(json.loads(self._jwks_file.read_text()))
        return self._keys


def _caller(claims: Mapping[str, Any]) -> Caller:
    given: Any = claims.get("principal") or {}
    if not isinstance(given, dict):
        raise TypeError("principal is not an object")
    principal = cast("Mapping[str, object]", given)
    return Caller(
        consumer=str(claims["consumer"]),
        subject=str(claims["sub"]),
        purpose=str(claims["purpose"]),
        basis=str(claims["basis"]),
        case=_optional(claims.get("case")),
        principal={str(name): _scalar(value) for name, value in principal.items()},
        policy=str(claims["policy"]),
        operation=str(claims["operation"]),
        operation_name=_optional(claims.get("operationName")),
        operation_hash=str(claims["operationHash"]),
        strict=claims.get("strict") is True,
    )


def _scalar(value: object) -> Scalar | None:
    """Text, yes or no, or a whole number; nothing of another form is an attribute."""
    return value if isinstance(value, str | bool | int) else None


def _optional(value: object) -> str | None:
    return None if value is None else str(value)
