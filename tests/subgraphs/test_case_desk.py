"""A case on the real graph, from its opening to its appeal: who may do what, and who sees what."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from harness import Harness, codes
from row_facts import NUMBERS, facts, key

from audit.reader import read
from graph.catalogue import model
from graph.cypher import Clock
from graph.facts import EdgeFact, Fact, NodeFact
from ingest.rebuild import digest, rebuild
from ingest.rows import loose_key
from runtime.neo4j.server import Neo4jAddress
from subgraphs.services.case_facts import Pages
from subgraphs.services.case_rules import TRANSITIONS
from tests.family import AWAY, COMPANY, HOME, source

OFFICER = {"district": HOME, "person": NUMBERS["officer"], "worker": "W-1"}
COLLEAGUE = {"district": HOME, "person": NUMBERS["moved-client"], "worker": "W-2"}
THIRD = {"district": HOME, "person": NUMBERS["other-client"], "worker": "W-3"}
ELSEWHERE = {"district": AWAY, "person": NUMBERS["found"], "worker": "W-9"}
RECEIPT = "{ number version state made repeated case { id } }"
OPEN = f"""mutation ($k: String!, $s: String!, $n: String!, $o: String, $c: String) {{
  openCase(key: $k, service: $s, citizenNumber: $n, otherNumber: $o, creditCode: $c) {RECEIPT} }}"""
APPLY = f"""mutation ($k: String!, $s: String!, $o: String, $c: String, $w: String) {{
  applyForService(key: $k, service: $s, otherNumber: $o, creditCode: $c, office: $w) {RECEIPT} }}"""
TAKE = f"mutation ($k: String!, $c: String!) {{ takeCase(key: $k, number: $c) {RECEIPT} }}"
HAND = f"""mutation ($k: String!, $c: String!, $w: String!, $r: String!) {{
  handOver(key: $k, number: $c, toWorker: $w, reason: $r) {RECEIPT} }}"""
SEND = f"""mutation ($k: String!, $c: String!, $t: String!) {{
  sendMessage(key: $k, number: $c, text: $t) {RECEIPT} }}"""
PART = f"""mutation ($k: String!, $c: String!, $d: CaseVerdict!, $r: String!, $v: Int!) {{
  decidePart(key: $k, reference: $c, decision: $d, reason: $r, expects: $v) {RECEIPT} }}"""
DECIDE = f"""mutation ($k: String!, $c: String!, $d: CaseVerdict!, $r: String!, $v: Int!) {{
  decideCase(key: $k, number: $c, decision: $d, reason: $r, expects: $v) {RECEIPT} }}"""
APPEAL = f"""mutation ($k: String!, $c: String!, $r: String!) {{
  appeal(key: $k, number: $c, reason: $r) {RECEIPT} }}"""
ROW = """query ($c: String!) { case(number: $c) { number state service version decision grounds
  closedDate appealUntil appealOf deadline } }"""
NAME = "query ($n: String!) { person(citizenNumber: $n) { name } }"
PARTS = """{ caseParts { edges { node { reference department state decision
  subjects { edges { node { id } } } } } } }"""
ASK = f"""mutation ($k: String!, $c: String!, $q: String!, $t: String!) {{
  requestEvidence(key: $k, number: $c, requirement: $q, text: $t) {RECEIPT} }}"""
EVIDENCE = """query ($c: String!) { evidenceOfCase(number: $c) {
  reference requirement state heldBy heldRecord } }"""
REASON = "材料齐全,符合条件"
ALLOWANCE, SPLIT, SCHOOL = "old-age-allowance", "household-split", "school-enrolment"
MUTATIONS = model().operations["CaseHandling"].mutations
_keys = count()


@pytest.fixture(scope="module")
async def harness(neo4j_server: Neo4jAddress, valkey_server: str) -> AsyncIterator[Harness]:
    async with Harness(neo4j_server, valkey_server) as running:
        await running.empty()
        await running.load(facts())
        await running.load(
            NodeFact("Caseworker", f"worker:{code}", source(code, register="case"), {"code": code})
            for code in ("W-3", "W-9")
        )
        yield running


def fresh() -> str:
    return f"key-{next(_keys):06d}"


async def step(
    harness: Harness, operation: str, caller: dict[str, str] = OFFICER, **variables: Any
) -> dict[str, Any]:
    """The answer of the desk to one step under a key of its own."""
    who = {"principal": caller, "consumer": "caseworker" if "worker" in caller else "citizen"}
    account = "/".join(caller.values())
    asked = {"k": fresh(), **variables}
    return await harness.graphql("services", operation, asked, sub=account, **who)


async def done(harness: Harness, operation: str, *caller: Any, **variables: Any) -> dict[str, Any]:
    """The receipt."""
    answer = await step(harness, operation, *caller, **variables)
    assert "errors" not in answer, answer
    (receipt,) = answer["data"].values()
    return receipt


def citizen(person: str) -> dict[str, str]:
    return {"person": NUMBERS[person]}


async def opened(harness: Harness, person: str, service: str = ALLOWANCE, **named: Any) -> str:
    receipt = await done(harness, OPEN, s=service, n=NUMBERS[person], **named)
    return receipt["number"]


async def parts_granted(harness: Harness, number: str, verdict: str = "GRANTED") -> None:
    text = """MATCH (:Case {number: $n})<-[:PART_OF_CASE]-(p:CasePart)
      RETURN p.reference AS reference, p.department AS department"""
    for row in await harness.store.read(text, {"n": number}):
        caller = {**THIRD, "department": row["department"]}
        await done(harness, PART, caller, c=row["reference"], d=verdict, r=REASON, v=1)


async def row(harness: Harness, number: str, caller: dict[str, str] = OFFICER) -> dict[str, Any]:
    who = {"principal": caller, "consumer": "caseworker" if "worker" in caller else "citizen"}
    answer = await harness.graphql("cases", ROW, {"c": number}, **who)
    return answer["data"]["case"]


async def name(harness: Harness, person: str, caller: dict[str, str] = OFFICER) -> Any:
    answer = await harness.graphql("people", NAME, {"n": NUMBERS[person]}, principal=caller)
    return answer["data"]["person"]["name"]


async def stated(harness: Harness) -> int:
    """How much the desk has stated."""
    text = "MATCH (s:Statement {register: 'one-window'}) RETURN count(s) AS count"
    return (await harness.store.read(text, {}))[0]["count"]


async def test_the_life_of_a_case(harness: Harness) -> None:
    before = date.today()
    number = await opened(harness, "son")
    found = await row(harness, number)
    assert (found["state"], found["version"], found["service"]) == ("OPEN", 1, ALLOWANCE)
    assert found["deadline"] > (before + timedelta(days=15)).isoformat()
    early = await step(harness, DECIDE, c=number, d="GRANTED", r=REASON, v=1)
    assert codes(early) == ["CASE_STATE"], "a part is not decided"
    await parts_granted(harness, number)
    receipt = await done(harness, DECIDE, c=number, d="GRANTED", r=REASON, v=1)
    assert (receipt["state"], receipt["version"], receipt["repeated"]) == ("CLOSED", 2, False)
    found = await row(harness, number)
    assert (found["state"], found["decision"], found["grounds"]) == ("CLOSED", "GRANTED", REASON)
    assert found["closedDate"] == before.isoformat()
    late = await step(harness, SEND, c=number, t="请补充说明")
    assert codes(late) == ["CASE_STATE"]


async def test_asked_twice_it_is_done_once(harness: Harness) -> None:
    asked = {"k": "opening-of-the-father", "s": ALLOWANCE, "n": NUMBERS["father"]}
    first = await done(harness, OPEN, **asked)
    before = await stated(harness)
    assert await done(harness, OPEN, **asked) == {**first, "repeated": True}
    other = await step(harness, OPEN, **{**asked, "s": SPLIT})
    assert codes(other) == ["KEY_REUSED"]
    again = await step(harness, OPEN, s=ALLOWANCE, n=NUMBERS["father"])
    assert codes(again) == ["ALREADY_ON_FILE"]
    assert first["number"] in again["errors"][0]["message"], "it is the caller's own case"
    elsewhere = await step(harness, OPEN, COLLEAGUE, s=ALLOWANCE, n=NUMBERS["father"])
    assert codes(elsewhere) == ["ALREADY_ON_FILE"]
    assert first["number"] not in elsewhere["errors"][0]["message"]
    taken = await step(harness, SEND, k=asked["k"], c=first["number"], t="请补充说明")
    assert codes(taken) == ["KEY_REUSED"], "a key is for one step of any kind"
    assert await stated(harness) == before


async def test_those_who_open_at_the_same_moment_open_one_case(harness: Harness) -> None:
    same = {"k": "opening-of-the-husband", "s": SPLIT, "n": NUMBERS["husband"]}
    many = await asyncio.gather(*(done(harness, OPEN, **same) for _ in range(4)))
    assert len({receipt["number"] for receipt in many}) == 1
    assert sorted(receipt["repeated"] for receipt in many) == [False, True, True, True]
    both = await asyncio.gather(
        *(
            step(harness, OPEN, caller, s=SPLIT, n=NUMBERS["hiding"])
            for caller in (OFFICER, COLLEAGUE, THIRD)
        )
    )
    assert sorted(map(codes, both)) == [[], ["ALREADY_ON_FILE"], ["ALREADY_ON_FILE"]]
    text = """MATCH (:Person {key: $p})-[:SUBJECT_OF_CASE]->(c:Case {service: $s})
      RETURN count(c) AS count"""
    for person in ("husband", "hiding"):
        found = await harness.store.read(text, {"p": key(person), "s": SPLIT})
        assert found[0]["count"] == 1, person


async def test_of_two_who_decide_at_once_one_does(harness: Harness) -> None:
    number = await opened(harness, "daughter")
    await parts_granted(harness, number)
    before = await stated(harness)
    both = await asyncio.gather(
        step(harness, DECIDE, c=number, d="GRANTED", r="同意,予以办理", v=1),
        step(harness, DECIDE, c=number, d="REFUSED", r="材料不实,不予办理", v=1),
    )
    assert sorted(map(codes, both)) == [[], ["CASE_CONFLICT"]]
    assert [a["data"]["decideCase"] for a in both if codes(a)] == [None]
    winner = "GRANTED" if not codes(both[0]) else "REFUSED"
    found = await row(harness, number)
    assert (found["state"], found["decision"], found["version"]) == ("CLOSED", winner, 2)
    assert await stated(harness) == before + 2, "the case anew, and one step"
    text = """MATCH (:Case {number: $n})<-[:STEP_OF_CASE]-(s:CaseStep {operation: 'decideCase'})
      RETURN count(s) AS count"""
    assert (await harness.store.read(text, {"n": number}))[0]["count"] == 1
    late = await step(harness, DECIDE, c=number, d="REFUSED", r=REASON, v=1)
    assert codes(late) == ["CASE_CONFLICT"]
    again = await step(harness, DECIDE, c=number, d="REFUSED", r=REASON, v=2)
    assert codes(again) == ["CASE_STATE"]


async def test_of_two_departments_that_decide_one_part_at_once_one_does(harness: Harness) -> None:
    number = await opened(harness, "past-witness")
    caller = {**THIRD, "department": "human-resources"}
    reference = f"{number}/pension"
    both = await asyncio.gather(
        step(harness, PART, caller, c=reference, d="GRANTED", r=REASON, v=1),
        step(harness, PART, caller, c=reference, d="REFUSED", r=REASON, v=1),
    )
    assert sorted(map(codes, both)) == [[], ["CASE_CONFLICT"]]
    again = await step(harness, PART, caller, c=reference, d="REFUSED", r=REASON, v=2)
    assert codes(again) == ["CASE_STATE"]


async def test_a_refused_part_cannot_be_granted(harness: Harness) -> None:
    number = await opened(harness, "mother")
    await parts_granted(harness, number, "REFUSED")
    answer = await step(harness, DECIDE, c=number, d="GRANTED", r=REASON, v=1)
    assert codes(answer) == ["CASE_STATE"]
    await done(harness, DECIDE, c=number, d="REFUSED", r=REASON, v=1)


async def test_a_case_on_a_stranger_is_not_opened(harness: Harness) -> None:
    """Of another district, opened by a case or an emergency, hidden, or nobody: one answer."""
    emergency = """mutation ($n: String!) { openEmergencyAccess(citizenNumber: $n, reason:
      "Found unconscious, the ambulance asks") { reference } }"""
    who = {"n": NUMBERS["past-client"]}
    assert not codes(await harness.graphql("policy", emergency, who, principal=OFFICER))
    assert await name(harness, "past-client") == "past-client"
    assert await name(harness, "client") == "client"
    before = await stated(harness)
    nobody = await step(harness, OPEN, s=ALLOWANCE, n="11010119000101001X")
    assert codes(nobody) == ["PERSON_UNKNOWN"]
    for person in ("stranger", "past-client", "client", "witness", "colleague", "officer"):
        assert await step(harness, OPEN, s=ALLOWANCE, n=NUMBERS[person]) == nobody, person
    child = {"s": SCHOOL, "n": NUMBERS["daughter"]}
    no_child = await step(harness, OPEN, **child, o="11010119000101001X")
    assert await step(harness, OPEN, **child, o=NUMBERS["given"]) == no_child
    assert await stated(harness) == before
    assert await name(harness, "stranger") is None


async def test_nobody_handles_the_case_of_a_relative(harness: Harness) -> None:
    """Nor opens, finds, takes or decides it, nor that of a company of theirs; handing it over is
    possible."""
    mother = {"district": HOME, "person": NUMBERS["mother"], "worker": "W-3"}
    unknown = await step(harness, OPEN, mother, s=SPLIT, n="11010119000101001X")
    for person in ("son", "mother", "grandchild"):
        assert await step(harness, OPEN, mother, s=SPLIT, n=NUMBERS[person]) == unknown
    number = (await done(harness, APPLY, citizen("son"), s=SPLIT))["number"]
    assert (await row(harness, number))["service"] == SPLIT, "in the queue of a colleague"
    assert codes(await step(harness, TAKE, mother, c=number)) == ["CASE_UNKNOWN"]
    assert (await row(harness, number, mother))["number"] is None
    await done(harness, TAKE, c=number)
    await done(harness, HAND, c=number, w="W-3", r="转由专人办理")
    deciding = {"d": "GRANTED", "r": REASON, "v": 3}
    for operation, more in ((SEND, {"t": "请补充说明"}), (DECIDE, deciding)):
        answer = await step(harness, operation, mother, c=number, **more)
        assert codes(answer) == ["CASE_UNKNOWN"]
    assert (await done(harness, HAND, mother, c=number, w="W-1", r="当事人为本人亲属"))[
        "version"
    ] == 4
    owner = {"district": HOME, "person": NUMBERS["husband"], "worker": "W-3"}
    company = {"s": "shop-licence", "n": NUMBERS["found"], "c": COMPANY}
    assert codes(await step(harness, OPEN, owner, **company)) == ["PERSON_UNKNOWN"]
    await done(harness, OPEN, **company)
    text = "MATCH (:LegalEntity)-[:ENTITY_OF_CASE]->(c:Case) RETURN c.number AS number"
    (found,) = await harness.store.read(text, {})
    await done(harness, HAND, c=found["number"], w="W-3", r="转由专人办理")
    assert codes(await step(harness, SEND, owner, c=found["number"], t="请补充说明")) == [
        "CASE_UNKNOWN"
    ]


async def test_access_begins_with_the_case_and_ends_with_its_decision(harness: Harness) -> None:
    """To a person of another district, who applied here."""
    assert await name(harness, "stranger") is None
    applied = await done(harness, APPLY, citizen("stranger"), s=SPLIT, w=HOME)
    number = applied["number"]
    assert await name(harness, "stranger") is None, "who waits is known to nobody yet"
    assert codes(await step(harness, TAKE, ELSEWHERE, c=number)) == ["CASE_UNKNOWN"]
    assert codes(await step(harness, SEND, c=number, t="请补充说明")) == ["CASE_UNKNOWN"]
    both = await asyncio.gather(
        step(harness, TAKE, OFFICER, c=number), step(harness, TAKE, COLLEAGUE, c=number)
    )
    assert sorted(codes(answer) for answer in both)[0] == []
    assert sorted(codes(answer) for answer in both)[1] in (["CASE_CONFLICT"], ["CASE_UNKNOWN"])
    first, second = (OFFICER, COLLEAGUE) if not codes(both[0]) else (COLLEAGUE, OFFICER)
    assert (await name(harness, "stranger", first), await name(harness, "stranger", second)) == (
        "孙丽",
        None,
    )
    await done(harness, HAND, first, c=number, w=second["worker"], r="轮岗移交")
    assert (await name(harness, "stranger", first), await name(harness, "stranger", second)) == (
        None,
        "孙丽",
    )
    stale = await step(harness, DECIDE, second, c=number, d="GRANTED", r=REASON, v=2)
    assert codes(stale) == ["CASE_CONFLICT"]
    await parts_granted(harness, number)
    gone = await step(harness, DECIDE, first, c=number, d="GRANTED", r=REASON, v=3)
    assert codes(gone) == ["CASE_UNKNOWN"]
    await done(harness, DECIDE, second, c=number, d="GRANTED", r=REASON, v=3)
    assert await name(harness, "stranger", second) is None
    own = await row(harness, number, citizen("stranger"))
    assert (own["state"], own["decision"], own["grounds"]) == ("CLOSED", "GRANTED", REASON)
    assert await row(harness, number, citizen("son")) is None


async def test_a_case_is_handed_to_a_caseworker_who_is_there(harness: Harness) -> None:
    number = await opened(harness, "found")
    for worker in ("W-NOBODY", "W-1"):
        answer = await step(harness, HAND, c=number, w=worker, r="轮岗移交")
        assert codes(answer) == ["BAD_ARGUMENT"]
    assert (await row(harness, number))["version"] == 1


async def test_both_sides_write_and_others_do_not_read(harness: Harness) -> None:
    number = await opened(harness, "found", "vehicle-transfer")
    await done(harness, SEND, c=number, t="请说明居住情况")
    await done(harness, SEND, citizen("found"), c=number, t="已在本区居住三年")
    query = """query ($c: String!) { case(number: $c) { messages { edges { node {
      sender text } } } } }"""
    for caller in (OFFICER, citizen("found")):
        who = {"consumer": "caseworker" if "worker" in caller else "citizen"}
        answer = await harness.graphql("cases", query, {"c": number}, principal=caller, **who)
        edges = answer["data"]["case"]["messages"]["edges"]
        assert {(e["node"]["sender"], e["node"]["text"]) for e in edges} == {
            ("OFFICE", "请说明居住情况"),
            ("APPLICANT", "已在本区居住三年"),
        }
    for caller in (citizen("stranger"), COLLEAGUE):
        answer = await step(harness, SEND, caller, c=number, t="请补充说明")
        assert codes(answer) == ["CASE_UNKNOWN"]
    empty = await step(harness, SEND, c=number, t="   !!!!  ")
    assert codes(empty) == ["BAD_ARGUMENT"]


async def test_a_department_sees_its_own_part_only(harness: Harness) -> None:
    number = await opened(harness, "daughter", SCHOOL, o=NUMBERS["grandchild"])
    health = {**ELSEWHERE, "district": HOME, "department": "health"}
    answer = await harness.graphql("cases", PARTS, principal=health)
    seen = {
        edge["node"]["reference"]: edge["node"] for edge in answer["data"]["caseParts"]["edges"]
    }
    ours = seen[f"{number}/inoculation"]
    assert {part["department"] for part in seen.values()} == {"health"}
    ids = await harness.ids("Person")
    about = {edge["node"]["id"] for edge in ours["subjects"]["edges"]}
    assert about == {ids[key("daughter")], ids[key("grandchild")]}
    case = await row(harness, number, health)
    assert case is None or case["number"] is None
    for caller in (
        {**health, "district": AWAY},
        {**health, "person": NUMBERS["mother"]},
        COLLEAGUE,
    ):
        answer = await harness.graphql("cases", PARTS, principal=caller)
        found = [e["node"]["reference"] for e in answer["data"]["caseParts"]["edges"]]
        assert f"{number}/inoculation" not in found, caller
    asked = {"c": f"{number}/residence", "d": "GRANTED", "r": REASON, "v": 1}
    assert codes(await step(harness, PART, health, **asked)) == ["CASE_UNKNOWN"]
    assert codes(await step(harness, PART, COLLEAGUE, **asked)) == ["FIELD_DENIED"]
    mine = {**asked, "c": f"{number}/inoculation"}
    assert codes(await step(harness, PART, {**health, "district": AWAY}, **mine)) == [
        "CASE_UNKNOWN"
    ]
    assert (await done(harness, PART, health, **mine))["made"] == mine["c"]


async def test_a_citizen_applies_for_whom_they_act(harness: Harness) -> None:
    parent = citizen("daughter")
    nobody = await step(harness, APPLY, parent, s="passport-minor", o="11010119000101001X")
    assert codes(nobody) == ["PERSON_UNKNOWN"]
    for person in ("given", "son", "stranger"):
        asked = {"s": "passport-minor", "o": NUMBERS[person]}
        assert await step(harness, APPLY, parent, **asked) == nobody, person
    await done(harness, APPLY, parent, s="passport-minor", o=NUMBERS["grandchild"])
    partner = await step(harness, APPLY, parent, s="marriage", o=NUMBERS["husband"])
    assert codes(partner) == ["PERSON_UNKNOWN"], "both come to the window"
    licence = {"s": "shop-licence", "c": COMPANY}
    assert codes(await step(harness, APPLY, citizen("son"), **licence)) == ["PERSON_UNKNOWN"]
    twice = await step(harness, APPLY, parent, s=SCHOOL, o=NUMBERS["daughter"])
    assert codes(twice) == ["BAD_ARGUMENT"]
    split = {"s": SPLIT}
    for wrong in ({"s": "nothing"}, {"s": SCHOOL}, split | {"c": COMPANY}, split | {"w": "999999"}):
        assert codes(await step(harness, APPLY, parent, **wrong)) == ["BAD_ARGUMENT"], wrong


async def test_an_appeal_is_decided_by_somebody_else(harness: Harness) -> None:
    applicant = citizen("adopted")
    number = (await done(harness, APPLY, applicant, s=SPLIT, w=HOME))["number"]
    early = await step(harness, APPEAL, applicant, c=number, r="对结果不服")
    assert codes(early) == ["CASE_STATE"]
    await done(harness, TAKE, c=number)
    await parts_granted(harness, number)
    await done(harness, DECIDE, c=number, d="REFUSED", r="面积不足,不予分户", v=2)
    assert codes(await step(harness, APPEAL, citizen("son"), c=number, r="对结果不服")) == [
        "CASE_UNKNOWN"
    ]
    both = await asyncio.gather(
        *(step(harness, APPEAL, applicant, c=number, r="房屋面积已变更") for _ in range(2))
    )
    assert sorted(map(codes, both)) == [[], ["CASE_STATE"]]
    (second,) = [a["data"]["appeal"]["number"] for a in both if not codes(a)]
    assert (await row(harness, second, applicant))["appealOf"] == number
    assert codes(await step(harness, TAKE, c=second)) == ["CASE_RECUSED"]
    other_code = {**OFFICER, "worker": "W-3"}
    assert codes(await step(harness, TAKE, other_code, c=second)) == ["CASE_RECUSED"]
    await done(harness, TAKE, COLLEAGUE, c=second)
    back = await step(harness, HAND, COLLEAGUE, c=second, w="W-1", r="转回原经办人")
    assert codes(back) == ["CASE_RECUSED"]
    first_hand = {**THIRD, "department": "natural-resources"}
    title = {"c": f"{second}/title", "d": "GRANTED", "r": REASON, "v": 1}
    assert codes(await step(harness, PART, first_hand, **title)) == ["CASE_RECUSED"]
    other_hand = {**ELSEWHERE, "district": HOME, "department": "natural-resources"}
    await done(harness, PART, other_hand, **title)
    await done(harness, DECIDE, COLLEAGUE, c=second, d="GRANTED", r=REASON, v=2)
    last = await step(harness, APPEAL, applicant, c=second, r="对结果仍不服")
    assert codes(last) == ["CASE_STATE"]


async def test_after_the_period_there_is_no_appeal(harness: Harness) -> None:
    applicant = citizen("vague-witness")
    number = await opened(harness, "lost", SPLIT)
    await parts_granted(harness, number)
    await done(harness, DECIDE, c=number, d="REFUSED", r=REASON, v=1)
    until = (await row(harness, number))["appealUntil"]
    assert until == (date.today() + timedelta(days=60)).isoformat()
    over = (date.today() - timedelta(days=1)).isoformat()
    text = "MATCH (c:Case {number: $n}) SET c.appealUntil = $d"
    await harness.store.write([(text, {"n": number, "d": over})])
    late = await step(harness, APPEAL, citizen("lost"), c=number, r="对结果不服")
    assert codes(late) == ["CASE_STATE"]
    assert codes(await step(harness, APPEAL, applicant, c=number, r="对结果不服")) == [
        "CASE_UNKNOWN"
    ]
    await harness.store.write([(text, {"n": number, "d": until})])


async def test_each_step_and_whom_it_is_about_stand_in_the_audit_before_it(
    harness: Harness,
) -> None:
    about = {"k": fresh(), "s": SPLIT, "n": NUMBERS["father"]}
    opening = await harness.graphql(
        "services", OPEN, about, principal=OFFICER, operation="case-opening-on-record"
    )
    number = opening["data"]["openCase"]["number"]
    ids = await harness.ids("Person")
    records = read(harness.settings.redis_url, operation="case-opening-on-record")
    rows = {(r.type, r.record, r.shown) for record in records for r in record.rows}
    assert {row for row in rows if not row[2][0].startswith("readiness:")} == {
        ("Mutation", "openCase", ("openCase",)),
        ("Person", ids[key("father")], ("cases",)),
    }
    assert {row[1] for row in rows if row[2][0].startswith("readiness:")} == {ids[key("father")]}
    for operation, case, outcome in (
        ("message-on-record", number, "disclosed"),
        ("no-message-on-record", "YC-NOTHING", "empty"),
    ):
        asked = {"k": fresh(), "c": case, "t": "请补充说明"}
        await harness.graphql("services", SEND, asked, principal=OFFICER, operation=operation)
        told = read(harness.settings.redis_url, operation=operation)
        outcomes = [x.outcome for x in told for r in x.rows if r.type == "Case"]
        assert outcomes == [outcome]
    text = """MATCH (s:CaseStep {caseNumber: $n}) RETURN s.operation AS operation,
      s.worker AS worker, s.actor AS actor, s.account AS account ORDER BY operation"""
    steps = await harness.store.read(text, {"n": number})
    by = {"worker": "W-1", "actor": NUMBERS["officer"], "account": "caseworker:test"}
    assert steps == [{"operation": "openCase", **by}, {"operation": "sendMessage", **by}]


async def test_what_stood_before_is_kept(harness: Harness) -> None:
    """Each version of a case, with from when to when it was believed; one is believed now."""
    number = await opened(harness, "past-witness", SPLIT)
    await done(harness, HAND, c=number, w="W-2", r="轮岗移交")
    text = """MATCH (:Case {number: $n})<-[:ABOUT]-(s:Statement)
      RETURN s.version AS version, s.recordedTo IS NULL AS believed ORDER BY version"""
    assert await harness.store.read(text, {"n": number}) == [
        {"version": 1, "believed": False},
        {"version": 2, "believed": True},
    ]


def test_what_stood_some_days_before_keeps_them() -> None:
    """On the day of the next step it ends; until then it was true."""
    first = Pages(Clock(datetime(2026, 3, 2, 9, tzinfo=UTC)))
    case = first.node("Case", "case:YC1", "YC1/1", {"number": "YC1", "version": 1, "grounds": None})
    said = {"type": "Case", "key": "k", "rank": 10, **case.fields, **_provenance(case)}
    second = Pages(Clock(datetime(2026, 3, 5, 9, tzinfo=UTC)))
    row = {"key": "case:YC1", "said": said}
    past, kept, now = second.changed("Case", row, "YC1/2", {"version": 2})
    assert loose_key(past) == loose_key(case)
    assert (past.source.recorded_to, past.source.valid_to) == ("2026-03-05T09:00:00Z", None)
    assert (kept.source.recorded_from, kept.source.recorded_to) == ("2026-03-05T09:00:00Z", None)
    assert (kept.source.valid_from, kept.source.valid_to) == ("2026-03-02", "2026-03-05")
    assert past.fields == kept.fields == {"number": "YC1", "version": 1}
    assert (now.source.valid_from, now.source.valid_to) == ("2026-03-05", None)
    assert now.fields == {"number": "YC1", "version": 2}


def _provenance(fact: NodeFact) -> dict[str, Any]:
    source = fact.source
    times = {"recordedFrom": source.recorded_from, "validFrom": source.valid_from}
    return {"register": source.register, "record": source.record, "disputed": False, **times}


def identity_card(status: str, record: str) -> list[Fact]:
    """What the register of licences says of the stranger's identity card, from today or before."""
    day = "2020-01-01" if status == "VALID" else date.today().isoformat()
    where = source(record, day, register="licence")
    card = "licence:ID-9"
    fields = {
        "number": "ID-9",
        "kind": "RESIDENT_IDENTITY_CARD",
        "status": status,
        "district": AWAY,
    }
    holding = source("ID-9", "2020-01-01", register="licence")
    return [
        NodeFact("Licence", card, where, fields),
        EdgeFact("LicenceHolding", "", "Person", key("stranger"), "Licence", card, holding, {}),
    ]


