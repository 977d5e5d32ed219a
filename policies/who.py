"""Reverse look-up: who can see a field, for what, under which condition, by which policy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph.catalogue import Catalogue
from graph.conditions import NEVER, Condition
from policies.problems import suggestion
from policies.table import PolicySet
from runtime.errors import CitizengraphError


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


def known_coordinate(catalogue: Catalogue, text: str) -> tuple[str, str]:
    """(type, field) of `Type.field`; the field is empty for a row. Raises BAD_ARGUMENT."""
    type_name, _, field = text.partition(".")
    known = {f"{t}.{f}" for t, f, _ in catalogue.coordinates()}
    known |= {*catalogue.nodes, *catalogue.answers}
    if text not in known:
        raise CitizengraphError("BAD_ARGUMENT", f"There is no {text!r}.", suggestion(text, known))
    return type_name, field
