"""`citizengraph up`, `status`, `doctor` and `down` as a user runs them."""

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest


def citizengraph(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


def test_up_status_doctor_down(home: Path) -> None:
    started = citizengraph("up", "--only", "valkey")
    assert started.returncode == 0, started.stderr
    assert "The stack is ready." in started.stdout
    assert "already running" in citizengraph("up", "--only", "valkey").stdout
    shown = json.loads(citizengraph("status", "--json").stdout)
    part = shown["parts"]["valkey"]
    assert (shown["status"], part["state"], part["restarts"]) == ("running", "ready", 0)
    assert part["memory_bytes"] > 1_000_000 and part["uptime_seconds"] >= 0
    assert "ready" in citizengraph("status").stdout
    examined = citizengraph("doctor", "--json")
    findings = {f["check"]: f for f in json.loads(examined.stdout)}
    good = ("home", "disk", "java", "node", "ports", "supervisor", "valkey", "clock")
    assert [name for name in good if not findings[name]["is_good"]] == []
    assert citizengraph("down").stdout == "Stopped.\n"
    wiped = citizengraph("down", "--wipe", "--yes")
    assert "Removed valkey" in wiped.stdout
    assert list(home.iterdir()) == []


def test_doctor_says_what_is_wrong_and_what_to_do(home: Path) -> None:
    assert citizengraph("up", "--only", "valkey").returncode == 0
    (home / "keys" / "gateway.jwk.json").chmod(0o644)
    examined = citizengraph("doctor", "--json")
    finding = {f["check"]: f for f in json.loads(examined.stdout)}["keys"]
    assert examined.returncode == 1
    assert finding["words"] == "gateway.jwk.json can be read by others (mode 644)."
    assert finding["hint"].startswith("chmod 600 ")


def test_nothing_runs(home: Path) -> None:
    shown = citizengraph("status")
    assert shown.returncode == 1
    assert "NOT_RUNNING" in shown.stderr and "citizengraph up" in shown.stderr
    assert json.loads(citizengraph("status", "--json").stdout)["status"] == "not running"
    assert citizengraph("down").stdout == "The stack was not running.\n"


def test_wipe_asks_first(home: Path) -> None:
    assert citizengraph("up", "--only", "valkey").returncode == 0
    refused = citizengraph("down", "--wipe")
    assert refused.returncode == 1
    assert (home / "valkey").is_dir()


def test_failed_start_exits_with_words(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("CITIZENGRAPH_NEO4J_HEAP", "1m")
        failed = citizengraph("up", "--only", "neo4j")
        patch.setenv("CITIZENGRAPH_NEO4J_HEAP", "much")
        refused = citizengraph("up")
    assert failed.returncode == 1
    assert "PART_FAILED" in failed.stderr and "heap" in failed.stderr
    assert refused.returncode == 1
    assert "CITIZENGRAPH_NEO4J_HEAP" in refused.stderr


def test_generated_city_is_its_owners_alone(home: Path) -> None:
    home.mkdir(mode=0o755)
    made = citizengraph("generate", "--people", "1000", "--json")
    assert made.returncode == 0, made.stderr
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in home.iterdir()}
    assert set(modes.values()) == {0o600}
    assert "city.jsonl" in modes
