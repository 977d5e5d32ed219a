"""Departments for tests: the real example, over its own SQLite file, and one that says anything."""

from __future__ import annotations

import json
import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from ingest.city.certificates import write_certificates
from runtime.joined import Joined, write_joined
from runtime.keys import public_keys_file
from runtime.node import NODE, ensure_register
from runtime.ports import free_port
from runtime.process import guarded
from runtime.ready import http_ready
from runtime.register import NAME, NODE_FLAGS
from runtime.settings import StartSettings
from tests.family import NUMBERS

READY_SECONDS_MAX = 20


@contextmanager
def node_program(program: Path, home: Path, database: Path, name: str = NAME) -> Iterator[str]:
    """A department's Node program; its address."""
    port = free_port()
    environment = {
        **os.environ,
        "PORT": str(port),
        "REGISTER": name,
        "GUARD_KEYS": str(public_keys_file(home, "guard")),
        "DATABASE": str(database),
    }
    command = guarded([str(NODE), *NODE_FLAGS, str(program / "main.mjs")])
    process = subprocess.Popen(command, env=environment)
    try:
        deadline = time.monotonic() + READY_SECONDS_MAX
        while True:
            try:
                http_ready(f"http://127.0.0.1:{port}/health")
                break
            except Exception:
                assert process.poll() is None and time.monotonic() < deadline
                time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/graphql"
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def education(home: Path) -> Iterator[str]:
    """The example, with certificates of the family, joined."""
    database = home / "education.sqlite"
    write_certificates(database, ((number, None) for number in NUMBERS.values()))
    program = ensure_register(StartSettings().cache, NAME, lambda _: None)
    with node_program(program, home, database) as url:
        write_joined(home, NAME, Joined(url))
        yield url


class Liar:
    """A department that answers whatever a test wants, and keeps what it was asked."""

    def __init__(self) -> None:
        self.say: Callable[[dict[str, Any]], Any] = honest
        self.status = 200
        self.seconds = 0.0
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []


def person(number: str, *rows: Any) -> dict[str, Any]:
    return {"citizenNumber": number, "educationCertificates": list(rows)}


def honest(body: dict[str, Any]) -> Any:
    """One certificate for each person asked about, with every field."""
    return {
        "data": {
            name: [
                person(entity["citizenNumber"], certificate(number=f"Z-{entity['citizenNumber']}"))
                for entity in entities
            ]
            for name, entities in body["variables"].items()
        }
    }


def certificate(**fields: Any) -> dict[str, Any]:
    return {
        "number": "Z-1",
        "level": "BACHELOR",
        "form": "FULL_TIME",
        "school": "城北大学",
        "major": "法学",
        "enrolledOn": "2006-09-01",
        "graduatedOn": "2010-07",
        **fields,
    }


@contextmanager
def liar(home: Path) -> Iterator[Liar]:
    """Joined for as long as it runs."""
    department = Liar()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            department.asked.append(body)
            department.headers.append(dict(self.headers.items()))
            time.sleep(department.seconds)
            said = department.say(body)
            content = said if isinstance(said, bytes) else json.dumps(said).encode()
            self.send_response(department.status)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            with suppress(OSError):  # nobody waits for it any more
                self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    write_joined(home, NAME, Joined(f"http://127.0.0.1:{server.server_port}/graphql"))
    try:
        yield department
    finally:
        server.shutdown()
        server.server_close()
