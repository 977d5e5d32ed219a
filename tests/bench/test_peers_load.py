"""The load generator against a server that answers, refuses, and answers in pieces."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from bench.peers.load import requests, run

GOOD = b"HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n" + b'{"data":{}}'
ERRORS = b"HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n" + b'{"errors":[]}'
AWAY = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"
CHUNKED = (
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b'b\r\n{"data":{}}\r\n0\r\n\r\n'
)


@asynccontextmanager
async def serving(*answers: bytes) -> AsyncGenerator[tuple[int, list[bytes]]]:
    """A port whose connections get these answers in turn, and what was asked there."""
    asked: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        turn = 0
        while head := await reader.readuntil(b"\r\n\r\n"):
            length = int(head.rsplit(b"Content-Length: ", 1)[1])
            asked.append(await reader.readexactly(length))
            answer = answers[turn % len(answers)]
            turn += 1
            for at in range(0, len(answer), 40):
                writer.write(answer[at : at + 40])
                await writer.drain()

    server = await asyncio.start_server(_quiet(serve), "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1], asked


def _quiet(serve: Any) -> Any:
    async def quiet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await serve(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    return quiet


def plan(port: int, **changes: Any) -> dict[str, Any]:
    given: dict[str, Any] = {
        "port": port,
        "path": "/x",
        "headers": [{}],
        "bodies": ["a", "bb"],
        "connections": 2,
    }
    return {**given, "seconds": 0.1, "warm_seconds": 0.0, **changes}


async def test_every_answer_is_counted_and_timed() -> None:
    async with serving(GOOD, CHUNKED) as (port, asked):
        found = await run(plan(port))
    assert found["failed"] == 0
    assert found["requests"] == found["sent"] == len(asked) > 10
    assert {b"a", b"bb"} == set(asked)
    assert len(GOOD) < found["bytes"] < len(CHUNKED)
    assert 0 < found["median_ms"] <= found["p99_ms"]


async def test_refusals_and_errors_are_failures() -> None:
    async with serving(GOOD, ERRORS, AWAY, GOOD) as (port, _):
        found = await run(plan(port, connections=1))
    assert 0.4 <= found["failed"] / found["sent"] <= 0.6


async def test_a_slow_server_is_waited_for() -> None:
    async with serving(GOOD) as (port, _):
        found = await run(plan(port, seconds=0.0, connections=4))
    assert found["requests"] >= 8


def test_headers_and_bodies_go_round() -> None:
    made = requests(plan(1, headers=[{"token": str(n)} for n in range(4)]))
    assert len(made) == 4
    assert [b"token: %d\r\n" % n in each for n, each in enumerate(made)] == [True] * 4
    assert [each.endswith(b"\r\n\r\nbb") for each in made] == [False, True] * 2
