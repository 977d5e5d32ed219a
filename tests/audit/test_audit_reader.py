"""Finding disclosures, and noticing what was altered."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from own_valkey import OwnValkey, disclosure
from redis import Redis

from audit.chain import STREAM
from audit.pages import Place, Wanted, page
from audit.problems import AuditUnavailable
from audit.reader import PAGE_ENTRIES, read, verify_chain
from audit.writer import AuditWriter


@pytest.fixture
async def url(tmp_path: Path) -> AsyncIterator[str]:
    """A stream of two writers with three entries each."""
    server = OwnValkey(tmp_path)
    server.start()
    for first in (1, 4):
        await write(server.url, first, 3)
    yield server.url
    server.kill()


async def write(url: str, first: int, count: int) -> None:
    writer = AuditWriter(url)
    await writer.open()
    for number in range(first, first + count):
        await writer.write(disclosure(number, consumer="citizen" if number % 2 else "caseworker"))
    await writer.close()


def rewrite(url: str, change: Any) -> None:
    """Read all entries, let `change` alter the list, and store it as if it had been so."""
    with Redis.from_url(url) as client:
        entries: Any = client.xrange(STREAM)
        client.delete(STREAM)
        for place, stored in change(entries):
            client.xadd(STREAM, stored, id=place)


def altered(entries: Any) -> Any:
    place, stored = entries[1]
    changed = {**stored, b"records": stored[b"records"].replace(b"zhang.wei", b"li.na")}
    return [entries[0], (place, changed), *entries[2:]]


def test_newest_first_and_filtered(url: str) -> None:
    assert [d.operation[-1] for d in read(url)] == list("654321")
    assert [d.operation[-1] for d in read(url, consumer="citizen")] == list("531")
    assert [d.operation[-1] for d in read(url, operation="operation-4")] == ["4"]
    assert [d.operation[-1] for d in read(url, record="q2")] == ["2"]
    assert [d.operation[-1] for d in read(url, limit=2)] == list("65")
    assert read(url, operation="other") == []


async def test_more_than_a_page(url: str) -> None:
    await write(url, 7, PAGE_ENTRIES)
    assert len(read(url, limit=1000)) == PAGE_ENTRIES + 6
    assert verify_chain(url).entries == PAGE_ENTRIES + 6


def test_an_untouched_stream_verifies(url: str) -> None:
    report = verify_chain(url)
    assert (report.entries, report.records, report.writers) == (6, 6, 2)
    assert report.problems == ()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (altered, "the content does not match its hash"),
        (lambda entries: [(entries[0][0], {b"writer": b"x"})], "not an entry that a writer wrote"),
        (lambda entries: [entries[0], *entries[2:]], "entry 3 of writer"),
        (lambda entries: entries[1:], "entry 2 of writer"),
        (lambda entries: [*entries[:2], *entries[3:]], "that its writer found when it started"),
        (lambda entries: entries[3:], "that its writer found when it started"),
    ],
)
def test_what_was_altered_is_noticed(change: Any, words: str, url: str) -> None:
    rewrite(url, change)
    problems = verify_chain(url).problems
    assert any(words in problem for problem in problems), problems


def test_swapped_content_is_noticed(url: str) -> None:
    def swap(entries: Any) -> Any:
        (p1, s1), (p2, s2) = entries[:2]
        return [(p1, s2), (p2, s1), *entries[2:]]

    rewrite(url, swap)
    assert len(verify_chain(url).problems) >= 2


def test_reading_without_a_server() -> None:
    with pytest.raises(AuditUnavailable):
        read("redis://127.0.0.1:1/0")


async def test_a_record_written_twice_is_read_once(url: str) -> None:
    again = disclosure(9)
    for _ in range(2):
        writer = AuditWriter(url)
        await writer.open()
        await asyncio.gather(writer.write(again))
        await writer.close()
    assert len(read(url, operation="operation-9")) == 1


def test_pages_go_on_behind_a_place(url: str) -> None:
    seen: list[str] = []
    place: Place | None = None
    while True:
        found = page(url, Wanted(consumer="citizen"), 2, place)
        seen += [disclosure.operation[-1] for disclosure in found.found]
        place = found.last
        if place is None:
            break
    assert seen == list("531")


def test_a_check_that_has_no_time_says_so(url: str) -> None:
    report = verify_chain(url, seconds_max=0)
    assert not report.complete
    assert report.entries < 6
    whole = verify_chain(url)
    assert whole.complete and whole.last
