# pyright: reportUnknownMemberType=false
"""Lines that are of one shape, checked and made into columns together.

What is accepted here the code of `load` would accept; all else is left to it, and it says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

import polars as pl

from graph.catalogue import Catalogue
from graph.declarations import Field
from graph.write import Ends
from ingest.bulk.columns import FACT, FROM, LINE, PROVENANCE_TYPES, TO, Group, field_types
from ingest.check import INTEGER_MAX
from ingest.registers import registers
from ingest.rows import SEPARATOR, digest

_REQUIRED = frozenset({"register", "record", "recordedFrom"})
_STATED = frozenset(PROVENANCE_TYPES)
_HELD = {
    pl.Int32: {int},
    pl.String: {str},
    pl.Boolean: {bool},
    pl.Int64: {int},
    pl.Float64: {int, float},
}
_PARTIAL_DATE = r"^[1-9][0-9]{3}(-(0[1-9]|1[0-2])(-[0-9]{2})?)?$"
_TIME = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"
_SURE = INTEGER_MAX // 2
_UNFIT = (TypeError, ValueError, KeyError, OverflowError, pl.exceptions.PolarsError)


Row = tuple[Any, ...]


class Shape(NamedTuple):
    """What the lines have in common. Of a node `kind` is None and `ends` is empty."""

    name: str
    kind: str | None
    ends: tuple[str, ...]
    source: tuple[str, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True)
class _Declared:
    """Where facts of a shape are stored, their fields and keys; a link may have no direction."""

    group: Group
    fields: Mapping[str, Field]
    keys: tuple[str, ...]
    undirected: bool = False


@dataclass(frozen=True)
class Accepted:
    """The facts of a group that fit, and the numbers of the lines that somebody else must read."""

    group: Group
    facts: pl.DataFrame
    left: Sequence[int]


def shape_of(content: Any) -> tuple[tuple[Any, ...], Iterator[Any]]:
    """The shape of a parsed line; its keys, what its source says and its fields, in their order.

    Raises one of `NOT_A_FACT` where it has none.
    """
    source, fields = content["source"], content["fields"]
    said = chain(source.values(), fields.values())
    if "node" in content:
        shape = (content["node"], None, (), tuple(source), tuple(fields))
        return shape, chain((content["key"],), said)
    (origin, origin_key), (to, to_key) = content["from"], content["to"]
    shape = (content["relationship"], content["kind"], (origin, to), tuple(source), tuple(fields))
    return shape, chain((origin_key, to_key), said)


def accept(model: Catalogue, shape: Shape, rows: Sequence[Row]) -> Accepted | None:
    """Those of the rows that fit the model; None where the shape itself does not.

    A row is the number of its line, then what `shape_of` gives.
    """
    declared = _declared(model, shape)
    if declared is None:
        return None
    try:
        facts = _columns(shape, declared, rows)
        fits = facts.select(pl.all_horizontal(_tests(model, shape, declared))).to_series()
    except _UNFIT:
        return None
    left, kept = facts.filter(~fits)[LINE].to_list(), facts.filter(fits)
    stored = _one_way(kept) if declared.undirected else kept
    return Accepted(declared.group, _with_keys(shape, declared, stored), left)


def _declared(model: Catalogue, shape: Shape) -> _Declared | None:
    """What the model says of the shape; None where it does not fit."""
    if not _REQUIRED <= set(shape.source) <= _STATED:
        return None
    found = _link(model, shape) if shape.ends else _node(model, shape)
    return found if found is not None and set(shape.fields) <= set(found.fields) else None


def _node(model: Catalogue, shape: Shape) -> _Declared | None:
    node = model.nodes.get(shape.name)
    return None if node is None else _Declared(shape.name, node.fields, ("key",))


def _link(model: Catalogue, shape: Shape) -> _Declared | None:
    relationship = model.relationships.get(shape.name)
    if relationship is None or shape.kind is None or shape.kind not in relationship.types:
        return None
    origin, to = shape.ends
    undirected = relationship.both is not None
    if origin not in relationship.origin or to not in relationship.to:
        return None
    if undirected and origin != to:
        return None
    stored = Ends(relationship.types[shape.kind], origin, to, tuple(relationship.fields))
    return _Declared(stored, relationship.fields, (FROM, TO), undirected)


def _columns(shape: Shape, declared: _Declared, rows: Sequence[Row]) -> pl.DataFrame:
    """A column for each key, provenance and field; null what the shape does not state."""
    types = {**PROVENANCE_TYPES, **field_types(declared.fields)}
    held = {LINE: pl.Int32, **dict.fromkeys(declared.keys, pl.String)}
    held |= {name: types[name] for name in (*shape.source, *shape.fields)}
    columns = [
        _column(name, values, kind)
        for (name, kind), values in zip(held.items(), zip(*rows, strict=True), strict=True)
    ]
    absent = [pl.lit(None, kind).alias(name) for name, kind in types.items() if name not in held]
    facts = pl.DataFrame(columns).with_columns(absent)
    return facts.with_columns(pl.col("disputed").fill_null(value=False))


def _column(name: str, values: Sequence[Any], kind: Any) -> pl.Series:
    """The values. Raises TypeError where one is of another type than the column's."""
    if not set(map(type, values)) <= _HELD[kind]:
        raise TypeError("a value of another type")
    numbers = list(map(float, values)) if kind == pl.Float64 else values
    return pl.Series(name, numbers, dtype=kind)


