"""Whether a fact fits the model: its type, ends, fields, values, dates and register."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import isfinite

from graph.catalogue import Catalogue
from graph.declarations import Field
from graph.facts import EdgeFact, Fact, NodeFact, Source, Value
from ingest.identifiers import is_day
from ingest.registers import registers
from runtime.errors import CitizengraphError

PARTIAL_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", re.ASCII)
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)
_HINT = "Correct the source or the mapping that made the fact; graph/model/ declares what fits."

INTEGER_MAX = 2**63 - 1

Test = Callable[[Value], bool]


@dataclass(frozen=True, slots=True)
class Misfit:
    """What of a fact does not fit: a code of rules.yaml, "Type.field", the value, and words."""

    code: str
    field: str
    value: str
    words: str


class FactChecker:
    """Checks facts against one model."""

    def __init__(self, model: Catalogue) -> None:
        self._model = model
        self._nodes = {n: _tests(model, d.fields) for n, d in model.nodes.items()}
        self._edges = {n: _tests(model, d.fields) for n, d in model.relationships.items()}

    def check(self, fact: Fact) -> None:
        """Raise SOURCE_INVALID, naming record, field and value, unless the fact fits."""
        misfit = self.unfit(fact)
        if misfit is not None:
            source = fact.source
            raise invalid(f"Record {source.record!r} of {source.register!r}: {misfit.words}.")

    def unfit(self, fact: Fact) -> Misfit | None:
        """What does not fit, the recorded times included; None if all does."""
        return self.misfit(fact) or _recorded_misfit(fact.source)

    def misfit(self, fact: Fact) -> Misfit | None:
        """What does not fit, None if all does. The recorded times are not looked at."""
        if isinstance(fact, NodeFact):
            name, tests = fact.type, self._nodes.get(fact.type)
            if tests is None:
                return _no_fact(name, f"the model has no node type {name!r}")
        else:
            name, tests = fact.relationship, self._edges.get(fact.relationship)
            if tests is None:
                return _no_fact(name, f"the model has no relationship {name!r}")
            if misfit := self._ends_misfit(fact):
                return misfit
        for field, value in fact.fields.items():
            test = tests.get(field)
            if test is None or not test(value):
                return self._field_misfit(fact, name, field, value)
        return _source_misfit(name, fact.source)

    def _ends_misfit(self, fact: EdgeFact) -> Misfit | None:
        relationship = self._model.relationships[fact.relationship]
        if fact.kind not in relationship.types:
            return _no_fact(fact.relationship, f"{fact.relationship} has no kind {fact.kind!r}")
        if fact.from_type not in relationship.origin or fact.to_type not in relationship.to:
            ends = f"{fact.from_type} to {fact.to_type}"
            return _no_fact(fact.relationship, f"{fact.relationship} does not lead from {ends}")
        return None

    def _field_misfit(self, fact: Fact, name: str, field: str, value: Value) -> Misfit:
        """The same test again, to say what it found."""
        declared = self._model.nodes if isinstance(fact, NodeFact) else self._model.relationships
        where, of = f"{name}.{field}", declared[name].fields.get(field)
        if of is None:
            return Misfit("FACT_INVALID", where, str(value), f"{where} is not in the model")
        code = {"PartialDate": "DATE_INVALID"}.get(of.of, "VALUE_INVALID")
        code = "CODE_UNKNOWN" if of.codes else code
        return Misfit(code, where, str(value), f"{where} cannot be {value!r}")


def invalid(message: str) -> CitizengraphError:
    """SOURCE_INVALID with the words."""
    return CitizengraphError("SOURCE_INVALID", message, _HINT)


def _tests(model: Catalogue, fields: Mapping[str, Field]) -> dict[str, Test]:
    return {name: _test(model, field) for name, field in fields.items()}


def _test(model: Catalogue, field: Field) -> Test:
    if field.codes:
        names = frozenset(model.codes[field.codes].values)
        return lambda value: value in names
    scalars: dict[str, Test] = {
        "PartialDate": is_partial_date,
        "Boolean": lambda value: isinstance(value, bool),
        "Int": lambda value: _is_number(value) and isinstance(value, int),
        "Float": _is_number,
    }
    if field.range is not None:
        least, most = field.range
        return lambda value: _is_number(value) and least <= float(value) <= most
    return scalars.get(field.of, _is_text)


def _is_number(value: Value) -> bool:
    """A number that can be stored."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return isfinite(value) and (isinstance(value, float) or abs(value) <= INTEGER_MAX)


def _is_text(value: Value) -> bool:
    """Text that can be written; half a surrogate pair cannot."""
    if not isinstance(value, str):
        return False
    if value.isascii():
        return True
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(maxsize=100_000)
def is_partial_date(value: Value) -> bool:
    """Year, year-month or a day of the calendar."""
    if not isinstance(value, str) or PARTIAL_DATE.fullmatch(value) is None:
        return False
    return len(value) < 10 or is_day(value)


@lru_cache(maxsize=100_000)
def _is_time(value: str) -> bool:
    return TIME.fullmatch(value) is not None


def _no_fact(name: str, words: str) -> Misfit:
    return Misfit("FACT_INVALID", name, "", words)


def _source_misfit(name: str, source: Source) -> Misfit | None:
    if source.register not in registers():
        known = ", ".join(registers())
        return _no_fact(name, f"register {source.register!r} is none of {known}")
    for field, date in (("validFrom", source.valid_from), ("validTo", source.valid_to)):
        if date is not None and not is_partial_date(date):
            words = f"{date!r} is not a date such as 1984, 1984-05 or 1984-05-17"
            return Misfit("DATE_INVALID", f"{name}.{field}", date, words)
    return None


def _recorded_misfit(source: Source) -> Misfit | None:
    for field, time in (
        ("recordedFrom", source.recorded_from),
        ("recordedTo", source.recorded_to),
    ):
        if time is not None and not _is_time(time):
            words = f"{time!r} is not a time such as 2026-11-23T08:00:00Z"
            return Misfit("DATE_INVALID", field, time, words)
    return None
