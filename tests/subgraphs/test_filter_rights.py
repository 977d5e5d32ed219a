"""The right to filter and sort, on the real graph: without it the input is not there at all."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from harness import Harness

from audit.reader import read
from runtime.neo4j.server import Neo4jAddress
from tests.family import NUMBERS
from tests.granted import policies_with

GRANTS = """
@id("names-of-minors-only")
forbid (principal == Consumer::"caseworker", action == Action::"filter:Person.name", resource)
unless { resource.minor };

@id("no-birth-dates")
forbid (principal == Consumer::"caseworker", action == Action::"filter:Person.birthDate", resource);

@id("no-kinds")
forbid (principal == Consumer::"caseworker", action == Action::"filter:Parenthood.kind", resource);
"""


@pytest.fixture(scope="module")
async def harness(
    neo4j_server: Neo4jAddress, valkey_server: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Harness]:
    directory = policies_with(tmp_path_factory.mktemp("filters"), GRANTS)
    async with Harness(neo4j_server, valkey_server, directory) as running:
        await running.empty()
        await running.load()
        yield running


async def names(harness: Harness, arguments: str) -> list[str | None]:
    query = f"{{ people(first: 50, {arguments}) {{ edges {{ node {{ name }} }} }} }}"
    answer = await harness.graphql("people", query)
    return [edge["node"]["name"] for edge in answer["data"]["people"]["edges"]]


async def test_a_row_is_found_only_by_what_may_be_tested_of_it(harness: Harness) -> None:
    assert await names(harness, 'where: {name: {equals: "王小雨"}}') == ["王小雨"]
    assert await names(harness, 'where: {name: {equals: "李娜"}}') == []
    assert await names(harness, 'where: {name: {startsWith: ""}}') == ["王小雨"]
    assert "李娜" in await names(harness, "where: {sex: {equals: FEMALE}}"), "she is shown"


async def test_order_puts_only_those_apart_who_may_be_sorted(harness: Harness) -> None:
    query = """{ people(first: 50, orderBy: [{field: name}]) {
      edges { cursor node { id name } } } }"""
    edges = (await harness.graphql("people", query))["data"]["people"]["edges"]
    assert edges[-1]["node"]["name"] == "王小雨"
    keys = [json.loads(base64.urlsafe_b64decode(e["cursor"] + "==="))[0] for e in edges]
    assert keys == [""] * (len(edges) - 1) + ["王小雨"]
    ids = [edge["node"]["id"] for edge in edges[:-1]]
    assert ids == sorted(ids)


@pytest.mark.parametrize("field", ["birthDate", "ethnicity", "shoeSize"])
async def test_input_of_a_field_without_the_right_is_as_if_it_were_not_there(
    harness: Harness, field: str
) -> None:
    """Shown without a filter right, never shown, and nonsense: one message but for the name."""
    inline = f'{{ people(where: {{{field}: {{from: "1980"}}}}) {{ edges {{ cursor }} }} }}'
    by_order = f"{{ people(orderBy: [{{field: {field}}}]) {{ edges {{ cursor }} }} }}"
    by_variable = "query ($w: PersonFilter) { people(where: $w) { edges { cursor } } }"
    order_variable = "query ($o: [PersonOrder!]) { people(orderBy: $o) { edges { cursor } } }"
    for query, variables in (
        (inline, {}),
        (by_order, {}),
        (by_variable, {"w": {field: {"from": "1980"}}}),
        (by_variable, {"w": {"any": [{field: {"from": "1980"}}]}}),
        (order_variable, {"o": [{"field": field}]}),
    ):
        refused = await refusal(harness, query, variables)
        nonsense = await refusal(
            harness,
            query.replace(field, "zzzzzzzz"),
            json.loads(json.dumps(variables).replace(field, "zzzzzzzz")),
        )
        assert refused.replace(field, "zzzzzzzz") == nonsense


async def refusal(harness: Harness, query: str, variables: dict[str, Any]) -> str:
    answer = await harness.graphql("people", query, variables)
    assert answer["data"] is None
    return json.dumps(answer["errors"])


async def test_introspection_has_only_what_may_be_used(harness: Harness) -> None:
    query = """{ filter: __type(name: "PersonFilter") { inputFields { name } }
      order: __type(name: "PersonOrderField") { enumValues { name } }
      person: __type(name: "Person") { fields { name args { name } } } }"""
    answer = (await harness.graphql("people", query))["data"]
    tests = {field["name"] for field in answer["filter"]["inputFields"]}
    assert tests == {"citizenNumber", "name", "sex", "district", "any"}
    assert [value["name"] for value in answer["order"]["enumValues"]] == ["name"]
    arguments = {f["name"]: {a["name"] for a in f["args"]} for f in answer["person"]["fields"]}
    assert "kinds" not in arguments["children"]
    assert "where" in arguments["children"]


async def test_a_consumer_without_any_right_has_no_filter_type(harness: Harness) -> None:
    query = (
        '{ where: __type(name: "PersonFilter") { name } o: __type(name: "PersonOrder") { name } }'
    )
    answer = await harness.graphql("people", query, consumer="citizen")
    assert answer["data"] == {"where": None, "o": None}
    query = """query ($n: String!) { person(citizenNumber: $n) {
      children(where: {name: {equals: "王小雨"}}) { edges { cursor } } } }"""
    answer = await harness.graphql("people", query, {"n": NUMBERS["daughter"]}, consumer="citizen")
    assert answer["data"] is None


async def test_what_chose_the_row_counts_as_shown(harness: Harness) -> None:
    operation = "filtered-operation"
    query = '{ people(where: {name: {equals: "王小雨"}}) { edges { node { sex } } } }'
    await harness.graphql("people", query, operation=operation)
    (record,) = read(harness.settings.redis_url, operation=operation)
    assert set(record.rows[0].shown) == {"id", "name", "sex"}
