"""The disclosure record: who was shown which fields of which records, why, and under which policy.

Encoded as a JSON array. Rows of one shape (type, fields shown, denied and masked) name it once,
so that a page of a hundred alike rows costs little more than their identifiers. Format 1 knew no
masks; it is still read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import Any, Literal
from uuid import uuid4

import orjson

FORMAT = 2
READABLE = (1, FORMAT)
Outcome = Literal["disclosed", "denied", "empty", "failed", "refused"]


@dataclass(frozen=True)
class Row:
    """Fields of one record that left the house, and fields that were asked for and denied.

    `masked` are those of which a part was shown, as `field:mask`.
    """

    type: str
    record: str
    shown: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    masked: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Disclosure:
    """One subgraph fetch. `subject` is the individual behind the consumer; times are UTC.

    `asked` are the coordinates of the model that were asked for, `?` before one that was filtered
    or ordered by. `shape` is their digest. A writer states what a shape stands for once; in its
    other records `asked` is empty.
    """

    operation: str
    operation_name: str | None
    operation_hash: str
    subgraph: str
    consumer: str
    subject: str
    purpose: str
    basis: str
    case: str | None
    policy: str
    outcome: Outcome
    rows: tuple[Row, ...] = ()
    shape: str = ""
    asked: tuple[str, ...] = ()
    id: str = field(default_factory=lambda: uuid4().hex)
    at: datetime = field(default_factory=lambda: datetime.now(UTC))


_Shape = tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]
_NAMES = tuple(f.name for f in fields(Disclosure) if f.name not in ("rows", "at", "asked"))
_NAMES_1 = tuple(name for name in _NAMES if name != "shape")


def encode(disclosure: Disclosure) -> bytes:
    """[format, time, plain values in declared order, shapes, rows as [shape, record], asked]."""
    shapes: dict[_Shape, int] = {}
    rows = [(shapes.setdefault(_shape(row), len(shapes)), row.record) for row in disclosure.rows]
    values = [getattr(disclosure, name) for name in _NAMES]
    at = disclosure.at.isoformat()
    return orjson.dumps([FORMAT, at, values, list(shapes), rows, disclosure.asked])


def decode(content: Sequence[Any]) -> Disclosure:
    """The record from its parsed JSON array. Raises ValueError for another format."""
    if content[0] not in READABLE:
        raise ValueError(f"disclosure of format {content[0]!r}, expected {FORMAT}")
    written, at, values, shapes, rows, *asked = content
    named = dict(zip(_NAMES_1 if written == 1 else _NAMES, values, strict=True))
    told = tuple(asked[0]) if asked else ()
    when = datetime.fromisoformat(at)
    return Disclosure(**named, at=when, rows=_rows(shapes, rows), asked=told)


def _shape(row: Row) -> _Shape:
    return row.type, row.shown, row.denied, row.masked


def _rows(shapes: Sequence[Any], rows: Sequence[tuple[int, str]]) -> tuple[Row, ...]:
    ready = [(kind, tuple(tuple(names) for names in fields)) for kind, *fields in shapes]
    return tuple(Row(ready[i][0], record, *ready[i][1]) for i, record in rows)
