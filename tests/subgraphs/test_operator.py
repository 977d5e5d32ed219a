"""The operator's desk: how the system does, what was delivered and set aside, and nobody's data."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from audit.reader import read
from ingest.entries import Filters, entries, fix
from runtime.neo4j.server import Neo4jAddress
from tests.ingest.test_quarantine import SON, deliver, household
from tests.subgraphs.harness import Harness, codes

ENTRIES = """query ($state: String, $first: Int! = 20, $after: String) {
  quarantineEntries(state: $state, first: $first, after: $after) { cursor entries {
    id run register file number whole state corrections replayRun
    problems { code severity row field description label { en zh } } } } }"""
QUERIES = {
    "systemHealth": "{ systemHealth { policy } }",
    "requestRates": "{ requestRates { requests } }",
    "ingestRuns": "{ ingestRuns { cursor } }",
    "quarantineEntries": "{ quarantineEntries { cursor } }",
    "quarantineCounts": "{ quarantineCounts { entries } }",
    "findingCounts": "{ findingCounts { findings } }",
    "replayQuarantined": 'mutation { replayQuarantined(ids: ["1/1"]) { run } }',
}


@pytest.fixture(scope="module")
async def harness(
    neo4j_server: Neo4jAddress, valkey_server: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Harness]:
    async with Harness(neo4j_server, valkey_server) as running:
        await running.empty()
        await deliver(running.store, broken(tmp_path_factory.mktemp("register")))
        yield running


def broken(directory: Path) -> Path:
    """A register of households in which the son's birth date is another than his number's."""
    return household(directory / "h.csv", 出生日期="19791121", 姓名="绝密")


async def ask(
    harness: Harness, query: str, variables: Any = None, consumer: str = "operator", **caller: Any
) -> dict[str, Any]:
    return await harness.graphql("policy", query, variables, consumer=consumer, **caller)


async def data(harness: Harness, query: str, **variables: Any) -> Any:
    answer = await ask(harness, query, variables)
    assert "errors" not in answer, answer
    return answer["data"]


async def test_health(harness: Harness) -> None:
    query = """{ systemHealth { at process policy gatewayPolicy waitingEvents
      graph { answers ms } audit { answers ms } parts { name }
      processes { process policy number since current } } }"""
    health = (await data(harness, query))["systemHealth"]
    assert health["policy"] == harness.policy
    assert health["graph"]["answers"] and health["audit"]["answers"]
    assert health["parts"] == [], "no supervisor runs this home"
    assert any(process["current"] for process in health["processes"])


async def test_rates_are_of_this_process_and_by_consumer(harness: Harness) -> None:
    for _ in range(3):
        await harness.graphql("people", "{ people(first: 1) { edges { cursor } } }")
    query = """{ requestRates(minutes: 5) { process minutes requests perMinute p50Ms p99Ms
      kinds { consumer subgraph requests p50Ms p99Ms } } }"""
    rates = (await data(harness, query))["requestRates"]
    kinds = {(k["consumer"], k["subgraph"]): k for k in rates["kinds"]}
    assert kinds["caseworker", "people"]["requests"] >= 3
    assert sum(kind["requests"] for kind in rates["kinds"]) == rates["requests"]
    assert 0 < rates["p50Ms"] <= rates["p99Ms"]
    for minutes in (0, 61):
        answer = await ask(harness, f"{{ requestRates(minutes: {minutes}) {{ requests }} }}")
        assert codes(answer) == ["BAD_ARGUMENT"]


async def test_runs_page_by_page(harness: Harness) -> None:
    query = """query ($after: String) { ingestRuns(register: "household", first: 1, after: $after) {
      cursor runs { number kind register file sha256 state who deliveredAt startedAt
        counts { read created quarantined facts } } } }"""
    page = (await data(harness, query))["ingestRuns"]
    (run,) = page["runs"]
    assert (run["file"], run["state"], run["counts"]["quarantined"]) == ("h.csv", "done", 1)
    assert len(run["sha256"]) == 64 and run["who"] == "tester"
    assert page["cursor"] is None
    wrong = await ask(harness, query, {"after": "bm9uc2Vuc2U"})
    assert codes(wrong) == ["BAD_ARGUMENT"]


async def test_the_quarantine_tells_what_is_wrong_and_no_value(harness: Harness) -> None:
    page = (await data(harness, ENTRIES, state="open"))["quarantineEntries"]
    (entry,) = page["entries"]
    assert (entry["register"], entry["file"], entry["whole"]) == ("household", "h.csv", True)
    (problem,) = entry["problems"]
    assert (problem["code"], problem["severity"]) == ("BIRTH_DATE_MISMATCH", "error")
    assert problem["label"]["zh"] == "出生日期与号码不符"
    assert problem["field"]
    told = json.dumps(page, ensure_ascii=False)
    for secret in (SON, SON[6:14], "1979", "绝密"):
        assert secret not in told
    counts = await data(harness, "{ quarantineCounts { code state whole entries } }")
    assert counts["quarantineCounts"] == [
        {"code": "BIRTH_DATE_MISMATCH", "state": "open", "whole": True, "entries": 1}
    ]


async def test_findings_are_counted(harness: Harness) -> None:
    query = "{ findingCounts { kind label { en } severity register findings } }"
    found = (await data(harness, query))["findingCounts"]
    assert found and all(row["findings"] > 0 and row["label"]["en"] for row in found)


@pytest.mark.parametrize("field", QUERIES)
@pytest.mark.parametrize("consumer", ["caseworker", "citizen", "policy-admin", "school-enrolment"])
async def test_for_others_there_is_no_such_field(
    harness: Harness, consumer: str, field: str
) -> None:
    answer = await ask(harness, QUERIES[field], consumer=consumer)
    assert answer["data"] is None
    assert "h.csv" not in str(answer)


async def test_a_token_without_a_person_replays_nothing(harness: Harness) -> None:
    answer = await ask(harness, QUERIES["replayQuarantined"], principal={})
    assert codes(answer) == ["FIELD_DENIED"]


@pytest.mark.parametrize(
    ("ids", "words"), [(["9/9"], "no entry"), ([], "goes from"), (["1/1"] * 21, "goes from")]
)
async def test_what_cannot_be_replayed(harness: Harness, ids: list[str], words: str) -> None:
    query = "mutation ($ids: [String!]!) { replayQuarantined(ids: $ids) { run } }"
    answer = await ask(harness, query, {"ids": ids})
    assert codes(answer) == ["BAD_ARGUMENT"]
    assert words in answer["errors"][0]["message"]


async def test_a_corrected_record_is_replayed_once(harness: Harness) -> None:
    (entry,) = [found async for found in entries(harness.store, Filters(state="open"))]
    query = """mutation ($ids: [String!]!) {
      replayQuarantined(ids: $ids) { of run replayed failed } }"""
    again = await data(harness, query, ids=[entry.id])
    assert (again["replayQuarantined"][0]["replayed"], again["replayQuarantined"][0]["failed"]) == (
        0,
        1,
    )
    corrected = [("出生日期", "19791120"), ("姓名", "李明")]
    await fix(harness.store, entry.id, corrected, 0, "officer")
    answer = await ask(harness, query, {"ids": [entry.id]}, operation="replayed")
    (done,) = answer["data"]["replayQuarantined"]
    assert (done["of"], done["replayed"], done["failed"]) == (entry.run, 1, 0)
    (record,) = read(harness.settings.redis_url, operation="replayed")
    assert record.rows[0].shown == ("replayQuarantined",)
    runs = await data(harness, "{ ingestRuns(first: 1) { runs { number kind who } } }")
    (run,) = runs["ingestRuns"]["runs"]
    assert (run["number"], run["kind"], run["who"]) == (done["run"], "replay", "operator:test")
    closed = await ask(harness, query, {"ids": [entry.id]})
    assert codes(closed) == ["BAD_ARGUMENT"]
