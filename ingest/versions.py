"""What is believed, and when, from every version of a record that was ever delivered. Pure.

A record's log holds its versions by the time the register recorded them. The content of a version
is believed from its time until that of the next, so the order of delivery does not matter.

Some entries say nothing of their own; what they stand for follows from the rest of the log, so it
stays right when an earlier version comes late.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import blake2b

from graph.facts import Fact
from ingest.rows import claim_digest, fact_key, key_of

TIME = "%Y-%m-%dT%H:%M:%SZ"
# Contents of entries that say nothing of their own: a complete delivery has the record, but it
# could not be read; a run delivered again what had been withdrawn; a run was taken back.
AS_BEFORE, RESTATED, TAKEN_BACK = "+", "*", "<"
WITHDRAWN = "-"
Claims = Mapping[str, Fact]
Keyed = list[tuple[str, Fact]]


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One version in a record's log: recorded when, delivered when, by which run, what."""

    recorded: str
    delivered: str
    run: int
    content: str

    @classmethod
    def parse(cls, text: str) -> Entry:
        """The entry of its stored form."""
        recorded, delivered, run, content = text.split(" ")
        return cls(recorded, delivered, int(run), content)

    def __str__(self) -> str:
        return f"{self.recorded} {self.delivered} {self.run} {self.content}"

    @property
    def is_said(self) -> bool:
        """Whether it says something of its own."""
        return self.content not in (AS_BEFORE, RESTATED, TAKEN_BACK)

    @property
    def is_stop(self) -> bool:
        """Whether belief ended by the absence of the record, or because a run was taken back."""
        return self.content == TAKEN_BACK or (
            self.content == WITHDRAWN and self.recorded == self.delivered
        )


@dataclass(frozen=True, slots=True)
class State:
    """A record as the graph holds it: its log in order, and its facts with recorded times."""

    log: tuple[Entry, ...] = ()
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Addition:
    """A version to add: its place in the log, and all that the record then stated."""

    entry: Entry
    claims: Claims


def claims_of(facts: Iterable[Fact]) -> Claims:
    """The facts by what they claim, whenever it is recorded."""
    return {claim_digest(fact): fact for fact in facts}


def content_of(claims: Collection[str]) -> str:
    """What a set of claims is, in 16 characters; WITHDRAWN where there is none."""
    if not claims:
        return WITHDRAWN
    return blake2b("".join(sorted(claims)).encode(), digest_size=8).hexdigest()


def effective_times(log: Sequence[Entry]) -> list[str]:
    """When each version of an ordered log began to be believed: one after the other.

    Of two versions recorded at the same time, the one delivered later follows a second after,
    unless it says the same.
    """
    times: list[str] = []
    for at, entry in enumerate(log):
        behind = times[-1] if times else ""
        if entry.recorded > behind:
            times.append(entry.recorded)
        elif entry.is_said and entry.content == log[at - 1].content:
            times.append(behind)
        else:
            times.append(a_second_after(behind))
    return times


def merge(
    state: State, additions: Iterable[Addition], undos: Mapping[int, int] | None = None
) -> State:
    """The state with more versions in its log. `undos`: runs that took back another, and which."""
    contents = _contents(state)
    claims: dict[str, Fact] = {c: f for held in contents.values() for c, f in held.items()}
    held = {entry: frozenset(found) for entry, found in contents.items()}
    for addition in additions:
        claims.update(addition.claims)
        held[addition.entry] = frozenset(addition.claims)
    log = _with_restatements(sorted(held))
    return State(log, tuple(_believed(log, _resolved(log, held, undos or {}), claims)))


def current_claims(state: State) -> Claims:
    """What the last version says."""
    return _contents(state)[state.log[-1]] if state.log else {}


def last_heard(log: Sequence[Entry], undone: Collection[int] = ()) -> Entry | None:
    """The entry of the run that had the last word, but for runs that were taken back."""
    silent = (AS_BEFORE, TAKEN_BACK)
    heard = (e for e in reversed(log) if e.content not in silent and e.run not in undone)
    return next(heard, None)


