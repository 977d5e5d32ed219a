"""The desk of the proofs: checked, answered, counted, signed, recorded; then it leaves."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from secrets import token_hex
from typing import Any

from audit.record import Outcome
from audit.record import Row as DisclosedRow
from graph.problems import BadArgument
from resolvers.desk import DeskRequest
from resolvers.operation import disclosure
from resolvers.proving import UNDETERMINED, Finding, Prover
from resolvers.telling import Teller
from runtime.errors import CitizengraphError
from subgraphs.proofs.budget import MOST, Budget
from subgraphs.proofs.claims import Asked, Claim, Sought
from subgraphs.proofs.credential_book import CredentialBook
from subgraphs.proofs.issued import Issued
from subgraphs.proofs.signing import Signed, Signer
from subgraphs.proofs.status import StatusBook
from subgraphs.proofs.words import in_words

PROOFS_MAX = 10
_NONCE = re.compile(r"[A-Za-z0-9_-]{8,128}")
_WORDS = "A day's proofs of this kind about this person are used up: there are {}."


class Turns:
    """The proofs of one operation, one after another, and not more than ten."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._taken = 0

    @asynccontextmanager
    async def next(self) -> AsyncGenerator[None]:
        """Wait for the others. Raises QUERY_TOO_LARGE."""
        self._taken += 1
        if self._taken > PROOFS_MAX:
            words = f"One operation makes out {PROOFS_MAX} proofs at most."
            raise CitizengraphError("QUERY_TOO_LARGE", words, "Send the others in another one.")
        async with self._lock:
            yield


@dataclass(frozen=True)
class ProofMeans:
    """What the desk has at hand for one operation."""

    prover: Prover
    signer: Signer
    budget: Budget
    status: StatusBook
    audiences: tuple[str, ...]
    turns: Turns = field(default_factory=Turns)
    credentials: tuple[Teller, CredentialBook] | None = None
    """Who tells what a credential states, and where it is entered."""


class ProofDesk:
    """One caller at the desk. `audience`: for whom the proof is; `nonce`: what they gave."""

    def __init__(self, request: DeskRequest, audience: str, nonce: str) -> None:
        self._request = request
        self._means: ProofMeans = request.means
        self._audience = audience
        self._nonce = nonce

    async def plain(self, asked: Asked) -> Signed:
        """A proof of what has a plain question, and is refused where that is."""
        asking = partial(self._means.prover.found, asked[0])
        return await self._issue(await self._find(asking), asked)

    async def sought(self, asked: Sought) -> Signed:
        """A proof of what is asked of a row: of nobody, or where it is denied, not determinable."""
        asking = partial(self._means.prover.sought, asked[0])
        return await self._issue(await self._find(asking), asked)

    async def _find(self, asking: Callable[[], Awaitable[Finding]]) -> Finding:
        """The answer. A refusal, and that it failed, is recorded before it is told."""
        try:
            self._check()
            async with self._means.turns.next():
                finding = await asking()
        except Exception:
            await self._record("failed", ())
            raise
        if finding.refusal:
            outcome = "denied" if any(row.denied for row in finding.rows) else "empty"
            await self._record(outcome, finding.rows, finding.asked)
            raise finding.refusal
        return finding

    def _check(self) -> None:
        """Raises BAD_ARGUMENT."""
        if self._audience not in self._means.audiences:
            known = ", ".join(self._means.audiences) or "nobody"
            raise BadArgument(f"Proofs that you ask for are made out for: {known}.")
        if not _NONCE.fullmatch(self._nonce):
            raise BadArgument("nonce has 8 to 128 letters, digits, - and _.")

    async def _issue(self, finding: Finding, asked: Asked) -> Signed:
        question, claim = asked
        if not await self._fits(finding, claim):
            await self._record("denied", tuple(map(_withheld, finding.rows)), finding.asked)
            words = _WORDS.format(MOST[claim.kind])
            raise CitizengraphError("PROOF_BUDGET_SPENT", words, "Ask again tomorrow (UTC).")
        name = token_hex(16)
        issued = Issued(self._request.caller, question, claim.root, finding.answer, name)
        status = await self._means.status.enter(None if finding.answer == UNDETERMINED else issued)
        claims = {**self._claims(finding, claim), "status": status}
        signed = self._means.signer.sign(self._audience, self._nonce, claims, name)
        said = ".".join(map(str, (*claim.told.values(), self._audience)))
        proof = DisclosedRow("Proof", name, (said,))
        await self._record("disclosed", (*finding.rows, proof), finding.asked)
        return signed

    async def _fits(self, finding: Finding, claim: Claim) -> bool:
        """Whether it fits into the day; whoever the token names has a budget of their own."""
        digest, caller = self._means.signer.digest, self._request.caller
        asker = digest("asker", caller.consumer, str(caller.principal.get("person")))
        about = dict.fromkeys((*finding.persons, *claim.also))
        persons = [digest("budget", one) for one in about]
        asked = digest("claim", *map(str, claim.told.values()), *finding.persons)
        return await self._means.budget.take(asker, claim.kind, persons, asked)

    def _claims(self, finding: Finding, claim: Claim) -> dict[str, Any]:
        """What is particular to this proof; no name, number or date of anybody."""
        person, *others = (
            self._means.signer.pseudonym(self._audience, handle) for handle in finding.persons
        )
        told = {**claim.told, "answer": finding.answer}
        if others:
            told["of"] = others[0]
        return {
            "sub": person,
            "claim": told,
            "words": in_words(claim.question, finding.answer, claim.details),
            "policy": self._request.caller.policy,
        }

    async def _record(
        self, outcome: Outcome, rows: tuple[DisclosedRow, ...], asked: tuple[str, ...] = ()
    ) -> None:
        request = self._request
        record = disclosure(request.caller, request.subgraph, outcome, rows, asked)
        await request.recorder.write(record)


def _withheld(row: DisclosedRow) -> DisclosedRow:
    return replace(row, shown=(), denied=(*row.shown, *row.denied))
