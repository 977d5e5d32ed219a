"""What changes between two sets of policies, over every cell of every table, exactly.

A cell is a mode of a coordinate for a consumer, purpose and legal basis. The modes are those of
Decision.modes: `clear` is when a field is shown whole, `masked <mask>` when by that mask,
`consent` when it is with the subject's consent, `filter`
when rows may be found by it, `see` when a row is known, `unhidden` when no forbid makes a row as if
it were not there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from graph.conditions import NEVER, Condition
from graph.decision import DENIED, Coordinate, Decision, Effect
from policies.compile import Key
from policies.entail import relation
from policies.table import PolicySet

Kind = Literal["gained", "lost", "wider", "narrower", "different"]
CALL = "call"


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
    """A cell whose condition differs; of `call`, whether the table is there.

    `policies` speak of the cell on either side.
    """

    cell: Cell
    kind: Kind
    before: Condition | bool
    after: Condition | bool
    policies: tuple[str, ...] = ()

    def reversed(self) -> Change:
        """The same the other way round."""
        return Change(self.cell, OPPOSITES[self.kind], self.after, self.before, self.policies)


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
    for type_name, field in _coordinates(old, new):
        if field and _alike(old, new, (type_name, field)):
            continue
        was, is_now = (side.modes(type_name, field) for side in (old, new))
        written = f"{type_name}.{field}" if field else type_name
        for mode in dict.fromkeys((*was, *is_now)):
            if mode == "unhidden" and (key in before) != (key in after):
                continue  # where there is no table there are no rows to hide
            cell = Cell(*key, mode, written)
            yield from _of_mode(cell, was.get(mode, DENIED), is_now.get(mode, DENIED))


def _alike(old: Decision, new: Decision, field: Coordinate) -> bool:
    """Whether the same is said of the field: of most it is, so it is asked before all else."""
    sides = zip(_by_mode(old), _by_mode(new), strict=True)
    return all(was.get(field) == is_now.get(field) for was, is_now in sides)


def _of_mode(cell: Cell, was: Effect, is_now: Effect) -> Iterator[Change]:
    if was.condition == is_now.condition:
        return
    kind = _kind(was.condition, is_now.condition)
    if kind is not None:
        policies = tuple(dict.fromkeys((*is_now.policies, *was.policies)))
        yield Change(cell, kind, was.condition, is_now.condition, policies)


def _kind(was: Condition, is_now: Condition) -> Kind | None:
    found = relation(was, is_now)
    if found == "equal":
        return None
    if relation(was, NEVER) == "equal":
        return "gained"
    return "lost" if relation(is_now, NEVER) == "equal" else found


def _coordinates(old: Decision, new: Decision) -> Iterator[Coordinate]:
    """Everything that either side lists; a row has no field."""
    rows = (name for side in (old, new) for name in (*side.see, *side.unhidden))
    yield from ((name, "") for name in dict.fromkeys(rows))
    yield from dict.fromkeys(c for side in (old, new) for c in _fields(side))


def _fields(side: Decision) -> Iterator[Coordinate]:
    for listed in _by_mode(side):
        yield from listed


def _by_mode(side: Decision) -> tuple[Mapping[Coordinate, object], ...]:
    """All that is said of fields: what Decision.modes reads."""
    return side.clear, side.masked, side.consent, side.filter


_NOTHING = Decision({}, {})