def _tests(model: Catalogue, shape: Shape, declared: _Declared) -> Iterator[pl.Expr]:
    """What must be true of each line, as `FactChecker` has it."""
    yield pl.col("register").is_in(list(registers()))
    yield from (pl.col(name).str.contains(_TIME) for name in _among(shape, "recordedFrom"))
    yield from (pl.col(name).str.contains(_TIME) for name in _among(shape, "recordedTo"))
    yield from (_is_partial_date(pl.col(n)) for n in _among(shape, "validFrom", "validTo"))
    for name in shape.fields:
        test = _test(model, declared.fields[name], pl.col(name))
        if test is not None:
            yield test


def _among(shape: Shape, *names: str) -> Iterable[str]:
    return (name for name in names if name in shape.source)


def _test(model: Catalogue, field: Field, column: pl.Expr) -> pl.Expr | None:
    if field.codes:
        return column.is_in(list(model.codes[field.codes].values))
    if field.of == "PartialDate":
        return _is_partial_date(column)
    if field.range is not None:
        return column.is_between(*field.range)
    if field.of in ("Int", "Float"):
        return column.abs() <= _SURE
    return None


def _is_partial_date(column: pl.Expr) -> pl.Expr:
    """Year, year-month or a day of the calendar, from the year 1000 on."""
    is_day = column.str.to_date("%Y-%m-%d", strict=False).is_not_null()
    return column.str.contains(_PARTIAL_DATE) & ((column.str.len_bytes() < 10) | is_day)


def _one_way(facts: pl.DataFrame) -> pl.DataFrame:
    """A link without direction starts at the smaller key (`rows.one_way`)."""
    one, other = pl.min_horizontal(FROM, TO), pl.max_horizontal(FROM, TO)
    return facts.with_columns(one.alias(FROM), other.alias(TO))


def _with_keys(shape: Shape, declared: _Declared, facts: pl.DataFrame) -> pl.DataFrame:
    """The facts with their keys (`rows.loose_key`)."""
    of = ["edge", shape.name, shape.kind] if shape.ends else ["node", shape.name]
    since = pl.col("validFrom").fill_null("")
    parts = [*declared.keys, "register", "record", since, "recordedFrom"]
    texts = facts.select(pl.concat_str(*map(pl.lit, of), *parts, separator=SEPARATOR))
    keys = pl.Series(FACT, list(map(digest, texts.to_series())), dtype=pl.String)
    return facts.with_columns(keys)
