"""The life of a licence through the API: who may do what, once each, and nothing by halves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
from harness import Harness, codes
from licence_calls import (
    GROUNDS,
    ISSUE,
    asked,
    change,
    issue,
    new_key,
    number_of,
    receipt,
    state_of_graph,
)

from audit.reader import read
from graph.facts import EdgeFact, NodeFact
from ingest.rebuild import digest, rebuild
from runtime.neo4j.server import Neo4jAddress
from tests.authorities import (
    CIVIL,
    HEALTH,
    MARKET,
    NAMED_LIKE_POLICE,
    POLICE,
    POLICE_AWAY,
    bodies,
)
from tests.family import AWAY, COMPANY, HOME, NUMBERS, key, source

TODAY = date.today().isoformat()
READ = """query ($n: String!) { licence(number: $n) { status version issueDate expiryDate
  events { edges { node { action version reason legalBasis evidence worker } } }
  facts { field value register record validFrom citation } } }"""


@pytest.fixture(scope="module")
async def harness(neo4j_server: Neo4jAddress, valkey_server: str) -> AsyncIterator[Harness]:
    async with Harness(neo4j_server, valkey_server) as running:
        await running.empty()
        await running.load()
        await running.load(bodies())
        yield running


async def issued(harness: Harness, *of: Any, **given: Any) -> str:
    return await number_of(harness, receipt(await issue(harness, *of, **given)))


async def licence(harness: Harness, number: str, authority: str = POLICE) -> dict[str, Any]:
    answer = await asked(harness, READ, authority, subgraph="licences", n=number)
    assert "errors" not in answer, answer
    return answer["data"]["licence"]


async def test_the_life_of_a_licence(harness: Harness) -> None:
    number = await issued(harness, "daughter")
    begun = await licence(harness, number)
    ends = f"{int(TODAY[:4]) + 6}"
    assert (begun["status"], begun["version"], begun["issueDate"]) == ("VALID", 1, TODAY)
    assert begun["expiryDate"].startswith(ends)
    steps = ("suspend", "SUSPENDED"), ("resume", "VALID"), ("renew", "VALID"), ("revoke", "REVOKED")
    for version, (name, status) in enumerate(steps, 1):
        made = receipt(await change(harness, name, number, version))
        assert (made["version"], made["status"]) == (version + 1, status)
        now = await licence(harness, number)
        assert (now["status"], now["version"]) == (status, version + 1)
    assert now["expiryDate"].startswith(f"{int(ends) + 10}")
    events = [edge["node"] for edge in now["events"]["edges"]]
    assert sorted(event["version"] for event in events) == [1, 2, 3, 4, 5]
    wanted = {"ISSUED", "SUSPENDED", "RESUMED", "RENEWED", "REVOKED"}
    assert {event["action"] for event in events} == wanted
    assert {event["evidence"] for event in events} == {GROUNDS["evidence"]}
    assert {event["worker"] for event in events} == {"W-7"}
    states = [fact for fact in now["facts"] if fact["field"] == "status"]
    assert {fact["register"] for fact in states} == {"licence"}
    assert {fact["record"] for fact in states} == {number, *(f"{number}/{n}" for n in range(2, 6))}
    assert {fact["citation"] for fact in states} == {GROUNDS["evidence"]}


async def test_other_days_show_the_state_of_then(harness: Harness) -> None:
    where = source("L-old", "2020-01-01", register="licence")
    stated = {"number": "L-old", "kind": "DRIVING_LICENCE", "status": "VALID", "district": HOME}
    await harness.load([NodeFact("Licence", "licence:L-old", where, stated), *issuing("L-old")])
    receipt(await change(harness, "suspend", "L-old", 1))
    query = """{ licence(number: "L-old") { status then: status(asOf: "2021-05-01")
      known: status(asKnown: "2022-01-01T00:00:00Z") } }"""
    answer = await asked(harness, query, subgraph="licences")
    told = {"status": "SUSPENDED", "then": "VALID", "known": "VALID"}
    assert answer["data"]["licence"] == told


def issuing(number: str, authority: str = POLICE) -> list[Any]:
    where = source(number, "2020-01-01", register="licence")
    ends = "LegalEntity", f"USCC:{authority}", "Licence", f"licence:{number}"
    holder = "Person", key("father"), "Licence", f"licence:{number}"
    return [
        EdgeFact("LicenceIssuance", "", *ends, where, {}),
        EdgeFact("LicenceHolding", "", *holder, where, {}),
    ]


@pytest.mark.parametrize(
    ("authority", "district", "kind", "code"),
    [
        (MARKET, HOME, "DRIVING_LICENCE", "WRONG_AUTHORITY"),
        (NAMED_LIKE_POLICE, HOME, "DRIVING_LICENCE", "WRONG_AUTHORITY"),
        (POLICE_AWAY, HOME, "DRIVING_LICENCE", "WRONG_AUTHORITY"),
        (POLICE, AWAY, "DRIVING_LICENCE", "WRONG_AUTHORITY"),
        (POLICE, HOME, "BUSINESS_LICENCE", "WRONG_AUTHORITY"),
        ("91110000000000000X", HOME, "DRIVING_LICENCE", "WRONG_AUTHORITY"),
        (MARKET, HOME, "BUSINESS_LICENCE", "LICENCE_RULE"),
        (CIVIL, HOME, "MARRIAGE_CERTIFICATE", "LICENCE_RULE"),
    ],
)
async def test_the_wrong_office_issues_nothing(
    harness: Harness, authority: str, district: str, kind: str, code: str
) -> None:
    before = await state_of_graph(harness)
    answer = await issue(harness, "son", kind, authority, district)
    assert codes(answer) == [code]
    assert answer["data"] == {"issueLicence": None}
    assert await state_of_graph(harness) == before


async def test_another_office_changes_nothing_and_learns_nothing(harness: Harness) -> None:
    number = await issued(harness, "mother")
    before, seen = await state_of_graph(harness), await licence(harness, number)
    for name in ("suspend", "revoke", "renew", "resume", "supersede"):
        others = await change(harness, name, number, 1, POLICE_AWAY, AWAY)
        nobodys = await change(harness, name, "JS-NOTHING", 1, POLICE_AWAY, AWAY)
        assert codes(others) == ["WRONG_AUTHORITY"]
        assert others == nobodys
    assert await state_of_graph(harness) == before
    assert await licence(harness, number) == seen
    query = "query ($n: String!) { licence(number: $n) { id } }"
    other = await asked(harness, query, POLICE_AWAY, AWAY, "licences", n=number)
    assert other["data"] == {"licence": None}


async def test_the_same_request_again_is_the_same_licence(harness: Harness) -> None:
    given = {"key": new_key()}
    before = await state_of_graph(harness)
    first = receipt(await issue(harness, "husband", **given))
    many = await asyncio.gather(*(issue(harness, "husband", **given) for _ in range(5)))
    assert {receipt(answer)["licence"]["id"] for answer in many} == {first["licence"]["id"]}
    after = {row["kind"]: row["n"] for row in await state_of_graph(harness)}
    count = {row["kind"]: row["n"] for row in before}
    assert after["Licence"] == count["Licence"] + 1
    other = await issue(harness, "father", **given)
    assert codes(other) == ["LICENCE_CONFLICT"]
    number = await number_of(harness, first)
    again = {"key": new_key()}
    once = receipt(await change(harness, "suspend", number, 1, **again))
    assert receipt(await change(harness, "suspend", number, 1, **again)) == once
    other = await change(harness, "revoke", number, 2, **again)
    assert codes(other) == ["LICENCE_CONFLICT"]


async def test_of_those_who_issue_at_once_one_does(harness: Harness) -> None:
    answers = await asyncio.gather(
        *(issue(harness, "grandchild", "BIRTH_CERTIFICATE", HEALTH) for _ in range(4))
    )
    assert sorted(codes(answer) for answer in answers) == [[], *[["LICENCE_RULE"]] * 3]


async def test_of_those_who_change_at_once_one_does(harness: Harness) -> None:
    number = await issued(harness, "former", "RESIDENT_IDENTITY_CARD")
    names = ("suspend", "revoke", "supersede", "renew")
    answers = await asyncio.gather(*(change(harness, name, number, 1) for name in names))
    told = [codes(answer) for answer in answers]
    assert told.count([]) == 1, told
    assert [code for code in told if code] == [["LICENCE_CONFLICT"]] * 3
    assert (await licence(harness, number))["version"] == 2


async def test_what_its_state_does_not_allow(harness: Harness) -> None:
    number = await issued(harness, "adopted")
    before = await state_of_graph(harness)
    assert codes(await change(harness, "resume", number, 1)) == ["LICENCE_STATE"]
    assert codes(await change(harness, "suspend", number, 7)) == ["LICENCE_CONFLICT"]
    assert await state_of_graph(harness) == before
    receipt(await change(harness, "revoke", number, 1))
    ended = await state_of_graph(harness)
    for name in ("renew", "suspend", "resume", "revoke", "supersede"):
        assert codes(await change(harness, name, number, 2)) == ["LICENCE_STATE"]
    assert await state_of_graph(harness) == ended


async def test_an_expired_licence_is_renewed_from_today_and_not_suspended(
    harness: Harness,
) -> None:
    where = source("L-over", "2010-01-01", register="licence")
    stated = {"number": "L-over", "kind": "DRIVING_LICENCE", "status": "VALID"}
    over = NodeFact("Licence", "licence:L-over", where, {**stated, "expiryDate": "2016-01-01"})
    await harness.load([over, *issuing("L-over")])
    assert codes(await change(harness, "suspend", "L-over", 1)) == ["LICENCE_STATE"]
    receipt(await change(harness, "renew", "L-over", 1))
    ends = (await licence(harness, "L-over"))["expiryDate"]
    assert ends.startswith(f"{int(TODAY[:4]) + 10}")


async def test_a_successor_takes_the_place_in_one_moment(harness: Harness) -> None:
    number = await issued(harness, "stranger")
    given = {"key": new_key()}
    made = receipt(await change(harness, "supersede", number, 1, **given))
    assert receipt(await change(harness, "supersede", number, 1, **given)) == made
    new = await number_of(harness, made)
    query = """query ($n: String!) { licence(number: $n) { status
      holders { edges { node { __typename } } }
      supersedes { edges { node { number status } } }
      supersededBy { edges { node { number status } } } } }"""
    old, young = [
        (await asked(harness, query, subgraph="licences", n=n))["data"]["licence"]
        for n in (number, new)
    ]
    assert (old["status"], young["status"]) == ("SUPERSEDED", "VALID")
    assert old["supersededBy"]["edges"] == [{"node": {"number": new, "status": "VALID"}}]
    assert young["supersedes"]["edges"] == [{"node": {"number": number, "status": "SUPERSEDED"}}]
    assert (
        young["holders"]["edges"] == old["holders"]["edges"] == [{"node": {"__typename": "Person"}}]
    )


async def test_a_company_and_a_couple(harness: Harness) -> None:
    await issued(harness, kind="BUSINESS_LICENCE", authority=MARKET, code=COMPANY)
    couple = {"n": NUMBERS["daughter"], "second": NUMBERS["husband"]}
    number = await issued(harness, kind="MARRIAGE_CERTIFICATE", authority=CIVIL, **couple)
    held = """MATCH (p:Person)-[:HOLDS]->(:Licence {number: $n})
      RETURN p.citizenNumber AS number ORDER BY number"""
    rows = await harness.store.read(held, {"n": number})
    assert [row["number"] for row in rows] == sorted(couple.values())
    again = await issue(harness, kind="BUSINESS_LICENCE", authority=MARKET, code=COMPANY)
    assert codes(again) == ["LICENCE_RULE"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"n": "11010119000101001X"}, "PERSON_UNKNOWN"),
        ({"n": ""}, "BAD_ARGUMENT"),
        ({"key": "short"}, "BAD_ARGUMENT"),
        ({"key": "x'}) DETACH DELETE n //"}, "BAD_ARGUMENT"),
        ({"grounds": {**GROUNDS, "evidence": "  "}}, "BAD_ARGUMENT"),
        ({"grounds": {**GROUNDS, "reason": "r" * 501}}, "BAD_ARGUMENT"),
        ({"grounds": {**GROUNDS, "legalBasis": "\u001b[2J"}}, "BAD_ARGUMENT"),
    ],
)
async def test_bad_requests_change_nothing(
    harness: Harness, given: dict[str, Any], code: str
) -> None:
    before = await state_of_graph(harness)
    assert codes(await issue(harness, "officer", **given)) == [code]
    assert await state_of_graph(harness) == before


async def test_a_token_without_an_authority_does_nothing(harness: Harness) -> None:
    number = NUMBERS["officer"]
    answer = await harness.graphql(
        "services",
        "{ licenceTypes { kind } }",
        consumer="licence-authority",
        principal={"district": HOME, "worker": "W-7", "person": number},
    )
    assert codes(answer) == ["FIELD_DENIED"]


async def test_whom_it_is_about_stands_in_the_audit(harness: Harness) -> None:
    ids = await harness.ids("Person")
    principal = {"authority": POLICE, "district": HOME, "worker": "W-7"}
    variables = {"key": new_key(), "kind": "DRIVING_LICENCE", "grounds": GROUNDS}
    await harness.graphql(
        "services",
        ISSUE,
        {**variables, "n": NUMBERS["officer"]},
        consumer="licence-authority",
        principal=principal,
        operation="licence-on-record",
    )
    records = read(harness.settings.redis_url, operation="licence-on-record")
    rows = {(row.type, row.record, row.shown) for record in records for row in record.rows}
    assert rows == {
        ("Mutation", "issueLicence", ("issueLicence",)),
        ("Person", ids[key("officer")], ("licences",)),
    }


async def test_the_current_picture_can_be_derived_anew(harness: Harness) -> None:
    before = await digest(harness.store)
    await rebuild(harness.store, today=TODAY)
    assert await digest(harness.store) == before
