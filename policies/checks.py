"""Checks over compiled tables: what each policy may say alone, and all of them together may not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from graph.catalogue import Catalogue
from graph.conditions import NEVER
from graph.decision import Decision
from policies.compile import Key
from policies.problems import PolicyInvalid, Problem


def check_tables(tables: Mapping[Key, Decision], catalogue: Catalogue) -> None:
    """Raises PolicyInvalid with every problem."""
    problems: dict[Problem, None] = {}
    for (consumer, _, _), decision in tables.items():
        problems |= dict.fromkeys(_ids_without_rows(consumer, decision, catalogue))
    if problems:
        raise PolicyInvalid(list(problems))


def without_stray_ids(tables: Mapping[Key, Decision], catalogue: Catalogue) -> dict[Key, Decision]:
    """The tables, with no id shown where grants that ended have left it without its row."""
    return {key: _without_stray_ids(decision, catalogue) for key, decision in tables.items()}


def _without_stray_ids(decision: Decision, catalogue: Catalogue) -> Decision:
    stray = {
        (name, "id")
        for name in catalogue.nodes
        if decision.field(name, "id").condition not in (NEVER, decision.row(name).condition)
    }
    if not stray:
        return decision
    kept = {c: effect for c, effect in decision.clear.items() if c not in stray}
    return replace(decision, clear=kept)


def _ids_without_rows(consumer: str, decision: Decision, catalogue: Catalogue) -> Iterator[Problem]:
    """A row's id is how it is known to exist: it is shown for the rows one may see, or for none."""
    for name in catalogue.nodes:
        shown = decision.field(name, "id").condition
        if shown not in (NEVER, decision.row(name).condition):
            yield Problem(
                f"grants/{consumer}.cedar",
                f"clear:{name}.id does not hold for the same rows as see:{name}",
                "grant both in one policy",
            )
