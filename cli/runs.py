"""`citizengraph runs`: what was ingested, by whom, with what result; stop it or take it back."""

from __future__ import annotations

import asyncio
import getpass
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

import typer
import uvloop

from cli.arguments import known_register
from cli.load import open_store
from cli.output import JsonOption, console, counted, print_json, print_list, print_table
from cli.progress import phase_bars
from ingest.feed import Feed
from ingest.ledger import list_runs, run_by_number
from ingest.run import RunReport
from ingest.undo import cancel as cancel_run
from ingest.undo import undo as undo_run
from runtime.settings import load_settings

runs = typer.Typer(
    add_completion=False, help="What was ingested; stop it, take it back. 导入批次。"
)
Number = Annotated[int, typer.Argument(min=1, help="The run's number.")]
RATED_RECORDS = 100
_COUNTS = ("read", "created", "changed", "unchanged", "quarantined", "withdrawn")
_SHOWN = (
    *("number", "kind", "of", "register", "format", "mapping", "file", "sha256", "snapshot", "who"),
    *("deliveredAt", "startedAt", "finishedAt", "state", "problem", "phase"),
    *(*_COUNTS, "valuesSetAside", "derived", "facts"),
)


@runs.callback(invoke_without_command=True)
def newest(context: typer.Context) -> None:
    """What was ingested; stop it, take it back. 导入批次。"""
    if context.invoked_subcommand is None:
        list_()


@runs.command("list")
def list_(
    register: Annotated[str | None, typer.Option(help="Only of this register.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many.")] = 20,
    as_json: JsonOption = False,
) -> None:
    """The newest runs first; the verb alone does the same."""
    known_register(register)

    async def read() -> list[dict[str, Any]]:
        async with open_store(load_settings()) as store:
            return await list_runs(store, register, limit)

    found = asyncio.run(read())
    if as_json:
        print_json(found)
        return
    columns = ["run", "register", "file", "state", "started", "by", *_COUNTS]
    rows = [
        [
            str(run["number"]),
            run["register"],
            _what(run),
            run["state"],
            run["startedAt"],
            run["who"],
            *(f"{run[name]:,}" for name in _COUNTS),
        ]
        for run in found
    ]
    print_list("Runs", columns, rows, [_lines(run) for run in found])


@runs.command()
def show(number: Number, as_json: JsonOption = False) -> None:
    """All that is known of a run."""

    async def read() -> dict[str, Any]:
        async with open_store(load_settings()) as store:
            return await run_by_number(store, number)

    found = asyncio.run(read())
    if as_json:
        print_json(found)
        return
    for name in _SHOWN:
        if found.get(name) not in (None, ""):
            console.print(f"{name}: {found[name]}", highlight=False, markup=False, soft_wrap=True)
    _hint(number, found["quarantined"], found["valuesSetAside"])


@runs.command()
def cancel(number: Number, as_json: JsonOption = False) -> None:
    """Have a run stop after the batch that it is writing; what it wrote stands."""

    async def stop() -> str:
        async with open_store(load_settings()) as store:
            return await cancel_run(store, number)

    state = asyncio.run(stop())
    if as_json:
        print_json({"run": number, "state": state})
        return
    console.print(
        f"Run {number} is {state}. Take back what it did: citizengraph runs undo {number}"
    )


@runs.command()
def undo(
    number: Number,
    by: Annotated[str | None, typer.Option(help="Who takes it back; the user by default.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Take back a whole run: what it made us believe ends now, and stays known as such."""
    settings = load_settings()

    async def take_back() -> RunReport:
        async with open_store(settings) as store:
            feed = Feed(store, settings.redis_url)
            try:
                with phase_bars({"undoing": ("Taking back", None)}) as bars:
                    return await undo_run(
                        store,
                        number,
                        who=by or getpass.getuser(),
                        today=date.today().isoformat(),
                        progress=bars.advance,
                        feed=feed,
                    )
            finally:
                await feed.close()

    report = uvloop.run(take_back())
    if as_json:
        print_json(report.as_json())
        return
    print_run(report)


def print_run(report: RunReport) -> None:
    """Counts that reconcile, and the rate."""
    counts = report.counts
    if report.resumed_at:
        console.print(f"Taken up again after {report.resumed_at:,} records.")
    rows = [[name, f"{getattr(counts, name):,}"] for name in _COUNTS if _is_shown(counts, name)]
    print_table(f"Run {report.run}: {_title(report)}", ["records", ""], rows)
    if counts.valuesSetAside:
        console.print(f"{counted(counts.valuesSetAside, 'value')} set aside")
    done = counts.read - report.resumed_at
    rate = f", {done / report.seconds:,.0f} records/s" if done >= RATED_RECORDS else ""
    console.print(f"{counted(counts.facts, 'fact')} written in {report.seconds:.1f} s{rate}")
    _hint(report.run, counts.quarantined, counts.valuesSetAside)
    if report.delivery.kind == "ingest":
        register = report.delivery.register
        console.print(f"→ citizengraph findings list --register {register}", style="dim")


def _hint(run: int, quarantined: int, values: int) -> None:
    if quarantined or values:
        console.print(f"→ citizengraph quarantine list --run {run}", style="dim")


def _title(report: RunReport) -> str:
    delivery = report.delivery
    if delivery.kind == "undo":
        return f"{delivery.register}, run {delivery.of} taken back"
    return delivery.register


def _is_shown(counts: Any, name: str) -> bool:
    return name != "withdrawn" or bool(getattr(counts, name))


def _lines(run: Mapping[str, Any]) -> list[str]:
    """A run as it is read where its row does not fit."""
    complete = " as a snapshot" if run["snapshot"] else ""
    became = " + ".join(f"{run[name]:,} {name}" for name in _COUNTS[1:5])
    withdrawn = f"; {run['withdrawn']:,} withdrawn" if run["withdrawn"] else ""
    return [
        f"{run['number']}  {run['state']}  {run['register']}  {_what(run)}",
        f"{run['startedAt']} by {run['who']}, delivered {run['deliveredAt']}{complete}",
        f"{run['read']:,} read = {became}{withdrawn}",
    ]


def _what(run: Mapping[str, Any]) -> str:
    return run["file"] if run["kind"] == "ingest" else f"{run['kind']} of run {run['of']}"
