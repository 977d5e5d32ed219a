"""What a consumer is told of its own contract, and @strict as a subgraph keeps it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from harness import Harness, codes

from audit.reader import read
from graph.catalogue import model
from policies.table import load
from runtime.neo4j.server import Neo4jAddress
from tests.family import AWAY, NUMBERS
from tests.granted import policies_with

QUERY = "{ myPermissions { purpose basis type field mode mask condition missing } }"
MORE = """
@id("school-masked")
permit (
  principal == Consumer::"school-enrolment",
  action == Action::"masked:Person.citizenNumber",
  resource
)
when { context.purpose == "school-enrolment" && resource.minor };

@id("school-consent")
permit (
  principal == Consumer::"school-enrolment",
  action in [Action::"consent:Person.sex", Action::"filter:Person.sex"],
  resource
)
when { context.purpose == "school-enrolment" && resource.minor };

@id("school-own-data")
permit (
  principal == Consumer::"school-enrolment",
  action in [Action::"see:Person", Action::"clear:Person.birthDate"],
  resource
)
when { context.purpose == "own-data" };
"""
PURPOSES = "purposes: {school-enrolment: [compulsory-education]"


@pytest.fixture(scope="module")
async def harness(
    neo4j_server: Neo4jAddress, valkey_server: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Harness]:
    directory = policies_with(tmp_path_factory.mktemp("permissions"), MORE)
    contracts = directory / "consumers.yaml"
    text = contracts.read_text()
    assert PURPOSES in text
    contracts.write_text(text.replace(PURPOSES, f"{PURPOSES}, own-data: [data-subject-right]"))
    async with Harness(neo4j_server, valkey_server, directory) as running:
        await running.empty()
        await running.load()
        yield running


async def rights(harness: Harness, consumer: str, **caller: Any) -> list[dict[str, Any]]:
    answer = await harness.graphql("people", QUERY, consumer=consumer, **caller)
    assert "errors" not in answer
    return answer["data"]["myPermissions"]


async def test_each_right_with_its_purpose_mode_and_condition(harness: Harness) -> None:
    found = await rights(harness, "school-enrolment")
    person = {
        (r["field"], r["mode"], r["mask"], r["condition"])
        for r in found
        if r["type"] == "Person" and r["purpose"] == "school-enrolment" and not r["missing"]
    }
    minor = "the row's minor = True and not (the row's underProtection = True)"
    unprotected = "not (the row's addressProtected = True)"
    here = f"the caller's district is stated and {minor} and {unprotected}"
    assert person == {
        (None, "SEE", None, minor),
        ("name", "CLEAR", None, minor),
        ("ageBand", "CLEAR", None, minor),
        ("livesInCallersDistrict", "CONSENT", None, here),
        ("citizenNumber", "MASKED", "last-four", minor),
        ("sex", "CONSENT", None, minor),
        ("sex", "FILTER", None, f"{minor} and the row's consented = True"),
    }


async def test_what_is_missing_is_what_another_purpose_grants(harness: Harness) -> None:
    found = await rights(
        harness, "school-enrolment", purpose="own-data", basis="data-subject-right"
    )
    missing = {(r["purpose"], r["missing"]) for r in found if r["type"] == "Person"}
    assert missing == {
        ("school-enrolment", "clear:Person.birthDate"),
        ("own-data", "clear:Person.name"),
        ("own-data", "clear:Person.ageBand"),
        ("own-data", "consent:Person.livesInCallersDistrict"),
        ("own-data", "masked:Person.citizenNumber"),
        ("own-data", "consent:Person.sex"),
        ("own-data", "filter:Person.sex"),
        ("own-data", None),
        ("school-enrolment", None),
    }
    assert all((r["condition"] is None) == (r["missing"] is not None) for r in found)


@pytest.mark.parametrize("consumer", ["school-enrolment", "citizen", "caseworker"])
async def test_nothing_is_told_of_what_the_consumer_never_gets(
    harness: Harness, consumer: str
) -> None:
    policies = load(harness.settings.policies_dir, model())
    found = await rights(harness, consumer)
    assert {(r["type"], r["field"]) for r in found if r["field"]} == policies.visible(consumer)
    shipped = [policy.id for policy in policies.policies]
    assert not [name for name in shipped if name in str(found)], "grants are not named"


async def test_it_reads_nothing_and_records_no_disclosure(harness: Harness) -> None:
    before = await harness.statements()
    await rights(harness, "citizen", operation="permissions-operation")
    assert await harness.statements() == before
    assert read(harness.settings.redis_url, operation="permissions-operation") == []


ONE = "query ($n: String!) { person(citizenNumber: $n) { id name } }"


async def test_of_a_strict_fetch_in_which_something_is_denied_nothing_leaves(
    harness: Harness,
) -> None:
    given = {"n": NUMBERS["mother"]}
    elsewhere = {"principal": {"district": AWAY}}
    answer = await harness.graphql(
        "people", ONE, given, strict=True, operation="strict-operation", **elsewhere
    )
    assert answer["data"] is None
    assert codes(answer) == ["FIELD_DENIED"]
    assert answer["errors"][0]["path"] == ["person", "name"]
    (record,) = read(harness.settings.redis_url, operation="strict-operation")
    assert (record.outcome, record.rows[0].shown) == ("denied", ())
    assert record.rows[0].denied == ("name",)
    loose = await harness.graphql("people", ONE, given, **elsewhere)
    assert loose["data"]["person"]["id"]
    own = await harness.graphql("people", ONE, given, strict=True)
    assert own["data"]["person"]["name"] == "陈静"