def changes(before: State, after: State) -> tuple[Keyed, Keyed]:
    """Facts to write (new, or with another end of belief) and facts that no longer stand so."""
    old = {fact_key(fact): fact for fact in before.facts}
    new = {fact_key(fact): fact for fact in after.facts}
    written = [(key, f) for key, f in new.items() if key not in old or old[key] != f]
    return written, [(key, fact) for key, fact in old.items() if key not in new]


def first_facts(claims: Claims, since: str) -> Keyed:
    """The facts of a record's only version."""
    recorded = ((claim, _recorded(fact, since, None)) for claim, fact in claims.items())
    return [(key_of(claim, since), fact) for claim, fact in recorded]


def a_second_after(time: str) -> str:
    """The next second of a UTC time."""
    return (datetime.strptime(time, TIME) + timedelta(seconds=1)).strftime(TIME)


def _with_restatements(log: Sequence[Entry]) -> tuple[Entry, ...]:
    """Also each run that was delivered after a stop and has only versions from before it."""
    stops = [entry for entry in log if entry.is_stop]
    if not stops:
        return tuple(log)
    last = {(entry.delivered, entry.run): entry for entry in log if entry.is_said}
    again = {Entry(time, time, run, RESTATED): entry for (time, run), entry in last.items()}
    wanted = {
        new
        for new, entry in again.items()
        if entry.content != WITHDRAWN and any(entry < stop < new for stop in stops)
    }
    return tuple(sorted({*log, *wanted}))


def _resolved(
    log: Sequence[Entry], held: Mapping[Entry, frozenset[str]], undos: Mapping[int, int]
) -> list[frozenset[str]]:
    """What each entry stands for. Beside it, the entry that said so; none where it was a stop."""
    nothing: tuple[frozenset[str], Entry | None] = (frozenset(), None)
    found: list[tuple[frozenset[str], Entry | None]] = []
    for at, entry in enumerate(log):
        before = found[-1] if found else nothing
        if entry.is_said:
            found.append((held[entry], None if entry.is_stop else entry))
        elif entry.content == AS_BEFORE:
            found.append(before)
        elif entry.content == RESTATED:
            own = max(e for e in log[:at] if e.run == entry.run and e.is_said)
            is_later = before[1] is not None and before[1] > own
            found.append(before if is_later else (held[own], own))
        else:
            last = _standing(log[:at], entry, undos)
            found.append(nothing if last is None else found[last])
    return [content for content, _ in found]


def _standing(log: Sequence[Entry], undo: Entry, undos: Mapping[int, int]) -> int | None:
    """Where in the log before an undo the last word is that was delivered and not taken back."""
    gone = {of for run, of in undos.items() if run <= undo.run}
    for at in reversed(range(len(log))):
        entry = log[at]
        was_there = (entry.delivered, entry.run) <= (undo.recorded, undo.run)
        if was_there and entry.run not in gone and entry.content not in (AS_BEFORE, TAKEN_BACK):
            return at
    return None


def _contents(state: State) -> dict[Entry, Claims]:
    """What each version said: the claims whose belief covers its time."""
    by_claim = [(claim_digest(fact), fact) for fact in state.facts]
    return {
        entry: {claim: fact for claim, fact in by_claim if _covers(fact, time)}
        for entry, time in zip(state.log, effective_times(state.log), strict=True)
    }


def _covers(fact: Fact, time: str) -> bool:
    until = fact.source.recorded_to
    return fact.source.recorded_from <= time and (until is None or time < until)


def _believed(
    log: Sequence[Entry], contents: Sequence[frozenset[str]], claims: Claims
) -> Iterable[Fact]:
    """One fact for each unbroken stretch of versions that claim it."""
    times = effective_times(log)
    since: dict[str, str] = {}
    empty = frozenset[str]()
    for at, time in enumerate(times):
        before = contents[at - 1] if at else empty
        for claim in sorted(before - contents[at]):
            yield _recorded(claims[claim], since.pop(claim), time)
        for claim in contents[at] - before:
            since[claim] = time
    for claim in sorted(since):
        yield _recorded(claims[claim], since[claim], None)


def _recorded(fact: Fact, since: str, until: str | None) -> Fact:
    return replace(fact, source=replace(fact.source, recorded_from=since, recorded_to=until))
