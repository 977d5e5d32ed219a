"""Emergency access on the real graph: what it opens and for how long, and what stays closed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from harness import Harness, codes
from redis.asyncio import Redis
from row_facts import NUMBERS, facts, key

from audit.notices import STREAM
from audit.reader import read
from graph.facts import EdgeFact, Fact, NodeFact
from ingest.rebuild import digest, rebuild
from runtime.neo4j.server import Neo4jAddress
from tests.family import HOME, source

OFFICER = {"district": HOME, "person": NUMBERS["officer"], "worker": "W-1"}
COLLEAGUE = {"district": HOME, "person": NUMBERS["former"], "worker": "W-2"}
RELATIVE = {"district": HOME, "person": NUMBERS["mother"], "worker": "W-1"}
"""A caseworker who has adopted somebody elsewhere."""
REASON = "Found unconscious, the ambulance asks for next of kin"
OPEN = """mutation ($n: String!, $r: String!, $m: Int! = 60) {
  openEmergencyAccess(citizenNumber: $n, reason: $r, minutes: $m) { reference openedAt until } }"""
PERSON = "query ($n: String!) { person(citizenNumber: $n) { id name birthDate sex } }"
LIST = """query ($r: Boolean) { emergencyAccesses(reviewed: $r) {
  reference worker person reason openedAt until state justified reviewedAt reviewWords } }"""
REVIEW = """mutation ($r: String!, $j: Boolean!, $w: String! = "") {
  reviewEmergencyAccess(reference: $r, justified: $j, words: $w) {
    reference state justified reviewedAt reviewWords } }"""
ENTITY = "query ($e: [_Any!]!) { _entities(representations: $e) { ... on Person %s } }"
OWN = """{ emergencyAccesses { edges { register
  node { reference reason openedAt until justified reviewWords } } } }"""
ACCESSES = "MATCH (n:EmergencyAccess) RETURN count(n) AS count"


@pytest.fixture(scope="module")
async def harness(neo4j_server: Neo4jAddress, valkey_server: str) -> AsyncIterator[Harness]:
    async with Harness(neo4j_server, valkey_server) as running:
        await running.empty()
        await running.load(facts())
        yield running


async def opening(
    harness: Harness, person: str, caller: dict[str, str] = OFFICER, **changed: Any
) -> dict[str, Any]:
    number = NUMBERS.get(person, person)
    variables = {"n": number, "r": REASON, **changed}
    return await harness.graphql("policy", OPEN, variables, principal=caller)


async def opened(harness: Harness, person: str, *caller: Any, **changed: Any) -> dict[str, Any]:
    answer = await opening(harness, person, *caller, **changed)
    assert "errors" not in answer, answer
    return answer["data"]["openEmergencyAccess"]


async def shown(
    harness: Harness, person: str, caller: dict[str, str] = OFFICER
) -> dict[str, Any] | None:
    answer = await harness.graphql("people", PERSON, {"n": NUMBERS[person]}, principal=caller)
    return answer["data"]["person"]


async def name(harness: Harness, person: str, caller: dict[str, str] = OFFICER) -> Any:
    row = await shown(harness, person, caller)
    assert row
    return row["name"]


async def entity(
    harness: Harness, subgraph: str, fields: str, person: str, **caller: Any
) -> dict[str, Any]:
    """Fields of a person that another subgraph owns, as the gateway asks for them."""
    given = {"__typename": "Person", "id": (await harness.ids("Person"))[key(person)]}
    return await harness.graphql(subgraph, ENTITY % fields, {"e": [given]}, **caller)


async def residences(harness: Harness, person: str) -> Any:
    fields = "{ residences { edges { cursor } } }"
    answer = await entity(harness, "households", fields, person, principal=OFFICER)
    return answer["data"]["_entities"][0]["residences"]


async def reviewer(
    harness: Harness,
    operation: str,
    person: str = "110101198001010018",
    account: str = "reviewer:test",
    **variables: Any,
) -> dict[str, Any]:
    return await harness.graphql(
        "policy",
        operation,
        variables,
        consumer="access-reviewer",
        purpose="access-review",
        basis="compliance-audit",
        principal={"person": person},
        sub=account,
    )


async def listed(harness: Harness, reviewed: bool | None = None) -> dict[str, dict[str, Any]]:
    answer = await reviewer(harness, LIST, r=reviewed)
    return {access["reference"]: access for access in answer["data"]["emergencyAccesses"]}


async def count(harness: Harness) -> int:
    return (await harness.store.read(ACCESSES, {}))[0]["count"]


def stated(person: str, reference: str, until: datetime, worker: str = "W-1") -> Iterator[Fact]:
    """An access as its register states it, opened a minute ago."""
    where, access = source(reference, register="emergency"), f"emergency:{reference}"
    times = {
        "openedAt": second(datetime.now(UTC) - timedelta(minutes=1)),
        "until": second(until),
    }
    yield NodeFact("EmergencyAccess", access, where, {"reference": reference, **times})
    yield NodeFact("Caseworker", f"worker:{worker}", where, {"code": worker})
    yield EdgeFact(
        "EmergencySubject", "", "Person", key(person), "EmergencyAccess", access, where, {}
    )
    ends = "EmergencyAccess", access, "Caseworker", f"worker:{worker}"
    yield EdgeFact("EmergencyOpening", "", *ends, where, {})


def stored(access: dict[str, Any]) -> dict[str, Any]:
    """The access with its times as they are stored."""
    times = {n: second(datetime.fromisoformat(access[n])) for n in ("openedAt", "until")}
    return {**access, **times}


def second(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


async def test_it_opens_one_person_to_one_caseworker(harness: Harness) -> None:
    assert await name(harness, "stranger") is None
    access = await opened(harness, "stranger")
    length = datetime.fromisoformat(access["until"]) - datetime.fromisoformat(access["openedAt"])
    assert length == timedelta(minutes=60)
    row = await shown(harness, "stranger")
    assert row
    assert (row["name"], row["birthDate"]) == ("孙丽", "1970-12-12")
    assert await residences(harness, "stranger") is None, "nor does an open case show it"
    assert await name(harness, "stranger", COLLEAGUE) is None
    assert await name(harness, "adopted") is None
    unnamed = {n: v for n, v in OFFICER.items() if n != "worker"}
    assert await name(harness, "stranger", unnamed) is None


async def test_it_ends_by_itself_on_the_next_query(harness: Harness) -> None:
    await harness.load(
        stated("client", "EA-SHORT", datetime.now(UTC) + timedelta(seconds=12), "W-2")
    )
    assert await name(harness, "client", COLLEAGUE) == "client"
    await asyncio.sleep(12.5)
    assert await name(harness, "client", COLLEAGUE) is None
    row = await shown(harness, "client", COLLEAGUE)
    assert row
    assert row["birthDate"] is None


async def test_one_that_the_register_takes_back_opens_nothing(harness: Harness) -> None:
    later = datetime.now(UTC) + timedelta(hours=1)
    facts_of = list(stated("past-client", "EA-BACK", later, "W-2"))
    await harness.load(facts_of)
    assert await name(harness, "past-client", COLLEAGUE) == "past-client"
    ended = source("EA-BACK", register="emergency", recorded_to="2020-01-01T00:00:00Z")
    link = facts_of[2]
    assert isinstance(link, EdgeFact)
    await harness.load(
        [EdgeFact(link.relationship, "", *_ends(link), ended, {}), *(f for f in facts_of[:2])]
    )
    assert await name(harness, "past-client", COLLEAGUE) is None


def _ends(link: EdgeFact) -> tuple[str, str, str, str]:
    return link.from_type, link.from_key, link.to_type, link.to_key


async def test_what_no_emergency_lifts(harness: Harness) -> None:
    """One's own file and a relative's, and a protected address."""
    await opened(harness, "adopted", RELATIVE)
    row = await shown(harness, "adopted", RELATIVE)
    assert row
    assert {row[field] for field in ("name", "birthDate", "sex")} == {None}
    await opened(harness, "officer")
    assert await name(harness, "officer") is None
    await opened(harness, "hiding")
    assert await name(harness, "hiding") == "hiding"
    assert await residences(harness, "hiding") is None


async def test_hidden_persons_are_nobody(harness: Harness) -> None:
    """Under protection, of the office's staff, and in no register: one answer, nothing written."""
    before = await count(harness)
    unknown = await opening(harness, "11010119000101001X")
    assert codes(unknown) == ["PERSON_UNKNOWN"]
    for person in ("witness", "colleague"):
        assert await opening(harness, person) == unknown
        assert await shown(harness, person) is None
    assert await count(harness) == before
    assert unknown["data"] == {"openEmergencyAccess": None}


