"""`citizengraph ingest`: a register's own file into the graph; what is bad is set aside."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.load import open_store, print_report, report_json
from cli.output import JsonOption, console, print_json, print_table
from cli.progress import progress_bar
from ingest.brp.run import BrpFile, IngestReport, ingest_brp
from runtime.settings import Settings, load_settings


class Format(StrEnum):
    """Source formats that can be read."""

    brp = "brp"


def ingest(
    source: Annotated[Format, typer.Argument(help="Format of the file.")],
    path: Annotated[Path, typer.Argument(help="The file.")],
    as_json: JsonOption = False,
) -> None:
    """Ingest a register's file; what cannot be loaded is set aside with its reason. 导入登记库。"""
    del source
    settings = load_settings()
    file = BrpFile(path)
    report = asyncio.run(_ingest(settings, file))
    if as_json:
        print_json(_as_json(file, report))
        return
    print_report(report.load)
    console.print(
        f"{report.lists_read} lists read: {report.lists_loaded} loaded, "
        f"{report.lists_quarantined} set aside; {report.values_quarantined} single values set aside"
    )
    rows = [[str(e.row), e.record, e.field, e.value, e.code, e.reason] for e in file.quarantined]
    print_table(str(report.quarantine), ["row", "list", "field", "value", "code", "reason"], rows)


async def _ingest(settings: Settings, file: BrpFile) -> IngestReport:
    run = f"brp-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    async with open_store(settings) as store:
        with progress_bar("Ingesting", None) as advance:
            return await ingest_brp(
                store,
                file,
                today=date.today().isoformat(),
                quarantine=settings.home / "quarantine",
                run=run,
                progress=advance,
            )


def _as_json(file: BrpFile, report: IngestReport) -> dict[str, Any]:
    codes = [entry.code for entry in file.quarantined]
    return {
        "lists_read": report.lists_read,
        "lists_loaded": report.lists_loaded,
        "lists_quarantined": report.lists_quarantined,
        "values_quarantined": report.values_quarantined,
        "reasons": {code: codes.count(code) for code in sorted(set(codes))},
        "quarantine": str(report.quarantine),
        "load": report_json(report.load),
    }
