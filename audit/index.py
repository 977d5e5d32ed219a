"""Which entries of the audit are about a person: read from the chain behind the work.

The index is no record: it names places of the stream, and can be dropped and built anew from it.
Nobody who writes waits for it; what it has not reached yet is read from the stream itself.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any, cast

from redis import Redis
from redis.exceptions import RedisError

from audit.chain import STREAM, Entry
from audit.problems import AuditUnavailable
from audit.reader import about, disclosures, newest_first
from audit.record import Disclosure, Row

SLICE_ENTRIES = 200
IDLE_SECONDS = 2.0
PAUSE_SECONDS = 0.05
TURN_SECONDS = 30
SKEW_MS = 10_000
"""An entry stands in the stream so long after its disclosures at most, clocks included."""
_PAGE = 100
_KEY_DIGITS = 24
_LOG = logging.getLogger("citizengraph.audit")


class AuditIndex:
    """The index of one stream."""

    def __init__(self, redis_url: str, stream: str = STREAM) -> None:
        self._redis_url = redis_url
        self._stream = stream
        self._position = f"{stream}:indexed"

    def slice(self) -> int:
        """Take up the next entries; how many. Of several processes one does at a time.

        Raises AuditUnavailable.
        """
        with _Client(self._redis_url) as client:
            turn = f"{self._stream}:index-turn"
            if not client.set(turn, "1", nx=True, ex=TURN_SECONDS):
                return 0
            try:
                return self._take_up(client)
            finally:
                client.delete(turn)

    async def keep(self) -> None:
        """Until it is cancelled. What cannot be taken up now is later."""
        pause = IDLE_SECONDS
        while True:
            await asyncio.sleep(pause)
            taken = 0
            try:
                taken = await asyncio.to_thread(self.slice)
            except Exception as error:
                _LOG.warning("the audit is not indexed now: %s", type(error).__name__)
            pause = PAUSE_SECONDS if taken == SLICE_ENTRIES else IDLE_SECONDS

    def of_person(self, person: str, until_ms: int | None = None) -> Iterator[Disclosure]:
        """Disclosures about the person, the newest first, as far as they are not newer than that.

        What is not indexed yet comes first, read from the stream. Raises AuditUnavailable.
        """
        with _Client(self._redis_url) as client:
            reached = client.get(self._position)
            place = reached.decode() if reached else None
            yield from newest_first(self._redis_url, self._stream, behind=place)
            if place:
                for entry in self._entries(client, person, place, until_ms):
                    yield from (one for one in reversed(entry) if _is_about(one, person))

    def _take_up(self, client: Any) -> int:
        reached = client.get(self._position)
        start = f"({reached.decode()}" if reached else "-"
        page = client.xrange(self._stream, start, "+", count=SLICE_ENTRIES)
        if page:
            pipe = client.pipeline(transaction=True)
            for place, stored in page:
                for person in _persons(stored):
                    pipe.zadd(self._of(person), {place: _score(place)})
            pipe.set(self._position, page[-1][0])
            pipe.execute()
        return len(page)

    def _entries(
        self, client: Any, person: str, reached: str, until_ms: int | None
    ) -> Iterator[list[Disclosure]]:
        key, newest, at = self._of(person), "+inf" if until_ms is None else until_ms + SKEW_MS, 0
        while True:
            page = client.zrevrangebyscore(key, newest, "-inf", start=at, num=_PAGE)
            for place in page:
                if _order(place) <= _order(reached.encode()):
                    for _, stored in client.xrange(self._stream, place, place):
                        yield disclosures(Entry.read(stored))
            if len(page) < _PAGE:
                return
            at += _PAGE

    def _of(self, person: str) -> str:
        return f"{self._stream}:of:{sha256(person.encode()).hexdigest()[:_KEY_DIGITS]}"


class _Client:
    """A connection for one piece of work. Raises AuditUnavailable for what goes wrong in it."""

    def __init__(self, redis_url: str) -> None:
        self._client = cast("Any", Redis.from_url(redis_url))  # pyright: ignore[reportUnknownMemberType]

    def __enter__(self) -> Any:
        return self._client

    def __exit__(self, kind: Any, error: BaseException | None, at: Any) -> None:
        self._client.close()
        if isinstance(error, RedisError | OSError):
            raise AuditUnavailable(f"{type(error).__name__}: {error}") from error


def _persons(stored: Mapping[bytes, bytes]) -> set[str]:
    """Of whom an entry tells; nobody where no writer wrote it."""
    try:
        found = disclosures(Entry.read(stored))
    except (KeyError, ValueError):
        return set()
    return {person for one in found for row in one.rows for person in _of_row(row)}


def _of_row(row: Row) -> Iterable[str]:
    """An answer is about each person whom it names."""
    if row.type == "Person" or row.type.endswith("Answer"):
        return row.record.split(":") if not row.record.startswith("sought:") else ()
    return ()


def _is_about(disclosure: Disclosure, person: str) -> bool:
    return any(about(row, person) for row in disclosure.rows)


def _score(place: bytes) -> float:
    """The milliseconds of the place; those of one millisecond stand in their order."""
    ms, number = _order(place)
    return ms + min(number, 4095) / 4096


def _order(place: bytes) -> tuple[int, int]:
    ms, _, number = place.partition(b"-")
    return int(ms), int(number)
