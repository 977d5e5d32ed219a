"""Masks: what is left of a value that is not shown whole. The strictest stands first.

A masked value has the type of the field. Of a missing value nothing is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graph.declarations import Shown

HIDDEN = "***"
TAIL_LENGTH_MIN = 8
"""A shorter value would be half told by its last four characters."""


@dataclass(frozen=True)
class Mask:
    """`cypher` is an expression over the value `{0}`, which is there and of the scalar `type`."""

    name: str
    type: str
    cypher: str
    meaning: str


MASKS = (
    Mask(
        "exists-only",
        "String",
        f"'{HIDDEN}'",
        "*** where there is a value",
    ),
    Mask(
        "region-only",
        "String",
        f"CASE WHEN {{0}} =~ '[0-9]{{{{6}}}}' THEN left({{0}}, 2) + '0000' ELSE '{HIDDEN}' END",
        "110101 → 110000: the province of a six-digit division code; *** of anything else",
    ),
    Mask(
        "initials",
        "String",
        "reduce(told = '', word IN [part IN split({0}, ' ') WHERE part <> '']"
        " | told + CASE told WHEN '' THEN '' ELSE ' ' END + left(word, 1) + '*')",
        "李娜 → 李*, Jan de Vries → J* d* V*: the first character of each word",
    ),
    Mask(
        "last-four",
        "String",
        f"CASE WHEN size({{0}}) >= {TAIL_LENGTH_MIN} THEN '****' + right({{0}}, 4) ELSE '****' END",
        f"****001X: the last four characters of at least {TAIL_LENGTH_MIN}; **** of fewer",
    ),
    Mask("year-only", "PartialDate", "left({0}, 4)", "1984-05-17 → 1984: the year of a date"),
)
BY_NAME: Mapping[str, Mask] = {mask.name: mask for mask in MASKS}


def fitting(field: Shown) -> Iterator[Mask]:
    """Masks whose result is a value of the field."""
    yield from (mask for mask in MASKS if not field.codes and mask.type == field.type)


def written(name: str, value: str) -> str:
    """The masked value as a Cypher expression; the value is computed once."""
    expression = BY_NAME[name].cypher.format("shown")
    return f"head([shown IN [{value}] WHERE shown IS NOT NULL | {expression}])"
