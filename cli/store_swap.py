"""A new store takes the place of the one in use, whether the stack runs or not."""

from __future__ import annotations

import asyncio
from collections.abc import Generator
from contextlib import contextmanager

from cli.load import open_store
from ingest.bulk.schema import is_empty
from runtime.errors import CitizengraphError
from runtime.launch import start, stop
from runtime.lock import supervisor_pid, take_lock
from runtime.neo4j.exchange import exchange
from runtime.neo4j.server import Neo4jServer
from runtime.settings import Settings, StartSettings, load_settings
from runtime.stack import is_external
from runtime.state import StackState, read_state

_EMBEDDED = "neo4j"


def require_embedded(settings: Settings) -> None:
    """Raise GRAPH_EXTERNAL where the server is not the home's own."""
    if is_external(settings, _EMBEDDED):
        raise CitizengraphError(
            "GRAPH_EXTERNAL",
            "NEO4J_URI names a server that runs elsewhere; its store cannot be written from here.",
            "Unset NEO4J_URI to fill the embedded graph, or use `citizengraph load`.",
        )


def require_empty(settings: Settings) -> None:
    """Raise GRAPH_NOT_EMPTY unless the graph holds nothing; a stopped one is asked too."""
    server = Neo4jServer.of(settings)
    if not (server.directory / "data" / "databases" / server.database).exists():
        return
    parts = running_parts(settings)
    if parts and _EMBEDDED not in parts:
        stop(settings, _unwatched)
    if _EMBEDDED not in parts:
        start(load_settings(StartSettings), [_EMBEDDED], _unwatched)
    try:
        _require_empty(load_settings())
    finally:
        _restore(settings, parts)


def put_in_use(settings: Settings, made: Neo4jServer, replace: bool) -> None:
    """Stop the stack if it runs, exchange the stores, and start again what ran."""
    parts = running_parts(settings)
    if _EMBEDDED in parts and not replace:
        _require_empty(load_settings())
    if parts:
        stop(settings, _unwatched)
    try:
        with _nobody_starts(settings):
            exchange(made.directory, Neo4jServer.of(settings).directory, made.database)
    finally:
        if parts:
            start(load_settings(StartSettings), parts, _unwatched)


@contextmanager
def _nobody_starts(settings: Settings) -> Generator[None]:
    """Hold the lock of the supervisor, so that no stack starts meanwhile."""
    lock = take_lock(settings.home.absolute())
    if lock is None:
        words = "A stack was started while the new graph was to be put in its place."
        raise CitizengraphError("STOP_FAILED", words, "Stop it and load again.")
    with lock:
        yield


def running_parts(settings: Settings) -> list[str]:
    """The parts that the stack runs; none where it does not run."""
    home = settings.home.absolute()
    state = read_state(home)
    if state is None or supervisor_pid(home) != state.pid:
        return []
    return list(state.parts)


def _require_empty(settings: Settings) -> None:
    async def ask() -> bool:
        async with open_store(settings) as store:
            return await is_empty(store)

    if not asyncio.run(ask()):
        raise CitizengraphError(
            "GRAPH_NOT_EMPTY",
            f"The graph of {settings.home.absolute()} holds data already.",
            "Add to it with `citizengraph load`, or throw it away with --replace.",
        )


def _restore(settings: Settings, parts: list[str]) -> None:
    """Run again what ran before."""
    if running_parts(settings) == parts:
        return
    stop(settings, _unwatched)
    if parts:
        start(load_settings(StartSettings), parts, _unwatched)


def _unwatched(state: StackState) -> None:
    del state
