"""Recorded operations on two sets of policies: which of them would be answered differently."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from policies.simulation import CALL, Change, difference
from policies.table import PolicySet

TESTED = "?"
FILTER = "filter"
Outcome = Literal["refused", "answered", "changed"]
_Place = tuple[str, str, str, str]


@dataclass(frozen=True)
class Recorded:
    """So many operations that asked for the same coordinates."""

    consumer: str
    purpose: str
    basis: str
    hash: str
    name: str
    asked: frozenset[str]
    count: int


@dataclass(frozen=True)
class Replayed:
    """What would become of them: refused as a whole, no longer refused, or other fields shown.

    `because` are the fields that decide about the whole; `changes` are the cells that differ.
    """

    recorded: Recorded
    outcome: Outcome
    because: tuple[str, ...]
    changes: tuple[Change, ...]


def replay(
    operations: Iterable[Recorded], before: PolicySet, after: PolicySet
) -> Iterator[Replayed]:
    """Those that would be answered differently, in the order given."""
    changed: dict[_Place, list[Change]] = {}
    for change in difference(before, after):
        cell = change.cell
        place = (cell.consumer, cell.purpose, cell.basis, cell.coordinate)
        changed.setdefault(place, []).append(change)
    visible = [_visible(policies) for policies in (before, after)]
    known = frozenset(f"{t}.{f}" for p in (before, after) for t, f, _ in p.catalogue.coordinates())
    for recorded in operations:
        lacking = [_lacking(recorded, known, side) for side in visible]
        found = _replayed(recorded, changed, lacking[0], lacking[1])
        if found:
            yield found


def _replayed(
    recorded: Recorded,
    changed: Mapping[_Place, list[Change]],
    was: tuple[str, ...],
    is_now: tuple[str, ...],
) -> Replayed | None:
    """`was` and `is_now` are the fields that it lacks on either side."""
    key = (recorded.consumer, recorded.purpose, recorded.basis)
    changes = tuple(_changes(recorded, changed))
    calls = {change.kind for change in changed.get((*key, ""), ()) if change.cell.mode == CALL}
    if "lost" in calls or (is_now and not was):
        return Replayed(recorded, "refused", is_now, changes)
    if "gained" in calls or (was and not is_now):
        return Replayed(recorded, "answered", was, changes)
    if was or not changes:
        return None
    return Replayed(recorded, "changed", (), changes)


def _changes(recorded: Recorded, changed: Mapping[_Place, list[Change]]) -> Iterator[Change]:
    """A right to filter matters to what is filtered by, and to nothing else."""
    key = (recorded.consumer, recorded.purpose, recorded.basis)
    for asked in sorted(recorded.asked):
        coordinate = asked.removeprefix(TESTED)
        for change in changed.get((*key, coordinate), ()):
            if asked != coordinate or change.cell.mode != FILTER:
                yield change


def _lacking(
    recorded: Recorded, known: frozenset[str], visible: Mapping[str, frozenset[str]]
) -> tuple[str, ...]:
    """Fields that the consumer's schema does not have: the gateway refuses the operation."""
    fields = {asked.removeprefix(TESTED) for asked in recorded.asked} & known
    return tuple(sorted(fields - visible.get(recorded.consumer, frozenset())))


def _visible(policies: PolicySet) -> Mapping[str, frozenset[str]]:
    return {
        consumer: frozenset(f"{t}.{f}" for t, f in policies.visible(consumer))
        for consumer in policies.consumers
    }
