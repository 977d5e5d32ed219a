"""Bursts of load, in turn and in rounds, with what each costs."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from bench.peers.contenders import Contender
from bench.peers.operations import Operation

ROOT = Path(__file__).parents[2]
SETTLING_SECONDS = 0.3
"""At the beginning of each burst, not counted."""
TOKENS_MAX = 4000
"""Headers signed for a burst; a longer one uses them again."""

Bodies = Mapping[tuple[str, str], list[bytes]]
"""Requests by contender and operation."""


@dataclass(frozen=True)
class Burst:
    """What one contender did in one burst."""

    contender: str
    operation: str
    connections: int
    round: int
    figures: Mapping[str, float]


@dataclass(frozen=True)
class Plan:
    """How long and how often."""

    connections: Sequence[int]
    seconds: float
    rounds: int
    warm_seconds: float


def run(
    contenders: Sequence[Contender],
    operations: Sequence[Operation],
    bodies: Bodies,
    plan: Plan,
    database: Sequence[int],
    told: Callable[[str], None],
) -> list[Burst]:
    """Warm up everybody, then measure; each round begins with another contender."""
    for operation in operations:
        told(f"warming up: {operation.title}")
        for contender in _able(contenders, bodies, operation):
            asked = bodies[contender.name, operation.name]
            _load(contender, operation, asked, 8, plan.warm_seconds)
    found: list[Burst] = []
    for turn in range(plan.rounds):
        for operation in operations:
            told(f"round {turn + 1} of {plan.rounds}: {operation.title}")
            able = _able(contenders, bodies, operation)
            begin = turn % len(able)
            for connections in plan.connections:
                for contender in [*able[begin:], *able[:begin]]:
                    asked = bodies[contender.name, operation.name]
                    figures = _costed(
                        contender, operation, asked, connections, plan.seconds, database
                    )
                    found.append(Burst(contender.name, operation.name, connections, turn, figures))
    return found


def _able(contenders: Sequence[Contender], bodies: Bodies, operation: Operation) -> list[Contender]:
    return [contender for contender in contenders if (contender.name, operation.name) in bodies]


def _costed(
    contender: Contender,
    operation: Operation,
    asked: list[bytes],
    connections: int,
    seconds: float,
    database: Sequence[int],
) -> dict[str, float]:
    statements, own = contender.statements(), cpu_seconds(contender.processes)
    graph = cpu_seconds(database)
    figures = _load(contender, operation, asked, connections, seconds)
    sent = figures["sent"]
    return {
        **figures,
        "cpu_ms": 1000 * (cpu_seconds(contender.processes) - own) / sent,
        "database_cpu_ms": 1000 * (cpu_seconds(database) - graph) / sent,
        "statements": (contender.statements() - statements) / sent,
    }


def _load(
    contender: Contender,
    operation: Operation,
    asked: list[bytes],
    connections: int,
    seconds: float,
) -> dict[str, float]:
    count = max(len(asked), min(TOKENS_MAX, int(1500 * seconds)))
    plan: dict[str, Any] = {
        "port": contender.port,
        "path": contender.path(operation),
        "headers": [dict(each) for each in contender.headers(operation, count)],
        "bodies": [body.decode() for body in asked],
        "connections": connections,
        "seconds": seconds,
        "warm_seconds": SETTLING_SECONDS,
    }
    command = [sys.executable, "-m", "bench.peers.load"]
    given = json.dumps(plan)
    done = subprocess.run(
        command, input=given, capture_output=True, text=True, check=False, cwd=ROOT
    )
    if done.returncode:
        raise SystemExit(f"the load generator failed:\n{done.stderr}")
    return json.loads(done.stdout)


def cpu_seconds(processes: Sequence[int]) -> float:
    """Processor time that the processes and their children have used."""
    total = 0.0
    for pid in processes:
        root = psutil.Process(pid)
        for process in [root, *root.children(recursive=True)]:
            with suppress(psutil.NoSuchProcess):
                times = process.cpu_times()
                total += times.user + times.system
    return total
