"""The command as a user runs it, in a home of its own, against the test's servers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from runtime.neo4j.server import Neo4jAddress

ROOT = Path(__file__).parents[2]


class Shell:
    """Runs `citizengraph …`; `start` leaves it running, so that it can be killed."""

    def __init__(self, home: Path, server: Neo4jAddress, redis_url: str = "redis://127.0.0.1:1/0"):
        self.home = home
        self._environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
            "CITIZENGRAPH_HOME": str(home),
            "NEO4J_URI": server.uri,
            "NEO4J_USER": server.user,
            "NEO4J_PASSWORD": server.password,
            "REDIS_URL": redis_url,
        }

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """The finished command."""
        return subprocess.run(
            [sys.executable, "-m", "cli", *arguments],
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=300,
        )

    def json(self, *arguments: str) -> Any:
        """What the command prints with --json."""
        done = self.run(*arguments, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """The command, running."""
        return subprocess.Popen(
            [sys.executable, "-m", "cli", *arguments],
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
