"""The status list: what is taken back, when it shows, and what is kept for it."""

from __future__ import annotations

import asyncio
import base64
import json
import zlib
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from harness import Harness, codes
from joserfc import jwt
from proof_calls import (
    SCHOOL,
    family_with_proofs,
    forget_budget,
    keys,
    opened,
    own,
    relation,
    representation,
    residence,
)
from redis import Redis

from audit.reader import read
from graph.facts import EdgeFact, Fact, NodeFact, Value
from runtime.errors import CitizengraphError
from runtime.keys import public_keys_file
from runtime.neo4j.server import Neo4jAddress
from subgraphs.policies_in_force import RELOAD_SECONDS_MIN
from subgraphs.proofs import listing
from subgraphs.proofs.checking import check_status
from subgraphs.proofs.listing import FRESH_SECONDS
from subgraphs.proofs.status import KEPT_SECONDS, PLACES
from subgraphs.proofs.status_list import LIST_SECONDS
from tests.family import AWAY, COMPANY, HOME, NUMBERS, key, source

KEPT = "citizengraph:proof-status*"
GRANTS = """
@id("school-residence")
permit (
  principal == Consumer::"school-enrolment",
  action in [Action::"consent:Person.residesIn", Action::"clear:Person.ageOver14"],
  resource
)
when { context.purpose == "school-enrolment" && resource.minor };

@id("school-asks-for-residence")
permit (
  principal == Consumer::"school-enrolment",
  action == Action::"clear:Query.proveResidence",
  resource
)
when { context.purpose == "school-enrolment" };
"""


@pytest.fixture(scope="module")
async def harness(
    neo4j_server: Neo4jAddress, valkey_server: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Harness]:
    directory = tmp_path_factory.mktemp("proofs")
    async with family_with_proofs(neo4j_server, valkey_server, directory, GRANTS) as running:
        await running.load(home())
        yield running


@pytest.fixture(autouse=True)
def fresh(valkey_server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Redis]:
    """Nothing spent, no place taken, and each list made anew."""
    forget_budget(valkey_server)
    client = Redis.from_url(valkey_server, decode_responses=True)
    for name in client.scan_iter(KEPT):
        client.delete(name)
    monkeypatch.setattr(listing, "FRESH_SECONDS", -1)
    yield client
    client.close()


def home() -> Iterator[Fact]:
    fields: dict[str, Value] = {"code": "P-home", "divisionCode": HOME}
    yield NodeFact("Place", "place:P-home", source("P-home", register="place"), fields)
    at = ("Person", key("grandchild"), "Place", "place:P-home")
    yield EdgeFact("Residence", "", *at, source("R-home", "2019-02-03"), {})


def consent(**more: Value) -> Iterator[Fact]:
    fields: dict[str, Value] = {
        "reference": "C-1",
        "consumer": SCHOOL,
        "purpose": SCHOOL,
        "givenOn": "2020-01-01",
    }
    where = source("C-1", "2020-01-01", register="consent")
    yield NodeFact("Consent", "consent:C-1", where, fields | more)
    at = ("Person", key("grandchild"), "Consent", "consent:C-1")
    yield EdgeFact("ConsentGiving", "", *at, where, {})


async def listed(harness: Harness) -> str:
    """The list as it is published."""
    answer = await (await harness.client()).get("/proofs/status/0")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/statuslist+jwt"
    return answer.text


def published(harness: Harness) -> dict[str, Any]:
    return json.loads(public_keys_file(harness.settings.home, "proofs").read_text())


async def standing(harness: Harness, claims: dict[str, Any]) -> str:
    """VALID, or the code."""
    try:
        check_status(claims, await listed(harness), published(harness))
    except CitizengraphError as error:
        return error.code
    return "VALID"


async def set_believed(harness: Harness, label: str, start: str, until: str | None) -> None:
    """Until when the fact that begins at the person is believed."""
    text = f"MATCH (n {{key: $key}})-[f:{label}]->() SET f.recordedTo = $until"
    await harness.store.write([(text, {"key": start, "until": until})])


async def test_a_proof_names_its_place_and_the_list_says_that_it_stands(harness: Harness) -> None:
    claims = opened(harness, await relation(harness, "isMotherOf", "daughter", "grandchild"))
    place = claims["status"]["status_list"]
    uri = f"http://127.0.0.1:{harness.settings.gateway_port}/.well-known/proofs/status/0"
    assert place == {"idx": place["idx"], "uri": uri}
    found = jwt.decode(await listed(harness), keys(harness), algorithms=["ES256"])
    assert found.header["typ"] == "statuslist+jwt"
    said = found.claims
    assert said["sub"] == uri
    assert (said["exp"] - said["iat"], "ttl" in said) == (LIST_SECONDS, True)
    packed = said["status_list"]["lst"]
    bits = zlib.decompress(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)))
    assert said["status_list"]["bits"] == 1
    assert (len(bits) * 8, any(bits)) == (PLACES, False)
    assert 0 <= place["idx"] < PLACES
    assert await standing(harness, claims) == "VALID"


