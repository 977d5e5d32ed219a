"""`generate`, `load` and `ingest` as a user runs them."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from graph.store import Store
from runtime.neo4j.server import Neo4jAddress
from tests.brp_oracle import brp_file


class Shell:
    """Runs the command in a home of its own, against the test server."""

    def __init__(self, home: Path, server: Neo4jAddress) -> None:
        self.home = home
        self._environment = {
            **os.environ,
            "CITIZENGRAPH_HOME": str(home),
            "NEO4J_URI": server.uri,
            "NEO4J_USER": server.user,
            "NEO4J_PASSWORD": server.password,
        }

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """The finished command."""
        return subprocess.run(
            [sys.executable, "-m", "cli", *arguments],
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=120,
        )

    def json(self, *arguments: str) -> dict[str, Any]:
        """What the command prints with --json."""
        done = self.run(*arguments, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@pytest.fixture
def shell(tmp_path: Path, neo4j_server: Neo4jAddress, store: Store) -> Shell:
    del store
    return Shell(tmp_path / "home", neo4j_server)


def test_generate_then_load(shell: Shell) -> None:
    made = shell.json("generate", "--people", "1000", "--seed", "7")
    assert made["counts"]["people"] == 1000
    assert json.loads((shell.home / "story.json").read_text()) == made["story"]
    loaded = shell.json("load")
    assert loaded["facts_total"] > made["facts"]
    assert loaded["nodes_created"]["Person"] >= 1000
    assert "facts in" in shell.run("load", str(made["file"])).stdout


def test_ingest_brp(shell: Shell) -> None:
    path = str(brp_file())
    report = shell.json("ingest", "brp", path)
    assert report["lists_read"] == report["lists_loaded"] + report["lists_quarantined"] == 687
    assert Path(report["quarantine"]).parent == shell.home / "quarantine"
    assert report["reasons"]["NUMBER_REPEATED"] == 5
    shown = shell.run("ingest", "brp", path).stdout
    assert "687 lists read: 680 loaded, 7 set aside" in shown


def test_bad_input_is_told_in_words(shell: Shell, tmp_path: Path) -> None:
    assert "SOURCE_INVALID" in shell.run("load").stderr
    assert "SOURCE_INVALID" in shell.run("ingest", "brp", str(tmp_path / "none.csv")).stderr
    assert shell.run("ingest", "xml", "a").returncode == 2
    assert shell.run("generate", "--people", "3").returncode == 2
