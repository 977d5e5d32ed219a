"""Readings of a batch merged into what the graph holds of their records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from graph import ledger
from graph.catalogue import Catalogue
from graph.facts import EdgeFact, Fact, NodeFact
from graph.store import Store
from ingest.records import Problem, Reading, Remark, Unit, Version
from ingest.rows import one_way
from ingest.subjects import stated_facts, subjects_of
from ingest.versions import (
    AS_BEFORE,
    TAKEN_BACK,
    WITHDRAWN,
    Addition,
    Entry,
    Keyed,
    State,
    a_second_after,
    changes,
    claims_of,
    content_of,
    first_facts,
    last_heard,
    merge,
)

Kind = Literal["created", "changed", "unchanged", "quarantined"]
Joined = Mapping[tuple[str, str], str]


@dataclass(frozen=True)
class Delivered:
    """What a merge has to know of its run. `snapshots`: time and run of complete deliveries.

    `undos`: runs that took back another, and which. `is_snapshot`: this delivery is complete.
    `is_derived`: the records follow from others; what they said last holds until it differs.
    `joined`: type and key of nodes that were accepted to be another one, with its key.
    """

    register: str
    run: int
    delivered: str
    undone: frozenset[int] = frozenset()
    snapshots: tuple[tuple[str, int], ...] = ()
    is_derived: bool = False
    undos: Mapping[int, int] = field(default_factory=lambda: dict[int, int]())
    is_snapshot: bool = False
    joined: Joined = field(default_factory=lambda: dict[tuple[str, str], str]())


@dataclass
class Held:
    """A record as the graph holds it. `state` has its facts only once they are needed."""

    record: str
    log: tuple[Entry, ...] = ()
    subjects: set[str] = field(default_factory=lambda: set[str]())
    own: str | None = None
    state: State | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one record. `is_latest`: nothing later is known of it."""

    unit: Unit
    reading: Reading
    kind: Kind
    held: Held | None = None
    written: Keyed = field(default_factory=lambda: Keyed())
    removed: Keyed = field(default_factory=lambda: Keyed())
    is_latest: bool = True


