"""`citizengraph ingest`: a register's own file into the graph; what is bad is set aside."""

from __future__ import annotations

import gc
import getpass
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
import uvloop

from cli.load import open_store
from cli.output import JsonOption, console, print_json
from cli.progress import PhaseBars, phase_bars, progress_bar
from cli.runs import print_run
from graph.store import Store
from ingest.feed import Feed
from ingest.formats import FORMATS, default_register, open_reader
from ingest.ledger import first_delivered, utc_now
from ingest.records import Delivery, Options, Reader
from ingest.registers import registers
from ingest.run import RunReport
from ingest.run import ingest as ingest_delivery
from ingest.source import examine
from ingest.times import utc_time
from runtime.errors import CitizengraphError
from runtime.settings import Settings, load_settings

# Facts form no circles; looking for them after every 700 new objects takes a tenth of the time.
GARBAGE_THRESHOLD = 50_000


def ingest(
    source: Annotated[str, typer.Argument(metavar="FORMAT", help=f"One of {', '.join(FORMATS)}.")],
    path: Annotated[Path, typer.Argument(help="The file.")],
    register: Annotated[
        str | None, typer.Option(help="Register that delivers it; the format's own by default.")
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option(help="Mapping of a table, instead of the register's own.")
    ] = None,
    delivered: Annotated[
        str | None,
        typer.Option(help="When it was delivered (UTC, 2026-11-23 or 2026-11-23T08:00:00Z)."),
    ] = None,
    snapshot: Annotated[
        bool, typer.Option("--snapshot", help="It holds every record: withdraw those it lacks.")
    ] = False,
    by: Annotated[str | None, typer.Option(help="Who ingests; the user by default.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Ingest a register's file; what cannot be loaded is set aside with its reason. 导入登记库。"""
    settings = load_settings()
    name = _register(source, register)
    with progress_bar("Examining", path.stat().st_size if path.is_file() else None) as advance:
        file = examine(path, advance)
    options = Options(mapping)
    reader = open_reader(source, file, name, options)
    delivery = Delivery(
        source,
        name,
        file.name,
        file.sha256,
        utc_time(delivered) if delivered else "",
        by or getpass.getuser(),
        mapping=str(mapping.resolve()) if mapping else "",
        snapshot=snapshot,
    )
    report = uvloop.run(_ingest(settings, delivery, reader))
    if as_json:
        print_json(report.as_json())
        return
    print_run(report)
    hints(report)


def hints(report: RunReport) -> None:
    """Where to look next."""
    if report.counts.quarantined or report.counts.valuesSetAside:
        console.print(f"→ citizengraph quarantine list --run {report.run}", style="dim")
    console.print(
        f"→ citizengraph findings list --register {report.delivery.register}", style="dim"
    )


def _register(source: str, register: str | None) -> str:
    if source not in FORMATS:
        raise typer.BadParameter(f"{source!r} is none of {', '.join(FORMATS)}.")
    name = register or default_register(source)
    if name is None:
        hint = f"Name one of {', '.join(registers())}, for example --register household."
        raise CitizengraphError(
            "BAD_ARGUMENT", "A table does not say which register delivers it.", hint
        )
    if name not in registers():
        hint = f"Declare it in ingest/registers.yaml, or name one of {', '.join(registers())}."
        raise CitizengraphError("BAD_ARGUMENT", f"There is no register {name!r}.", hint)
    return name


async def _ingest(settings: Settings, delivery: Delivery, reader: Reader) -> RunReport:
    titles = bar_titles(reader.total)
    gc.freeze()
    gc.set_threshold(GARBAGE_THRESHOLD)
    async with open_store(settings) as store:
        with phase_bars(titles) as bars:
            return await carry_out(store, settings, delivery, reader, bars)


def bar_titles(records: int | None) -> dict[str, tuple[str, int | None]]:
    """The phases of a run as its bars name them."""
    return {
        "reading": ("Ingesting", records),
        "undoing": ("Taking back", None),
        "withdrawing": ("Withdrawing", None),
        "deriving": ("Deriving owners", None),
        "examining": ("Examining", None),
    }


async def carry_out(
    store: Store, settings: Settings, delivery: Delivery, reader: Reader, bars: PhaseBars
) -> RunReport:
    """The run, with its bars, sending events as it goes."""
    if not delivery.delivered:
        known = await first_delivered(store, delivery)
        delivery = replace(delivery, delivered=known or utc_now())
    feed = Feed(store, settings.redis_url)
    try:
        return await ingest_delivery(
            store,
            delivery,
            reader,
            today=date.today().isoformat(),
            progress=bars.advance,
            waiting=bars.waiting,
            feed=feed,
        )
    finally:
        await feed.close()
