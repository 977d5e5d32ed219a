"""Entries of the quarantine as an officer works with them: found, corrected, dismissed."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from graph import quarantine
from graph.store import Store
from ingest.formats import open_reader
from ingest.ledger import utc_now
from ingest.records import Options, Reader, Unit
from runtime.errors import CitizengraphError

PAGE_ENTRIES = 1000


@dataclass(frozen=True)
class Filters:
    """Which entries; None lets everything through."""

    run: int | None = None
    register: str | None = None
    code: str | None = None
    state: str | None = None
    record: str | None = None


@dataclass(frozen=True)
class Fix:
    """One value corrected: in which row and field, to what, by whom and when (UTC)."""

    row: int
    field: str
    value: str
    by: str
    at: str


@dataclass(frozen=True)
class Entry:
    """A record that was refused (`whole`), or the values left out of one that was loaded.

    `number` counts records of the file, `first` is the record's first row, `row` that of the
    problem; `more` has further problems; `raw` is the record as the source has it.
    """

    id: str
    run: int
    register: str
    format: str
    mapping: str
    file: str
    number: int
    first: int
    record: str
    whole: bool
    row: int
    field: str
    value: str
    code: str
    reason: str
    more: tuple[Mapping[str, Any], ...]
    state: str
    fixes: tuple[Fix, ...]
    note: str | None
    decided_by: str | None
    decided_at: str | None
    replay_run: int | None
    raw: Any

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Entry:
        """The entry of a stored node's properties."""
        plain = (
            *("id", "run", "register", "format", "mapping", "file", "number", "first", "record"),
            *("whole", "row", "field", "value", "code", "reason", "state"),
        )
        return cls(
            **{name: said[name] for name in plain},
            more=tuple(json.loads(said["more"])),
            fixes=tuple(Fix(**fix) for fix in json.loads(said["fixes"])),
            note=said.get("note"),
            decided_by=said.get("decidedBy"),
            decided_at=said.get("decidedAt"),
            replay_run=said.get("replayRun"),
            raw=json.loads(said["raw"]),
        )

    @property
    def options(self) -> Options:
        """How its file was read."""
        return Options(mapping=Path(self.mapping) if self.mapping else None)

    def unit(self, reader: Reader) -> Unit:
        """The record with its corrections. Raises BAD_ARGUMENT for a field that is not there."""
        return _amended(reader, Unit(self.number, self.first, self.raw), self.fixes)


async def entries(
    store: Store,
    filters: Filters,
    limit: int | None = None,
    after: tuple[int, int, str] | None = None,
) -> AsyncIterator[Entry]:
    """Entries in order of run and place in the file, page by page.

    `after`: run, number and id of the entry behind which they begin.
    """
    left = limit
    while left is None or left > 0:
        page = min(PAGE_ENTRIES, left or PAGE_ENTRIES)
        parameters = {**asdict(filters), "after": after, "limit": page}
        rows = await store.read(quarantine.listed(), parameters, seconds_max=60)
        for row in rows:
            yield Entry.of(row["entry"])
        if len(rows) < page:
            return
        last = rows[-1]["entry"]
        after = (last["run"], last["number"], last["id"])
        left = None if left is None else left - len(rows)


async def entries_by_id(store: Store, ids: Sequence[str]) -> list[Entry]:
    """The entries named. Raises BAD_ARGUMENT naming one that there is not."""
    rows = await store.read(quarantine.by_ids(), {"ids": list(ids)}, seconds_max=60)
    found = {row["entry"]["id"]: Entry.of(row["entry"]) for row in rows}
    for entry in ids:
        if entry not in found:
            hint = "See `citizengraph quarantine list`."
            words = f"The quarantine has no entry {entry!r}."
            raise CitizengraphError("BAD_ARGUMENT", words, hint)
    return list(found.values())


async def counts(store: Store, filters: Filters) -> list[dict[str, Any]]:
    """Rows of state, code, whole and count."""
    return await store.read(quarantine.counted(), asdict(filters), seconds_max=60)


async def fix(
    store: Store, entry: str, changes: Iterable[tuple[str, str]], row: int, by: str
) -> Entry:
    """Correct fields of an open entry; row 0 is that of the problem. What was there is kept.

    Raises BAD_ARGUMENT for a field that the record does not have, or an entry that is not open.
    """
    found = (await entries_by_id(store, [entry]))[0]
    require_open([found])
    at = utc_now()
    new = tuple(Fix(row or found.row, field, value, by, at) for field, value in changes)
    reader = open_reader(found.format, None, found.register, found.options)
    _amended(reader, found.unit(reader), new)
    parameters = {
        "id": entry,
        "before": _as_json(found.fixes),
        "fixes": _as_json((*found.fixes, *new)),
    }
    if not await store.write([(quarantine.set_fixes(), parameters)]):
        words = f"Entry {entry} was changed by someone else at the same time."
        raise CitizengraphError("BAD_ARGUMENT", words, "Look at it again.")
    return (await entries_by_id(store, [entry]))[0]


async def dismiss(store: Store, ids: Sequence[str], reason: str, by: str) -> int:
    """Leave open entries out for good; returns how many. Raises BAD_ARGUMENT without a reason."""
    if not reason.strip():
        words = "An entry is dismissed with a reason."
        raise CitizengraphError("BAD_ARGUMENT", words, "Say why with --reason.")
    require_open(await entries_by_id(store, ids))
    parameters = {"ids": list(ids), "note": reason.strip(), "by": by, "at": utc_now()}
    return len(await store.write([(quarantine.dismiss(), parameters)]))


def require_open(found: Iterable[Entry]) -> None:
    """Raise BAD_ARGUMENT naming an entry that is not open."""
    for entry in found:
        if entry.state != "open":
            words = f"Entry {entry.id} is {entry.state}."
            hint = "Only open entries can be corrected, replayed or dismissed."
            raise CitizengraphError("BAD_ARGUMENT", words, hint)


def _amended(reader: Reader, unit: Unit, fixes: Iterable[Fix]) -> Unit:
    for one in fixes:
        unit = reader.amend(unit, one.row, one.field, one.value)
    return unit


def _as_json(fixes: Iterable[Fix]) -> str:
    """As `graph.quarantine.record` begins it: "[]" for none."""
    return json.dumps([asdict(one) for one in fixes])
