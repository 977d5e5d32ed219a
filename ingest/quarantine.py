"""What could not be loaded, with its reason and the record itself, as rows of the quarantine."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

from ingest.records import Delivery, Problem, Reading, Unit

VALUE_CHARACTERS_MAX = 1000
Row = dict[str, Any]


def quarantine_rows(run: int, delivery: Delivery, unit: Unit, reading: Reading) -> list[Row]:
    """The entry of a refused record, or that of the values left out of a loaded one.

    Rows of `graph.quarantine.record`. An entry is named after the run and the record's place in
    the file ("7/1203", "7/1203/values"); a record that is replayed keeps its name and its raw
    content, and `failedIn` is the run that refused it last.
    """
    problems = reading.refused or reading.set_aside
    if not problems:
        return []
    is_whole = bool(reading.refused)
    first, *more = problems
    codes = sorted({problem.code for problem in problems})
    named = delivery.of if delivery.kind == "replay" and delivery.of is not None else run
    said = {
        "failedIn": run,
        "record": _stored(reading.record),
        **_said(first),
        "codes": codes,
        "more": json.dumps([_said(problem) for problem in more], ensure_ascii=False),
    }
    return [
        {
            "id": f"{named}/{unit.number}" + ("" if is_whole else "/values"),
            "once": {"run": named, "whole": is_whole, **_once(delivery, unit, codes)},
            "said": said,
        }
    ]


def _once(delivery: Delivery, unit: Unit, codes: Sequence[str]) -> Row:
    """Where the record comes from, the record, and a digest of it and of what is wrong with it."""
    raw = json.dumps(unit.raw, separators=(",", ":"))
    return {
        "register": delivery.register,
        "format": delivery.format,
        "mapping": delivery.mapping,
        "file": delivery.name,
        "number": unit.number,
        "first": unit.row,
        "raw": raw,
        "content": blake2b(f"{codes} {raw}".encode(), digest_size=16).hexdigest(),
    }


def _said(problem: Problem) -> Row:
    return {
        "row": problem.row,
        "field": problem.field,
        "value": _stored(problem.value),
        "code": problem.code,
        "reason": _stored(problem.reason),
    }


def _stored(text: str) -> str:
    """Text that the graph takes: of bounded length, half surrogate pairs escaped."""
    return text[:VALUE_CHARACTERS_MAX].encode("utf-8", "backslashreplace").decode()
