"""`citizengraph quarantine` and `findings` as an officer runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph.store import Store
from runtime.neo4j.server import Neo4jAddress
from tests.ingest.test_ingest_verbs import Shell
from tests.ingest.test_quarantine import household


@pytest.fixture
def shell(tmp_path: Path, neo4j_server: Neo4jAddress) -> Shell:
    return Shell(tmp_path / "home", neo4j_server)


async def test_from_ingest_to_dismissal(store: Store, shell: Shell, tmp_path: Path) -> None:
    path = household(tmp_path / "h.csv", 出生日期="19791121", 姓名="[bold]=1")
    done = shell.run("ingest", "tabular", str(path), "--register", "household", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["quarantined"] == 1
    listed = json.loads(shell.run("quarantine", "list", "--json").stdout)
    (entry,) = listed["entries"]
    assert (entry["code"], entry["value"], "raw" in entry) == (
        "BIRTH_DATE_MISMATCH",
        "1979-11-21",
        False,
    )
    shown = shell.run("quarantine", "list").stdout
    assert "BIRTH_DATE_MISMATCH" in shown and entry["id"] in shown
    raw = json.loads(shell.run("quarantine", "show", entry["id"], "--json").stdout)["raw"]
    assert "19791121" in json.dumps(raw)
    wrong = shell.run("quarantine", "fix", entry["id"], "生日=1")
    assert wrong.returncode == 1 and "BAD_ARGUMENT" in wrong.stderr
    assert shell.run("quarantine", "fix", entry["id"], "nonsense").returncode == 1
    assert shell.run("quarantine", "replay").returncode == 1
    fixed = shell.run("quarantine", "fix", entry["id"], "出生日期=1979-11-22", "--by", "li")
    assert fixed.returncode == 0, fixed.stderr
    again = json.loads(shell.run("quarantine", "replay", "--run", "1", "--json").stdout)
    assert [(r["replayed"], r["failed"]) for r in again] == [(0, 1)]
    assert shell.run("quarantine", "dismiss", entry["id"]).returncode == 2
    gone = shell.run("quarantine", "dismiss", entry["id"], "--reason", "no such person")
    assert gone.returncode == 0 and "1 entry dismissed" in gone.stdout
    assert json.loads(shell.run("quarantine", "list", "--json").stdout)["entries"] == []
    out = tmp_path / "out.csv"
    assert shell.run("quarantine", "export", str(out), "--state", "all").returncode == 0
    assert "no such person" in out.read_text("utf-8")


async def test_findings_by_kind_register_and_record(
    store: Store, shell: Shell, tmp_path: Path
) -> None:
    found = json.loads(shell.run("findings", "list", "--json").stdout)
    kinds = {row["kind"] for row in found["counts"]}
    assert sum(row["count"] for row in found["counts"]) == len(found["findings"]) > 0
    kind = sorted(kinds)[0]
    record = next(f["record"] for f in found["findings"] if f["kind"] == kind)
    options = ("--kind", kind, "--register", "household", "--record", record)
    narrowed = json.loads(shell.run("findings", "list", *options, "--json").stdout)
    assert {(f["kind"], f["record"]) for f in narrowed["findings"]} == {(kind, record)}
    assert kind in shell.run("findings", "count").stdout
    assert "PARENT_YOUNGER" in shell.run("findings", "kinds").stdout
    unknown = shell.run("findings", "list", "--kind", "PARENT_YUNGER")
    assert unknown.returncode == 1 and "BAD_ARGUMENT" in unknown.stderr
