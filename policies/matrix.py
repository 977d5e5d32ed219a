"""The whole of a set of policies at a glance: every coordinate, and every table that shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from graph.conditions import NEVER, Condition
from graph.declarations import Label
from policies.cedar_schema import ROOTS
from policies.compile import Key
from policies.labels import Labels
from policies.plain import Plain
from policies.table import PolicySet

HIDING = "unhidden"
Place = Callable[[Condition, str], int]


@dataclass(frozen=True)
class Granted:
    """One mode of a cell: `mask` of a masked one; `condition` is a place in the matrix's list."""

    mode: str
    mask: str
    condition: int


@dataclass(frozen=True)
class MatrixCell:
    """What one table, by its place, says of a coordinate."""

    column: int
    granted: tuple[Granted, ...]


@dataclass(frozen=True)
class MatrixRow:
    """A coordinate; without a field that a row of the type exists."""

    type_name: str
    field: str
    type_label: Label
    label: Label
    sensitivity: str
    cells: tuple[MatrixCell, ...]


@dataclass
class Matrix:
    """Rows of the model, columns of the contracts, and each condition once, in words."""

    columns: Sequence[Key]
    rows: list[MatrixRow] = field(default_factory=list[MatrixRow])
    conditions: list[tuple[Label, ...]] = field(default_factory=list[tuple[Label, ...]])


def matrix(policies: PolicySet, type_name: str = "", of: str = "") -> Matrix:
    """All of it, or the rows of one type, or of one field of it."""
    made = Matrix(list(policies.tables))
    labels, plain = Labels(policies.catalogue), Plain(policies.catalogue)
    places: dict[tuple[Label, ...], int] = {}

    def place(condition: Condition, name: str) -> int:
        said = plain.parts(condition, name)
        return places.setdefault(said, len(places))

    for name, column, group in _coordinates(policies):
        if (type_name and name != type_name) or (of and column != of):
            continue
        cells = (
            MatrixCell(number, granted)
            for number, key in enumerate(made.columns)
            if (granted := tuple(_granted(policies, key, name, column, place)))
        )
        label = labels.of_field(name, column) if column else labels.of_type(name)
        row = MatrixRow(name, column, labels.of_type(name), label, group, tuple(cells))
        made.rows.append(row)
    made.conditions = list(places)
    return made


def _coordinates(policies: PolicySet) -> Iterator[tuple[str, str, str]]:
    """Types in the model's order, each with its rows first."""
    catalogue = policies.catalogue
    by_type: dict[str, list[tuple[str, str, str]]] = {}
    for name in (*catalogue.nodes, *catalogue.answers):
        by_type[name] = [(name, "", "existence")]
    for coordinate in catalogue.coordinates():
        by_type.setdefault(coordinate[0], []).append(coordinate)
    for root in ROOTS:
        by_type[root] = by_type.pop(root, [])
    for found in by_type.values():
        yield from found


def _granted(
    policies: PolicySet, key: Key, type_name: str, field_name: str, place: Place
) -> Iterator[Granted]:
    for mode, effect in policies.tables[key].modes(type_name, field_name).items():
        if mode != HIDING and effect.condition != NEVER:
            name, _, mask = mode.partition(" ")
            yield Granted(name, mask, place(effect.condition, type_name))
