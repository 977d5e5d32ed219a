# pyright: reportUnknownMemberType=false
"""Relationships of a portion of facts: the facts themselves, and the current picture."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from graph.constraints import fact_type
from graph.declarations import Field
from graph.write import Ends
from ingest.bulk.cleaning import Refused
from ingest.bulk.columns import FACT, FROM, NUMBER, PROVENANCE_TYPES, TO
from ingest.bulk.files import END, START, ImportFiles, random_ids
from ingest.bulk.picture import CONTESTED, current, disputed_links
from ingest.load import loose_end

PAIR = (FROM, TO)
_KNOWN = ":known"
Known = Mapping[str, pl.DataFrame]


def with_ends(
    facts: pl.DataFrame, ends: Ends, known: Known, name: str
) -> tuple[pl.DataFrame, Refused]:
    """The facts with the numbers of their nodes, without those that lead to nobody."""
    found = facts
    for side, label, number in ((FROM, ends.origin, START), (TO, ends.to, END)):
        numbers = known[label].rename({"key": side, NUMBER: number})
        found = found.join(numbers, on=side, how="left", maintain_order="left")
    is_loose = pl.col(START).is_null() | pl.col(END).is_null()
    loose = found.filter(is_loose)
    reasons = [
        loose_end(ends, origin, to, side=0 if start is None else 1)
        for origin, to, start in loose.select(*PAIR, START).rows()
    ]
    return found.filter(~is_loose), Refused(name, "REFERENCE_UNKNOWN", loose, reasons)


def write_links(
    ends: Ends, fields: Mapping[str, Field], facts: pl.DataFrame, today: str, files: ImportFiles
) -> None:
    """Write the portion's facts and current relationships."""
    facts = facts.with_columns(random_ids(facts.height))
    files.relationships(fact_type(ends.stored), _stored(facts, fields))
    held = current(facts, today, PAIR)
    first = held.unique(PAIR, keep="first", maintain_order=True)
    files.relationships(ends.stored, _stored(_disputed(held, first, fields), fields))


def believed_ends(facts: pl.DataFrame, among: pl.Series) -> pl.Series:
    """Which of the numbers are those of nodes to which a believed link leads."""
    believed = facts.filter(pl.col("recordedTo").is_null())
    ends = pl.concat([believed[START], believed[END]])
    return ends.filter(ends.is_in(among.implode()))


def _disputed(held: pl.DataFrame, first: pl.DataFrame, fields: Mapping[str, Field]) -> pl.DataFrame:
    if not fields:
        return first
    others = disputed_links(held, first, fields).with_columns(pl.lit(True).alias(_KNOWN))
    found = first.join(others, on=PAIR, how="left", maintain_order="left")
    contested = pl.when(pl.col(_KNOWN)).then(pl.col(CONTESTED)).otherwise(False)
    return found.with_columns(disputed=pl.col("disputed") | contested)


def _stored(facts: pl.DataFrame, fields: Mapping[str, Field]) -> pl.DataFrame:
    provenance = ("rank", *PROVENANCE_TYPES)
    return facts.select(START, END, "id", pl.col(FACT).alias("key"), *provenance, *fields)
