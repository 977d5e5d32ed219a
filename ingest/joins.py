"""Accepted joins: what two nodes are said to be is one person, entity or place from now on.

Records are joined by their identifiers, or because an officer accepts it here, with a reason. What
was believed before stays known as such, and a join can be taken back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from graph import joins
from graph.catalogue import model
from graph.store import Store
from ingest.feed import Feed
from ingest.ledger import run_by_number, utc_now
from ingest.load import load_registers, prepare
from ingest.merging import record_key
from ingest.records import Delivery, Reading, Unit, Version
from ingest.run import RunReport, ingest
from ingest.subjects import stated_facts
from ingest.undo import undo
from ingest.versions import Entry, State, current_claims
from runtime.errors import CitizengraphError

Row = dict[str, Any]
_HINT = "See `citizengraph joins list`."


@dataclass(frozen=True)
class _Records:
    """Records as the register last stated them, to be merged again."""

    readings: Sequence[Reading]

    @property
    def total(self) -> int:
        return len(self.readings)

    def units(self) -> Iterator[Unit]:
        for number, reading in enumerate(self.readings, 1):
            yield Unit(number, 0, reading.record)

    def read(self, unit: Unit) -> Reading:
        return self.readings[unit.number - 1]

    def amend(self, unit: Unit, row: int, field: str, value: str) -> Unit:
        del row, field, value
        return unit


async def accept(
    store: Store,
    one: str,
    other: str,
    *,
    reason: str,
    who: str,
    today: str,
    feed: Feed | None = None,
) -> list[RunReport]:
    """Say that node `one` is node `other`, by their ids; a run for each register that it is in.

    Raises BAD_ARGUMENT for nodes that cannot be joined.
    """
    await prepare(store)
    await load_registers(store, today=today)
    label, key = await _node(store, one)
    other_label, to = await _node(store, other)
    subject = f"{label} {key}"
    known = {join["subject"]: join for join in await accepted(store)}
    _refuse(label == other_label, f"A {label} cannot be a {other_label}.")
    _refuse(key != to, "The two are one already.")
    _refuse(_is_open(known.get(subject), to), "It is joined already; take that back first.")
    _refuse(
        all(join["label"] != label or join["to"] != key for join in known.values()),
        "Others were joined into it: join it the other way round.",
    )
    logs = await _logs(store, label, key)
    join: Row = {
        "subject": subject,
        "label": label,
        "to": to,
        "first": one,
        "other": other,
        "reason": reason,
        "who": who,
        "at": utc_now(),
    }
    await store.write([(joins.ACCEPT, {"join": join})])
    runs = [
        await _merge_again(store, register, rows, one, who=who, today=today, feed=feed)
        for register, rows in logs.items()
    ]
    join["runs"] = [report.run for report in runs]
    await store.write([(joins.ACCEPT, {"join": join})])
    return runs


async def accepted(store: Store) -> list[Row]:
    """Every join, the oldest first."""
    return [row["join"] for row in await store.read(joins.LISTED, {})]


async def take_back(
    store: Store, one: str, *, who: str, today: str, feed: Feed | None = None
) -> list[RunReport]:
    """The node with the id is a node of its own again. Raises BAD_ARGUMENT."""
    join = next((j for j in await accepted(store) if j["first"] == one), None)
    if join is None:
        raise CitizengraphError("BAD_ARGUMENT", f"{one} is not joined.", _HINT)
    subject = {"subject": join["subject"]}
    await store.write([(joins.END, subject)])
    runs = [run for run in join.get("runs", ()) if await _is_done(store, run)]
    reports = [await undo(store, run, who=who, today=today, feed=feed) for run in runs]
    await store.write([(joins.FORGET, subject)])
    return reports


def _is_open(join: Row | None, to: str) -> bool:
    """Whether there is no such join yet, or only one that was broken off."""
    return join is None or ("runs" not in join and join["to"] == to)


async def _is_done(store: Store, run: int) -> bool:
    return (await run_by_number(store, run))["state"] != "undone"


async def _node(store: Store, identifier: str) -> tuple[str, str]:
    for label in model().nodes:
        rows = await store.read(joins.node_by_id(label), {"id": identifier})
        if rows:
            return label, rows[0]["key"]
    hint = "`citizengraph findings list --json` and answers of the API have ids."
    raise CitizengraphError("BAD_ARGUMENT", f"There is no node {identifier!r}.", hint)


async def _logs(store: Store, label: str, key: str) -> dict[str, list[Row]]:
    """By register, the logs of the records that state something of the node."""
    said = await store.read(joins.said_of(label), {"key": key}, seconds_max=60)
    keys = [
        record_key(row["register"], "/".join(parts[:n]))
        for row in said
        for parts in [row["record"].split("/")]
        for n in range(1, len(parts) + 1)
    ]
    rows = await store.read(joins.RECORD_LOGS, {"keys": list(dict.fromkeys(keys))}, seconds_max=60)
    known = {record_key(row["register"], row["record"]) for row in rows}
    for row in said:
        wholes = (row["record"][:n] for n in _ends_of_parts(row["record"]))
        delivered = any(record_key(row["register"], whole) in known for whole in wholes)
        _refuse(
            delivered,
            f"Register {row['register']!r} was loaded as facts, not ingested; it cannot be joined.",
        )
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["register"]].append(row)
    return found


def _ends_of_parts(record: str) -> list[int]:
    return [n for n, letter in enumerate(record) if letter == "/"] + [len(record)]


async def _merge_again(
    store: Store,
    register: str,
    rows: Sequence[Row],
    one: str,
    *,
    who: str,
    today: str,
    feed: Feed | None,
) -> RunReport:
    subjects = {row["record"]: row["subjects"] for row in rows}
    facts = await stated_facts(store, model(), register, subjects)
    readings: list[Reading] = []
    for row in rows:
        log = tuple(map(Entry.parse, row["log"]))
        claims = current_claims(State(log, tuple(facts.get(row["record"], ()))))
        readings.append(Reading(row["record"], (Version(None, tuple(claims.values())),)))
    delivery = Delivery(
        "join", register, f"join of {one}", f"join {one}", utc_now(), who, kind="join"
    )
    return await ingest(store, delivery, _Records(readings), today=today, feed=feed)


def _refuse(fits: bool, words: str) -> None:
    if not fits:
        raise CitizengraphError("BAD_ARGUMENT", words, _HINT)
