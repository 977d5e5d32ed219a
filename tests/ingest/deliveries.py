"""Deliveries written by hand: what a register says, record by record, and how it is ingested."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

from graph.facts import Fact
from graph.store import Store
from ingest.records import Delivery, Reading, Unit, Version, stated
from ingest.run import RunReport, ingest

TODAY = "2026-11-23"


class Readings:
    """A reader of readings that were made beforehand."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self.readings = readings

    @property
    def total(self) -> int:
        return len(self.readings)

    def units(self) -> Iterator[Unit]:
        for number, reading in enumerate(self.readings, 1):
            yield Unit(number, number + 1, {"record": reading.record})

    def read(self, unit: Unit) -> Reading:
        return self.readings[unit.number - 1]

    def amend(self, unit: Unit, row: int, field: str, value: str) -> Unit:
        return unit


def reading(record: str, *facts: Fact, recorded: str | None = None, **extra: object) -> Reading:
    """A record with one version; the facts take its number."""
    own = tuple(
        replace(fact, source=replace(fact.source, record=fact.source.record or record))
        for fact in facts
    )
    return Reading(record, (Version(recorded, own),), **extra)  # type: ignore[arg-type]


def source(
    valid_from: str | None = None, valid_to: str | None = None, register: str = "population"
):
    return stated(register, "", valid_from, valid_to)


def delivery(
    readings: Sequence[Reading],
    delivered: str = "2026-01-01T00:00:00Z",
    register: str = "population",
    snapshot: bool = False,
    name: str = "test",
) -> Delivery:
    content = hashlib.sha256(repr(readings).encode()).hexdigest()
    return Delivery("tabular", register, name, content, delivered, "tester", snapshot=snapshot)


async def deliver(
    store: Store,
    *readings: Reading,
    delivered: str = "2026-01-01T00:00:00Z",
    register: str = "population",
    snapshot: bool = False,
) -> RunReport:
    """Ingest the readings as one delivery."""
    what = delivery(readings, delivered, register, snapshot)
    return await ingest(store, what, Readings(readings), today=TODAY)
