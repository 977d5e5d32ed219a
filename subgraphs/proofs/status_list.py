"""The status list of proofs, which are asked again for it.

Whenever it is asked for and the last one is older than FRESH_SECONDS, every proof that is still
good is asked again, as its asker, under the policy in force. One whose answer is another by now, or
is not shown any more, is revoked for good.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable

from audit.record import Row
from graph.cypher import Statements
from graph.problems import BadArgument
from policies.table import PolicySet
from resolvers.operation import Recorder, disclosure
from resolvers.proving import Prover, Read
from runtime.errors import CitizengraphError
from subgraphs.policies_in_force import Policies
from subgraphs.proofs.again import as_before
from subgraphs.proofs.issued import Issued
from subgraphs.proofs.listing import FRESH_SECONDS, PublishedList
from subgraphs.proofs.signing import Signer
from subgraphs.proofs.status import StatusBook

LIST_SECONDS = 60
EXAMINE_SECONDS_MAX = 10.0
AT_ONCE = 8


class Examiner:
    """Asks again what was proved."""

    def __init__(
        self,
        book: StatusBook,
        policies: Policies,
        statements: Statements,
        read: Read,
        recorder: Recorder,
    ) -> None:
        self._book = book
        self._policies = policies
        self._statements = statements
        self._read = read
        self._recorder = recorder

    async def examine(self) -> None:
        """Revoke what does not stand any more. Raises what keeps it from being known."""
        waiting = iter((await self._book.to_ask_again()).items())
        async with asyncio.timeout(EXAMINE_SECONDS_MAX):
            await asyncio.gather(*(self._work(waiting) for _ in range(AT_ONCE)))

    async def _work(self, waiting: Iterable[tuple[int, Issued | None]]) -> None:
        for place, issued in waiting:
            if issued is None or not await self.stands(issued):
                await self._book.revoke(place)
                if issued:
                    await self._record(issued)

    async def stands(self, issued: Issued) -> bool:
        """Whether its asker would get the same answer now."""
        policies = self._policies.of(self._policies.newest.version)
        try:
            prover = self._prover(policies, issued)
            return prover is not None and (await prover.found(issued.question)).stands(
                issued.answer
            )
        except BadArgument:  # the number stands for several persons by now
            return False

    def _prover(self, policies: PolicySet, issued: Issued) -> Prover | None:
        """Who asks as the asker did; nobody where they may not have the proof any more."""
        asker = as_before(policies, issued.caller, "Query", issued.root)
        return Prover(self._statements, *asker, self._read) if asker else None

    async def _record(self, issued: Issued) -> None:
        """That the proof was taken back is a disclosure to whoever looks for it."""
        row = Row("Proof", issued.proof, ("revoked",))
        await self._recorder.write(disclosure(issued.caller, "proofs", "disclosed", (row,)))


class StatusList(PublishedList):
    """The list of proofs."""

    def __init__(self, examiner: Examiner, book: StatusBook, signer: Signer) -> None:
        super().__init__(signer)
        self._examiner = examiner
        self._book = book

    async def _made(self) -> str:
        second = int(time.time())
        try:
            await self._examiner.examine()
        except TimeoutError as error:
            words = "The proofs cannot be examined now."
            raise CitizengraphError("SUBGRAPH_UNAVAILABLE", words) from error
        revoked = await self._book.revoked()
        return self._signed(self._book.uri, second, LIST_SECONDS, FRESH_SECONDS, revoked)
