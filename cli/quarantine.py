"""`citizengraph quarantine`: what was not loaded; correct it, load it again, or leave it out."""

from __future__ import annotations

import asyncio
import getpass
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.arguments import known_code, known_register
from cli.ingest import bar_titles
from cli.load import open_store
from cli.output import JsonOption, console, counted, print_json, print_list, print_table, safe
from cli.progress import phase_bars
from ingest import entries as quarantined
from ingest.entries import Entry, Filters
from ingest.export import as_json as entry_json
from ingest.export import export as write_export
from ingest.feed import Feed
from ingest.replay import ReplayReport
from ingest.replay import replay as replay_entries
from runtime.errors import CitizengraphError
from runtime.settings import load_settings

quarantine = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="What was not loaded, and why: correct, replay, dismiss. 数据隔离。",
)


class State(StrEnum):
    """What became of an entry."""

    open = "open"
    replayed = "replayed"
    dismissed = "dismissed"
    repeated = "repeated"
    all = "all"


class Kind(StrEnum):
    """How entries are written to a file."""

    csv = "csv"
    jsonl = "jsonl"


Run = Annotated[int | None, typer.Option(min=1, help="Only of this run.")]
Register = Annotated[str | None, typer.Option(help="Only of this register.")]
Code = Annotated[str | None, typer.Option(help="Only with this problem code.")]
Record = Annotated[str | None, typer.Option(help="Only of this record of its register.")]
InState = Annotated[State, typer.Option(help="Only in this state.")]
Id = Annotated[str, typer.Argument(help='An entry, such as "7/1203" or "7/1203/values".')]
Ids = Annotated[list[str] | None, typer.Argument(help="Entries; without them, by the filters.")]
By = Annotated[str | None, typer.Option(help="Who decides; the user by default.")]
_VALUE_SHOWN = 40
ENTRIES = ("entry", "entries")


@quarantine.command("list")
def list_(
    run: Run = None,
    register: Register = None,
    code: Code = None,
    record: Record = None,
    state: InState = State.open,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="At most so many.")] = 50,
    as_json: JsonOption = False,
) -> None:
    """Entries in order of run and place in the file, and how many there are of each code."""
    filters = _filters(run, register, code, record, state)

    async def read() -> tuple[list[Entry], list[dict[str, Any]]]:
        async with open_store(load_settings()) as store:
            found = [entry async for entry in quarantined.entries(store, filters, limit)]
            return found, await quarantined.counts(store, filters)

    found, counts = asyncio.run(read())
    if as_json:
        print_json({"counts": counts, "entries": [_brief(entry) for entry in found]})
        return
    _print_counts(counts)
    columns = ["id", "register", "record", "row", "field", "value", "code", "reason"]
    print_list("Entries", columns, [_cells(entry) for entry in found], [_lines(e) for e in found])
    total = sum(row["count"] for row in counts)
    if total > len(found):
        console.print(f"{len(found):,} of {total:,} shown; --limit shows more.", style="dim")


@quarantine.command()
def show(entry: Id, as_json: JsonOption = False) -> None:
    """All of an entry: every problem, the record as the source has it, corrections."""

    async def read() -> Entry:
        async with open_store(load_settings()) as store:
            return (await quarantined.entries_by_id(store, [entry]))[0]

    found = asyncio.run(read())
    if as_json:
        print_json(entry_json(found))
        return
    for name, value in entry_json(found).items():
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        console.print(safe(f"{name}: {text}"), highlight=False, markup=False, soft_wrap=True)
    if found.state == "open":
        console.print(f"→ citizengraph quarantine fix {found.id} FIELD=VALUE", style="dim")


@quarantine.command()
def export(
    path: Annotated[Path, typer.Argument(help="A file that is not there yet.")],
    kind: Annotated[Kind | None, typer.Option(help="By the file's name unless given.")] = None,
    run: Run = None,
    register: Register = None,
    code: Code = None,
    record: Record = None,
    state: InState = State.open,
) -> None:
    """Write entries to a file: CSV for a spreadsheet, or JSON Lines."""
    filters = _filters(run, register, code, record, state)
    chosen = kind or _kind_of(path)

    async def write() -> int:
        async with open_store(load_settings()) as store:
            return await write_export(quarantined.entries(store, filters), path, chosen.value)

    count = asyncio.run(write())
    console.print(f"{counted(count, *ENTRIES)} in {path}", soft_wrap=True)


