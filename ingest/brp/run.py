"""`ingest brp`: file → lists → sorted → facts → graph; what is set aside goes to quarantine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from graph.facts import Fact
from graph.store import Store
from ingest.brp.lists import read_lists
from ingest.brp.mapping import ListMapping
from ingest.brp.sorting import sort_lists
from ingest.brp.tables import read_tables
from ingest.load import LoadReport, Progress, load
from ingest.quarantine import Quarantined, write_quarantine


class BrpFile:
    """A file of person lists. Iterating gives the facts of the lists that can be loaded."""

    def __init__(self, path: Path) -> None:
        self._path = path
        lists = read_lists(path)
        self.lists_read = len(lists)
        self._sorted = sort_lists(path.name, lists)
        self._tables = read_tables(path.parent)

    @property
    def lists_loaded(self) -> int:
        """Lists that become facts."""
        return len(self._sorted.lists)

    def __iter__(self) -> Iterator[Fact]:
        for mapping in self._mappings({}):
            yield from mapping.facts()

    @cached_property
    def quarantined(self) -> tuple[Quarantined, ...]:
        """Lists set aside whole, then single values of lists that are loaded."""
        values: dict[Quarantined, None] = {}
        for mapping in self._mappings(values):
            for _ in mapping.facts():
                pass
        return (*self._sorted.set_aside, *values)

    def _mappings(self, values: dict[Quarantined, None]) -> Iterator[ListMapping]:
        numbers = {bsn: person.record for bsn, person in self._sorted.lists.items()}
        for person in self._sorted.lists.values():

            def set_aside(
                row: int, field: str, value: str, reason: str, label: str = person.label
            ) -> None:
                entry = Quarantined(
                    self._path.name, row, label, field, value, "VALUE_INVALID", reason, whole=False
                )
                values[entry] = None

            yield ListMapping(person, numbers, self._tables, set_aside)


@dataclass(frozen=True)
class IngestReport:
    """What became of every list: `lists_read` is the sum of the two after it."""

    lists_read: int
    lists_loaded: int
    lists_quarantined: int
    values_quarantined: int
    quarantine: Path
    load: LoadReport


async def ingest_brp(
    store: Store,
    file: BrpFile,
    *,
    today: str,
    quarantine: Path,
    run: str,
    progress: Progress | None = None,
) -> IngestReport:
    """Write the quarantine file, then load the rest; `today` (ISO) decides what is current."""
    entries = file.quarantined
    path = write_quarantine(quarantine, run, entries)
    loaded = await load(store, file, today=today, progress=progress)
    whole = sum(entry.whole for entry in entries)
    return IngestReport(
        file.lists_read, file.lists_loaded, whole, len(entries) - whole, path, loaded
    )
