"""What is believed, and when, from every version of a record that was ever delivered. Pure.

A record's log holds its versions by the time the register recorded them. The content of a version
is believed from its time until that of the next, so the order of delivery does not matter.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import blake2b

from graph.facts import Fact
from ingest.rows import claim_digest, fact_key, key_of

TIME = "%Y-%m-%dT%H:%M:%SZ"
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
    """What a set of claims is, in 16 characters; "-" where there is none."""
    if not claims:
        return "-"
    return blake2b("".join(sorted(claims)).encode(), digest_size=8).hexdigest()


def effective_times(log: Sequence[Entry]) -> list[str]:
    """When each version of an ordered log began to be believed: strictly one after the other.

    Of two versions recorded at the same time, the one delivered later follows a second after.
    """
    times: list[str] = []
    for entry in log:
        behind = times[-1] if times else ""
        times.append(entry.recorded if entry.recorded > behind else a_second_after(behind))
    return times


def merge(state: State, additions: Iterable[Addition]) -> State:
    """The state with more versions in its log."""
    contents = _contents(state)
    claims: dict[str, Fact] = {c: f for held in contents.values() for c, f in held.items()}
    held = {entry: frozenset(found) for entry, found in contents.items()}
    for addition in additions:
        claims.update(addition.claims)
        held[addition.entry] = frozenset(addition.claims)
    log = tuple(sorted(held))
    return State(log, tuple(_believed(log, [held[entry] for entry in log], claims)))


def current_claims(state: State, without: Collection[int] = ()) -> Claims:
    """What the last version says that is not of the runs named."""
    contents = _contents(state)
    last = next((e for e in reversed(state.log) if e.run not in without), None)
    return contents[last] if last else {}


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
