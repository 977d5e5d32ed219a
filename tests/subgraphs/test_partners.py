"""A couple without a stated marriage through the API: partners, and no spouses."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from graph.facts import EdgeFact
from runtime.neo4j.server import Neo4jAddress
from tests import family
from tests.family import NUMBERS, key, source
from tests.subgraphs.harness import Harness, codes

PAIR = """query ($a: PersonRef!, $b: PersonRef!) {
  relationship(a: $a, b: $b) { answer reason relations { term termZh kind status up down current
    steps { relationship kind kinds register record validFrom validTo
      evidence { relationship register record } } } }
  isSpouseOf(person: $b, of: $a) { answer reason } }"""
PERSON = """query ($number: String!) { person(citizenNumber: $number) {
  spouses { edges { node { name } } }
  partners { edges { validFrom register record node { name } } }
  before: partners(asKnown: "2015-01-01T00:00:00Z") { edges { record } } } }"""
LISTS = """query ($of: PersonRef!) {
  family(of: $of, steps: 1) { relatives { term kind person { name } } }
  nextOfKin(of: $of) { relatives { term } } heirs(of: $of) { relatives { term } } }"""


@pytest.fixture(scope="module")
async def harness(neo4j_server: Neo4jAddress, valkey_server: str) -> AsyncIterator[Harness]:
    """The family, and a family tree that joins the son and the stranger."""
    ends = ("Person", key("son"), "Person", key("stranger"))
    joined = EdgeFact("Couple", "", *ends, source("F-1", register="genealogy"), {})
    async with Harness(neo4j_server, valkey_server) as started:
        await started.load([*family.facts(), joined])
        yield started


async def asked(harness: Harness, one: str, other: str, **caller: Any) -> dict[str, Any]:
    variables = {"a": {"citizenNumber": NUMBERS[one]}, "b": {"citizenNumber": NUMBERS[other]}}
    answer = await harness.graphql("people", PAIR, variables, **caller)
    assert codes(answer) == []
    return answer["data"]


async def test_they_are_related_as_partners_and_are_not_spouses(harness: Harness) -> None:
    data = await asked(harness, "son", "stranger")
    assert data["relationship"]["answer"] == "YES"
    assert data["relationship"]["reason"] == "partner 伴侣, by register: genealogy."
    (relation,) = data["relationship"]["relations"]
    (step,) = relation.pop("steps")
    assert relation == {
        "term": "partner",
        "termZh": "伴侣",
        "kind": "COUPLE",
        "status": "PROVEN",
        "up": None,
        "down": None,
        "current": True,
    }
    record = {"relationship": "Couple", "register": "genealogy", "record": "F-1"}
    assert step == {
        **record,
        "kind": "COUPLE",
        "kinds": ["COUPLE"],
        "validFrom": None,
        "validTo": None,
        "evidence": [record],
    }
    assert data["isSpouseOf"]["answer"] == "NO"
    assert "marriage" in data["isSpouseOf"]["reason"]


@pytest.mark.parametrize("relative", ["mother", "father", "daughter"])
async def test_a_partner_s_relatives_are_no_relatives(harness: Harness, relative: str) -> None:
    for pair in ((relative, "stranger"), ("stranger", relative)):
        related = (await asked(harness, *pair))["relationship"]
        assert (related["answer"], related["relations"]) == ("NOT_DETERMINABLE", [])


async def test_a_person_has_partners_apart_from_spouses(harness: Harness) -> None:
    answer = await harness.graphql("people", PERSON, {"number": NUMBERS["son"]})
    found = answer["data"]["person"]
    assert found["spouses"]["edges"] == [] == found["before"]["edges"]
    (edge,) = found["partners"]["edges"]
    # The partner is of another district, whose names the caseworker may not see.
    assert codes(answer) == ["FIELD_DENIED"] and edge["node"] == {"name": None}
    assert (edge["register"], edge["record"], edge["validFrom"]) == ("genealogy", "F-1", None)
    answer = await harness.graphql("people", PERSON, {"number": NUMBERS["mother"]})
    assert answer["data"]["person"]["partners"]["edges"] == []
    assert len(answer["data"]["person"]["spouses"]["edges"]) == 1


async def test_a_partner_stands_in_the_family_and_in_no_order_of_kin(harness: Harness) -> None:
    answer = await harness.graphql("people", LISTS, {"of": {"citizenNumber": NUMBERS["son"]}})
    found = answer["data"]
    told = {(r["term"], r["kind"]) for r in found["family"]["relatives"]}
    assert told == {("partner", "COUPLE"), ("mother", "BIRTH"), ("father", "BIRTH")}
    for name in ("nextOfKin", "heirs"):
        assert found[name]["relatives"]
        assert "partner" not in {r["term"] for r in found[name]["relatives"]}


async def test_a_citizen_sees_the_own_partner_s_record_and_a_school_has_no_such_field(
    harness: Harness,
) -> None:
    data = await asked(
        harness, "son", "stranger", consumer="citizen", principal={"person": NUMBERS["son"]}
    )
    assert [r["kind"] for r in data["relationship"]["relations"]] == ["COUPLE"]
    query = '{ person(citizenNumber: "1") { partners { edges { record } } } }'
    answer = await harness.graphql("people", query, consumer="school-enrolment")
    assert answer["data"] is None
    (error,) = answer["errors"]
    assert error["message"] == "Cannot query field 'partners' on type 'Person'."
