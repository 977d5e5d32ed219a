"""The desk of the policies: what it looks up and does, in threads, for one caller at a time."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import ParamSpec, TypeVar

from audit.reader import read
from audit.record import Disclosure
from graph.catalogue import Catalogue
from graph.declarations import Label
from policies.access import AccessRequest, Asking
from policies.bundle import Bundle, differing
from policies.contracts import Contracts
from policies.explain import CellExplanation, explain_cell
from policies.history import Record
from policies.life import Statement
from policies.matrix import Matrix, matrix
from policies.problems import PolicyInvalid
from policies.reading import Reading, read_aloud
from policies.replay import Replayed
from policies.rules import Refusal
from policies.simulation import Change, difference
from policies.store.access import AccessDesk
from policies.store.administration import Administration, inspect
from policies.store.answered import answered_by
from policies.store.steps import known
from policies.store.valkey import PolicyStore, ProcessReport
from policies.table import PolicySet
from policies.validation import Finding
from policies.versions import Actor
from policies.who import Seer, known_coordinate, who_can
from resolvers.context import Caller
from resolvers.denied import denied
from resolvers.replaying import replayed
from runtime.errors import CitizengraphError
from runtime.settings import Settings
from subgraphs import activation
from subgraphs.activation import Activated
from subgraphs.policies_in_force import Policies

T = TypeVar("T")
P = ParamSpec("P")
Key = tuple[str, str, str]
Texts = Mapping[str, str | None]
Read = Mapping[str, Label]
"""Policies read aloud, by id."""


@dataclass(frozen=True)
class Differing:
    """What changes from one version to another: cells, and lines of the texts."""

    changes: Sequence[Change]
    text: str

    def counts(self) -> Mapping[tuple[str, str], int]:
        """Cells by consumer and kind."""
        return Counter((change.cell.consumer, change.kind) for change in self.changes)


@dataclass(frozen=True)
class Checked:
    """What texts that are not saved would say and do; nothing of it where they do not load."""

    findings: Sequence[Finding]
    readings: Sequence[Reading] = ()
    differing: Differing | None = None
    replay: tuple[int, list[Replayed]] | None = None


class Desk:
    """One caller at the desk. Methods run in threads and raise CitizengraphError."""

    def __init__(
        self,
        settings: Settings,
        store: PolicyStore,
        catalogue: Catalogue,
        policies: Policies,
        caller: Caller,
    ) -> None:
        self._settings = settings
        self._store = store
        self._policies = policies
        self.catalogue = catalogue
        person, organisation = (caller.principal.get(n) for n in ("person", "organisation"))
        by = Actor(str(person or ""), caller.subject, "token", str(organisation or ""))
        self._who = Administration(store, catalogue, by)

    async def versions(self) -> Sequence[Record]:
        """Every version, the newest first."""
        return await _thread(lambda: self._store.snapshot().history.records[::-1])

    async def version(self, number: int | None) -> Record:
        """One version; the one in force without a number."""
        return await _thread(self._record, number)

    async def texts(self, number: int) -> Mapping[str, str]:
        """The texts of a version, by path."""
        return (await _thread(self._who.bundle, number)).texts

    async def findings(self, number: int) -> Sequence[Finding]:
        """What should be looked into."""
        return await _thread(lambda: inspect(partial(self._load, number)))

    async def difference(self, before: int | None, after: int) -> Differing:
        """What changes from one version to another."""

        def compare() -> Differing:
            old, new = self._load(before), self._load(after)
            return Differing(difference(old, new), "\n".join(differing(old.bundle, new.bundle)))

        return await _thread(compare)

    async def replay(
        self, before: int | None, after: int, limit: int
    ) -> tuple[int, list[Replayed]]:
        """How many of the newest recorded operations were read, and those that would differ."""

        def run() -> tuple[int, list[Replayed]]:
            sides = self._load(before), self._load(after)
            return replayed(self._settings.redis_url, limit, *sides)

        return await _thread(run)

    async def seers(self, coordinate: str, number: int | None) -> list[Seer]:
        """Who can see a field."""
        place = known_coordinate(self.catalogue, coordinate)
        return await _thread(lambda: list(who_can(self._load(number), *place)))

    async def explanation(
        self, coordinate: str, key: Key, number: int | None
    ) -> tuple[CellExplanation, Read]:
        """Why a field is shown or denied."""
        place = known_coordinate(self.catalogue, coordinate)

        def explain() -> tuple[CellExplanation, Read]:
            policies = self._load(number)
            if key not in policies.tables:
                words = f"{key[0]!r} may not call for {key[1]!r} on {key[2]!r}."
                raise CitizengraphError("BAD_ARGUMENT", words)
            return _explained(policies, key, *place)

        return await _thread(explain)

    async def matrix(self, number: int | None, coordinate: str) -> tuple[Record, Matrix, Contracts]:
        """A version at a glance, or the rows of one type or field."""
        place = known_coordinate(self.catalogue, coordinate) if coordinate else ("", "")

        def make() -> tuple[Record, Matrix, Contracts]:
            policies = self._load(number)
            return self._record(number), matrix(policies, *place), policies.contracts

        return await _thread(make)

    async def readings(self, number: int | None) -> list[Reading]:
        """Every policy of a version in plain words."""
        return await _thread(lambda: list(read_aloud(self._load(number))))

    async def check(self, texts: Texts, base: int | None, operations: int) -> Checked:
        """What texts would say and do, and what is wrong with them. Nothing is stored."""

        def run() -> Checked:
            bundle = self._changed(self._record(base), texts)
            try:
                after = self._who.load(bundle)
            except PolicyInvalid:
                return Checked(inspect(partial(self._who.load, bundle)))
            before = self._load(None)
            known_before = {_told(finding) for finding in inspect(lambda: before)}
            found = [
                finding
                for finding in inspect(lambda: after)
                if finding.level == "error" or _told(finding) not in known_before
            ]
            changes = difference(before, after)
            lines = "\n".join(differing(before.bundle, bundle))
            return Checked(
                found,
                [reading for path in texts for reading in read_aloud(after, path)],
                Differing(changes, lines),
                replayed(self._settings.redis_url, operations, before, after)
                if operations
                else None,
            )

        return await _thread(run)

    async def denials(self, operation: str) -> list[tuple[Key, CellExplanation, Read]]:
        """What an operation was denied, under the policies that it was answered by."""
        return await _thread(lambda: list(self._denials(operation)))

    def _denials(self, operation: str) -> Iterator[tuple[Key, CellExplanation, Read]]:
        records = read(self._settings.redis_url, operation=operation)
        if not records:
            words = f"The audit has no operation {operation}."
            hint = "The id is in the response, Citizengraph-Operation."
            raise CitizengraphError("BAD_ARGUMENT", words, hint)
        known_fields = {(name, field) for name, field, _ in self.catalogue.coordinates()}
        for key, cell, record in denied(records, known_fields):
            policies = answered_by(self._store, self.catalogue, record.policy, _day(record))
            yield key, *_explained(policies, key, *cell)

    async def possible(self, number: int) -> Mapping[str, Refusal | None]:
        """Steps of a version's life, and the rule that keeps the caller from each."""

        def ask() -> Mapping[str, Refusal | None]:
            record = self._record(number)
            return self._who.possible(record, self._store.bundle(record.version.bundle))

        return await _thread(ask)

    async def processes(self) -> list[ProcessReport]:
        """Every process that has reported lately."""
        return await _thread(self._store.processes)

    async def draft(self, said: Statement, texts: Texts, base: int | None) -> Record:
        """A new version: the texts of another with changes."""

        def make() -> Record:
            before = self._record(base)
            current = before.version.hash if base is None else ""
            return self._who.draft(self._changed(before, texts), said, current)[0]

        return await _thread(make)

    async def edit(self, number: int, said: Statement, texts: Texts) -> Record:
        """The version with other texts."""

        def change() -> Record:
            return self._who.edit(number, self._changed(self._record(number), texts), said)[0]

        return await _thread(change)

    async def approve(self, number: int, hashed: str, why: str) -> Record:
        """Agree to exactly one hash."""
        return await _thread(self._who.approve, number, hashed, why)

    async def activate(self, number: int, why: str) -> Activated:
        """Put an approved version into force."""
        return await _thread(activation.activate, self._settings, self._who, number, why)

    async def roll_back(self, number: int, reason: str) -> Activated:
        """Bring back the texts of a version that was in force."""
        return await _thread(activation.roll_back, self._settings, self._who, number, reason)

    def _record(self, number: int | None) -> Record:
        history = self._store.snapshot().history
        active = history.active.number if history.active else 0
        return known(history, active if number is None else number)

    def _load(self, number: int | None) -> PolicySet:
        record = self._record(number)
        bundle = self._store.bundle(record.version.bundle)
        return self._who.load(bundle, record.version.valid_to)

    async def access_requests(self) -> list[AccessRequest]:
        """Every access request."""
        return await _thread(lambda: self._access().all())

    async def own_access_requests(self) -> list[AccessRequest]:
        """Those for consumers of the caller's organisation."""
        return await _thread(lambda: self._access().own())

    async def request_access(self, asking: Asking) -> AccessRequest:
        """Ask for access."""
        return await _thread(lambda: self._access().ask(asking))

    async def withdraw_access_request(self, number: int, why: str) -> AccessRequest:
        """Ask no more."""
        return await _thread(lambda: self._access().withdraw(number, why))

    async def decline_access_request(self, number: int, why: str) -> AccessRequest:
        """No, and why."""
        return await _thread(lambda: self._access().decline(number, why))

    async def draft_from_access_request(self, number: int, base: int | None) -> Record:
        """A draft with the grant that is asked for."""
        return await _thread(lambda: self._access().draft(number, base))

    def _access(self) -> AccessDesk:
        return AccessDesk(self._who, self._policies.newest)

    def _changed(self, record: Record, texts: Texts) -> Bundle:
        before = self._store.bundle(record.version.bundle).texts
        merged = {**before, **texts}
        return Bundle({path: text for path, text in merged.items() if text is not None}).checked()


def _explained(
    policies: PolicySet, key: Key, type_name: str, field: str
) -> tuple[CellExplanation, Read]:
    cell = explain_cell(policies, key, type_name, field)
    named = {reason.policy for reason in cell.reasons}
    return cell, {found.policy: found.words for found in read_aloud(policies, named=named)}


def _told(finding: Finding) -> tuple[str, str, str, str]:
    """A finding without the line, which moves."""
    return finding.code, finding.policy, finding.words, "" if finding.policy else finding.where


def _day(record: Disclosure) -> date:
    return record.at.astimezone().date()


async def _thread(work: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    return await asyncio.to_thread(work, *given, **named)
