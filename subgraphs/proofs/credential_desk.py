"""The desk of credentials: asked, counted, signed, entered, recorded; then it leaves."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from secrets import randbelow, token_hex

from audit.problems import AuditUnavailable
from audit.record import Outcome
from audit.record import Row as DisclosedRow
from graph.problems import BadArgument
from graph.selection import PersonRef
from resolvers.desk import DeskRequest
from resolvers.disclosed import sought
from resolvers.operation import disclosure
from resolvers.proving import PairQuestion
from resolvers.telling import Told
from runtime.errors import CitizengraphError
from subgraphs.proofs.budget import MOST
from subgraphs.proofs.credential import RELATION, Frame, holder_key, issue
from subgraphs.proofs.credential_kept import Entry, Issue, Kept
from subgraphs.proofs.credential_rounds import stated
from subgraphs.proofs.desk import ProofMeans
from subgraphs.proofs.status import PLACES, TRIES_MAX

DAYS_MAX = 30
KIND = "credential"
_DAY_SECONDS = 86_400
_KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")
_NOT_SO = "The registers do not say that it is so, and a credential says nothing else."
_SPENT = f"A day's credentials about this person are used up: there are {MOST[KIND]}."
_UNKNOWN = "You have no credential of this reference."
_REUSED = "This key was used for another credential."


@dataclass(frozen=True)
class Wanted:
    """What is asked for. `key`: drawn by the client for each request; `holder`: a JWK."""

    key: str
    question: str
    of: PersonRef
    holder: str
    days: int


class CredentialDesk:
    """One holder at the desk: whoever the token names as person."""

    def __init__(self, request: DeskRequest) -> None:
        self._request = request
        self._caller = request.caller
        self._means: ProofMeans = request.means
        assert self._means.credentials, "the service gives them"
        self._teller, self._book = self._means.credentials
        self._signer = self._means.signer
        self._person = PersonRef("citizenNumber", str(self._caller.principal["person"]))

    async def issue(self, wanted: Wanted) -> Issue:
        """The credential; for the same request the same one, for a day.

        Raises BAD_ARGUMENT, CREDENTIAL_REFUSED, FIELD_DENIED, KEY_REUSED and PROOF_BUDGET_SPENT.
        """
        try:
            holder = _checked(wanted)
            async with self._means.turns.next():
                key, asked = self._digests(wanted)
                before = await self._book.issued(key)
                told = None if before else await self._told(wanted)
        except Exception:
            await self._record("failed", ())
            raise
        if told is None:
            return await self._again(before, asked)
        await self._check_told(told, wanted, key)
        made, kept = await self._enter(wanted, told, holder, (key, asked))
        if made.reference != kept.reference:
            return await self._again(made, asked)
        said = (wanted.question, *kept.stated)
        row = DisclosedRow("Credential", made.reference, said)
        await self._record("disclosed", (*told.rows, row), told.asked)
        return made

    async def own(self) -> Sequence[Entry]:
        """Those of the holder, the newest first."""
        entries = await self._book.of_holder(self._holder)
        rows = (DisclosedRow("Credential", one.kept.reference, ("standing",)) for one in entries)
        await self._record("disclosed" if entries else "empty", tuple(rows))
        return entries

    async def revoke(self, reference: str) -> Entry:
        """The credential, revoked; as it was where it was revoked before.

        Raises CREDENTIAL_UNKNOWN.
        """
        if await self._entry(reference) is None:
            await self._record("empty", (DisclosedRow("Credential", sought(reference)),))
            hint = "credentials lists those that you have."
            raise CitizengraphError("CREDENTIAL_UNKNOWN", _UNKNOWN, hint)
        row = DisclosedRow("Credential", reference, ("revoked",))
        await self._record("disclosed", (row,))
        await self._book.revoke(reference, "HOLDER")
        entry = await self._entry(reference)
        assert entry, "it was there"
        return entry

    async def _entry(self, reference: str) -> Entry | None:
        entries = await self._book.of_holder(self._holder)
        return next((one for one in entries if one.kept.reference == reference), None)

    async def _told(self, wanted: Wanted) -> Told:
        return await self._teller.told(PairQuestion(wanted.question, self._person, wanted.of))

    async def _check_told(self, told: Told, wanted: Wanted, key: str) -> None:
        """Refused on record where it is not so, or does not fit into the day."""
        if told.refusal:
            await self._record("denied", told.rows, told.asked)
            raise told.refusal
        if not told.holds:
            await self._record("disclosed", told.withheld().rows, told.asked)
            raise CitizengraphError("CREDENTIAL_REFUSED", _NOT_SO)
        digest = self._signer.digest
        about = [digest("budget", value) for value in (self._person.value, wanted.of.value)]
        if not await self._means.budget.take(self._holder, KIND, about, key):
            await self._record("denied", told.withheld().rows, told.asked)
            raise CitizengraphError("PROOF_BUDGET_SPENT", _SPENT, "Ask again tomorrow (UTC).")

    async def _enter(
        self, wanted: Wanted, told: Told, holder: dict[str, str], digests: tuple[str, str]
    ) -> tuple[Issue, Kept]:
        """What counts for the key, and what was just made."""
        now, name = int(time.time()), token_hex(16)
        ends = now + wanted.days * _DAY_SECONDS
        question = PairQuestion(wanted.question, self._person, wanted.of)
        told_of = stated(self._signer, name, told)
        kept = Kept(name, self._caller, question, told_of, now, ends)
        uri = await self._book.uri()
        for _ in range(TRIES_MAX):
            place = randbelow(PLACES)
            frame = Frame(holder, {"status_list": {"idx": place, "uri": uri}}, now, ends)
            text = issue(self._signer, wanted.question, told, frame)
            made = Issue(digests[1], name, text, ends, (RELATION, *told_of))
            entered = await self._book.enter(digests[0], self._holder, place, made, kept)
            if entered:
                return entered, kept
        raise AuditUnavailable("no place of the status list is free")

    async def _again(self, before: Issue | None, asked: str) -> Issue:
        """What was issued for the same request. Raises KEY_REUSED."""
        if before is None or before.request != asked:
            await self._record("denied", ())
            raise CitizengraphError("KEY_REUSED", _REUSED, "Draw another key.")
        row = DisclosedRow("Credential", before.reference, before.claims)
        await self._record("disclosed", (row,))
        return before

    def _digests(self, wanted: Wanted) -> tuple[str, str]:
        """Of the key, and of all that was asked for."""
        asked = (wanted.question, wanted.of.field, wanted.of.value, wanted.holder, str(wanted.days))
        return (
            self._signer.digest("credential key", self._holder, wanted.key),
            self._signer.digest("credential request", json.dumps(asked)),
        )

    @property
    def _holder(self) -> str:
        caller = self._caller
        return self._signer.digest("asker", caller.consumer, str(caller.principal["person"]))

    async def _record(
        self, outcome: Outcome, rows: tuple[DisclosedRow, ...], asked: tuple[str, ...] = ()
    ) -> None:
        record = disclosure(self._caller, self._request.subgraph, outcome, rows, asked)
        await self._request.recorder.write(record)


def _checked(wanted: Wanted) -> dict[str, str]:
    """The holder's key. Raises BAD_ARGUMENT."""
    if not _KEY.fullmatch(wanted.key):
        raise BadArgument("key has 8 to 64 letters, digits, - and _.")
    if not 1 <= wanted.days <= DAYS_MAX:
        raise BadArgument(f"days is {wanted.days}; it goes from 1 to {DAYS_MAX}.")
    return holder_key(wanted.holder)
