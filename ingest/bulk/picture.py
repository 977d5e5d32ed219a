# pyright: reportUnknownMemberType=false
"""The current picture of a portion of facts, by the rules of `graph.write`, over whole columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import polars as pl

from graph.declarations import Field, Node
from graph.write import FOREVER, ORDER
from ingest.bulk.columns import DISPUTED, FROM, TO
from ingest.registers import registers

CONTESTED = ":contested"
_PLACE, _FIRST = ":place", ":first"


def ranked(facts: pl.DataFrame) -> pl.DataFrame:
    """The facts with the rank of their register."""
    ranks = {code: register.rank for code, register in registers().items()}
    rank = pl.col("register").replace_strict(ranks, return_dtype=pl.Int64)
    return facts.with_columns(rank=rank)


def current(facts: pl.DataFrame, today: str, about: Sequence[str]) -> pl.DataFrame:
    """Those believed and true today, of each subject the preferred one first."""
    begun = pl.col("validFrom").is_null() | (pl.col("validFrom") <= today)
    lasting = pl.col("validTo").is_null() | (pl.col("validTo") > today)
    held = facts.filter(pl.col("recordedTo").is_null() & begun & lasting)
    order = [pl.col(name).fill_null("") if name == "validFrom" else name for name, _ in ORDER]
    falls = [falls for _, falls in ORDER]
    return held.sort([*about, *order], descending=[*(False for _ in about), *falls])


def preferred(held: pl.DataFrame, fields: Mapping[str, Field]) -> Iterator[pl.DataFrame]:
    """Key and fields of the nodes of which somebody states something, the preferred values."""
    firsts = [pl.col(name).drop_nulls().first() for name, of in fields.items() if not of.precedence]
    yield held.group_by("key").agg(firsts)
    for name, field in fields.items():
        if field.precedence:
            yield _preferred(held, name, field.precedence)


def _preferred(held: pl.DataFrame, name: str, registers: Sequence[str]) -> pl.DataFrame:
    """Of one field: some registers come before all others."""
    places = {register: place for place, register in enumerate(registers)}
    place = pl.col("register").replace_strict(places, default=len(places), return_dtype=pl.Int32)
    stated = held.select("key", name, place.alias(_PLACE)).drop_nulls(name)
    first = stated.sort(_PLACE, maintain_order=True).unique(
        "key", keep="first", maintain_order=True
    )
    return first.select("key", name)


def protected_until(facts: pl.DataFrame, node: Node, today: str) -> Iterator[pl.DataFrame]:
    """Key and last day, of each protective field, of the nodes that it holds for or may yet hold.

    Whichever register is believed to state it counts; of an end in a year or month the last day.
    """
    rest = {4: "-12-31", 7: "-31"}
    end = pl.col("validTo")
    length = end.str.len_chars()
    last = end + length.replace_strict(rest, default="", return_dtype=pl.String)
    believed = facts.filter(pl.col("recordedTo").is_null())
    for field, until in node.protective.items():
        lasting = believed.filter(field).select("key", last.fill_null(FOREVER).alias(until))
        yield lasting.filter(pl.col(until) > today).group_by("key").agg(pl.col(until).max())


def contested(held: pl.DataFrame, names: Iterable[str]) -> pl.DataFrame:
    """Key and `disputedFields` of the nodes of which two registers state a field differently."""
    several = pl.col("register").n_unique().over("key") > 1
    disputed = held.filter(several)
    parts = [
        disputed.select("key", "register", name)
        .drop_nulls(name)
        .group_by("key")
        .agg(pl.col("register").n_unique() > 1, pl.col(name).n_unique() > 1)
        .filter(pl.col("register") & pl.col(name))
        .select("key", pl.lit(name).alias(DISPUTED), pl.lit(place, pl.Int32).alias(_PLACE))
        for place, name in enumerate(names)
    ]
    found = pl.concat(parts).sort("key", _PLACE)
    return found.group_by("key", maintain_order=True).agg(pl.col(DISPUTED).str.join(";"))


def from_key(node: Node, name: str, value: pl.Expr) -> pl.Expr:
    """The value; an identifier that nobody states is the key's (`graph.write.derive_nodes`)."""
    part = {node.scheme_field: 0, node.identifier: 1}.get(name)
    if part is None or not node.schemes:
        return value
    parts = pl.col("key").str.split(":")
    known = parts.list.first().is_in(list(node.schemes))
    return pl.coalesce(value, pl.when(known).then(parts.list.get(part, null_on_oob=True)))


def disputed_links(
    held: pl.DataFrame, first: pl.DataFrame, fields: Mapping[str, Field]
) -> pl.DataFrame:
    """Pair and CONTESTED of the links of which another register states a field differently.

    A field that only one of two registers states makes it unknown, as in Cypher.
    """
    pair = [FROM, TO]
    chosen = first.select(*pair, "register", *fields)
    others = held.join(chosen, on=pair, suffix=_FIRST).filter(
        pl.col("register") != pl.col(f"register{_FIRST}")
    )
    differs = pl.any_horizontal(pl.col(name) != pl.col(f"{name}{_FIRST}") for name in fields)
    said = others.select(*pair, differs.alias(CONTESTED))
    found = pl.when(pl.col(CONTESTED).any()).then(True)
    unsure = found.when(pl.col(CONTESTED).is_null().any()).then(None).otherwise(False)
    return said.group_by(pair).agg(unsure.alias(CONTESTED))
