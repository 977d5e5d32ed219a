"""Whether a mapping fits itself and the model: columns, types, fields, kinds, codes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches

from graph.catalogue import Catalogue
from graph.declarations import Field
from ingest.identifiers import SCHEMES
from ingest.registers import registers
from ingest.tabular.dates import date_pattern
from ingest.tabular.declaration import (
    CodeList,
    Column,
    Condition,
    Constant,
    Key,
    Link,
    Node,
    Stated,
    TableMapping,
)
from runtime.errors import CitizengraphError

PLACE = re.compile(r"\{([^{}]*)\}")


def problems(
    mapping: TableMapping, model: Catalogue, tables: Callable[[str], CodeList]
) -> list[str]:
    """What does not fit, each with the place in the mapping; empty if all fits."""
    return list(_Check(mapping, model, tables).all())


class _Check:
    def __init__(
        self, mapping: TableMapping, model: Catalogue, tables: Callable[[str], CodeList]
    ) -> None:
        self._mapping = mapping
        self._model = model
        self._tables = tables

    def all(self) -> Iterator[str]:
        mapping = self._mapping
        yield from _known("register", mapping.register_, registers())
        for name, column in mapping.columns.items():
            yield from self._column(f"columns.{name}", column)
        for name in mapping.ignored:
            if name in mapping.columns:
                yield f"ignored: {name!r} is a column of the mapping"
        yield from self._settings()
        for name, node in mapping.nodes.items():
            yield from self._node(f"nodes.{name}", node)
        for number, link in enumerate(mapping.links):
            yield from self._link(f"links.{number}", link)

    def _column(self, where: str, column: Column) -> Iterator[str]:
        if len(column.kinds) > 1:
            yield f"{where}: has more than one of {', '.join(column.kinds)}"
        if column.required and (column.optional or column.faulty == "leave-out"):
            yield f"{where}: is required, so it is neither optional nor left out when faulty"
        if isinstance(column.codes, str):
            yield from _known(f"{where}.codes", column.codes, self._model.codes)
        if column.identifier is not None:
            yield from _known(f"{where}.identifier", column.identifier, SCHEMES)
        yield from self._texts(where, column)

    def _texts(self, where: str, column: Column) -> Iterator[str]:
        try:
            re.compile(column.pattern or "")
            for form in column.date:
                date_pattern(form)
            if column.table is not None:
                self._tables(column.table)
        except (re.error, ValueError) as error:
            yield f"{where}: {error}"
        except CitizengraphError as error:
            yield f"{where}.table: {error.message} {error.hint}"

    def _settings(self) -> Iterator[str]:
        mapping = self._mapping
        if not PLACE.search(mapping.record):
            yield "record: names no {column}"
        yield from self._template("record", mapping.record)
        yield from self._template("citation", mapping.citation or "")
        yield from self._of_kind("recorded", mapping.recorded, "time")
        if mapping.operation is not None:
            yield from self._named("operation.column", mapping.operation.column)
        if mapping.own is not None:
            yield from _known("own", mapping.own, mapping.nodes)
        yield from self._valid("valid", mapping)

    def _template(self, where: str, text: str) -> Iterator[str]:
        for name in PLACE.findall(text):
            yield from self._named(where, name)

    def _named(self, where: str, column: str) -> Iterator[str]:
        yield from _known(where, column, self._mapping.columns)

    def _of_kind(self, where: str, name: str | None, kind: str) -> Iterator[str]:
        if name is None:
            return
        column = self._mapping.columns.get(name)
        if column is None:
            yield from self._named(where, name)
        elif not getattr(column, kind):
            yield f"{where}: column {name!r} has no `{kind}`"

    def _valid(self, where: str, part: TableMapping | Node | Link) -> Iterator[str]:
        if part.valid is not None:
            yield from self._of_kind(f"{where}.from", part.valid.from_, "date")
            yield from self._of_kind(f"{where}.to", part.valid.to, "date")

    def _condition(self, where: str, condition: Condition | None) -> Iterator[str]:
        if condition is not None:
            name = condition if isinstance(condition, str) else condition.column
            yield from self._named(where, name)

    def _node(self, where: str, node: Node) -> Iterator[str]:
        declared = self._model.nodes.get(node.type)
        if declared is None:
            yield from _known(f"{where}.type", node.type, self._model.nodes)
        else:
            yield from self._fields(f"{where}.fields", node.fields, declared.fields)
        if isinstance(node.key, Key):
            yield from self._key(f"{where}.key", node.key)
        yield from self._condition(f"{where}.when", node.when)
        yield from self._valid(f"{where}.valid", node)

    def _key(self, where: str, key: Key) -> Iterator[str]:
        yield from self._named(f"{where}.column", key.column)
        close = get_close_matches(key.scheme, SCHEMES, n=1, cutoff=0.7)
        if key.scheme not in SCHEMES and close:
            yield f"{where}.scheme: {key.scheme!r} is close to {close[0]!r} and not checked"

    def _link(self, where: str, link: Link) -> Iterator[str]:
        ends = (("from", link.from_), ("to", link.to))
        for side, name in ends:
            yield from _known(f"{where}.{side}", name, self._mapping.nodes)
        declared = self._model.relationships.get(link.relationship)
        if declared is None:
            known = self._model.relationships
            yield from _known(f"{where}.relationship", link.relationship, known)
            return
        yield from _known(f"{where}.kind", link.kind, declared.types)
        for (side, name), types in zip(ends, (declared.origin, declared.to), strict=True):
            node = self._mapping.nodes.get(name)
            if node is not None and node.type not in types:
                yield f"{where}.{side}: {link.relationship} does not have {node.type} there"
        yield from self._fields(f"{where}.fields", link.fields, declared.fields)
        yield from self._condition(f"{where}.when", link.when)
        yield from self._valid(f"{where}.valid", link)

    def _fields(
        self, where: str, fields: Mapping[str, str | Stated], declared: Mapping[str, Field]
    ) -> Iterator[str]:
        for name, stated in fields.items():
            field, place = declared.get(name), f"{where}.{name}"
            if field is None:
                yield from _known(place, name, declared)
            elif isinstance(stated, Stated):
                yield from self._condition(f"{place}.when", stated.when)
                yield from self._constants(place, field, [stated.constant])
            elif stated not in self._mapping.columns:
                yield from self._named(place, stated)
            else:
                yield from self._fits(place, field, stated)

    def _fits(self, place: str, field: Field, name: str) -> Iterator[str]:
        column = self._mapping.columns[name]
        if isinstance(column.codes, Mapping):
            yield from self._constants(place, field, column.codes.values())
        elif (column.codes or "") != (field.codes or ""):
            yield f"{place}: takes codes {field.codes}, column {name!r} has {column.codes}"
        elif _scalar(column) != (field.type or ""):
            yield f"{place}: is {field.type}, column {name!r} gives {_scalar(column)}"

    def _constants(self, place: str, field: Field, values: Iterable[Constant]) -> Iterator[str]:
        for value in values:
            if field.codes is not None:
                yield from _known(place, str(value), self._model.codes[field.codes].values)
            elif not _of_scalar(field.type or "", value):
                yield f"{place}: is {field.type}, which {value!r} is not"


def _scalar(column: Column) -> str:
    """The model's scalar that the column's values are."""
    if column.codes is not None:
        return ""
    if column.number is not None:
        return "Int" if column.number.integer else "Float"
    return "PartialDate" if column.date else "DateTime" if column.time else "String"


def _of_scalar(scalar: str, value: Constant) -> bool:
    if scalar == "Boolean" or isinstance(value, bool):
        return scalar == "Boolean" and isinstance(value, bool)
    if isinstance(value, str):
        return scalar not in ("Int", "Float")
    return scalar == "Float" or (scalar == "Int" and isinstance(value, int))


def _known(where: str, name: str, known: Iterable[str]) -> Iterator[str]:
    names = list(known)
    if name not in names:
        close = get_close_matches(name, names, n=1)
        guess = f", did you mean {close[0]!r}?" if close else ""
        yield f"{where}: there is no {name!r}{guess}"
