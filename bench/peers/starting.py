"""Start every contender beside the running stack."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Generator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from bench.peers.callers import Caseworker, Signer
from bench.peers.city import process_ids
from bench.peers.contenders import Contender, Federated, Floor, OneSubgraph
from runtime.node import NODE, NPM
from runtime.ports import free_port
from runtime.process import guarded
from runtime.settings import Settings

START_SECONDS_MAX = 60
ROOT = Path(__file__).parents[2]
SERVER = Path(__file__).parent / "neo4j_graphql"
FLOOR, SINGLE, FEDERATED = "floor", "citizengraph, one subgraph", "citizengraph, federated"
LIBRARY, NAIVE = "@neo4j/graphql", "Strawberry, naive"


@contextmanager
def peers(settings: Settings) -> Generator[list[Contender]]:
    """The floor, @neo4j/graphql and naive Strawberry, on the graph of the settings."""
    with ExitStack() as running:
        module = [sys.executable, "-m"]
        floor = running.enter_context(started([*module, "bench.peers.floor"], settings))
        library = running.enter_context(started(library_command(settings.cache), settings))
        naive = running.enter_context(started([*module, "bench.peers.naive"], settings))
        yield [
            Floor(FLOOR, floor[0], [floor[1]], "floor.cypher"),
            Contender(LIBRARY, library[0], [library[1]], "neo4j-graphql.graphql"),
            Contender(NAIVE, naive[0], [naive[1]], "naive.graphql"),
        ]


def ours(settings: Settings, caller: Caseworker) -> list[Contender]:
    """citizengraph as it runs: the subgraphs asked directly, and through the gateway.

    Valkey, which keeps the audit, counts as a process of both.
    """
    document, home = "citizengraph.graphql", settings.home
    single = OneSubgraph(
        SINGLE,
        settings.subgraphs_port,
        process_ids(home, "subgraphs", "valkey"),
        document,
        caller,
        Signer(home),
    )
    federated = Federated(
        FEDERATED,
        settings.gateway_port,
        process_ids(home, "gateway", "subgraphs", "valkey"),
        document,
        caller.access_headers(settings),
        single,
    )
    return [single, federated]


@contextmanager
def started(command: Sequence[str], settings: Settings) -> Generator[tuple[int, int]]:
    """Port and process id of a peer, which gets the graph's address; ended at the end."""
    port = free_port()
    environment = {
        **os.environ,
        "NODE_ENV": "production",
        "NEO4J_URI": settings.neo4j_uri,
        "NEO4J_USER": settings.neo4j_user,
        "NEO4J_PASSWORD": settings.neo4j_password,
    }
    process = subprocess.Popen(guarded([*command, str(port)]), env=environment, cwd=ROOT)
    try:
        _wait_for(process, f"http://127.0.0.1:{port}/statements")
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(START_SECONDS_MAX)


def _wait_for(process: subprocess.Popen[bytes], url: str) -> None:
    until = time.monotonic() + START_SECONDS_MAX
    while True:
        try:
            with urlopen(url, timeout=5):
                return
        except (URLError, OSError) as error:
            if process.poll() is not None or time.monotonic() > until:
                raise SystemExit(f"{url} does not answer") from error
            time.sleep(0.05)


def library_command(cache: Path) -> list[str]:
    """The program of @neo4j/graphql, whose locked packages are installed once into the cache."""
    files = [path for path in sorted(SERVER.iterdir()) if path.is_file()]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]
    target = cache.absolute() / f"bench-neo4j-graphql-{digest}"
    if not (target / ".installed").is_file():
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        for path in files:
            shutil.copyfile(path, target / path.name)
        options = ["--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"]
        _install([str(NODE), str(NPM), "ci", *options], target)
    return [str(NODE), str(target / "server.mjs")]


def _install(command: list[str], target: Path) -> None:
    done = subprocess.run(command, cwd=target, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"@neo4j/graphql could not be installed:\n{done.stderr}")
    (target / ".installed").touch()