async def test_a_correction_takes_the_proof_back_for_good_and_no_other(
    harness: Harness, valkey_server: str
) -> None:
    father = opened(harness, await relation(harness, "isFatherOf", "former", "grandchild"))
    mother = opened(harness, await relation(harness, "isMotherOf", "daughter", "grandchild"))
    await set_believed(harness, "BIRTH_PARENT_OF_FACT", key("former"), "2026-01-01T00:00:00Z")
    try:
        assert await standing(harness, father) == "PROOF_REVOKED"
        assert await standing(harness, mother) == "VALID"
    finally:
        await set_believed(harness, "BIRTH_PARENT_OF_FACT", key("former"), None)
    assert await standing(harness, father) == "PROOF_REVOKED"
    again = opened(harness, await relation(harness, "isFatherOf", "former", "grandchild"))
    assert await standing(harness, again) == "VALID"
    rows = [row for record in read(valkey_server) for row in record.rows]
    told = {
        proof["jti"]: sorted(
            row.shown for row in rows if (row.type, row.record) == ("Proof", proof["jti"])
        )
        for proof in (father, mother, again)
    }
    assert told == {
        father["jti"]: [(f"isFatherOf.{SCHOOL}",), ("revoked",)],
        mother["jti"]: [(f"isMotherOf.{SCHOOL}",)],
        again["jti"]: [(f"isFatherOf.{SCHOOL}",)],
    }


async def test_a_withdrawn_consent_takes_the_proof_back(harness: Harness) -> None:
    await harness.load(consent())
    claims = opened(harness, await residence(harness, "grandchild", HOME, consumer=SCHOOL))
    assert claims["claim"]["answer"] == "YES"
    of_parent = opened(harness, await residence(harness, "grandchild", HOME, **own("daughter")))
    assert await standing(harness, claims) == "VALID"
    await harness.load(consent(withdrawnOn="2026-01-01"))
    assert await standing(harness, claims) == "PROOF_REVOKED"
    assert await standing(harness, of_parent) == "VALID", "a parent needs no consent"


async def test_a_no_is_taken_back_too(harness: Harness) -> None:
    claims = opened(harness, await residence(harness, "grandchild", AWAY, **own("daughter")))
    assert claims["claim"]["answer"] == "NO"
    await set_believed(harness, "RESIDES_AT_FACT", key("grandchild"), "2026-01-01T00:00:00Z")
    try:
        assert await standing(harness, claims) == "PROOF_REVOKED"
    finally:
        await set_believed(harness, "RESIDES_AT_FACT", key("grandchild"), None)


async def test_a_representation_that_was_corrected(harness: Harness) -> None:
    claims = opened(harness, await representation(harness, "husband", COMPANY))
    assert await standing(harness, claims) == "VALID"
    await set_believed(harness, "REPRESENTS_FACT", key("husband"), "2026-01-01T00:00:00Z")
    try:
        assert await standing(harness, claims) == "PROOF_REVOKED"
    finally:
        await set_believed(harness, "REPRESENTS_FACT", key("husband"), None)


async def test_who_may_not_know_any_more(harness: Harness) -> None:
    """A person who comes under protection is as if they were in no register."""
    claims = opened(harness, await residence(harness, "grandchild", HOME, **own("daughter")))
    await harness.load(
        [
            NodeFact(
                "Person", key("grandchild"), source("X-2", "2020-01-01"), {"underProtection": True}
            )
        ]
    )
    try:
        assert await standing(harness, claims) == "PROOF_REVOKED"
    finally:
        text = "MATCH (n:Person {key: $key}) REMOVE n.underProtectionUntil"
        await harness.store.write([(text, {"key": key("grandchild")})])


async def test_what_is_not_determinable_says_nothing_and_is_not_taken_back(
    harness: Harness, fresh: Redis
) -> None:
    ask = ("daughter", HOME)
    claims = opened(harness, await residence(harness, *ask))
    assert claims["claim"]["answer"] == "NOT_DETERMINABLE"
    place = claims["status"]["status_list"]["idx"]
    assert fresh.get(f"citizengraph:proof-status:{place}") == ""
    at = ("Person", key("daughter"), "Place", "place:P-home")
    await harness.load([EdgeFact("Residence", "", *at, source("R-late", "2020-01-01"), {})])
    try:
        assert opened(harness, await residence(harness, *ask))["claim"]["answer"] == "YES"
        assert await standing(harness, claims) == "VALID"
    finally:
        await set_believed(harness, "RESIDES_AT_FACT", key("daughter"), "2026-01-01T00:00:00Z")


