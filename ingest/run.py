"""A run: read, judge, merge, write, batch by batch; then what follows from what was written."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from itertools import islice
from typing import Any

from graph import ledger
from graph.catalogue import model
from graph.store import Store
from ingest import findings, owners_graph
from ingest.batch import BatchWriter
from ingest.bounds import bounded
from ingest.feed import Feed
from ingest.ledger import Counts, Run, Waiting, begin, joined_nodes, utc_now
from ingest.load import load_registers, prepare
from ingest.merging import Delivered, Merger, Outcome, record_key, was_held
from ingest.records import Delivery, Reader, Reading, Unit, Version
from ingest.rules import RecordRules
from ingest.subjects import held_in, nodes_in
from ingest.versions import Entry, last_heard
from runtime.errors import CitizengraphError

BATCH_RECORDS = 2000
# A batch ends with the record that reaches so many facts: what it takes to write it is bounded.
BATCH_FACTS = 50_000
# Records read between two looks at the batch that the server is writing meanwhile.
TURN_RECORDS = 50
PHASES = {
    "ingest": ("reading", "withdrawing", "deriving", "examining"),
    "replay": ("reading", "deriving", "examining"),
    "undo": ("undoing", "deriving", "examining"),
    "join": ("reading", "deriving", "examining"),
}
# Follows the "|" of a record's key: the keys of a register end before it.
BEYOND = chr(ord("|") + 1)
Progress = Callable[[str, int], None]
Read = list[tuple[Unit, Reading]]


@dataclass(frozen=True)
class RunReport:
    """What a run did. read = created + changed + unchanged + quarantined, in records."""

    run: int
    state: str
    delivery: Delivery
    counts: Counts
    resumed_at: int
    seconds: float

    def as_json(self) -> dict[str, Any]:
        """The report for machines."""
        return {
            "run": self.run,
            "state": self.state,
            **asdict(self.delivery),
            **asdict(self.counts),
            "resumed_at": self.resumed_at,
            "seconds": round(self.seconds, 3),
        }


async def ingest(
    store: Store,
    delivery: Delivery,
    reader: Reader | None,
    *,
    today: str,
    progress: Progress = lambda _, __: None,
    waiting: Waiting = lambda _: None,
    feed: Feed | None = None,
) -> RunReport:
    """Bring a delivery into the graph, or go on with it where it was interrupted.

    `today` (ISO) decides what is current; `progress` gets a phase and the steps done in it.
    Raises REGISTER_BUSY, RUN_CANCELLED, SOURCE_INVALID, GRAPH_UNAVAILABLE.
    """
    started = time.perf_counter()
    await prepare(store)
    await load_registers(store, today=today)
    run = await begin(store, delivery, waiting)
    resumed_at = run.counts.read
    try:
        work = await _Work.of(run, reader, today, progress, feed)
        await work.carry_out()
        await run.finish()
    except CitizengraphError as error:
        state = "cancelled" if error.code == "RUN_CANCELLED" else "failed"
        if error.code not in ("REGISTER_BUSY", "GRAPH_UNAVAILABLE"):
            await run.set(state=state, problem=error.message, finishedAt=utc_now())
        raise
    finally:
        await run.free()
    seconds = time.perf_counter() - started
    return RunReport(run.number, "done", run.delivery, run.counts, resumed_at, seconds)


@dataclass
class _Work:
    """The phases of one run."""

    run: Run
    reader: Reader | None
    rules: RecordRules
    merger: Merger
    writer: BatchWriter
    today: str
    progress: Progress
    feed: Feed | None = None
    writing: asyncio.Task[None] | None = None
    names: set[str | tuple[str, str]] = field(default_factory=lambda: set[str | tuple[str, str]]())

    def __post_init__(self) -> None:
        self.counts = self.run.counts

    @classmethod
    async def of(
        cls,
        run: Run,
        reader: Reader | None,
        today: str,
        progress: Progress,
        feed: Feed | None,
    ) -> _Work:
        delivery = run.delivery
        rows = await run.store.read(ledger.RUNS_OF, {"register": delivery.register})
        undone = frozenset(row["number"] for row in rows if row["state"] == "undone")
        snapshots = tuple(
            (row["delivered"], row["number"])
            for row in rows
            if row["snapshot"] and row["state"] == "done" and row["number"] != run.number
        )
        delivered = Delivered(
            delivery.register,
            run.number,
            delivery.delivered,
            undone,
            snapshots,
            undos={row["number"]: row["of"] for row in rows if row["kind"] == "undo"},
            is_snapshot=delivery.snapshot,
            joined=await joined_nodes(run.store),
        )
        return cls(
            run,
            reader,
            RecordRules(model(), delivery.register, today),
            Merger(run.store, model(), delivered),
            BatchWriter(model(), delivery, run.number, today),
            today,
            progress,
            feed,
        )

    async def carry_out(self) -> None:
        """Every phase from where the run stands."""
        phases = {
            "undoing": self._undo,
            "reading": self._read,
            "withdrawing": self._withdraw,
            "deriving": self._derive,
            "examining": self._examine,
        }
        names = PHASES[self.run.delivery.kind]
        try:
            for name in names[names.index(self.run.phase) :]:
                if name != self.run.phase:
                    await self.run.enter(name)
                await phases[name]()
        finally:
            with suppress(CitizengraphError):
                await self._settle()

    async def _read(self) -> None:
        if self.reader is None:
            return
        done = int(self.run.cursor or 0)
        self.progress("reading", done)
        units = islice(self.reader.units(), done, None)
        while read := await self._next_batch(self.reader, units):
            done += len(read)
            if self._meets_what_is_written(read):
                await self._settle()
            outcomes = await self.run.patiently(lambda read=read: self.merger.merge(read))
            await self._write(outcomes, str(done))
        await self._settle()

    def _meets_what_is_written(self, read: Read) -> bool:
        """Whether a record of the batch, or the node it is about, is in the one being written."""
        names = {name for _, reading in read for name in (reading.record, reading.own) if name}
        met = not names.isdisjoint(self.names)
        self.names = names
        return met

    async def _next_batch(self, reader: Reader, units: Iterator[Unit]) -> Read:
        read: Read = []
        facts = 0
        for unit in islice(units, BATCH_RECORDS):
            reading = reader.read(unit)
            if self.run.delivery.kind != "join":
                reading = bounded(unit, self.rules.apply(unit, reading))
            read.append((unit, reading))
            facts += sum(len(version.facts) for version in reading.versions)
            if facts >= BATCH_FACTS:
                break
            if len(read) % TURN_RECORDS == 0:
                await asyncio.sleep(0)
        return read

    async def _write(self, outcomes: list[Outcome], cursor: str, withdrawn: bool = False) -> None:
        """Start writing a batch, once the one before it is written."""
        before = self.counts
        counts = self.counts = _counted(before, outcomes, withdrawn)
        statements = self.writer.statements(outcomes, before.events + 1, utc_now())
        await self._settle()

        async def commit() -> None:
            await self.run.commit(statements, cursor, counts)
            self.progress("withdrawing" if withdrawn else "reading", len(outcomes))
            if self.feed is not None:
                await self.feed.send()

        self.writing = asyncio.create_task(commit())

    async def _settle(self) -> None:
        writing, self.writing = self.writing, None
        if writing is not None:
            await writing

    async def _withdraw(self) -> None:
        """Records that a complete delivery does not hold any more."""
        if not self.run.delivery.snapshot:
            return
        after = self.run.cursor
        while rows := await self._page(ledger.RECORDS_AFTER, after):
            after = rows[-1]["key"]
            gone = [row["record"] for row in rows if self._is_gone(row["log"])]
            readings = [Reading(record, (Version(None, ()),)) for record in gone]
            await self._write_readings(readings, after, withdrawn=True)

    async def _write_readings(
        self, readings: Iterable[Reading], cursor: str, withdrawn: bool = False
    ) -> None:
        """Readings that no file gave."""
        read = [(Unit(n, 0, None), reading) for n, reading in enumerate(readings, 1)]
        outcomes = await self.run.patiently(lambda: self.merger.merge(read))
        await self._write(outcomes, cursor, withdrawn)
        await self._settle()

    async def _undo(self) -> None:
        """Where the run to undo had the last word, what the register says without it holds."""
        of = self.run.delivery.of or 0
        after = self.run.cursor
        while rows := await self._page(ledger.RECORDS_OF_RUN, after, said=f" {of} "):
            after = rows[-1]["key"]
            logs = {row["record"]: tuple(map(Entry.parse, row["log"])) for row in rows}
            last = {record: last_heard(log, self.merger.undone) for record, log in logs.items()}
            readings = [
                Reading(record, (Version(None, ()),))
                for record, entry in last.items()
                if entry is not None and entry.run == of
            ]
            await self._write_readings(readings, after)

    def _is_gone(self, log: list[str]) -> bool:
        entries = [Entry.parse(text) for text in log]
        delivered = self.run.delivery.delivered
        return was_held(entries, delivered) and all(e.delivered != delivered for e in entries)

    async def _derive(self) -> None:
        """Who in the end owns the entities whose shares this run touched."""
        derived = replace(self.run.delivery, register=owners_graph.REGISTER)
        number, delivered = self.run.number, self.run.delivery.delivered
        merger = Merger(
            self.run.store, model(), Delivered(derived.register, number, delivered, is_derived=True)
        )
        writer = BatchWriter(model(), derived, number, self.today)
        async for subjects, after in self._touched(owners_graph.RELATIONSHIPS):
            held = dict.fromkeys(held_in(subjects, owners_graph.RELATIONSHIPS))
            if not held:
                continue
            await self.run.take(derived.register)
            try:
                read = [
                    (Unit(n, 0, None), reading)
                    for n, reading in enumerate(await self._owners(list(held)), 1)
                ]
                outcomes = await self.run.patiently(lambda read=read: merger.merge(read))
                counts = _derived(self.run.counts, outcomes)
                statements = writer.statements(outcomes, self.run.counts.events + 1, utc_now())
                await self.run.commit(statements, after, counts, derived.register)
            finally:
                await self.run.free(derived.register)

    async def _owners(self, held: Sequence[str]) -> list[Reading]:
        """Of the entities named by key, and of those below them."""
        store, today = self.run.store, self.today
        below = await self.run.patiently(lambda: owners_graph.affected(store, held, today=today))
        entities = sorted({*held, *below})
        above = await self.run.patiently(
            lambda: owners_graph.upstream(store, entities, today=today)
        )
        return list(owners_graph.derived_readings(entities, above))

    async def _examine(self) -> None:
        """Findings about the nodes that this run touched."""
        async for subjects, after in self._touched():
            keys: dict[str, dict[str, None]] = {}
            for label, key in nodes_in(subjects):
                keys.setdefault(label, {})[key] = None
            touched = {label: list(found) for label, found in keys.items()}
            await self.run.patiently(
                lambda touched=touched: findings.examine(
                    self.run.store, touched, str(self.run.number), self.today
                )
            )
            await self.run.commit([], after, self.run.counts)

    async def _touched(
        self, about: Sequence[str] | None = None
    ) -> AsyncIterator[tuple[set[str], str]]:
        """What the records of this run are about, page by page, with how far that is.

        `about`: only of records that state links of these relationships.
        """
        after = self.run.cursor
        while rows := await self._page(ledger.TOUCHED_AFTER, after, about):
            after = rows[-1]["key"]
            yield {subject for row in rows for subject in row["subjects"]}, after
            self.progress(self.run.phase, len(rows))

    async def _page(
        self,
        text: str,
        after: str,
        about: Sequence[str] | None = None,
        said: str = "",
    ) -> list[dict[str, Any]]:
        register = self.run.delivery.register
        parameters = {
            "after": after or record_key(register, ""),
            "beyond": f"{register}{BEYOND}",
            "limit": BATCH_RECORDS,
            "run": self.run.number,
            "about": about,
            "said": said,
        }
        return await self.run.patiently(
            lambda: self.run.store.read_packed(text, parameters, seconds_max=120)
        )


def _derived(counts: Counts, outcomes: list[Outcome]) -> Counts:
    changed = sum(outcome.kind in ("created", "changed") for outcome in outcomes)
    facts = counts.facts + sum(len(outcome.written) for outcome in outcomes)
    return replace(counts, derived=counts.derived + changed, facts=facts)


def _counted(counts: Counts, outcomes: list[Outcome], withdrawn: bool) -> Counts:
    facts = counts.facts + sum(len(outcome.written) for outcome in outcomes)
    if withdrawn:
        gone = sum(outcome.kind == "changed" for outcome in outcomes)
        return replace(counts, withdrawn=counts.withdrawn + gone, facts=facts)
    kinds = [outcome.kind for outcome in outcomes]
    return replace(
        counts,
        read=counts.read + len(outcomes),
        created=counts.created + kinds.count("created"),
        changed=counts.changed + kinds.count("changed"),
        unchanged=counts.unchanged + kinds.count("unchanged"),
        quarantined=counts.quarantined + kinds.count("quarantined"),
        valuesSetAside=counts.valuesSetAside + sum(len(o.reading.set_aside) for o in outcomes),
        facts=facts,
    )
