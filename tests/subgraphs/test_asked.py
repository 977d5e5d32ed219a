"""What was asked stands in the audit, and a root field whose grant has ended asks for nothing."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest
from harness import Harness, codes

from audit.operations import recorded_operations
from audit.reader import read
from policies.table import GRANTS, POLICIES_DIRECTORY
from runtime.neo4j.server import Neo4jAddress
from tests import family

QUERY = """
query Named($n: String!) {
  person(citizenNumber: $n) {
    name
    parents(where: {sex: {equals: FEMALE}}) {
      edges { kind node { birthDate(asOf: "2020-01-01") } }
    }
  }
}
"""


@pytest.fixture(scope="module")
async def harness(neo4j_server: Neo4jAddress, valkey_server: str) -> AsyncIterator[Harness]:
    async with Harness(neo4j_server, valkey_server) as running:
        await running.load()
        yield running


async def test_coordinates_are_recorded_once_per_shape(harness: Harness) -> None:
    operations = [str(uuid4()), str(uuid4())]
    for operation in operations:
        number = {"n": family.NUMBERS["daughter"]}
        answer = await harness.graphql("people", QUERY, number, operation=operation)
        assert not answer.get("errors"), answer
    records = [read(harness.settings.redis_url, operation=o)[0] for o in operations]
    assert set(records[0].asked) == {
        "Query.person",
        "Person",
        "Person.name",
        "Person.parents",
        "Person.birthDate",
        "Person.history",
        "Parenthood.kind",
        "?Person.sex",
    }
    assert records[1].asked == ()
    assert records[0].shape == records[1].shape != ""


async def test_alike_operations_are_counted_together(harness: Harness) -> None:
    query = "query Counted { registers(first: 1) { edges { node { code } } } }"
    for _ in range(3):
        await harness.graphql("people", query)
    counts = recorded_operations(harness.settings.redis_url, 1_000)
    counted = {o: n for o, n in counts.items() if "Register.code" in o.asked}
    assert max(counted.values()) >= 3
    assert recorded_operations(harness.settings.redis_url, 2).total() == 2


async def test_a_root_field_whose_grant_has_ended_is_denied_and_reads_nothing(
    neo4j_server: Neo4jAddress, valkey_server: str, tmp_path: Path
) -> None:
    directory = tmp_path / "policies"
    shutil.copytree(POLICIES_DIRECTORY, directory, ignore=shutil.ignore_patterns("*.py"))
    grants = directory / GRANTS / "school-enrolment.cedar"
    ended = '@id("school-lookups")\n@until("2026-01-31")'
    grants.write_text(grants.read_text().replace('@id("school-lookups")', ended))
    query = "query($n: String!) { found: person(citizenNumber: $n) { name } }"
    number = {"n": family.NUMBERS["grandchild"]}
    async with Harness(neo4j_server, valkey_server, directory) as running:
        await running.client()
        before, operation = await running.statements(), str(uuid4())
        answer = await running.graphql(
            "people", query, number, consumer="school-enrolment", operation=operation
        )
        assert answer["data"] == {"found": None}
        assert codes(answer) == ["FIELD_DENIED"]
        assert answer["errors"][0]["path"] == ["found"]
        assert await running.statements() == before
        (record,) = read(running.settings.redis_url, operation=operation)
    assert record.outcome == "denied"
    assert [(row.type, row.shown, row.denied) for row in record.rows] == [
        ("Query", (), ("person",))
    ]