@quarantine.command()
def fix(
    entry: Id,
    changes: Annotated[list[str], typer.Argument(metavar="FIELD=VALUE...", help="Corrections.")],
    row: Annotated[int, typer.Option(min=0, help="Row of the file; the problem's if 0.")] = 0,
    by: By = None,
    as_json: JsonOption = False,
) -> None:
    """Correct fields of an entry's record; what the source said is kept. Then replay it."""
    parsed = [_change(text) for text in changes]

    async def correct() -> Entry:
        async with open_store(load_settings()) as store:
            return await quarantined.fix(store, entry, parsed, row, by or getpass.getuser())

    found = asyncio.run(correct())
    if as_json:
        print_json(entry_json(found))
        return
    console.print(f"{counted(len(found.fixes), 'correction')} of {entry} noted.")
    console.print(f"→ citizengraph quarantine replay {entry}", style="dim")


@quarantine.command()
def replay(
    ids: Ids = None,
    run: Run = None,
    register: Register = None,
    code: Code = None,
    record: Record = None,
    by: By = None,
    as_json: JsonOption = False,
) -> None:
    """Read and judge open entries again, with their corrections; load those that pass."""
    filters = _filters(run, register, code, record, State.open)
    if not ids and filters == Filters(state="open"):
        words = "Say which entries to replay."
        raise CitizengraphError("BAD_ARGUMENT", words, "Name them, or give --run or --register.")
    reports = asyncio.run(_replay(ids or [], filters, by or getpass.getuser()))
    if as_json:
        print_json([{**asdict(r), "run": r.run.as_json()} for r in reports])
        return
    for report in reports:
        console.print(
            f"Run {report.of}: {counted(report.replayed, *ENTRIES)} went in with run "
            f"{report.run.run}, {report.failed:,} stay open."
        )
        if report.failed:
            hint = f"→ citizengraph quarantine list --run {report.of}"
            console.print(hint, style="dim")
    if not reports:
        console.print("No open entry fits.")


@quarantine.command()
def dismiss(
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Entries.")],
    reason: Annotated[str, typer.Option(help="Why they are left out for good.")],
    by: By = None,
    as_json: JsonOption = False,
) -> None:
    """Leave entries out for good, with a reason."""

    async def leave_out() -> int:
        async with open_store(load_settings()) as store:
            return await quarantined.dismiss(store, ids, reason, by or getpass.getuser())

    count = asyncio.run(leave_out())
    if as_json:
        print_json({"dismissed": count})
        return
    console.print(f"{counted(count, *ENTRIES)} dismissed.")


async def _replay(ids: Sequence[str], filters: Filters, by: str) -> list[ReplayReport]:
    settings = load_settings()
    async with open_store(settings) as store:
        found = (
            await quarantined.entries_by_id(store, ids)
            if ids
            else [entry async for entry in quarantined.entries(store, filters)]
        )
        quarantined.require_open(found)
        feed = Feed(store, settings.redis_url)
        try:
            with phase_bars(bar_titles(len(found))) as bars:
                return await replay_entries(
                    store,
                    found,
                    who=by,
                    today=date.today().isoformat(),
                    progress=bars.advance,
                    feed=feed,
                )
        finally:
            await feed.close()


def _filters(
    run: int | None, register: str | None, code: str | None, record: str | None, state: State
) -> Filters:
    chosen = None if state == State.all else state.value
    return Filters(run, known_register(register), known_code(code), chosen, record)


def _change(text: str) -> tuple[str, str]:
    field, equals, value = text.partition("=")
    if not equals or not field:
        words = f"{text!r} is no correction."
        raise CitizengraphError("BAD_ARGUMENT", words, "Write it as FIELD=VALUE.")
    return field, value


def _kind_of(path: Path) -> Kind:
    try:
        return Kind(path.suffix.removeprefix("."))
    except ValueError as error:
        words = f"{path.name} says neither csv nor jsonl."
        hint = "Name the file so, or give --kind."
        raise CitizengraphError("BAD_ARGUMENT", words, hint) from error


def _print_counts(counts: Sequence[dict[str, Any]]) -> None:
    rows = [
        [row["code"], "record" if row["whole"] else "value", row["state"], f"{row['count']:,}"]
        for row in counts
    ]
    print_table("Quarantine", ["code", "what", "state", "entries"], rows)


def _cells(entry: Entry) -> list[str]:
    place = [entry.id, entry.register, entry.record, str(entry.row)]
    return [*place, entry.field, _value(entry), entry.code, entry.reason]


def _lines(entry: Entry) -> list[str]:
    value = _value(entry) or "(empty)"
    what = f"{entry.field}: {value}" if entry.field else value
    heading = f"{entry.id}  {entry.code}  {entry.register} {entry.record}"
    return [heading, f"row {entry.row}  {what}", entry.reason]


def _value(entry: Entry) -> str:
    text = entry.value
    return text if len(text) <= _VALUE_SHOWN else f"{text[:_VALUE_SHOWN]}…"


def _brief(entry: Entry) -> dict[str, Any]:
    """Without the record itself, which `show` and `export` have."""
    return {name: value for name, value in entry_json(entry).items() if name != "raw"}
