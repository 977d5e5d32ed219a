"""Divisions of GB/T 2260 through the API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from runtime.neo4j.server import Neo4jAddress
from tests.subgraphs.harness import Harness, codes

QUERY = """query ($c: String!, $on: Date) { division(code: $c, on: $on) {
  code level name names { name since until } liesIn { code name } holds { code name }
  became was } }"""


@pytest.fixture(scope="module")
async def harness(neo4j_server: Neo4jAddress, valkey_server: str) -> AsyncIterator[Harness]:
    async with Harness(neo4j_server, valkey_server) as started:
        yield started


async def division(harness: Harness, code: str, on: str | None = None, **who: Any) -> Any:
    answer = await harness.graphql("services", QUERY, {"c": code, "on": on}, **who)
    assert codes(answer) == [], answer
    return answer["data"]["division"]


async def test_a_district_that_was_merged(harness: Harness) -> None:
    then = await division(harness, "110103", "2005-06-01")
    assert (then["level"], then["name"]) == ("COUNTY", "崇文区")
    assert then["names"] == [{"name": "崇文区", "since": "1980-12", "until": "2010-10"}]
    assert then["liesIn"][-1] == {"code": "110000", "name": "北京市"}
    now = await division(harness, "110103", consumer="citizen")
    assert (now["name"], now["became"]) == (None, [])


async def test_a_city_that_became_a_municipality(harness: Harness) -> None:
    city = await division(harness, "510200", "1990-01-01")
    assert (city["level"], city["became"]) == ("PREFECTURE", ["500000"])
    assert (await division(harness, "500000"))["was"] == ["510200"]
    assert (await division(harness, "500000", "1990-01-01"))["name"] is None


async def test_what_never_was_is_null(harness: Harness) -> None:
    assert await division(harness, "999999") is None
    assert await division(harness, "') RETURN 1 //") is None


async def test_who_may_look_nothing_up_has_no_such_field(harness: Harness) -> None:
    answer = await harness.graphql("services", QUERY, {"c": "110000"}, consumer="school-enrolment")
    assert codes(answer) != [] and not answer.get("data")