async def test_who_comes_under_protection_later_is_hidden_at_once(harness: Harness) -> None:
    await opened(harness, "other-client")
    assert await name(harness, "other-client") == "other-client"
    where = source("P-77", "2020-01-01", register="protection")
    await harness.load([NodeFact("Person", key("other-client"), where, {"underProtection": True})])
    assert await shown(harness, "other-client") is None


@pytest.mark.parametrize(
    "changed",
    [
        {"r": "too short"},
        {"r": "   short     "},
        {"r": "aaaaaaaaaaaa"},
        {"r": "A a a a a a a a a"},
        {"r": "。" * 12},
        {"r": "long " * 400},
        {"m": 0},
        {"m": -5},
        {"m": 241},
    ],
)
async def test_a_reason_says_something_and_the_time_is_short(
    harness: Harness, changed: dict[str, Any]
) -> None:
    before = await count(harness)
    assert codes(await opening(harness, "moved-client", **changed)) == ["BAD_ARGUMENT"]
    assert await count(harness) == before
    assert await name(harness, "moved-client") is None


async def test_an_argument_is_judged_before_anybody_is_looked_up(harness: Harness) -> None:
    """So that a wrong reason does not tell who exists."""
    answers = [await opening(harness, p, r="short") for p in ("witness", "stranger", "0")]
    assert answers[0] == answers[1] == answers[2]


