# pyright: reportUnknownMemberType=false
"""The days on which a span changes, by the rules of `graph.spans`, over whole columns."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from graph.declarations import Node, Span
from graph.spans import EARLIEST, LATEST

_DAY, _BEGIN, _END, _SO = ":day", ":begin", ":end", ":so"


def changing(facts: pl.DataFrame, node: Node) -> Iterator[pl.DataFrame]:
    """Key and days of each span of the nodes of which it is ever so, joined by semicolons."""
    believed = facts.filter(pl.col("recordedTo").is_null())
    for name, span in node.spans.items():
        changes = _changes(_periods(believed, span)).sort("key", _DAY)
        joined = changes.group_by("key", maintain_order=True).agg(pl.col(_DAY).str.join(";"))
        yield joined.rename({_DAY: name})


def _periods(believed: pl.DataFrame, span: Span) -> pl.DataFrame:
    """When a statement certainly holds that says so, and when one may hold that denies it."""
    begins, ends = pl.col("validFrom").fill_null(EARLIEST), pl.col("validTo").fill_null(LATEST)
    denied = pl.col(span.field) != span.value
    over = pl.when(denied).then(pl.lit(EARLIEST)).otherwise(span.until)
    says, denies = believed.filter(~denied), believed.filter(over.is_not_null())
    columns = {_BEGIN: _behind(begins), _END: ends, _SO: pl.lit(True)}
    others = {_BEGIN: pl.max_horizontal(over, begins), _END: _behind(ends), _SO: pl.lit(False)}
    return pl.concat([says.select("key", **columns), denies.select("key", **others)])


def _changes(periods: pl.DataFrame) -> pl.DataFrame:
    days = pl.concat([periods.select("key", pl.col(side).alias(_DAY)) for side in (_BEGIN, _END)])
    within = (pl.col(_BEGIN) <= pl.col(_DAY)) & (pl.col(_DAY) < pl.col(_END))
    turns = (
        days.filter(pl.col(_DAY) < LATEST)
        .unique()
        .join(periods, on="key")
        .group_by("key", _DAY)
        .agg(so=(within & pl.col(_SO)).any() & ~(within & ~pl.col(_SO)).any())
        .sort("key", _DAY)
    )
    before = pl.col("so").shift(1, fill_value=False).over("key")
    return turns.filter(pl.col("so") != before)


def _behind(day: pl.Expr) -> pl.Expr:
    """A year or a month behind all of its days."""
    return pl.when(day.str.len_chars().is_in([4, 7])).then(day + LATEST).otherwise(day)