async def test_places_tell_no_order_and_are_kept_while_the_proof_is_good(
    harness: Harness, fresh: Redis
) -> None:
    answers = [
        await relation(harness, "isMotherOf", f"1101011990010{n:02d}01X", "grandchild")
        for n in range(10, 20)
    ]
    places = [opened(harness, answer)["status"]["status_list"]["idx"] for answer in answers]
    assert len(set(places)) == 10
    assert places not in (sorted(places), sorted(places, reverse=True))
    ends = [fresh.ttl(f"citizengraph:proof-status:{place}") for place in places]
    assert all(KEPT_SECONDS - 30 < end <= KEPT_SECONDS for end in ends)
    assert 0 < fresh.ttl("citizengraph:proof-status:live") <= KEPT_SECONDS


async def test_what_is_kept_names_nobody(harness: Harness, fresh: Redis) -> None:
    await relation(harness, "isMotherOf", "daughter", "grandchild")
    await residence(harness, "grandchild", HOME, **own("daughter"))
    await listed(harness)
    kept: list[Any] = []
    for name in fresh.scan_iter(KEPT):
        of = fresh.type(name)
        kept.append(
            (
                name,
                fresh.get(name) if of == "string" else fresh.zrange(name, 0, -1, withscores=True),
            )
        )
    assert len(kept) == 3
    text = str(kept)
    ids = await harness.ids("Person")
    for said in (*NUMBERS.values(), *ids.values(), "isMotherOf", "citizen", SCHOOL, HOME):
        assert said not in text.replace("citizengraph", "")


async def test_with_another_secret_nothing_stands(harness: Harness, fresh: Redis) -> None:
    """What cannot be asked again is not said to stand."""
    claims = opened(harness, await relation(harness, "isMotherOf", "daughter", "grandchild"))
    place = claims["status"]["status_list"]["idx"]
    sealed = str(fresh.get(f"citizengraph:proof-status:{place}"))
    fresh.set(f"citizengraph:proof-status:{place}", sealed[:-4] + "AAAA", ex=600)
    assert await standing(harness, claims) == "PROOF_REVOKED"


async def test_a_list_is_made_once_for_many_who_ask(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    claims = opened(harness, await relation(harness, "isMotherOf", "daughter", "grandchild"))
    first = await listed(harness)
    monkeypatch.setattr(listing, "FRESH_SECONDS", FRESH_SECONDS)
    before = harness.store.statements
    assert await listed(harness) == first
    assert harness.store.statements == before
    assert claims["status"]["status_list"]["uri"]


async def test_where_it_cannot_be_known_no_list_is_given(
    harness: Harness, valkey_server: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    await relation(harness, "isMotherOf", "daughter", "grandchild")
    nowhere = Neo4jAddress("bolt://127.0.0.1:1", "neo4j", "none")
    async with Harness(nowhere, valkey_server) as lost:
        lost.settings.home.joinpath("secrets").mkdir(mode=0o700)
        secret = harness.settings.home / "secrets" / "proofs.password"
        (lost.settings.home / "secrets" / "proofs.password").write_text(secret.read_text())
        answer = await (await lost.client()).get("/proofs/status/0")
    assert answer.status_code == 503
    assert answer.json()["errors"][0]["extensions"]["code"] == "GRAPH_UNAVAILABLE"
    async with Harness(nowhere, "redis://127.0.0.1:1/0") as dark:
        answer = await (await dark.client()).get("/proofs/status/0")
    assert answer.status_code == 503


async def test_a_grant_that_is_gone_takes_proofs_back(
    neo4j_server: Neo4jAddress,
    valkey_server: str,
    tmp_path_factory: pytest.TempPathFactory,
    harness: Harness,
) -> None:
    directory = tmp_path_factory.mktemp("gone")
    async with family_with_proofs(neo4j_server, valkey_server, directory, GRANTS) as running:
        await running.load(home())
        claims = opened(running, await residence(running, "grandchild", HOME, **own("daughter")))
        other = opened(running, await relation(running, "isMotherOf", "daughter", "grandchild"))
        file = directory / "policies" / "grants" / "citizen.cedar"
        text = file.read_text()
        file.write_text(text.replace('     Action::"clear:Query.proveResidence",\n', ""))
        assert text != file.read_text()
        await asyncio.sleep(RELOAD_SECONDS_MIN)
        answer = await relation(running, "isMotherOf", "daughter", "grandchild", policy="new")
        assert codes(answer) == ["POLICY_VERSION_MISMATCH"]
        assert await standing(running, claims) == "PROOF_REVOKED"
        assert await standing(running, other) == "VALID"
