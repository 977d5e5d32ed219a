"""Who looked at a person: told to them, of them alone, and after a delay where one is set."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from runtime.neo4j.server import Neo4jAddress
from tests.family import AWAY, NUMBERS
from tests.granted import policies_with
from tests.subgraphs.harness import Harness, codes

WHO = """query ($n: String, $first: Int! = 20, $after: String) {
  whoLooked(citizenNumber: $n, first: $first, after: $after) {
    cursor notices { at consumer { en zh } organisation { zh } purpose { zh } basis { en } citation
      case operation shown { coordinate label { en zh } } masked { coordinate }
      denied { coordinate } } } }"""
NAME = "query ($n: String!) { person(citizenNumber: $n) { name } }"
FAMILY = """query ($n: String!) { person(citizenNumber: $n) {
  birthDate parents { edges { node { name } } } } }"""
MOTHER = """query ($a: PersonRef!, $b: PersonRef!) {
  isMotherOf(person: $a, of: $b) { answer } }"""


@pytest.fixture(scope="module")
async def harness(neo4j_server: Neo4jAddress, valkey_server: str) -> AsyncIterator[Harness]:
    async with Harness(neo4j_server, valkey_server) as started:
        await started.empty()
        await started.load()
        yield started


async def looked(
    harness: Harness, person: str = "daughter", of: str | None = None, **given: Any
) -> dict[str, Any]:
    variables = {"n": NUMBERS[of] if of else None, **given}
    principal = {"person": NUMBERS[person]}
    answer = await harness.graphql(
        "services", WHO, variables, consumer="citizen", principal=principal
    )
    assert codes(answer) == [], answer
    return answer["data"]["whoLooked"]


def by(found: dict[str, Any], operation: str) -> dict[str, Any] | None:
    return next((n for n in found["notices"] if n["operation"] == operation), None)


def coordinates(fields: list[dict[str, Any]]) -> set[str]:
    return {field["coordinate"] for field in fields}


async def office(harness: Harness, query: str, person: str, operation: str, **who: Any) -> None:
    answer = await harness.graphql(
        "people", query, {"n": NUMBERS[person]}, operation=operation, **who
    )
    assert set(codes(answer)) <= {"FIELD_DENIED"}


async def test_a_look_is_told_in_words(harness: Harness) -> None:
    await office(harness, NAME, "daughter", "look-1", case="C-77")
    notice = by(await looked(harness), "look-1")
    assert notice is not None
    assert notice["consumer"] == {"en": "Caseworker", "zh": "经办人员"}
    assert notice["organisation"]["zh"] == "区政务服务中心"
    assert notice["purpose"]["zh"] == "户籍与家庭服务"
    assert (notice["basis"]["en"], notice["case"]) == ("Statutory duty", "C-77")
    assert "Personal Information Protection Law" in notice["citation"]
    assert notice["shown"] == [{"coordinate": "Person.name", "label": {"en": "Name", "zh": "姓名"}}]


async def test_of_others_in_the_same_answer_nothing_is_told(harness: Harness) -> None:
    await office(harness, FAMILY, "daughter", "look-2")
    own = by(await looked(harness), "look-2")
    assert own is not None
    assert coordinates(own["shown"]) == {"Person.birthDate", "Person.parents"}
    mothers = by(await looked(harness, "mother"), "look-2")
    assert mothers is not None
    assert coordinates(mothers["shown"]) == {"Person.name"}
    ids = await harness.ids("Person")
    told = str(await looked(harness)) + str(await looked(harness, "mother"))
    assert not [person for person in ids.values() if person in told]


async def test_what_was_asked_for_and_denied_is_told_too(harness: Harness) -> None:
    elsewhere = {"district": AWAY, "person": NUMBERS["officer"], "worker": "W-1"}
    await office(harness, NAME, "daughter", "look-3", principal=elsewhere)
    notice = by(await looked(harness), "look-3")
    assert notice is not None
    assert (notice["shown"], coordinates(notice["denied"])) == ([], {"Person.name"})


async def test_who_acts_for_a_child_sees_who_looked_at_it(harness: Harness) -> None:
    pair = {
        "a": {"citizenNumber": NUMBERS["daughter"]},
        "b": {"citizenNumber": NUMBERS["grandchild"]},
    }
    await harness.graphql("people", MOTHER, pair, consumer="school-enrolment", operation="look-4")
    notice = by(await looked(harness, of="grandchild"), "look-4")
    assert notice is not None and notice["consumer"]["zh"] == "入学报名平台"
    (asked,) = notice["shown"]
    assert asked["coordinate"].startswith("KinshipAnswer.")
    own = by(await looked(harness), "look-4")
    assert own is not None and own["shown"] == [asked]


async def test_of_anybody_else_there_is_nothing_to_ask(harness: Harness) -> None:
    answers = []
    for number in (NUMBERS["stranger"], "110101190001010000"):
        principal = {"person": NUMBERS["daughter"]}
        answer = await harness.graphql(
            "services", WHO, {"n": number}, consumer="citizen", principal=principal
        )
        assert codes(answer) == ["PERSON_UNKNOWN"]
        answers.append(answer["errors"][0]["message"])
    assert len(set(answers)) == 1
    refused = await harness.graphql("services", WHO, {"n": NUMBERS["daughter"]})
    assert codes(refused) != [] and not refused.get("data")


async def test_it_goes_on_page_by_page(harness: Harness) -> None:
    for n in range(3):
        await office(harness, NAME, "father", f"page-{n}")
    seen: list[str] = []
    after = None
    while True:
        found = await looked(harness, "father", first=1, after=after)
        seen += [notice["operation"] for notice in found["notices"]]
        after = found["cursor"]
        if after is None:
            break
    assert [name for name in seen if name.startswith("page-")] == ["page-2", "page-1", "page-0"]


async def test_what_a_purpose_holds_back_is_told_later(
    neo4j_server: Neo4jAddress, valkey_server: str, harness: Harness, tmp_path: Path
) -> None:
    directory = policies_with(tmp_path, "")
    file = directory / "purposes.yaml"
    text = file.read_text(encoding="utf-8")
    entry = "  household-services:\n"
    file.write_text(text.replace(entry, f"{entry}    noticeDelayDays: 30\n"), encoding="utf-8")
    async with Harness(neo4j_server, valkey_server, directory) as delayed:
        await office(delayed, NAME, "son", "delayed-1")
        await delayed.graphql(
            "people",
            NAME,
            {"n": NUMBERS["son"]},
            consumer="citizen",
            operation="own-1",
            principal={"person": NUMBERS["son"]},
        )
        found = await looked(delayed, "son")
    assert by(found, "delayed-1") is None
    assert by(found, "own-1") is not None
