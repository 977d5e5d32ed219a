"""How rows of a pick are read under a decision: worked out once, used for every row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graph.conditions import ALWAYS, NEVER, Condition
from graph.cypher.rows import residuals
from graph.decision import Decision, Showing
from graph.moments import NOW, Moment
from graph.selection import EdgePick, TypePick

Map = Mapping[str, Any]
Guard = bool | str
"""Whether something is shown, or the name under which the row says so."""


def open_to(guard: Guard, found: Map) -> bool:
    """Whether the row shows what stands behind the guard."""
    return found.get(guard) is True if isinstance(guard, str) else guard


@dataclass(frozen=True, slots=True)
class Way:
    """How one thing is shown: whole, else by the first mask that is open, else not."""

    whole: Guard
    masked: tuple[tuple[str, Guard], ...] = ()
    lacking: Guard = False

    def mask(self, found: Map) -> str:
        """The mask that the row asks for where it does not show it whole; else empty."""
        return next((mask for mask, guard in self.masked if open_to(guard, found)), "")


class Reader:
    """What is wanted of rows of one type, and when each part of it is shown.

    `names` has the pick whose conditions the rows carry, where they were read for more.
    """

    def __init__(self, pick: TypePick, decision: Decision, names: TypePick | None = None) -> None:
        self.pick = pick
        self._decision = decision
        self._guards = residuals(names or pick, decision)
        self._facts: dict[str, Way] = {}

    @cached_property
    def id_shown(self) -> bool:
        """Whether the row's id is something that is shown at all."""
        return self._decision.field(self.pick.type, "id").condition != NEVER

    @cached_property
    def tested(self) -> tuple[tuple[str, Guard], ...]:
        """Fields that the row was found by, and when that tells them."""
        kind, decide = self.pick.type, self._decision.testable
        return tuple((f, self._guard(decide(kind, f))) for f in sorted(self.pick.tested))

    @cached_property
    def scalars(self) -> tuple[tuple[str, str, Way], ...]:
        """Key, field and way of each plain field."""
        return tuple(
            (key, scalar.field, self._way(scalar.field, scalar.moment))
            for key, scalar in self.pick.scalars.items()
        )

    @cached_property
    def facts(self) -> tuple[tuple[str, Way], ...]:
        """Key and way of each list of facts."""
        return tuple((key, self._whole("facts", at)) for key, at in self.pick.facts.items())

    @cached_property
    def edges(self) -> tuple[tuple[str, EdgePick, Way], ...]:
        """Key, pick and way of each list of related rows."""
        return tuple(
            (key, edge, self._whole(edge.edge.name, edge.moment, edge.edge.relationship.name))
            for key, edge in self.pick.edges.items()
        )

    def stated(self, field: str) -> Way:
        """When a fact about the field is shown."""
        if field not in self._facts:
            self._facts[field] = self._whole(field, NOW)
        return self._facts[field]

    def implied(self, found: Map) -> Iterator[str]:
        """Fields that the row tells without showing them: its id, and what it was found by."""
        if self.id_shown:
            yield "id"
        yield from (field for field, guard in self.tested if open_to(guard, found))

    def _way(self, field: str, moment: Moment) -> Way:
        showing: Showing = self._decision.showing(self.pick.type, field, moment)
        masked = tuple((mask, self._guard(when)) for mask, when in showing.masked)
        return Way(self._guard(showing.whole), masked, self._guard(showing.lacking))

    def _whole(self, field: str, moment: Moment, asked_of: str = "") -> Way:
        return Way(self._guard(self._decision.shown(self.pick.type, field, moment, asked_of)))

    def _guard(self, condition: Condition) -> Guard:
        return condition == ALWAYS if condition in (ALWAYS, NEVER) else self._guards[condition]


@dataclass(frozen=True, slots=True)
class LinkField:
    """A field that a link shows itself. `tells`: only where the node that it tells of shows it."""

    name: str
    shown: bool
    mask: str
    tells: bool


class LinkReader:
    """What is wanted of links of one pick, and when it is shown."""

    def __init__(self, pick: EdgePick, decision: Decision) -> None:
        self.pick = pick
        self.relationship = pick.edge.relationship
        self.fields = tuple(self._field(name, decision) for name in sorted(pick.fields))
        self.kinds = {stored: kind for kind, stored in self.relationship.types.items()}

    def _field(self, name: str, decision: Decision) -> LinkField:
        owner, reveals = self.relationship.name, self.relationship.reveals
        shown = decision.field(owner, name).condition == ALWAYS
        tells = reveals is not None and name in reveals.by
        return LinkField(name, shown, decision.mask_of_link(owner, name), tells)


class Readers:
    """Readers of the picks of one operation, each made when its first row comes."""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        self._rows: dict[tuple[int, int], tuple[Reader, TypePick]] = {}
        self._bare: dict[str, Reader] = {}
        self._links: dict[int, LinkReader] = {}

    def of(self, pick: TypePick, names: TypePick | None = None) -> Reader:
        """The reader of the pick, over rows that were read for `names`.

        Picks are told apart by identity; they are kept, so that none takes another's place.
        """
        key = (id(pick), id(names or pick))
        if key not in self._rows:
            self._rows[key] = (Reader(pick, self.decision, names), names or pick)
        return self._rows[key][0]

    def bare(self, type_name: str) -> Reader:
        """The reader of rows of which nothing is wanted."""
        if type_name not in self._bare:
            self._bare[type_name] = Reader(TypePick(type_name), self.decision)
        return self._bare[type_name]

    def link(self, pick: EdgePick) -> LinkReader:
        """The reader of the pick's links."""
        if id(pick) not in self._links:
            self._links[id(pick)] = LinkReader(pick, self.decision)
        return self._links[id(pick)]
