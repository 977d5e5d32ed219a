"""A school's platform gets a signed yes through the gateway; the school checks it by itself."""

from __future__ import annotations

import json
import re
from pathlib import Path

import httpx
import pytest
from stack import Stack

from audit.reader import read
from cli.examples import SIGNED
from runtime.errors import CitizengraphError
from subgraphs.proofs.checking import check_status, checked
from tests.family import NUMBERS

DOCS = (Path(__file__).parents[2] / "docs" / "proofs.md").read_text(encoding="utf-8")
PROVE = """query ($p: PersonRef!, $o: PersonRef!, $n: String!) {
  proveRelationship(question: isMotherOf, person: $p, of: $o,
    audience: "school-enrolment", nonce: $n) { token reference } }"""
OWN_AGE = """query ($p: PersonRef!) { proveAge(person: $p, atLeast: 18,
  audience: "school-enrolment", nonce: "nonce-0003") { token } }"""
HOME_OF = """query ($p: PersonRef!) { proveResidence(person: $p, district: "1101",
  audience: "school-enrolment", nonce: "nonce-0004") { token } }"""
KEYS = "/.well-known/proofs/jwks.json"
ISSUER, SCHOOL = "citizengraph-proofs", "school-enrolment"


def pair(of: str, nonce: str) -> dict[str, object]:
    numbers = {"p": NUMBERS["daughter"], "o": NUMBERS.get(of, of)}
    return {**{name: {"citizenNumber": n} for name, n in numbers.items()}, "n": nonce}


def test_enrolment_without_a_paper(stack: Stack) -> None:
    keys = httpx.get(f"{stack.url}{KEYS}").json()
    reply = stack.ask(SCHOOL, PROVE, pair("grandchild", "nonce-0001"))
    proof = reply.data["proveRelationship"]
    claims = checked(proof["token"], keys, ISSUER, SCHOOL, "nonce-0001")
    assert claims["claim"]["answer"] == "YES"
    with pytest.raises(CitizengraphError, match="PROOF_NONCE"):
        checked(proof["token"], keys, ISSUER, SCHOOL, "nonce-0002")
    told = stack.command(
        *("proof", "verify", proof["token"], "--audience", SCHOOL, "--nonce", "nonce-0001"),
        *("--keys", f"{stack.url}{KEYS}"),
    )
    assert told.stdout.startswith("YES\n")
    rows = {row.type: row for record in _records(stack, reply.operation) for row in record.rows}
    assert rows["Proof"].record == proof["reference"]
    assert rows["KinshipAnswer"].shown == ("isMotherOf.answer",)


def test_a_citizen_proves_a_residence_and_its_status_is_published(stack: Stack) -> None:
    own = {"p": {"citizenNumber": NUMBERS["stranger"]}}
    reply = stack.ask("citizen", HOME_OF, own, person=NUMBERS["stranger"])
    token = reply.data["proveResidence"]["token"]
    keys = httpx.get(f"{stack.url}{KEYS}").json()
    claims = checked(token, keys, ISSUER, SCHOOL, "nonce-0004")
    assert claims["claim"] == {"question": "isResidentIn", "district": "110100", "answer": "YES"}
    uri = claims["status"]["status_list"]["uri"]
    assert uri == f"{stack.url}/.well-known/proofs/status/0"
    check_status(claims, httpx.get(uri, timeout=20).text, keys)
    options = ("--audience", SCHOOL, "--nonce", "nonce-0004", "--json")
    told = stack.command("proof", "verify", token, *options)
    assert json.loads(told.stdout)["standing"] == "VALID"


def test_the_query_of_the_docs_says_what_the_docs_say(stack: Stack) -> None:
    (query,) = re.findall(r"```graphql\n(.*?)```", DOCS, re.S)
    numbers = {"mother": NUMBERS["daughter"], "child": NUMBERS["grandchild"]}
    reply = stack.ask(SCHOOL, query, {n: {"citizenNumber": v} for n, v in numbers.items()})
    keys = httpx.get(f"{stack.url}{KEYS}").json()
    token = reply.data["proveRelationship"]["token"]
    claims = checked(token, keys, ISSUER, SCHOOL, "f3kx-27ab-90")
    (payload,) = re.findall(r"```json\n(.*?)```", DOCS, re.S)
    written = json.loads(payload)
    assert set(claims) == set(written)
    assert claims["words"] == written["words"]
    assert set(claims["claim"]) == set(written["claim"])
    assert written["exp"] - written["iat"] == claims["exp"] - claims["iat"]


def test_what_graphiql_offers_is_answered(stack: Stack) -> None:
    numbers = {"adult": NUMBERS["daughter"], "child": NUMBERS["grandchild"]}
    reply = stack.ask(SCHOOL, SIGNED, {n: {"citizenNumber": v} for n, v in numbers.items()})
    assert reply.data["proveRelationship"]["token"].count(".") == 2


def test_of_an_adult_and_of_nobody_the_same(stack: Stack) -> None:
    replies = [
        stack.ask(SCHOOL, PROVE, pair(of, "nonce-0001"))
        for of in ("mother", "stranger", "11010119000101001X")
    ]
    told = [(reply.body["data"], reply.codes) for reply in replies]
    assert told == [({"proveRelationship": None}, ["FIELD_DENIED"])] * 3
    assert len({reply.body["errors"][0]["message"] for reply in replies}) == 1


def test_a_citizen_proves_their_own_age_and_a_caseworker_nothing(stack: Stack) -> None:
    keys = httpx.get(f"{stack.url}{KEYS}").json()
    own = {"p": {"citizenNumber": NUMBERS["daughter"]}}
    proof = stack.ask("citizen", OWN_AGE, own, person=NUMBERS["daughter"]).data["proveAge"]
    claim = checked(proof["token"], keys, ISSUER, SCHOOL, "nonce-0003")["claim"]
    assert claim == {"question": "isAtLeast", "years": 18, "answer": "YES"}
    other = stack.ask("citizen", OWN_AGE, own, person=NUMBERS["mother"])
    assert (other.data, other.codes) == ({"proveAge": None}, ["PERSON_UNKNOWN"])
    refused = stack.ask("caseworker", OWN_AGE, own, district="110101", worker="W-1")
    assert refused.codes == ["QUERY_INVALID"]


def _records(stack: Stack, operation: str) -> list[object]:
    return read(stack.settings.redis_url, operation=operation)
