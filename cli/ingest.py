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

from cli.arguments import delivering_register
from cli.load import open_store
from cli.output import JsonOption, print_json
from cli.progress import PhaseBars, at_work, bytes_bar, phase_bars
from cli.runs import print_run
from graph.store import Store
from ingest.feed import Feed
from ingest.formats import FORMATS, default_register, open_reader
from ingest.ledger import first_delivered, utc_now
from ingest.records import Delivery, Options, Reader
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
    since = _delivered(delivered) if delivered else ""
    with bytes_bar("Checking the file", path.stat().st_size if path.is_file() else None) as advance:
        file = examine(path, advance)
    with at_work("Checking its structure"):
        reader = open_reader(source, file, name, Options(mapping))
    delivery = Delivery(
        source,
        name,
        file.name,
        file.sha256,
        since,
        by or getpass.getuser(),
        mapping=str(mapping.resolve()) if mapping else "",
        snapshot=snapshot,
    )
    report = uvloop.run(_ingest(settings, delivery, reader))
    if as_json:
        print_json(report.as_json())
        return
    print_run(report)


def _register(source: str, register: str | None) -> str:
    if source not in FORMATS:
        raise typer.BadParameter(f"{source!r} is none of {', '.join(FORMATS)}.")
    return delivering_register(register or default_register(source))


def _delivered(text: str) -> str:
    time = utc_time(text)
    if time > utc_now():
        words = f"{text} lies ahead: nothing can have been delivered then."
        raise CitizengraphError("BAD_ARGUMENT", words, "Give a time in the past, in UTC.")
    return time


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
        "examining": ("Looking for findings", None),
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
