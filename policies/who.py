"""Reverse look-up: who can see a field, for what, under which condition, by which policy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from graph.decision import DENIED, Effect
from policies.table import PolicySet


@dataclass(frozen=True)
class Seer:
    """A consumer for a purpose on a basis; `when` by mode, without modes that never hold."""

    consumer: str
    purpose: str
    basis: str
    when: dict[str, Any]
    policies: tuple[str, ...]


def who_can(policies: PolicySet, type_name: str, field: str = "") -> Iterator[Seer]:
    """Everybody who can see the field of some row; without a field, that a row exists."""
    for key, decision in policies.tables.items():
        effect = decision.field(type_name, field) if field else decision.row(type_name)
        when = modes(effect, "clear" if field else "see")
        if when:
            yield Seer(*key, when, effect.policies)


def modes(effect: Effect, name: str) -> dict[str, Any]:
    """What the effect allows, by mode; `name` is that of its condition."""
    parts = [f.name for f in fields(Effect) if f.name != "policies"]
    return {
        name if part == "condition" else part: getattr(effect, part)
        for part in parts
        if getattr(effect, part) != getattr(DENIED, part)
    }
