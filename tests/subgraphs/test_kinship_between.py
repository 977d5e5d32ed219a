"""Relations that lead through a person whom the caller may not see: told only with that right."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from policies.table import POLICIES_DIRECTORY
from runtime.neo4j.server import Neo4jAddress
from tests.family import NUMBERS
from tests.subgraphs.harness import Harness

QUERY = """query ($a: PersonRef!, $b: PersonRef!) {
  relationship(a: $a, b: $b) {
    answer relations { term steps { from { name } to { name } } commonAncestors { name } } }
  isGrandparentOf(person: $b, of: $a) { answer } }"""


async def asked(harness: Harness) -> dict[str, Any]:
    """A child asks about her grandmother; her mother between is nobody she may look up."""
    variables = {
        "a": {"citizenNumber": NUMBERS["grandchild"]},
        "b": {"citizenNumber": NUMBERS["mother"]},
    }
    answer = await harness.graphql(
        "people", QUERY, variables, consumer="citizen", principal={"person": NUMBERS["grandchild"]}
    )
    return answer["data"]


@pytest.mark.asyncio
async def test_with_the_right_the_path_is_told_without_the_person(
    neo4j_server: Neo4jAddress, valkey_server: str
) -> None:
    async with Harness(neo4j_server, valkey_server) as harness:
        await harness.load()
        data = await asked(harness)
    (relation,) = data["relationship"]["relations"]
    assert relation["term"] == "grandmother"
    child = {"name": "王小雨"}
    assert relation["steps"] == [{"from": None, "to": child}, {"from": None, "to": None}]
    assert relation["commonAncestors"] == []
    assert data["isGrandparentOf"] == {"answer": "YES"}


@pytest.mark.asyncio
async def test_without_the_right_there_is_no_such_relation(
    neo4j_server: Neo4jAddress, valkey_server: str, tmp_path: Path
) -> None:
    directory = tmp_path / "policies"
    shutil.copytree(POLICIES_DIRECTORY, directory, ignore=shutil.ignore_patterns("*.py"))
    grants = directory / "grants" / "citizen.cedar"
    right = '     Action::"clear:KinshipAnswer.between",\n'
    assert right in grants.read_text()
    grants.write_text(grants.read_text().replace(right, ""))
    async with Harness(neo4j_server, valkey_server, directory) as harness:
        await harness.load()
        data = await asked(harness)
    assert data["relationship"] == {"answer": "NOT_DETERMINABLE", "relations": []}
    assert data["isGrandparentOf"] == {"answer": "YES"}
