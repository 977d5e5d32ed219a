# pyright: reportUnknownMemberType=false
"""The columns of facts in bulk, and how each is written for Neo4j's importer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from graph.catalogue import Catalogue
from graph.declarations import Field, Node, Relationship
from graph.write import PROVENANCE, Ends

# Columns that are no field's begin with a colon. Where a fact stands: the piece of the file, and
# the line within it, both from 0.
PIECE, LINE = ":piece", ":line"
FACT, FROM, TO, NUMBER = ":fact", ":from", ":to", ":number"
PROVENANCE_TYPES = {
    name: pl.Boolean if name == "disputed" else pl.String for name in ("register", *PROVENANCE)
}
NODE_KEYS = ("key", FACT)
EDGE_KEYS = (FROM, TO, FACT)
IMPORTED = {pl.Boolean: "boolean", pl.Int64: "long", pl.Float64: "double"}
DISPUTED = "disputedFields"

Group = str | Ends
Types = Mapping[str, Any]


def declared(model: Catalogue, group: Group) -> Node | Relationship:
    """The node type, or the relationship that is stored so."""
    if isinstance(group, str):
        return model.nodes[group]
    return next(r for r in model.relationships.values() if group.stored in r.types.values())


def field_types(fields: Mapping[str, Field]) -> dict[str, Any]:
    """Column type by field."""
    plain = {"Boolean": pl.Boolean, "Int": pl.Int64, "Float": pl.Float64}
    return {name: plain.get(field.type or "", pl.String) for name, field in fields.items()}


def group_name(group: Group) -> str:
    """The group in the name of a file."""
    return group if isinstance(group, str) else f"{group.stored}.{group.origin}.{group.to}"


def group_keys(group: Group) -> tuple[str, ...]:
    """The columns that say what a fact is about, and its own key."""
    return NODE_KEYS if isinstance(group, str) else EDGE_KEYS


def table(group: Group, rows: Iterable[tuple[Any, ...]], types: Types) -> pl.DataFrame:
    """Facts as a table; a row is line, register, keys, provenance and a map of fields."""
    line, register, *others = zip(*rows, strict=True)
    keys = group_keys(group)
    said = others[-1]
    columns = {
        LINE: pl.Series(line, dtype=pl.Int32),
        "register": pl.Series(register, dtype=pl.String),
        **{name: pl.Series(others[n], dtype=pl.String) for n, name in enumerate(keys)},
        **{
            name: pl.Series(others[len(keys) + n], dtype=PROVENANCE_TYPES[name])
            for n, name in enumerate(PROVENANCE)
        },
        **{name: _values(said, name, kind) for name, kind in types.items()},
    }
    return pl.DataFrame(columns)


def heading(name: str, kind: Any) -> str:
    """The column's name in a file for the importer, with its type where that is not text."""
    if name == DISPUTED:
        return f"{name}:string[]"
    is_typed = kind in IMPORTED and not name.startswith(":")
    return f"{name}:{IMPORTED[kind]}" if is_typed else name


def _values(said: Iterable[Mapping[str, Any]], name: str, kind: Any) -> pl.Series:
    values = [fields.get(name) for fields in said]
    if kind == pl.Float64:
        values = [None if value is None else float(value) for value in values]
    return pl.Series(name, values, dtype=kind)
