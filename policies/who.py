"""Reverse look-up: who can see a field, for what, under which condition, by which policy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph.conditions import NEVER, Condition
from policies.table import PolicySet


@dataclass(frozen=True)
class Seer:
    """A consumer for a purpose on a basis; `when` by mode, without modes that never hold."""

    consumer: str
    purpose: str
    basis: str
    when: dict[str, Condition]
    policies: tuple[str, ...]


def who_can(policies: PolicySet, type_name: str, field: str = "") -> Iterator[Seer]:
    """Everybody who can see the field of some row; without a field, that a row exists."""
    for key, decision in policies.tables.items():
        said = {m: e for m, e in decision.modes(type_name, field).items() if m != "unhidden"}
        when = {mode: e.condition for mode, e in said.items() if e.condition != NEVER}
        if when:
            named = (policy for mode in when for policy in said[mode].policies)
            yield Seer(*key, when, tuple(dict.fromkeys(named)))
