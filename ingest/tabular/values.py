"""From the text in a column to the value that is stored."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from graph.catalogue import Catalogue
from graph.facts import Value
from ingest.identifiers import SCHEMES, number_fault
from ingest.tabular.dates import date_reader, time_reader
from ingest.tabular.declaration import CodeList, Column, Number
from ingest.tabular.unfit import Unfit

Convert = Callable[[str], Value]
# Whether a birth date lies in the future is decided with the day of the run, by the record rules.
LAST_DAY = "9999-12-31"
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,9})?")


def converter(
    column: Column, model: Catalogue, tables: Callable[[str], CodeList], zone: str
) -> Convert | None:
    """What makes a value of the column's text; it raises Unfit. None: the text is the value."""
    convert = _kind(column, model, tables, zone)
    if column.pattern is None:
        return convert
    matches, wanted = re.compile(column.pattern).fullmatch, column.pattern

    def checked(text: str) -> Value:
        if matches(text) is None:
            raise Unfit("VALUE_INVALID", f"does not have the form {wanted}")
        return convert(text) if convert else text

    return checked


def _kind(
    column: Column, model: Catalogue, tables: Callable[[str], CodeList], zone: str
) -> Convert | None:
    if column.identifier is not None:
        return _identifier(column.identifier)
    if column.codes is not None:
        return _translation(_stored(column.codes, model))
    if column.table is not None:
        return _translation({code: code for code in tables(column.table).values})
    if column.date:
        return date_reader(column.date)
    if column.number is not None:
        return _number(column.number)
    return time_reader(zone) if column.time else None


def check_number(scheme: str, number: str) -> None:
    """Raise Unfit where the number fails the check of its scheme; other schemes have none."""
    if fault := number_fault(scheme, number, LAST_DAY):
        raise Unfit(fault.code, fault.reason)


def _identifier(scheme: str) -> Convert:
    check = SCHEMES[scheme]

    def identifier(text: str) -> str:
        number = text.upper()
        if fault := check(number, LAST_DAY):
            raise Unfit(fault.code, fault.reason)
        return number

    return identifier


def _stored(codes: str | Mapping[str, Value], model: Catalogue) -> Mapping[str, Value]:
    if not isinstance(codes, str):
        return codes
    return {code.code: name for name, code in model.codes[codes].values.items()}


def _translation(values: Mapping[str, Value]) -> Convert:
    some = ", ".join(list(values)[:8]) + (", …" if len(values) > 8 else "")

    def translate(text: str) -> Value:
        if (value := values.get(text)) is None:
            raise Unfit("CODE_UNKNOWN", f"none of {some}")
        return value

    return translate


def _number(wanted: Number) -> Convert:
    lowest, highest = wanted.minimum, wanted.maximum

    def number(text: str) -> Value:
        if not _NUMBER.fullmatch(text):
            raise Unfit("VALUE_INVALID", "not a number such as 12 or 12.5")
        found = Decimal(text)
        if (lowest is not None and found < lowest) or (highest is not None and found > highest):
            raise Unfit("VALUE_INVALID", f"not {_range(lowest, highest)}")
        found *= wanted.times
        if not wanted.integer:
            return float(found)
        if found != int(found):
            raise Unfit("VALUE_INVALID", "not a whole number")
        return int(found)

    return number


def _range(lowest: float | None, highest: float | None) -> str:
    if highest is None:
        return f"{lowest:g} or more"
    return f"{highest:g} or less" if lowest is None else f"between {lowest:g} and {highest:g}"
