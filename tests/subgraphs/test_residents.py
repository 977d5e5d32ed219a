"""Who shares or shared a home with a person, from the real graph: then and now, page by page."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.facts import EdgeFact, Fact, NodeFact
from ingest.city.identifiers import citizen_number
from policies.table import POLICIES_DIRECTORY
from runtime.neo4j.server import Neo4jAddress
from tests import family
from tests.family import AWAY, HOME, NUMBERS, YEAR
from tests.subgraphs.harness import Harness, codes

LODGER = citizen_number(HOME, "1979-01-01", 70, male=True)
QUERY = """query ($of: PersonRef!, $day: Date, $known: DateTime, $first: Int, $after: String) {
  coResidents(of: $of, asOf: $day, asKnown: $known, first: $first, after: $after) {
    residents { person { name } shares current sharedFrom sharedTo registers }
    hasNextPage endCursor complete } }"""
Line = tuple[str | None, str, bool, str | None, str | None]
SPLIT = "2015-08-01"
OF_THE_DAUGHTER: set[Line] = {
    ("王小雨", "HOUSEHOLD", True, f"{YEAR - 7}-02-03", None),
    ("陈静", "HOUSEHOLD", False, "1988-05-17", SPLIT),
    ("李建国", "HOUSEHOLD", False, "1988-05-17", SPLIT),
    ("李明", "HOUSEHOLD", False, "1990-11-02", SPLIT),
}


def facts() -> Iterator[Fact]:
    """The family; a lodger at 孙丽's address for two years, and both in one dormitory book."""
    yield from family.facts()
    key = f"GB11643:{LODGER}"
    stated = {
        "citizenNumber": LODGER,
        "numberScheme": "GB11643",
        "name": "马丁",
        "birthDate": "1979-01-01",
        "district": HOME,
    }
    yield NodeFact("Person", key, family.source("P-lodger", "1979-01-01"), stated)
    dormitory = family.source("H-9", register="household")
    fields = {"bookNumber": "H-9", "kind": "COLLECTIVE", "district": HOME}
    yield NodeFact("Household", "household:H-9", dormitory, fields)
    there = family.source("R-lodger", "2012-01-01", "2014-01-01")
    yield EdgeFact("Residence", "", "Person", key, "Place", "place:P-away", there, {})
    for person in (key, family.key("stranger")):
        where = family.source(f"H-9/{person}", "2000-01-01", register="household")
        fields = {"relationToHead": "99"}
        yield EdgeFact("Membership", "", "Person", person, "Household", "household:H-9", where, {})


@pytest.fixture(scope="module")
async def harness(neo4j_server: Neo4jAddress, valkey_server: str) -> AsyncIterator[Harness]:
    async with Harness(neo4j_server, valkey_server) as started:
        await started.load(facts())
        yield started


async def page(harness: Harness, number: str, **more: Any) -> dict[str, Any]:
    given = ("day", "known", "first", "after")
    variables = {name: more.pop(name) for name in given if name in more}
    variables["of"] = {"citizenNumber": number}
    answer = await harness.graphql("people", QUERY, variables, **more)
    assert set(codes(answer)) <= {"FIELD_DENIED"}
    return answer["data"]["coResidents"]


def lines(found: dict[str, Any]) -> list[Line]:
    return [
        (
            row["person"]["name"],
            row["shares"],
            row["current"],
            row["sharedFrom"],
            row["sharedTo"],
        )
        for row in found["residents"]
    ]


async def test_then_and_now_those_of_today_first(harness: Harness) -> None:
    found = await page(harness, NUMBERS["daughter"])
    assert set(lines(found)) == OF_THE_DAUGHTER
    assert [line[2] for line in lines(found)] == [True, False, False, False]
    assert (found["hasNextPage"], found["complete"]) == (False, True)
    assert {tuple(row["registers"]) for row in found["residents"]} == {("household",)}


async def test_on_a_day_only_those_of_that_day(harness: Harness) -> None:
    found = await page(harness, NUMBERS["daughter"], day="1989-06-01")
    assert {line[0] for line in lines(found)} == {"陈静", "李建国"}
    assert all(line[2] for line in lines(found))
    assert (await page(harness, NUMBERS["daughter"], day="1980-01-01"))["residents"] == []


async def test_as_it_was_known(harness: Harness) -> None:
    found = await page(harness, NUMBERS["daughter"], known="2015-01-01T00:00:00Z")
    assert found["residents"] == []


async def test_an_address_counts_and_a_collective_book_does_not(harness: Harness) -> None:
    found = await page(harness, LODGER)
    assert lines(found) == [(None, "ADDRESS", False, None, "2014-01-01")]
    assert (await page(harness, LODGER, day="2020-01-01"))["residents"] == []


async def test_page_by_page_in_one_statement_each(harness: Harness) -> None:
    whole = lines(await page(harness, NUMBERS["daughter"]))
    seen: list[Line] = []
    after: str | None = None
    for _ in whole:
        before = await harness.statements()
        found = await page(harness, NUMBERS["daughter"], first=1, after=after)
        assert await harness.statements() - before == 1
        assert len(found["residents"]) == 1
        seen += lines(found)
        after = found["endCursor"]
        if not found["hasNextPage"]:
            break
    assert seen == whole


async def test_another_district_and_nobody_look_the_same(harness: Harness) -> None:
    answers = [
        await harness.graphql("people", QUERY, {"of": {"citizenNumber": number}})
        for number in (NUMBERS["stranger"], "110101190001010000")
    ]
    for answer in answers:
        assert set(answer["data"]["coResidents"].values()) == {None}
        for error in answer["errors"]:
            error["extensions"].pop("operation", None)
    assert answers[0] == answers[1]


async def test_who_may_not_be_seen_is_neither_listed_nor_counted(
    neo4j_server: Neo4jAddress, valkey_server: str, tmp_path: Path
) -> None:
    """The caller may know of persons of district AWAY only, and asks about one of HOME."""
    directory = tmp_path / "policies"
    shutil.copytree(POLICIES_DIRECTORY, directory, ignore=shutil.ignore_patterns("*.py"))
    grants = directory / "grants" / "caseworker.cedar"
    text = grants.read_text().replace('     Action::"see:Person",\n', "")
    grants.write_text(
        text.replace('     Action::"clear:Person.id",\n', "")
        + '\n// Persons of one district.\n@id("one-district")\npermit (\n'
        '  principal == Consumer::"caseworker",\n'
        '  action in [Action::"see:Person", Action::"clear:Person.id"],\n  resource\n)\n'
        f'when {{ context.purpose == "household-services" && resource.district == "{AWAY}" }};\n'
    )
    async with Harness(neo4j_server, valkey_server, directory) as harness:
        await harness.load(facts())
        assert (await page(harness, NUMBERS["daughter"]))["residents"] == []
        found = await page(harness, LODGER, first=1)
        assert (len(found["residents"]), found["hasNextPage"]) == (1, False)
