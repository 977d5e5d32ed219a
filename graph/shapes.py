"""The shape of a selection: what is wanted, without the values by which it is found.

A statement is written for a shape and kept; asking again binds other values to it. What writes
statements is handed the shape alone, so no statement can depend on a value that is not its own.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar, cast

from graph.catalogue import Catalogue, EdgeField
from graph.facts import Value
from graph.moments import Moment
from graph.selection import (
    CustodyPick,
    EdgePick,
    EvidencePick,
    Filter,
    KinshipPick,
    ListPick,
    LookupPick,
    Page,
    PersonRef,
    QuestionPick,
    RelativesPick,
    ResidentsPick,
    RootPick,
    ScalarPick,
    Selection,
    Test,
    TypePick,
)

_Asked = TypeVar("_Asked", KinshipPick, RelativesPick, CustodyPick, ResidentsPick)
_Kinship = TypeVar("_Kinship", KinshipPick, RelativesPick)


class Slot(str):
    """Stands for a value, or in a sequence of its own for a whole list, until it is bound."""

    number: int

    @classmethod
    def at(cls, number: int) -> Slot:
        """The slot with this number."""
        slot = cls(f"?{number}")
        slot.number = number
        return slot


class Shaper:
    """Takes values out of picks; equal values share a slot."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.values: list[Any] = []
        self._known: dict[Hashable, Slot] = {}

    def selection(self, selection: Selection) -> Selection:
        """The selection with a slot for each value."""
        return Selection({key: self._root(pick) for key, pick in selection.roots.items()})

    def evidence(self, pick: EvidencePick) -> EvidencePick:
        """The same of what is shown behind an answer."""
        wanted = self._type(pick.question.persons) if pick.question.persons else None
        facts, persons = self._many(pick.facts), self._many(pick.persons)
        return EvidencePick(replace(self._question(pick.question), persons=wanted), facts, persons)

    def _root(self, pick: RootPick) -> RootPick:
        match pick:
            case LookupPick():
                return replace(pick, node=self._type(pick.node), values=self._many(pick.values))
            case ListPick():
                return ListPick(self._type(pick.node), self._page(pick.page))
            case _:
                return self._question(pick)

    def _question(self, pick: QuestionPick) -> QuestionPick:
        """Of kinship all is read in one way, whatever is to be told of it: persons come after."""
        match pick:
            case KinshipPick():
                relative = self._person(pick.relative)
                return self._alike(replace(self._asked(pick), relative=relative, places={}))
            case CustodyPick():
                return self._asked(pick)
            case RelativesPick():
                return self._alike(replace(self._asked(pick), page=Page(1)))
            case ResidentsPick():
                return replace(self._asked(pick), page=self._page(pick.page))

    def _alike(self, pick: _Kinship) -> _Kinship:
        fields = set(self._catalogue.answers[pick.answer].fields)
        alike = replace(pick, fields=fields, persons=None)
        if isinstance(alike, KinshipPick):
            return replace(alike, steps=set[str](), evidence=set[str]())
        return alike

    def _asked(self, pick: _Asked) -> _Asked:
        return replace(
            pick,
            subject=self._person(pick.subject),
            moment=self._moment(pick.moment),
            persons=self._type(pick.persons) if pick.persons else None,
        )

    def _type(self, pick: TypePick) -> TypePick:
        return TypePick(
            pick.type,
            {key: self._scalar(scalar) for key, scalar in pick.scalars.items()},
            {key: self._moment(moment) for key, moment in pick.facts.items()},
            {key: self._edge(edge) for key, edge in pick.edges.items()},
            pick.tested,
        )

    def _scalar(self, pick: ScalarPick) -> ScalarPick:
        sought = self._one(pick.sought) if pick.sought else ""
        return ScalarPick(pick.field, self._moment(pick.moment), sought)

    def _edge(self, pick: EdgePick) -> EdgePick:
        return replace(
            pick,
            page=self._page(pick.page),
            moment=self._moment(pick.moment),
            targets={name: self._type(target) for name, target in pick.targets.items()},
        )

    def _person(self, person: PersonRef) -> PersonRef:
        return PersonRef(person.field, self._one(person.value))

    def _moment(self, moment: Moment) -> Moment:
        if moment.is_now:
            return moment
        as_of, as_known = (at and self._one(at) for at in (moment.as_of, moment.as_known))
        return Moment(as_of, as_known, moment.history)

    def _page(self, page: Page) -> Page:
        after = page.after and tuple(self._one(part) for part in page.after)
        return replace(page, after=after, where=self._filter(page.where))

    def _filter(self, where: Filter) -> Filter:
        tests = tuple(replace(test, value=self._tested(test)) for test in where.tests)
        return Filter(tests, tuple(self._filter(part) for part in where.any))

    def _tested(self, test: Test) -> Slot | tuple[Slot]:
        return self._many(test.value) if isinstance(test.value, tuple) else self._one(test.value)

    def _one(self, value: Value) -> Slot:
        return self._slot((type(value), value), value)

    def _many(self, values: Sequence[Any]) -> tuple[Slot]:
        key = (tuple(map(type, values)), key_of(values))
        return (self._slot(key, list(values)),)

    def _slot(self, key: Hashable, value: Any) -> Slot:
        if key not in self._known:
            self._known[key] = Slot.at(len(self.values))
            self.values.append(value)
        return self._known[key]


def bound(value: Any, values: Sequence[Any]) -> Any:
    """A parameter with its slot filled; one without a slot as it is."""
    first = _first(value)
    return values[first.number] if isinstance(first, Slot) else value


def _first(value: object) -> object:
    return next(iter(cast("list[object]", value)), None) if isinstance(value, list) else value


def key_of(shape: object) -> Hashable:
    """Everything in a shape, as something to look it up by."""
    if isinstance(shape, EdgeField):
        return shape.owner, shape.name
    if is_dataclass(shape):
        parts = (key_of(getattr(shape, name)) for name in _names(type(shape)))
        return (type(shape).__name__, *parts)
    if isinstance(shape, dict):
        items = cast("dict[str, object]", shape).items()
        return tuple((name, key_of(value)) for name, value in items)
    if isinstance(shape, set):
        return tuple(sorted(cast("set[str]", shape)))
    if isinstance(shape, tuple | list):
        return tuple(key_of(part) for part in cast("Sequence[object]", shape))
    return cast("Hashable", shape)


@lru_cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(part.name for part in fields(kind))
