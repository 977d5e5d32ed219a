"""The audit page by page, the newest first: a page continues behind a place in the stream."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from audit.chain import STREAM
from audit.reader import placed_newest_first
from audit.record import Disclosure

READ_MAX = 20_000
"""Records that are read for one page, whatever the filter leaves of them."""


@dataclass(frozen=True)
class Place:
    """An entry of the stream, and the number of a record within it."""

    entry: str
    number: int


@dataclass(frozen=True)
class Wanted:
    """Which records; None lets everything through."""

    consumer: str | None = None
    purpose: str | None = None
    outcome: str | None = None
    subgraph: str | None = None
    operation: str | None = None

    def fits(self, disclosure: Disclosure) -> bool:
        """Whether the record is one of them."""
        return all(
            wanted in (None, getattr(disclosure, name)) for name, wanted in vars(self).items()
        )


@dataclass(frozen=True)
class AuditPage:
    """The records; `last` is where the reading stopped, and None where nothing follows."""

    found: list[Disclosure]
    last: Place | None


def page(
    redis_url: str, wanted: Wanted, most: int, behind: Place | None, stream: str = STREAM
) -> AuditPage:
    """At most so many, of those behind a place; one that was written twice once.

    Raises AUDIT_UNAVAILABLE.
    """
    found: dict[str, Disclosure] = {}
    last: Place | None = None
    for read, (place, disclosure) in enumerate(_behind(redis_url, behind, stream)):
        if len(found) == most or read == READ_MAX:
            return AuditPage(list(found.values()), last)
        last = place
        if wanted.fits(disclosure):
            found.setdefault(disclosure.id, disclosure)
    return AuditPage(list(found.values()), None)


def _behind(
    redis_url: str, behind: Place | None, stream: str
) -> Iterator[tuple[Place, Disclosure]]:
    start = behind.entry if behind else None
    for entry, number, disclosure in placed_newest_first(redis_url, stream, start):
        if behind is None or entry != behind.entry or number < behind.number:
            yield Place(entry, number), disclosure
