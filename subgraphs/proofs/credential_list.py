"""The status list of credentials: what the rounds found, signed, and until when that is good."""

from __future__ import annotations

import asyncio
import time

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from runtime.errors import CitizengraphError
from subgraphs.endpoint import coded, respond
from subgraphs.proofs.credential_book import CredentialBook, Listed
from subgraphs.proofs.credential_rounds import EVERY_SECONDS
from subgraphs.proofs.signing import STATUS_TYPE, Signer
from subgraphs.proofs.status_list import MEDIA_TYPE, packed

GOOD_SECONDS = 3600
"""Nothing in a list was found longer ago than that."""
MADE_SECONDS = 15


class CredentialList:
    """The list as it is published. `__call__` answers GET."""

    def __init__(self, book: CredentialBook, signer: Signer) -> None:
        self._book = book
        self._signer = signer
        self._turn = asyncio.Lock()
        self._made_at = float("-inf")
        self._token = ""

    async def __call__(self, _: Request) -> ASGIApp:
        """The token; 503 where too much was asked too long ago."""
        try:
            return Response(await self.token(), media_type=MEDIA_TYPE)
        except CitizengraphError as error:
            return respond({"errors": [coded(error)]}, 503)

    async def token(self) -> str:
        """The list of now, or one that is not older than MADE_SECONDS.

        Raises AUDIT_UNAVAILABLE, and SUBGRAPH_UNAVAILABLE where the rounds do not keep up.
        """
        async with self._turn:
            if time.monotonic() - self._made_at > MADE_SECONDS:
                began = time.monotonic()
                self._token = self._signed(await self._book.listed())
                self._made_at = began
            return self._token

    def _signed(self, listed: Listed) -> str:
        now = int(time.time())
        ends = (now if listed.oldest is None else listed.oldest) + GOOD_SECONDS
        if ends <= now + MADE_SECONDS:
            words = "The credentials have not been examined for too long."
            raise CitizengraphError("SUBGRAPH_UNAVAILABLE", words)
        claims = {
            "sub": listed.uri,
            "iat": now,
            "exp": ends,
            "ttl": min(EVERY_SECONDS, ends - now),
            "status_list": {"bits": 1, "lst": packed(listed.revoked)},
        }
        return self._signer.signed(STATUS_TYPE, claims)
