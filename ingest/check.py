"""Whether a fact fits the model: its type, ends, fields, values, dates and register."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from graph.catalogue import Catalogue
from graph.declarations import Field
from graph.facts import EdgeFact, Fact, NodeFact, Source, Value
from ingest.registers import registers
from runtime.errors import CitizengraphError

PARTIAL_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_HINT = "Correct the source or the mapping that made the fact; graph/model/ declares what fits."

Test = Callable[[Value], bool]


class FactChecker:
    """Checks facts against one model. Raises SOURCE_INVALID naming record, field and value."""

    def __init__(self, model: Catalogue) -> None:
        self._model = model
        self._nodes = {n: _tests(model, d.fields) for n, d in model.nodes.items()}
        self._edges = {n: _tests(model, d.fields) for n, d in model.relationships.items()}

    def check(self, fact: Fact) -> None:
        """Raise unless the fact fits."""
        if isinstance(fact, NodeFact):
            tests = self._nodes.get(fact.type)
            if tests is None:
                raise invalid(f"{fact.key}: the model has no node type {fact.type!r}.")
            name = fact.type
        else:
            tests = self._edges.get(fact.relationship)
            if tests is None:
                raise invalid(f"The model has no relationship {fact.relationship!r}.")
            self._check_ends(fact)
            name = fact.relationship
        _check_fields(name, fact, tests)
        _check_source(name, fact.source)

    def _check_ends(self, fact: EdgeFact) -> None:
        relationship = self._model.relationships[fact.relationship]
        if fact.kind not in relationship.types:
            raise invalid(f"{fact.relationship} has no kind {fact.kind!r}.")
        if fact.from_type not in relationship.origin or fact.to_type not in relationship.to:
            ends = f"{fact.from_type} to {fact.to_type}"
            raise invalid(f"{fact.relationship} does not lead from {ends}.")


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
        "Int": lambda value: isinstance(value, int) and not isinstance(value, bool),
        "Float": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    }
    return scalars.get(field.of, lambda value: isinstance(value, str))


@lru_cache(maxsize=100_000)
def is_partial_date(value: Value) -> bool:
    """Year, year-month or full date."""
    return isinstance(value, str) and PARTIAL_DATE.fullmatch(value) is not None


@lru_cache(maxsize=100_000)
def _is_time(value: str) -> bool:
    return TIME.fullmatch(value) is not None


def _check_fields(name: str, fact: Fact, tests: Mapping[str, Test]) -> None:
    for field, value in fact.fields.items():
        test = tests.get(field)
        where = f"Record {fact.source.record!r} of {fact.source.register!r}: {name}.{field}"
        if test is None:
            raise invalid(f"{where} is not in the model.")
        if not test(value):
            raise invalid(f"{where} cannot be {value!r}.")


def _check_source(name: str, source: Source) -> None:
    where = f"Record {source.record!r} of {name}"
    if source.register not in registers():
        known = ", ".join(registers())
        raise invalid(f"{where}: register {source.register!r} is none of {known}.")
    for date in (source.valid_from, source.valid_to):
        if date is not None and not is_partial_date(date):
            raise invalid(f"{where}: {date!r} is not a date such as 1984, 1984-05 or 1984-05-17.")
    for time in (source.recorded_from, source.recorded_to):
        if time is not None and not _is_time(time):
            raise invalid(f"{where}: {time!r} is not a time such as 2026-11-23T08:00:00Z.")
