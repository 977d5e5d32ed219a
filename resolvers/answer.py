"""Fetched maps as rows for GraphQL, and at the same time the account of what they disclose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.catalogue import Catalogue
from graph.problems import BadArgument
from graph.selection import (
    EdgePick,
    ListPick,
    LookupPick,
    TypePick,
)
from resolvers import custody, held, relatives_of, residents
from resolvers.arguments import cursor
from resolvers.custody import Holding
from resolvers.disclosed import Disclosed, sought
from resolvers.questions import Question, QuestionRows
from resolvers.reading import LinkField, LinkReader, Reader, Readers, Way, open_to
from resolvers.relatives_of import Gathering
from resolvers.residents import Residents
from resolvers.rows import DENIED, UNCONSENTED, Masked, Row, Unanswered

Map = Mapping[str, Any]
Asked = Question | Gathering | Holding | Residents


@dataclass(slots=True)
class Account:
    """Fields of one row: shown, denied, masked as `field:mask`."""

    shown: list[str]
    denied: list[str] = field(default_factory=list[str])
    masked: list[str] = field(default_factory=list[str])


class Answer:
    """Builds the rows of one operation."""

    def __init__(self, catalogue: Catalogue, readers: Readers) -> None:
        self._catalogue = catalogue
        self._readers = readers
        self.disclosed = Disclosed()
        self.entities: dict[tuple[str, str], Row] = {}
        """Rows of `_entities` by root key (alias:type) and id."""
        self.unanswered = False
        """Whether a department that was to be asked did not answer."""

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
        return self._read(self._readers.of(pick), found)

    def _read(self, reader: Reader, found: Map) -> Row:
        account = Account(list(reader.implied(found)))
        data: dict[str, Any] = {"id": found["_id"]}
        for key, name, way in reader.scalars:
            value = found.get(key)
            if key in reader.pick.held:
                data[key] = self._held(name, way, found, value, account)
            else:
                data[key] = _shown(name, way, found, value, account)
        for key, way in reader.facts:
            stated: list[dict[str, Any]] = found.get(key) or []
            data[key] = _shown("facts", way, found, _facts(stated), account)
            for name in dict.fromkeys(str(fact["field"]) for fact in stated):
                _shown(name, reader.stated(name), found, None, account)
        for key, edge, way in reader.edges:
            page = (
                self._edge_page(edge, found.get(key) or []) if open_to(way.whole, found) else None
            )
            data[key] = _shown(edge.edge.name, way, found, page, account)
        kind = reader.pick.type
        self.disclosed.add(kind, found["_id"], account.shown, account.denied, account.masked)
        return Row(kind, data)

    def _held(self, name: str, way: Way, found: Map, value: Any, account: Account) -> Any:
        """What the department gave; of one that did not answer nothing is accounted for."""
        if isinstance(value, Unanswered):
            self.unanswered = True
            return value
        shown = _shown(name, way, found, value, account)
        return held.rows(shown, self.disclosed) if isinstance(shown, held.Held) else shown

    def _edge_page(self, pick: EdgePick, maps: list[Map]) -> Row:
        reader = self._readers.link(pick)
        rows = [self._edge(reader, found) for found in maps[: pick.page.first]]
        more = len(maps) > pick.page.first
        return _connection(reader.relationship.name, rows, more, pick.page.after is not None)

    def _edge(self, reader: LinkReader, found: Map) -> Row:
        pick, node, link = reader.pick, found["node"], found["edge"]
        target = pick.targets.get(node["_type"])
        rows = self._readers.of(target) if target else self._readers.bare(node["_type"])
        data = {"cursor": cursor(found["cursor"]), "node": self._read(rows, node)}
        account = Account(["kind"] if pick.kinds and "kind" not in pick.fields else [])
        for part in reader.fields:
            data[part.name] = _of_link(reader, part, link, account)
        name = reader.relationship.name
        self.disclosed.add(name, str(link["_id"]), account.shown, account.denied, account.masked)
        return Row(name, data)

    def _person(self, wanted: TypePick, read: TypePick, found: Map) -> Row:
        """A row of what is wanted, out of a map that was read for more than that."""
        return self._read(self._readers.of(wanted, read), found)


def _shown(field: str, way: Way, found: Map, value: Any, account: Account) -> Any:
    """The value as the row shows it, and a note of that."""
    if open_to(way.whole, found):
        account.shown.append(field)
        return value
    mask = way.mask(found)
    if mask:
        account.masked.append(f"{field}:{mask}")
        return Masked(value, mask)
    account.denied.append(field)
    return UNCONSENTED if open_to(way.lacking, found) else DENIED


def _of_link(reader: LinkReader, part: LinkField, link: Map, account: Account) -> Any:
    """The link's own field as it shows it, and a note of that."""
    told = link["_told"] or not part.tells
    if told and part.shown:
        account.shown.append(part.name)
        value = link[part.name]
        return reader.kinds[str(value).removesuffix("_FACT")] if part.name == "kind" else value
    if told and part.mask:
        account.masked.append(f"{part.name}:{part.mask}")
        return Masked(link[part.name], part.mask)
    account.denied.append(part.name)
    return DENIED


def _facts(stated: list[dict[str, Any]]) -> list[Row]:
    return [Row("Fact", fact) for fact in stated]


def _connection(name: str, rows: Iterable[Row], more: bool, behind: bool) -> Row:
    edges = list(rows)
    info = {
        "hasNextPage": more,
        "hasPreviousPage": behind,
        "startCursor": edges[0].data["cursor"] if edges else None,
        "endCursor": edges[-1].data["cursor"] if edges else None,
    }
    return Row(f"{name}Connection", {"edges": edges, "pageInfo": Row("PageInfo", info)})