async def test_a_notice_is_there_at_once(harness: Harness) -> None:
    access = await opened(harness, "long-dead", m=240)
    ids = await harness.ids("Person")
    found = (await listed(harness))[access["reference"]]
    assert found == {
        **access,
        "worker": "W-1",
        "person": ids[key("long-dead")],
        "reason": REASON,
        "state": "running",
        "justified": None,
        "reviewedAt": None,
        "reviewWords": None,
    }
    client: Any = Redis.from_url(harness.settings.redis_url, decode_responses=True)
    notices = {n["reference"]: n for _, n in await client.xrange(STREAM)}
    await client.aclose()
    told = notices[access["reference"]]
    assert told == {
        **stored(access),
        "worker": "W-1",
        "person": ids[key("long-dead")],
        "reason": REASON,
    }
    assert NUMBERS["long-dead"] not in str(told)


async def test_what_was_noticed_and_not_opened_is_listed_too(harness: Harness) -> None:
    client: Any = Redis.from_url(harness.settings.redis_url)
    now = second(datetime.now(UTC))
    notice = {"reference": "EA-LOST", "reason": REASON, "openedAt": now, "until": now}
    await client.xadd(STREAM, {**notice, "worker": "W-9", "person": "0" * 32})
    await client.aclose()
    assert (await listed(harness))["EA-LOST"]["state"] == "not opened"
    assert "EA-LOST" in await listed(harness, False)
    assert "EA-LOST" not in await listed(harness, True)