class Merger:
    """Merges readings, in order, into the records of one register."""

    def __init__(self, store: Store, model: Catalogue, delivered: Delivered) -> None:
        self._store = store
        self._model = model
        self._run = delivered
        self._held: dict[str, Held] = {}
        self._owners: dict[str, str] = {}

    @property
    def undone(self) -> frozenset[int]:
        """Runs over the register that were taken back."""
        return self._run.undone

    async def merge(self, read: Sequence[tuple[Unit, Reading]]) -> list[Outcome]:
        """What becomes of each record, seen after those before it."""
        is_complete = self._run.is_snapshot
        loaded = [reading for _, reading in read if is_complete or not reading.refused]
        await self._load(loaded)
        loaded = [self._separated(reading)[0] for reading in loaded]
        await self._load_facts(loaded)
        return [self._merge_one(unit, reading) for unit, reading in read]

    async def _load(self, readings: Iterable[Reading]) -> None:
        self._held, self._owners = {}, {}
        readings = list(readings)
        keys = sorted({self._key(reading.record) for reading in readings})
        rows = await self._store.read_packed(ledger.STATES, {"keys": keys}, seconds_max=120)
        for row in rows:
            record = row["key"].partition("|")[2]
            log = tuple(map(Entry.parse, row["log"]))
            self._held[record] = Held(record, log, set(row["subjects"]), row["own"])
        own = sorted({_own(reading) for reading in readings if reading.own})
        parameters = {"own": own, "register": self._run.register}
        for row in await self._store.read_packed(ledger.OWNERS_OF, parameters, seconds_max=120):
            self._owners[row["own"]] = row["record"]

    async def _load_facts(self, readings: Iterable[Reading]) -> None:
        """The stored facts of the records that get another version."""
        subjects: dict[str, set[str]] = {}
        for reading in readings:
            held = self._held.get(reading.record)
            if held is not None and held.log and self._additions(held.log, reading):
                subjects[reading.record] = held.subjects
        found = await stated_facts(self._store, self._model, self._run.register, subjects)
        for record in subjects:
            held = self._held[record]
            held.state = State(held.log, tuple(found.get(record, ())))

    def _merge_one(self, unit: Unit, reading: Reading) -> Outcome:
        if reading.refused:
            return self._set_aside(unit, reading)
        reading, own = self._separated(reading)
        held = self._held.setdefault(reading.record, Held(reading.record))
        additions = self._additions(held.log, reading)
        if self._contradicts(held.log, additions):
            return Outcome(unit, _repeated(unit, reading), "quarantined")
        is_latest = self._is_latest(held.log, reading)
        if own is not None and own != held.own and is_latest:
            self._owners.pop(held.own or "", None)
            self._owners[own] = reading.record
            held.own = own
        if not additions:
            return Outcome(unit, reading, "unchanged", held, is_latest=is_latest)
        return replace(self._add(unit, reading, held, additions), is_latest=is_latest)

    def _set_aside(self, unit: Unit, reading: Reading) -> Outcome:
        """A refused record; where the delivery is complete, it is not missing from it."""
        held = self._held.get(reading.record)
        if held is None or not (additions := self._additions(held.log, reading)):
            return Outcome(unit, reading, "quarantined")
        return replace(self._add(unit, reading, held, additions), kind="quarantined")

    def _add(self, unit: Unit, reading: Reading, held: Held, additions: list[Addition]) -> Outcome:
        is_new = not held.log
        for addition in additions:
            held.subjects |= subjects_of(addition.claims.values())
        if is_new and len(additions) == 1:
            entry, claims = additions[0].entry, additions[0].claims
            held.log = (entry,)
            written, removed = first_facts(claims, entry.recorded), Keyed()
            held.state = State(held.log, tuple(fact for _, fact in written))
        else:
            before = held.state or State()
            held.state = merge(before, additions, self._run.undos)
            held.log = held.state.log
            written, removed = changes(before, held.state)
        kind: Kind = "created" if is_new else "changed" if written or removed else "unchanged"
        return Outcome(unit, reading, kind, held, written, removed)

    def _additions(self, log: Sequence[Entry], reading: Reading) -> list[Addition]:
        """The versions that the log does not have, and complete deliveries that lacked them."""
        if self._run.run in self._run.undos:
            return self._silent(log, TAKEN_BACK)
        if reading.refused:
            is_there = any(entry.delivered == self._run.delivered for entry in log)
            return [] if is_there or not log else self._silent(log, AS_BEFORE)
        found = [a for v in reading.versions if (a := self._addition(log, v)) is not None]
        held = [*log, *(addition.entry for addition in found)] if found else []
        present = {entry.delivered for entry in held}
        for time, run in self._run.snapshots:
            if time not in present and was_held(held, time):
                found.append(Addition(Entry(time, time, run, WITHDRAWN), {}))
        return found

    def _silent(self, log: Sequence[Entry], content: str) -> list[Addition]:
        """An entry of this run that says nothing of its own, once; an undo comes last."""
        if any((entry.run, entry.content) == (self._run.run, content) for entry in log):
            return []
        entry = Entry(self._run.delivered, self._run.delivered, self._run.run, content)
        if content == TAKEN_BACK and log and log[-1] > entry:
            entry = replace(entry, recorded=a_second_after(log[-1].recorded))
        return [Addition(entry, {})]

    def _addition(self, log: Sequence[Entry], version: Version) -> Addition | None:
        plain = claims = claims_of(map(self._stored, version.facts))
        if self._run.joined:
            claims = claims_of(self._stored(self._joined(fact)) for fact in version.facts)
        content, recorded = content_of(claims), version.recorded or self._run.delivered
        if self._run.is_derived:
            if content == (log[-1].content if log else content_of(())):
                return None
            if log and log[-1].recorded >= recorded:
                recorded = a_second_after(log[-1].recorded)
        known = {content, content_of(plain)}
        undone, delivered = self._run.undone, self._run.delivered
        if any(
            (e.recorded, e.delivered) == (recorded, delivered) and e.run not in undone
            for e in log
            if e.content in known
        ):
            return None
        return Addition(Entry(recorded, self._run.delivered, self._run.run, content), claims)

    def _contradicts(self, log: Sequence[Entry], additions: Iterable[Addition]) -> bool:
        """Whether this run has said something else of the record for the same time."""
        said = {entry.recorded for entry in log if entry.run == self._run.run and entry.is_said}
        return any(
            addition.entry.run == self._run.run and addition.entry.recorded in said
            for addition in additions
        )

    def _is_latest(self, log: Sequence[Entry], reading: Reading) -> bool:
        """Whether nothing is known of the record that is later than what it says now."""
        last = last_heard(log, self._run.undone)
        times = [version.recorded or self._run.delivered for version in reading.versions]
        return last is None or not times or max(times) >= last.recorded

    def _separated(self, reading: Reading) -> tuple[Reading, str | None]:
        """A second record that claims a node gets one of its own, and says so."""
        if reading.own is None:
            return reading, None
        own = _own(reading)
        owner = self._owners.get(own, reading.record)
        if owner == reading.record:
            return reading, own
        type_name, key = reading.own
        apart = f"{self._run.register}:{reading.record}"
        versions = tuple(
            replace(v, facts=tuple(_renamed(f, type_name, key, apart) for f in v.facts))
            for v in reading.versions
        )
        words = f"Record {owner} of {self._run.register} has the same number; kept apart."
        remarks = (*reading.remarks, Remark("NUMBER_REPEATED", words))
        return replace(reading, versions=versions, remarks=remarks), f"{type_name} {apart}"

    def _joined(self, fact: Fact) -> Fact:
        """The fact about the node that its own was accepted to be."""
        for type_name, key in _ends(fact):
            to = self._run.joined.get((type_name, key))
            if to is not None:
                fact = _renamed(fact, type_name, key, to)
        return fact

    def _stored(self, fact: Fact) -> Fact:
        if isinstance(fact, NodeFact):
            return fact
        relationship = self._model.relationships[fact.relationship]
        return one_way(fact, undirected=relationship.both is not None)

    def _key(self, record: str) -> str:
        return record_key(self._run.register, record)


