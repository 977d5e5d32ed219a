"""Statements that were written once: by the shape of what is wanted and the decision about it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
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

KEPT = 2_000
_Kept = tuple[Decision, Template]


@dataclass(frozen=True)
class Asking:
    """Who asks, when, and about which case."""

    principal: Caller
    clock: Clock
    case: str | None = None


@dataclass
class Statements:
    """Writes statements for one model and keeps the latest of them.

    A kept one holds its decision, so that no other can take the place by which it is found.
    """

    catalogue: Catalogue
    _kept: OrderedDict[Hashable, _Kept] = field(default_factory=OrderedDict[Hashable, _Kept])

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
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key][1]
        template = write()
        self._kept[key] = (decision, template)
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return template
