"""Fetched maps as rows for GraphQL, and at the same time the account of what they disclose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from graph.catalogue import Catalogue
from graph.conditions import ALWAYS, NEVER, Condition
from graph.cypher.rows import residuals
from graph.decision import Decision
from graph.problems import BadArgument
from graph.selection import (
    EdgePick,
    KinshipPick,
    ListPick,
    LookupPick,
    RootPick,
    TypePick,
)
from resolvers import kinship
from resolvers.arguments import cursor
from resolvers.disclosed import Disclosed
from resolvers.rows import DENIED, Row

Map = Mapping[str, Any]


class Answer:
    """Builds the rows of one operation."""

    def __init__(self, catalogue: Catalogue, decision: Decision) -> None:
        self._catalogue = catalogue
        self._decision = decision
        self.disclosed = Disclosed()
        self.entities: dict[tuple[str, str], Row] = {}
        """Rows of `_entities` by root key (alias:type) and id."""
        self._guards: dict[int, Mapping[Condition, str]] = {}

    def root(self, key: str, pick: RootPick, maps: list[Map]) -> Any:
        """The value of one root field."""
        match pick:
            case LookupPick(shape="entities"):
                return self._entities(key, pick, maps)
            case LookupPick():
                return self._lookup(pick, maps)
            case ListPick():
                return self._list(pick, maps)
            case KinshipPick():
                return self._kinship(pick, maps)

    def _entities(self, key: str, pick: LookupPick, maps: list[Map]) -> None:
        for found in maps:
            row = self.row(pick.node, found["row"])
            self.entities[key, row.data["id"]] = row

    def _lookup(self, pick: LookupPick, maps: list[Map]) -> Any:
        by_position: dict[int, list[Map]] = {}
        for found in maps:
            by_position.setdefault(found["position"], []).append(found["row"])
        if pick.shape == "bulk":
            return [self._item(pick, at, by_position.get(at, [])) for at in range(len(pick.values))]
        rows = by_position.get(0, [])
        if len(rows) > 1:
            raise BadArgument(
                f"{pick.field} stands for {len(rows)} records.",
                "Look the person up by id.",
                "NUMBER_AMBIGUOUS",
            )
        return self.row(pick.node, rows[0]) if rows else None

    def _item(self, pick: LookupPick, at: int, rows: list[Map]) -> Row:
        """One item of a bulk look-up: its key, a code, and the row where there is exactly one."""
        code = ("NOT_FOUND", "FOUND", "AMBIGUOUS")[min(len(rows), 2)]
        node = self.row(pick.node, rows[0]) if code == "FOUND" else None
        return Row("Lookup", {"key": pick.values[at], "code": code, "node": node})

    def _list(self, pick: ListPick, maps: list[Map]) -> Row:
        name = f"{pick.node.type}Edge"
        rows = [
            Row(name, {"cursor": cursor(m["cursor"]), "node": self.row(pick.node, m["node"])})
            for m in maps[: pick.page.first]
        ]
        return _connection(name, rows, len(maps) > pick.page.first, pick.page.after is not None)

    def row(self, pick: TypePick, found: Map) -> Row:
        """A row with every picked value, or the mark that it is denied."""
        data: dict[str, Any] = {"id": found["_id"]}
        shown: list[str] = []
        denied: list[str] = []
        for key, scalar in pick.scalars.items():
            if self._shows(pick, scalar.field, found):
                data[key] = found.get(key)
                shown.append(scalar.field)
            else:
                data[key] = DENIED
                denied.append(scalar.field)
        for key in pick.facts:
            self._facts(pick, key, found, data, shown, denied)
        for key, edge in pick.edges.items():
            if self._shows(pick, edge.edge.name, found):
                data[key] = self._edge_page(edge, found.get(key) or [])
                shown.append(edge.edge.name)
            else:
                data[key] = DENIED
                denied.append(edge.edge.name)
        self.disclosed.add(pick.type, found["_id"], shown, denied)
        return Row(pick.type, data)

    def _facts(
        self,
        pick: TypePick,
        key: str,
        found: Map,
        data: dict[str, Any],
        shown: list[str],
        denied: list[str],
    ) -> None:
        if not self._shows(pick, "facts", found):
            data[key] = DENIED
            denied.append("facts")
            return
        stated: list[dict[str, Any]] = found.get(key) or []
        data[key] = [Row("Fact", fact) for fact in stated]
        shown.append("facts")
        shown.extend(dict.fromkeys(str(fact["field"]) for fact in stated))

    def _shows(self, pick: TypePick, field: str, found: Map) -> bool:
        condition = self._decision.field(pick.type, field).condition
        if condition in (ALWAYS, NEVER):
            return condition == ALWAYS
        names = self._guards.get(id(pick))
        if names is None:
            names = residuals(pick, self._decision, every_field=bool(pick.facts))
            self._guards[id(pick)] = names
        return found.get(names[condition]) is True

    def _edge_page(self, pick: EdgePick, maps: list[Map]) -> Row:
        relationship = pick.edge.relationship.name
        rows = [self._edge(pick, relationship, found) for found in maps[: pick.page.first]]
        more = len(maps) > pick.page.first
        return _connection(relationship, rows, more, pick.page.after is not None)

    def _edge(self, pick: EdgePick, relationship: str, found: Map) -> Row:
        node = found["node"]
        target = pick.targets.get(node["_type"]) or TypePick(node["_type"])
        data: dict[str, Any] = {"cursor": cursor(found["cursor"]), "node": self.row(target, node)}
        shown: list[str] = []
        denied: list[str] = []
        for field in sorted(pick.fields):
            allowed = self._decision.field(relationship, field).condition == ALWAYS
            data[field] = self._edge_value(pick, field, found["edge"]) if allowed else DENIED
            (shown if allowed else denied).append(field)
        self.disclosed.add(relationship, str(found["edge"]["_id"]), shown, denied)
        return Row(relationship, data)

    def _edge_value(self, pick: EdgePick, field: str, found: Map) -> Any:
        if field != "kind":
            return found[field]
        stored = str(found[field]).removesuffix("_FACT")
        types = pick.edge.relationship.types
        return next(kind for kind, name in types.items() if name == stored)

    def _kinship(self, pick: KinshipPick, maps: list[Map]) -> Row:
        if len(maps) > 1:
            raise BadArgument(
                "A number stands for several persons.", "Ask by id.", "NUMBER_AMBIGUOUS"
            )
        found = maps[0]
        terms = self._catalogue.answers["KinshipAnswer"].questions[pick.question].terms
        shown = [field for field in sorted(pick.fields) if found["_see"] and found[f"_{field}"]]
        related = kinship.relations(self._catalogue, found["paths"])
        verdict = kinship.verdict(related, terms, found)
        values: dict[str, Any] = dict.fromkeys(pick.fields, DENIED)
        if "answer" in shown:
            values["answer"] = verdict.answer
        if "reason" in shown:
            values["reason"] = verdict.reason
        if "relations" in shown:
            values["relations"] = self._relations(pick, related, found["persons"])
        pair = f"{found['subject']['id']}:{found['relative']['id']}"
        fields = [f"{pick.question}.{field}" for field in shown]
        self.disclosed.add("KinshipAnswer", pair, fields, sorted(pick.fields - set(shown)))
        return Row("KinshipAnswer", values)

    def _relations(
        self, pick: KinshipPick, related: list[kinship.Relation], maps: list[Map]
    ) -> list[Row]:
        persons = {m["_id"]: self.row(pick.persons, m) for m in maps if pick.persons}
        for relation in related if pick.steps else ():
            for step in relation.steps:
                fields = sorted(pick.steps - {"from", "to"})
                self.disclosed.add(self._relationship(step), str(step["_id"]), fields, ())
        return [self._relation(relation, persons) for relation in related]

    def _relation(self, relation: kinship.Relation, persons: Mapping[str, Row]) -> Row:
        steps = [self._step(step, persons) for step in relation.steps]
        return Row(
            "KinshipRelation",
            {
                "term": relation.term,
                "termZh": relation.term_zh,
                "kind": relation.kind,
                "up": relation.up,
                "down": relation.down,
                "current": relation.current,
                "steps": steps,
            },
        )

    def _relationship(self, step: Map) -> str:
        kind = kinship.kind_of(self._catalogue, step)
        return "Marriage" if kind == "MARRIAGE" else "Parenthood"

    def _step(self, step: Map, persons: Mapping[str, Row]) -> Row:
        data = {name: step[name] for name in self._catalogue.provenance}
        data["relationship"] = self._relationship(step)
        data["kind"] = kinship.kind_of(self._catalogue, step)
        data["from"] = persons.get(step["from"])
        data["to"] = persons.get(step["to"])
        return Row("KinshipStep", data)


def _connection(name: str, rows: Iterable[Row], more: bool, behind: bool) -> Row:
    edges = list(rows)
    info = {
        "hasNextPage": more,
        "hasPreviousPage": behind,
        "startCursor": edges[0].data["cursor"] if edges else None,
        "endCursor": edges[-1].data["cursor"] if edges else None,
    }
    return Row(f"{name}Connection", {"edges": edges, "pageInfo": Row("PageInfo", info)})
