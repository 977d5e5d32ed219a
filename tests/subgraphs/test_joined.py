"""Education certificates: decided here, held by their department, over its real service."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from departments import education, liar
from harness import Harness, codes
from joserfc import jwt
from joserfc.jwk import ECKey
from row_facts import NUMBERS, facts, key

from audit.reader import read
from graph.catalogue import model
from graph.masks import MASKS
from policies.problems import PolicyInvalid
from policies.table import load as load_policies
from resolvers.context import Caller
from runtime.joined import joined_file
from runtime.neo4j.server import Neo4jAddress
from subgraphs.joined.signing import GuardSigner
from tests.granted import policies_with

FIELDS = "number level form school major enrolledOn graduatedOn"
QUERY = """query ($r: [_Any!]!) { _entities(representations: $r) {
  ... on Person { id educationCertificates { FIELDS } } } }"""
OFFICE = {"district": "110101", "person": NUMBERS["officer"], "worker": "W-1"}


@pytest.fixture(scope="module")
async def harness(neo4j_server: Neo4jAddress, valkey_server: str) -> AsyncIterator[Harness]:
    async with Harness(neo4j_server, valkey_server) as running:
        await running.empty()
        await running.load(facts())
        GuardSigner(running.settings.home)
        yield running


@pytest.fixture(scope="module")
def department(harness: Harness) -> Iterator[str]:
    with education(harness.settings.home) as url:
        yield url


async def persons(harness: Harness, *names: str) -> list[dict[str, str]]:
    ids = await harness.ids("Person")
    return [{"__typename": "Person", "id": ids[key(name)]} for name in names]


async def ask(harness: Harness, *names: str, fields: str = FIELDS, **caller: Any) -> dict[str, Any]:
    asked = {"r": await persons(harness, *names)}
    return await harness.graphql("education", QUERY.replace("FIELDS", fields), asked, **caller)


async def test_their_own_certificates(harness: Harness, department: str) -> None:
    answer = await ask(harness, "daughter", consumer="citizen")
    assert codes(answer) == []
    (row,) = answer["data"]["_entities"]
    found = row["educationCertificates"]
    assert [c["graduatedOn"] for c in found] == sorted(c["graduatedOn"] for c in found)
    assert found[0] | {"number": ""} == {
        "number": "",
        "level": "JUNIOR_SECONDARY",
        "form": "FULL_TIME",
        "school": found[0]["school"],
        "major": None,
        "enrolledOn": "2000-09-01",
        "graduatedOn": "2003-07-01",
    }


async def test_of_others_they_do_not_learn_that_there_are_any(
    harness: Harness, department: str
) -> None:
    answer = await ask(harness, "mother", consumer="citizen")
    assert answer["data"] == {"_entities": [None]}


async def test_whose_certificates_a_caseworker_sees(harness: Harness, department: str) -> None:
    answer = await ask(harness, "mother", "father", "witness", principal=OFFICE)
    client, other, hidden = answer["data"]["_entities"]
    assert client["educationCertificates"] and codes(answer) == ["FIELD_DENIED"]
    assert (other["educationCertificates"], hidden) == (None, None)


async def test_a_person_whom_the_register_does_not_know_has_none(
    harness: Harness, department: str
) -> None:
    answer = await ask(harness, "client", principal=OFFICE)
    assert answer["data"]["_entities"][0]["educationCertificates"] == []
    assert codes(answer) == []


async def test_the_department_is_asked_once_and_for_what_is_shown(harness: Harness) -> None:
    with liar(harness.settings.home) as heard:
        operation = str(uuid4())
        names = ("mother", "father", "client", "mother", "witness")
        answer = await ask(harness, *names, fields="level", principal=OFFICE, operation=operation)
    shown = [row and row["educationCertificates"] for row in answer["data"]["_entities"]]
    bachelor = [{"level": "BACHELOR"}]
    assert shown == [bachelor, None, bachelor, bachelor, None]
    (asked,) = heard.asked
    numbers = [entity["citizenNumber"] for entity in asked["variables"]["r0"]]
    assert sorted(numbers) == sorted([NUMBERS["mother"], NUMBERS["client"]])
    assert "{ level number }" in asked["query"] and "school" not in asked["query"]
    claims = jwt.decode(
        heard.headers[0]["authorization"].removeprefix("Bearer "),
        ECKey.import_key(json.loads(_private_key(harness).read_text())),
        algorithms=["ES256"],
    ).claims
    told = {name: claims[name] for name in ("aud", "consumer", "purpose", "operation")}
    assert told == {
        "aud": "education",
        "consumer": "caseworker",
        "purpose": "household-services",
        "operation": operation,
    }
    assert "sub" not in claims and NUMBERS["officer"] not in json.dumps(claims)


def _private_key(harness: Harness) -> Path:
    return harness.settings.home / "keys" / "guard.jwk.json"


async def test_nobody_is_asked_about_where_nobody_may_be(harness: Harness) -> None:
    with liar(harness.settings.home) as heard:
        await ask(harness, "mother", consumer="citizen")
        await ask(harness, "father", "witness", principal=OFFICE)
    assert heard.asked == []


async def test_what_is_shown_is_recorded_and_no_number_of_a_certificate(harness: Harness) -> None:
    with liar(harness.settings.home):
        operation = str(uuid4())
        who = {"consumer": "citizen", "operation": operation}
        await ask(harness, "daughter", fields="level form", **who)
    (record,) = read(harness.settings.redis_url, operation=operation)
    rows = {row.type: row for row in record.rows}
    assert record.outcome == "disclosed"
    assert set(rows["Person"].shown) == {"id", "educationCertificates"}
    assert rows["EducationCertificate"].shown == ("form", "level")
    assert rows["EducationCertificate"].record.startswith("held:")
    assert "Z-" not in str(record)
    assert {"Person.educationCertificates", "EducationCertificate.level"} <= set(record.asked)


async def test_the_register_answers_the_guard_and_nobody_else(
    harness: Harness, department: str
) -> None:
    body = json.dumps({"query": "{ _service { sdl } }"}).encode()
    who = Caller("caseworker", "s", "p", "b", None, {}, "v", "o", None, "h")
    signer = GuardSigner(harness.settings.home)
    stranger = GuardSigner(harness.settings.home / "elsewhere")

    def status(token: str | None, sent: bytes = body) -> int:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        return httpx.post(department, content=sent, headers=headers).status_code

    good = signer.token("education", body, who)
    assert status(good) == 200
    assert status(good) == 401, "a token is good once"
    assert status(None) == 401
    assert status("a.b.c") == 401
    assert status(stranger.token("education", body, who)) == 401
    assert status(signer.token("housing", body, who)) == 401
    assert status(signer.token("education", body, who), body.replace(b"sdl", b" sdl")) == 401


async def test_a_consumer_without_a_grant_has_no_such_type(harness: Harness) -> None:
    service = "{ _service { sdl } }"
    answer = await harness.graphql("education", service, consumer="school-enrolment")
    assert "Certificate" not in answer["data"]["_service"]["sdl"]
    assert "EducationLevel" not in answer["data"]["_service"]["sdl"]
    mine = await harness.graphql("education", service, consumer="citizen")
    assert "educationCertificates" in mine["data"]["_service"]["sdl"]


async def test_without_joining_there_is_no_answer(harness: Harness) -> None:
    file = joined_file(harness.settings.home, "education")
    kept = file.read_text() if file.exists() else None
    file.unlink(missing_ok=True)
    operation = str(uuid4())
    answer = await ask(harness, "daughter", consumer="citizen", operation=operation)
    (error,) = answer["errors"]
    assert error["extensions"]["code"] == "REGISTER_UNAVAILABLE"
    assert error["path"] == ["_entities", 0, "educationCertificates"]
    (record,) = read(harness.settings.redis_url, operation=operation)
    assert (record.outcome, [row.shown for row in record.rows]) == ("failed", [("id",)])
    if kept:
        file.write_text(kept)


GRANT = """
@id("test-masked")
permit (principal == Consumer::"school-enrolment",
  action in [Action::"clear:Person.educationCertificates"], resource)
