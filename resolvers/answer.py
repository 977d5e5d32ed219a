"""Fetched maps as rows for GraphQL, and at the same time the account of what they disclose."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from graph.catalogue import Catalogue
from graph.conditions import ALWAYS, NEVER, Condition
from graph.cypher.rows import residuals
from graph.decision import Decision, Showing
from graph.declarations import Relationship
from graph.moments import NOW
from graph.problems import BadArgument
from graph.selection import (
    EdgePick,
    ListPick,
    LookupPick,
    TypePick,
)
from resolvers import custody, relatives_of, residents
from resolvers.arguments import cursor
from resolvers.custody import Holding
from resolvers.disclosed import Disclosed, sought
from resolvers.questions import Question, QuestionRows
from resolvers.relatives_of import Gathering
from resolvers.residents import Residents
from resolvers.rows import DENIED, UNCONSENTED, Masked, Row

Map = Mapping[str, Any]
Asked = Question | Gathering | Holding | Residents
_Picked = tuple[str, str, Showing, Callable[[], Any]]


class Answer:
    """Builds the rows of one operation."""

    def __init__(self, catalogue: Catalogue, decision: Decision) -> None:
        self._catalogue = catalogue
        self._decision = decision
        self.disclosed = Disclosed()
        self.entities: dict[tuple[str, str], Row] = {}
        """Rows of `_entities` by root key (alias:type) and id."""
        self._guards: dict[int, Mapping[Condition, str]] = {}

    def asked(self, asked: Asked) -> Row:
        """The derived answer to a question about persons."""
        match asked:
            case Question():
                return QuestionRows(self._catalogue, self.disclosed, self._person).answer(asked)
            case Gathering():
                return relatives_of.answer(asked, self.disclosed, self.row)
            case Holding():
                return custody.answer(self._catalogue, asked, self.disclosed, self.row)
            case Residents():
                return residents.answer(asked, self.disclosed, self.row)

    def root(self, key: str, pick: LookupPick | ListPick, maps: list[Map]) -> Any:
        """The value of one root field that finds rows."""
        match pick:
            case LookupPick(shape="entities"):
                return self._entities(key, pick, maps)
            case LookupPick():
                return self._lookup(pick, maps)
            case ListPick():
                return self._list(pick, maps)

    def _entities(self, key: str, pick: LookupPick, maps: list[Map]) -> None:
        for found in maps:
            row = self.row(pick.node, found["row"])
            self.entities[key, row.data["id"]] = row

    def _lookup(self, pick: LookupPick, maps: list[Map]) -> Any:
        by_position: dict[int, list[Map]] = {}
        for found in maps:
            by_position.setdefault(found["position"], []).append(found["row"])
        for at in range(len(pick.values)):
            if at not in by_position:
                self.disclosed.add(pick.node.type, sought(pick.values[at]), (), ())
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
        """A row with every picked value, whole or masked, or the mark that it is denied."""
        data: dict[str, Any] = {"id": found["_id"]}
        shown = list(self._implied(pick, found))
        denied: list[str] = []
        masked: list[str] = []
        for key, field, showing, value in self._picked(pick, found):
            mask = self._mask(pick, found, showing)
            if self._shows(pick, found, showing.whole):
                data[key] = value()
                shown.append(field)
            elif mask:
                data[key] = Masked(value(), mask)
                masked.append(f"{field}:{mask}")
            else:
                lacking = self._shows(pick, found, showing.lacking)
                data[key] = UNCONSENTED if lacking else DENIED
                denied.append(field)
        self.disclosed.add(pick.type, found["_id"], shown, denied, masked)
        return Row(pick.type, data)

    def _mask(self, pick: TypePick, found: Map, showing: Showing) -> str:
        """The mask that the row asks for where it does not show the field whole; else empty."""
        masks = (mask for mask, when in showing.masked if self._shows(pick, found, when))
        return next(masks, "")

    def _picked(self, pick: TypePick, found: Map) -> Iterator[_Picked]:
        """Key, field, how it is shown, and value of everything that is wanted of the row."""
        decide = self._decision.shown
        for key, scalar in pick.scalars.items():
            showing = self._decision.showing(pick.type, scalar.field, scalar.moment)
            yield key, scalar.field, showing, partial(found.get, key)
        for key, moment in pick.facts.items():
            stated: list[dict[str, Any]] = found.get(key) or []
            when = Showing(decide(pick.type, "facts", moment))
            yield key, "facts", when, partial(_facts, stated)
            for field in dict.fromkeys(str(fact["field"]) for fact in stated):
                when = Showing(decide(pick.type, field, NOW))
                yield f"{key}:{field}", field, when, lambda: None
        for key, edge in pick.edges.items():
            name, relationship = edge.edge.name, edge.edge.relationship.name
            when = Showing(decide(pick.type, name, edge.moment, relationship))
            yield key, name, when, partial(self._edge_page, edge, found.get(key) or [])

    def _shows(self, pick: TypePick, found: Map, condition: Condition) -> bool:
        if condition in (ALWAYS, NEVER):
            return condition == ALWAYS
        if id(pick) not in self._guards:
            self._guards[id(pick)] = residuals(pick, self._decision)
        return found.get(self._guards[id(pick)][condition]) is True

    def _implied(self, pick: TypePick, found: Map) -> Iterator[str]:
        """Fields that the row tells without showing them: its id, and what it was found by."""
        if self._decision.field(pick.type, "id").condition != NEVER:
            yield "id"
        for field in sorted(pick.tested):
            if self._shows(pick, found, self._decision.testable(pick.type, field)):
                yield field

    def _edge_page(self, pick: EdgePick, maps: list[Map]) -> Row:
        relationship = pick.edge.relationship.name
        rows = [self._edge(pick, relationship, found) for found in maps[: pick.page.first]]
        more = len(maps) > pick.page.first
        return _connection(relationship, rows, more, pick.page.after is not None)

    def _edge(self, pick: EdgePick, relationship: str, found: Map) -> Row:
        node = found["node"]
        target = pick.targets.get(node["_type"]) or TypePick(node["_type"])
        data: dict[str, Any] = {"cursor": cursor(found["cursor"]), "node": self.row(target, node)}
        shown = ["kind"] if pick.kinds and "kind" not in pick.fields else []
        denied: list[str] = []
        masked: list[str] = []
        for field in sorted(pick.fields):
            told = found["edge"]["_told"] or not _tells(pick.edge.relationship, field)
            mask = self._decision.mask_of_link(relationship, field)
            if told and self._decision.field(relationship, field).condition == ALWAYS:
                data[field] = self._edge_value(pick, field, found["edge"])
                shown.append(field)
            elif told and mask:
                data[field] = Masked(found["edge"][field], mask)
                masked.append(f"{field}:{mask}")
            else:
                data[field] = DENIED
                denied.append(field)
        self.disclosed.add(relationship, str(found["edge"]["_id"]), shown, denied, masked)
        return Row(relationship, data)

    def _edge_value(self, pick: EdgePick, field: str, found: Map) -> Any:
        if field != "kind":
            return found[field]
        stored = str(found[field]).removesuffix("_FACT")
        types = pick.edge.relationship.types
        return next(kind for kind, name in types.items() if name == stored)

    def _person(self, wanted: TypePick, read: TypePick, found: Map) -> Row:
        """A row of what is wanted, out of a map that was read for more than that."""
        self._guards[id(wanted)] = residuals(read, self._decision)
        return self.row(wanted, found)


def _facts(stated: list[dict[str, Any]]) -> list[Row]:
    return [Row("Fact", fact) for fact in stated]


def _tells(relationship: Relationship, field: str) -> bool:
    return relationship.reveals is not None and field in relationship.reveals.by


def _connection(name: str, rows: Iterable[Row], more: bool, behind: bool) -> Row:
    edges = list(rows)
    info = {
        "hasNextPage": more,
        "hasPreviousPage": behind,
        "startCursor": edges[0].data["cursor"] if edges else None,
        "endCursor": edges[-1].data["cursor"] if edges else None,
    }
    return Row(f"{name}Connection", {"edges": edges, "pageInfo": Row("PageInfo", info)})
