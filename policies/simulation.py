"""What changes between two sets of policies, over every cell of every table, exactly.

A cell is a mode of a coordinate for a consumer, purpose and legal basis. The modes are the parts
of an Effect: `clear` is when a field is shown, `see` when a row is known, `unhidden` when no forbid
makes a row as if it were not there, and whatever else an Effect says has its own name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal, cast

from graph.conditions import NEVER, Condition
from graph.decision import DENIED, Decision, Effect
from policies.compile import Key
from policies.entail import relation
from policies.table import PolicySet

Kind = Literal["gained", "lost", "wider", "narrower", "different"]
CALL = "call"
_NAMES_ONLY = "policies"


@dataclass(frozen=True, order=True)
class Cell:
    """Where; `coordinate` is Type.field, or a type alone for `see`; empty for `call`."""

    consumer: str
    purpose: str
    basis: str
    mode: str
    coordinate: str


@dataclass(frozen=True)
class Change:
    """A cell whose content differs: a condition, or what else an Effect holds."""

    cell: Cell
    kind: Kind
    before: Any
    after: Any
    policies: tuple[str, ...] = ()

    def reversed(self) -> Change:
        """The same the other way round; `policies` are those of the side that is after."""
        return Change(self.cell, OPPOSITES[self.kind], self.after, self.before)


OPPOSITES: Mapping[Kind, Kind] = {
    "gained": "lost",
    "lost": "gained",
    "wider": "narrower",
    "narrower": "wider",
    "different": "different",
}


def difference(before: PolicySet, after: PolicySet) -> list[Change]:
    """Every cell that differs, in order of consumers; empty for the same access."""
    keys = dict.fromkeys((*before.tables, *after.tables))
    return [change for key in keys for change in _of_table(key, before.tables, after.tables)]


def _of_table(
    key: Key, before: Mapping[Key, Decision], after: Mapping[Key, Decision]
) -> Iterator[Change]:
    """A table that is there on one side only is a right to call that is gained or lost."""
    if (key in before) != (key in after):
        kind: Kind = "gained" if key in after else "lost"
        yield Change(Cell(*key, CALL, ""), kind, key in before, key in after)
    old, new = before.get(key, _NOTHING), after.get(key, _NOTHING)
    for mapping, coordinate in _coordinates(old, new):
        was, is_now = (_effect(side, mapping, coordinate) for side in (old, new))
        if was is is_now:
            continue
        for mode in _modes():
            yield from _of_mode(key, mapping, mode, coordinate, was, is_now)


def _effect(side: Decision, mapping: str, coordinate: Any) -> Effect:
    """What a side says; of a type that no forbid speaks of, that none hides its rows."""
    if mapping == "unhidden":
        return Effect(side.there(coordinate))
    return getattr(side, mapping).get(coordinate, DENIED)


def _of_mode(
    key: Key, mapping: str, mode: str, coordinate: Any, was: Effect, is_now: Effect
) -> Iterator[Change]:
    kind = _kind(getattr(was, mode), getattr(is_now, mode), getattr(DENIED, mode))
    if kind is not None:
        name = mapping if mode == "condition" else mode
        written = coordinate if isinstance(coordinate, str) else ".".join(coordinate)
        cell = Cell(*key, name, written)
        values = getattr(was, mode), getattr(is_now, mode)
        yield Change(cell, kind, *values, is_now.policies or was.policies)


def _kind(was: Any, is_now: Any, nothing: Any) -> Kind | None:
    if was == is_now:
        return None
    if isinstance(nothing, Condition) and nothing == NEVER:
        found = relation(was, is_now)
        if found == "equal":
            return None
        if relation(was, NEVER) == "equal":
            return "gained"
        return "lost" if relation(is_now, NEVER) == "equal" else found
    if was == nothing:
        return "gained"
    return "lost" if is_now == nothing else "different"


def _coordinates(old: Decision, new: Decision) -> Iterator[tuple[str, Any]]:
    """(mapping of the Decision, key in it) of everything that either side lists."""
    for declared in fields(Decision):
        sides = [getattr(side, declared.name) for side in (old, new)]
        keys = [key for side in sides if isinstance(side, Mapping) for key in cast("Any", side)]
        yield from ((declared.name, key) for key in dict.fromkeys(keys))


def _modes() -> list[str]:
    """The parts of an Effect that say something about access."""
    return [declared.name for declared in fields(Effect) if declared.name != _NAMES_ONLY]


_NOTHING = Decision({}, {})
