"""A store made beside the one in use: imported, then opened by a server of its own."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from runtime.errors import CitizengraphError
from runtime.files import write_file
from runtime.neo4j.server import Neo4jAddress, Neo4jServer
from runtime.ports import free_port
from runtime.process import Report, guarded
from runtime.ready import neo4j_ready

STEPS = 4 * 20
"""What the importer reports: four phases, each in twentieths."""
MEMORY_OFF_HEAP = "2g"
STOP_SECONDS = 120.0
_POLL_SECONDS = 0.2
_TWENTIETH = re.compile(r"\d+% ∆")
_LAST_LINES = 12


def staged(server: Neo4jServer, directory: Path) -> Neo4jServer:
    """A server like this one, whose home is the directory, on a port of its own."""
    return replace(server, home=directory, port=free_port())


def import_files(
    server: Neo4jServer,
    files: Path,
    arguments: Sequence[str],
    progress: Callable[[int], None],
    report: Report,
) -> None:
    """Make the server's database from the files; `progress` is called for each of STEPS.

    Raises IMPORT_FAILED with the last lines of what the importer said.
    """
    server.prepare(report)
    told = files / "arguments"
    write_file(told, "".join(f'"{argument}"\n' for argument in arguments))
    command = server.admin_command(
        *("database", "import", "full", server.database, "--overwrite-destination=true"),
        *(f"--max-off-heap-memory={MEMORY_OFF_HEAP}", f"@{told}"),
    )
    process = subprocess.Popen(
        guarded(command),
        cwd=files,
        env=server.admin_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    try:
        last = _follow(process, progress)
    except BaseException:
        process.kill()
        raise
    finally:
        process.wait()
    if process.returncode != 0:
        words = "Neo4j's importer ended with an error:\n" + "\n".join(last)
        raise CitizengraphError("IMPORT_FAILED", words, "The graph is as it was.")


@contextmanager
def running(server: Neo4jServer, seconds_max: float) -> Generator[Neo4jAddress]:
    """The server, answering; stopped cleanly at the end."""
    log = server.home / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(guarded(server.command()), stdout=output, stderr=output)
    try:
        _wait(server, process, log, seconds_max)
        yield server.address
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def clear(directory: Path) -> None:
    """Remove what an earlier one left."""
    shutil.rmtree(directory, ignore_errors=True)


def _follow(process: subprocess.Popen[str], progress: Callable[[int], None]) -> list[str]:
    """Reports each twentieth of a phase; the last lines about anything else."""
    last: deque[str] = deque(maxlen=_LAST_LINES)
    assert process.stdout is not None
    for line in process.stdout:
        if _TWENTIETH.search(line):
            progress(1)
        elif line.strip():
            last.append(line.rstrip())
    return list(last)


def _wait(
    server: Neo4jServer, process: subprocess.Popen[bytes], log: Path, seconds_max: float
) -> None:
    deadline = time.monotonic() + seconds_max
    while True:
        try:
            return neo4j_ready(*server.address, server.database)
        except Exception as problem:
            if process.poll() is None and time.monotonic() < deadline:
                time.sleep(_POLL_SECONDS)
                continue
            said = log.read_text(encoding="utf-8", errors="replace")[-1500:]
            words = f"The server for the new graph does not answer. It said:\n{said}"
            hint = "The graph is as it was. `citizengraph doctor` tests each part."
            raise CitizengraphError("PART_FAILED", words, hint) from problem
