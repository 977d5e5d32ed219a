"""Looking for somebody by how the name is spoken, and by parts of addresses and names."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from audit.reader import read
from runtime.neo4j.server import Neo4jAddress
from tests.family import AWAY, NUMBERS
from tests.subgraphs.harness import Harness, codes


@pytest.fixture(scope="module")
async def harness(neo4j_server: Neo4jAddress, valkey_server: str) -> AsyncIterator[Harness]:
    async with Harness(neo4j_server, valkey_server) as running:
        await running.empty()
        await running.load()
        yield running


async def people(harness: Harness, heard: str, **caller: Any) -> list[str | None]:
    query = "query ($w: PersonFilter) { people(where: $w) { edges { node { name } } } }"
    where = {"w": {"name": {"pinyin": heard}}}
    answer = await harness.graphql("people", query, where, **caller)
    return sorted(edge["node"]["name"] for edge in answer["data"]["people"]["edges"])


@pytest.mark.parametrize(
    ("heard", "found"),
    [
        ("li na", ["李娜"]),
        ("LiNa", ["李娜"]),
        ("li", ["李娜", "李建国", "李明"]),
        ("李那", ["李娜"]),
        ("wang xiaoyu", ["王小雨"]),
        ("wangxiaoyuan", []),
        ("xiaoyu", []),
        ("chenjing", ["陈静"]),
        ("chenxiaojing", []),
    ],
)
async def test_by_the_beginning_of_what_was_heard(
    harness: Harness, heard: str, found: list[str]
) -> None:
    """Of several names the current, preferred one counts."""
    assert await people(harness, heard) == found


async def test_who_is_not_shown_is_not_found(harness: Harness) -> None:
    """孙丽 lives in another district; who she is to the caseworker there is another matter."""
    assert await people(harness, "sun li") == []
    there = {"district": AWAY, "person": NUMBERS["officer"], "worker": "W-1"}
    assert await people(harness, "sun li", principal=there) == ["孙丽"]


@pytest.mark.parametrize("heard", ["", "l", " l ", "·", "Ж"])
async def test_too_little_is_refused_and_not_looked_for(harness: Harness, heard: str) -> None:
    query = "query ($w: PersonFilter) { people(where: $w) { edges { cursor } } }"
    before = await harness.statements()
    answer = await harness.graphql("people", query, {"w": {"name": {"pinyin": heard}}})
    assert codes(answer) == ["BAD_ARGUMENT"]
    assert await harness.statements() == before


@pytest.mark.parametrize("consumer", ["citizen", "school-enrolment", "operator"])
async def test_without_the_right_there_is_nothing_to_look_with(
    harness: Harness, consumer: str
) -> None:
    query = '{ __type(name: "PersonFilter") { name } }'
    answer = await harness.graphql("people", query, consumer=consumer)
    assert (answer.get("data") or {"__type": None}) == {"__type": None}


async def test_what_is_looked_for_by_is_in_the_audit(harness: Harness) -> None:
    query = '{ people(where: {name: {pinyin: "li na"}}) { edges { node { sex } } } }'
    await harness.graphql("people", query, operation="heard")
    (record,) = read(harness.settings.redis_url, operation="heard")
    assert set(record.rows[0].shown) == {"id", "name", "sex"}


async def test_pinyin_is_no_field_and_no_fact(harness: Harness) -> None:
    query = """query ($n: String!) { person(citizenNumber: $n) { facts { field value } } }"""
    answer = await harness.graphql("people", query, {"n": NUMBERS["daughter"]})
    stated = {fact["field"] for fact in answer["data"]["person"]["facts"]}
    assert "name" in stated and "namePinyin" not in stated
    refused = await harness.graphql("people", "{ people { edges { node { namePinyin } } } }")
    assert refused["data"] is None


async def test_household_books_by_a_part_of_the_address(harness: Harness) -> None:
    query = """query ($w: HouseholdFilter) { households(where: $w) {
      edges { node { bookNumber address } } } }"""

    async def found(part: str) -> list[str]:
        answer = await harness.graphql("households", query, {"w": {"address": {"contains": part}}})
        return sorted(edge["node"]["address"] for edge in answer["data"]["households"]["edges"])

    assert await found("某路H") == ["某路H-1", "某路H-2"]
    assert await found("H-3") == [], "of another district"
    too_little = await harness.graphql("households", query, {"w": {"address": {"contains": "路"}}})
    assert codes(too_little) == ["BAD_ARGUMENT"]


@pytest.mark.parametrize(
    "where",
    [
        {"name": {"contains": "小雨贸易"}},
        {"name": {"pinyin": "beijing xiaoyu"}},
        {"name": {"startsWith": "北京小"}},
    ],
)
async def test_companies_by_a_part_of_the_name(harness: Harness, where: dict[str, Any]) -> None:
    query = """query ($w: LegalEntityFilter) { legalEntities(where: $w) {
      edges { node { name } } } }"""
    answer = await harness.graphql("legal-entities", query, {"w": where})
    found = [edge["node"]["name"] for edge in answer["data"]["legalEntities"]["edges"]]
    assert found == ["北京小雨贸易有限公司"]


@pytest.mark.parametrize(
    ("text", "operator"),
    [
        ("MATCH (n:Person) WHERE n.namePinyin STARTS WITH 'lina' RETURN n", "Index"),
        ("MATCH (n:Household) WHERE n.address CONTAINS '某路' RETURN n", "Index"),
        ("MATCH (n:LegalEntity) WHERE n.name CONTAINS '小雨' RETURN n", "Index"),
    ],
)
async def test_an_index_is_there(harness: Harness, text: str, operator: str) -> None:
    label, field = text.split(":")[1].split(")")[0], text.split("n.")[1].split(" ")[0]
    shown = "SHOW INDEXES YIELD labelsOrTypes, properties, state RETURN *"
    found = await harness.store.read(shown, {})
    assert {"labelsOrTypes": [label], "properties": [field], "state": "ONLINE"} in found
