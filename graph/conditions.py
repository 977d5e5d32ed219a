"""Row conditions: what must hold of a row, or of the caller, before a field is shown.

Policies compile to these; `graph.cypher` writes them into the fetch. A comparison with a missing
value is false, and `Not` of a missing value is false too: missing data fails closed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

Scalar = str | int | bool


@dataclass(frozen=True)
class Attribute:
    """An attribute of the row, as the model declares it for the row's type."""

    name: str


@dataclass(frozen=True)
class Principal:
    """An attribute of the caller, known at run time, such as its district."""

    name: str


@dataclass(frozen=True)
class Literal:
    """A value that stands in the policy text."""

    value: Scalar


Operand = Attribute | Principal | Literal


@dataclass(frozen=True)
class Always:
    """Holds for every row."""


@dataclass(frozen=True)
class Never:
    """Holds for no row."""


@dataclass(frozen=True)
class Compare:
    """`left op right`, with op one of = <> < <= > >=."""

    op: str
    left: Operand
    right: Operand


@dataclass(frozen=True)
class AllOf:
    """Every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Not:
    """The part is known and does not hold."""

    part: Condition


Condition = Always | Never | Compare | AllOf | AnyOf | Not
ALWAYS = Always()
NEVER = Never()


def all_of(*parts: Condition) -> Condition:
    """Conjunction, simplified."""
    kept = tuple(dict.fromkeys(p for p in parts if p != ALWAYS))
    if NEVER in kept:
        return NEVER
    return ALWAYS if not kept else kept[0] if len(kept) == 1 else AllOf(kept)


def any_of(*parts: Condition) -> Condition:
    """Disjunction, simplified."""
    kept = tuple(dict.fromkeys(p for p in parts if p != NEVER))
    if ALWAYS in kept:
        return ALWAYS
    return NEVER if not kept else kept[0] if len(kept) == 1 else AnyOf(kept)


def negate(part: Condition) -> Condition:
    """Negation, simplified."""
    if part == ALWAYS:
        return NEVER
    if part == NEVER:
        return ALWAYS
    return Not(part)


def operands(condition: Condition) -> Iterator[Operand]:
    """Every operand in the condition."""
    match condition:
        case Compare(_, left, right):
            yield left
            yield right
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from operands(part)
        case Not(part):
            yield from operands(part)
        case _:
            return
