"""Credentials are asked again behind the work, round after round, at no more than so many a second.

What was asked longest ago comes first. One whose holder would not get it any more, or would get
it with another name, date or number, is revoked for good. The list expires by what was asked
longest ago, so a round that cannot be kept up is seen by everybody who checks.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from audit.record import Row
from graph.cypher import Statements
from graph.problems import BadArgument, StatementTooLarge
from policies.table import PolicySet
from resolvers.lone import Read
from resolvers.operation import Recorder, disclosure
from resolvers.telling import Teller, Told
from runtime.errors import CitizengraphError
from subgraphs.policies_in_force import Policies
from subgraphs.proofs.again import as_before
from subgraphs.proofs.credential_book import CredentialBook
from subgraphs.proofs.credential_kept import Entry, Kept, Reason
from subgraphs.proofs.signing import Signer

EVERY_SECONDS = 300
"""A credential is asked again so long after the last time, as far as SLICE and PAUSE allow."""
SLICE = 20
PAUSE_SECONDS = 1.0
"""Between two slices; with SLICE, how many are asked in a second at most."""
IDLE_SECONDS = 15.0
AT_ONCE = 2
PATIENCE_SECONDS = 1800
"""One that always takes the graph too long is revoked then, before the list of all expires."""
SLICE_SECONDS_MAX = 30.0
ISSUE = "issueCredential"
_log = logging.getLogger("citizengraph.subgraphs")


def stated(signer: Signer, reference: str, told: Told) -> dict[str, str]:
    """A digest of each value that is told, by its path."""
    return {
        path: signer.digest("stated", reference, path, value)
        for path, value in told.values().items()
    }


@dataclass(frozen=True)
class Rounds:
    """Asks again what credentials state."""

    book: CredentialBook
    signer: Signer
    policies: Policies
    statements: Statements
    read: Read
    recorder: Recorder

    async def keep(self) -> None:
        """Until it is cancelled. What cannot be asked now is asked later."""
        pause = IDLE_SECONDS
        while True:
            await asyncio.sleep(pause)
            asked = 0
            try:
                asked = await self.slice()
            except Exception as error:
                known = error.code if isinstance(error, CitizengraphError) else ""
                what = known or type(error).__name__  # its words may name a person
                _log.warning("credentials cannot be asked again now: %s", what)
            pause = PAUSE_SECONDS if asked == SLICE else IDLE_SECONDS

    async def slice(self) -> int:
        """Ask those that are due, at most SLICE; how many they were. Raises what prevents it."""
        if not await self.book.turn():
            return 0
        try:
            due = await self.book.due(int(time.time()) - EVERY_SECONDS, SLICE)
            waiting = iter(due.items())
            async with asyncio.timeout(SLICE_SECONDS_MAX):
                await asyncio.gather(*(self._work(waiting) for _ in range(AT_ONCE)))
            return len(due)
        finally:
            with suppress(CitizengraphError):
                await self.book.turn_over()

    async def _work(self, waiting: Iterator[tuple[str, Entry | None]]) -> None:
        for reference, entry in waiting:
            began = int(time.time())
            if entry and entry.kept.ends <= began:
                await self.book.ended(reference)
                continue
            try:
                reason = await self.reason(entry.kept) if entry else "UNREADABLE"
            except StatementTooLarge:
                if entry and began - entry.asked < PATIENCE_SECONDS:
                    continue
                reason = "UNREADABLE"
            if reason is None:
                await self.book.asked(reference, began)
            elif await self.book.revoke(reference, reason) and entry:
                await self._record(entry.kept)

    async def reason(self, kept: Kept) -> Reason | None:
        """Why it does not stand any more; None where it stands."""
        policies = self.policies.of(self.policies.newest.version)
        teller = self._teller(policies, kept)
        try:
            told = await teller.told(kept.question) if teller else None
        except BadArgument:  # the number stands for several persons by now
            return "RELATION"
        if told is None or told.refusal:
            return "RIGHT"
        if not told.holds:
            return "RELATION"
        return _changed(kept.stated, stated(self.signer, kept.reference, told))

    def _teller(self, policies: PolicySet, kept: Kept) -> Teller | None:
        """Who asks as the holder did; nobody where they may not have it any more."""
        holder = as_before(policies, kept.caller, "Mutation", ISSUE)
        return Teller(self.statements, *holder, self.read) if holder else None

    async def _record(self, kept: Kept) -> None:
        """That it was revoked is a disclosure to whoever reads the list."""
        row = Row("Credential", kept.reference, ("revoked",))
        await self.recorder.write(disclosure(kept.caller, "proofs", "disclosed", (row,)))


def _changed(before: Mapping[str, str], now: Mapping[str, str]) -> Reason | None:
    if any(path not in now for path in before):
        return "RIGHT"
    return None if all(now[path] == value for path, value in before.items()) else "STATED"
