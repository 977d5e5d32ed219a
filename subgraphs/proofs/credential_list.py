"""The status list of credentials: what the rounds found, signed, and until when that is good."""

from __future__ import annotations

import time

from runtime.errors import CitizengraphError
from subgraphs.proofs.credential_book import CredentialBook
from subgraphs.proofs.credential_rounds import EVERY_SECONDS
from subgraphs.proofs.listing import FRESH_SECONDS, PublishedList
from subgraphs.proofs.signing import Signer

GOOD_SECONDS = 3600
"""Nothing in a list was found longer ago than that."""


class CredentialList(PublishedList):
    """The list of credentials. Fails with SUBGRAPH_UNAVAILABLE where the rounds do not keep up."""

    def __init__(self, book: CredentialBook, signer: Signer) -> None:
        super().__init__(signer)
        self._book = book

    async def _made(self) -> str:
        listed, now = await self._book.listed(), int(time.time())
        seconds = GOOD_SECONDS - (0 if listed.oldest is None else now - listed.oldest)
        if seconds <= FRESH_SECONDS:
            words = "The credentials have not been examined for too long."
            raise CitizengraphError("SUBGRAPH_UNAVAILABLE", words)
        fresh = min(EVERY_SECONDS, seconds)
        return self._signed(listed.uri, now, seconds, fresh, listed.revoked)
