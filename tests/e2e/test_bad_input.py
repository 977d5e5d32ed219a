"""Bad input is refused with a code, in words, and betrays nothing."""

from __future__ import annotations

import time

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey
from stack import PURPOSES, Stack

from tests.family import HOME, NUMBERS

LOOKUP = "query ($n: String!) { person(citizenNumber: $n) { name } }"
LEAKS = (
    "cypher",
    "neo4j",
    "traceback",
    "127.0.0.1",
    "bolt",
    "coalesce",
    "match (",
    "/site-packages",
)


def test_malformed_query(stack: Stack) -> None:
    reply = stack.ask("caseworker", "query { person(", district=HOME)
    assert (reply.status, reply.codes) == (400, ["QUERY_INVALID"])


def test_too_deep(stack: Stack) -> None:
    inner = "name"
    for _ in range(12):
        inner = f"parents {{ edges {{ node {{ {inner} }} }} }}"
    query = f'{{ person(citizenNumber: "{NUMBERS["mother"]}") {{ {inner} }} }}'
    reply = stack.ask("caseworker", query, district=HOME)
    assert (reply.status, reply.codes) == (400, ["QUERY_TOO_DEEP"])


def test_too_big(stack: Stack) -> None:
    many = " ".join(f"a{i}: name" for i in range(3000))
    query = f'{{ person(citizenNumber: "{NUMBERS["mother"]}") {{ {many} }} }}'
    reply = stack.ask("caseworker", query, district=HOME)
    assert (reply.status, reply.codes) == (400, ["QUERY_TOO_LARGE"])


def test_too_many_rows(stack: Stack) -> None:
    page = "first: 100"
    query = f"{{ people({page}) {{ edges {{ node {{ children({page}) {{ edges {{ node {{"
    query += f" parents({page}) {{ edges {{ cursor }} }} }} }} }} }} }} }} }}"
    reply = stack.ask("caseworker", query, district=HOME)
    assert reply.codes == ["QUERY_TOO_LARGE"]
    page_too_large = stack.ask(
        "caseworker", "{ people(first: 101) { edges { cursor } } }", district=HOME
    )
    assert page_too_large.codes == ["PAGE_TOO_LARGE"]


def test_body_too_large(stack: Stack) -> None:
    reply = stack.ask("caseworker", LOOKUP, {"n": "1" * 400_000}, district=HOME)
    assert (reply.status, reply.codes) == (413, ["REQUEST_TOO_LARGE"])


def forged(**changes: object) -> str:
    """A token that is right but for the key and the changes."""
    now = int(time.time())
    claims = {
        "iss": "citizengraph-dev-issuer",
        "aud": "citizengraph",
        "sub": "caseworker:forged",
        "client_id": "caseworker",
        "iat": now,
        "exp": now + 600,
        "principal": {"district": HOME},
        **changes,
    }
    key = ECKey.generate_key("P-256")
    return jwt.encode({"alg": "ES256", "typ": "at+jwt"}, claims, key)


@pytest.mark.parametrize(
    "authorization",
    [
        "",
        "Bearer",
        "Bearer nonsense",
        "Basic Y2FzZXdvcmtlcjp4",
        f"Bearer {forged()}",
        f"Bearer {forged(exp=1)}",
        "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.",
    ],
)
def test_wrong_token(stack: Stack, authorization: str) -> None:
    headers = {"Authorization": authorization}
    reply = stack.ask("caseworker", LOOKUP, {"n": "1"}, district=HOME, headers=headers)
    assert (reply.status, reply.codes) == (401, ["UNAUTHENTICATED"])


def test_unknown_purpose_and_basis(stack: Stack) -> None:
    for header, code in (
        ("Citizengraph-Purpose", "PURPOSE_UNKNOWN"),
        ("Citizengraph-Basis", "BASIS_UNKNOWN"),
    ):
        messages = set[str]()
        granted_to_others = PURPOSES["citizen"][0 if "Purpose" in header else 1]
        for value in ("made-up", granted_to_others):
            reply = stack.ask(
                "caseworker", LOOKUP, {"n": "1"}, district=HOME, headers={header: value}
            )
            assert (reply.status, reply.codes) == (403, [code])
            messages.add(reply.body["errors"][0]["message"])
        assert len(messages) == 1


@pytest.mark.parametrize(
    "value",
    [
        "'}) MATCH (n) DETACH DELETE n //",
        '" OR 1=1 --',
        "`; DROP",
        "\u0000",
        "1" * 65,
        "",
        "../../etc/passwd",
        "$principal_district",
        "身份",
    ],
)
def test_hostile_identifiers(stack: Stack, value: str) -> None:
    reply = stack.ask("caseworker", LOOKUP, {"n": value}, district=HOME)
    assert reply.codes == ["BAD_ARGUMENT"]
    assert "citizenNumber" in reply.body["errors"][0]["message"]
    text = str(reply.body).lower()
    assert not [leak for leak in LEAKS if leak in text]
    assert stack.ask("caseworker", LOOKUP, {"n": NUMBERS["mother"]}, district=HOME).data["person"]


def test_wrong_arguments(stack: Stack) -> None:
    cases = {
        "{ person { name } }": "BAD_ARGUMENT",
        '{ person(citizenNumber: "1", id: "2") { name } }': "BAD_ARGUMENT",
        '{ people(after: "nonsense") { edges { cursor } } }': "BAD_ARGUMENT",
        "{ people(first: 0) { edges { cursor } } }": "BAD_ARGUMENT",
        '{ person(citizenNumber: "1") { name(asOf: "yesterday") } }': "BAD_ARGUMENT",
        '{ person(citizenNumber: "1") { spouses(asOf: "2020-01-01", history: true) '
        "{ edges { cursor } } } }": "BAD_ARGUMENT",
        "{ people(where: { nonsense: { equals: 1 } }) { edges { cursor } } }": "QUERY_INVALID",
    }
    for query, code in cases.items():
        assert stack.ask("caseworker", query, district=HOME).codes == [code], query


def test_http_that_is_not_graphql(stack: Stack) -> None:
    token = stack.token("caseworker", HOME)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    for body in (b"", b"{", b"[]", b'"text"', b"\xff\xfe"):
        reply = httpx.post(f"{stack.url}/graphql", content=body, headers=headers)
        assert 400 <= reply.status_code < 500
        assert reply.json()["errors"][0]["extensions"]["code"]
