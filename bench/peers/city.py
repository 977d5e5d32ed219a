"""The bench's own stack: a synthetic city in a home and on ports that no demo uses.

A city that is there is kept; another size or seed replaces it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

from runtime.ports import free_port
from runtime.settings import Settings, load_settings
from runtime.state import read_state

PORTS = ("GATEWAY", "SUBGRAPHS", "ISSUER", "EDUCATION", "NEO4J", "VALKEY")
MADE = "bench.json"


@contextmanager
def stack(home: Path, people: int, seed: int) -> Generator[Settings]:
    """The running stack with its city; stopped at the end."""
    environment = {**os.environ, "CITIZENGRAPH_HOME": str(home)}
    _run(environment, "down")
    shutil.rmtree(home / "valkey", ignore_errors=True)  # the audit of the run before
    ports = {f"CITIZENGRAPH_{name}_PORT": str(free_port()) for name in PORTS}
    environment |= ports
    _make_city(home, environment, {"people": people, "seed": seed})
    try:
        _run(environment, "up")
        yield load_settings(home=home)
    finally:
        _run(environment, "down")


def _make_city(home: Path, environment: Mapping[str, str], wanted: Mapping[str, int]) -> None:
    made = home / MADE
    if made.is_file() and json.loads(made.read_text()) == wanted:
        return
    made.unlink(missing_ok=True)
    options = [word for name, value in wanted.items() for word in (f"--{name}", str(value))]
    _run(environment, "generate", *options)
    _run(environment, "bulk-load", "--replace", "--yes")
    made.write_text(json.dumps(wanted))


def _run(environment: Mapping[str, str], *words: str) -> None:
    command = [sys.executable, "-m", "cli", *words]
    given = dict(environment)
    done = subprocess.run(command, env=given, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"citizengraph {' '.join(words)} failed:\n{done.stdout}{done.stderr}")


def process_ids(home: Path, *parts: str) -> list[int]:
    """Of parts of the running stack."""
    state = read_state(home)
    return [pid for part in parts if state and (pid := state.parts[part].pid)]
