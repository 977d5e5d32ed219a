"""Killed, cancelled, or without the graph for a while: nothing is lost, nothing is doubled."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from pathlib import Path
from random import Random

import pytest

from bench.ingest_million import write
from graph.store import Store
from ingest.rebuild import digest
from runtime.neo4j.server import Neo4jAddress
from tests.ingest.conftest import wipe
from tests.ingest.shell import Shell

ROWS, KILLS = 8000, 20
COUNTS = ("read", "created", "changed", "unchanged", "quarantined")


@pytest.fixture
def shell(tmp_path: Path, neo4j_server: Neo4jAddress) -> Shell:
    return Shell(tmp_path / "home", neo4j_server)


@pytest.fixture(scope="module")
def household_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("files") / "household.csv"
    write(path, ROWS)
    return path


async def progress(store: Store) -> tuple[str, int]:
    """State of the newest run, and how many records it has committed."""
    rows = await store.read(
        "MATCH (r:IngestRun) WHERE r.number > 0 RETURN r.state AS state, r.read AS read "
        "ORDER BY r.number DESC LIMIT 1",
        {},
    )
    return (rows[0]["state"], rows[0]["read"]) if rows else ("", 0)


async def test_killed_at_twenty_random_points(
    store: Store, shell: Shell, household_file: Path
) -> None:
    """kill -9 within the run's work; taken up again by the same command; the same graph."""
    command = ("ingest", "tabular", str(household_file), "--register", "household")
    await wipe(store)
    undisturbed = shell.json(*command, "--delivered", "2026-11-01")
    wanted, wanted_counts = await digest(store), [undisturbed[name] for name in COUNTS]
    random, kills, interrupted, resumed = Random(20), 0, 0, 0
    await wipe(store)
    while kills < KILLS:
        process = shell.start(*command, "--delivered", "2026-11-01", "--json")
        before = await progress(store)
        while process.poll() is None and await progress(store) == before:
            await asyncio.sleep(0.02)  # the command has not begun its work yet
        await asyncio.sleep(random.uniform(0, 0.6))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        kills += 1
        state, read = await progress(store)
        interrupted += state == "running"
        resumed += state == "running" and read > 0
        if state == "done":
            assert await digest(store) == wanted
            await wipe(store)
    report = shell.json(*command, "--delivered", "2026-11-01")
    assert [report[name] for name in COUNTS] == wanted_counts
    assert await digest(store) == wanted
    assert interrupted >= KILLS // 2 and resumed >= 3, "the kills hit the run at work"


async def test_a_run_is_cancelled_and_undone(
    store: Store, shell: Shell, household_file: Path
) -> None:
    await wipe(store)
    process = shell.start("ingest", "tabular", str(household_file), "--register", "household")
    while (await progress(store))[1] == 0:
        await asyncio.sleep(0.05)
        assert process.poll() is None, process.communicate()
    number = shell.json("runs", "list")[0]["number"]
    busy = shell.run("ingest", "tabular", str(household_file), "--register", "household")
    assert busy.returncode == 1 and "REGISTER_BUSY" in busy.stderr
    assert shell.json("runs", "cancel", str(number))["state"] == "cancelling"
    _, words = process.communicate()
    assert process.returncode == 1 and "RUN_CANCELLED" in words
    assert shell.json("runs", "show", str(number))["state"] == "cancelled"
    taken_back = shell.json("runs", "undo", str(number))
    assert taken_back["changed"] > 0
    believed = await store.read(
        "MATCH (s:Statement {register: 'household'}) WHERE s.recordedTo IS NULL "
        "RETURN count(s) AS count",
        {},
    )
    assert believed == [{"count": 0}]


def test_the_graph_is_killed_in_mid_run(
    tmp_path: Path, household_file: Path, clean_environment: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run waits until the supervisor has the graph running again, and goes on."""
    del clean_environment
    from runtime.launch import start, stop
    from runtime.settings import StartSettings, load_settings
    from runtime.state import read_state

    home = tmp_path / "home"
    monkeypatch.setenv("CITIZENGRAPH_HOME", str(home))
    monkeypatch.setenv("CITIZENGRAPH_NEO4J_HEAP", "512m")
    start(load_settings(StartSettings), ["neo4j"], lambda _: None)
    try:
        settings = load_settings()
        address = Neo4jAddress(settings.neo4j_uri, settings.neo4j_user, settings.neo4j_password)
        shell = Shell(home, address)
        process = shell.start(
            "ingest", "tabular", str(household_file), "--register", "household", "--json"
        )
        _wait_until(lambda: asyncio.run(_read(settings)) > 0)
        state = read_state(home)
        assert state is not None and state.parts["neo4j"].pid
        os.kill(state.parts["neo4j"].pid, signal.SIGKILL)
        _, words = process.communicate(timeout=120)
        assert process.returncode == 0, words
        run = shell.json("runs", "show", "1")
        assert run["state"] == "done" and run["read"] == ROWS
        assert run["read"] == run["created"] + run["unchanged"] + run["quarantined"]
    finally:
        stop(load_settings(StartSettings), lambda _: None)


async def _read(settings: object) -> int:
    from cli.load import open_store

    async with open_store(settings) as store:  # type: ignore[arg-type]
        return (await progress(store))[1]


def _wait_until(condition: object, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < deadline
        time.sleep(0.1)
