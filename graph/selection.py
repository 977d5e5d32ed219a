"""What one request wants from the graph, free of GraphQL and of Cypher.

A selection is a tree of picks. Keys are short names made from the field and its arguments, so that
aliases and fragments that ask for the same thing share one pick.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graph.catalogue import EdgeField
from graph.facts import Value


@dataclass(frozen=True)
class Moment:
    """When it was true (`as_of`, a date), when we believed it (`as_known`, a UTC time).

    `history` asks for every period instead of one. Nothing given means: as it is now.
    """

    as_of: str | None = None
    as_known: str | None = None
    history: bool = False

    @property
    def is_now(self) -> bool:
        """Whether the current picture answers."""
        return self == NOW


NOW = Moment()


@dataclass(frozen=True)
class Test:
    """A comparison of a field, with operator equals, in, startsWith, from or to."""

    field: str
    operator: str
    value: Value | tuple[Value, ...]


@dataclass(frozen=True)
class Filter:
    """Every test holds, and at least one alternative where there are any."""

    tests: tuple[Test, ...] = ()
    any: tuple[Filter, ...] = ()


@dataclass(frozen=True)
class Order:
    """A sort field and its direction."""

    field: str
    descending: bool = False


@dataclass(frozen=True)
class Page:
    """A slice of a list: at most `first` rows behind the position `after`."""

    first: int
    after: tuple[str, ...] | None = None
    where: Filter = Filter()
    order: tuple[Order, ...] = ()


@dataclass
class TypePick:
    """What is wanted of rows of one node type."""

    type: str
    scalars: dict[str, ScalarPick] = field(default_factory=dict[str, "ScalarPick"])
    facts: dict[str, Moment] = field(default_factory=dict[str, Moment])
    edges: dict[str, EdgePick] = field(default_factory=dict[str, "EdgePick"])


@dataclass(frozen=True)
class ScalarPick:
    """A plain field at a moment."""

    field: str
    moment: Moment = NOW


@dataclass
class EdgePick:
    """A page of related rows, the relationship's own fields, and what is wanted of each row."""

    edge: EdgeField
    page: Page
    moment: Moment = NOW
    kinds: tuple[str, ...] = ()
    fields: set[str] = field(default_factory=set[str])
    targets: dict[str, TypePick] = field(default_factory=dict[str, TypePick])


@dataclass
class LookupPick:
    """Rows of one type by the value of one field, in the order of the values."""

    node: TypePick
    field: str
    values: Sequence[str]
    shape: str = "one"


@dataclass
class ListPick:
    """A page of all rows of one type."""

    node: TypePick
    page: Page


@dataclass(frozen=True)
class PersonRef:
    """A person by `id` or by `citizenNumber`."""

    field: str
    value: str


@dataclass
class KinshipPick:
    """A question about two persons: what `relative` is to `subject`."""

    question: str
    subject: PersonRef
    relative: PersonRef
    moment: Moment = NOW
    fields: set[str] = field(default_factory=set[str])
    steps: set[str] = field(default_factory=set[str])
    persons: TypePick | None = None


RootPick = LookupPick | ListPick | KinshipPick


@dataclass
class Selection:
    """All root picks of one operation."""

    roots: Mapping[str, RootPick]
