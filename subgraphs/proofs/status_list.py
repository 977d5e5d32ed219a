"""The status list (draft-ietf-oauth-status-list): a bit for each place, compressed, in a token.

Whenever it is asked for and the last one is older than FRESH_SECONDS, every proof that is still
good is asked again, as its asker, under the policy in force. One whose answer is another by now, or
is not shown any more, is revoked for good.
"""

from __future__ import annotations

import asyncio
import base64
import time
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from audit.record import Row
from graph.cypher import Statements
from graph.problems import BadArgument
from policies.table import PolicySet
from resolvers.operation import Recorder, disclosure
from resolvers.proving import Prover, Read
from resolvers.standing import holds
from runtime.errors import CitizengraphError
from subgraphs.endpoint import coded, respond
from subgraphs.policies_in_force import Policies
from subgraphs.proofs.issued import Issued
from subgraphs.proofs.signing import STATUS_TYPE, Signer
from subgraphs.proofs.status import PLACES, StatusBook

MEDIA_TYPE = f"application/{STATUS_TYPE}"
FRESH_SECONDS = 15
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
        stated = policies.contracts.stated(issued.caller.consumer, issued.caller.principal)
        caller = replace(issued.caller, principal=stated, policy=policies.version)
        try:
            decision = policies.decision(caller.consumer, caller.purpose, caller.basis)
        except CitizengraphError:
            return None
        if not holds(decision.field("Query", issued.root).condition, stated):
            return None
        return Prover(self._statements, caller, decision, self._read)

    async def _record(self, issued: Issued) -> None:
        """That the proof was taken back is a disclosure to whoever looks for it."""
        row = Row("Proof", issued.proof, ("revoked",))
        await self._recorder.write(disclosure(issued.caller, "proofs", "disclosed", (row,)))


class StatusList:
    """The list as it is published. `__call__` answers GET."""

    def __init__(self, examiner: Examiner, book: StatusBook, signer: Signer) -> None:
        self._examiner = examiner
        self._book = book
        self._signer = signer
        self._turn = asyncio.Lock()
        self._made_at = float("-inf")
        self._token = ""

    async def __call__(self, _: Request) -> ASGIApp:
        """The token; 503 where it cannot be known now what stands."""
        try:
            return Response(await self.token(), media_type=MEDIA_TYPE)
        except (CitizengraphError, TimeoutError) as error:
            known = isinstance(error, CitizengraphError)
            words = "The proofs cannot be examined now."
            said = error if known else CitizengraphError("SUBGRAPH_UNAVAILABLE", words)
            return respond({"errors": [coded(said)]}, 503)

    async def token(self) -> str:
        """The list of now, or one that is not older than FRESH_SECONDS."""
        async with self._turn:
            if time.monotonic() - self._made_at > FRESH_SECONDS:
                began, second = time.monotonic(), int(time.time())
                await self._examiner.examine()
                self._token = self._signed(second, await self._book.revoked())
                self._made_at = began
            return self._token

    def _signed(self, second: int, revoked: Iterable[int]) -> str:
        claims: Mapping[str, object] = {
            "sub": self._book.uri,
            "iat": second,
            "exp": second + LIST_SECONDS,
            "ttl": FRESH_SECONDS,
            "status_list": {"bits": 1, "lst": packed(revoked)},
        }
        return self._signer.signed(STATUS_TYPE, claims)


def packed(revoked: Iterable[int]) -> str:
    """One bit for each place, the first in the lowest bit of the first byte; ZLIB, base64url."""
    bits = bytearray(PLACES // 8)
    for place in revoked:
        bits[place // 8] |= 1 << place % 8
    return base64.urlsafe_b64encode(zlib.compress(bytes(bits), 9)).decode().rstrip("=")
