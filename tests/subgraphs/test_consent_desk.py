"""Consent given and withdrawn through the API: whose, when it counts, and what nobody learns."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
from harness import Harness, codes

from audit.reader import read
from graph.facts import EdgeFact, NodeFact
from ingest.rebuild import digest, rebuild
from runtime.neo4j.server import Neo4jAddress
from tests.family import NUMBERS, key, source
from tests.granted import policies_with

GRANTS = """
@id("school-with-consent")
permit (
  principal == Consumer::"school-enrolment",
  action in [Action::"consent:Person.sex", Action::"consent:Person.district"],
  resource
)
when { context.purpose == "school-enrolment" && resource.minor };

@id("elsewhere-with-consent")
permit (
  principal == Consumer::"caseworker",
  action == Action::"clear:Person.name",
  resource
)
when { context.purpose == "household-services" && resource.consented };
"""
SCHOOL = ("school-enrolment", "school-enrolment")
OFFICE = ("caseworker", "household-services")
GIVE = """mutation ($c: String!, $p: String!, $n: String) {
  giveConsent(consumer: $c, purpose: $p, citizenNumber: $n) {
    reference consumer purpose givenOn withdrawnOn } }"""
WITHDRAW = """mutation ($r: String!) {
  withdrawConsent(reference: $r) { reference givenOn withdrawnOn } }"""
REQUESTS = """{ consentRequests { consumer consumerLabel { en zh } organisation { zh } purpose
  purposeLabel { zh } purposeDescription bases { basis citation }
  fields { coordinate label { en zh } description } } }"""
TODAY = date.today().isoformat()
RECORDS = "MATCH (n:Consent) RETURN count(n) AS count"


@pytest.fixture(scope="module")
async def harness(
    neo4j_server: Neo4jAddress, valkey_server: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Harness]:
    directory = policies_with(tmp_path_factory.mktemp("consents"), GRANTS)
    async with Harness(neo4j_server, valkey_server, directory) as running:
        await running.empty()
        await running.load()
        yield running


async def citizen(
    harness: Harness, operation: str, person: str = "daughter", **variables: Any
) -> dict[str, Any]:
    principal = {"person": NUMBERS.get(person, person)}
    return await harness.graphql(
        "policy", operation, variables, consumer="citizen", principal=principal
    )


async def give(
    harness: Harness, to: tuple[str, str], person: str = "daughter", number: str | None = None
) -> dict[str, Any]:
    return await citizen(harness, GIVE, person, c=to[0], p=to[1], n=number)


async def given(harness: Harness, *asked: Any) -> dict[str, Any]:
    answer = await give(harness, *asked)
    assert "errors" not in answer, answer
    return answer["data"]["giveConsent"]


async def withdrawn(harness: Harness, reference: str, person: str = "daughter") -> dict[str, Any]:
    answer = await citizen(harness, WITHDRAW, person, r=reference)
    assert "errors" not in answer, answer
    return answer["data"]["withdrawConsent"]


async def school_sees(harness: Harness) -> Any:
    query = "query ($n: String!) { person(citizenNumber: $n) { sex } }"
    who = {"n": NUMBERS["grandchild"]}
    answer = await harness.graphql("people", query, who, consumer="school-enrolment")
    return answer["data"]["person"]["sex"]


async def office_sees(harness: Harness, person: str) -> Any:
    query = "query ($n: String!) { person(citizenNumber: $n) { name } }"
    answer = await harness.graphql("people", query, {"n": NUMBERS[person]})
    return answer["data"]["person"]["name"]


async def count(harness: Harness, text: str, **parameters: Any) -> int:
    return (await harness.store.read(text, parameters))[0]["count"]


async def test_who_asks_for_what_is_told_in_words(harness: Harness) -> None:
    answer = await citizen(harness, REQUESTS)
    asked = {request["consumer"]: request for request in answer["data"]["consentRequests"]}
    assert set(asked) == {"school-enrolment", "caseworker"}
    school = asked["school-enrolment"]
    assert school["consumerLabel"] == {"en": "School enrolment partner", "zh": "入学报名平台"}
    assert (school["organisation"]["zh"], school["purpose"]) == ("教育委员会", "school-enrolment")
    assert school["bases"][0]["basis"] == "compulsory-education"
    assert "民法典" not in school["bases"][0]["citation"]
    fields = {field["coordinate"]: field["label"] for field in school["fields"]}
    assert set(fields) == {"Person.sex", "Person.district", "Person.livesInCallersDistrict"}
    assert fields["Person.district"] == {
        "en": "District of registration",
        "zh": "户籍所在区划",
    }
    condition = asked["caseworker"]["fields"]
    assert [field["coordinate"] for field in condition] == ["Person.name"]


async def test_given_for_a_child_it_counts_on_the_next_query_until_it_is_withdrawn(
    harness: Harness,
) -> None:
    assert await school_sees(harness) is None
    first = await given(harness, SCHOOL, "daughter", NUMBERS["grandchild"])
    assert first["givenOn"] == TODAY
    assert first["withdrawnOn"] is None
    assert await school_sees(harness) == "FEMALE"
    assert await given(harness, SCHOOL, "daughter", NUMBERS["grandchild"]) == first
    ended = await withdrawn(harness, first["reference"])
    assert (ended["reference"], ended["withdrawnOn"]) == (first["reference"], TODAY)
    assert await school_sees(harness) is None
    assert await withdrawn(harness, first["reference"]) == ended
    said = "MATCH (s:Statement) WHERE s.withdrawnOn IS NOT NULL RETURN count(s) AS count"
    assert await count(harness, said) == 1
    second = await given(harness, SCHOOL, "daughter", NUMBERS["grandchild"])
    assert second["reference"] != first["reference"]
    assert await school_sees(harness) == "FEMALE"
    await withdrawn(harness, second["reference"])


async def test_it_is_a_sourced_fact_that_the_person_sees(harness: Harness) -> None:
    own = await given(harness, OFFICE, "stranger")
    child = await given(harness, OFFICE, "daughter", NUMBERS["grandchild"])
    query = """query ($n: String!) { person(citizenNumber: $n) { consents { edges {
      register record citation node { reference facts { field register } } } } } }"""
    for person, caller, record, citation in (
        ("stranger", "stranger", own, None),
        ("grandchild", "daughter", child, "given by a parent or guardian · 由监护人代为授权"),
    ):
        answer = await harness.graphql(
            "people",
            query,
            {"n": NUMBERS[person]},
            consumer="citizen",
            principal={"person": NUMBERS[caller]},
        )
        edges = answer["data"]["person"]["consents"]["edges"]
        (edge,) = [e for e in edges if e["node"]["reference"] == record["reference"]]
        assert (edge["register"], edge["record"]) == ("consent-portal", record["reference"])
        assert edge["citation"] == citation
        assert {fact["register"] for fact in edge["node"]["facts"]} == {"consent-portal"}
    assert await office_sees(harness, "stranger") == "孙丽"
    await withdrawn(harness, own["reference"], "stranger")
    assert await office_sees(harness, "stranger") is None


async def test_those_who_give_at_the_same_moment_make_one_record(harness: Harness) -> None:
    before = await count(harness, RECORDS)
    many = await asyncio.gather(*(given(harness, OFFICE, "former") for _ in range(6)))
    assert len({consent["reference"] for consent in many}) == 1
    assert await count(harness, RECORDS) == before + 1
    ended = await asyncio.gather(
        *(withdrawn(harness, many[0]["reference"], "former") for _ in range(4))
    )
    assert len({str(consent) for consent in ended}) == 1
    said = """MATCH (:Consent {reference: $r})<-[:ABOUT]-(s:Statement)
      WHERE s.withdrawnOn IS NOT NULL RETURN count(s) AS count"""
    assert await count(harness, said, r=many[0]["reference"]) == 1


async def test_a_consent_of_another_register_is_withdrawn_here(harness: Harness) -> None:
    where = source("C-77", register="consent")
    stated = {"reference": "C-77", "consumer": OFFICE[0], "purpose": OFFICE[1]}
    await harness.load(
        [
            NodeFact("Consent", "consent:C-77", where, {**stated, "givenOn": "2020-01-01"}),
            EdgeFact(
                "ConsentGiving", "", "Person", key("adopted"), "Consent", "consent:C-77", where, {}
            ),
        ]
    )
    assert await office_sees(harness, "adopted") == "赵云"
    assert (await given(harness, OFFICE, "adopted"))["reference"] == "C-77", "it counts already"
    await withdrawn(harness, "C-77", "adopted")
    assert await office_sees(harness, "adopted") is None


async def test_who_may_not_act_learns_nothing(harness: Harness) -> None:
    """A sibling, a parent of an adult, somebody under protection, and nobody: one answer."""
    await harness.load(
        [NodeFact("Person", key("son"), source("P-9", "2020-01-01"), {"underProtection": True})]
    )
    unknown = await give(harness, OFFICE, "mother", "11010119000101001X")
    assert codes(unknown) == ["PERSON_UNKNOWN"]
    for person in ("daughter", "grandchild", "son", "stranger"):
        answer = await give(harness, OFFICE, "mother", NUMBERS[person])
        assert answer == unknown
    assert codes(await give(harness, OFFICE, "11010119000101001X")) == ["PERSON_UNKNOWN"]
    assert await count(harness, RECORDS) > 0


async def test_a_ward_under_protection_is_nobody(harness: Harness) -> None:
    """The child again, when a register states that it is under protection."""
    unknown = await give(harness, OFFICE, "daughter", "11010119000101001X")
    child = NodeFact(
        "Person", key("grandchild"), source("P-8", "2020-01-01"), {"underProtection": True}
    )
    reference = (await given(harness, OFFICE, "daughter", NUMBERS["grandchild"]))["reference"]
    await harness.load([child])
    assert await give(harness, OFFICE, "daughter", NUMBERS["grandchild"]) == unknown
    refused = await citizen(harness, WITHDRAW, r=reference)
    nothing = await citizen(harness, WITHDRAW, r="CP-NOTHING")
    assert refused == nothing
    ended = source("P-8", "2020-01-01", "2021-01-01")
    await harness.load([NodeFact("Person", child.key, ended, child.fields)])
    assert (await withdrawn(harness, reference))["withdrawnOn"] == TODAY


async def test_nobody_withdraws_for_others(harness: Harness) -> None:
    consent = await given(harness, OFFICE, "husband")
    nothing = await citizen(harness, WITHDRAW, r="CP-NOTHING")
    assert codes(nothing) == ["BAD_ARGUMENT"]
    assert await citizen(harness, WITHDRAW, r=consent["reference"]) == nothing
    assert await given(harness, OFFICE, "husband") == consent


@pytest.mark.parametrize(
    "to",
    [
        ("nobody", "school-enrolment"),
        ("school-enrolment", "own-data"),
        ("school-enrolment", ""),
        ("citizen", "own-data"),
        ("caseworker", "protected-address"),
    ],
)
async def test_consent_is_given_to_what_somebody_asks_for(
    harness: Harness, to: tuple[str, str]
) -> None:
    before = await count(harness, RECORDS)
    assert codes(await give(harness, to)) == ["BAD_ARGUMENT"]
    assert await count(harness, RECORDS) == before


async def test_a_token_that_names_nobody_gives_nothing(harness: Harness) -> None:
    answer = await harness.graphql(
        "policy", GIVE, {"c": OFFICE[0], "p": OFFICE[1]}, consumer="citizen", principal={}
    )
    assert codes(answer) == ["FIELD_DENIED"]


async def test_whom_it_is_about_stands_in_the_audit(harness: Harness) -> None:
    await citizen(harness, GIVE, "daughter", c=OFFICE[0], p=OFFICE[1], n="11010119000101001X")
    ids = await harness.ids("Person")
    principal = {"person": NUMBERS["father"]}
    variables = {"c": OFFICE[0], "p": OFFICE[1]}
    await harness.graphql(
        "policy",
        GIVE,
        variables,
        consumer="citizen",
        principal=principal,
        operation="consent-on-record",
    )
    records = read(harness.settings.redis_url, operation="consent-on-record")
    rows = {(row.type, row.record, row.shown) for record in records for row in record.rows}
    assert rows == {
        ("Mutation", "giveConsent", ("giveConsent",)),
        ("Person", ids[key("father")], ("consents",)),
    }


async def test_the_current_picture_can_be_derived_anew(harness: Harness) -> None:
    before = await digest(harness.store)
    await rebuild(harness.store, today=TODAY)
    assert await digest(harness.store) == before
