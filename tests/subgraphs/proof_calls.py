"""Asking for proofs, as the tests of proofs do: with grants for ages, and each time a new nonce."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from harness import Harness
from joserfc import jwt
from joserfc.jwk import KeySet
from redis import Redis

from runtime.keys import public_keys_file
from runtime.neo4j.server import Neo4jAddress
from tests.family import NUMBERS
from tests.granted import policies_with

GRANTS = """
@id("school-ages")
permit (
  principal == Consumer::"school-enrolment",
  action in
    [Action::"clear:Person.ageOver14",
     Action::"clear:Person.ageOver16",
     Action::"clear:Person.ageOver18"],
  resource
)
when { context.purpose == "school-enrolment" && resource.minor };

@id("school-asks-for-ages")
permit (
  principal == Consumer::"school-enrolment",
  action == Action::"clear:Query.proveAge",
  resource
)
when { context.purpose == "school-enrolment" };
"""
RELATION = """query (
  $q: ProvableQuestion!, $p: PersonRef!, $o: PersonRef!, $a: String!, $n: String!
) { proveRelationship(question: $q, person: $p, of: $o, audience: $a, nonce: $n) {
  token reference expiresAt } }"""
AGE = """query ($p: PersonRef!, $y: Int!, $a: String!, $n: String!)
{ proveAge(person: $p, atLeast: $y, audience: $a, nonce: $n) { token reference expiresAt } }"""
RESIDENCE = """query ($p: PersonRef!, $d: String!, $on: Date, $a: String!, $n: String!)
{ proveResidence(person: $p, district: $d, on: $on, audience: $a, nonce: $n) { token } }"""
LICENCE = """query ($p: PersonRef, $e: String, $k: LicenceKind!, $a: String!, $n: String!)
{ proveLicence(person: $p, entity: $e, kind: $k, audience: $a, nonce: $n) { token } }"""
REPRESENTATION = """query ($p: PersonRef!, $e: String!, $a: String!, $n: String!)
{ proveRepresentation(person: $p, entity: $e, audience: $a, nonce: $n) { token } }"""
SCHOOL = "school-enrolment"
NOBODY = "11010119000101001X"


@asynccontextmanager
async def family_with_proofs(
    neo4j: Neo4jAddress, valkey: str, directory: Path, grants: str = GRANTS
) -> AsyncIterator[Harness]:
    """The family under the shipped grants and those above, or others."""
    async with Harness(neo4j, valkey, policies_with(directory, grants)) as running:
        await running.empty()
        await running.load()
        yield running


def forget_budget(valkey: str) -> None:
    """As on another day."""
    client = Redis.from_url(valkey)
    for key in client.scan_iter("citizengraph:proofs:*"):
        client.delete(key)
    client.close()


def person(name: str) -> dict[str, str]:
    return {"citizenNumber": NUMBERS.get(name, name)}


async def relation(
    harness: Harness,
    question: str,
    one: str,
    of: str,
    *,
    consumer: str = SCHOOL,
    audience: str = SCHOOL,
    nonce: str = "",
    **caller: Any,
) -> dict[str, Any]:
    given = {"q": question, "p": person(one), "o": person(of), "a": audience}
    given["n"] = nonce or uuid4().hex
    return await harness.graphql("proofs", RELATION, given, consumer=consumer, **caller)


async def age(
    harness: Harness, who: str, years: int, *, consumer: str = SCHOOL, **caller: Any
) -> dict[str, Any]:
    given = {"p": person(who), "y": years, "a": SCHOOL, "n": uuid4().hex}
    return await harness.graphql("proofs", AGE, given, consumer=consumer, **caller)


def own(name: str) -> dict[str, Any]:
    """The caller who asks about themselves."""
    return {"consumer": "citizen", "principal": {"person": NUMBERS.get(name, name)}}


async def asked(
    harness: Harness, query: str, given: dict[str, Any], audience: str = SCHOOL, **caller: Any
) -> dict[str, Any]:
    """One proof; the document says nothing of an argument that is not given."""
    known = given | {"a": audience, "n": uuid4().hex}
    text = query if "on" in given else query.replace("$on: Date, ", "").replace("on: $on, ", "")
    return await harness.graphql("proofs", text, known, **caller)


async def residence(
    harness: Harness, who: str, division: str, on: str = "", **caller: Any
) -> dict[str, Any]:
    given = {"p": person(who), "d": division} | ({"on": on} if on else {})
    return await asked(harness, RESIDENCE, given, **(caller or own(who)))


async def licence(harness: Harness, who: str, kind: str, **caller: Any) -> dict[str, Any]:
    return await asked(harness, LICENCE, {"p": person(who), "k": kind}, **(caller or own(who)))


async def representation(harness: Harness, who: str, entity: str, **caller: Any) -> dict[str, Any]:
    return await asked(
        harness, REPRESENTATION, {"p": person(who), "e": entity}, **(caller or own(who))
    )


def keys(harness: Harness) -> KeySet:
    return KeySet.import_key_set(
        json.loads(public_keys_file(harness.settings.home, "proofs").read_text())
    )


def opened(harness: Harness, answer: Mapping[str, Any]) -> dict[str, Any]:
    (proof,) = answer["data"].values()
    assert proof, answer
    return dict(jwt.decode(proof["token"], keys(harness), algorithms=["ES256"]).claims)
