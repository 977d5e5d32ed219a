"""A bulk load against a load of the same facts; what it leaves out; when it refuses; a kill."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from graph.facts import Source
from graph.store import Store
from ingest.lines import to_line
from ingest.load import load
from ingest.loaded import note_loaded
from ingest.rebuild import rebuild
from runtime.neo4j.importing import running
from runtime.neo4j.server import Neo4jServer
from runtime.ports import free_port
from runtime.settings import StartSettings
from tests.ingest.bulk_facts import T1, bad, good, person
from tests.ingest.whole_graph import whole_graph

ROOT = Path(__file__).parents[2]
READY_SECONDS_MAX = 300
TODAY = date.today().isoformat()
Whole = dict[str, list[str]]


class Home:
    """The command in a home of its own."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.server = Neo4jServer(
            directory, StartSettings().cache.absolute(), free_port(), "512m", "128m"
        )
        self.environment = {
            **{n: v for n, v in os.environ.items() if n not in ("NEO4J_URI", "NEO4J_PASSWORD")},
            "PYTHONPATH": str(ROOT),
            "CITIZENGRAPH_HOME": str(directory),
            "CITIZENGRAPH_NEO4J_PORT": str(self.server.port),
            "CITIZENGRAPH_NEO4J_HEAP": self.server.heap,
            "CITIZENGRAPH_NEO4J_PAGE_CACHE": self.server.page_cache,
        }

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """The command, running."""
        return subprocess.Popen(
            [sys.executable, "-m", "cli", *arguments],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """Exit code and what was printed."""
        process = self.start(*arguments)
        said, errors = process.communicate(timeout=600)
        return process.returncode, said, errors

    @asynccontextmanager
    async def store(self) -> AsyncGenerator[Store]:
        """Its graph, while no stack runs."""
        self.server.prepare(lambda words: None)
        with running(self.server, READY_SECONDS_MAX) as address:
            async with Store.connect(*address) as store:
                yield store

    async def whole(self) -> Whole:
        """All that its graph holds."""
        async with self.store() as store:
            return await whole_graph(store)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return Home(tmp_path_factory.mktemp("bulk"))


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Good lines, then bad ones."""
    path = tmp_path_factory.mktemp("facts") / "facts.jsonl"
    with path.open("wb") as lines:
        lines.writelines(map(to_line, good()))
        lines.writelines(line for line, _, _ in bad())
    return path


@pytest.fixture(scope="module")
def loaded(home: Home, file: Path) -> dict[str, Any]:
    """The summary of a bulk load."""
    code, said, errors = home.run("bulk-load", str(file), "--json")
    assert code == 0, errors
    return json.loads(said)


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """A file of another single fact."""
    path = tmp_path / "other.jsonl"
    path.write_bytes(to_line(person("only", Source("population", "O1", T1), name="only")))
    return path


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def expected(tmp_path_factory: pytest.TempPathFactory, file: Path) -> AsyncIterator[Whole]:
    """The graph after a load of the good facts, which is that of a rebuild too."""
    async with Home(tmp_path_factory.mktemp("load")).store() as store:
        await load(store, good(), today=TODAY)
        await note_loaded(store, file)
        found = await whole_graph(store)
        await rebuild(store, today=TODAY)
        assert await whole_graph(store) == found
    yield found


async def test_graph_is_the_same_as_after_a_load(
    home: Home, loaded: dict[str, Any], expected: Whole
) -> None:
    found = await home.whole()
    for part, lines in expected.items():
        assert set(found[part]) ^ set(lines) == set(), part
    assert found == expected


def test_what_is_compared_holds_every_way_of_deriving(expected: Whole) -> None:
    told = "\n".join((*expected["nodes"], *expected["links"]))
    for name in (
        *("addressProtectedUntil', '2998-12-31", "staffUntil', '2999-05-31", "9999-12-31"),
        *("withdrawn', True", "disputedFields', ['name", "'disputed', True", "PARTNER_OF_FACT"),
        *("openDays', ['2020~', '2024-02-03', '2026-03~', '2999']", "openDays', ['0']"),
        *("withdrawnOn', '2021-03", "GAVE_CONSENT_FACT", "SUBJECT_OF_CASE_FACT", "custody"),
    ):
        assert name in told


def test_what_is_bad_is_left_out_by_line_with_the_reason(
    home: Home, loaded: dict[str, Any]
) -> None:
    first = 1 + len(good())
    wanted = {first + n: (code, word) for n, (_, code, word) in enumerate(bad())}
    lines = Path(loaded["rejects"]).read_text(encoding="utf-8").splitlines()
    found = {entry["line"]: entry for entry in map(json.loads, lines)}
    assert found.keys() == wanted.keys()
    for line, (code, word) in wanted.items():
        assert found[line]["code"] == code
        assert word in found[line]["reason"] + found[line]["field"] + found[line]["record"]
    assert loaded["rejected_total"] == len(wanted)
    assert Path(loaded["rejects"]).stat().st_mode & 0o077 == 0


def test_graph_that_is_not_empty_is_refused(home: Home, loaded: dict[str, Any], file: Path) -> None:
    code, _, errors = home.run("bulk-load", str(file))
    assert code == 1
    assert "GRAPH_NOT_EMPTY" in errors and "--replace" in errors
    code, said, _ = home.run("status", "--json")
    assert (code, json.loads(said)["status"]) != (0, "running")


async def test_killed_bulk_load_leaves_the_graph_as_it_was(
    home: Home, loaded: dict[str, Any], expected: Whole, other: Path
) -> None:
    process = home.start("bulk-load", str(other), "--replace", "--yes")
    work = home.directory / "bulk-load"
    while not (work / "server" / "neo4j" / "data" / "databases" / "neo4j").exists():
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert await home.whole() == expected


async def test_running_stack_is_given_the_new_graph_and_runs_again(
    home: Home, loaded: dict[str, Any], other: Path
) -> None:
    code, _, errors = home.run("up", "--only", "neo4j")
    assert code == 0, errors
    try:
        code, _, errors = home.run("bulk-load", str(other))
        assert (code, "GRAPH_NOT_EMPTY" in errors) == (1, True)
        code, _, errors = home.run("bulk-load", str(other), "--replace", "--yes")
        assert code == 0, errors
        async with Store.connect(*home.server.address) as store:
            people = await store.read("MATCH (p:Person) RETURN p.name AS name", {})
    finally:
        home.run("down")
    assert people == [{"name": "only"}]
    assert not (home.directory / "bulk-load").exists()


def test_file_that_is_too_large_for_the_disk_is_refused_at_once(home: Home, tmp_path: Path) -> None:
    large = tmp_path / "large.jsonl"
    large.touch()
    os.truncate(large, 1 << 42)
    code, _, errors = home.run("bulk-load", str(large))
    assert (code, "DISK_FULL" in errors) == (1, True)


def test_server_elsewhere_is_refused(home: Home, tmp_path: Path) -> None:
    elsewhere = Home(tmp_path)
    elsewhere.environment["NEO4J_URI"] = "bolt://127.0.0.1:1"
    code, _, errors = elsewhere.run("bulk-load", str(tmp_path / "none.jsonl"))
    assert (code, "GRAPH_EXTERNAL" in errors) == (1, True)
