"""The Dutch test set: every list loaded or set aside, every parent link in the graph."""

from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import orjson
import pytest
import pytest_asyncio

from graph.store import Store
from ingest.brp.run import BrpFile, IngestReport, ingest_brp
from ingest.rebuild import digest
from tests.brp_oracle import Oracle, brp_file

TODAY = "2026-11-23"
LINK = """UNWIND $pairs AS pair
MATCH (:Person {citizenNumber: pair[1]})-[r:LEGAL_PARENT_OF]->(:Person {citizenNumber: pair[0]})
RETURN DISTINCT pair[0] AS child, pair[1] AS parent"""


@pytest.fixture(scope="module")
def oracle() -> Oracle:
    return Oracle(brp_file())


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def report(
    store: Store, oracle: Oracle, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[IngestReport]:
    yield await _ingest(store, oracle.path, tmp_path_factory.mktemp("quarantine"))


async def _ingest(store: Store, path: Path, directory: Path) -> IngestReport:
    file = BrpFile(path)
    return await ingest_brp(store, file, today=TODAY, quarantine=directory, run="brp-test")


def test_the_set_is_as_it_is_described(oracle: Oracle) -> None:
    assert len(oracle.rows) == 687
    assert len(oracle.parent_links) == 523
    assert len(oracle.links) == 443
    assert sum(link in oracle.child_links for link in oracle.links) == 377
    assert len(oracle.partner_links) == 203
    repeated = [number for number, count in oracle.numbers.items() if count > 1]
    assert len(repeated) == 6 and "" in repeated


def test_no_list_is_lost(oracle: Oracle, report: IngestReport) -> None:
    assert report.lists_read == len(oracle.rows)
    assert report.lists_loaded + report.lists_quarantined == report.lists_read
    assert report.lists_loaded == len(oracle.numbers.keys() - {""}) == 680


def test_quarantine_tells_where_and_why(oracle: Oracle, report: IngestReport) -> None:
    entries = [orjson.loads(line) for line in report.quarantine.read_bytes().splitlines()]
    whole = [entry for entry in entries if entry["whole"]]
    assert len(whole) == report.lists_quarantined
    assert Counter(e["code"] for e in whole) == {"NUMBER_REPEATED": 5, "NUMBER_MISSING": 2}
    assert {e["value"] for e in whole} == {n for n, c in oracle.numbers.items() if c > 1}
    month = next(e for e in entries if e["value"] == "2015")
    assert (month["row"], month["field"], month["code"]) == (1127, "05.07.10", "VALUE_INVALID")


async def test_every_link_inside_the_set_is_in_the_graph(
    store: Store, oracle: Oracle, report: IngestReport
) -> None:
    del report
    rows = await store.read(LINK, {"pairs": oracle.links})
    assert {(row["child"], row["parent"]) for row in rows} == set(oracle.links)


async def test_no_shuffled_pair_is_in_the_graph(
    store: Store, oracle: Oracle, report: IngestReport
) -> None:
    del report
    assert len(oracle.non_links) == len(set(oracle.non_links)) == 443
    assert await store.read(LINK, {"pairs": oracle.non_links}) == []


async def test_a_repeated_number_marks_the_links_to_the_other_person(
    store: Store, report: IngestReport
) -> None:
    """The parents of row 1719 name their child by a number that row 1570 has as well."""
    del report
    rows = await store.read(
        "MATCH (p)-[r:LEGAL_PARENT_OF]->(:Person {citizenNumber: '999995923'}) "
        "RETURN p.citizenNumber AS parent, r.disputed AS disputed ORDER BY parent",
        {},
    )
    assert {row["parent"]: row["disputed"] for row in rows} == {
        "999990937": False,
        "999993562": False,
        "999995935": True,
        "999995947": True,
    }


async def test_no_number_stands_for_two_persons(store: Store, report: IngestReport) -> None:
    del report
    rows = await store.read(
        "MATCH (p:Person) WITH p.citizenNumber AS number, count(*) AS count "
        "WHERE number IS NOT NULL AND count > 1 RETURN number",
        {},
    )
    assert rows == []


async def test_partial_dates_and_labels(store: Store, report: IngestReport) -> None:
    del report
    rows = await store.read(
        "MATCH (p:Person) WHERE p.birthDate IS NOT NULL RETURN size(p.birthDate) AS size", {}
    )
    assert {row["size"] for row in rows} == {4, 7, 10}
    rows = await store.read(
        "MATCH (p:Person {citizenNumber: '999993653'})-[:RESIDES_AT]->(place) "
        "RETURN p.name AS name, p.nationality AS nationality, p.district AS district, "
        "p.numberScheme AS scheme, place.name AS town",
        {},
    )
    assert rows == [
        {
            "name": "Suzanne Moulin",
            "nationality": "Franse",
            "district": "NL-0599",
            "scheme": "BSN",
            "town": "Rotterdam",
        }
    ]


async def test_ended_marriages_are_not_current(store: Store, report: IngestReport) -> None:
    del report
    rows = await store.read(
        "MATCH (:Person {citizenNumber: '999993355'})-[f:MARRIED_TO_FACT]-() "
        "WHERE f.register = 'brp' RETURN f.validFrom AS start, f.validTo AS end",
        {},
    )
    # The day of dissolution is unusable ("2015"): what counts is since when the end is known.
    assert {"start": "2002-02-02", "end": "2015-08-15"} in rows


async def test_ingesting_twice_changes_nothing(
    store: Store, oracle: Oracle, report: IngestReport, tmp_path: Path
) -> None:
    del report
    before = await digest(store)
    again = await _ingest(store, oracle.path, tmp_path)
    assert again.load.nodes_created == {}
    assert await digest(store) == before
