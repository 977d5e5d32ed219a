"""What a request to one subgraph costs the process that serves it, on the graph of a running stack.

`python -m bench.request_cpu --requests 1200` calls the ASGI application in this process, each time
with a context token of its own, policy and audit on, one request after the other. Prints processor
time of this process and time of the clock: the tenth percentile, which other work on the machine
disturbs least, and the median. The HTTP server and the database are not in it.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Mapping, Sequence
from typing import Any

import uvloop

from bench.peers.callers import Caseworker, Signer
from bench.peers.contenders import OneSubgraph
from bench.peers.operations import Operation, read_operations
from bench.peers.samples import caseworker, variables
from cli.load import open_store
from cli.output import print_json, print_table
from runtime.settings import Settings, load_settings
from subgraphs.app import Application, application

WARM = 200
DEFAULT = ("point", "family-one-subgraph")
Headers = Sequence[tuple[bytes, bytes]]


async def call(app: Application, path: str, headers: Headers, body: bytes) -> bytes:
    """The body of the answer."""
    answer = b""
    scope = {
        "type": "http",
        "http_version": "1.1",
        "scheme": "http",
        "root_path": "",
        "method": "POST" if body else "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": headers,
        "server": ("bench", 80),
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        nonlocal answer
        answer += message.get("body", b"")

    await app(scope, receive, send)
    return answer


async def measure(
    app: Application, contender: OneSubgraph, operation: Operation, asked: list[Any], count: int
) -> dict[str, Any]:
    """A row of the table. Raises SystemExit where a request is not answered."""
    policy = json.loads(await call(app, "/health", (), b""))["policy"]
    bodies = [contender.body(operation, each) for each in asked]
    assert operation.subgraph is not None
    path, took = contender.path(operation), list[tuple[float, float]]()
    for turn in range(WARM + count):
        claims = contender.caller.claims(policy)
        headers = contender.signer.header(claims, operation.subgraph).items()
        encoded = [(name.encode(), value.encode()) for name, value in headers]
        clock, used = time.perf_counter(), time.process_time()
        answer = await call(app, path, encoded, bodies[turn % len(bodies)])
        took.append((time.process_time() - used, time.perf_counter() - clock))
        if b'"errors":' in answer:
            raise SystemExit(f"{operation.title} was not answered: {answer[:300]}")
    cpu, wall = (sorted(side) for side in zip(*took[WARM:], strict=True))
    return {"operation": operation.title, **_quantiles("cpu", cpu), **_quantiles("clock", wall)}


def _quantiles(name: str, seconds: Sequence[float]) -> Mapping[str, float]:
    at = {"p10": len(seconds) // 10, "median": len(seconds) // 2}
    return {f"{name} {what} ms": round(1000 * seconds[place], 3) for what, place in at.items()}


async def run(settings: Settings, names: Sequence[str], district: str, count: int) -> list[Any]:
    """Every operation, one after the other."""
    operations = [o for o in read_operations() if o.name in names and o.subgraph]
    async with open_store(settings) as store:
        caller: Caseworker = await caseworker(store, district)
        asked = {o.name: await variables(store, o, district) for o in operations}
    contender = OneSubgraph("", 0, (), "citizengraph.graphql", caller, Signer(settings.home))
    app = application(settings)
    async with app.router.lifespan_context(app):
        return [await measure(app, contender, o, asked[o.name], count) for o in operations]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="bench.request_cpu", description=__doc__)
    parser.add_argument("--requests", type=int, default=1200, help="of each operation")
    parser.add_argument("--operations", nargs="*", default=DEFAULT, help="of bench/peers, by name")
    parser.add_argument("--district", default="110101", help="the caseworker's district")
    parser.add_argument("--json", action="store_true", help="for machines")
    given = parser.parse_args()
    settings = load_settings()
    rows = uvloop.run(run(settings, given.operations, given.district, given.requests))
    if given.json:
        print_json(rows)
        return
    cells = [[str(value) for value in row.values()] for row in rows]
    print_table("What a request costs", list(rows[0]), cells)


if __name__ == "__main__":
    main()
