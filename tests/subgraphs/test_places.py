"""Who lived where on a day: at an address, in a division, around a point."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.facts import EdgeFact, Fact, NodeFact
from runtime.neo4j.server import Neo4jAddress
from tests import family
from tests.family import AWAY, HOME, NUMBERS
from tests.granted import policies_with
from tests.subgraphs.harness import Harness, codes

HERE = {"longitude": 116.416, "latitude": 39.928}
QUERY = """query ($w: PlaceFilter, $day: Date) { places(where: $w) { edges { node { code
  residents(asOf: $day) { edges { validFrom validTo node { id } } } } } } }"""


def facts() -> Iterator[Fact]:
    """Three addresses here, 0, 85 and 1,110 m from HERE; one elsewhere; one without coordinates."""
    yield from family.facts()
    places = [
        ("P-0", HOME, 116.416, 39.928),
        ("P-85", HOME, 116.417, 39.928),
        ("P-1110", HOME, 116.416, 39.938),
        ("P-near-away", AWAY, 116.4161, 39.9281),
        ("P-nowhere", HOME, None, None),
    ]
    for code, division, longitude, latitude in places:
        said: dict[str, Any] = {"code": code, "address": f"新桥街{code}", "divisionCode": division}
        if longitude is not None:
            said |= {"longitude": longitude, "latitude": latitude}
        yield NodeFact("Place", f"place:{code}", family.source(code, register="place"), said)
    lived = [
        ("daughter", "P-0", "2010-01-01", "2015-08-01"),
        ("daughter", "P-85", "2015-08-01", None),
        ("son", "P-1110", "2000-01-01", None),
        ("former", "P-0", "2012-10-01", "2019-01-01"),
        ("stranger", "P-near-away", "2001-01-01", "2010-01-01"),
        ("husband", "P-85", "2021-05-20", None),
    ]
    for person, place, since, until in lived:
        where = family.source(f"R-{person}-{place}", since, until)
        ends = "Person", family.key(person), "Place", f"place:{place}"
        yield EdgeFact("Residence", "", *ends, where, {})
    hidden = family.source("BH-husband", "2022-01-01", register="protection")
    yield NodeFact("Person", family.key("husband"), hidden, {"addressProtected": True})


@pytest.fixture(scope="module")
async def harness(neo4j_server: Neo4jAddress, valkey_server: str) -> AsyncIterator[Harness]:
    async with Harness(neo4j_server, valkey_server) as running:
        await running.empty()
        await running.load(facts())
        yield running


def near(metres: int, **more: Any) -> dict[str, Any]:
    return {"near": {**HERE, "metres": metres}, **more}


async def ask(harness: Harness, where: dict[str, Any], day: str | None = None) -> dict[str, Any]:
    return await harness.graphql("households", QUERY, {"w": where, "day": day})


async def homes(
    harness: Harness, where: dict[str, Any], day: str | None = None
) -> dict[str, set[str] | None]:
    """Who of the family lives in each place; None where it is denied."""
    answer = await ask(harness, where, day)
    ids = await harness.ids("Person")
    roles = {ids[family.key(role)]: role for role in NUMBERS}
    assert set(codes(answer)) <= {"FIELD_DENIED"}, answer
    nodes = [edge["node"] for edge in answer["data"]["places"]["edges"]]
    return {
        node["code"]: node["residents"]
        and {roles[edge["node"]["id"]] for edge in node["residents"]["edges"]}
        for node in nodes
    }


async def test_around_a_point_today(harness: Harness) -> None:
    """A protected resident is not met, and of places of another district nobody is."""
    assert await homes(harness, near(100)) == {
        "P-0": set(),
        "P-85": {"daughter"},
        "P-near-away": None,
    }
    assert await homes(harness, near(1)) == {"P-0": set()}
    assert set(await homes(harness, near(1200))) == {"P-0", "P-85", "P-1110", "P-near-away"}


async def test_around_a_point_on_a_day(harness: Harness) -> None:
    found = await homes(harness, near(100, divisionCode={"equals": HOME}), "2013-01-01")
    assert found == {"P-0": {"daughter", "former"}, "P-85": set()}
    assert (await homes(harness, near(100), "2009-12-31"))["P-0"] == set()


async def test_within_a_division_on_a_day(harness: Harness) -> None:
    found = await homes(harness, {"divisionCode": {"equals": HOME}}, "2016-01-01")
    assert {code for code, who in found.items() if who} == {"P-0", "P-85", "P-1110"}
    assert found["P-85"] == {"daughter"} and found["P-1110"] == {"son"}
    everywhere = await homes(harness, {"divisionCode": {"startsWith": "1101"}})
    assert {"P-away", "P-near-away", "P-nowhere"} < set(everywhere)


async def test_at_an_address_on_a_day(harness: Harness) -> None:
    """By its code, and by a part of its text."""
    query = """query ($day: Date) { place(code: "P-0") {
      residents(asOf: $day) { edges { validFrom validTo node { id } } } } }"""
    answer = await harness.graphql("households", query, {"day": "2011-06-01"})
    daughter = (await harness.ids("Person"))[family.key("daughter")]
    assert answer["data"]["place"]["residents"]["edges"] == [
        {"validFrom": "2010-01-01", "validTo": "2015-08-01", "node": {"id": daughter}}
    ]
    found = await homes(harness, {"address": {"contains": "新桥街P-1110"}}, "1999-01-01")
    assert found == {"P-1110": set()}


@pytest.mark.parametrize(
    "changed",
    [{"metres": 0}, {"metres": 5001}, {"metres": -1}, {"longitude": 181}, {"latitude": -90.5}],
)
async def test_a_point_that_is_none_and_a_radius_out_of_bounds(
    harness: Harness, changed: dict[str, float]
) -> None:
    answer = await ask(harness, {"near": {**HERE, "metres": 10, **changed}})
    assert codes(answer) == ["BAD_ARGUMENT"]


async def test_pages_around_a_point_hold_every_row_once(harness: Harness) -> None:
    query = """query ($w: PlaceFilter, $after: String) {
      places(where: $w, first: 1, after: $after) {
        edges { node { code } } pageInfo { hasNextPage endCursor } } }"""
    seen: list[str] = []
    after, more = None, True
    while more:
        answer = await harness.graphql("households", query, {"w": near(1200), "after": after})
        page = answer["data"]["places"]
        seen += [edge["node"]["code"] for edge in page["edges"]]
        after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
    assert sorted(seen) == ["P-0", "P-1110", "P-85", "P-near-away"]


async def test_a_place_is_near_only_where_it_shows_its_coordinates(
    neo4j_server: Neo4jAddress, valkey_server: str, harness: Harness, tmp_path: Path
) -> None:
    """One of the two is enough to hide it; the shape of the answer is that of nothing there."""
    grants = """
    @id("coordinates-here")
    forbid (principal == Consumer::"caseworker", action == Action::"clear:Place.latitude", resource)
    unless { principal has district && resource.district == principal.district };
    """
    async with Harness(neo4j_server, valkey_server, policies_with(tmp_path, grants)) as narrowed:
        found = await homes(narrowed, near(1200))
        assert set(found) == {"P-0", "P-85", "P-1110"}
        away = {"longitude": 116.4161, "latitude": 39.9281, "metres": 1}
        assert await homes(narrowed, {"near": away}) == {}


@pytest.mark.parametrize("consumer", ["citizen", "school-enrolment", "licence-authority"])
async def test_without_the_right_there_is_no_list_and_no_filter(
    harness: Harness, consumer: str
) -> None:
    answer = await harness.graphql("households", QUERY, {"w": near(100)}, consumer=consumer)
    assert answer.get("data") is None
    assert "P-0" not in str(answer)


async def test_the_coordinates_of_a_place_are_shown_to_who_may_look_by_them(
    harness: Harness,
) -> None:
    query = '{ place(code: "P-85") { longitude latitude facts { field value register } } }'
    place = (await harness.graphql("households", query))["data"]["place"]
    assert (place["longitude"], place["latitude"]) == (116.417, 39.928)
    assert "position" not in {fact["field"] for fact in place["facts"]}
    own = {"person": NUMBERS["daughter"]}
    answer = await harness.graphql("households", query, consumer="citizen", principal=own)
    assert answer["data"] is None, "for a citizen the fields do not exist"
