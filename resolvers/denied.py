"""What the records of an operation say was denied: each field once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from audit.record import Disclosure

Key = tuple[str, str, str]
Cell = tuple[str, str]


def denied(
    records: Iterable[Disclosure], known: Collection[Cell]
) -> Iterator[tuple[Key, Cell, Disclosure]]:
    """Consumer, purpose and basis; type and field; and the record that first says so."""
    found: set[tuple[Key, Cell]] = set()
    for record in records:
        key = (record.consumer, record.purpose, record.basis)
        for cell in ((row.type, field) for row in record.rows for field in row.denied):
            if cell in known and (key, cell) not in found:
                found.add((key, cell))
                yield key, cell, record
