"""The audit through the desk: page by page, filtered, without values, for whom the policies let."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from runtime.neo4j.server import Neo4jAddress
from tests.audit.own_valkey import OwnValkey
from tests.family import NUMBERS
from tests.subgraphs.harness import Harness, codes

RECORDS = """query ($consumer: String, $purpose: String, $outcome: String, $operation: String,
    $first: Int! = 50, $after: String) {
  auditRecords(consumer: $consumer, purpose: $purpose, outcome: $outcome, operation: $operation,
      first: $first, after: $after) {
    cursor records { id at operation operationName subgraph consumer subject purpose basis policy
      outcome records rows { type record shown masked denied } } } }"""


@pytest.fixture(scope="module")
async def harness(
    neo4j_server: Neo4jAddress, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Harness]:
    """With an audit of its own: twelve questions about one person."""
    server = OwnValkey(tmp_path_factory.mktemp("audit"))
    server.start()
    try:
        async with Harness(neo4j_server, server.url) as running:
            await running.empty()
            await running.load()
            query = "query ($n: String!) { person(citizenNumber: $n) { name ethnicity: sex } }"
            for number in range(12):
                who = "daughter" if number % 3 else "stranger"
                asked = {"n": NUMBERS[who]}
                await running.graphql("people", query, asked, operation=f"asked-{number}")
            yield running
    finally:
        server.kill()


async def ask(harness: Harness, who: str = "policy-admin", **variables: Any) -> dict[str, Any]:
    return await harness.graphql("policy", RECORDS, variables, consumer=who)


async def every(harness: Harness, first: int, **wanted: Any) -> list[dict[str, Any]]:
    """All records, page by page, without those of the reading itself."""
    found: list[dict[str, Any]] = []
    after = None
    while True:
        answer = await ask(harness, first=first, after=after, **wanted)
        page = answer["data"]["auditRecords"]
        assert len(page["records"]) <= first
        found += page["records"]
        after = page["cursor"]
        if after is None:
            return [record for record in found if record["consumer"] != "policy-admin"]


@pytest.mark.parametrize("first", [1, 5, 500])
async def test_pages_hold_every_record_once_the_newest_first(harness: Harness, first: int) -> None:
    found = await every(harness, first)
    assert [record["operation"] for record in found] == [f"asked-{n}" for n in range(11, -1, -1)]


async def test_filters(harness: Harness) -> None:
    assert len(await every(harness, 5, consumer="caseworker")) == 12
    assert await every(harness, 5, consumer="citizen") == []
    assert await every(harness, 5, purpose="own-data") == []
    assert len(await every(harness, 3, outcome="disclosed")) == 8
    denied = await every(harness, 3, outcome="denied")
    assert len(denied) == 4, "the stranger lives in another district"
    rows = [row for record in denied for row in record["rows"]]
    assert any("name" in row["denied"] for row in rows)
    assert not any("name" in row["shown"] for row in rows)
    (one,) = await every(harness, 5, operation="asked-3")
    assert one["operation"] == "asked-3"
    wrong = await ask(harness, outcome="shown")
    assert codes(wrong) == ["BAD_ARGUMENT"]


async def test_no_value_and_no_number_is_told(harness: Harness) -> None:
    found = str(await every(harness, 500))
    for secret in (*NUMBERS.values(), "李娜", "孙丽", "FEMALE"):
        assert secret not in found
    assert "Person" in found and "name" in found


@pytest.mark.parametrize("first", [0, 501])
async def test_pages_are_bounded(harness: Harness, first: int) -> None:
    assert codes(await ask(harness, first=first)) == ["BAD_ARGUMENT"]


@pytest.mark.parametrize("after", ["x", "WyIxLTAiXQ", "WyJ4IiwiMCJd", "WyIxLTAiLCItMSJd"])
async def test_a_cursor_that_is_none(harness: Harness, after: str) -> None:
    assert codes(await ask(harness, after=after)) == ["BAD_ARGUMENT"]


@pytest.mark.parametrize("consumer", ["caseworker", "citizen", "operator", "licence-authority"])
async def test_for_others_there_is_no_such_field(harness: Harness, consumer: str) -> None:
    answer = await ask(harness, consumer)
    assert answer["data"] is None
    assert "asked-" not in str(answer)


@pytest.mark.parametrize("consumer", ["policy-admin", "operator"])
async def test_whether_it_is_whole(harness: Harness, consumer: str) -> None:
    query = """{ auditChain { whole complete entries records writers checkedTo lastEntry problems
      checkedAt } }"""
    answer = await harness.graphql("policy", query, consumer=consumer)
    chain = answer["data"]["auditChain"]
    assert chain["whole"] and chain["complete"] and chain["problems"] == []
    assert chain["records"] >= chain["entries"] >= 1
    assert chain["checkedTo"] and chain["lastEntry"]
