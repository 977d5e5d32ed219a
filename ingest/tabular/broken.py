"""Rows that are none: what the quarantine keeps of them, why, and reading them again."""

from __future__ import annotations

import csv
import json
from typing import Any, cast

Raw = dict[str, Any]
OPEN = "a quoted value does not end"
SURROGATE = ("\\ud", "\\uD")


def broken_line(text: str, columns: list[str], delimiter: str) -> Raw:
    """A line of CSV that has not the header's columns."""
    return {"broken": text, "columns": columns, "delimiter": delimiter}


def broken_object(text: str) -> Raw:
    """A line of JSON Lines that is no object."""
    return {"broken": text}


def again(raw: Raw, text: str) -> Raw:
    """The broken row with another text: a row if it is one now."""
    if "columns" not in raw:
        return parse_object(text)[0]
    columns, delimiter = cast("list[str]", raw["columns"]), cast("str", raw["delimiter"])
    values, _ = parse_line(text, delimiter)
    if values is None or len(values) != len(columns):
        return broken_line(text, columns, delimiter)
    return {"row": dict(zip(columns, values, strict=True))}


def why_broken(raw: Raw) -> tuple[str, str, str]:
    """Value to show, code and reason."""
    text = cast("str", raw["broken"])
    return text[:200], "ROW_BROKEN", _reason(raw, text)


def _reason(raw: Raw, text: str) -> str:
    if "columns" not in raw:
        return parse_object(text)[1]
    wanted = len(cast("list[str]", raw["columns"]))
    values, reason = parse_line(text, cast("str", raw["delimiter"]))
    if values is None:
        return reason
    return f"{len(values)} columns where the header has {wanted}"


def parse_line(text: str, delimiter: str) -> tuple[list[str] | None, str]:
    """Values of one row of CSV (RFC 4180), or None and why it is none; OPEN if it may go on."""
    if '"' not in text:
        return text.rstrip("\r\n").split(delimiter), ""
    try:
        rows = list(csv.reader([text], delimiter=delimiter, strict=True))
    except csv.Error as error:
        goes_on = "unexpected end of data" in str(error)
        return None, OPEN if goes_on else f"its quotes are not in order: {error}"
    return (rows[0], "") if len(rows) == 1 else (None, "it is empty")


def parse_object(text: str) -> tuple[Raw, str]:
    """A row from one line of JSON; or the broken row, and why it is none."""
    try:
        found: object = json.loads(
            text, object_pairs_hook=_once, parse_constant=_refuse, parse_int=_integer
        )
    except (ValueError, RecursionError) as error:
        words = "nested too deep" if isinstance(error, RecursionError) else str(error)
        return broken_object(text), f"not JSON: {words}"
    if not isinstance(found, dict):
        return broken_object(text), "not a JSON object"
    if any(half in text for half in SURROGATE) and not _is_text(found):
        return broken_object(text), "has half a character (a lone surrogate)"
    return {"row": found}, ""


def _once(pairs: list[tuple[str, Any]]) -> Raw:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{twice!r} stands twice")
    return found


def _refuse(word: str) -> None:
    raise ValueError(f"{word} is no value")


def _integer(text: str) -> int:
    if len(text) > 20:
        raise ValueError("a number with more than 20 digits")
    return int(text)


def _is_text(found: Any) -> bool:
    try:
        json.dumps(found, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True
