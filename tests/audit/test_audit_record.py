"""Encoding of disclosure records."""

from __future__ import annotations

import orjson
import pytest
from own_valkey import disclosure

from audit.record import Row, decode, encode


def test_encoding_keeps_everything() -> None:
    written = disclosure(7, case="2026-17", outcome="denied")
    assert decode(orjson.loads(encode(written))) == written


def test_alike_rows_cost_little_more_than_their_identifiers() -> None:
    shown = ("id", "citizenNumber", "name", "birthDate", "maritalStatus")
    rows = tuple(Row("Person", f"{i:032x}", shown) for i in range(1000))
    size = len(encode(disclosure(rows=rows)))
    print(f"\n1000 alike rows: {size} bytes")
    assert size < 1000 * (32 + 8) + 1000


def test_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match="format 2"):
        decode([2])
