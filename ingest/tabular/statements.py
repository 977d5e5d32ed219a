"""What one row states: keys of its nodes, then facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from graph.facts import EdgeFact, Fact, NodeFact, Source, Value
from ingest.identifiers import SCHEMES
from ingest.records import stated
from ingest.tabular.columns import Row
from ingest.tabular.declaration import (
    Condition,
    Key,
    Link,
    Node,
    Stated,
    TableMapping,
    Valid,
)
from ingest.tabular.unfit import Unfit
from ingest.tabular.values import check_number

Test = Callable[[Row], bool]
Keys = dict[str, str]
Period = tuple[str | None, str | None]
_NO_FIELDS: Mapping[str, Value] = {}


class Keying:
    """The key of one of the mapping's nodes."""

    def __init__(self, name: str, node: Node, mapping: TableMapping) -> None:
        self._holds = _condition(node.when)
        self._key = node.key
        self._part = "" if name == mapping.own else f"/{name}"
        if isinstance(node.key, Key):
            self._prefix = f"{node.key.scheme}:"
            identifier = mapping.columns[node.key.column].identifier
            self._checked = node.key.scheme in SCHEMES and identifier != node.key.scheme
            self._leave_out = mapping.columns[node.key.column].faulty == "leave-out"

    def __call__(self, row: Row, own: str) -> str | None:
        """The key, None where the row speaks of no such node; `own` is register and record."""
        if self._holds is not None and not self._holds(row):
            return None
        key = self._key
        if not isinstance(key, Key):
            return own + self._part
        value = row.values.get(key.column)
        if value is not None and self._checked:
            value = self._check(row, key, str(value))
        if value is not None:
            return f"{self._prefix}{value}"
        return own + self._part if key.otherwise == "record" else None

    def _check(self, row: Row, key: Key, text: str) -> str | None:
        number = row.values[key.column] = text.upper()
        try:
            check_number(key.scheme, number)
        except Unfit as unfit:
            row.fault(key.column, unfit.code, unfit.reason, self._leave_out)
            return None
        return number


class Statements:
    """Facts of rows whose values and keys are in order."""

    def __init__(self, mapping: TableMapping) -> None:
        self._register = mapping.register_
        self._nodes = [
            (name, n.type, _Fields(n.fields), _period(n.valid or mapping.valid))
            for name, n in mapping.nodes.items()
            if n.fields
        ]
        self._links = [_Linking(link, mapping) for link in mapping.links]

    def facts(self, row: Row, record: str, keys: Keys, citation: str | None) -> tuple[Fact, ...]:
        """Everything that the row states."""
        sources = _Sources(self._register, record, row.values, citation)
        facts: list[Fact] = [
            NodeFact(kind, keys[name], sources[period], fields(row))
            for name, kind, fields, period in self._nodes
            if name in keys
        ]
        for link in self._links:
            if link.holds(row, keys):
                facts.append(link.fact(row, keys, sources[link.period]))
        return tuple(facts)


class _Sources(dict[Period, Source]):
    """The row's source by the columns of its period, made when it is first asked for."""

    def __init__(
        self, register: str, record: str, values: Mapping[str, Value], citation: str | None
    ) -> None:
        self._stated = (register, record)
        self._values = values
        self._citation = citation

    def __missing__(self, period: Period) -> Source:
        since, until = (cast("str | None", self._values.get(name or "")) for name in period)
        found = self[period] = stated(*self._stated, since, until, citation=self._citation)
        return found


class _Linking:
    def __init__(self, link: Link, mapping: TableMapping) -> None:
        self._from, self._to = link.from_, link.to
        self._holds = _condition(link.when)
        self._names = (link.relationship, link.kind)
        self._types = (mapping.nodes[link.from_].type, mapping.nodes[link.to].type)
        self._fields = _Fields(link.fields) if link.fields else None
        self.period = _period(link.valid or mapping.valid)

    def holds(self, row: Row, keys: Keys) -> bool:
        """Whether the row states the link."""
        both = self._from in keys and self._to in keys
        return both and (self._holds is None or self._holds(row))

    def fact(self, row: Row, keys: Keys, source: Source) -> EdgeFact:
        """The link."""
        return EdgeFact(
            *self._names,
            self._types[0],
            keys[self._from],
            self._types[1],
            keys[self._to],
            source,
            self._fields(row) if self._fields else _NO_FIELDS,
        )


class _Fields:
    def __init__(self, fields: Mapping[str, str | Stated]) -> None:
        self._columns = [(n, f) for n, f in fields.items() if isinstance(f, str)]
        self._constants = [
            (n, f.constant, _condition(f.when)) for n, f in fields.items() if isinstance(f, Stated)
        ]

    def __call__(self, row: Row) -> dict[str, Value]:
        values = row.values
        found = {name: values[column] for name, column in self._columns if column in values}
        for name, value, holds in self._constants:
            if holds is None or holds(row):
                found[name] = value
        return found


def _period(valid: Valid) -> Period:
    return (valid.from_, valid.to)


def _condition(condition: Condition | None) -> Test | None:
    if condition is None:
        return None
    if isinstance(condition, str):
        return lambda row: condition in row.values
    column, values = condition.column, frozenset(condition.values)
    return lambda row: row.texts.get(column, "") in values
