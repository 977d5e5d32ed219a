"""Rows of one node type as a Cypher map: fields, facts and edges, each under its condition.

The map holds `_id`, `_type`, a boolean per residual condition (`_c0`, …), and a value per pick.
`graph.answer` reads it back with the same `residuals`.
"""

from __future__ import annotations

from collections.abc import Mapping

from graph.conditions import ALWAYS, NEVER, Condition
from graph.cypher import edges
from graph.cypher.predicates import check_moment, condition, held
from graph.cypher.writer import Writer, conjunction
from graph.decision import Decision
from graph.selection import Moment, ScalarPick, TypePick

_PREFERRED = "ORDER BY {0}.rank, coalesce({0}.validFrom, '') DESC"


def coordinates(pick: TypePick) -> list[tuple[str, str]]:
    """Every (type, field) that the pick shows."""
    fields = [scalar.field for scalar in pick.scalars.values()]
    fields += [edge.edge.name for edge in pick.edges.values()]
    if pick.facts:
        fields.append("facts")
    return [(pick.type, field) for field in dict.fromkeys(fields)]


def residuals(
    pick: TypePick, decision: Decision, every_field: bool = False
) -> dict[Condition, str]:
    """Names of the conditions that only the row can settle, in a fixed order."""
    shown = coordinates(pick)
    if every_field:
        shown += [c for c in decision.clear if c[0] == pick.type]
    found = dict.fromkeys(decision.clear[c].condition for c in shown if c in decision.clear)
    found = {c: "" for c in found if c not in (ALWAYS, NEVER)}
    return {c: f"_c{number}" for number, c in enumerate(found)}


class RowWriter:
    """Writes the map of one row variable."""

    def __init__(self, writer: Writer, pick: TypePick, variable: str) -> None:
        self._writer = writer
        self._pick = pick
        self._row = variable
        names = residuals(pick, writer.decision, every_field=bool(pick.facts))
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

    def guard(self, field: str) -> str:
        """The boolean that the field waits for: 'true', 'false' or a variable."""
        part = self._writer.decision.field(self._pick.type, field).condition
        if part in (ALWAYS, NEVER):
            return "true" if part == ALWAYS else "false"
        return self._guards[part][1]

    def _scalars(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for key, pick in self._pick.scalars.items():
            guard = self.guard(pick.field)
            if guard != "false":
                value = self._value(pick)
                found[key] = value if guard == "true" else f"CASE WHEN {guard} THEN {value} END"
        return found

    def _value(self, pick: ScalarPick) -> str:
        if pick.moment.is_now:
            return f"{self._row}.{pick.field}"
        check_moment(pick.moment)
        fact = self._writer.variable("s")
        where = conjunction(
            f"{fact}.{pick.field} IS NOT NULL", held(self._writer, pick.moment, fact)
        )
        return (
            f"head(COLLECT {{ MATCH ({self._row})<-[:ABOUT]-({fact}:Statement){where}"
            f" RETURN {fact}.{pick.field} {_PREFERRED.format(fact)} LIMIT 1 }})"
        )

    def _facts(self) -> Mapping[str, str]:
        return {key: self._fact_list(moment) for key, moment in self._pick.facts.items()}

    def _fact_list(self, moment: Moment) -> str:
        check_moment(moment)
        fact = self._writer.variable("s")
        name = self._writer.variable("f")
        where = conjunction(self.guard("facts"), held(self._writer, moment, fact))
        sources = ", ".join(f"{f}: {fact}.{f}" for f in self._writer.catalogue.provenance)
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
            groups.setdefault(self.guard(field), []).append(field)
        groups.pop("false", None)
        lists = [
            self._writer.bind(names)
            if guard == "true"
            else f"CASE WHEN {guard} THEN {self._writer.bind(names)} ELSE [] END"
            for guard, names in groups.items()
        ]
        return f"({' + '.join(lists)})" if lists else "[]"

    def _edges(self) -> Mapping[str, str]:
        return {
            key: edges.page(self._writer, pick, self._row, self.guard(pick.edge.name))
            for key, pick in self._pick.edges.items()
            if self.guard(pick.edge.name) != "false"
        }
