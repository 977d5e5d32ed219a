"""`citizengraph load`: a file of facts into the graph."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.generate import CITY_FILE
from cli.output import JsonOption, console, print_json, print_table
from cli.progress import progress_bar
from graph.store import Store
from ingest.lines import FactFile
from ingest.load import LoadReport
from ingest.load import load as load_facts
from ingest.loaded import note_loaded
from ingest.registers import registers
from runtime.settings import Settings, load_settings


def load(
    file: Annotated[
        Path | None, typer.Argument(help="Facts, one JSON object a line; city.jsonl by default.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Load facts into the graph; loading them again changes nothing. 载入事实。"""
    settings = load_settings()
    facts = FactFile(file or settings.home / CITY_FILE)
    report = asyncio.run(_load(settings, facts))
    if as_json:
        print_json(report_json(report))
    else:
        print_report(report)


async def _load(settings: Settings, facts: FactFile) -> LoadReport:
    total = facts.count() + len(registers())
    async with open_store(settings) as store:
        with progress_bar("Loading", total) as advance:
            today = date.today().isoformat()
            report = await load_facts(store, facts, today=today, progress=advance)
        await note_loaded(store, facts.path)
        return report


def open_store(settings: Settings) -> Store:
    """The graph that the settings name."""
    return Store.connect(
        settings.neo4j_uri,
        settings.neo4j_user,
        settings.neo4j_password,
        settings.neo4j_database,
    )


def report_json(report: LoadReport) -> dict[str, Any]:
    """The report with its totals."""
    rate = round(report.facts_total / report.seconds) if report.seconds else 0
    return {**asdict(report), "facts_total": report.facts_total, "facts_per_second": rate}


def print_report(report: LoadReport) -> None:
    """Facts and new nodes per type, and the rate."""
    rows = [
        [name, f"{count:,}", f"{report.nodes_created.get(name, 0):,}"]
        for name, count in report.facts.items()
    ]
    print_table("Loaded", ["type", "facts", "new nodes"], rows)
    rate = report_json(report)["facts_per_second"]
    console.print(f"{report.facts_total:,} facts in {report.seconds:.1f} s ({rate:,}/s)")
