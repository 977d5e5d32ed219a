"""The audit against a real Valkey: durable before `write` returns, or AUDIT_UNAVAILABLE."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from own_valkey import OwnValkey, disclosure
from redis import Redis

from audit.chain import STREAM
from audit.problems import AuditUnavailable
from audit.reader import read, verify_chain
from audit.writer import WRITE_SECONDS_MAX, AuditWriter
from runtime.errors import CitizengraphError

CLIENTS = 64


@pytest.fixture
def server(tmp_path: Path) -> Iterator[OwnValkey]:
    own = OwnValkey(tmp_path)
    own.start()
    yield own
    own.kill()


@pytest.fixture
async def writer(server: OwnValkey) -> AsyncIterator[AuditWriter]:
    opened = AuditWriter(server.url)
    await opened.open()
    yield opened
    await opened.close()


async def refused(writer: AuditWriter) -> float:
    """Seconds until a write is refused."""
    started = time.monotonic()
    with pytest.raises(CitizengraphError) as caught:
        await writer.write(disclosure())
    assert caught.value.code == "AUDIT_UNAVAILABLE"
    assert "127.0.0.1" not in str(caught.value)
    return time.monotonic() - started


@pytest.mark.parametrize("fsync", ["always", "everysec"])
async def test_durable_before_write_returns(fsync: str, tmp_path: Path) -> None:
    server = OwnValkey(tmp_path, appendfsync=fsync)
    server.start()
    writer = AuditWriter(server.url)
    await writer.open()
    written = disclosure(1, case="2026-17")
    try:
        await writer.write(written)
        server.kill()
        server.start()
        assert read(server.url) == [written]
    finally:
        await writer.close()
        server.kill()


async def test_a_dead_server_is_a_clear_error_within_the_limit(
    server: OwnValkey, writer: AuditWriter
) -> None:
    await writer.write(disclosure(1))
    server.kill()
    assert await refused(writer) < WRITE_SECONDS_MAX + 0.5
    assert await refused(writer) < WRITE_SECONDS_MAX + 0.5


async def test_a_hanging_server_is_a_clear_error_within_the_limit(
    server: OwnValkey, writer: AuditWriter
) -> None:
    await writer.write(disclosure(1))
    assert server.process
    server.process.send_signal(signal.SIGSTOP)
    seconds = await asyncio.gather(*(refused(writer) for _ in range(3)))
    assert max(seconds) < WRITE_SECONDS_MAX + 0.5
    server.process.send_signal(signal.SIGCONT)
    await writer.write(disclosure(2))
    assert "operation-2" in {d.operation for d in read(server.url)}


async def test_recovers_by_itself(server: OwnValkey, writer: AuditWriter) -> None:
    await writer.write(disclosure(1))
    server.kill()
    await refused(writer)
    server.start()
    await writer.write(disclosure(2))
    server.kill()
    server.start()
    await writer.write(disclosure(3))
    assert [d.operation for d in read(server.url)] == [f"operation-{n}" for n in (3, 2, 1)]
    assert verify_chain(server.url).problems == ()


async def test_opened_without_a_server_it_works_once_there_is_one(tmp_path: Path) -> None:
    server = OwnValkey(tmp_path)
    writer = AuditWriter(server.url)
    try:
        with pytest.raises(AuditUnavailable):
            await writer.open()
        await refused(writer)
        server.start()
        await writer.write(disclosure(1))
    finally:
        await writer.close()
        server.kill()


@pytest.mark.parametrize(
    ("options", "advice"),
    [
        ({"appendonly": "no"}, "appendonly yes"),
        ({"maxmemory": "100mb", "maxmemory-policy": "allkeys-lru"}, "noeviction"),
    ],
)
async def test_a_server_that_could_lose_records_is_refused(
    options: dict[str, str], advice: str, tmp_path: Path
) -> None:
    server = OwnValkey(tmp_path, **options)
    server.start()
    writer = AuditWriter(server.url)
    try:
        with pytest.raises(AuditUnavailable) as caught:
            await writer.open()
        assert advice in caught.value.hint
        await refused(writer)
        with Redis.from_url(server.url) as client:
            assert client.xlen(STREAM) == 0
    finally:
        await writer.close()
        server.kill()


async def test_a_closed_writer_refuses(server: OwnValkey) -> None:
    writer = AuditWriter(server.url)
    await refused(writer)
    await writer.open()
    await writer.write(disclosure(1))
    await writer.close()
    await refused(writer)


async def test_concurrent_writers_share_appends(server: OwnValkey, writer: AuditWriter) -> None:
    each = 150
    latencies: list[float] = []

    async def client(number: int) -> None:
        for turn in range(each):
            started = time.perf_counter()
            await writer.write(disclosure(number * each + turn))
            latencies.append(time.perf_counter() - started)

    started = time.perf_counter()
    await asyncio.gather(*(client(number) for number in range(CLIENTS)))
    seconds = time.perf_counter() - started
    report = verify_chain(server.url)
    p99_ms = sorted(latencies)[int(len(latencies) * 0.99)] * 1000
    print(
        f"\n{CLIENTS} clients: {len(latencies) / seconds:.0f} records/s, p99 {p99_ms:.1f} ms,"
        f" {report.records / report.entries:.0f} records an append"
    )
    assert report.records == CLIENTS * each
    assert report.entries < report.records
    assert report.problems == ()


async def test_works_with_the_servers_of_the_stack(valkey_server: str) -> None:
    stream = "citizengraph:audit:test"
    writer = AuditWriter(valkey_server, stream)
    await writer.open()
    await writer.write(disclosure(1))
    await writer.close()
    assert [d.operation for d in read(valkey_server, stream=stream)] == ["operation-1"]
