"""Credit records from the real graph: who sees which, how they stand, and objecting to one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import date
from typing import Any

import pytest

from audit.reader import read
from graph.facts import EdgeFact, Fact, NodeFact, Value
from runtime.neo4j.server import Neo4jAddress
from tests.family import AUTHORITY, COMPANY, YEAR, source
from tests.subgraphs.harness import Harness, codes
from tests.subgraphs.row_facts import NUMBERS, key
from tests.subgraphs.row_facts import facts as rows

TODAY = date.today().isoformat()
FIELDS = "number kind basis standing issuers { edges { node { __typename } } }"
ONE = f"query ($n: String!) {{ creditRecord(number: $n) {{ id {FIELDS} }} }}"
OF = """query ($rows: [_Any!]!) { _entities(representations: $rows) {
  ... on LegalEntity { creditRecords { edges { node { number standing } } } }
  ... on Person { creditRecords { edges { node { number standing } } } } } }"""
OBJECT = """mutation ($n: String!, $why: String!) {
  objectToCreditRecord(number: $n, reason: $why) { receivedOn record { id } } }"""
WHY = "The fine was paid before the day on which it was due."
# Number, kind, whom it is about, until when, what happened since.
RECORDS: tuple[tuple[str, str, str, str | None, dict[str, Value]], ...] = (
    ("CF-1", "PENALTY", COMPANY, f"{YEAR + 2}-01-01", {}),
    ("CF-2", "PENALTY", COMPANY, "2021-01-01", {}),
    ("CF-3", "BREACH", COMPANY, f"{YEAR + 2}-01-01", {"repairedOn": "2025-01-01"}),
    ("CF-4", "PENALTY", COMPANY, f"{YEAR + 2}-01-01", {"objectedOn": "2025-01-01"}),
    ("ZX-1", "COURT_ORDER", "client", None, {}),
    ("ZX-2", "COURT_ORDER", "husband", f"{YEAR + 2}", {}),
    ("ZX-3", "COURT_ORDER", "officer", f"{YEAR + 2}", {}),
)


def facts() -> Iterator[Fact]:
    """The family with clients of a caseworker, and records about some of them."""
    yield from rows()
    for number, kind, about, until, since in RECORDS:
        where = source(number, "2020-01-01", register="credit")
        said: dict[str, Value] = {"number": number, "kind": kind, "basis": "第九十一条", **since}
        shown: dict[str, Value] = {"shownUntil": until} if until else {}
        record = "CreditRecord", f"credit:{number}"
        yield NodeFact(*record, where, {**said, **shown, "issuedOn": "2020-01-01"})
        company = about == COMPANY
        subject = ("LegalEntity", f"USCC:{COMPANY}") if company else ("Person", key(about))
        yield EdgeFact("CreditSubject", "", *subject, *record, where, {})
        issuer = "LegalEntity", f"USCC:{AUTHORITY}"
        yield EdgeFact("CreditIssuance", "", *issuer, *record, where, {})


@pytest.fixture(scope="module")
async def harness(neo4j_server: Neo4jAddress, valkey_server: str) -> AsyncIterator[Harness]:
    async with Harness(neo4j_server, valkey_server) as started:
        await started.empty()
        await started.load(facts())
        yield started


async def record(harness: Harness, number: str, **who: Any) -> dict[str, Any] | None:
    answer = await harness.graphql("credit", ONE, {"n": number}, **who)
    assert set(codes(answer)) <= {"FIELD_DENIED"}, answer
    return answer["data"]["creditRecord"]


async def listed(harness: Harness, kind: str, natural: str, **who: Any) -> dict[str, str] | None:
    ids = await harness.ids(kind)
    rows = [{"__typename": kind, "id": ids[natural]}]
    answer = await harness.graphql("credit", OF, {"rows": rows}, **who)
    page = (answer["data"]["_entities"][0] or {}).get("creditRecords")
    if page is None:
        return None
    return {edge["node"]["number"]: edge["node"]["standing"] for edge in page["edges"]}


def citizen(person: str) -> dict[str, Any]:
    return {"consumer": "citizen", "principal": {"person": NUMBERS[person]}}


async def test_the_records_of_a_company_are_open_while_they_are_published(
    harness: Harness,
) -> None:
    found = await record(harness, "CF-1")
    assert found is not None
    assert (found["kind"], found["standing"]) == ("PENALTY", "COUNTS")
    assert found["issuers"]["edges"] == [{"node": {"__typename": "LegalEntity"}}]
    ended = await record(harness, "CF-2")
    assert ended is not None and (ended["number"], ended["kind"]) == (None, None)
    standing = await listed(harness, "LegalEntity", f"USCC:{COMPANY}")
    assert standing is not None
    assert {n: s for n, s in standing.items() if n} == {
        "CF-1": "COUNTS",
        "CF-3": "REPAIRED",
        "CF-4": "OBJECTED",
    }


async def test_those_of_a_person_are_seen_with_a_case_only(harness: Harness) -> None:
    found = await record(harness, "ZX-1")
    assert found is not None and found["kind"] == "COURT_ORDER"
    assert await listed(harness, "Person", key("client")) == {"ZX-1": "COUNTS"}
    other = await record(harness, "ZX-2")
    assert other is not None and (other["kind"], other["standing"]) == (None, None)
    assert await listed(harness, "Person", key("husband")) is None
    without = await record(harness, "ZX-1", principal={"district": "110101"})
    assert without is not None and without["kind"] is None


async def test_a_caseworker_does_not_see_their_own(harness: Harness) -> None:
    found = await record(harness, "ZX-3")
    assert found is not None and (found["number"], found["kind"]) == (None, None)


async def test_a_citizen_sees_their_own_and_their_companys(harness: Harness) -> None:
    own = await listed(harness, "Person", key("husband"), **citizen("husband"))
    assert own == {"ZX-2": "COUNTS"}
    company = await listed(harness, "LegalEntity", f"USCC:{COMPANY}", **citizen("husband"))
    assert company == {"CF-1": "COUNTS", "CF-2": "ENDED", "CF-3": "REPAIRED", "CF-4": "OBJECTED"}
    assert not await listed(harness, "LegalEntity", f"USCC:{COMPANY}", **citizen("daughter"))


async def objection(harness: Harness, number: str, person: str, why: str = WHY, **more: Any) -> Any:
    variables = {"n": number, "why": why}
    return await harness.graphql("services", OBJECT, variables, **citizen(person), **more)


async def test_an_objection_stands_beside_the_record_at_once_and_once(harness: Harness) -> None:
    both = await asyncio.gather(*(objection(harness, "CF-1", "husband") for _ in range(2)))
    assert sorted(codes(answer) for answer in both) == [[], ["BAD_ARGUMENT"]]
    (taken,) = [answer["data"]["objectToCreditRecord"] for answer in both if not codes(answer)]
    assert taken["receivedOn"] == TODAY
    found = await record(harness, "CF-1")
    assert found is not None and found["standing"] == "OBJECTED"
    said = await harness.store.read(
        "MATCH (s:Statement)-[:ABOUT]->(:CreditRecord {number: $n}) WHERE s.objection IS NOT NULL"
        " RETURN s.register AS register, s.objection AS words",
        {"n": "CF-1"},
    )
    assert [(row["register"], row["words"]) for row in said] == [("credit-objections", WHY)]


@pytest.mark.parametrize(
    ("number", "person", "why"),
    [
        ("ZX-1", "husband", WHY),  # about somebody else
        ("nowhere", "husband", WHY),
        ("CF-2", "husband", WHY),  # no longer published
        ("CF-3", "husband", WHY),  # repaired
        ("ZX-2", "husband", "wrong"),
    ],
)
async def test_what_is_refused_changes_nothing(
    harness: Harness, number: str, person: str, why: str
) -> None:
    text = "MATCH (s:Statement) RETURN count(s) AS count"
    before = await harness.store.read(text, {})
    answer = await objection(harness, number, person, why)
    assert codes(answer) == ["BAD_ARGUMENT"]
    assert await harness.store.read(text, {}) == before


async def test_the_record_of_somebody_else_is_as_one_that_is_not_there(harness: Harness) -> None:
    answers = [await objection(harness, n, "husband") for n in ("ZX-1", "nowhere")]
    first, second = (answer["errors"][0]["message"] for answer in answers)
    assert first == second


async def test_an_objection_is_on_record_before_it_takes_effect(harness: Harness) -> None:
    await objection(harness, "ZX-2", "husband", operation="objection-on-record")
    records = read(harness.settings.redis_url, operation="objection-on-record")
    found = {(row.type, row.shown) for entry in records for row in entry.rows}
    assert found == {
        ("Mutation", ("objectToCreditRecord",)),
        ("CreditRecord", ("objection",)),
    }
