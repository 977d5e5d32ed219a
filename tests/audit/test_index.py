"""The index of the audit by person: it tells what the stream tells, and nobody waits for it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
from redis import Redis

from audit import index as indexing
from audit.index import AuditIndex
from audit.problems import AuditUnavailable
from audit.reader import about, newest_first
from audit.record import Disclosure, Row
from audit.writer import AuditWriter


def looked(*rows: Row, operation: str = "op") -> Disclosure:
    return Disclosure(
        operation=operation,
        operation_name=None,
        operation_hash="h",
        subgraph="people",
        consumer="caseworker",
        subject="s",
        purpose="p",
        basis="b",
        case=None,
        policy="v",
        outcome="disclosed",
        rows=rows,
    )


def person(name: str) -> Row:
    return Row("Person", name, ("name",))


@pytest.fixture
def stream(valkey_server: str) -> str:
    return f"test:audit:{uuid4().hex}"


@pytest.fixture
async def writer(valkey_server: str, stream: str) -> AsyncIterator[AuditWriter]:
    made = AuditWriter(valkey_server, stream)
    await made.open()
    yield made
    await made.close()


async def test_it_tells_what_the_stream_tells(
    valkey_server: str, writer: AuditWriter, stream: str
) -> None:
    index = AuditIndex(valkey_server, stream)
    pair = Row("KinshipAnswer", "a:b", ("isMotherOf.answer",))
    for number, rows in enumerate(([person("a")], [person("b")], [pair], [person("c"), pair])):
        await writer.write(looked(*rows, operation=f"op-{number}"))
        if number == 1:
            assert index.slice() == 2
    for half in (True, False):
        for name in ("a", "b", "c", "nobody"):
            expected = [
                d
                for d in newest_first(valkey_server, stream)
                if any(about(row, name) for row in d.rows)
            ]
            found = [d for d in index.of_person(name) if any(about(row, name) for row in d.rows)]
            assert found == expected, (half, name)
        if half:
            assert index.slice() == 2


async def test_what_is_indexed_is_not_read_for_others(
    valkey_server: str, writer: AuditWriter, stream: str
) -> None:
    index = AuditIndex(valkey_server, stream)
    for number in range(50):
        await writer.write(looked(person("other"), operation=f"op-{number}"))
    await writer.write(looked(person("a"), operation="mine"))
    index.slice()
    assert [d.operation for d in index.of_person("a")] == ["mine"]
    await writer.write(looked(person("other"), operation="newer"))
    assert [d.operation for d in index.of_person("a")] == ["newer", "mine"], "not reached yet"


async def test_older_ones_are_found_by_time(
    valkey_server: str, writer: AuditWriter, stream: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "SKEW_MS", 0)
    monkeypatch.setattr(indexing, "_PAGE", 2)
    index = AuditIndex(valkey_server, stream)
    for number in range(5):
        await writer.write(looked(person("a"), operation=f"op-{number}"))
    index.slice()
    assert [d.operation for d in index.of_person("a")] == [f"op-{n}" for n in (4, 3, 2, 1, 0)]
    assert list(index.of_person("a", until_ms=0)) == []


async def test_it_is_built_anew_from_the_stream(
    valkey_server: str, writer: AuditWriter, stream: str
) -> None:
    index = AuditIndex(valkey_server, stream)
    await writer.write(looked(person("a")))
    assert index.slice() == 1
    before = list(index.of_person("a"))
    client = Redis.from_url(valkey_server)
    for name in client.scan_iter(f"{stream}:*"):
        client.delete(name)
    assert list(index.of_person("a")) == before, "from the stream"
    assert (index.slice(), index.slice()) == (1, 0)
    assert list(index.of_person("a")) == before


async def test_of_several_processes_one_takes_up_at_a_time(
    valkey_server: str, writer: AuditWriter, stream: str
) -> None:
    await writer.write(looked(person("a")))
    client = Redis.from_url(valkey_server)
    client.set(f"{stream}:index-turn", "1")
    index = AuditIndex(valkey_server, stream)
    assert index.slice() == 0
    client.delete(f"{stream}:index-turn")
    assert index.slice() == 1


async def test_it_names_nobody_by_more_than_a_digest(
    valkey_server: str, writer: AuditWriter, stream: str
) -> None:
    await writer.write(looked(person("the-persons-id"), Row("Person", "sought:abc")))
    AuditIndex(valkey_server, stream).slice()
    names = [name.decode() for name in Redis.from_url(valkey_server).scan_iter(f"{stream}:*")]
    assert len(names) == 2
    assert not any("the-persons-id" in name for name in names)


def test_without_a_server_it_says_so() -> None:
    with pytest.raises(AuditUnavailable):
        list(AuditIndex("redis://127.0.0.1:1/0").of_person("a"))
    with pytest.raises(AuditUnavailable):
        AuditIndex("redis://127.0.0.1:1/0").slice()
