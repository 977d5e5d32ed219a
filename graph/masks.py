"""Masks: what is left of a value that is not shown whole. The strictest stands first.

A masked value has the type of the field. Of a missing value nothing is left. Each mask is written
twice: for rows of the graph, where the whole value does not leave it, and for rows that another
department holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from graph.declarations import Shown

HIDDEN = "***"
TAIL_LENGTH_MIN = 8
"""A shorter value would be half told by its last four characters."""


@dataclass(frozen=True)
class Mask:
    """`cypher` is an expression over the value `{0}`, which is there and of the scalar `type`.

    `of` is the same of a value that is at hand.
    """

    name: str
    type: str
    cypher: str
    meaning: str
    of: Callable[[str], str]


def _region(value: str) -> str:
    return f"{value[:2]}0000" if re.fullmatch("[0-9]{6}", value, re.ASCII) else HIDDEN


def _initials(value: str) -> str:
    return " ".join(f"{word[0]}*" for word in value.split(" ") if word)


def _tail(value: str) -> str:
    return f"****{value[-4:]}" if len(value) >= TAIL_LENGTH_MIN else "****"


MASKS = (
    Mask(
        "exists-only",
        "String",
        f"'{HIDDEN}'",
        "*** where there is a value",
        lambda _: HIDDEN,
    ),
    Mask(
        "region-only",
        "String",
        f"CASE WHEN {{0}} =~ '[0-9]{{{{6}}}}' THEN left({{0}}, 2) + '0000' ELSE '{HIDDEN}' END",
        "110101 → 110000: the province of a six-digit division code; *** of anything else",
        _region,
    ),
    Mask(
        "initials",
        "String",
        "reduce(told = '', word IN [part IN split({0}, ' ') WHERE part <> '']"
        " | told + CASE told WHEN '' THEN '' ELSE ' ' END + left(word, 1) + '*')",
        "李娜 → 李*, Jan de Vries → J* d* V*: the first character of each word",
        _initials,
    ),
    Mask(
        "last-four",
        "String",
        f"CASE WHEN size({{0}}) >= {TAIL_LENGTH_MIN} THEN '****' + right({{0}}, 4) ELSE '****' END",
        f"****001X: the last four characters of at least {TAIL_LENGTH_MIN}; **** of fewer",
        _tail,
    ),
    Mask(
        "year-only",
        "PartialDate",
        "left({0}, 4)",
        "1984-05-17 → 1984: the year of a date",
        lambda value: value[:4],
    ),
)
BY_NAME: Mapping[str, Mask] = {mask.name: mask for mask in MASKS}


def fitting(field: Shown) -> Iterator[Mask]:
    """Masks whose result is a value of the field."""
    yield from (mask for mask in MASKS if not field.codes and mask.type == field.type)


def written(name: str, value: str) -> str:
    """The masked value as a Cypher expression; the value is computed once."""
    expression = BY_NAME[name].cypher.format("shown")
    return f"head([shown IN [{value}] WHERE shown IS NOT NULL | {expression}])"
