"""Who has custody, from the real graph: the records behind it, other days, what policy keeps."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.facts import EdgeFact, Fact, NodeFact, Value
from ingest.city.identifiers import citizen_number
from policies.table import POLICIES_DIRECTORY
from runtime.neo4j.server import Neo4jAddress
from tests import family
from tests.family import AWAY, HOME, NUMBERS, YEAR
from tests.subgraphs.harness import Harness, codes

ORPHAN = citizen_number(HOME, f"{YEAR - 9}-04-05", 60, male=True)
DEAD = citizen_number(HOME, "1985-02-02", 61, male=False)
AUNT = citizen_number(AWAY, "1980-03-03", 62, male=False)
DIED, APPOINTED, CORRECTED = f"{YEAR - 3}-06-01", f"{YEAR - 3}-09-01", f"{YEAR - 1}-01-10T00:00:00Z"
QUERY = """query ($of: PersonRef!, $day: Date, $known: DateTime) {
  custody(of: $of, asOf: $day, asKnown: $known) {
    kind reason reasonZh missing holders { role person { id name } }
    evidence { states register record validFrom } } }"""


def facts() -> Iterator[Fact]:
    """The family, and an orphan whose aunt a court appointed; her appointment was entered late."""
    yield from family.facts()
    people: tuple[tuple[str, str, str, str, dict[str, Value]], ...] = (
        (ORPHAN, "周远", f"{YEAR - 9}-04-05", HOME, {"sex": "MALE"}),
        (DEAD, "周梅", "1985-02-02", HOME, {"sex": "FEMALE"}),
        (AUNT, "周兰", "1980-03-03", AWAY, {"sex": "FEMALE"}),
    )
    for number, name, born, district, more in people:
        stated: dict[str, Value] = {
            "citizenNumber": number,
            "numberScheme": "GB11643",
            "name": name,
            "birthDate": born,
            "district": district,
        }
        where = family.source(f"P-{name}", born)
        yield NodeFact("Person", f"GB11643:{number}", where, stated | more)
    died = family.source("D-周梅", DIED)
    yield NodeFact("Person", f"GB11643:{DEAD}", died, {"deathDate": DIED, "deceased": True})
    ends = ("Person", f"GB11643:{DEAD}", "Person", f"GB11643:{ORPHAN}")
    yield EdgeFact("Parenthood", "BIRTH", *ends, family.source("B-周远", f"{YEAR - 9}-04-05"), {})
    court = family.source("G-1", APPOINTED, register="civil-affairs", recorded_from=CORRECTED)
    ends = ("Person", f"GB11643:{AUNT}", "Person", f"GB11643:{ORPHAN}")
    yield EdgeFact("Guardianship", "", *ends, court, {"basis": "COURT", "scope": "PERSON"})


@pytest.fixture(scope="module")
async def harness(neo4j_server: Neo4jAddress, valkey_server: str) -> AsyncIterator[Harness]:
    async with Harness(neo4j_server, valkey_server) as started:
        await started.load(facts())
        yield started


async def asked(harness: Harness, number: str, **more: Any) -> dict[str, Any]:
    """The answer, which must have no errors but denials of a person's own fields."""
    given = {name: more.pop(name) for name in ("day", "known") if name in more}
    variables = {"of": {"citizenNumber": number}, **given}
    answer = await harness.graphql("people", QUERY, variables, **more)
    for error in answer.get("errors", ()):
        assert error.get("path", [""])[-1] == "name", error
    return answer["data"]["custody"]


def held(answer: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(h["role"], h["person"] and h["person"]["name"]) for h in answer["holders"]]


async def test_parents_with_the_records_of_parenthood(harness: Harness) -> None:
    """王强 lives in another district: that he is there is known, his name is not shown."""
    answer = await asked(harness, NUMBERS["grandchild"])
    assert answer["kind"] == "TWO_PARENTS"
    assert sorted(held(answer), key=str) == [("PARENT", "李娜"), ("PARENT", None)]
    records = {(e["states"], e["register"], e["record"]) for e in answer["evidence"]}
    assert records == {
        ("Parenthood", "population", "B-daughter-grandchild"),
        ("Parenthood", "population", "B-former-grandchild"),
    }
    assert "art" in answer["reason"] and "民法典" in answer["reasonZh"]


