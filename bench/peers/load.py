"""The load generator, a process of its own: HTTP/1.1 on kept connections, each with one request at
a time.

`python -m bench.peers.load` reads a plan as JSON from standard input and prints what it measured.
Latency is from the writing of a request to the last byte of its answer. An answer that is not 200,
or has an `errors` member, counts as failed.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import time
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any, cast

import httptools
import uvloop

ANSWER_SECONDS_MAX = 60.0
TIMED_MIN = 2
"""Each connection goes on until it has seen so many on average, however slow they are."""


@dataclass
class Measured:
    """What all connections saw. Latencies in seconds, of requests begun after the warm-up."""

    latencies: list[float] = field(default_factory=list[float])
    sent: int = 0
    failed: int = 0
    bytes: int = 0
    last: float = 0.0


@dataclass(frozen=True)
class Until:
    """When timing begins and ends, and how many answers it needs at least."""

    begin: float
    end: float
    answers: int


class Connection(asyncio.Protocol):
    """One connection: asks, waits, asks again until the time is over."""

    def __init__(self, asked: Any, measured: Measured, until: Until) -> None:
        self._asked, self._measured, self._until = asked, measured, until
        self._started, self._failed = 0.0, False
        self._parser = httptools.HttpResponseParser(self)
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = cast("asyncio.Transport", transport)
        self._ask()

    def data_received(self, data: bytes) -> None:
        """Some of an answer."""
        self._measured.bytes += len(data)
        self._parser.feed_data(data)

    def on_body(self, body: bytes) -> None:
        """Called by the parser."""
        self._failed |= b'"errors":' in body

    def on_message_complete(self) -> None:
        """Called by the parser at the end of an answer."""
        now, measured = time.perf_counter(), self._measured
        measured.failed += self._failed or self._parser.get_status_code() != 200
        if self._started >= self._until.begin:
            measured.latencies.append(now - self._started)
            measured.last = now
        if now < self._until.end or len(measured.latencies) < self._until.answers:
            self._ask()
        else:
            self._transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """The end, wanted or not."""
        if not self.done.done():
            self.done.set_result(None)

    def _ask(self) -> None:
        self._failed = False
        self._measured.sent += 1
        self._started = time.perf_counter()
        self._transport.write(next(self._asked))


def requests(plan: dict[str, Any]) -> list[bytes]:
    """As many as there are headers or bodies, whichever are more; each in turn."""
    bodies = [body.encode() for body in plan["bodies"]]
    headers = [_head(plan, each) for each in plan["headers"]]
    count = max(len(bodies), len(headers))
    pairs = zip(cycle(headers), cycle(bodies), range(count), strict=False)
    return [b"%sContent-Length: %d\r\n\r\n%s" % (h, len(body), body) for h, body, _ in pairs]


def _head(plan: dict[str, Any], headers: dict[str, str]) -> bytes:
    lines = [f"POST {plan['path']} HTTP/1.1", "Host: 127.0.0.1", "Content-Type: application/json"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "".join(f"{line}\r\n" for line in lines).encode()


async def run(plan: dict[str, Any]) -> dict[str, float]:
    """The figures of one burst."""
    measured, loop = Measured(), asyncio.get_running_loop()
    asked = cycle(requests(plan))
    begin = time.perf_counter() + plan["warm_seconds"]
    until = Until(begin, begin + plan["seconds"], TIMED_MIN * plan["connections"])
    pairs = [
        await loop.create_connection(
            lambda: Connection(asked, measured, until), "127.0.0.1", plan["port"]
        )
        for _ in range(plan["connections"])
    ]
    late = plan["warm_seconds"] + plan["seconds"] + ANSWER_SECONDS_MAX
    await asyncio.wait_for(asyncio.gather(*(connection.done for _, connection in pairs)), late)
    return figures(measured, begin)


def figures(measured: Measured, begin: float) -> dict[str, float]:
    """Milliseconds, requests a second, bytes of an answer with its headers.

    Raises SystemExit where nothing was answered.
    """
    if not measured.latencies:
        raise SystemExit("no request was answered")
    ordered = sorted(1000 * latency for latency in measured.latencies)
    count = len(ordered)
    return {
        "requests": count,
        "sent": measured.sent,
        "failed": measured.failed,
        "median_ms": statistics.median(ordered),
        "p99_ms": ordered[min(count - 1, int(count * 0.99))],
        "per_second": count / (measured.last - begin),
        "bytes": measured.bytes / measured.sent,
        "client_cpu_ms": 1000 * time.process_time() / measured.sent,
    }


def main() -> None:
    """Read, run, print."""
    plan = json.load(sys.stdin)
    print(json.dumps(uvloop.run(run(plan))))


if __name__ == "__main__":
    main()
