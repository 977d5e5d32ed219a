"""Runs and leases in the graph: one run at a time works on a register, and can be resumed."""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import psutil

from graph import joins, ledger, quarantine
from graph.problems import GraphUnavailable
from graph.store import Store
from ingest.records import Delivery
from ingest.versions import TIME
from runtime.errors import CitizengraphError

LEASE_SECONDS = 60
WAIT_SECONDS_MAX = 600
FINISHED = ("done", "undone")
T = TypeVar("T")
Statement = tuple[str, dict[str, Any]]
# Called with the seconds waited so far while the graph does not answer, and with 0 when it does.
Waiting = Callable[[int], None]


def utc_now() -> str:
    """The present, as it is stored."""
    return datetime.now(UTC).strftime(TIME)


@dataclass
class Counts:
    """What became of the records: read = created + changed + unchanged + quarantined."""

    read: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    quarantined: int = 0
    valuesSetAside: int = 0
    withdrawn: int = 0
    derived: int = 0
    facts: int = 0

    @property
    def events(self) -> int:
        """Changes so far: the number of the last event."""
        return self.created + self.changed + self.withdrawn + self.derived


@dataclass
class Run:
    """A run that this process carries out, as far as it is committed."""

    store: Store
    number: int
    delivery: Delivery
    holder: str
    phase: str
    cursor: str
    counts: Counts = field(default_factory=Counts)
    waiting: Waiting = lambda _: None

    async def commit(
        self, statements: Sequence[Statement], cursor: str, counts: Counts, also: str = ""
    ) -> None:
        """One batch and how far the run has come, in one transaction.

        `also`: a register taken beside the run's own, which must be held still. Waits while the
        graph is away. Raises RUN_CANCELLED, or REGISTER_BUSY if a lease is lost.
        """
        guard = {
            "register": self.delivery.register,
            "holder": self.holder,
            "also": also,
            "number": self.number,
            "phase": self.phase,
            "from": self.cursor,
            "to": cursor,
            "counts": vars(counts),
            "until": _later(LEASE_SECONDS),
        }
        done = await self.patiently(lambda: self.store.write_if((ledger.GUARD, guard), statements))
        if not done:
            await self._check(cursor)
        self.cursor, self.counts = cursor, counts

    async def enter(self, phase: str) -> None:
        """Begin the next phase from its start."""
        await self.set(phase=phase, cursor="")
        self.phase, self.cursor = phase, ""

    async def finish(self) -> None:
        """The run is done; a run that it took back is so with it."""
        done = {"state": "done", "finishedAt": utc_now(), "problem": None}
        statements: list[Statement] = [(ledger.SET_RUN, {"number": self.number, "values": done})]
        if self.delivery.kind == "undo":
            undone = {"number": self.delivery.of, "values": {"state": "undone"}}
            statements.append((ledger.SET_RUN, undone))
            statements.append((quarantine.reopen(), {"run": self.delivery.of}))
        await self.patiently(lambda: self.store.write(statements))

    async def set(self, **values: Any) -> None:
        """Write down something of the run."""
        parameters = {"number": self.number, "values": values}
        await self.patiently(lambda: self.store.write([(ledger.SET_RUN, parameters)]))

    async def take(self, register: str) -> None:
        """Have another register too, as soon as no other run has it."""
        deadline = time.monotonic() + WAIT_SECONDS_MAX
        while True:
            try:
                return await take_lease(self.store, register, self.holder, self.number)
            except CitizengraphError as error:
                if error.code != "REGISTER_BUSY" or time.monotonic() > deadline:
                    raise
            await asyncio.sleep(0.2)

    async def free(self, register: str | None = None) -> None:
        """Let other runs have the register."""
        parameters = {"register": register or self.delivery.register, "holder": self.holder}
        await self.patiently(lambda: self.store.write([(ledger.FREE_LEASE, parameters)]))

    async def patiently(self, action: Callable[[], Awaitable[T]]) -> T:
        """The action's result; tried again while the graph does not answer."""
        return await patiently(action, self.waiting)

    async def _check(self, cursor: str) -> None:
        """After a guard that did not match: was the batch committed before, or may we not go on?"""
        found = await run_by_number(self.store, self.number)
        if found["state"] == "cancelling":
            raise CitizengraphError(
                "RUN_CANCELLED",
                f"Run {self.number} was cancelled after {found['read']:,} records.",
                f"Take back what it did with `citizengraph runs undo {self.number}`.",
            )
        if (found["phase"], found["cursor"], found["state"]) != (self.phase, cursor, "running"):
            raise busy(self.delivery.register, self.number)


async def patiently(action: Callable[[], Awaitable[T]], waiting: Waiting) -> T:
    """The action's result; tried again for ten minutes while the graph does not answer."""
    started = time.monotonic()
    while True:
        try:
            result = await action()
        except GraphUnavailable:
            waited = int(time.monotonic() - started)
            if waited > WAIT_SECONDS_MAX:
                raise
            waiting(max(waited, 1))
            await asyncio.sleep(1)
        else:
            waiting(0)
            return result


async def begin(store: Store, delivery: Delivery, waiting: Waiting = lambda _: None) -> Run:
    """A new run over the delivery, or the one that was interrupted, with the register's lease.

    Raises REGISTER_BUSY while another run has it.
    """
    holder = _holder()
    known = await _known(store, delivery)
    unfinished = next((run for run in known if run["state"] not in FINISHED), None)
    await take_lease(store, delivery.register, holder, unfinished["number"] if unfinished else 0)
    if unfinished is not None:
        run = _resumed(store, unfinished, delivery, holder)
        await run.set(state="running", problem=None)
    else:
        number = await _new_run(store, delivery)
        await take_lease(store, delivery.register, holder, number)
        phase = "undoing" if delivery.kind == "undo" else "reading"
        run = Run(store, number, delivery, holder, phase, "")
    run.waiting = waiting
    return run


