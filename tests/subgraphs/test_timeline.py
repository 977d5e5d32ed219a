"""A person's life in the order of days, from the real graph: entries, sources, what is left out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from audit.reader import read
from runtime.neo4j.server import Neo4jAddress
from tests.family import NUMBERS, YEAR
from tests.subgraphs.harness import Harness, codes

QUERY = """query ($n: String!, $events: [TimelineEvent!], $from: Date, $to: Date,
    $known: DateTime) {
  timeline(citizenNumber: $n, events: $events, from: $from, to: $to, asKnown: $known) {
    person { id } complete
    entries { event on title { en zh } about { __typename ... on Person { id } }
      sources { register record recordedFrom recordedTo } } } }"""


@pytest.fixture(scope="module")
async def harness(neo4j_server: Neo4jAddress, valkey_server: str) -> AsyncIterator[Harness]:
    async with Harness(neo4j_server, valkey_server) as started:
        await started.empty()
        await started.load()
        yield started


async def ask(harness: Harness, person: str, **given: Any) -> dict[str, Any] | None:
    names = ("events", "from", "to", "known")
    variables = {name: given.pop(name) for name in names if name in given}
    variables["n"] = NUMBERS.get(person, person)
    answer = await harness.graphql("services", QUERY, variables, **given)
    assert codes(answer) == [], answer
    return answer["data"]["timeline"]


async def lines(harness: Harness, person: str, **given: Any) -> list[tuple[str, str | None, str]]:
    found = await ask(harness, person, **given)
    assert found is not None and found["complete"] is True
    return [(e["event"], e["on"], e["title"]["en"].partition(": ")[2]) for e in found["entries"]]


async def test_a_life_in_the_order_of_days(harness: Harness) -> None:
    assert await lines(harness, "daughter") == [
        ("BIRTH", "1988-05-17", ""),
        ("HOUSEHOLD", "1988-05-17", "H-1"),
        ("MARRIAGE", "2012-10-01", ""),  # he belongs to another district
        ("HOUSEHOLD_END", "2015-08-01", "H-1"),
        ("HOUSEHOLD", "2015-08-01", "H-2"),
        ("CHILD", f"{YEAR - 7}-02-03", "王小雨, by birth"),
        ("MARRIAGE_END", "2019-03-15", ""),
        ("MARRIAGE", "2021-05-20", "张伟"),
    ]


async def test_what_two_registers_call_her_is_told_with_both(harness: Harness) -> None:
    found = await ask(harness, "mother", events=["NAME", "LICENCE"])
    assert found is not None
    told = [(e["on"], e["title"]["zh"], e["sources"][0]["register"]) for e in found["entries"]]
    assert sorted(told) == [
        ("1962-03-08", "姓名:陈小静", "population"),
        ("1962-03-08", "姓名:陈静", "population"),
        ("1990-01-01", "姓名:陈小静", "household"),
        ("2018-01-01", "核发证照:教师资格证、L-2", "licence"),
    ]
    (licence,) = [e for e in found["entries"] if e["event"] == "LICENCE"]
    assert licence["about"] == {"__typename": "Licence"}
    assert licence["sources"] == [
        {
            "register": "licence",
            "record": "L-2",
            "recordedFrom": "2016-01-04T08:00:00Z",
            "recordedTo": None,
        }
    ]


async def test_as_it_was_known_then(harness: Harness) -> None:
    born = {"events": ["BIRTH"]}
    assert await lines(harness, "son", **born) == [("BIRTH", "1990-11-02", "")]
    then = await lines(harness, "son", known="2018-01-01T00:00:00Z", **born)
    assert then == [("BIRTH", "1990-12-02", "")]
    assert await lines(harness, "son", known="2010-01-01T00:00:00Z", **born) == []


async def test_a_part_of_it(harness: Harness) -> None:
    found = await lines(harness, "daughter", **{"from": "2015-08-01", "to": f"{YEAR - 7}-12-31"})
    events = [event for event, _, _ in found]
    expected = ["HOUSEHOLD_END", "HOUSEHOLD", "CHILD"] + ["MARRIAGE_END"] * (YEAR - 7 >= 2019)
    assert events == expected
    answer = await harness.graphql(
        "services", QUERY, {"n": NUMBERS["son"], "from": "2020-01-01", "to": "2019-01-01"}
    )
    assert codes(answer) == ["BAD_ARGUMENT"]


async def test_of_a_person_elsewhere_there_is_nothing_to_tell(harness: Harness) -> None:
    found = await ask(harness, "former")
    assert found is not None and found["entries"] == []
    assert await ask(harness, "110101190001010000") is None


async def test_a_citizen_sees_their_own_life_and_nobody_elses(harness: Harness) -> None:
    own = await ask(harness, "daughter", consumer="citizen")
    assert own is not None
    events = [entry["event"] for entry in own["entries"]]
    # A link to a person of whom they may not know is not there, as anywhere else.
    assert {"BIRTH", "HOUSEHOLD", "HOUSEHOLD_END", "CHILD"} == set(events)
    titles = " ".join(entry["title"]["zh"] for entry in own["entries"])
    assert "王强" not in titles and "H-1" not in titles
    assert await ask(harness, "mother", consumer="citizen") is None


async def test_for_a_school_there_is_no_such_field(harness: Harness) -> None:
    answer = await harness.graphql(
        "services", QUERY, {"n": NUMBERS["grandchild"]}, consumer="school-enrolment"
    )
    assert codes(answer) != [] and not answer.get("data")


async def test_each_row_that_is_told_of_is_on_record(harness: Harness) -> None:
    query = "query ($n: String!) { timeline(citizenNumber: $n) { entries { event } } }"
    operation = "timeline-on-record"
    answer = await harness.graphql(
        "services", query, {"n": NUMBERS["daughter"]}, operation=operation
    )
    assert codes(answer) == []
    records = read(harness.settings.redis_url, operation=operation)
    rows = [row for record in records for row in record.rows]
    shown = {row.type for row in rows if row.shown}
    assert {"Query", "Person", "Household", "Marriage", "Membership", "Parenthood"} <= shown
