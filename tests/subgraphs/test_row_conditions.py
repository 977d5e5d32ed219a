"""Row conditions of the shipped grants on the real graph: what comes back, and what does not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from harness import Harness
from row_facts import NUMBERS, about, case_fact, facts, key

from runtime.neo4j.server import Neo4jAddress
from tests.family import AWAY, COMPANY, HOME

OFFICE = {"district": HOME, "person": NUMBERS["officer"], "worker": "W-1"}
PERSON = "query ($n: String!) { person(citizenNumber: $n) { id name birthDate deathDate } }"


@pytest.fixture(scope="module")
async def harness(neo4j_server: Neo4jAddress, valkey_server: str) -> AsyncIterator[Harness]:
    async with Harness(neo4j_server, valkey_server) as running:
        await running.empty()
        await running.load(facts())
        yield running


async def names(harness: Harness, *persons: str, **caller: Any) -> dict[str, str | None]:
    """The name that each of the persons shows; those of whom there is no row are left out."""
    found: dict[str, str | None] = {}
    for person in persons:
        answer = await harness.graphql("people", PERSON, {"n": NUMBERS[person]}, **caller)
        row = answer["data"]["person"]
        if row is not None:
            found[person] = row["name"]
    return found


def citizen(person: str) -> dict[str, Any]:
    return {"consumer": "citizen", "principal": {"person": NUMBERS[person]}}


async def test_years_since_death(harness: Harness) -> None:
    found = await names(harness, "long-dead", "lately-dead", "dead", "client", principal=OFFICE)
    assert found["long-dead"] == "long-dead"
    assert (found["lately-dead"], found["dead"]) == (None, None)


async def test_an_open_case_that_is_assigned_to_the_caseworker(harness: Harness) -> None:
    clients = ("client", "past-client", "other-client", "moved-client")
    found = await names(harness, *clients, principal=OFFICE)
    assert found == dict.fromkeys(clients) | {"client": "client"}
    unnamed = {name: value for name, value in OFFICE.items() if name != "worker"}
    assert await names(harness, "client", principal=unnamed) == {"client": None}
    own = "{ cases { edges { node { number subjects { edges { node { id } } } } } } }"
    answer = await harness.graphql("cases", own, principal=OFFICE)
    rows = [edge["node"] for edge in answer["data"]["cases"]["edges"]]
    assert {row["number"] for row in rows} == {"C-1", "C-2", "C-5", None}
    assert (await harness.ids("Person"))[key("other-client")] not in str(answer)


async def test_closing_the_case_ends_access_on_the_next_query(harness: Harness) -> None:
    await harness.load([case_fact("C-9", "OPEN", "C-9"), *about("C-9", "other-client", "W-1")])
    assert await names(harness, "other-client", principal=OFFICE) == {
        "other-client": "other-client"
    }
    await harness.load([case_fact("C-9", "CLOSED", "C-9-closed", "2020-01-01")])
    assert await names(harness, "other-client", principal=OFFICE) == {"other-client": None}


@pytest.mark.parametrize(
    ("caller", "hidden", "shown"),
    [
        ("daughter", ("daughter", "mother", "father", "son", "husband", "grandchild"), ()),
        ("former", ("daughter", "mother", "father", "grandchild"), ("son",)),
        ("grandchild", ("mother", "father", "daughter", "son"), ()),
        ("officer", (), ("mother", "father", "daughter", "son", "husband", "grandchild")),
    ],
)
async def test_nobody_handles_a_relative_or_a_former_spouse(
    harness: Harness, caller: str, hidden: tuple[str, ...], shown: tuple[str, ...]
) -> None:
    principal = OFFICE | {"person": NUMBERS[caller]}
    found = await names(harness, *hidden, *shown, principal=principal)
    assert {name for name, value in found.items() if value is None} == set(hidden)


@pytest.mark.parametrize("person", [None, "110101190001010000"])
async def test_a_caseworker_who_is_nobody_opens_no_file(
    harness: Harness, person: str | None
) -> None:
    principal = {name: value for name, value in OFFICE.items() if name != "person"}
    principal |= {"person": person} if person else {}
    found = await names(harness, "mother", "client", "long-dead", principal=principal)
    assert found == {"mother": None, "client": None, "long-dead": None}


async def test_questions_about_a_relative_have_no_answer(harness: Harness) -> None:
    query = """query ($a: PersonRef!, $b: PersonRef!) {
      isMotherOf(person: $a, of: $b) { answer }
      siblings(of: $b) { relatives { term } }
      custody(of: $b) { kind }
      coResidents(of: $b) { residents { shares } }
      people(where: {name: {equals: "陈静"}}) { edges { node { id } } } }"""
    variables = {
        "a": {"citizenNumber": NUMBERS["mother"]},
        "b": {"citizenNumber": NUMBERS["daughter"]},
    }
    principal = OFFICE | {"person": NUMBERS["son"]}
    answer = await harness.graphql("people", query, variables, principal=principal)
    data = answer["data"]
    assert data is not None, answer
    assert data["isMotherOf"]["answer"] is None
    assert data["siblings"]["relatives"] is None
    assert data["custody"]["kind"] is None
    assert data["coResidents"]["residents"] is None
    assert data["people"]["edges"] == []
    asked = await harness.graphql("people", query, variables, principal=OFFICE)
    assert asked["data"]["isMotherOf"]["answer"] == "YES"
    assert asked["data"]["people"]["edges"] != []


async def test_what_a_citizen_sees_of_whom_they_act_for(harness: Harness) -> None:
    wards = ("ward", "past-ward", "property-ward", "given", "daughter", "adopted")
    assert await names(harness, *wards, **citizen("mother")) == {"ward": "ward", "given": "given"}
    assert await names(harness, "grandchild", **citizen("daughter")) == {"grandchild": "王小雨"}
    assert await names(harness, "grandchild", **citizen("former")) == {"grandchild": "王小雨"}
    assert await names(harness, "grandchild", **citizen("husband")) == {}
    assert await names(harness, "given", **citizen("stranger")) == {}
    for child, adult in (("ward", "mother"), ("grandchild", "daughter")):
        assert await names(harness, adult, **citizen(child)) == {}


COMPANIES = """query ($r: [_Any!]!) { _entities(representations: $r) { ... on LegalEntity {
  name shareholders { edges { node { ... on LegalEntity { name } } } } } } }"""
LICENCES = """query ($r: [_Any!]!) { _entities(representations: $r) {
  ... on LegalEntity { licences { edges { node { number } } } } } }"""


async def test_what_a_citizen_sees_of_a_company(harness: Harness) -> None:
    identity = (await harness.ids("LegalEntity"))[f"USCC:{COMPANY}"]
    representations = {"r": [{"__typename": "LegalEntity", "id": identity}]}
    for person, represents in (("husband", True), ("mother", False), ("son", False)):
        asked = COMPANIES, representations
        answer = await harness.graphql("legal-entities", *asked, **citizen(person))
        (company,) = answer["data"]["_entities"]
        assert company["name"] == "北京小雨贸易有限公司"
        assert (company["shareholders"] is not None) == represents
    found = await harness.graphql("licences", LICENCES, representations, **citizen("husband"))
    assert found["data"]["_entities"][0]["licences"]["edges"] == [{"node": {"number": "L-1"}}]
    denied = await harness.graphql("licences", LICENCES, representations, **citizen("mother"))
    assert denied["data"]["_entities"][0]["licences"] is None
    assert "L-1" not in str(denied)


async def test_a_person_under_protection_is_as_if_nobody(harness: Harness) -> None:
    everybody = ("witness", "past-witness", "coming-witness", "vague-witness", "colleague")
    found = await names(harness, *everybody, principal=OFFICE)
    assert found == {"past-witness": "past-witness"}
    cleared = OFFICE | {"protectionCleared": True, "shielded": True}
    assert set(await names(harness, *everybody, principal=cleared)) == set(everybody)
    # A claim of another type than the consumer declares opens nothing.
    spoofed = OFFICE | {"protectionCleared": "true", "shielded": 1}
    assert set(await names(harness, *everybody, principal=spoofed)) == {"past-witness"}
    listed = await harness.graphql(
        "people",
        '{ people(where: {name: {startsWith: "witness"}}) { edges { node { id } } } }',
        principal=OFFICE,
    )
    assert listed["data"]["people"]["edges"] == []


async def test_a_question_about_a_protected_person_is_one_about_nobody(harness: Harness) -> None:
    query = """query ($a: PersonRef!, $b: PersonRef!) {
      isMotherOf(person: $a, of: $b) { answer reason missing { needed } } }"""
    nobody, witness = "110101190001010000", NUMBERS["witness"]
    answers = [
        await harness.graphql(
            "people",
            query,
            {"a": {"citizenNumber": NUMBERS["mother"]}, "b": {"citizenNumber": number}},
            principal=OFFICE,
        )
        for number in (nobody, witness)
    ]
    assert answers[0] == answers[1]


HOUSEHOLD = """query ($b: String!, $p: String!) {
  household(bookNumber: $b) { address members { edges { node { id } } } }
  place(code: $p) { address residents { edges { node { id } } } } }"""
WHERE = """query ($r: [_Any!]!) { _entities(representations: $r) { ... on Person {
  residences { edges { node { code } } } households { edges { node { bookNumber } } } } } }"""


async def test_nobody_is_found_through_a_protected_address(harness: Harness) -> None:
    ids = await harness.ids("Person")
    hiding, found = (ids[key(name)] for name in ("hiding", "found"))
    book = {"b": "H-9", "p": "P-home"}
    answer = await harness.graphql("households", HOUSEHOLD, book, principal=OFFICE)
    data = answer["data"]
    assert data["household"]["address"] is None
    for rows in (data["household"]["members"], data["place"]["residents"]):
        assert [edge["node"]["id"] for edge in rows["edges"]] == [found]
    assert hiding not in str(answer)
    rows = {"r": [{"__typename": "Person", "id": one} for one in (hiding, found)]}
    entities = (await harness.graphql("households", WHERE, rows, principal=OFFICE))["data"]
    hidden, shown = entities["_entities"]
    assert hidden == {"residences": None, "households": None}
    assert shown["residences"]["edges"] == [{"node": {"code": "P-home"}}]
    query = """query ($of: PersonRef!) { coResidents(of: $of) { residents { person { id } } } }"""
    of = {"of": {"citizenNumber": NUMBERS["found"]}}
    together = await harness.graphql("people", query, of, principal=OFFICE)
    assert together["data"]["coResidents"]["residents"] == []


async def test_the_purpose_that_names_a_protected_address(harness: Harness) -> None:
    ids = await harness.ids("Person")
    rows = {"r": [{"__typename": "Person", "id": ids[key(n)]} for n in ("hiding",)]}
    query = WHERE.replace(" households { edges { node { bookNumber } } }", "")
    asked = {"purpose": "protected-address"}
    cleared = OFFICE | {"protectionCleared": True}
    found = await harness.graphql("households", query, rows, principal=cleared, **asked)
    assert found["data"]["_entities"] == [{"residences": {"edges": [{"node": {"code": "P-home"}}]}}]
    for principal in (OFFICE, cleared | {"district": AWAY}, OFFICE | {"protectionCleared": False}):
        denied = await harness.graphql("households", query, rows, principal=principal, **asked)
        assert "P-home" not in str(denied)


async def test_a_parent_does_not_see_a_protected_address_of_the_child(harness: Harness) -> None:
    assert await names(harness, "lost", **citizen("son")) == {"lost": "lost"}
    ids = await harness.ids("Person")
    rows = {"r": [{"__typename": "Person", "id": ids[key("lost")]}]}
    query = WHERE.replace(" households { edges { node { bookNumber } } }", "")
    denied = await harness.graphql("households", query, rows, **citizen("son"))
    assert "P-home" not in str(denied)
    own = await harness.graphql("households", query, rows, **citizen("lost"))
    assert own["data"]["_entities"] == [{"residences": {"edges": [{"node": {"code": "P-home"}}]}}]