async def first_delivered(store: Store, delivery: Delivery) -> str | None:
    """When this very file was delivered first, unless that was undone."""
    known = await _known(store, delivery)
    return next((run["deliveredAt"] for run in known if run["state"] != "undone"), None)


async def run_by_number(store: Store, number: int) -> dict[str, Any]:
    """A run's properties. Raises RUN_UNKNOWN."""
    rows = await store.read(ledger.RUN_BY_NUMBER, {"number": number})
    if not rows:
        hint = "See `citizengraph runs`."
        raise CitizengraphError("RUN_UNKNOWN", f"There is no run {number}.", hint)
    return rows[0]["run"]


async def list_runs(
    store: Store, register: str | None, limit: int, before: int | None = None
) -> list[dict[str, Any]]:
    """The newest runs first; those with lower numbers than `before`."""
    parameters = {"register": register, "limit": limit, "before": before}
    rows = await store.read(ledger.LIST_RUNS, parameters)
    return [row["run"] for row in rows]


async def joined_nodes(store: Store) -> dict[tuple[str, str], str]:
    """Type and key of every node that was accepted to be another, with the other's key."""
    rows = await store.read(joins.IN_FORCE, {})
    found = {
        (j["label"], j["subject"].partition(" ")[2]): j["to"] for j in (r["join"] for r in rows)
    }
    for (label, key), to in list(found.items()):
        while (label, to) in found and to != key:
            to = found[label, to]
        found[label, key] = to
    return found


async def is_at_work(store: Store, run: Mapping[str, Any]) -> bool:
    """Whether a living process carries out the run."""
    rows = await store.read(ledger.LEASES, {"register": run["register"]})
    if not rows or rows[0]["lease"]["run"] not in (0, run["number"]):
        return False
    lease = rows[0]["lease"]
    return lease["until"] >= utc_now() and not _is_dead(lease["holder"])


def busy(register: str, run: int) -> CitizengraphError:
    """REGISTER_BUSY in words."""
    return CitizengraphError(
        "REGISTER_BUSY",
        f"Run {run} is working on the register {register!r}.",
        f"Wait for it, or stop it with `citizengraph runs cancel {run}`.",
    )


async def _known(store: Store, delivery: Delivery) -> list[dict[str, Any]]:
    parameters = {
        "register": delivery.register,
        "sha256": delivery.sha256,
        "format": delivery.format,
        "mapping": delivery.mapping,
        "kind": delivery.kind,
    }
    return [row["run"] for row in await store.read(ledger.FIND_RUN, parameters)]


async def _new_run(store: Store, delivery: Delivery) -> int:
    run = {
        "format": delivery.format,
        "register": delivery.register,
        "mapping": delivery.mapping,
        "file": delivery.name,
        "sha256": delivery.sha256,
        "who": delivery.who,
        "kind": delivery.kind,
        "of": delivery.of,
        "snapshot": delivery.snapshot,
        "startedAt": utc_now(),
        "deliveredAt": delivery.delivered,
        "state": "running",
        "phase": "undoing" if delivery.kind == "undo" else "reading",
        "cursor": "",
        **vars(Counts()),
    }
    rows = await store.write([(ledger.BEGIN_RUN, {"run": run})])
    return rows[0]["number"]


def _resumed(store: Store, found: Mapping[str, Any], delivery: Delivery, holder: str) -> Run:
    counts = Counts(**{name: found[name] for name in vars(Counts())})
    same = Delivery(
        delivery.format,
        delivery.register,
        delivery.name,
        delivery.sha256,
        found["deliveredAt"],
        delivery.who,
        delivery.mapping,
        found["snapshot"],
        delivery.kind,
        delivery.of,
    )
    return Run(store, found["number"], same, holder, found["phase"], found["cursor"], counts)


async def take_lease(store: Store, register: str, holder: str, run: int) -> None:
    """Have a register for LEASE_SECONDS from now. Raises REGISTER_BUSY."""
    rows = await store.read(ledger.LEASES, {"register": register})
    lease: dict[str, Any] = rows[0]["lease"] if rows else {}
    dead = lease["holder"] if lease and _is_dead(lease["holder"]) else None
    parameters: dict[str, Any] = {
        "register": register,
        "holder": holder,
        "dead": dead,
        "run": run,
        "now": utc_now(),
        "until": _later(LEASE_SECONDS),
    }
    if not await store.write([(ledger.TAKE_LEASE, parameters)]):
        raise busy(register, lease.get("run", 0))


def _later(seconds: int) -> str:
    return (datetime.now(UTC) + timedelta(seconds=seconds)).strftime(TIME)


def _holder() -> str:
    """This process and this run of it: host, number, start, something of its own."""
    process = psutil.Process()
    return (
        f"{socket.gethostname()} {process.pid} {process.create_time():.2f} {secrets.token_hex(4)}"
    )


def _is_dead(holder: str) -> bool:
    """Whether the holder is a process of this host that has ended."""
    host, number, started, _ = holder.split(" ")
    if host != socket.gethostname() or int(number) == os.getpid():
        return False
    try:
        return f"{psutil.Process(int(number)).create_time():.2f}" != started
    except psutil.NoSuchProcess:
        return True
