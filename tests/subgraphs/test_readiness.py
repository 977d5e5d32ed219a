"""Readiness through the API: what is on file, what lacks, and what nobody may learn by asking."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import date
from typing import Any

import pytest
from harness import Harness, codes

from audit.reader import Disclosure, newest_first
from graph.facts import EdgeFact, Fact, NodeFact
from runtime.neo4j.server import Neo4jAddress
from tests.family import AWAY, COMPANY, HOME, NUMBERS, facts, key, source
from tests.granted import policies_with

READINESS = """query ($s: String!, $n: String!, $o: String, $c: String, $w: String) {
  readiness(service: $s, citizenNumber: $n, otherNumber: $o, creditCode: $c, office: $w) {
    ready
    papersSaved { id }
    papersToBring { id issuer { en } obtain { zh } }
    requirements { state sources { register record } requirement { id restsOn } } } }"""
TODAY = date.today().isoformat()
CONSENT = """
@id("school-readiness")
permit (
  principal == Consumer::"school-enrolment",
  action in
    [Action::"clear:Query.readiness",
     Action::"see:Person",
     Action::"clear:Person.birthDate",
     Action::"consent:Person.deathDate",
     Action::"consent:Person.deceased",
     Action::"consent:Person.district"],
  resource
)
when { context.purpose == "school-enrolment" };
"""


@pytest.fixture(scope="module")
async def harness(
    neo4j_server: Neo4jAddress, valkey_server: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Harness]:
    directory = policies_with(tmp_path_factory.mktemp("readiness"), CONSENT)
    async with Harness(neo4j_server, valkey_server, directory) as running:
        await running.empty()
        await running.load([*facts(), *more()])
        yield running


def more() -> Iterator[Fact]:
    """Homes and papers for the family; a licence elsewhere, a dead father, a contested birth."""
    place = {"code": "P-home", "address": "某路H-2", "divisionCode": f"{HOME}001"}
    yield NodeFact("Place", "place:P-home", source("P-home", register="place"), place)
    for person in ("daughter", "grandchild", "mother"):
        lives = source(f"P-{person}-home", "2015-08-01")
        yield EdgeFact("Residence", "", "Person", key(person), "Place", "place:P-home", lives, {})
    papers = (
        ("SF-1", "daughter", "RESIDENT_IDENTITY_CARD", "VALID", "2090-01-01", HOME),
        ("SF-2", "mother", "RESIDENT_IDENTITY_CARD", "VALID", "2020-01-01", HOME),
        ("SF-3", "husband", "RESIDENT_IDENTITY_CARD", "VALID", TODAY[:4], HOME),
        ("SF-4", "son", "RESIDENT_IDENTITY_CARD", "VALID", "2090-01-01", AWAY),
    )
    for number, person, kind, status, ends, district in papers:
        where = source(number, "2018-01-01", register="licence")
        said = {"number": number, "kind": kind, "status": status, "expiryDate": ends}
        yield NodeFact("Licence", f"licence:{number}", where, {**said, "district": district})
        to = ("Licence", f"licence:{number}")
        yield EdgeFact("LicenceHolding", "", "Person", key(person), *to, where, {})
    died = source("D-1", "2020-05-05")
    yield NodeFact("Person", key("father"), died, {"deathDate": "2020-05-05", "deceased": True})
    other = source("H-former", "1986-01-20", register="household")
    yield NodeFact("Person", key("former"), other, {"birthDate": "1999-01-20"})


async def asked(
    harness: Harness,
    service: str,
    person: str,
    other: str | None = None,
    company: str | None = None,
    office: str | None = None,
    **caller: Any,
) -> dict[str, Any]:
    number = NUMBERS.get(person, person)
    variables = {
        "s": service,
        "n": number,
        "o": NUMBERS.get(other or "", other),
        "c": company,
        "w": office,
    }
    return await harness.graphql("services", READINESS, variables, **caller)


async def told(harness: Harness, *about: str | None, **caller: Any) -> dict[str, Any]:
    answer = await asked(harness, *about, **caller)  # type: ignore[arg-type]
    assert "errors" not in answer, answer
    return answer["data"]["readiness"]


def states(readiness: dict[str, Any]) -> dict[str, str]:
    return {one["requirement"]["id"]: one["state"] for one in readiness["requirements"]}


def sources(readiness: dict[str, Any], requirement: str) -> list[dict[str, str]]:
    return next(
        one["sources"]
        for one in readiness["requirements"]
        if one["requirement"]["id"] == requirement
    )


def ids(papers: list[dict[str, Any]]) -> list[str]:
    return [paper["id"] for paper in papers]


async def test_all_that_a_school_requires_is_on_file(harness: Harness) -> None:
    before = await harness.statements()
    found = await told(harness, "school-enrolment", "daughter", "grandchild")
    assert await harness.statements() == before + 1
    assert set(states(found).values()) == {"SATISFIED"}
    assert found["ready"]
    assert found["papersToBring"] == []
    assert ids(found["papersSaved"]) == [
        "birth-certificate",
        "residence-proof",
        "household-book",
        "identity-card",
    ]
    assert sources(found, "parent") == [
        {"register": "population", "record": "B-daughter-grandchild"}
    ]
    assert sources(found, "identity") == [{"register": "licence", "record": "SF-1"}]
    assert sources(found, "school-age") == [{"register": "population", "record": "P-grandchild"}]


async def test_who_is_another_childs_parent_lacks_the_first_fact(harness: Harness) -> None:
    found = await told(harness, "school-enrolment", "mother", "grandchild")
    assert states(found)["parent"] == "MISSING"  # both parents of the child are others
    assert states(found)["identity"] == "MISSING"  # hers expired in 2020
    assert sources(found, "identity") == []
    assert not found["ready"]
    assert ids(found["papersToBring"]) == ["birth-certificate", "identity-card"]
    assert found["papersToBring"][1]["issuer"]["en"] == "Public Security Bureau"


async def test_a_place_that_is_not_filled_leaves_it_open(harness: Harness) -> None:
    """Of 陈静 only a mother is on file: that 李娜 is no parent of hers does not follow."""
    found = await told(harness, "passport-minor", "daughter", "mother")
    assert states(found)["parent"] == "UNKNOWN"
    assert states(found)["minor"] == "MISSING"


async def test_a_date_that_is_not_precise_leaves_it_open(harness: Harness) -> None:
    found = await told(harness, "vehicle-transfer", "husband")
    assert states(found) == {
        "of-age": "SATISFIED",
        "alive": "SATISFIED",
        "lives-in-city": "MISSING",
        "driver": "MISSING",
        "identity": "UNKNOWN",
        "vehicle": "MISSING",
    }


async def test_an_heir_of_the_dead(harness: Harness) -> None:
    found = await told(harness, "inheritance-notary", "daughter", "father")
    assert states(found)["dead"] == "SATISFIED"
    assert states(found)["heir"] == "SATISFIED"
    widow = await told(harness, "inheritance-notary", "mother", "father")
    assert states(widow)["heir"] == "SATISFIED"
    assert sources(widow, "heir") == [{"register": "marriage", "record": "M-1"}]
    stranger = await told(harness, "inheritance-notary", "grandchild", "father")
    assert states(stranger)["heir"] == "UNKNOWN"  # his own parents are not on file


async def test_marriage_of_two(harness: Harness) -> None:
    found = await told(harness, "marriage", "son", "daughter")
    assert states(found)["single"] == "SATISFIED"
    assert states(found)["partner-single"] == "MISSING"
    assert states(found)["age-of-woman"] == "SATISFIED"
    alone = await told(harness, "marriage", "son")
    assert states(alone)["single"] == "SATISFIED"
    assert states(alone)["partner-single"] == "UNKNOWN"


async def test_a_company(harness: Harness) -> None:
    found = await told(harness, "shop-licence", "husband", None, COMPANY)
    assert states(found)["represents"] == "SATISFIED"
    assert states(found)["active"] == "SATISFIED"
    assert states(found)["business-licence"] == "MISSING"
    assert states(found)["staff-health"] == "MISSING"
    other = await told(harness, "shop-licence", "daughter", None, COMPANY)
    assert states(other)["represents"] == "MISSING"


async def test_a_caseworker_of_another_district_learns_nothing(harness: Harness) -> None:
    away = {"district": "110105", "person": NUMBERS["officer"], "worker": "W-9"}
    found = await told(harness, "passport-minor", "daughter", "grandchild", principal=away)
    assert set(states(found).values()) == {"UNKNOWN"}
    assert all(one["sources"] == [] for one in found["requirements"])
    nothing = await told(harness, "passport-minor", "stranger", "former", principal=away)
    assert states(nothing) == states(found)


async def test_of_a_relative_a_caseworker_learns_nothing(harness: Harness) -> None:
    kin = {"district": HOME, "person": NUMBERS["mother"], "worker": "W-1"}
    found = await told(harness, "passport-minor", "daughter", "grandchild", principal=kin)
    assert set(states(found).values()) == {"UNKNOWN"}


async def test_a_licence_of_another_district_is_as_open_as_its_kind(harness: Harness) -> None:
    """Its existence is told elsewhere, its kind is not: neither SATISFIED nor MISSING."""
    found = await told(harness, "vehicle-transfer", "son")
    assert states(found)["identity"] == "UNKNOWN"
    assert states(found)["driver"] == "UNKNOWN"


async def test_registers_that_disagree_leave_it_open(harness: Harness) -> None:
    away = {"district": AWAY, "person": NUMBERS["officer"], "worker": "W-9"}
    found = await told(harness, "vehicle-transfer", "former", principal=away)
    assert states(found)["of-age"] == "UNKNOWN"
    assert states(found)["alive"] == "SATISFIED"


async def test_whom_nobody_may_know_is_as_nobody(harness: Harness) -> None:
    protected = source("Z-1", TODAY)
    hidden = NodeFact("Person", key("stranger"), protected, {"underProtection": True})
    await harness.load([hidden])
    away = {"district": AWAY, "person": NUMBERS["officer"], "worker": "W-9"}
    one = await asked(harness, "vehicle-transfer", "stranger", principal=away)
    nobody = await asked(harness, "vehicle-transfer", "110101190001010011", principal=away)
    assert codes(one) == codes(nobody) == ["PERSON_UNKNOWN"]
    assert one["errors"][0]["message"] == nobody["errors"][0]["message"]
    as_other = await asked(harness, "marriage", "former", "stranger", principal=away)
    assert as_other["errors"][0]["message"] == nobody["errors"][0]["message"]
    ended = source("Z-1", TODAY, recorded_to=f"{TODAY}T00:00:00Z")
    await harness.load([NodeFact("Person", key("stranger"), ended, {"underProtection": True})])


async def test_a_citizen_asks_of_themselves_and_their_child(harness: Harness) -> None:
    found = await told(harness, "passport-minor", "daughter", "grandchild", consumer="citizen")
    assert set(states(found).values()) == {"SATISFIED"}
    licence = await told(harness, "vehicle-transfer", "daughter", consumer="citizen")
    assert states(licence)["identity"] == "SATISFIED"
    assert states(licence)["driver"] == "MISSING"


async def test_a_citizen_asks_of_nobody_else(harness: Harness) -> None:
    for about in (("vehicle-transfer", "husband"), ("marriage", "daughter", "husband")):
        answer = await asked(harness, *about, consumer="citizen")
        assert codes(answer) == ["PERSON_UNKNOWN"]
    mute = await asked(harness, "vehicle-transfer", "daughter", consumer="citizen", principal={})
    assert codes(mute) == ["FIELD_DENIED"]


async def test_with_consent(harness: Harness) -> None:
    found = await told(
        harness, "household-split", "daughter", consumer="school-enrolment", principal={}
    )
    assert states(found) == {
        "of-age": "SATISFIED",
        "alive": "WITH_CONSENT",
        "in-book": "UNKNOWN",
        "registered-here": "WITH_CONSENT",
        "home": "UNKNOWN",
        "identity": "UNKNOWN",
    }
    dead = await told(
        harness, "household-split", "father", consumer="school-enrolment", principal={}
    )
    assert states(dead)["alive"] == "WITH_CONSENT"  # as of the living


@pytest.mark.parametrize(
    ("about", "words"),
    [
        (("school-enrollment", "daughter"), "no service 'school-enrollment'"),
        (("vehicle-transfer", "daughter", "grandchild"), "leave otherNumber out"),
        (("school-enrolment", "daughter", None, COMPANY), "leave creditCode out"),
    ],
)
async def test_what_cannot_be_asked(harness: Harness, about: Any, words: str) -> None:
    answer = await asked(harness, *about)
    assert codes(answer) == ["BAD_ARGUMENT"]
    assert words in answer["errors"][0]["message"]


async def test_the_account(harness: Harness) -> None:
    """Of whom which requirement was told, and which was not, before it was."""
    away = {"district": "110105", "person": NUMBERS["officer"], "worker": "W-9"}
    await told(harness, "passport-minor", "daughter", "grandchild", principal=away)
    denied = last(harness).rows
    await told(harness, "passport-minor", "daughter", "grandchild")
    shown = last(harness).rows
    known = await harness.ids("Person")
    assert [row.record for row in shown] == [known[key("daughter")], known[key("grandchild")]]
    assert shown[0].shown == ("readiness:identity",)
    assert shown[1].shown[:2] == ("readiness:minor", "readiness:child-alive")
    assert [row.denied for row in denied] == [row.shown for row in shown]


def last(harness: Harness) -> Disclosure:
    """What was written last."""
    return next(newest_first(harness.settings.redis_url))


async def test_the_catalogue(harness: Harness) -> None:
    query = """{ services { id label { zh } department { en } deadlineDays other citation
      parts { id days department { zh } }
      requirements { id label { en } fact of eligibility restsOn replaces { id } } } }"""
    answer = await harness.graphql("services", query)
    services = {service["id"]: service for service in answer["data"]["services"]}
    assert len(services) == 10
    school = services["school-enrolment"]
    assert school["label"]["zh"] == "义务教育入学报名"
    parent = next(r for r in school["requirements"] if r["id"] == "parent")
    assert parent["restsOn"] == ["Person.children", "Parenthood.kind", "Person.parents"]
    card = next(r for r in school["requirements"] if r["id"] == "identity")
    assert "Licence.expiryDate" in card["restsOn"]


async def test_what_depends_on_the_office_is_told_of_the_one_that_is_named(
    harness: Harness,
) -> None:
    about: tuple[Any, ...] = ("household-split", "daughter", None, None)
    citizen = {"consumer": "citizen", "principal": {"person": NUMBERS["daughter"]}}
    for office, state in ((None, "SATISFIED"), (HOME, "SATISFIED"), (AWAY, "MISSING")):
        found = await told(harness, *about, office, **citizen)
        assert states(found)["registered-here"] == state
    refused = await asked(harness, *about, "999999", **citizen)
    assert codes(refused) == ["BAD_ARGUMENT"]
