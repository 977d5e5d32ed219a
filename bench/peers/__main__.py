"""`python -m bench.peers`: who answers how fast, on one graph in one run; `make bench` runs it.

Starts a stack of its own with a synthetic city, and every contender beside it. Requires equal
answers, then measures in rounds. Prints tables; writes JSON and a picture.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console

from bench.peers import city, measure
from bench.peers.callers import Caseworker
from bench.peers.contenders import Contender, Variables
from bench.peers.equality import Different, bodies, require_equal
from bench.peers.operations import Operation, read_operations
from bench.peers.plot import svg
from bench.peers.report import markdown, print_tables, published, rows
from bench.peers.samples import caseworker, variables
from bench.peers.starting import FLOOR, ours, peers
from cli.load import open_store
from runtime.settings import Settings

ROOT = Path(__file__).parents[2]
RESULTS, DOCS = ROOT / "bench" / "results", ROOT / "docs"
ROUTER = "hive_router"
LEFT_OUT = "Hive Router is not compared: "
console = Console(width=170 if not Console().is_terminal else None)


@dataclass(frozen=True)
class Asked:
    """Who asks, and the questions of each operation."""

    caller: Caseworker
    questions: dict[str, list[Variables]]


def main() -> None:
    """Everything, from the city to the picture."""
    given = _arguments()
    operations = [
        o for o in read_operations() if not given.operations or o.name in given.operations
    ]
    with city.stack(given.home.absolute(), given.people, given.seed) as settings:
        asked = asyncio.run(_sample(settings, operations, given.district))
        with peers(settings) as others:
            floor, *rest = others
            contenders = [floor, *ours(settings, asked.caller), *rest]
            checked = _checked(contenders, operations, asked)
            plan = measure.Plan(given.connections, given.seconds, given.rounds, given.warm_seconds)
            database = city.process_ids(settings.home, "neo4j")
            bursts = measure.run(contenders, operations, checked, plan, database, _told)
    found = rows(bursts, FLOOR)
    names = [contender.name for contender in contenders]
    print_tables(console, found, operations, names)
    console.print(_router())
    _write(given, found, operations, names)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.peers", description=__doc__)
    parser.add_argument("--people", type=int, default=20_000, help="size of the city")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=2.0, help="of one burst")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--warm-seconds", type=float, default=3.0, help="before the first round")
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 8, 64])
    parser.add_argument("--operations", nargs="*", help="by name; all when not given")
    parser.add_argument("--district", default="110101", help="of the caseworker who asks")
    parser.add_argument("--home", type=Path, default=Path(".citizengraph-bench"))
    parser.add_argument("--publish", action="store_true", help="into docs/benchmarks.md")
    return parser.parse_args()


async def _sample(settings: Settings, operations: list[Operation], district: str) -> Asked:
    async with open_store(settings) as store:
        caller = await caseworker(store, district)
        found: dict[str, list[Variables]] = {}
        for operation in operations:
            found[operation.name] = [*await variables(store, operation, district)]
    return Asked(caller, found)


def _checked(
    contenders: list[Contender], operations: list[Operation], asked: Asked
) -> dict[tuple[str, str], list[bytes]]:
    """The requests; ends the run where two answers differ."""
    checked: dict[tuple[str, str], list[bytes]] = {}
    for operation in operations:
        _told(f"same answers: {operation.title}")
        questions, answers = asked.questions[operation.name], dict[str, Any]()
        try:
            for contender in contenders:
                if contender.text(operation) is not None:
                    made, answers[contender.name] = bodies(contender, operation, questions)
                    checked[contender.name, operation.name] = made
            require_equal(operation, questions, answers)
        except Different as error:
            raise SystemExit(str(error)) from error
    return checked


def _write(
    given: argparse.Namespace,
    found: list[dict[str, Any]],
    operations: list[Operation],
    names: list[str],
) -> None:
    said = {name: given.__dict__[name] for name in ("people", "seed", "seconds", "rounds")}
    run = {
        **said,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{os.cpu_count()} cores, {platform.machine()}",
        "load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
    }
    content = json.dumps({"run": run, "contenders": names, "rows": found}, indent=1) + "\n"
    picture, table = svg(found, operations, names), markdown(run, found, operations, names)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "latest.json").write_text(content)
    (RESULTS / "latest.svg").write_text(picture)
    (RESULTS / "latest.md").write_text(table)
    console.print(f"{RESULTS}/latest.json, latest.svg, latest.md", highlight=False)
    if given.publish:
        (DOCS / "peers.json").write_text(content)
        (DOCS / "peers.svg").write_text(picture)
        page = DOCS / "benchmarks.md"
        page.write_text(published(page.read_text(), table))


def _router() -> str:
    if shutil.which(ROUTER) is None:
        return f"{LEFT_OUT}{ROUTER} is not installed."
    return f"{LEFT_OUT}it does not sign the context that the subgraphs require."


def _told(words: str) -> None:
    console.print(f"{datetime.now(UTC):%H:%M:%S} {words}", highlight=False)


if __name__ == "__main__":
    main()
