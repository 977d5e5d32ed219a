"""What one request wants from the graph, free of GraphQL and of Cypher.

A selection is a tree of picks. Keys are short names made from the field and its arguments, so that
aliases and fragments that ask for the same thing share one pick.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from graph.catalogue import EdgeField
from graph.declarations import PLACED
from graph.facts import Value
from graph.moments import NOW, Moment

NEAR = "near"


@dataclass(frozen=True)
class Test:
    """A comparison of a field, with an operator that the model declares for it.

    `near` is about both PLACED; its value is (longitude, latitude, metres).
    """

    field: str
    operator: str
    value: Value | tuple[Value, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field that it tests."""
        return PLACED if self.operator == NEAR else (self.field,)


@dataclass(frozen=True)
class Filter:
    """Every test holds, and at least one alternative where there are any."""

    tests: tuple[Test, ...] = ()
    any: tuple[Filter, ...] = ()

    def fields(self) -> set[str]:
        """Every field that is tested."""
        own = {field for test in self.tests for field in test.fields}
        return own.union(*(part.fields() for part in self.any))


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

    def fields(self) -> set[str]:
        """Every field that decides which rows stand here, or in which order."""
        return self.where.fields() | {order.field for order in self.order}


@dataclass
class TypePick:
    """What is wanted of rows of one node type."""

    type: str
    scalars: dict[str, ScalarPick] = field(default_factory=dict[str, "ScalarPick"])
    facts: dict[str, Moment] = field(default_factory=dict[str, Moment])
    edges: dict[str, EdgePick] = field(default_factory=dict[str, "EdgePick"])
    tested: set[str] = field(default_factory=set[str])
    """Fields that a filter or an order tells the caller something about."""
    held: dict[str, HeldPick] = field(default_factory=dict[str, "HeldPick"])
    """What is wanted of rows that another department holds, by the field that leads there.

    The graph is asked for that field as for a plain one: by which number to ask the department.
    """


@dataclass(frozen=True)
class ScalarPick:
    """A plain field at a moment; `sought` is what something that is proved is asked for."""

    field: str
    moment: Moment = NOW
    sought: str = ""


@dataclass
class HeldPick:
    """What is wanted of rows of a type that another department holds."""

    type: str
    fields: set[str] = field(default_factory=set[str])


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

    answer: ClassVar[str] = "KinshipAnswer"
    question: str
    subject: PersonRef
    relative: PersonRef
    moment: Moment = NOW
    fields: set[str] = field(default_factory=set[str])
    steps: set[str] = field(default_factory=set[str])
    evidence: set[str] = field(default_factory=set[str])
    """Fields that are wanted of the records behind a step."""
    persons: TypePick | None = None
    """What is wanted of any person on the way; `places` says it for each place of a person."""
    places: dict[str, TypePick] = field(default_factory=dict[str, TypePick])


@dataclass
class RelativesPick:
    """A question about the relatives of one person: a page of them."""

    answer: str
    question: str
    subject: PersonRef
    moment: Moment
    within: int
    page: Page
    fields: set[str] = field(default_factory=set[str])
    persons: TypePick | None = None


@dataclass
class CustodyPick:
    """A question about who has custody of one person."""

    answer: str
    question: str
    subject: PersonRef
    moment: Moment = NOW
    fields: set[str] = field(default_factory=set[str])
    evidence: set[str] = field(default_factory=set[str])
    """Fields that are wanted of the records behind the answer."""
    persons: TypePick | None = None


@dataclass
class ResidentsPick:
    """A question about who shares a home with one person: a page of them."""

    answer: str
    question: str
    subject: PersonRef
    moment: Moment
    page: Page
    fields: set[str] = field(default_factory=set[str])
    persons: TypePick | None = None


QuestionPick = KinshipPick | RelativesPick | CustodyPick | ResidentsPick


@dataclass(frozen=True)
class EvidencePick:
    """What is shown behind an answer about kinship: facts as [start, fact], and persons by id."""

    question: QuestionPick
    facts: Sequence[Sequence[str]]
    persons: Sequence[str]


RootPick = LookupPick | ListPick | QuestionPick


@dataclass
class Selection:
    """All root picks of one operation."""

    roots: Mapping[str, RootPick]
