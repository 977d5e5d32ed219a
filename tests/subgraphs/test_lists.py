"""Lists, pages, filters, orders and bulk look-ups on the real graph, and what they do not tell."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from harness import Harness, codes

from runtime.neo4j.server import Neo4jAddress
from tests import family
from tests.family import AWAY, HOME, NUMBERS

ALL = ["孙丽", "张伟", "李娜", "李建国", "李明", "周敏", "王小雨", "王强", "赵云", "陈静", "刘氏"]
AT_HOME = {"陈静", "李建国", "李娜", "李明", "王小雨", "张伟"}


@pytest.fixture(scope="module")
async def harness(neo4j_server: Neo4jAddress, valkey_server: str) -> AsyncIterator[Harness]:
    async with Harness(neo4j_server, valkey_server) as running:
        await running.empty()
        await running.load()
        yield running


async def people(harness: Harness, arguments: str, **caller: Any) -> dict[str, Any]:
    query = f"{{ people({arguments}) {{ edges {{ cursor node {{ id name }} }} pageInfo {{ "
    query += "hasNextPage hasPreviousPage endCursor } } }"
    answer = await harness.graphql("people", query, **caller)
    return answer["data"]["people"]


def names(page: dict[str, Any]) -> list[str | None]:
    return [edge["node"]["name"] for edge in page["edges"]]


@pytest.mark.parametrize(
    "order", ["", ", orderBy: [{field: name}]", ", orderBy: [{field: birthDate, direction: DESC}]"]
)
async def test_pages_hold_every_row_once(harness: Harness, order: str) -> None:
    seen: list[str] = []
    after, more = "", True
    while more:
        page = await people(harness, f"first: 3{after}{order}")
        assert page["pageInfo"]["hasPreviousPage"] == bool(seen)
        seen += [edge["node"]["id"] for edge in page["edges"]]
        more = page["pageInfo"]["hasNextPage"]
        after = f', after: "{page["pageInfo"]["endCursor"]}"'
    assert len(seen) == len(set(seen)) == len(ALL)


async def test_order(harness: Harness) -> None:
    page = await people(harness, "where: {sex: {equals: MALE}}, orderBy: [{field: birthDate}]")
    assert names(page) == ["李建国", "张伟", "李明"]
    page = await people(
        harness, "where: {sex: {equals: MALE}}, orderBy: [{field: birthDate, direction: DESC}]"
    )
    assert names(page) == ["李明", "张伟", "李建国"]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ('{name: {startsWith: "李"}}', {"李建国", "李娜", "李明"}),
        ('{sex: {equals: FEMALE}, birthDate: {from: "1980", to: "1999"}}', {"李娜"}),
        (
            f'{{citizenNumber: {{in: ["{NUMBERS["son"]}", "{NUMBERS["mother"]}"]}}}}',
            {"李明", "陈静"},
        ),
        ('{any: [{name: {equals: "李娜"}}, {name: {equals: "李明"}}]}', {"李娜", "李明"}),
        ('{name: {equals: "无此人"}}', set[str]()),
    ],
)
async def test_filter(harness: Harness, where: str, expected: set[str]) -> None:
    assert set(names(await people(harness, f"where: {where}"))) == expected


async def test_filter_does_not_confirm_what_is_not_shown(harness: Harness) -> None:
    """孙丽 lives in another district: no test on her fields may find her."""
    for where in (
        '{name: {equals: "孙丽"}}',
        f'{{citizenNumber: {{equals: "{NUMBERS["stranger"]}"}}}}',
        f'{{district: {{in: ["{AWAY}"]}}}}',
        '{any: [{name: {startsWith: "孙"}}]}',
    ):
        assert names(await people(harness, f"where: {where}")) == []
    there = await people(
        harness,
        'where: {name: {equals: "孙丽"}}',
        principal={"district": AWAY, "person": NUMBERS["mother"]},
    )
    assert names(there) == ["孙丽"]


async def test_order_and_cursor_do_not_tell_what_is_not_shown(harness: Harness) -> None:
    page = await people(harness, "orderBy: [{field: name}]")
    hidden = [edge for edge in page["edges"] if edge["node"]["name"] is None]
    assert names(page)[: len(hidden)] == [None] * len(hidden)
    ids = [edge["node"]["id"] for edge in hidden]
    assert ids == sorted(ids), "among themselves they stand by their opaque ids"


async def test_edges_are_filtered_and_paged(harness: Harness) -> None:
    query = """query ($n: String!, $after: String) { person(citizenNumber: $n) {
      women: children(where: {sex: {equals: FEMALE}}) { edges { node { name } } }
      page: children(first: 1, after: $after) { edges { node { id } }
        pageInfo { hasNextPage endCursor } }
      adopted: children(kinds: [ADOPTIVE]) { edges { kind node { name } } } } }"""
    seen: list[str] = []
    after, more = None, True
    while more:
        variables = {"n": NUMBERS["mother"], "after": after}
        answer = await harness.graphql("people", query, variables)
        assert set(codes(answer)) == {"FIELD_DENIED"}, "the adopted son lives elsewhere"
        person = answer["data"]["person"]
        assert [edge["node"]["name"] for edge in person["women"]["edges"]] == ["李娜"]
        assert person["adopted"]["edges"] == [{"kind": "ADOPTIVE", "node": {"name": None}}]
        seen += [edge["node"]["id"] for edge in person["page"]["edges"]]
        more = person["page"]["pageInfo"]["hasNextPage"]
        after = person["page"]["pageInfo"]["endCursor"]
    assert len(seen) == len(set(seen)) == 3


async def test_cursor_of_another_list(harness: Harness) -> None:
    page = await people(harness, "first: 1, orderBy: [{field: name}]")
    query = f'{{ people(after: "{page["pageInfo"]["endCursor"]}") {{ edges {{ cursor }} }} }}'
    assert codes(await harness.graphql("people", query)) == ["BAD_ARGUMENT"]


async def test_bulk_keeps_order_and_has_a_code_each(harness: Harness) -> None:
    keys = [NUMBERS["son"], "110101190001010000", NUMBERS["mother"], NUMBERS["son"]]
    query = "query ($k: [String!]!) { peopleByNumber(keys: $k) { key code node { name } } }"
    before = await harness.statements()
    answer = await harness.graphql("people", query, {"k": keys})
    assert await harness.statements() == before + 1
    found = answer["data"]["peopleByNumber"]
    assert [item["key"] for item in found] == keys
    assert [item["code"] for item in found] == ["FOUND", "NOT_FOUND", "FOUND", "FOUND"]
    assert [item["node"] and item["node"]["name"] for item in found] == [
        "李明",
        None,
        "陈静",
        "李明",
    ]
    too_many = await harness.graphql("people", query, {"k": ["1"] * 1001})
    assert codes(too_many) == ["PAGE_TOO_LARGE"]


async def test_skip_include_and_fragments(harness: Harness) -> None:
    query = """query ($n: String!, $no: Boolean!, $yes: Boolean!) {
      person(citizenNumber: $n) {
        ... @include(if: $no) { birthDate }
        ...who @skip(if: $no)
        sex @include(if: $yes)
      } }
      fragment who on Person { name ... on Person { alias: name } }"""
    variables = {"n": NUMBERS["mother"], "no": False, "yes": True}
    answer = await harness.graphql("people", query, variables)
    assert answer == {"data": {"person": {"name": "陈静", "alias": "陈静", "sex": "FEMALE"}}}


async def test_union_of_holders(harness: Harness) -> None:
    query = """{ legalEntities(where: {kind: {equals: COMPANY}}) { edges { node { name
      shareholders { edges { sharePercent node {
        __typename ... on LegalEntity { name } ... on Person { id } } } } } } } }"""
    answer = await harness.graphql("legal-entities", query)
    (company,) = answer["data"]["legalEntities"]["edges"]
    holders = {e["node"]["__typename"]: e for e in company["node"]["shareholders"]["edges"]}
    assert holders["LegalEntity"]["node"]["name"] == "东城区政务服务局"
    assert (holders["Person"]["sharePercent"], holders["LegalEntity"]["sharePercent"]) == (
        60.0,
        40.0,
    )


def test_family_is_as_described() -> None:
    names_of = {f.fields["name"] for f in family.facts() if "name" in getattr(f, "fields", {})}
    assert set(ALL) <= names_of
    assert {HOME, AWAY} == {"110101", "110108"}
    assert set(ALL) >= AT_HOME
