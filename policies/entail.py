"""Whether one condition shows at least the rows of another, whatever the rows are.

Comparisons count as independent facts that are true, false or unknown. So "wider" and "narrower"
are certain; conditions that are related only through the values they compare count as different.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Literal

from graph.conditions import AllOf, Always, AnyOf, Condition, Never, Not

FACTS_MAX = 8
Relation = Literal["equal", "wider", "narrower", "different"]


@lru_cache(maxsize=65_536)
def relation(before: Condition, after: Condition) -> Relation:
    """What became of the rows: "wider" where none are lost, "narrower" where none are gained."""
    if before == after:
        return "equal"
    facts = tuple(dict.fromkeys((*_facts(before), *_facts(after))))
    if len(facts) > FACTS_MAX:
        return "different"
    gained = lost = False
    for values in product((True, False, None), repeat=len(facts)):
        known = dict(zip(facts, values, strict=True))
        was, holds = _holds(before, known) is True, _holds(after, known) is True
        gained, lost = gained or (holds and not was), lost or (was and not holds)
    if gained and lost:
        return "different"
    return "wider" if gained else "narrower" if lost else "equal"


@dataclass(frozen=True)
class Witness:
    """A row that one condition shows and the other does not: what is true of it, and what not."""

    true: tuple[Condition, ...]
    false: tuple[Condition, ...]
    before: bool
    after: bool


@lru_cache(maxsize=4096)
def witness(before: Condition, after: Condition) -> Witness | None:
    """The plainest made-up row on which the two differ: as little as can be is true of it."""
    facts = tuple(dict.fromkeys((*_facts(before), *_facts(after))))
    if len(facts) > FACTS_MAX:
        return None
    found: list[Witness] = []
    for values in product((True, False), repeat=len(facts)):
        known: dict[Condition, bool | None] = dict(zip(facts, values, strict=True))
        was, holds = _holds(before, known) is True, _holds(after, known) is True
        if was != holds:
            true = tuple(fact for fact in facts if known[fact])
            found.append(Witness(true, tuple(f for f in facts if not known[f]), was, holds))
    return min(found, key=lambda row: len(row.true), default=None)


def _facts(condition: Condition) -> Iterator[Condition]:
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _facts(part)
        case Not(part):
            yield from _facts(part)
        case Always() | Never():
            return
        case _:
            yield condition


def _holds(condition: Condition, known: Mapping[Condition, bool | None]) -> bool | None:
    match condition:
        case Always():
            return True
        case Never():
            return False
        case Not(part):
            found = _holds(part, known)
            return None if found is None else not found
        case AllOf(parts):
            return _joined([_holds(part, known) for part in parts], decisive=False)
        case AnyOf(parts):
            return _joined([_holds(part, known) for part in parts], decisive=True)
        case _:
            return known[condition]


def _joined(parts: list[bool | None], decisive: bool) -> bool | None:
    if decisive in parts:
        return decisive
    return None if None in parts else not decisive
