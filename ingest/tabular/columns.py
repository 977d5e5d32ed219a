"""The columns of one row: required, in form, converted."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from graph.catalogue import Catalogue
from graph.facts import Value
from ingest.records import Problem
from ingest.tabular.declaration import CodeList, TableMapping
from ingest.tabular.unfit import Unfit
from ingest.tabular.values import Convert, converter

# Controls except tab and line ends, carriage returns alone, and halves of characters.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]|\r(?!\n)")
SHOWN_MAX = 200
_NOTHING = (0, None)


@dataclass(slots=True)
class Row:
    """A row as far as it was read: stripped texts and values by column; absent where empty."""

    number: int
    texts: dict[str, str] = field(default_factory=dict[str, str])
    values: dict[str, Value] = field(default_factory=dict[str, Value])
    refused: list[Problem] = field(default_factory=list[Problem])
    set_aside: list[Problem] = field(default_factory=list[Problem])

    def fault(self, column: str, code: str, reason: str, leave_out: bool = False) -> None:
        """Note what is wrong with a column; what is left out has no value any more."""
        shown = self.texts.get(column, "")[:SHOWN_MAX]
        found = Problem(self.number, column, shown, code, reason)
        (self.set_aside if leave_out else self.refused).append(found)
        self.values.pop(column, None)

    def is_faulty(self, column: str) -> bool:
        """Whether the row is refused for this column."""
        return any(problem.field == column for problem in self.refused)


class Columns:
    """The declared columns, ready to read rows with."""

    def __init__(
        self, mapping: TableMapping, model: Catalogue, tables: Callable[[str], CodeList]
    ) -> None:
        self._known = {*mapping.columns, *mapping.ignored}
        self._declared = mapping.columns
        self._required = {name for name, c in mapping.columns.items() if c.required}
        self._plan: dict[str, tuple[int, Convert | None]] = {
            name: (c.longest, converter(c, model, tables, mapping.file.zone))
            for name, c in mapping.columns.items()
        }

    def read(self, number: int, raw: Mapping[str, Any], only: frozenset[str] | None = None) -> Row:
        """Texts and values of a row; of `only` some columns where that is given."""
        row = self._row(number, raw)
        if not raw.keys() <= self._known:
            self._refuse_unknown(row, raw)
        if not "".join(row.texts.values()).isprintable():
            self._refuse_unprintable(row)
        if only is not None:
            row.texts = {name: text for name, text in row.texts.items() if name in only}
        self._convert(row)
        for name in self._required - row.texts.keys():
            if (only is None or name in only) and not row.is_faulty(name):
                row.fault(name, "VALUE_MISSING", "the column is required")
        return row

    def _row(self, number: int, raw: Mapping[str, Any]) -> Row:
        try:
            return Row(number, {n: text for n, value in raw.items() if (text := value.strip())})
        except AttributeError:
            row = Row(number)
        for name, value in raw.items():
            if isinstance(value, str):
                if text := value.strip():
                    row.texts[name] = text
            elif value is not None and name in self._declared:
                self._take_typed(row, name, value)
        return row

    def _convert(self, row: Row) -> None:
        plan, values = self._plan, row.values
        faulty = {problem.field for problem in row.refused}
        for name, text in row.texts.items():
            longest, convert = plan.get(name, _NOTHING)
            if name in faulty or not longest:
                continue
            try:
                if len(text) > longest:
                    raise Unfit("VALUE_INVALID", f"longer than {longest} characters")
                values[name] = text if convert is None else convert(text)
            except Unfit as unfit:
                row.fault(name, unfit.code, unfit.reason, self.left_out(name))

    def left_out(self, name: str) -> bool:
        """Whether a faulty value is left out of its record."""
        return self._declared[name].faulty == "leave-out"

    def _refuse_unknown(self, row: Row, raw: Mapping[str, Any]) -> None:
        for name in sorted(raw.keys() - self._known):
            close = get_close_matches(name, self._known, n=1)
            guess = f"; did you mean {close[0]!r}?" if close else ""
            row.fault(name, "VALUE_INVALID", f"the mapping has no such column{guess}")

    def _take_typed(self, row: Row, name: str, value: Any) -> None:
        column = self._declared[name]
        if isinstance(value, bool) and column.codes is not None:
            row.texts[name] = str(value).lower()
        elif isinstance(value, int | float) and column.number is not None:
            row.texts[name] = f"{Decimal(repr(value)):f}"
        else:
            row.fault(name, "VALUE_INVALID", f"is {_type_of(value)}, not text")

    def _refuse_unprintable(self, row: Row) -> None:
        for name, text in list(row.texts.items()):
            if found := _UNPRINTABLE.search(text):
                shown = text.encode("unicode_escape").decode()
                row.texts[name] = shown
                reason = f"has a character that is none of text, U+{ord(found.group()):04X}"
                if name in self._declared:
                    row.fault(name, "VALUE_INVALID", reason)


def _type_of(value: object) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    return "a list" if isinstance(value, list) else "an object"
