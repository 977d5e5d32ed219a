"""Records of the quarantine, read and judged again; those that pass are loaded."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from graph import quarantine
from graph.store import Store
from ingest.entries import Entry
from ingest.feed import Feed
from ingest.formats import open_reader
from ingest.ledger import run_by_number, utc_now
from ingest.records import Delivery, Reader, Reading, Unit
from ingest.run import Progress, RunReport, ingest
from runtime.errors import CitizengraphError

VALUES = "/values"


@dataclass(frozen=True)
class ReplayReport:
    """One run's entries, replayed: what went in, what failed again, and the run that did it."""

    of: int
    replayed: int
    failed: int
    run: RunReport


class EntryReader:
    """A reader of single records instead of a file."""

    def __init__(self, reader: Reader, units: Sequence[Unit]) -> None:
        self._reader = reader
        self._units = units

    @property
    def total(self) -> int:
        """How many records there are."""
        return len(self._units)

    def units(self) -> Iterator[Unit]:
        """The records, corrected, in the order of their file."""
        yield from self._units

    def read(self, unit: Unit) -> Reading:
        """What the record says, as the format reads it."""
        return self._reader.read(unit)

    def amend(self, unit: Unit, row: int, field: str, value: str) -> Unit:
        """The record with one value corrected."""
        return self._reader.amend(unit, row, field, value)


async def replay(
    store: Store,
    entries: Iterable[Entry],
    *,
    who: str,
    today: str,
    progress: Progress = lambda _, __: None,
    feed: Feed | None = None,
) -> list[ReplayReport]:
    """Load the records of open entries, one run for each run that had set them aside.

    They count as delivered when the original file was. Raises BAD_ARGUMENT for entries of a run
    that was undone, REGISTER_BUSY while another run works on the register.
    """
    groups: defaultdict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.state == "open":
            groups[entry.run].append(entry)
    reports: list[ReplayReport] = []
    for number, group in sorted(groups.items()):
        delivery, reader = await _prepared(store, number, group, who)
        run = await ingest(store, delivery, reader, today=today, progress=progress, feed=feed)
        replayed = await _mark(store, group, run.run, who)
        reports.append(ReplayReport(number, replayed, len(group) - replayed, run))
    return reports


async def _prepared(
    store: Store, number: int, group: Sequence[Entry], who: str
) -> tuple[Delivery, EntryReader]:
    run = await run_by_number(store, number)
    if run["state"] == "undone":
        words = f"Run {number} was undone, and what it set aside with it."
        raise CitizengraphError("BAD_ARGUMENT", words, "Ingest the file again.")
    first = group[0]
    reader = open_reader(first.format, None, first.register, first.options)
    units = _units(reader, group)
    content = json.dumps([number, *([unit.number, unit.raw] for unit in units)])
    delivery = Delivery(
        first.format,
        first.register,
        run["file"],
        sha256(content.encode()).hexdigest(),
        run["deliveredAt"],
        who,
        first.mapping,
        kind="replay",
        of=number,
    )
    return delivery, EntryReader(reader, units)


def _units(reader: Reader, group: Iterable[Entry]) -> list[Unit]:
    """One record for each place in the file, with the corrections of every entry about it."""
    units: dict[int, Unit] = {}
    for entry in sorted(group, key=lambda entry: (entry.number, entry.id)):
        unit = units.get(entry.number)
        if unit is None:
            unit = entry.unit(reader)
        else:
            for fix in entry.fixes:
                unit = reader.amend(unit, fix.row, fix.field, fix.value)
        units[entry.number] = unit
    return list(units.values())


async def _mark(store: Store, group: Sequence[Entry], run: int, who: str) -> int:
    """Entries that did not fail in the run, as themselves or as the whole record, went in."""
    ids = sorted({name for entry in group for name in (entry.id, _whole(entry.id))})
    rows = await store.read(quarantine.failed_in(), {"ids": ids, "run": run}, seconds_max=60)
    failed = {row["id"] for row in rows}
    went_in = [e.id for e in group if e.id not in failed and _whole(e.id) not in failed]
    parameters = {"ids": went_in, "run": run, "by": who, "at": utc_now()}
    return len(await store.write([(quarantine.mark_replayed(), parameters)]))


def _whole(entry: str) -> str:
    return entry.removesuffix(VALUES)
