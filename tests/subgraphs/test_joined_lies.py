"""A department that is down, slow, wrong or lying: its field is null with a code, and no more."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from departments import Liar, certificate, honest, liar, person
from harness import Harness, codes
from row_facts import NUMBERS, facts, key

from audit.reader import read
from runtime.neo4j.server import Neo4jAddress
from subgraphs.joined import asking

OFFICE = {"district": "110101", "person": NUMBERS["officer"], "worker": "W-1"}
QUERY = """query ($r: [_Any!]!) { _entities(representations: $r) {
  ... on Person { id educationCertificates { number level graduatedOn } } } }"""
MOTHER = NUMBERS["mother"]


@pytest.fixture(scope="module")
async def harness(neo4j_server: Neo4jAddress, valkey_server: str) -> AsyncIterator[Harness]:
    async with Harness(neo4j_server, valkey_server) as running:
        await running.empty()
        await running.load(facts())
        yield running


@pytest.fixture
def department(harness: Harness) -> Iterator[Liar]:
    with liar(harness.settings.home) as heard:
        yield heard


async def ask(harness: Harness, *names: str, **more: Any) -> dict[str, Any]:
    ids = await harness.ids("Person")
    asked = [{"__typename": "Person", "id": ids[key(name)]} for name in names]
    return await harness.graphql("education", QUERY, {"r": asked}, principal=OFFICE, **more)


def of_mother(*rows: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda _: {"data": {"r0": [person(MOTHER, *rows)]}}


def data(content: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda _: {"data": content}


INVALID: dict[str, Callable[[dict[str, Any]], Any]] = {
    "no JSON": lambda _: b"<html>",
    "no object": lambda _: [1],
    "nothing": lambda _: {},
    "no data": data(None),
    "no entities": data({"r0": None}),
    "too few": data({"r0": []}),
    "too many": data({"r0": [person(MOTHER), person(MOTHER)]}),
    "somebody else": data({"r0": [person(NUMBERS["father"], certificate())]}),
    "nobody named": data({"r0": [{"educationCertificates": [certificate()]}]}),
    "no list": data({"r0": [{"citizenNumber": MOTHER, "educationCertificates": None}]}),
    "a text": data({"r0": ["x"]}),
    "a null row": of_mother(None),
    "without a number": of_mother(certificate(number=None)),
    "an empty number": of_mother(certificate(number="")),
    "a number that is none": of_mother(certificate(number=7)),
    "a number twice": of_mother(certificate(), certificate()),
    "an unknown code": of_mother(certificate(level="GENIUS")),
    "a code that is none": of_mother(certificate(level=["BACHELOR"])),
    "a day that is none": of_mother(certificate(graduatedOn="2010-02-30")),
    "a day in words": of_mother(certificate(graduatedOn="last year")),
    "a truth for a day": of_mother(certificate(graduatedOn=True)),
    "a long number": of_mother(certificate(number="9" * 3000)),
    "a zero byte": of_mother(certificate(number="a\x00b")),
    "too many rows": of_mother(*(certificate(number=f"Z-{at}") for at in range(51))),
    "too large": lambda _: b'"' + b"x" * (5 * 1024 * 1024) + b'"',
    "errors that are none": lambda body: honest(body) | {"errors": "no"},
}
UNAVAILABLE: dict[str, Callable[[dict[str, Any]], Any]] = {
    "an error": lambda body: honest(body) | {"errors": [{"message": MOTHER}]},
    "an error of the person": lambda body: (
        honest(body) | {"errors": [{"message": MOTHER, "path": ["r0", 0, "educationCertificates"]}]}
    ),
    "an error of all": lambda _: {"data": None, "errors": [{"message": "x", "path": ["r0"]}]},
}


@pytest.mark.parametrize("said", INVALID.values(), ids=INVALID)
async def test_what_does_not_fit_is_not_passed_on(
    harness: Harness, department: Liar, said: Callable[[dict[str, Any]], Any]
) -> None:
    department.say = said
    await refused(harness, "REGISTER_INVALID")


@pytest.mark.parametrize("said", UNAVAILABLE.values(), ids=UNAVAILABLE)
async def test_an_error_is_no_answer_and_its_words_are_not_passed_on(
    harness: Harness, department: Liar, said: Callable[[dict[str, Any]], Any]
) -> None:
    department.say = said
    await refused(harness, "REGISTER_UNAVAILABLE")


@pytest.mark.parametrize("status", [302, 401, 404, 500, 503])
async def test_another_status_is_no_answer(harness: Harness, department: Liar, status: int) -> None:
    department.status = status
    await refused(harness, "REGISTER_UNAVAILABLE")


async def test_a_slow_one_is_not_waited_for(
    harness: Harness, department: Liar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "SECONDS_MAX", 0.2)
    department.seconds = 1.0
    await refused(harness, "REGISTER_UNAVAILABLE")


async def test_one_that_is_down(harness: Harness) -> None:
    with liar(harness.settings.home):
        pass
    await refused(harness, "REGISTER_UNAVAILABLE")


async def refused(harness: Harness, code: str) -> None:
    """Null with the code, nothing of what was said, and a record that says so."""
    operation = str(uuid4())
    answer = await ask(harness, "mother", operation=operation)
    assert codes(answer) == [code]
    (row,) = answer["data"]["_entities"]
    assert row["educationCertificates"] is None and row["id"]
    assert MOTHER not in str(answer) and "GENIUS" not in str(answer)
    (record,) = read(harness.settings.redis_url, operation=operation)
    assert record.outcome == "failed"
    assert {name for row in record.rows for name in row.shown} == {"id"}


async def test_one_bad_row_of_one_person_leaves_the_others(
    harness: Harness, department: Liar
) -> None:
    def said(body: dict[str, Any]) -> Any:
        answer = honest(body)
        for entity in answer["data"]["r0"]:
            if entity["citizenNumber"] == MOTHER:
                entity["educationCertificates"][0]["level"] = "GENIUS"
        return answer

    department.say = said
    operation = str(uuid4())
    answer = await ask(harness, "mother", "client", operation=operation)
    mother, client = answer["data"]["_entities"]
    assert (mother["educationCertificates"], codes(answer)) == (None, ["REGISTER_INVALID"])
    assert client["educationCertificates"][0]["level"] == "BACHELOR"
    (record,) = read(harness.settings.redis_url, operation=operation)
    assert record.outcome == "disclosed"
    told = [row for row in record.rows if "educationCertificates" in row.shown]
    assert [row.record for row in told] == [client["id"]]


async def test_what_was_not_asked_for_is_not_looked_at(harness: Harness, department: Liar) -> None:
    department.say = of_mother(certificate(school=7, secret="s", number="Z-9"))
    answer = await ask(harness, "mother")
    assert codes(answer) == []
    (row,) = answer["data"]["_entities"]
    assert row["educationCertificates"] == [
        {"number": "Z-9", "level": "BACHELOR", "graduatedOn": "2010-07"}
    ]


async def test_a_strict_operation_is_not_rejected_for_it(
    harness: Harness, department: Liar
) -> None:
    """Strict is about the policy; a register that is away is no denial."""
    department.status = 500
    answer = await ask(harness, "mother", strict=True)
    assert codes(answer) == ["REGISTER_UNAVAILABLE"] and answer["data"]
