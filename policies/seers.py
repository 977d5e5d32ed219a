"""Who may see what of a person, from the compiled tables: no record is read for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from graph.conditions import NEVER, Condition
from graph.decision import Decision
from policies.table import PolicySet

PERSON = "Person"
Mode = Literal["CLEAR", "MASKED", "CONSENT"]


@dataclass(frozen=True)
class Seen:
    """A field of Person that is shown in a mode, of persons for whom the condition holds."""

    field: str
    mode: Mode
    mask: str
    condition: Condition


@dataclass(frozen=True)
class Seer:
    """A consumer with a purpose and one of its legal bases."""

    consumer: str
    purpose: str
    basis: str
    fields: tuple[Seen, ...]


def seers(policies: PolicySet) -> Iterator[Seer]:
    """Those who may see something of some person."""
    for (consumer, purpose, basis), decision in policies.tables.items():
        fields = tuple(_seen(decision))
        if fields:
            yield Seer(consumer, purpose, basis, fields)


def _seen(decision: Decision) -> Iterator[Seen]:
    for (type_name, field), effect in decision.clear.items():
        if type_name == PERSON and effect.condition != NEVER:
            yield Seen(field, "CLEAR", "", effect.condition)
    for (type_name, field), masks in decision.masked.items():
        if type_name == PERSON:
            for mask, effect in masks:
                yield Seen(field, "MASKED", mask, effect.condition)
    for (type_name, field), effect in decision.consent.items():
        if type_name == PERSON and effect.condition != NEVER:
            yield Seen(field, "CONSENT", "", effect.condition)
