"""A real Neo4j and a real Valkey per test session, each with a home of its own."""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from runtime.neo4j.server import Neo4jAddress, Neo4jServer
from runtime.ports import free_port
from runtime.process import guarded
from runtime.ready import neo4j_ready, valkey_ready
from runtime.settings import StartSettings
from runtime.valkey import ValkeyServer

READY_SECONDS_MAX = 240


def _silent(words: str) -> None:
    del words


def _wait(ready: Callable[[], None], process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS_MAX
    while True:
        try:
            return ready()
        except Exception as problem:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(log.read_text()[-2000:]) from problem
            time.sleep(0.1)


def _run(command: list[str], log: Path, ready: Callable[[], None]) -> Iterator[None]:
    with log.open("wb") as output:
        process = subprocess.Popen(guarded(command), stdout=output, stderr=output)
    try:
        _wait(ready, process, log)
        yield
    finally:
        process.terminate()
        process.wait(60)


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jAddress]:
    home = tmp_path_factory.mktemp("neo4j-home")
    cache = StartSettings().cache.absolute()
    server = Neo4jServer(home, cache, free_port(), heap="512m", page_cache="128m")
    server.prepare(_silent)
    address = server.address
    for _ in _run(server.command(), home / "neo4j.log", lambda: neo4j_ready(*address)):
        yield address
    server.keep_class_archive()


@pytest.fixture(scope="session")
def valkey_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("valkey-home")
    server = ValkeyServer(home, free_port())
    server.prepare(_silent)
    for _ in _run(server.command(), home / "valkey.log", lambda: valkey_ready(server.url)):
        yield server.url


@pytest.fixture
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the stack comes from the shell, except the shared cache."""
    for name in list(os.environ):
        if name.startswith(("CITIZENGRAPH_", "NEO4J_", "REDIS_")) and name != "CITIZENGRAPH_CACHE":
            monkeypatch.delenv(name)