when { resource.minor };
@id("test-masked-rows")
permit (principal == Consumer::"school-enrolment",
  action in [Action::"masked:EducationCertificate.number",
    Action::"masked:EducationCertificate.graduatedOn"], resource);
"""


async def test_a_masked_field(
    neo4j_server: Neo4jAddress, valkey_server: str, harness: Harness, tmp_path: Path
) -> None:
    policies = policies_with(tmp_path / "policies", GRANT)
    async with Harness(neo4j_server, valkey_server, policies) as granted:
        GuardSigner(granted.settings.home)
        with liar(granted.settings.home):
            operation, consumer = str(uuid4()), "school-enrolment"
            fields = "number graduatedOn"
            answer = await ask(
                granted, "grandchild", fields=fields, consumer=consumer, operation=operation
            )
    (row,) = answer["data"]["_entities"]
    number = f"****{NUMBERS['grandchild'][-4:]}"
    assert row["educationCertificates"] == [{"number": number, "graduatedOn": "2010"}]
    assert len(answer["extensions"]["masked"]) == 2
    (record,) = read(granted.settings.redis_url, operation=operation)
    held = next(row for row in record.rows if row.type == "EducationCertificate")
    assert set(held.masked) == {"number:last-four", "graduatedOn:year-only"}


async def test_masks_leave_the_same_of_a_value_wherever_it_is(harness: Harness) -> None:
    values = ["", "1", "李娜", "Jan  de Vries", "11010119900307002X", "110101", "1984-05-17", "a b"]
    for mask in MASKS:
        expression = mask.cypher.format("value")
        query = f"UNWIND $values AS value RETURN value, {expression} AS told"
        for row in await harness.store.read(query, {"values": values}):
            assert mask.of(row["value"]) == row["told"], (mask.name, row["value"])


@pytest.mark.parametrize(
    "when",
    ['resource.level == "DOCTOR"', 'resource.citizenNumber == "1"', "resource.minor"],
)
def test_no_grant_asks_for_something_of_a_row_that_is_not_there_yet(
    when: str, tmp_path: Path
) -> None:
    grant = f"""@id("test-row")
permit (principal == Consumer::"citizen", action == Action::"clear:EducationCertificate.level",
  resource) when {{ {when} }};"""
    with pytest.raises(PolicyInvalid) as refused:
        load_policies(policies_with(tmp_path / "policies", grant), model())
    assert "EducationCertificate" in str(refused.value)