async def test_another_person_reviews_it_once(harness: Harness) -> None:
    reference = (await opened(harness, "ward"))["reference"]
    own = await reviewer(harness, REVIEW, NUMBERS["officer"], r=reference, j=True)
    assert codes(own) == ["EMERGENCY_REFUSED"]
    alias = f" {NUMBERS['officer']}"
    assert codes(await reviewer(harness, REVIEW, alias, r=reference, j=True)) == [
        "EMERGENCY_REFUSED"
    ]
    account = await reviewer(harness, REVIEW, account="caseworker:test", r=reference, j=True)
    assert codes(account) == ["EMERGENCY_REFUSED"]
    assert reference in await listed(harness, False)
    both = await asyncio.gather(
        reviewer(harness, REVIEW, r=reference, j=True, w="The ambulance confirms it"),
        reviewer(harness, REVIEW, "110101198102020021", "other:test", r=reference, j=False),
    )
    assert sorted(map(codes, both)) == [[], ["EMERGENCY_REFUSED"]]
    again = await reviewer(harness, REVIEW, r=reference, j=False)
    assert codes(again) == ["EMERGENCY_REFUSED"]
    assert reference in await listed(harness, True)
    assert reference not in await listed(harness, False)


async def test_one_that_is_not_justified_is_recorded_and_ends_at_once(harness: Harness) -> None:
    reference = (await opened(harness, "past-ward"))["reference"]
    assert await name(harness, "past-ward") == "past-ward"
    answer = await reviewer(harness, REVIEW, r=reference, j=False, w="No emergency was known")
    found = answer["data"]["reviewEmergencyAccess"]
    assert (found["justified"], found["state"]) == (False, "ended")
    assert found["reviewWords"] == "No emergency was known"
    assert await name(harness, "past-ward") is None


async def test_of_one_that_does_not_say_who_opened_it_there_is_no_review(harness: Harness) -> None:
    await harness.load(stated("dead", "EA-VAGUE", datetime.now(UTC) + timedelta(hours=1)))
    assert (await listed(harness, False))["EA-VAGUE"]["worker"] is None
    answer = await reviewer(harness, REVIEW, r="EA-VAGUE", j=True)
    assert codes(answer) == ["EMERGENCY_REFUSED"]


async def test_there_is_no_such_access(harness: Harness) -> None:
    assert codes(await reviewer(harness, REVIEW, r="EA-NOTHING", j=True)) == ["BAD_ARGUMENT"]


async def test_the_person_sees_it_in_their_own_data(harness: Harness) -> None:
    access = await opened(harness, "husband")
    who = {"consumer": "citizen", "principal": {"person": NUMBERS["husband"]}}
    answer = await entity(harness, "cases", OWN, "husband", **who)
    assert "errors" not in answer, answer
    (edge,) = answer["data"]["_entities"][0]["emergencyAccesses"]["edges"]
    assert edge["register"] == "emergency"
    assert edge["node"] == {
        **stored(access),
        "reason": REASON,
        "justified": None,
        "reviewWords": None,
    }


async def test_the_opening_and_whom_it_is_about_stand_in_the_audit(harness: Harness) -> None:
    variables = {"n": NUMBERS["given"], "r": REASON}
    await harness.graphql(
        "policy", OPEN, variables, principal=OFFICER, operation="emergency-on-record"
    )
    records = read(harness.settings.redis_url, operation="emergency-on-record")
    rows = {(row.type, row.record) for record in records for row in record.rows}
    ids = await harness.ids("Person")
    assert rows == {("Mutation", "openEmergencyAccess"), ("Person", ids[key("given")])}


async def test_without_a_notice_nothing_is_opened(harness: Harness) -> None:
    """The stream's name is taken by something that is no stream: the notice cannot be written."""
    client: Any = Redis.from_url(harness.settings.redis_url)
    await client.rename(STREAM, f"{STREAM}:kept")
    try:
        await client.set(STREAM, "no stream")
        before = await count(harness)
        assert codes(await opening(harness, "property-ward")) == ["AUDIT_UNAVAILABLE"]
        assert await count(harness) == before
        assert await name(harness, "property-ward") is None
    finally:
        await client.rename(f"{STREAM}:kept", STREAM)
        await client.aclose()


async def test_the_current_picture_can_be_derived_anew(harness: Harness) -> None:
    before = await digest(harness.store)
    await rebuild(harness.store, today=date.today().isoformat())
    assert await digest(harness.store) == before
