"""Reading the audit, and checking that nobody altered it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

import orjson
from redis import Redis
from redis.exceptions import RedisError

from audit.chain import NOTHING_BEFORE, STREAM, Entry
from audit.problems import AuditUnavailable
from audit.record import Disclosure, Row, decode

PAGE_ENTRIES = 200


@dataclass(frozen=True)
class ChainReport:
    """What a check of the stream found; `problems` is empty when nothing was altered.

    `last` is the place of the last entry that was checked; `complete`: whether none follows it.
    """

    entries: int
    records: int
    writers: int
    problems: tuple[str, ...]
    last: str = ""
    complete: bool = True


def read(
    redis_url: str,
    operation: str | None = None,
    consumer: str | None = None,
    record: str | None = None,
    limit: int = 100,
    stream: str = STREAM,
) -> list[Disclosure]:
    """The newest disclosures first, each once, that match everything given."""
    found: dict[str, Disclosure] = {}
    for disclosure in newest_first(redis_url, stream):
        if _matches(disclosure, operation, consumer, record):
            found.setdefault(disclosure.id, disclosure)
        if len(found) >= limit:
            break
    return list(found.values())


def newest_first(
    redis_url: str, stream: str = STREAM, behind: str | None = None
) -> Iterator[Disclosure]:
    """Every disclosure, the newest first; one that was written twice comes twice.

    `behind`: only those of entries that follow that place of the stream.
    """
    yield from (one for _, _, one in placed_newest_first(redis_url, stream, behind=behind))


def placed_newest_first(
    redis_url: str, stream: str = STREAM, since: str | None = None, behind: str | None = None
) -> Iterator[tuple[str, int, Disclosure]]:
    """The same from an entry backwards, each with its entry and its number within it."""
    for place, stored in _entries(redis_url, stream, True, since, behind):
        found = disclosures(Entry.read(stored))
        for number in reversed(range(len(found))):
            yield place, number, found[number]


def verify_chain(
    redis_url: str, stream: str = STREAM, seconds_max: float | None = None
) -> ChainReport:
    """Recompute every hash and follow every writer's chain, oldest entry first.

    Stops after so many seconds, where they are given. A cut at the very end of the stream, after
    which nobody wrote, cannot be seen.
    """
    until = None if seconds_max is None else time.monotonic() + seconds_max
    reached = ""
    last: dict[str, Entry] = {}
    hashes = {NOTHING_BEFORE}
    problems: list[str] = []
    entries = records = 0
    for place, stored in _entries(redis_url, stream, newest_first=False):
        if until is not None and time.monotonic() > until:
            return ChainReport(entries, records, len(last), tuple(problems), reached, False)
        entries, reached = entries + 1, place
        try:
            entry = Entry.read(stored)
        except (KeyError, ValueError):
            problems.append(f"{place}: not an entry that a writer wrote")
            continue
        problems += [f"{place}: {words}" for words in _faults(entry, last, hashes)]
        records += len(disclosures(entry)) if entry.hash == entry.expected_hash() else 0
        last[entry.writer] = entry
        hashes.add(entry.hash)
    return ChainReport(entries, records, len(last), tuple(problems), reached)


def _faults(entry: Entry, last: dict[str, Entry], hashes: set[str]) -> Iterator[str]:
    if entry.hash != entry.expected_hash():
        yield "the content does not match its hash"
    before = last.get(entry.writer)
    expected = before.sequence + 1 if before else 1
    if entry.sequence != expected:
        yield f"entry {entry.sequence} of writer {entry.writer}, expected {expected}"
    elif before and entry.previous != before.hash:
        yield "it does not follow the entry before it"
    elif not before and entry.previous not in hashes:
        yield "the entry that its writer found when it started is gone"


def _matches(
    disclosure: Disclosure, operation: str | None, consumer: str | None, record: str | None
) -> bool:
    return (
        operation in (None, disclosure.operation)
        and consumer in (None, disclosure.consumer)
        and (record is None or any(about(row, record) for row in disclosure.rows))
    )


def about(row: Row, record: str) -> bool:
    """Whether the row is about the record; an answer about two persons is about each."""
    return record == row.record or record in row.record.split(":")


def disclosures(entry: Entry) -> list[Disclosure]:
    """Those of an entry, in the order in which they were written."""
    return [decode(content) for content in orjson.loads(entry.records)]


def _entries(
    redis_url: str,
    stream: str,
    newest_first: bool,
    since: str | None = None,
    behind: str | None = None,
) -> Iterator[tuple[str, Mapping[bytes, bytes]]]:
    """(place in the stream, stored fields), read in pages; backwards from the place `since`."""
    client = cast("Any", Redis.from_url(redis_url))  # pyright: ignore[reportUnknownMemberType]
    start, end = f"({behind}" if behind else "-", since or "+"
    try:
        while True:
            if newest_first:
                page = client.xrevrange(stream, end, start, count=PAGE_ENTRIES)
            else:
                page = client.xrange(stream, start, end, count=PAGE_ENTRIES)
            for place, stored in page:
                yield place.decode(), stored
            if len(page) < PAGE_ENTRIES:
                return
            beyond = "(" + page[-1][0].decode()
            start, end = (start, beyond) if newest_first else (beyond, end)
    except (RedisError, OSError) as error:
        raise AuditUnavailable(f"{type(error).__name__}: {error}") from error
    finally:
        client.close()
