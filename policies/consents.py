"""Who asks for consent: which consumer is shown which fields by it, from the compiled tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph.conditions import NEVER, Attribute, operands
from graph.decision import CONSENTED, Coordinate, Decision
from policies.table import PolicySet


@dataclass(frozen=True)
class ConsentRequest:
    """What a person agrees to: a consumer, a purpose, its bases, and what is shown with consent."""

    consumer: str
    purpose: str
    bases: tuple[str, ...]
    fields: tuple[Coordinate, ...]


def consent_requests(policies: PolicySet) -> Iterator[ConsentRequest]:
    """One for each consumer and purpose for which something rests on consent."""
    for name, consumer in policies.consumers.items():
        for purpose, bases in consumer.purposes.items():
            found = {
                basis: list(_resting(policies.tables[name, purpose, basis])) for basis in bases
            }
            used = tuple(basis for basis, fields in found.items() if fields)
            if used:
                fields = dict.fromkeys(field for basis in used for field in found[basis])
                yield ConsentRequest(name, purpose, used, tuple(fields))


def _resting(decision: Decision) -> Iterator[Coordinate]:
    """Fields granted with consent, or under a condition that asks for it."""
    for coordinate, effect in decision.consent.items():
        if effect.condition != NEVER:
            yield coordinate
    for coordinate, effect in decision.clear.items():
        if Attribute(CONSENTED) in operands(effect.condition):
            yield coordinate
    for coordinate, masks in decision.masked.items():
        if any(Attribute(CONSENTED) in operands(effect.condition) for _, effect in masks):
            yield coordinate
