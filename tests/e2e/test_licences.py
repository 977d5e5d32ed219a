"""A licence from its issue to its end through the gateway, and what the holder shows of it."""

from __future__ import annotations

import asyncio
import json
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from stack import Reply, Stack

from graph.store import Store
from ingest.load import load
from tests.authorities import MARKET, POLICE, bodies
from tests.family import HOME, NUMBERS

GROUNDS = {"reason": "考试合格", "legalBasis": "道路交通安全法第十九条", "evidence": "AJ-2026-001"}
ISSUE = """mutation ($key: String!, $n: String!, $grounds: LicenceGrounds!) {
  issueLicence(key: $key, kind: DRIVING_LICENCE, citizenNumber: $n, grounds: $grounds) {
    version licence { number status expiryDate
      issuers { edges { node { name } } }
      holders { edges { node { ... on Person { name citizenNumber } } } }
      events { edges { node { action evidence } } } } } }"""
REVOKE = """mutation ($key: String!, $number: String!, $grounds: LicenceGrounds!) {
  revokeLicence(key: $key, number: $number, expects: 1, grounds: $grounds) {
    licence { status } } }"""
OWN = """query ($n: String!) { person(citizenNumber: $n) {
  licences { edges { node { number status events { edges { node { action reason } } } } } } } }"""
KEYS = "/.well-known/proofs/jwks.json"
HOLDER = NUMBERS["stranger"]


def officer(stack: Stack, query: str, authority: str = POLICE, **variables: Any) -> Reply:
    who = {"authority": authority, "district": HOME, "worker": "W-7"}
    return stack.ask("licence-authority", query, {**variables, "grounds": GROUNDS}, **who)


def own(stack: Stack, number: str) -> dict[str, Any]:
    reply = stack.ask("citizen", OWN, {"n": HOLDER}, person=HOLDER)
    nodes = [edge["node"] for edge in reply.data["person"]["licences"]["edges"]]
    return next(node for node in nodes if node["number"] == number)


@pytest.fixture(scope="module")
def number(stack: Stack) -> str:
    """Of a licence that was issued through the gateway."""

    async def loaded() -> None:
        home = stack.settings
        async with Store.connect(home.neo4j_uri, home.neo4j_user, home.neo4j_password) as store:
            await load(store, list(bodies()), today=date.today().isoformat())

    asyncio.run(loaded())
    made = officer(stack, ISSUE, key="e2e-issue-1", n=HOLDER).data["issueLicence"]
    licence = made["licence"]
    assert (made["version"], licence["status"]) == (1, "VALID")
    assert licence["issuers"]["edges"] == [{"node": {"name": "北京市公安局东城分局"}}]
    assert licence["holders"]["edges"] == [{"node": {"name": "孙丽", "citizenNumber": HOLDER}}]
    events = [{"node": {"action": "ISSUED", "evidence": GROUNDS["evidence"]}}]
    assert licence["events"]["edges"] == events
    return licence["number"]


def test_the_wrong_office_is_refused_with_its_code(stack: Stack, number: str) -> None:
    refused = officer(stack, ISSUE, MARKET, key="e2e-issue-2", n=NUMBERS["son"])
    assert (refused.data, refused.codes) == ({"issueLicence": None}, ["WRONG_AUTHORITY"])
    refused = officer(stack, REVOKE, MARKET, key="e2e-revoke-2", number=number)
    assert (refused.data, refused.codes) == ({"revokeLicence": None}, ["WRONG_AUTHORITY"])
    assert own(stack, number)["status"] == "VALID"


def test_a_citizen_and_a_caseworker_issue_nothing(stack: Stack) -> None:
    for consumer, who in (("citizen", {"person": HOLDER}), ("caseworker", {"district": HOME})):
        variables = {"key": "e2e-issue-3", "n": HOLDER, "grounds": GROUNDS}
        assert set(stack.ask(consumer, ISSUE, variables, **who).codes) == {"QUERY_INVALID"}


def test_the_holder_shows_it_on_the_command_line(stack: Stack, number: str, tmp_path: Path) -> None:
    me = ("--person", HOLDER)
    shown = json.loads(stack.command("licence", "show", number, *me, "--json").stdout)
    assert shown["licence"]["holders"] == [{"name": "孙丽"}]
    code = json.loads(stack.command("licence", "code", number, *me, "--json").stdout)["code"]
    assert "█" in stack.command("licence", "code", number, *me).stdout
    checked = ("licence", "check", code, "--keys", f"{stack.url}{KEYS}", "--json")
    assert json.loads(stack.command(*checked).stdout)["licence"]["kind"] == "DRIVING_LICENCE"
    other = ("--person", NUMBERS["son"])
    told = stack.command("licence", "verify", number, HOLDER, *other).stdout
    assert told == "VALID\n"
    assert stack.command("licence", "verify", code, "--code", *other).stdout == "VALID\n"
    altered = stack.command("licence", "verify", code[:-4] + "AAAA", "--code", *other, check=False)
    assert altered.returncode == 1
    assert "LICENCE_CODE_INVALID" in altered.stderr
    target = tmp_path / "licence.pdf"
    stack.command("licence", "pdf", number, *me, "--out", str(target))
    assert target.read_bytes().startswith(b"%PDF-")
    refused = stack.command("licence", "pdf", number, *other, "--out", str(target), check=False)
    assert "LICENCE_UNKNOWN" in refused.stderr
    assert "营业执照" in stack.command("licence", "types", *other, "--json").stdout


def test_the_keys_are_those_that_are_published(stack: Stack) -> None:
    keys = httpx.get(f"{stack.url}{KEYS}").json()["keys"]
    assert [key["crv"] for key in keys] == ["P-256"]


def test_what_is_accepted_where(stack: Stack) -> None:
    query = """{ recognisedLicences(region: "320102", service: "school-enrolment") {
      kind insteadOf { zh } } }"""
    found = stack.ask("citizen", query, person=HOLDER).data["recognisedLicences"]
    kinds = {rule["kind"] for rule in found}
    assert {"BIRTH_CERTIFICATE", "RESIDENT_IDENTITY_CARD"} <= kinds
    assert "PROPERTY_CERTIFICATE" not in kinds, "accepted in one region only"


def test_revoked_in_use_the_next_query_shows_it(stack: Stack, number: str) -> None:
    code = stack.ask(
        "citizen",
        "query ($n: String!) { licenceCode(number: $n) { code } }",
        {"n": number},
        person=HOLDER,
    ).data["licenceCode"]["code"]
    revoked = officer(stack, REVOKE, key="e2e-revoke-1", number=number)
    assert revoked.data["revokeLicence"]["licence"] == {"status": "REVOKED"}
    now = own(stack, number)
    assert now["status"] == "REVOKED"
    actions = [edge["node"]["action"] for edge in now["events"]["edges"]]
    assert sorted(actions) == ["ISSUED", "REVOKED"]
    scan = "query ($c: String!) { verifyLicenceCode(code: $c) }"
    told = stack.ask("citizen", scan, {"c": code}, person=NUMBERS["son"]).data
    assert told == {"verifyLicenceCode": "NOT_VALID"}