def was_held(log: Iterable[Entry], time: str) -> bool:
    """Whether the record was there for a complete delivery to lack."""
    return any(entry.recorded < time and entry.delivered < time for entry in log)


def record_key(register: str, record: str) -> str:
    """The key of a record's log."""
    return f"{register}|{record}"


def _own(reading: Reading) -> str:
    return " ".join(reading.own or ())


def _repeated(unit: Unit, reading: Reading) -> Reading:
    words = "an earlier record of this delivery has the same number and says something else"
    problem = Problem(unit.row, "", reading.record, "RECORD_REPEATED", words)
    return replace(reading, versions=(), remarks=(), refused=(problem,))


def _ends(fact: Fact) -> tuple[tuple[str, str], ...]:
    if isinstance(fact, NodeFact):
        return ((fact.type, fact.key),)
    return (fact.from_type, fact.from_key), (fact.to_type, fact.to_key)


def _renamed(fact: Fact, type_name: str, key: str, apart: str) -> Fact:
    if isinstance(fact, NodeFact):
        return replace(fact, key=apart) if (fact.type, fact.key) == (type_name, key) else fact
    return EdgeFact(
        fact.relationship,
        fact.kind,
        fact.from_type,
        apart if (fact.from_type, fact.from_key) == (type_name, key) else fact.from_key,
        fact.to_type,
        apart if (fact.to_type, fact.to_key) == (type_name, key) else fact.to_key,
        fact.source,
        fact.fields,
    )