async def evidence(harness: Harness, number: str, caller: dict[str, str] = OFFICER) -> Any:
    answer = await harness.graphql("services", EVIDENCE, {"c": number}, principal=caller)
    return {e["requirement"]: e for e in answer["data"]["evidenceOfCase"]}


async def test_evidence_attaches_itself_and_is_kept_up(harness: Harness) -> None:
    """The applicant's own rights attach it; a licence that is revoked changes it at once, although
    the caseworker of another district does not see licences there."""
    await harness.load(identity_card("VALID", "ID-9"))
    service = "housing-fund-withdrawal"
    number = (await done(harness, APPLY, citizen("stranger"), s=service, w=HOME))["number"]
    await done(harness, TAKE, c=number)
    found = await evidence(harness, number)
    identity = found["identity"]
    assert (identity["state"], identity["heldBy"], identity["heldRecord"]) == (
        "ON_FILE",
        "licence",
        "ID-9",
    )
    others = {e["state"] for e in found.values() if not e["heldBy"]}
    assert "NOT_ON_FILE" in others
    before = await stated(harness)
    refused = await step(harness, ASK, c=number, q="identity", t="请提交身份证复印件")
    assert codes(refused) == ["ALREADY_ON_FILE"]
    assert "register licence, record ID-9" in refused["errors"][0]["message"]
    assert await stated(harness) == before
    missing = next(name for name, e in found.items() if e["state"] == "NOT_ON_FILE")
    asked = await asyncio.gather(
        *(step(harness, ASK, c=number, q=missing, t="请提交购房合同") for _ in range(2))
    )
    assert sorted(map(codes, asked)) == [[], ["CASE_CONFLICT"]]
    (receipt,) = [a["data"]["requestEvidence"] for a in asked if not codes(a)]
    assert receipt["made"] == f"{number}/{missing}"
    assert (await evidence(harness, number))[missing]["state"] == "REQUESTED"
    unknown = await step(harness, ASK, c=number, q="no-such", t="请提交购房合同")
    assert codes(unknown) == ["BAD_ARGUMENT"]
    await harness.load(identity_card("REVOKED", "ID-9-R"))
    await parts_granted(harness, number)
    granting = await step(harness, DECIDE, c=number, d="GRANTED", r=REASON, v=2)
    assert codes(granting) == ["CASE_STATE"]
    assert "identity" in granting["errors"][0]["message"]
    assert (await evidence(harness, number))["identity"]["state"] == "LAPSED"
    await done(harness, DECIDE, c=number, d="REFUSED", r="身份证已注销", v=2)
    query = """query ($c: String!) { case(number: $c) { messages { edges { node {
      requirement text } } } evidence { edges { node { requirement state } } } } }"""
    answer = await harness.graphql(
        "cases", query, {"c": number}, consumer="citizen", principal=citizen("stranger")
    )
    case = answer["data"]["case"]
    assert [e["node"]["requirement"] for e in case["messages"]["edges"]] == [missing]
    states = {e["node"]["requirement"]: e["node"]["state"] for e in case["evidence"]["edges"]}
    assert (states["identity"], states[missing]) == ("LAPSED", "REQUESTED")


