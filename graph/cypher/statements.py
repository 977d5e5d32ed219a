"""Statements that were written once: by the shape of what is wanted and the decision about it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.catalogue import Catalogue
from graph.cypher.statement import (
    Caller,
    Clock,
    Statement,
    Template,
    evidence_template,
    selection_template,
)
from graph.decision import Decision
from graph.selection import EvidencePick, Selection
from graph.shapes import Shaper, key_of
from runtime.latest import Latest

KEPT = 2_000
_Kept = tuple[Decision, Template]


@dataclass(frozen=True)
class Asking:
    """Who asks, when, and about which case."""

    principal: Caller
    clock: Clock
    case: str | None = None


class Statements:
    """Writes statements for one model and keeps the latest of them."""

    def __init__(self, catalogue: Catalogue, kept: int = KEPT) -> None:
        self.catalogue = catalogue
        self._kept = Latest[_Kept](kept)

    def selection(self, selection: Selection, decision: Decision, asking: Asking) -> Statement:
        """The one statement for the selection. Raises BadArgument for what cannot be asked."""
        template, values = self.template(selection, decision)
        return template.bind(values, asking.principal, asking.clock, asking.case)

    def template(self, selection: Selection, decision: Decision) -> tuple[Template, list[Any]]:
        """The statement without the selection's values, and these. Raises BadArgument."""
        shaper = Shaper(self.catalogue)
        shape = shaper.selection(selection)
        template = self._of(
            decision, key_of(shape), lambda: selection_template(shape, decision, self.catalogue)
        )
        return template, shaper.values

    def evidence(
        self, picks: Mapping[str, EvidencePick], decision: Decision, asking: Asking
    ) -> Statement:
        """The one statement for what answers rest on: `<key>.facts` and `<key>.persons`."""
        shaper = Shaper(self.catalogue)
        shapes = {key: shaper.evidence(pick) for key, pick in picks.items()}
        template = self._of(
            decision,
            ("evidence", key_of(shapes)),
            lambda: evidence_template(shapes, decision, self.catalogue),
        )
        return template.bind(shaper.values, asking.principal, asking.clock, asking.case)

    def _of(self, decision: Decision, shape: Hashable, write: Callable[[], Template]) -> Template:
        key = (id(decision), shape)
        return self._kept.of(key, lambda: (decision, write()))[1]
