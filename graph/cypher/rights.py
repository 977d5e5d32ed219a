"""Rights to what an answer rests on, as one predicate: in several ways, each of several fields."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.catalogue import Catalogue
from graph.conditions import ALWAYS, NEVER, Condition, any_of
from graph.cypher.predicates import condition
from graph.cypher.writer import Writer
from graph.decision import Decision, Effect
from graph.moments import NOW, Moment


@dataclass(frozen=True)
class Right:
    """That the field of the row is shown. Of a link's own field there is no row.

    `of` is the type whose history counts, where the moment is another than now.
    """

    type: str
    field: str
    row: str = ""
    moment: Moment = NOW
    of: str = ""

    @property
    def coordinate(self) -> str:
        """As the schema writes it."""
        return f"{self.type}.{self.field}"


Ways = tuple[tuple[Right, ...], ...]
"""One of them is enough; of each all."""


def told(writer: Writer, ways: Ways) -> str:
    """Whether the caller may be told what rests on it."""
    return _any(_every(_shown(writer, right, lacking=False) for right in way) for way in ways)


def told_with_consent(writer: Writer, ways: Ways) -> str:
    """The same if the subject consented to whatever is shown with consent."""
    return _any(_every(_shown(writer, right, lacking=True) for right in way) for way in ways)


def _shown(writer: Writer, right: Right, lacking: bool) -> str:
    showing = writer.decision.showing(right.type, right.field, right.moment, right.of)
    shown = any_of(showing.whole, showing.lacking) if lacking else showing.whole
    if not right.row:
        return "true" if shown == ALWAYS else "false"
    return _of_row(writer, shown, right)


def _of_row(writer: Writer, shown: Condition, right: Right) -> str:
    if shown in (ALWAYS, NEVER):
        return "true" if shown == ALWAYS else "false"
    return condition(writer, shown, right.type, {"row": right.row})


def _every(parts: Iterable[str]) -> str:
    kept = dict.fromkeys(part for part in parts if part != "true")
    if "false" in kept:
        return "false"
    return " AND ".join(kept) or "true"


def _any(parts: Iterable[str]) -> str:
    kept = dict.fromkeys(part for part in parts if part != "false")
    if "true" in kept:
        return "true"
    return f"({' OR '.join(f'({part})' for part in kept)})" if kept else "false"


def everything(catalogue: Catalogue) -> Decision:
    """Of an operator on the graph itself: every field of every row. Never of a consumer."""
    shown = Effect(ALWAYS)
    return Decision(
        clear={(name, field): shown for name, field, _ in catalogue.coordinates()},
        see=dict.fromkeys(catalogue.nodes, shown),
    )