async def test_evidence_is_of_the_office_of_the_case(harness: Harness) -> None:
    """The applicant is registered elsewhere, and neither side changes what is attached."""
    applicant = citizen("past-client")
    number = (await done(harness, APPLY, applicant, s=SPLIT, w=HOME))["number"]
    await done(harness, TAKE, c=number)
    for _ in range(2):
        found = await evidence(harness, number)
        assert found["registered-here"]["state"] == "NOT_ON_FILE"
    await parts_granted(harness, number)
    await done(harness, DECIDE, c=number, d="REFUSED", r="户籍不在本区", v=2)


async def test_evidence_is_kept_up_once_by_those_who_look_at_once(harness: Harness) -> None:
    number = await opened(harness, "husband", "vehicle-transfer")
    await asyncio.gather(*(evidence(harness, number) for _ in range(4)))
    text = """MATCH (:Case {number: $n})<-[:EVIDENCE_OF_CASE]-(e)<-[:ABOUT]-(s:Statement)
      WHERE s.recordedTo IS NULL WITH e, count(s) AS said WHERE said > 1 RETURN count(e) AS count"""
    assert (await harness.store.read(text, {"n": number}))[0]["count"] == 0


def test_the_page_has_every_step() -> None:
    page = (Path(__file__).parents[2] / "docs" / "cases.md").read_text(encoding="utf-8")
    assert {*TRANSITIONS, "openCase", "applyForService"} == set(MUTATIONS)
    for name in MUTATIONS:
        assert f"| `{name}` |" in page


async def test_a_case_of_another_register_is_handled_there(harness: Harness) -> None:
    for operation, more in ((SEND, {"t": "请补充说明"}), (HAND, {"w": "W-2", "r": "轮岗移交"})):
        assert codes(await step(harness, operation, c="C-1", **more)) == ["CASE_UNKNOWN"]


@pytest.mark.parametrize(
    ("operation", "caller"),
    [
        (OPEN, {"district": HOME, "person": NUMBERS["officer"]}),
        (OPEN, {"person": NUMBERS["officer"], "worker": "W-1"}),
        (APPLY, {}),
    ],
)
async def test_a_token_that_does_not_say_who_it_is_opens_nothing(
    harness: Harness, operation: str, caller: dict[str, str]
) -> None:
    who = {"consumer": "caseworker" if caller else "citizen", "principal": caller}
    asked = {"k": fresh(), "s": SPLIT, "n": NUMBERS["found"]}
    answer = await harness.graphql("services", operation, asked, **who)
    assert codes(answer) == ["FIELD_DENIED"]


async def test_the_current_picture_can_be_derived_anew(harness: Harness) -> None:
    before = await digest(harness.store)
    await rebuild(harness.store, today=date.today().isoformat())
    assert await digest(harness.store) == before
