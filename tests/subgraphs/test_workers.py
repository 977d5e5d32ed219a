"""Several processes on one port: each answers and records, and all end with their parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import psutil
import pytest
from harness import JSON_HEADERS, Harness

from resolvers.context import HEADER
from runtime.neo4j.server import Neo4jAddress
from runtime.ports import free_port
from runtime.process import guarded
from tests import family

WORKERS = 2
SECONDS_MAX = 120.0
QUERY = "query ($n: String!) { person(citizenNumber: $n) { name } }"


@pytest.fixture(scope="module")
async def harness(neo4j_server: Neo4jAddress, valkey_server: str) -> AsyncIterator[Harness]:
    async with Harness(neo4j_server, valkey_server) as running:
        await running.empty()
        await running.load()
        yield running


@pytest.fixture
def served(harness: Harness, tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    port = free_port()
    command = [sys.executable, "-m", "subgraphs", "--port", str(port), "--workers", str(WORKERS)]
    environment = os.environ | harness.environment
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(guarded(command), env=environment, stdout=log, stderr=log)
    try:
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.terminate()
        process.wait(SECONDS_MAX)


def until_all_answer(url: str) -> set[int]:
    """Process ids of the workers, once each has answered."""
    seen: set[int] = set()
    deadline = time.monotonic() + SECONDS_MAX
    while len(seen) < WORKERS:
        assert time.monotonic() < deadline, seen
        try:
            answer = httpx.get(f"{url}/health", trust_env=False)
            seen.add(int(answer.json()["process"]))
        except (httpx.HTTPError, KeyError):
            time.sleep(0.1)
    return seen


def ended(processes: set[int]) -> bool:
    deadline = time.monotonic() + SECONDS_MAX
    while any(psutil.pid_exists(p) for p in processes) and time.monotonic() < deadline:
        time.sleep(0.1)
    return not any(psutil.pid_exists(p) for p in processes)


async def test_each_worker_answers_the_same(
    harness: Harness, served: tuple[str, subprocess.Popen[bytes]]
) -> None:
    url, process = served
    workers = until_all_answer(url)
    body = {"query": QUERY, "variables": {"n": family.NUMBERS["mother"]}}
    expected = await harness.graphql("people", QUERY, body["variables"])
    assert expected["data"]["person"]["name"]
    for _ in range(4 * WORKERS):
        headers = {**JSON_HEADERS, HEADER: harness.token("people")}
        async with httpx.AsyncClient(trust_env=False) as client:
            answer = await client.post(f"{url}/people/graphql", json=body, headers=headers)
        assert answer.json() == expected
    process.terminate()
    process.wait(SECONDS_MAX)
    assert ended(workers)


def test_workers_end_with_a_killed_parent(served: tuple[str, subprocess.Popen[bytes]]) -> None:
    url, process = served
    workers = until_all_answer(url)
    os.kill(process.pid, signal.SIGKILL)
    process.wait(SECONDS_MAX)
    assert ended(workers)
