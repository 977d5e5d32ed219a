"""Encoding of disclosure records."""

from __future__ import annotations

from dataclasses import fields

import orjson
import pytest
from own_valkey import disclosure

from audit.record import Disclosure, Row, decode, encode


def test_encoding_keeps_everything() -> None:
    asked = ("?Person.name", "Person", "Person.name", "Query.persons")
    written = disclosure(7, case="2026-17", outcome="denied", shape="ab12", asked=asked)
    assert decode(orjson.loads(encode(written))) == written


def test_alike_rows_cost_little_more_than_their_identifiers() -> None:
    shown = ("id", "citizenNumber", "name", "birthDate", "maritalStatus")
    rows = tuple(Row("Person", f"{i:032x}", shown) for i in range(1000))
    size = len(encode(disclosure(rows=rows)))
    print(f"\n1000 alike rows: {size} bytes")
    assert size < 1000 * (32 + 8) + 1000


def test_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match="format 3"):
        decode([3])


def test_records_of_before_it_was_written_what_was_asked_can_be_read() -> None:
    written = disclosure(7)
    content = orjson.loads(encode(written))
    names = [f.name for f in fields(Disclosure) if f.name not in ("rows", "at", "asked")]
    del content[2][names.index("shape")]
    assert decode([1, *content[1:5]]) == written


def test_a_masked_field_is_kept_apart_from_what_was_shown() -> None:
    row = Row("Person", "7", ("name",), ("sex",), ("citizenNumber:last-four",))
    assert decode(orjson.loads(encode(disclosure(rows=(row,))))).rows == (row,)


def test_a_record_from_before_masks_is_read() -> None:
    written = disclosure(3)
    version, at, values, shapes, rows, asked = orjson.loads(encode(written))
    assert (version, asked) == (2, [])
    assert decode([2, at, values, [shape[:3] for shape in shapes], rows, asked]) == written
