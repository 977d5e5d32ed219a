"""`citizengraph runs`: what was ingested, by whom, with what result; stop it or take it back."""

from __future__ import annotations

import asyncio
import getpass
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

import typer
import uvloop

from cli.load import open_store
from cli.output import JsonOption, console, print_json, print_table
from cli.progress import phase_bars
from ingest.feed import Feed
from ingest.ledger import list_runs, run_by_number
from ingest.run import RunReport
from ingest.undo import cancel as cancel_run
from ingest.undo import undo as undo_run
from runtime.settings import load_settings

runs = typer.Typer(
    no_args_is_help=True, help="What was ingested; stop it, take it back. 导入批次。"
)
Number = Annotated[int, typer.Argument(min=1, help="The run's number.")]
_COUNTS = ("read", "created", "changed", "unchanged", "quarantined", "withdrawn")


@runs.command("list")
def list_(
    register: Annotated[str | None, typer.Option(help="Only of this register.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many.")] = 20,
    as_json: JsonOption = False,
) -> None:
    """The newest runs first."""

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
    print_table("Runs", columns, rows)


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
    print_table(f"Run {number}", ["", ""], [[name, str(v)] for name, v in sorted(found.items())])


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
    print_table(f"Run {report.run}: {report.delivery.register}", ["records", ""], rows)
    if counts.valuesSetAside:
        console.print(f"{counts.valuesSetAside:,} single values set aside")
    done = counts.read - report.resumed_at
    rate = f", {done / report.seconds:,.0f} records/s" if report.seconds and done else ""
    console.print(f"{counts.facts:,} facts written in {report.seconds:.1f} s{rate}")


def _is_shown(counts: Any, name: str) -> bool:
    return name != "withdrawn" or bool(getattr(counts, name))


def _what(run: Mapping[str, Any]) -> str:
    return run["file"] if run["kind"] == "ingest" else f"{run['kind']} of run {run['of']}"
