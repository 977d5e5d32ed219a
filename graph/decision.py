"""What a policy says about the fields of one request, as the graph needs to know it.

The graph knows no consumer: it is handed a Decision and asks it about coordinates.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graph.conditions import (
    ALWAYS,
    NEVER,
    Attribute,
    Compare,
    Condition,
    Literal,
    all_of,
    any_of,
)
from graph.moments import NOW, Moment


@dataclass(frozen=True)
class Effect:
    """When a field is shown, and which policies say so. A field nobody granted is NEVER shown."""

    condition: Condition
    policies: tuple[str, ...] = ()


DENIED = Effect(NEVER)
CONSENTED = "consented"
"""The row attribute that says that the subject consented to this consumer and purpose."""
GIVEN = Compare("=", Attribute(CONSENTED), Literal(True))
"""That the subject has consented."""
Coordinate = tuple[str, str]
MaskEffects = tuple[tuple[str, Effect], ...]


@dataclass(frozen=True)
class Showing:
    """How a field of a row is shown: whole, else by the one mask whose condition holds.

    `lacking`: where neither is so, that the subject's consent would show it.
    """

    whole: Condition
    masked: tuple[tuple[str, Condition], ...] = ()
    lacking: Condition = NEVER

    def conditions(self) -> Iterator[Condition]:
        """In the order in which they are tried."""
        yield self.whole
        yield from (condition for _, condition in self.masked)
        yield self.lacking


@dataclass(frozen=True)
class Decision:
    """Effects by coordinate for one (consumer, purpose, basis); what is not listed is denied.

    `clear` is keyed by (type, field): `("Person", "name")`, `("Query", "isMotherOf")`.
    `see` is keyed by type: when the consumer may know that a row exists at all. `unhidden` has when
    no forbid hides the row; one that is hidden is as if it were not there, whatever is asked.
    `masked` has an effect per mask, the strictest first; of one row at most one of them holds.
    `consent`: when the field is shown whole if the row's subject consented.
    `filter`: when rows may be chosen or put in order by the field.
    `behind` has, by derived field, what it is worked out from: (field, type whose history counts).
    On other days than today it is shown only where they are: when it changes tells them.
    `parameters` are the consumer and the purpose, for attributes of rows that depend on them.
    """

    clear: Mapping[Coordinate, Effect]
    see: Mapping[str, Effect]
    unhidden: Mapping[str, Condition] = dataclasses.field(default_factory=dict[str, Condition])
    masked: Mapping[Coordinate, MaskEffects] = dataclasses.field(
        default_factory=dict[Coordinate, MaskEffects]
    )
    consent: Mapping[Coordinate, Effect] = dataclasses.field(
        default_factory=dict[Coordinate, Effect]
    )
    filter: Mapping[Coordinate, Effect] = dataclasses.field(
        default_factory=dict[Coordinate, Effect]
    )
    behind: Mapping[Coordinate, tuple[Coordinate, ...]] = dataclasses.field(
        default_factory=dict[Coordinate, tuple[Coordinate, ...]]
    )
    parameters: Mapping[str, str] = dataclasses.field(default_factory=dict[str, str])

    def field(self, type_name: str, field: str) -> Effect:
        """When the field is shown to the consumer, whatever the subject consented to."""
        return self.clear.get((type_name, field), DENIED)

    def shown(self, type_name: str, field: str, moment: Moment, asked_of: str = "") -> Condition:
        """When the field is shown whole at a moment; any but now needs the right to history too.

        `asked_of` is the type whose history counts: for an edge that of the relationship.
        """
        granted = self.field(type_name, field).condition
        now = any_of(granted, all_of(self._consentable(type_name, field), GIVEN))
        return all_of(now, self._then(type_name, field, moment, asked_of))

    def _then(self, type_name: str, field: str, moment: Moment, asked_of: str) -> Condition:
        """What must hold besides of the field at any moment but now."""
        if moment.is_now:
            return ALWAYS
        behind = self.behind.get((type_name, field), ())
        return all_of(
            self.field(asked_of or type_name, "history").condition,
            *(self.shown(type_name, source, moment, of) for source, of in behind),
        )

    def there(self, type_name: str) -> Condition:
        """When no forbid hides the row."""
        return self.unhidden.get(type_name, ALWAYS)

    def _consentable(self, type_name: str, field: str) -> Condition:
        return self.consent.get((type_name, field), DENIED).condition

    def showing(
        self, type_name: str, field: str, moment: Moment = NOW, asked_of: str = ""
    ) -> Showing:
        """How the field is shown at a moment."""
        when = self._then(type_name, field, moment, asked_of)
        masks = self.masked.get((type_name, field), ())
        return Showing(
            self.shown(type_name, field, moment, asked_of),
            tuple((mask, all_of(effect.condition, when)) for mask, effect in masks),
            all_of(self._consentable(type_name, field), when),
        )

    def wholes(self, type_name: str) -> Iterator[Condition]:
        """When each field of the type is shown whole today, but what is derived of them."""
        for coordinate in dict.fromkeys((*self.clear, *self.consent)):
            if coordinate[0] == type_name and coordinate not in self.behind:
                yield self.shown(*coordinate, NOW)

    def testable(self, type_name: str, field: str) -> Condition:
        """When a row may be chosen or put in order by the field: it must show it whole."""
        allowed = self.filter.get((type_name, field), DENIED).condition
        return all_of(self.showing(type_name, field).whole, allowed)

    def mask_of_link(self, relationship: str, field: str) -> str:
        """The mask of a link's own field; empty for none. Only what holds for every row counts."""
        masks = self.masked.get((relationship, field), ())
        return next((mask for mask, effect in masks if effect.condition == ALWAYS), "")

    def coordinates(self) -> Iterator[Coordinate]:
        """Everything of which some row could show something."""
        for coordinate in dict.fromkeys((*self.clear, *self.masked, *self.consent)):
            masks = (effect for _, effect in self.masked.get(coordinate, ()))
            whole = self.field(*coordinate), self.consent.get(coordinate, DENIED)
            if any(effect.condition != NEVER for effect in (*whole, *masks)):
                yield coordinate

    def row(self, type_name: str) -> Effect:
        """When the row may be known to exist."""
        return self.see.get(type_name, DENIED)

    def modes(self, type_name: str, field: str = "") -> Mapping[str, Effect]:
        """All that is said of a field, or without one of a row, by mode; a mask is one each."""
        if not field:
            return {"see": self.row(type_name), "unhidden": Effect(self.there(type_name))}
        masks = self.masked.get((type_name, field), ())
        return {
            "clear": self.field(type_name, field),
            **{f"masked {mask}": effect for mask, effect in masks},
            "consent": self.consent.get((type_name, field), DENIED),
            "filter": self.filter.get((type_name, field), DENIED),
        }