async def test_the_stepfather_has_none_and_adults_are_in_nobodys_custody(harness: Harness) -> None:
    answer = await asked(harness, NUMBERS["grandchild"])
    assert "S-1" not in str(answer)
    assert (await asked(harness, NUMBERS["daughter"]))["kind"] == "OF_AGE"


async def test_a_guardian_appointed_by_a_court(harness: Harness) -> None:
    answer = await asked(harness, ORPHAN)
    assert answer["kind"] == "GUARDIAN"
    assert held(answer) == [("THIRD_PARTY", None)]
    (record,) = answer["evidence"]
    assert (record["states"], record["record"]) == ("Guardianship", "G-1")
    assert "court" in answer["reason"]


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"day": f"{YEAR - 4}-01-01"}, "ONE_PARENT"),
        ({"day": f"{YEAR - 3}-07-01"}, "TEMPORARILY_NONE"),
        ({"day": APPOINTED}, "GUARDIAN"),
        # The appointment was entered later: as it was known before, nobody had custody.
        ({"day": APPOINTED, "known": f"{YEAR - 2}-01-01T00:00:00Z"}, "TEMPORARILY_NONE"),
        ({"known": f"{YEAR - 2}-01-01T00:00:00Z"}, "TEMPORARILY_NONE"),
        ({"known": f"{YEAR}-01-01T00:00:00Z"}, "GUARDIAN"),
        ({"day": "2000-01-01"}, "NOT_DETERMINABLE"),
    ],
)
async def test_other_days(harness: Harness, given: dict[str, str], kind: str) -> None:
    answer = await asked(harness, ORPHAN, **given)
    assert answer["kind"] == kind
    if kind == "TEMPORARILY_NONE":
        states = {record["states"]: record for record in answer["evidence"]}
        assert states["Person.deathDate"]["validFrom"] == DIED
        assert answer["holders"] == []


async def test_one_statement_and_one_more_for_who_has_it(harness: Harness) -> None:
    only_kind = "query ($of: PersonRef!) { custody(of: $of) { kind reason } }"
    variables = {"of": {"citizenNumber": NUMBERS["grandchild"]}}
    before = await harness.statements()
    await harness.graphql("people", only_kind, variables)
    assert await harness.statements() - before == 1
    before = await harness.statements()
    await harness.graphql("people", QUERY, variables)
    assert await harness.statements() - before == 2


async def test_nobody_and_a_person_of_another_district_look_the_same(harness: Harness) -> None:
    answers = [
        await harness.graphql("people", QUERY, {"of": {"citizenNumber": number}})
        for number in (AUNT, "110101190001010000")
    ]
    for answer in answers:
        assert set(codes(answer)) == {"FIELD_DENIED"}
        for error in answer["errors"]:
            error["extensions"].pop("operation", None)
    assert answers[0] == answers[1]


async def test_a_child_is_told_of_a_parents_death_and_not_its_record(harness: Harness) -> None:
    """The reason is the answer's; when the mother died is a field of hers, and not theirs."""
    child = {"consumer": "citizen", "principal": {"person": ORPHAN}}
    answer = await asked(harness, ORPHAN, day=f"{YEAR - 3}-07-01", **child)
    assert answer["kind"] == "TEMPORARILY_NONE"
    assert "A parent has died." in answer["reason"]
    assert [record["states"] for record in answer["evidence"]] == ["Parenthood"]
    assert DIED not in str(answer)


async def test_without_the_birth_date_neither_other_days_nor_its_records(
    neo4j_server: Neo4jAddress, valkey_server: str, tmp_path: Path
) -> None:
    directory = tmp_path / "policies"
    shutil.copytree(POLICIES_DIRECTORY, directory, ignore=shutil.ignore_patterns("*.py"))
    grants = directory / "grants" / "caseworker.cedar"
    right = '     Action::"clear:Person.birthDate",\n'
    assert right in grants.read_text()
    grants.write_text(grants.read_text().replace(right, ""))
    async with Harness(neo4j_server, valkey_server, directory) as harness:
        await harness.load(facts())
        variables = {"of": {"citizenNumber": NUMBERS["grandchild"]}}
        answer = await harness.graphql("people", QUERY, variables)
        assert answer["data"]["custody"]["kind"] == "TWO_PARENTS"
        born = f"{YEAR - 7}-02-03"
        assert born not in str(answer) and "B-daughter-grandchild" not in str(answer)
        variables["day"] = date.today().isoformat()
        answer = await harness.graphql("people", QUERY, variables)
        assert set(answer["data"]["custody"].values()) == {None}
