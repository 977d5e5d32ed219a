"""Sources of the city's facts: recorded some days after what they tell of."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from graph.facts import Source
from ingest.city.clock import TODAY, iso


def recorded(day: int, record: str) -> str:
    """When a register came to know of something that happened on the day."""
    return _morning(min(day + 1 + (day + sum(record.encode())) % 18, TODAY))


@lru_cache(maxsize=65_536)
def _morning(day: int) -> str:
    return f"{iso(day)}T09:00:00Z"


def source(
    register: str, record: str, start: int, end: int | None = None, disputed: bool = False
) -> Source:
    """Valid from the start to the end, and believed since soon after the start."""
    return Source(
        register,
        record,
        recorded(start, record),
        iso(start),
        None if end is None else iso(end),
        disputed=disputed,
    )


def beliefs(register: str, record: str, start: int, end: int | None) -> Iterator[Source]:
    """Believed to go on from the start; once it has ended, believed to have ended."""
    first = source(register, record, start)
    if end is None:
        yield first
        return
    known = max(recorded(end, record), first.recorded_from)
    if known > first.recorded_from:
        yield Source(register, record, first.recorded_from, iso(start), recorded_to=known)
    yield Source(register, record, known, iso(start), iso(end))
