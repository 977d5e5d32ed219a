"""Credentials on the real graph: what they say and to whom, once for a key, seen and revoked."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from datetime import datetime

import pytest
from credential_calls import (
    AUDIENCE,
    HOLDER,
    NONCE,
    credentials,
    forget,
    issue,
    issued,
    payload,
    published,
    revoke,
    shown,
    whole,
)
from harness import Harness, codes
from joserfc.jwk import ECKey, OctKey
from proof_calls import NOBODY, family_with_proofs, own
from redis import Redis

from audit.reader import read
from runtime.neo4j.server import Neo4jAddress
from subgraphs.proofs.budget import CREDENTIALS_MAX
from subgraphs.proofs.credential import KIND
from subgraphs.proofs.credential_checking import presentation
from subgraphs.proofs.credential_desk import DAYS_MAX
from subgraphs.proofs.words import reason_in_words
from tests.family import NUMBERS
from tests.granted import policies_with

ALL = ("subject.name", "subject.birthDate", "subject.citizenNumber")


@pytest.fixture(scope="module")
async def harness(
    neo4j_server: Neo4jAddress, valkey_server: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Harness]:
    directory = tmp_path_factory.mktemp("credentials")
    async with family_with_proofs(neo4j_server, valkey_server, directory) as running:
        yield running


@pytest.fixture(autouse=True)
def fresh(valkey_server: str) -> Iterator[Redis]:
    yield forget(valkey_server)
    forget(valkey_server)


async def test_a_mother_keeps_that_she_is_her_daughters_mother(harness: Harness) -> None:
    made = await issued(harness)
    assert made["claims"] == [
        "relation",
        *ALL,
        *(name.replace("subject", "relative") for name in ALL),
    ]
    said = whole(made["credential"])
    assert said["relation"] == {
        "question": "isMotherOf",
        "words": {
            "en": "By the registers, the person is the mother of the other person.",
            "zh": "据登记，该人是另一人的母亲。",
        },
    }
    assert said["subject"] == {
        "name": "李娜",
        "birthDate": "1988-05-17",
        "citizenNumber": NUMBERS["daughter"],
    }
    assert said["relative"]["citizenNumber"] == NUMBERS["grandchild"]
    assert said["vct"] == KIND
    assert said["exp"] - said["iat"] == 7 * 86_400
    assert datetime.fromisoformat(made["expiresAt"]).timestamp() == said["exp"]
    assert said["cnf"]["jwk"] == {
        name: HOLDER.as_dict(private=False)[name] for name in ("kty", "crv", "x", "y")
    }


async def test_what_is_not_disclosed_is_nowhere_in_it(harness: Harness) -> None:
    made = await issued(harness)
    text = shown(made["credential"], ["relation", "relative.name"])
    said = presentation(text, published(harness), "citizengraph-proofs", AUDIENCE, NONCE)
    assert (said["subject"], said["relative"]) == ({}, {"name": "王小雨"})
    signed = json.dumps(payload(made["credential"]), ensure_ascii=False)
    for secret in (*NUMBERS.values(), "李娜", "1988-05-17", "isMotherOf", made["reference"]):
        assert secret not in signed


async def test_of_somebody_who_may_not_be_seen_there_is_the_number_as_given(
    harness: Harness,
) -> None:
    """And as many digests as of somebody who may."""
    made = await issued(harness, "mother", "isChildOf")
    assert whole(made["credential"])["relative"] == {"citizenNumber": NUMBERS["mother"]}
    hidden, seen = payload(made["credential"]), payload((await issued(harness))["credential"])
    for who in ("subject", "relative"):
        assert len(hidden[who]["_sd"]) == len(seen[who]["_sd"]) == 3
    assert hidden["relative"]["_sd"] == sorted(hidden["relative"]["_sd"])


async def test_only_a_yes_is_a_credential(harness: Harness) -> None:
    for of, question in (
        ("mother", "isMotherOf"),
        (NOBODY, "isChildOf"),
        ("stranger", "isSiblingOf"),
    ):
        answer = await issue(harness, of, question)
        assert codes(answer) == ["CREDENTIAL_REFUSED"], of
        assert answer["data"] == {"issueCredential": None}
    assert await credentials(harness) == []


async def test_the_same_request_has_the_same_answer(harness: Harness) -> None:
    first, second = [await issued(harness, key="request-0001") for _ in range(2)]
    assert first == second
    assert len(await credentials(harness)) == 1
    other = await issue(harness, key="request-0001", days=8)
    assert codes(other) == ["KEY_REUSED"]
    of_another = await issued(harness, who="former", question="isFatherOf", key="request-0001")
    assert of_another["reference"] != first["reference"]


async def test_of_many_at_once_with_a_key_one_is_made(harness: Harness) -> None:
    made = await asyncio.gather(*(issued(harness, key="request-0002") for _ in range(5)))
    assert len({one["credential"] for one in made}) == 1
    assert len(await credentials(harness)) == 1


async def test_a_holder_sees_theirs_and_nobody_elses(harness: Harness) -> None:
    made = await issued(harness)
    (seen,) = await credentials(harness)
    assert (seen["reference"], seen["standing"]) == (made["reference"], "VALID")
    assert (seen["question"], seen["other"]) == ("isMotherOf", NUMBERS["grandchild"])
    assert seen["expiresAt"] == made["expiresAt"]
    assert seen["checkedAt"] == seen["issuedAt"]
    assert seen["revocation"] is None
    assert await credentials(harness, "former") == []
    answer = await revoke(harness, made["reference"], "former")
    assert codes(answer) == ["CREDENTIAL_UNKNOWN"]
    assert (await credentials(harness))[0]["standing"] == "VALID"


async def test_a_holder_revokes_one_once(harness: Harness) -> None:
    made, other = await issued(harness), await issued(harness)
    first = await revoke(harness, made["reference"])
    assert first["data"]["revokeCredential"] == {
        "reference": made["reference"],
        "standing": "REVOKED",
        "revocation": {"reason": "HOLDER"},
    }
    assert await revoke(harness, made["reference"]) == first
    seen = {one["reference"]: one for one in await credentials(harness)}
    assert seen[other["reference"]]["standing"] == "VALID"
    assert seen[made["reference"]]["revocation"]["words"]["zh"] == "您本人撤销了该凭证。"


async def test_it_is_recorded_before_it_leaves(harness: Harness, valkey_server: str) -> None:
    made = await issued(harness)
    records = [record for record in read(valkey_server) if record.subgraph == "proofs"]
    rows = next(r.rows for r in records if any(x.type == "Credential" for x in r.rows))
    by_type = {row.type: row for row in rows}
    assert by_type["Credential"].record == made["reference"]
    assert by_type["Credential"].shown[:2] == ("isMotherOf", "subject.name")
    assert by_type["KinshipAnswer"].shown == ("isMotherOf.answer",)
    persons = [row for row in rows if row.type == "Person"]
    assert len(persons) == 2
    assert all({"name", "birthDate", "citizenNumber"} <= set(row.shown) for row in persons)
    text = str(rows)
    key = HOLDER.as_dict(private=False)
    assert all(str(key[name]) not in text for name in ("x", "y"))
    assert all(number not in text for number in NUMBERS.values())


async def test_of_a_refusal_the_persons_are_recorded_as_withheld(
    harness: Harness, valkey_server: str
) -> None:
    await issue(harness, "grandchild", "isFatherOf")
    records = [record for record in read(valkey_server) if record.subgraph == "proofs"]
    persons = [row for row in records[0].rows if row.type == "Person"]
    assert persons and all(not row.shown and "name" in row.denied for row in persons)


@pytest.mark.parametrize(
    "key",
    [
        "",
        "{}",
        "[]",
        "no json",
        "[" * 900,
        json.dumps(OctKey.generate_key(256).as_dict(private=True)),
        json.dumps(ECKey.generate_key("P-384").as_dict(private=False)),
        json.dumps({**HOLDER.as_dict(private=False), "x": HOLDER.as_dict(private=False)["y"]}),
    ],
)
async def test_a_holder_key_is_a_public_key(harness: Harness, key: str) -> None:
    answer = await issue(harness, holder=key or " ")
    assert codes(answer) == ["BAD_ARGUMENT"]


async def test_a_private_key_is_refused_and_repeated_nowhere(
    harness: Harness, valkey_server: str
) -> None:
    private = HOLDER.as_dict(private=True)
    answer = await issue(harness, holder=json.dumps(private))
    assert codes(answer) == ["BAD_ARGUMENT"]
    assert "private key" in answer["errors"][0]["message"]
    said = json.dumps(answer) + str(read(valkey_server)[:3])
    assert str(private["d"]) not in said


@pytest.mark.parametrize("days", [0, -1, DAYS_MAX + 1])
async def test_it_lives_from_a_day_to_some_weeks(harness: Harness, days: int) -> None:
    assert codes(await issue(harness, days=days)) == ["BAD_ARGUMENT"]


@pytest.mark.parametrize("key", ["short", "a" * 65, "with blank 1", "号号号号号号号号"])
async def test_a_key_is_a_key(harness: Harness, key: str) -> None:
    assert codes(await issue(harness, key=key)) == ["BAD_ARGUMENT"]


async def test_so_many_in_a_day_and_a_repeated_one_costs_nothing(harness: Harness) -> None:
    for number in range(CREDENTIALS_MAX):
        await issued(harness, key=f"request-{number:04}")
    assert codes(await issue(harness)) == ["PROOF_BUDGET_SPENT"]
    await issued(harness, key="request-0000")
    await issued(harness, who="former", question="isFatherOf")


async def test_what_is_kept_names_nobody(harness: Harness, fresh: Redis) -> None:
    made = await issued(harness)
    await credentials(harness)
    kept: list[object] = []
    for name in fresh.scan_iter("citizengraph:credentials:*"):
        kind = fresh.type(name)
        content = {"string": fresh.get, "hash": fresh.hgetall}.get(str(kind))
        kept.append((name, content(name) if content else fresh.zrange(name, 0, -1)))
        assert "asked" in name or "name" in name or fresh.ttl(name) > 0
    assert len(kept) == 6
    text = str(kept)
    said = (*NUMBERS.values(), *(await harness.ids("Person")).values(), "李娜", "isMotherOf")
    assert all(one not in text for one in said)
    assert made["credential"] not in text


async def test_nobody_else_has_the_desk(harness: Harness) -> None:
    for consumer in ("school-enrolment", "caseworker"):
        answer = await issue(harness, consumer=consumer, principal={})
        assert answer["data"] is None
        assert "not supported by the schema" in str(answer["errors"])
    nobody = await issue(harness, principal={})
    assert codes(nobody) == ["FIELD_DENIED"]


async def test_without_the_plain_question_there_is_none(
    neo4j_server: Neo4jAddress, valkey_server: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    without = {"citizen": 'Action::"clear:Query.isMotherOf",\n     '}
    directory = policies_with(tmp_path_factory.mktemp("without"), "", without)
    async with Harness(neo4j_server, valkey_server, directory) as running:
        answer = await issue(running)
        assert answer["data"] is None
        assert "isMotherOf" in str(answer["errors"])


async def test_without_audit_there_is_none(
    neo4j_server: Neo4jAddress, tmp_path_factory: pytest.TempPathFactory
) -> None:
    directory = policies_with(tmp_path_factory.mktemp("dark"), "")
    async with Harness(neo4j_server, "redis://127.0.0.1:1/0", directory) as dark:
        answer = await issue(dark)
        assert codes(answer) == ["AUDIT_UNAVAILABLE"]
        assert "dc+sd-jwt" not in json.dumps(answer)


async def test_alone_it_issues_as_with_all(harness: Harness) -> None:
    answer = await issue(harness, alone=True)
    assert whole(answer["data"]["issueCredential"]["credential"])["vct"] == KIND
    assert own("daughter")["consumer"] == "citizen"


def test_every_reason_has_words() -> None:
    for reason in ("HOLDER", "RELATION", "STATED", "RIGHT", "UNREADABLE"):
        assert all(reason_in_words(reason).values())
