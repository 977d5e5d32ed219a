"""Rows of one node type as a Cypher map: fields, facts and edges, each under its condition.

The map holds `_id`, `_type`, a boolean per residual condition (`_c0`, …), and a value per pick.
`graph.answer` reads it back with the same `residuals`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graph import masks
from graph.conditions import ALWAYS, NEVER, Condition
from graph.cypher import edges
from graph.cypher.derived import worked_out
from graph.cypher.predicates import check_moment, condition, held
from graph.cypher.writer import Writer, conjunction
from graph.decision import Decision
from graph.declarations import Held, Node
from graph.moments import NOW, Moment
from graph.selection import ScalarPick, TypePick

_PREFERRED = "{0}.rank, coalesce({0}.validFrom, '') DESC"


def conditions(pick: TypePick, decision: Decision) -> Iterator[Condition]:
    """When each thing that the pick shows is shown."""
    for scalar in pick.scalars.values():
        yield from decision.showing(pick.type, scalar.field, scalar.moment).conditions()
    for edge in pick.edges.values():
        relationship = edge.edge.relationship.name
        yield decision.shown(pick.type, edge.edge.name, edge.moment, relationship)
    for field in sorted(pick.tested):
        yield decision.testable(pick.type, field)
    for moment in pick.facts.values():
        yield decision.shown(pick.type, "facts", moment)
    if pick.facts:
        yield from decision.wholes(pick.type)


def residuals(pick: TypePick, decision: Decision) -> dict[Condition, str]:
    """Names of the conditions that only the row can settle, in a fixed order."""
    found = [c for c in dict.fromkeys(conditions(pick, decision)) if c not in (ALWAYS, NEVER)]
    return {condition: f"_c{number}" for number, condition in enumerate(found)}


class RowWriter:
    """Writes the map of one row variable."""

    def __init__(self, writer: Writer, pick: TypePick, variable: str) -> None:
        self._writer = writer
        self._pick = pick
        self._row = variable
        names = residuals(pick, writer.decision)
        self._guards = {c: (name, f"{variable}_{pick.type}{name}") for c, name in names.items()}

    def settled(self) -> str:
        """`, … AS …` for a WITH: each residual condition, computed once."""
        rows = {"row": self._row}
        return "".join(
            f", {condition(self._writer, part, self._pick.type, rows)} AS {variable}"
            for part, (_, variable) in self._guards.items()
        )

    def map(self) -> str:
        """The map expression."""
        entries = {"_id": f"{self._row}.id", "_type": f"'{self._pick.type}'"}
        for part in (dict(self._guards.values()), self._scalars(), self._facts(), self._edges()):
            entries.update(part)
        return "{" + ", ".join(f"{key}: {value}" for key, value in entries.items()) + "}"

    def guard(self, shown: Condition) -> str:
        """The boolean that stands for a condition: 'true', 'false' or a variable."""
        if shown in (ALWAYS, NEVER):
            return "true" if shown == ALWAYS else "false"
        return self._guards[shown][1]

    def _shown(self, field: str, moment: Moment = NOW, asked_of: str = "") -> str:
        return self.guard(self._writer.decision.shown(self._pick.type, field, moment, asked_of))

    def _scalars(self) -> Mapping[str, str]:
        found = {key: self._scalar(pick) for key, pick in self._pick.scalars.items()}
        return {key: text for key, text in found.items() if text}

    def _scalar(self, pick: ScalarPick) -> str:
        """The value, whole or masked as the row allows; empty where no row shows anything."""
        showing = self._writer.decision.showing(self._pick.type, pick.field, pick.moment)
        ways = [("", self.guard(showing.whole))]
        ways += [(mask, self.guard(when)) for mask, when in showing.masked]
        open_ways = [(mask, guard) for mask, guard in ways if guard != "false"]
        if not open_ways:
            return ""
        value = self.value(pick)
        if open_ways[0] == ("", "true"):
            return value
        cases = (
            f" WHEN {guard} THEN {masks.written(mask, value) if mask else value}"
            for mask, guard in open_ways
        )
        return f"CASE{''.join(cases)} END"

    def value(self, pick: ScalarPick) -> str:
        """The value, whether or not it may be shown."""
        node = self._writer.catalogue.nodes[self._pick.type]
        held = self._writer.catalogue.held_of[self._pick.type].get(pick.field)
        if held:
            return _asked_by(held, node, self._row)
        if pick.field not in node.worked_out:
            return self._stated(pick)
        derived = node.worked_out[pick.field]
        stated = {
            name: self._stated(ScalarPick(name, pick.moment))
            for name in derived.origin
            if name in node.fields
        }
        return worked_out(self._writer, derived, self._row, pick, stated)

    def _stated(self, pick: ScalarPick) -> str:
        if pick.moment.is_now:
            return f"{self._row}.{pick.field}"
        wanted = f"{{0}}.{pick.field}"
        return stated(self._writer, self._pick.type, self._row, pick, wanted)

    def _facts(self) -> Mapping[str, str]:
        return {key: self._fact_list(moment) for key, moment in self._pick.facts.items()}

    def _fact_list(self, moment: Moment) -> str:
        check_moment(moment)
        fact = self._writer.variable("s")
        name = self._writer.variable("f")
        where = conjunction(self._shown("facts", moment), held(self._writer, moment, fact))
        stated = {field: f"{fact}.{field}" for field in self._writer.catalogue.provenance}
        if moment.is_now:
            contested = f"{name} IN coalesce({self._row}.disputedFields, [])"
            stated["disputed"] = f"({fact}.disputed OR {contested})"
        sources = ", ".join(f"{field}: {value}" for field, value in stated.items())
        return (
            f"COLLECT {{ MATCH ({self._row})<-[:ABOUT]-({fact}:Statement){where}"
            f" UNWIND {self._shown_fields()} AS {name} WITH {fact}, {name}"
            f" WHERE {fact}[{name}] IS NOT NULL"
            f" RETURN {{field: {name}, value: toString({fact}[{name}]), {sources}}}"
            f" ORDER BY {name}, {fact}.rank, coalesce({fact}.validFrom, '') }}"
        )

    def _shown_fields(self) -> str:
        """A list expression of the fields that the row shows."""
        groups: dict[str, list[str]] = {}
        for field in self._writer.catalogue.nodes[self._pick.type].fields:
            groups.setdefault(self._shown(field), []).append(field)
        groups.pop("false", None)
        lists = [
            self._writer.bind(names)
            if guard == "true"
            else f"CASE WHEN {guard} THEN {self._writer.bind(names)} ELSE [] END"
            for guard, names in groups.items()
        ]
        return f"({' + '.join(lists)})" if lists else "[]"

    def _edges(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for key, pick in self._pick.edges.items():
            relationship = pick.edge.relationship.name
            guard = self._shown(pick.edge.name, pick.moment, relationship)
            if guard != "false":
                found[key] = edges.page(self._writer, pick, self._row, guard)
        return found


def _asked_by(held: Held, node: Node, row: str) -> str:
    """The number by which the department that holds rows knows this one; null where it does not."""
    first, *_ = held.schemes
    schemes = ", ".join(f"'{scheme}'" for scheme in held.schemes)
    return (
        f"CASE WHEN coalesce({row}.{node.scheme_field}, '{first}') IN [{schemes}]"
        f" THEN {row}.{node.identifier} END"
    )


def stated(writer: Writer, type_name: str, row: str, pick: ScalarPick, wanted: str) -> str:
    """Of the statement that gives the row's field its value at a moment, what is wanted of it.

    `wanted` is an expression over the statement {0}.
    """
    check_moment(pick.moment)
    fact = writer.variable("s")
    where = conjunction(f"{fact}.{pick.field} IS NOT NULL", held(writer, pick.moment, fact))
    return (
        f"head(COLLECT {{ MATCH ({row})<-[:ABOUT]-({fact}:Statement){where}"
        f" RETURN {wanted.replace('{0}', fact)}"
        f" ORDER BY {_precedence(writer, type_name, pick.field, fact)}"
        f"{_PREFERRED.format(fact)} LIMIT 1 }})"
    )


def _precedence(writer: Writer, type_name: str, field: str, fact: str) -> str:
    """The field's own order of registers, before that of their ranks."""
    first = writer.catalogue.nodes[type_name].fields[field].precedence
    if not first:
        return ""
    ways = " ".join(f"WHEN '{register}' THEN {n}" for n, register in enumerate(first))
    return f"CASE {fact}.register {ways} ELSE {len(first)} END, "
