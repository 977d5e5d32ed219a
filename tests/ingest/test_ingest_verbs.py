"""`generate`, `load`, `ingest`, `runs` and `changes` as a user runs them."""

import json
from pathlib import Path

import pytest

from graph.store import Store
from runtime.neo4j.server import Neo4jAddress
from tests.brp_oracle import brp_file
from tests.ingest.conftest import wipe
from tests.ingest.shell import Shell
from tests.shared_files import shared_file

EXAMPLES = Path(__file__).parent / "examples"


@pytest.fixture
async def shell(
    tmp_path: Path, neo4j_server: Neo4jAddress, valkey_server: str, store: Store
) -> Shell:
    await wipe(store)
    return Shell(tmp_path / "home", neo4j_server, valkey_server)


def test_generate_then_load(shell: Shell) -> None:
    made = shell.json("generate", "--people", "1000", "--seed", "7")
    assert made["counts"]["people"] == 1000
    assert json.loads((shell.home / "story.json").read_text()) == made["story"]
    loaded = shell.json("load")
    assert loaded["facts_total"] > made["facts"]
    assert loaded["nodes_created"]["Person"] >= 1000
    assert "facts in" in shell.run("load", str(made["file"])).stdout


def test_ingest_says_what_became_of_every_record(shell: Shell) -> None:
    path = str(brp_file())
    first = shell.json("ingest", "brp", path)
    assert (first["read"], first["created"], first["quarantined"]) == (687, 687, 0)
    assert first["register"] == "brp" and first["valuesSetAside"] > 0
    again = shell.run("ingest", "brp", path)
    assert "unchanged" in again.stdout and "0 facts written" in again.stdout
    runs = shell.json("runs", "list", "--register", "brp")
    assert [(run["state"], run["unchanged"]) for run in runs] == [("done", 687), ("done", 0)]
    assert shell.json("runs", "show", str(first["run"]))["sha256"] == first["sha256"]
    assert "brp" in shell.run("runs", "list").stdout


def test_each_format_goes_in_by_its_name(shell: Shell) -> None:
    household = shell.json(
        "ingest", "tabular", str(EXAMPLES / "household.csv"), "--register", "household"
    )
    assert household["created"] > 0 and household["quarantined"] == 0
    owners = shell.json("ingest", "bods", str(shared_file("bods/joint-ownership.json")))
    assert owners["register"] == "beneficial-ownership" and owners["derived"] > 0


def test_changes_are_events_without_names_or_numbers(shell: Shell) -> None:
    report = shell.json(
        "ingest", "tabular", str(EXAMPLES / "household.csv"), "--register", "household"
    )
    shown = shell.json("changes", "--limit", "1000")
    graph = shown["events"][0]["id"].split("/")[0]
    ours = [e for e in shown["events"] if e["id"].startswith(f"{graph}/{report['run']}/")]
    assert shown["waiting"] == 0
    assert [e["data"]["sequence"] for e in reversed(ours)] == list(range(1, report["created"] + 1))
    assert {e["type"] for e in ours} == {"citizengraph.record.created"}
    text = json.dumps(ours, ensure_ascii=False)
    table = (EXAMPLES / "household.csv").read_text(encoding="utf-8").splitlines()
    header, row = (line.split(",") for line in table[:2])
    for column in ("公民身份号码", "姓名"):
        assert row[header.index(column)] not in text


def test_bad_input_is_told_in_words(shell: Shell, tmp_path: Path) -> None:
    assert "SOURCE_INVALID" in shell.run("load").stderr
    assert "SOURCE_INVALID" in shell.run("ingest", "brp", str(tmp_path / "none.csv")).stderr
    assert shell.run("ingest", "xml", "a").returncode == 2
    assert shell.run("generate", "--people", "3").returncode == 2
    file = tmp_path / "a.csv"
    file.write_text("x\n1\n")
    nobody = shell.run("ingest", "tabular", str(file), "--register", "nobody")
    assert "BAD_ARGUMENT" in nobody.stderr and "household" in nobody.stderr
    assert "--register" in shell.run("ingest", "tabular", str(file)).stderr
    late = shell.run("ingest", "brp", str(file), "--delivered", "yesterday")
    assert late.returncode == 1
    assert "RUN_UNKNOWN" in shell.run("runs", "show", "99").stderr
    assert "RUN_UNKNOWN" in shell.run("runs", "undo", "99").stderr
