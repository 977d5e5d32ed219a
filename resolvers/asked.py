"""What an operation asks for, as coordinates of the model: what a decision is looked up for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from graph.selection import ListPick, LookupPick, QuestionPick, Selection, TypePick

TESTED = "?"
SHAPE_DIGITS = 16


@dataclass(frozen=True)
class Coordinate:
    """A field of a type, or the type's rows where the field is empty.

    `tested`: not shown, but filtered or ordered by.
    """

    type: str
    field: str = ""
    tested: bool = False

    def __str__(self) -> str:
        name = f"{self.type}.{self.field}" if self.field else self.type
        return f"{TESTED}{name}" if self.tested else name


def coordinates(selection: Selection) -> Iterator[Coordinate]:
    """Everything that the selection asks for; some of it more than once."""
    for pick in selection.roots.values():
        if isinstance(pick, LookupPick | ListPick):
            yield from _of_type(pick.node)
        else:
            yield from _of_question(pick)


def _of_question(pick: QuestionPick) -> Iterator[Coordinate]:
    yield Coordinate(pick.answer)
    yield from (Coordinate(pick.answer, field) for field in sorted(pick.fields))
    if not pick.moment.is_now:
        yield Coordinate(pick.answer, "history")
    if pick.persons:
        yield from _of_type(pick.persons)


def _of_type(pick: TypePick) -> Iterator[Coordinate]:
    yield Coordinate(pick.type)
    for scalar in pick.scalars.values():
        yield Coordinate(pick.type, scalar.field)
        if not scalar.moment.is_now:
            yield Coordinate(pick.type, "history")
    for moment in pick.facts.values():
        yield Coordinate(pick.type, "facts")
        if not moment.is_now:
            yield Coordinate(pick.type, "history")
    for held in pick.held.values():
        yield from (Coordinate(held.type, field) for field in sorted(held.fields))
    yield from (Coordinate(pick.type, field, tested=True) for field in sorted(pick.tested))
    for edge in pick.edges.values():
        relationship = edge.edge.relationship.name
        yield Coordinate(pick.type, edge.edge.name)
        yield from (Coordinate(relationship, field) for field in sorted(edge.fields))
        if not edge.moment.is_now:
            yield Coordinate(relationship, "history")
        for target in edge.targets.values():
            yield from _of_type(target)


def written(selection: Selection, fields: Iterable[str]) -> tuple[str, ...]:
    """The coordinates as the audit has them, each once and sorted; `fields` are root fields."""
    roots = (Coordinate("Query", field) for field in fields)
    return tuple(sorted({str(found) for found in (*roots, *coordinates(selection))}))


def shape(asked: tuple[str, ...]) -> str:
    """A short name of what was asked; empty for nothing."""
    return sha256("\n".join(asked).encode()).hexdigest()[:SHAPE_DIGITS] if asked else ""
