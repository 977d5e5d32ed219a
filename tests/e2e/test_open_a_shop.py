"""A company opens a shop: three departments, one case, and a licence that is revoked meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from stack import Reply, Stack

from graph.facts import EdgeFact, Fact, NodeFact
from graph.store import Store
from ingest.load import load
from tests.authorities import MARKET, bodies
from tests.family import COMPANY, HOME, NUMBERS, source

SERVICE, SCHOOL = "shop-licence", "school-enrolment"
WHO = NUMBERS["husband"]
OFFICE = {"district": HOME, "worker": "W-91", "subject": "zhou@market"}
DEPARTMENTS = {
    department: {
        "district": HOME,
        "worker": worker,
        "subject": f"{department}@office",
        "person": NUMBERS["stranger"],
        "department": department,
    }
    for department, worker in (("health", "W-92"), ("tax", "W-93"))
}
GROUNDS = {"reason": "设立登记", "legalBasis": "市场主体登记管理条例第二十一条", "evidence": "SL-1"}
ISSUE = """mutation ($key: String!, $c: String!, $grounds: LicenceGrounds!) {
  issueLicence(key: $key, kind: BUSINESS_LICENCE, creditCode: $c, grounds: $grounds) {
    version licence { number status } } }"""
REVOKE = """mutation ($key: String!, $number: String!, $grounds: LicenceGrounds!) {
  revokeLicence(key: $key, number: $number, expects: 1, grounds: $grounds) {
    licence { status } } }"""
READINESS = """query ($n: String!, $c: String!) {
  readiness(service: "shop-licence", citizenNumber: $n, creditCode: $c) {
    papersSaved { id } requirements { state requirement { id } } } }"""
APPLY = """mutation ($key: String!, $c: String!, $o: String!) {
  applyForService(key: $key, service: "shop-licence", creditCode: $c, office: $o) { number } }"""
TAKE = "mutation ($key: String!, $n: String!) { takeCase(key: $key, number: $n) { version } }"
CASE = """query ($n: String!) { case(number: $n) { version
  parts { edges { node { reference department state } } }
  evidence { edges { node { requirement state heldBy } } }
  entities { edges { node { name
    representatives { edges { node { creditRecords { edges { node { kind standing } } } } } }
    creditRecords { edges { node { kind standing } } } } } } } }"""
EVIDENCE = "query ($n: String!) { evidenceOfCase(number: $n) { requirement state } }"
PART = """mutation ($key: String!, $r: String!) {
  decidePart(key: $key, reference: $r, decision: GRANTED, reason: "查验无误", expects: 1) {
    made } }"""
DECIDE = """mutation ($key: String!, $n: String!, $d: CaseVerdict!, $v: Int!) {
  decideCase(key: $key, number: $n, decision: $d, reason: "营业执照情况", expects: $v) {
    state } }"""
PROVE = """query ($c: String!, $nonce: String!) {
  proveLicence(entity: $c, kind: BUSINESS_LICENCE, audience: "school-enrolment",
    nonce: $nonce) { token } }"""


def credit() -> Iterator[Fact]:
    """A penalty of the company, and an order against its representative."""
    company, person = ("LegalEntity", f"USCC:{COMPANY}"), ("Person", f"GB11643:{WHO}")
    for number, kind, subject in (
        ("CF-91", "PENALTY", company),
        ("ZX-91", "COURT_ORDER", person),
    ):
        where, record = source(number, register="credit"), ("CreditRecord", f"credit:{number}")
        yield NodeFact(*record, where, {"number": number, "kind": kind})
        yield EdgeFact("CreditSubject", "", *subject, *record, where, {})


@pytest.fixture(scope="module")
def licence(stack: Stack) -> str:
    """Of the company, issued by the authority of its district."""

    async def loaded() -> None:
        home = stack.settings
        async with Store.connect(home.neo4j_uri, home.neo4j_user, home.neo4j_password) as store:
            await load(store, [*bodies(), *credit()], today=date.today().isoformat())

    asyncio.run(loaded())
    made = market(stack, ISSUE, key="shop-issue-1", c=COMPANY).data["issueLicence"]
    assert made["licence"]["status"] == "VALID"
    return made["licence"]["number"]


def market(stack: Stack, query: str, **variables: Any) -> Reply:
    who = {"authority": MARKET, "district": HOME, "worker": "W-94"}
    return stack.ask("licence-authority", query, {**variables, "grounds": GROUNDS}, **who)


def applicant(stack: Stack, query: str, **variables: Any) -> Any:
    def asked() -> Any:
        reply = stack.ask("citizen", query, variables, person=WHO)
        return None if "QUERY_TOO_LARGE" in reply.codes else reply

    reply = stack.wait_until(asked)
    assert reply.codes == [], reply.body
    return reply.data


def office(stack: Stack, query: str, caller: dict[str, str] = OFFICE, **variables: Any) -> Reply:
    def asked() -> Any:
        reply = stack.ask("caseworker", query, variables, **caller)
        return None if "QUERY_TOO_LARGE" in reply.codes else reply

    return stack.wait_until(asked)


def state(stack: Stack, requirement: str = "business-licence") -> str:
    told = applicant(stack, READINESS, n=WHO, c=COMPANY)["readiness"]["requirements"]
    return next(one["state"] for one in told if one["requirement"]["id"] == requirement)


def kinds(page: dict[str, Any] | None) -> list[str]:
    return [edge["node"]["kind"] for edge in (page or {"edges": []})["edges"]]


def test_a_licence_that_is_revoked_in_the_midst_of_it(stack: Stack, licence: str) -> None:
    assert (state(stack), state(stack, "represents")) == ("SATISFIED", "SATISFIED")
    nonce = {"nonce": "shop-nonce-1"}
    proof = applicant(stack, PROVE, c=COMPANY, **nonce)["proveLicence"]["token"]
    verify = ("proof", "verify", proof, "--audience", SCHOOL, "--nonce", "shop-nonce-1")
    assert "YES" in stack.command(*verify).stdout
    asked = {"c": COMPANY, "o": HOME}
    number = applicant(stack, APPLY, key="shop-apply-1", **asked)["applyForService"]["number"]
    assert office(stack, TAKE, key="shop-take-1", n=number).codes == []
    case = office(stack, CASE, n=number).data["case"]
    held = {e["node"]["requirement"]: e["node"] for e in case["evidence"]["edges"]}
    assert (held["business-licence"]["state"], held["business-licence"]["heldBy"]) == (
        "ON_FILE",
        "licence",
    )
    (company,) = [edge["node"] for edge in case["entities"]["edges"]]
    assert kinds(company["creditRecords"]) == ["PENALTY"]
    (person,) = [edge["node"] for edge in company["representatives"]["edges"]]
    assert kinds(person["creditRecords"]) == ["COURT_ORDER"]
    parts = {e["node"]["department"]: e["node"]["reference"] for e in case["parts"]["edges"]}
    assert set(parts) == set(DEPARTMENTS)
    for department, reference in parts.items():
        decided = office(
            stack, PART, DEPARTMENTS[department], key=f"shop-part-{department}", r=reference
        )
        assert decided.codes == []

    revoked = market(stack, REVOKE, key="shop-revoke-1", number=licence)
    assert revoked.data["revokeLicence"]["licence"]["status"] == "REVOKED"
    assert state(stack) == "MISSING"
    found = office(stack, EVIDENCE, n=number).data["evidenceOfCase"]
    assert {"requirement": "business-licence", "state": "LAPSED"} in found
    granting = office(stack, DECIDE, key="shop-grant-1", n=number, d="GRANTED", v=case["version"])
    assert granting.codes == ["CASE_STATE"]
    refused = stack.wait_until(lambda: taken_back(stack, verify), seconds=60)
    assert "PROOF_REVOKED" in refused
    over = office(stack, DECIDE, key="shop-refuse-1", n=number, d="REFUSED", v=case["version"])
    assert over.data["decideCase"] == {"state": "CLOSED"}


def taken_back(stack: Stack, verify: tuple[str, ...]) -> str | None:
    """What verifying says once it is refused: a status list is made anew every 15 seconds."""
    done = stack.command(*verify, check=False)
    return done.stderr + done.stdout if done.returncode else None
