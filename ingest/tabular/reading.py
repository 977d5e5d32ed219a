"""One row to what it says: problems, or the version of its record."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

from graph.catalogue import Catalogue
from ingest.records import Problem, Reading, Remark, Unit, Version
from ingest.tabular.broken import why_broken
from ingest.tabular.checks import PLACE
from ingest.tabular.columns import Columns, Row
from ingest.tabular.declaration import CodeList, Key, TableMapping
from ingest.tabular.statements import Keying, Keys, Statements


class RowReader:
    """Reads rows by one mapping. Everything that a row says depends on the row alone."""

    def __init__(
        self, mapping: TableMapping, model: Catalogue, tables: Callable[[str], CodeList]
    ) -> None:
        self._mapping = mapping
        self._columns = Columns(mapping, model, tables)
        self._record = _Template(mapping.record)
        self._citation = _Template(mapping.citation) if mapping.citation else None
        self._keyings = [(n, Keying(n, node, mapping)) for n, node in mapping.nodes.items()]
        self._statements = Statements(mapping)
        deleting = {*self._record.columns, *filter(None, [mapping.recorded])}
        self._deleting = frozenset(deleting)

    def read(self, unit: Unit) -> Reading:
        """What the row says."""
        raw = cast("dict[str, Any]", unit.raw)
        if "row" not in raw:
            return Reading("", refused=(Problem(unit.row, "", *why_broken(raw)),))
        deletes = self._deletes(raw["row"])
        row = self._columns.read(unit.row, raw["row"], self._deleting if deletes else None)
        if deletes is None:
            self._refuse_operation(row)
        record = self._record.fill(row)
        if record is None:
            self._refuse_unnamed(row)
        elif deletes and not row.refused:
            return Reading(record, (Version(self._recorded(row), ()),))
        elif not deletes:
            return self._stating(row, record)
        return Reading(record or "", refused=tuple(row.refused))

    def _stating(self, row: Row, record: str) -> Reading:
        own = f"{self._mapping.register_}:{record}"
        keys: Keys = {}
        for name, keying in self._keyings:
            if (key := keying(row, own)) is not None:
                keys[name] = key
        if row.refused:
            return Reading(record, refused=tuple(row.refused))
        citation = self._citation.fill(row) if self._citation else None
        facts = self._statements.facts(row, record, keys, citation)
        if not facts:
            row.fault("", "VALUE_MISSING", "the row states nothing")
            return Reading(record, refused=tuple(row.refused))
        versions = (Version(self._recorded(row), facts),)
        aside = tuple(row.set_aside)
        return Reading(record, versions, (), aside, self._remarks(row), self._own(keys))

    def _own(self, keys: Keys) -> tuple[str, str] | None:
        name = self._mapping.own
        return (self._mapping.nodes[name].type, keys[name]) if name in keys and name else None

    def _remarks(self, row: Row) -> tuple[Remark, ...]:
        name = self._mapping.own
        key = self._mapping.nodes[name].key if name else "record"
        if not isinstance(key, Key) or key.column in row.values:
            return ()
        return (Remark("NUMBER_MISSING", f"column {key.column} is empty"),)

    def _recorded(self, row: Row) -> str | None:
        return cast("str | None", row.values.get(self._mapping.recorded or ""))

    def _deletes(self, raw: dict[str, Any]) -> bool | None:
        """Whether the row deletes its record; None where the operation is none that is declared."""
        operation = self._mapping.operation
        if operation is None:
            return False
        text = str(raw.get(operation.column) or "").strip()
        if text in operation.delete:
            return True
        return False if not text or text in operation.state else None

    def _refuse_operation(self, row: Row) -> None:
        operation = self._mapping.operation
        if operation is not None:
            known = ", ".join((*operation.state, *operation.delete))
            row.fault(operation.column, "CODE_UNKNOWN", f"none of {known}")

    def _refuse_unnamed(self, row: Row) -> None:
        for name in self._record.columns:
            if name not in row.texts and not row.is_faulty(name):
                row.fault(name, "VALUE_MISSING", "it is part of the record's number")


class _Template:
    """A text with {column} in it."""

    def __init__(self, text: str) -> None:
        self._parts = re.split(PLACE, text)
        self.columns = self._parts[1::2]

    def fill(self, row: Row) -> str | None:
        """The text with the row's values; None where one of them is missing."""
        parts, values = self._parts.copy(), row.values
        for place, name in enumerate(self.columns):
            if (value := values.get(name)) is None:
                return None
            parts[2 * place + 1] = str(value)
        return "".join(parts)
