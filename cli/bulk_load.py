"""`citizengraph bulk-load`: a file of facts into an empty graph, through Neo4j's importer."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.generate import CITY_FILE
from cli.output import JsonOption, console, counted, print_json, print_table
from cli.progress import PhaseBars, phase_bars
from cli.store_swap import put_in_use, require_embedded, require_empty, running_parts
from graph.store import Store
from ingest.bulk.build import DERIVING, READING, Built, build
from ingest.bulk.schema import make_schema, missing_schema
from ingest.loaded import note_loaded
from runtime.errors import CitizengraphError
from runtime.files import (
    exclusive,
    private_directory,
    private_home,
    require_free_bytes,
    writable,
)
from runtime.neo4j.exchange import finish, is_unfinished
from runtime.neo4j.importing import STEPS, clear, import_files, running, staged
from runtime.neo4j.server import Neo4jServer
from runtime.settings import Settings, load_settings

WORK, LOCK, REJECTS = "bulk-load", "bulk-load.lock", "bulk-rejects.jsonl"
SPACE_NEEDED_SHARE = 3
"""Bytes on disk while it works, to a byte of the file; measured in docs/benchmarks.md."""
IMPORTING, INDEXING = "importing", "indexing"
_TITLES: dict[str, tuple[str, int | None]] = {
    READING: ("Checking (kB)", None),
    DERIVING: ("Deriving", None),
    IMPORTING: ("Importing", STEPS),
    INDEXING: ("Indexing", None),
}


def bulk_load(
    file: Annotated[
        Path | None, typer.Argument(help="Facts, one JSON object a line; city.jsonl by default.")
    ] = None,
    rejects: Annotated[
        Path | None,
        typer.Option(help=f"What is left out, with line and reason; {REJECTS} in the home."),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Throw away what the graph holds.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before replacing.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Load facts into an empty graph, far faster than load. 批量载入。"""
    settings = load_settings()
    require_embedded(settings)
    facts = _readable(file or settings.home / CITY_FILE)
    if replace and not yes:
        typer.confirm(
            f"Replace all that the graph of {settings.home.absolute()} holds?", abort=True
        )
    home = private_home(settings.home.absolute())
    with exclusive(home / LOCK), _work(settings) as work:
        require_free_bytes(home, SPACE_NEEDED_SHARE * facts.stat().st_size)
        if not replace:
            require_empty(settings)
        summary = _load(settings, facts, rejects or settings.home / REJECTS, work, replace)
    if as_json:
        print_json(summary)
    else:
        _print(summary)


@contextmanager
def _work(settings: Settings) -> Generator[Path]:
    """A directory to work in, without what an interrupted bulk load left, and removed at the end.

    An exchange of databases that has begun is finished before anything is removed.
    """
    server = Neo4jServer.of(settings)
    work = settings.home.absolute() / WORK
    if not running_parts(settings):
        finish(server.directory)
    clear(work)
    try:
        yield private_directory(work)
    finally:
        if not is_unfinished(server.directory):
            clear(work)


def _load(
    settings: Settings, facts: Path, rejects: Path, work: Path, replace: bool
) -> dict[str, Any]:
    seconds: dict[str, float] = {}
    started = time.perf_counter()

    def done(step: str) -> None:
        seconds[step] = round(time.perf_counter() - started - sum(seconds.values()), 2)

    made = staged(Neo4jServer.of(settings), work / "server")
    with phase_bars(_TITLES) as bars:
        built = _build(facts, work, rejects, bars)
        done("preparing")
        arguments = built.files.arguments()
        import_files(made, built.files.directory, arguments, _steps(bars, IMPORTING), _silent)
        clear(work / "files")
        done("importing")
        with running(made, settings.start_seconds_max) as address:
            store = Store.connect(*address, settings.neo4j_database)
            asyncio.run(_finish(store, facts, bars))
        done("indexing")
    put_in_use(settings, made, replace)
    done("starting")
    return _summary(built, rejects, seconds)


def _build(facts: Path, work: Path, rejects: Path, bars: PhaseBars) -> Built:
    today = date.today().isoformat()
    with writable(rejects.parent):
        rejects.touch(mode=0o600)
        rejects.chmod(0o600)
        with rejects.open("wb") as file:
            built = build(facts, work, file, today=today, progress=bars)
    clear(work / "facts")
    return built


async def _finish(store: Store, facts: Path, bars: PhaseBars) -> None:
    async with store:
        missing = await missing_schema(store)
        bars.total(INDEXING, len(missing))
        await make_schema(store, missing, _steps(bars, INDEXING))
        await note_loaded(store, facts)


def _steps(bars: PhaseBars, phase: str) -> Callable[[int], None]:
    return lambda steps: bars.advance(phase, steps)


def _readable(path: Path) -> Path:
    try:
        with path.open("rb"):
            return path
    except OSError as error:
        words = f"{path} cannot be read: {error.strerror}."
        raise CitizengraphError("SOURCE_INVALID", words, "Check the path.") from error


def _silent(words: str) -> None:
    del words


def _summary(built: Built, rejects: Path, seconds: dict[str, float]) -> dict[str, Any]:
    return {
        "facts": dict(built.facts),
        "facts_total": sum(built.facts.values()),
        "written": dict(sorted(built.files.counts.items())),
        "rejected": dict(sorted(built.rejected.items())),
        "rejected_total": sum(built.rejected.values()),
        "rejects": str(rejects),
        "seconds": {**seconds, "total": round(sum(seconds.values()), 2)},
    }


def _print(summary: dict[str, Any]) -> None:
    rows = [[name, f"{count:,}"] for name, count in summary["facts"].items()]
    print_table("Loaded", ["type", "facts"], rows)
    seconds = summary["seconds"]
    steps = ", ".join(f"{step} {took} s" for step, took in seconds.items() if step != "total")
    console.print(f"{summary['facts_total']:,} facts in {seconds['total']} s ({steps})")
    if summary["rejected_total"]:
        left_out = counted(summary["rejected_total"], "fact")
        console.print(f"{left_out} left out; {summary['rejects']} says which and why.")
