"""What a consumer may see, for which of its purposes, and what another of them grants beyond."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graph.conditions import NEVER
from graph.decision import Decision
from policies.simplify import simplify
from policies.table import PolicySet
from resolvers.explanation import words
from resolvers.rows import Row

_Right = tuple[str, str, str, str]
"""Mode, type, field (empty for a row) and mask."""


def permissions(policies: PolicySet, consumer: str) -> list[Row]:
    """Every right, purpose by purpose; a right that only another purpose has names its action."""
    tables = {key: dict(_rights(t)) for key, t in policies.tables.items() if key[0] == consumer}
    every = list(dict.fromkeys(right for rights in tables.values() for right in rights))
    return [
        _row(purpose, basis, right, rights)
        for (_, purpose, basis), rights in tables.items()
        for right in sorted(every, key=lambda r: (r[1], r[2], r[0], r[3]))
    ]


def _rights(decision: Decision) -> Iterator[tuple[_Right, str]]:
    """Each right that some row could have, and its condition in words."""
    for type_name, effect in decision.see.items():
        if effect.condition != NEVER:
            yield ("SEE", type_name, "", ""), words(effect.condition)
    for mode, effects in (("CLEAR", decision.clear), ("CONSENT", decision.consent)):
        for (type_name, field), effect in effects.items():
            if effect.condition != NEVER:
                yield (mode, type_name, field, ""), words(effect.condition)
    for (type_name, field), masks in decision.masked.items():
        for mask, effect in masks:
            yield ("MASKED", type_name, field, mask), words(effect.condition)
    for coordinate in decision.filter:
        when = decision.testable(*coordinate)
        if when != NEVER:
            yield ("FILTER", *coordinate, ""), words(simplify(when))


def _row(purpose: str, basis: str, right: _Right, rights: Mapping[_Right, str]) -> Row:
    mode, type_name, field, mask = right
    action = f"{mode.lower()}:{type_name}" + (f".{field}" if field else "")
    return Row(
        "Permission",
        {
            "purpose": purpose,
            "basis": basis,
            "type": type_name,
            "field": field or None,
            "mode": mode,
            "mask": mask or None,
            "condition": rights.get(right),
            "missing": None if right in rights else action,
        },
    )
