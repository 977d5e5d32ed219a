"""A whole operation as one statement: `RETURN COLLECT {…} AS r0, COLLECT {…} AS r1`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from graph.catalogue import Catalogue
from graph.conditions import Scalar
from graph.cypher import custody, kinship, residents
from graph.cypher.attributes import caller_sets
from graph.cypher.pages import ordered
from graph.cypher.predicates import filtered, may_see
from graph.cypher.rows import RowWriter
from graph.cypher.writer import Writer, conjunction
from graph.decision import Decision
from graph.selection import (
    CustodyPick,
    EvidencePick,
    KinshipPick,
    ListPick,
    LookupPick,
    RelativesPick,
    ResidentsPick,
    RootPick,
    Selection,
)
from graph.shapes import bound

ADULT_YEARS = 18
Caller = Mapping[str, Scalar | None]
"""What the token says of the caller, by attribute; nothing stands for what it does not say."""


@dataclass(frozen=True)
class Statement:
    """Cypher text, its parameters, and the column that answers each root pick."""

    text: str
    parameters: Mapping[str, Any]
    columns: Mapping[str, str]


@dataclass(frozen=True)
class Clock:
    """The day and time that a request takes place, for every part of its statement."""

    now: datetime

    @classmethod
    def system(cls) -> Clock:
        """The present."""
        return cls(datetime.now(UTC))

    @property
    def second(self) -> str:
        """The present second, as times are stored."""
        return self.now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def parameters(self) -> dict[str, str]:
        """`today`, `now` to the second, and the latest birthday of those who are of age today."""
        today = self.now.date()
        born = _years_before(today, ADULT_YEARS)
        return {"today": today.isoformat(), "now": self.second, "adultBornBy": born}


def _years_before(day: date, years: int) -> str:
    try:
        return day.replace(year=day.year - years).isoformat()
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28).isoformat()


@dataclass(frozen=True)
class Template:
    """A statement whose values are not bound yet: its parameters may be slots.

    `callers` are the attributes of the caller that it takes.
    """

    text: str
    parameters: Mapping[str, Any]
    columns: Mapping[str, str]
    callers: tuple[str, ...]

    def bind(
        self, values: Sequence[Any], principal: Caller, clock: Clock, case: str | None
    ) -> Statement:
        """The statement for these values and this caller."""
        given = {name: bound(value, values) for name, value in self.parameters.items()}
        return Statement(
            self.text, given | _of_request(self.callers, principal, clock, case), self.columns
        )


def selection_template(selection: Selection, decision: Decision, catalogue: Catalogue) -> Template:
    """The one statement for the selection. Raises BadArgument for what cannot be asked."""
    writer = Writer(catalogue, decision)
    return _template(writer, {key: _root(writer, pick) for key, pick in selection.roots.items()})


def evidence_template(
    picks: Mapping[str, EvidencePick], decision: Decision, catalogue: Catalogue
) -> Template:
    """The one statement for what answers rest on: columns `<key>.facts` and `<key>.persons`."""
    writer = Writer(catalogue, decision)
    parts: dict[str, str] = {}
    for key, pick in picks.items():
        parts[f"{key}.facts"], parts[f"{key}.persons"] = kinship.evidence(writer, pick)
    return _template(writer, parts)


def _template(writer: Writer, parts: Mapping[str, str]) -> Template:
    columns = {key: f"r{number}" for number, key in enumerate(parts)}
    collected = [f"COLLECT {{ {text} }} AS {columns[key]}" for key, text in parts.items()]
    text = caller_sets(writer) + "RETURN " + ",\n".join(collected)
    parameters = {**writer.parameters, **writer.decision.parameters}
    return Template(text, parameters, columns, tuple(sorted(writer.callers)))


def parameters_of(
    writer: Writer, principal: Caller, clock: Clock, case: str | None
) -> dict[str, Any]:
    """Everything that a statement of the writer takes."""
    return {
        **writer.parameters,
        **writer.decision.parameters,
        **_of_request(sorted(writer.callers), principal, clock, case),
    }


def _of_request(
    callers: Sequence[str], principal: Caller, clock: Clock, case: str | None
) -> dict[str, Any]:
    caller = dict.fromkeys(callers) | dict(principal)
    return {
        **clock.parameters(),
        "case": case,
        **{f"principal_{name}": value for name, value in caller.items()},
    }


def _root(writer: Writer, pick: RootPick) -> str:
    match pick:
        case LookupPick():
            return _lookup(writer, pick)
        case ListPick():
            return _list(writer, pick)
        case KinshipPick():
            return kinship.question(writer, pick)
        case RelativesPick():
            return kinship.relatives(writer, pick)
        case CustodyPick():
            return custody.question(writer, pick)
        case ResidentsPick():
            return residents.question(writer, pick)


def _lookup(writer: Writer, pick: LookupPick) -> str:
    """Rows `{position, row}`: several at one position where an identifier is not unique."""
    type_name, node, at = pick.node.type, writer.variable("n"), writer.variable("i")
    values = writer.bind(list(pick.values))
    row_writer = RowWriter(writer, pick.node, node)
    where = conjunction(f"{node}.{pick.field} = {values}[{at}]", may_see(writer, type_name, node))
    return (
        f"UNWIND range(0, size({values}) - 1) AS {at}"
        f" MATCH ({node}:{type_name}){where}"
        f" WITH {at}, {node}{row_writer.settled()}"
        f" RETURN {{position: {at}, row: {row_writer.map()}}}"
    )


def _list(writer: Writer, pick: ListPick) -> str:
    type_name, node = pick.node.type, writer.variable("n")
    row_writer = RowWriter(writer, pick.node, node)
    order = ordered(writer, pick.page, (type_name,), node)
    where = conjunction(
        f"{node}.withdrawn IS NULL",
        may_see(writer, type_name, node),
        filtered(writer, pick.page.where, type_name, node),
    )
    return (
        f"MATCH ({node}:{type_name}){where}"
        f" WITH {node}{row_writer.settled()}{order.computed}{order.sliced}"
        f" RETURN {{cursor: {order.cursor}, node: {row_writer.map()}}}"
    )
