"""What a policy says about the fields of one request, as the graph needs to know it.

The graph knows no consumer: it is handed a Decision and asks it about coordinates.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from graph.conditions import ALWAYS, NEVER, Condition, all_of
from graph.moments import Moment


@dataclass(frozen=True)
class Effect:
    """When a field is shown, and which policies say so. A field nobody granted is NEVER shown."""

    condition: Condition
    policies: tuple[str, ...] = ()


DENIED = Effect(NEVER)


@dataclass(frozen=True)
class Decision:
    """Effects by coordinate for one (consumer, purpose, basis); what is not listed is denied.

    `clear` is keyed by (type, field): `("Person", "name")`, `("Query", "isMotherOf")`.
    `see` is keyed by type: when the consumer may know that a row exists at all. `unhidden` has when
    no forbid hides the row; one that is hidden is as if it were not there, whatever is asked.
    """

    clear: Mapping[tuple[str, str], Effect]
    see: Mapping[str, Effect]
    unhidden: Mapping[str, Condition] = dataclasses.field(default_factory=dict[str, Condition])

    def field(self, type_name: str, field: str) -> Effect:
        """When the field is shown."""
        return self.clear.get((type_name, field), DENIED)

    def shown(self, type_name: str, field: str, moment: Moment, asked_of: str = "") -> Condition:
        """When the field is shown at a moment; any but now needs the right to the history too.

        `asked_of` is the type whose history counts: for an edge that of the relationship.
        """
        now = self.field(type_name, field).condition
        if moment.is_now:
            return now
        return all_of(now, self.field(asked_of or type_name, "history").condition)

    def there(self, type_name: str) -> Condition:
        """When no forbid hides the row."""
        return self.unhidden.get(type_name, ALWAYS)

    def row(self, type_name: str) -> Effect:
        """When the row may be known to exist."""
        return self.see.get(type_name, DENIED)
