"""A status list as it is published (draft-ietf-oauth-status-list), made anew when it is old."""

from __future__ import annotations

import asyncio
import base64
import time
import zlib
from abc import ABC, abstractmethod
from collections.abc import Iterable

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from runtime.errors import CitizengraphError
from subgraphs.endpoint import coded, respond
from subgraphs.proofs.signing import STATUS_TYPE, Signer
from subgraphs.proofs.status import PLACES

MEDIA_TYPE = f"application/{STATUS_TYPE}"
FRESH_SECONDS = 15


class PublishedList(ABC):
    """The list as it is published. `__call__` answers GET."""

    def __init__(self, signer: Signer) -> None:
        self._signer = signer
        self._turn = asyncio.Lock()
        self._made_at = float("-inf")
        self._token = ""

    async def __call__(self, _: Request) -> ASGIApp:
        """The token; 503 where it cannot be known now what stands."""
        try:
            return Response(await self.token(), media_type=MEDIA_TYPE)
        except CitizengraphError as error:
            return respond({"errors": [coded(error)]}, 503)

    async def token(self) -> str:
        """The list of now, or one that is not older than FRESH_SECONDS."""
        async with self._turn:
            if time.monotonic() - self._made_at > FRESH_SECONDS:
                began = time.monotonic()
                self._token = await self._made()
                self._made_at = began
            return self._token

    @abstractmethod
    async def _made(self) -> str:
        """The list of now."""

    def _signed(
        self, uri: str, issued: int, seconds: int, fresh: int, revoked: Iterable[int]
    ) -> str:
        """`seconds`: how long it is good; `fresh`: after how many another may say more."""
        claims = {
            "sub": uri,
            "iat": issued,
            "exp": issued + seconds,
            "ttl": fresh,
            "status_list": {"bits": 1, "lst": packed(revoked)},
        }
        return self._signer.signed(STATUS_TYPE, claims)


def packed(revoked: Iterable[int]) -> str:
    """One bit for each place, the first in the lowest bit of the first byte; ZLIB, base64url."""
    bits = bytearray(PLACES // 8)
    for place in revoked:
        bits[place // 8] |= 1 << place % 8
    return base64.urlsafe_b64encode(zlib.compress(bytes(bits), 9)).decode().rstrip("=")
