"""Rounds and the status list of credentials: what revokes one, when it shows, what fails closed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest
from credential_calls import credentials, forget, issued, payload, published, revoke
from harness import Harness
from joserfc import jwt
from proof_calls import family_with_proofs, keys
from redis import Redis

from audit.reader import read
from audit.writer import AuditWriter
from graph.catalogue import model
from graph.cypher import Statements
from graph.facts import EdgeFact, Fact, NodeFact, Value
from graph.problems import GraphUnavailable, StatementTooLarge
from policies.table import PolicySet, load
from runtime.errors import CitizengraphError
from runtime.neo4j.server import Neo4jAddress
from subgraphs.app import policies_of
from subgraphs.proofs import credential_rounds, listing
from subgraphs.proofs.checking import check_status
from subgraphs.proofs.credential_book import CredentialBook
from subgraphs.proofs.credential_kept import CredentialSeal
from subgraphs.proofs.credential_list import GOOD_SECONDS
from subgraphs.proofs.credential_rounds import EVERY_SECONDS, PATIENCE_SECONDS, Rounds
from subgraphs.proofs.signing import Signer
from tests.family import NUMBERS, key, source
from tests.granted import policies_with

GRANTS = f"""
@id("citizen-sees-a-name-with-consent")
permit (
  principal == Consumer::"citizen",
  action in [Action::"see:Person", Action::"clear:Person.id", Action::"consent:Person.name"],
  resource
)
when {{ context.purpose == "own-data" && resource.citizenNumber == "{NUMBERS["mother"]}" }};
"""
PREFIX = "citizengraph:credentials"


@dataclass(frozen=True)
class Pinned:
    """One version of the policies."""

    newest: PolicySet

    def of(self, version: str) -> PolicySet:
        return self.newest

    def start(self) -> None: ...

    def stop(self) -> None: ...


@pytest.fixture(scope="module")
async def harness(
    neo4j_server: Neo4jAddress, valkey_server: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Harness]:
    """Its own rounds wait; those of the tests are the only ones."""
    directory = tmp_path_factory.mktemp("credential-status")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(credential_rounds, "IDLE_SECONDS", 3600)
        async with family_with_proofs(neo4j_server, valkey_server, directory, GRANTS) as running:
            yield running


@pytest.fixture(autouse=True)
def fresh(valkey_server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Redis]:
    """None issued, all due at once, and each list made anew."""
    monkeypatch.setattr(credential_rounds, "EVERY_SECONDS", -1)
    monkeypatch.setattr(listing, "FRESH_SECONDS", -1)
    yield forget(valkey_server)
    forget(valkey_server)


@pytest.fixture
async def rounds(harness: Harness) -> AsyncIterator[Rounds]:
    """Those of another process than the one that answers."""
    settings = harness.settings
    signer = Signer(settings.home, settings.proof_issuer)
    seal = CredentialSeal(signer.secret("credentials"))
    book = CredentialBook(settings.redis_url, seal, settings.credential_status)
    recorder = AuditWriter(settings.redis_url)
    await recorder.open()
    policies = policies_of(settings, model())
    policies.start()
    yield Rounds(book, signer, policies, Statements(model()), harness.store.read, recorder)
    policies.stop()
    await book.close()
    await recorder.close()


async def listed(harness: Harness) -> str:
    answer = await (await harness.client()).get("/proofs/status/credentials")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/statuslist+jwt"
    return answer.text


async def standing(harness: Harness, made: Mapping[str, Any]) -> str:
    """VALID, or the code."""
    said = payload(made["credential"].split("~")[0])
    try:
        check_status(said, await listed(harness), published(harness))
    except CitizengraphError as error:
        return error.code
    return "VALID"


async def why(harness: Harness, made: Mapping[str, Any], who: str = "daughter") -> str:
    """The reason that its holder is told."""
    own = {one["reference"]: one for one in await credentials(harness, who)}
    gone = own[made["reference"]]["revocation"]
    return gone["reason"] if gone else ""


async def set_on(harness: Harness, person: str, field: str, value: Any) -> None:
    text = f"MATCH (n {{key: $key}}) SET n.{field} = $value"
    await harness.store.write([(text, {"key": key(person), "value": value})])


async def set_believed(harness: Harness, start: str, until: str | None) -> None:
    """Until when it is believed whose parent they are."""
    text = "MATCH (n {key: $key})-[f:BIRTH_PARENT_OF_FACT]->() SET f.recordedTo = $until"
    await harness.store.write([(text, {"key": key(start), "until": until})])


def consent(**more: Value) -> Iterator[Fact]:
    fields: dict[str, Value] = {
        "reference": "C-9",
        "consumer": "citizen",
        "purpose": "own-data",
        "givenOn": "2020-01-01",
    }
    where = source("C-9", "2020-01-01", register="consent")
    yield NodeFact("Consent", "consent:C-9", where, fields | more)
    at = ("Person", key("mother"), "Consent", "consent:C-9")
    yield EdgeFact("ConsentGiving", "", *at, where, {})


async def test_the_list_says_that_it_stands(harness: Harness) -> None:
    made = await issued(harness)
    place = payload(made["credential"].split("~")[0])["status"]["status_list"]
    at = f"http://127.0.0.1:{harness.settings.gateway_port}/.well-known/proofs/status/credentials"
    assert place["uri"].startswith(f"{at}?book=")
    found = jwt.decode(await listed(harness), keys(harness), algorithms=["ES256"])
    assert found.header["typ"] == "statuslist+jwt"
    said = found.claims
    assert said["sub"] == place["uri"]
    assert 0 <= said["exp"] - said["iat"] <= GOOD_SECONDS
    assert 0 < said["ttl"] <= EVERY_SECONDS
    assert await standing(harness, made) == "VALID"


async def test_a_corrected_record_revokes_it_for_good_and_no_other(
    harness: Harness, rounds: Rounds, valkey_server: str
) -> None:
    mother = await issued(harness)
    father = await issued(harness, question="isFatherOf", who="former")
    await set_believed(harness, "former", "2026-01-01T00:00:00Z")
    try:
        assert await standing(harness, father) == "VALID", "until the next round"
        assert await rounds.slice() == 2
        assert await standing(harness, father) == "PROOF_REVOKED"
        assert await standing(harness, mother) == "VALID"
    finally:
        await set_believed(harness, "former", None)
    assert await rounds.slice() == 1, "what is revoked is not asked again"
    assert await standing(harness, father) == "PROOF_REVOKED"
    assert await why(harness, father, "former") == "RELATION"
    assert await why(harness, mother) == ""
    rows = [row for record in read(valkey_server) for row in record.rows]
    told = [row.shown for row in rows if row.record == father["reference"]]
    assert ("revoked",) in told


@pytest.mark.parametrize(
    "field, value", [("name", "王雨"), ("birthDate", "2011-01-01"), ("citizenNumber", "1")]
)
async def test_a_corrected_value_revokes_it(
    harness: Harness, rounds: Rounds, field: str, value: str
) -> None:
    made = await issued(harness)
    (row,) = await harness.store.read(
        f"MATCH (n {{key: $key}}) RETURN n.{field} AS was", {"key": key("grandchild")}
    )
    await set_on(harness, "grandchild", field, value)
    try:
        await rounds.slice()
        assert await standing(harness, made) == "PROOF_REVOKED"
        expected = "RELATION" if field == "citizenNumber" else "STATED"
        assert await why(harness, made) == expected
    finally:
        await set_on(harness, "grandchild", field, row["was"])


async def test_a_withdrawn_consent_revokes_it(harness: Harness, rounds: Rounds) -> None:
    await harness.load(consent())
    made = await issued(harness, "mother", "isChildOf")
    assert "relative.name" in made["claims"]
    await rounds.slice()
    assert await standing(harness, made) == "VALID"
    await harness.load(consent(withdrawnOn="2026-01-01"))
    await rounds.slice()
    assert await standing(harness, made) == "PROOF_REVOKED"
    assert await why(harness, made) == "RIGHT"
    again = await issued(harness, "mother", "isChildOf")
    assert "relative.name" not in again["claims"]


async def test_a_person_under_protection(harness: Harness, rounds: Rounds) -> None:
    made = await issued(harness)
    await set_on(harness, "grandchild", "underProtectionUntil", "9999-12-31")
    try:
        await rounds.slice()
        assert await standing(harness, made) == "PROOF_REVOKED"
    finally:
        await set_on(harness, "grandchild", "underProtectionUntil", None)


async def test_a_grant_that_is_gone(
    harness: Harness, rounds: Rounds, tmp_path_factory: pytest.TempPathFactory
) -> None:
    made = await issued(harness)
    without = {"citizen": 'Action::"clear:Mutation.issueCredential",\n     '}
    directory = policies_with(tmp_path_factory.mktemp("gone"), "", without)
    later = replace(rounds, policies=Pinned(load(directory, model())))
    await later.slice()
    assert await standing(harness, made) == "PROOF_REVOKED"
    assert await why(harness, made) == "RIGHT"


async def test_its_holder_revokes_it(harness: Harness) -> None:
    made = await issued(harness)
    await revoke(harness, made["reference"])
    assert await standing(harness, made) == "PROOF_REVOKED"


async def test_what_cannot_be_read_does_not_stand(
    harness: Harness, rounds: Rounds, fresh: Redis
) -> None:
    """As after the secret of the home was changed."""
    made = await issued(harness)
    name = f"{PREFIX}:of:{made['reference']}"
    fresh.hset(name, "kept", str(fresh.hget(name, "kept"))[:-4] + "AAAA")
    await rounds.slice()
    assert await standing(harness, made) == "PROOF_REVOKED"


async def test_a_lost_book_takes_all_with_it(harness: Harness, valkey_server: str) -> None:
    made = await issued(harness)
    forget(valkey_server)
    assert await standing(harness, made) == "PROOF_STATUS_INVALID"
    assert await standing(harness, await issued(harness)) == "VALID"


async def test_the_list_expires_by_what_was_asked_longest_ago(
    harness: Harness, rounds: Rounds, fresh: Redis
) -> None:
    made, other = await issued(harness), await issued(harness)
    now = int(time.time())
    fresh.zadd(f"{PREFIX}:asked", {made["reference"]: now - GOOD_SECONDS + 60})
    said = jwt.decode(await listed(harness), keys(harness), algorithms=["ES256"]).claims
    assert 55 <= said["exp"] - now <= 60
    assert said["ttl"] <= 60
    fresh.zadd(f"{PREFIX}:asked", {made["reference"]: now - GOOD_SECONDS - 1})
    answer = await (await harness.client()).get("/proofs/status/credentials")
    assert answer.status_code == 503
    await rounds.slice()
    assert await standing(harness, made) == await standing(harness, other) == "VALID"


async def test_a_slice_asks_so_many_the_oldest_first_and_one_process_at_a_time(
    harness: Harness, rounds: Rounds, fresh: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(credential_rounds, "SLICE", 2)
    made = [await issued(harness) for _ in range(3)]
    now = int(time.time())
    ages = {one["reference"]: now - 100 * age for age, one in enumerate(made, 1)}
    fresh.zadd(f"{PREFIX}:asked", ages)
    fresh.set(f"{PREFIX}:turn", "1")
    assert await rounds.slice() == 0
    fresh.delete(f"{PREFIX}:turn")
    assert await rounds.slice() == 2
    asked = dict(fresh.zrange(f"{PREFIX}:asked", 0, -1, withscores=True))
    assert asked[made[0]["reference"]] == now - 100
    assert all(asked[one["reference"]] >= now for one in made[1:])
    assert not fresh.exists(f"{PREFIX}:turn")


async def test_what_ended_is_not_asked_and_leaves_the_list(
    harness: Harness, rounds: Rounds, fresh: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await issued(harness, days=1)
    later = time.time() + 2 * 86_400
    with monkeypatch.context() as patch:
        patch.setattr("subgraphs.proofs.credential_rounds.time.time", lambda: later)
        await rounds.slice()
    assert fresh.zscore(f"{PREFIX}:asked", made["reference"]) is None
    assert await standing(harness, made) == "VALID"


async def test_one_that_takes_the_graph_too_long_does_not_hold_up_the_others(
    harness: Harness, rounds: Rounds, fresh: Redis
) -> None:
    made = await issued(harness)

    async def slow(text: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        raise StatementTooLarge

    later = replace(rounds, read=slow)
    assert await later.slice() == 1
    assert await why(harness, made) == ""
    fresh.zadd(f"{PREFIX}:asked", {made["reference"]: int(time.time()) - PATIENCE_SECONDS})
    await later.slice()
    assert await why(harness, made) == "UNREADABLE"


async def test_rounds_go_on_when_the_graph_is_back(
    harness: Harness, rounds: Rounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await issued(harness)
    for name in ("IDLE_SECONDS", "PAUSE_SECONDS"):
        monkeypatch.setattr(credential_rounds, name, 0.01)
    failed = asyncio.Event()

    async def breaking(text: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        if not failed.is_set():
            failed.set()
            raise GraphUnavailable
        return await harness.store.read(text, parameters)

    await set_on(harness, "grandchild", "name", "王雨")
    behind = asyncio.create_task(replace(rounds, read=breaking).keep())
    try:
        async with asyncio.timeout(20):
            while await why(harness, made) == "":
                await asyncio.sleep(0.05)
    finally:
        behind.cancel()
        await asyncio.gather(behind, return_exceptions=True)
        await set_on(harness, "grandchild", "name", "王小雨")
    assert failed.is_set()


async def test_the_list_of_proofs_is_another(harness: Harness) -> None:
    answer = await (await harness.client()).get("/proofs/status/0")
    made = await issued(harness)
    with pytest.raises(CitizengraphError, match="PROOF_STATUS_INVALID"):
        check_status(payload(made["credential"].split("~")[0]), answer.text, published(harness))
