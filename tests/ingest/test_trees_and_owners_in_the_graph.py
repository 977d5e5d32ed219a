"""The published family tree and ownership statements, brought into one graph by the engine."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from graph.store import Store
from ingest.formats import bods, gedcom
from ingest.owners_graph import derived_readings, upstream
from ingest.records import Delivery, Options
from ingest.run import RunReport, ingest
from ingest.source import examine
from tests.gedcom_oracle import royal_file
from tests.ingest.test_bods import example_files

TODAY = "2026-11-23"
FORMATS = {
    "gedcom": (gedcom.open_reader, "genealogy"),
    "bods": (bods.open_reader, "beneficial-ownership"),
}
HELD = """MATCH (e:LegalEntity {name: $name})<-[r:SHAREHOLDER_OF_FACT]-(p)
WHERE r.recordedFrom <= $known + 'T23:59:59Z' AND ($known < r.recordedTo OR r.recordedTo IS NULL)
  AND r.validFrom <= $day AND ($day < r.validTo OR r.validTo IS NULL)
RETURN p.name AS name, r.sharePercent AS share ORDER BY name"""


async def delivered(store: Store, path: Path, name: str, day: int) -> RunReport:
    open_reader, register = FORMATS[name]
    source = examine(path)
    time = f"2026-11-{day:02}T08:00:00Z"
    delivery = Delivery(name, register, source.name, source.sha256, time, "test")
    reader = open_reader(source, register, Options())
    return await ingest(store, delivery, reader, today=TODAY)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def runs(store: Store) -> AsyncIterator[list[RunReport]]:
    found = [await delivered(store, royal_file(), "gedcom", 1)]
    for day, path in enumerate(example_files(), 2):
        found.append(await delivered(store, path, "bods", day))
    yield found


async def count(store: Store, pattern: str) -> int:
    return (await store.read(f"MATCH {pattern} RETURN count(*) AS count", {}))[0]["count"]


async def test_every_record_is_accounted_for(store: Store, runs: list[RunReport]) -> None:
    tree, *statements = runs
    assert tree.counts.read == 4432
    for run in runs:
        counts = run.counts
        done = counts.created + counts.changed + counts.unchanged + counts.quarantined
        assert counts.read == done
    assert sum(run.counts.read for run in statements) == 119
    assert sum(run.counts.quarantined for run in statements) == 0
    assert await count(store, "(p:Person) WHERE p.key STARTS WITH 'genealogy:'") == 3010


async def test_a_death_before_the_birth_is_kept_and_told(
    store: Store, runs: list[RunReport]
) -> None:
    """In a family tree such dates are copying slips: its register declares them warnings."""
    del runs
    assert await count(store, "(:IngestQuarantine {register: 'genealogy', whole: true})") == 0
    rows = await store.read(
        "MATCH (f:IngestFinding {register: 'genealogy', kind: 'DATES_REVERSED'})"
        " RETURN f.record AS record",
        {},
    )
    assert rows == [{"record": "I2948"}]
    assert await count(store, "(:Person)-[:BIRTH_PARENT_OF]->(:Person)") == 3724


async def test_couples_without_a_marriage_are_partners_and_no_spouses(
    store: Store, runs: list[RunReport]
) -> None:
    tree, *_ = runs
    assert tree.counts.facts == 11298
    assert await count(store, "()-[:PARTNER_OF_FACT]->()") == 565
    assert await count(store, "(a)-[:PARTNER_OF_FACT]-(b)-[:MARRIED_TO_FACT]-(a)") == 0


async def test_the_same_files_again_change_nothing(store: Store, runs: list[RunReport]) -> None:
    del runs
    for day, path in enumerate(example_files(), 2):
        again = await delivered(store, path, "bods", day)
        assert (again.counts.created, again.counts.changed) == (0, 0)
    again = await delivered(store, royal_file(), "gedcom", 28)
    assert (again.counts.created, again.counts.changed) == (0, 0)


async def test_what_was_true_and_what_was_known(store: Store, runs: list[RunReport]) -> None:
    del runs

    async def held(day: str, known: str) -> list[tuple[str, float]]:
        parameters = {"name": "Tecido Ltd", "day": day, "known": known}
        return [(r["name"], r["share"]) for r in await store.read(HELD, parameters)]

    maria, trust = "Maria Esteves", "Shear Trust"
    assert await held("2015-01-01", "2026-11-23") == [(maria, 100)]
    assert await held("2022-01-01", "2026-11-23") == [(maria, 40), (trust, 60)]
    assert await held("2022-01-01", "2020-01-01") == [(maria, 100)]
    assert await held("2026-11-23", "2026-11-23") == [(trust, 80)]


async def test_an_entity_that_two_files_number_alike_is_one(
    store: Store, runs: list[RunReport]
) -> None:
    del runs
    assert await count(store, "(e:LegalEntity {registrationNumber: 'XE-000079054'})") == 1


async def test_the_state_owns_through_its_ministry(store: Store, runs: list[RunReport]) -> None:
    """Gasgrid: 23.5 % and, through another company, 76.5 % lead to the ministry."""
    del runs
    key = "FI-PRO:3007894-1"
    above = await upstream(store, [key], today=TODAY)
    (reading,) = derived_readings([key], above)
    assert reading.versions[0].facts == ()
    assert {h.holder for h in above.holdings if h.held == key} == {
        "FI-PRO:3010424-9",
        "beneficial-ownership:7ff95ba3682c",
    }
