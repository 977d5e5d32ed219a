"""Requests that are refused before any subgraph is asked."""

import base64
import json
import socket
import time
from typing import Any

import httpx
import pytest
from gateway_stack import Stack, wait_until
from joserfc import jwt
from joserfc.jwk import ECKey

QUERY = '{ person(citizenNumber: "1") { name } }'


@pytest.fixture(autouse=True)
def no_subgraph_is_asked(stack: Stack) -> Any:
    stack.seen.clear()
    yield
    assert stack.seen == []


def error_of(answer: httpx.Response) -> dict[str, Any]:
    body = answer.json()
    assert "data" not in body
    (error,) = body["errors"]
    code = error["extensions"]["code"]
    assert error["extensions"]["docs"] == f"docs/errors/{code}.md"
    assert error["extensions"]["operation"] == answer.headers["Citizengraph-Operation"]
    return error


def refused(stack: Stack, token: str) -> str:
    headers = stack.headers(Authorization=f"Bearer {token}")
    answer = stack.ask(QUERY, headers=headers)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    error = error_of(answer)
    assert error["extensions"]["code"] == "UNAUTHENTICATED"
    return error["message"]


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "other"},
        {"iss": "other"},
        {"typ": "JWT"},
        {"exp": None},
        {"sub": None},
        {"client_id": None},
        {"nbf": int(time.time()) + 86_400},
    ],
)
def test_tokens_that_are_not_accepted(stack: Stack, claims: dict[str, Any]) -> None:
    assert refused(stack, stack.token(**claims)) == "The access token is not accepted."


def test_expired_and_malformed_tokens(stack: Stack) -> None:
    expired = stack.token(exp=int(time.time()) - 60)
    assert refused(stack, expired) == "The access token has expired."
    assert refused(stack, "nonsense") == "The access token is not accepted."
    no_header = {k: v for k, v in stack.headers().items() if k != "Authorization"}
    assert "Authorization" in error_of(stack.ask(QUERY, headers=no_header))["message"]


def test_tokens_signed_otherwise(stack: Stack) -> None:
    claims = stack.token().split(".")[1]
    none = base64.urlsafe_b64encode(b'{"alg":"none","typ":"at+jwt"}').decode().rstrip("=")
    assert refused(stack, f"{none}.{claims}.x") == "The access token is not accepted."
    foreign = ECKey.generate_key("P-256")
    header = {"alg": "ES256", "typ": "at+jwt", "kid": stack.issuer.key.kid}
    payload = json.loads(base64.urlsafe_b64decode(claims + "=="))
    forged = jwt.encode(header, payload, foreign)
    assert refused(stack, forged) == "The access token is not accepted."


@pytest.mark.parametrize("principal", [[], "x", {"district": ["110101"]}, {"district": None}])
def test_principals_of_another_form(stack: Stack, principal: object) -> None:
    assert refused(stack, stack.token(principal=principal)).endswith("of an unexpected form.")


def test_a_client_that_is_no_consumer(stack: Stack) -> None:
    words = "The access token belongs to no consumer of this graph."
    assert refused(stack, stack.token("stranger")) == words
    assert refused(stack, stack.token("__proto__")).startswith("The access token has claims")


@pytest.mark.parametrize(
    ("header", "code"),
    [("Citizengraph-Purpose", "PURPOSE_UNKNOWN"), ("Citizengraph-Basis", "BASIS_UNKNOWN")],
)
def test_purpose_and_basis(stack: Stack, header: str, code: str) -> None:
    granted_to_others = {
        "Citizengraph-Purpose": "licence-check",
        "Citizengraph-Basis": "civil-code-1111",
    }[header]
    answers: list[str] = []
    for value in (granted_to_others, "nonsense", "constructor"):
        headers = stack.headers("school-enrolment", **{header: value})
        answer = stack.ask(QUERY, headers=headers)
        assert answer.status_code == 403
        error = error_of(answer)
        assert error["extensions"]["code"] == code
        answers.append(error["message"])
    assert len(set(answers)) == 1
    assert header in answers[0]
    without = {k: v for k, v in stack.headers().items() if k != header}
    missing = error_of(stack.ask(QUERY, headers=without))
    assert missing["extensions"]["code"] == code
    assert missing["message"] == f"The header {header} is missing."


@pytest.mark.parametrize("case", ["x" * 65, "a b", "-1", "a'b"])
def test_case_reference(stack: Stack, case: str) -> None:
    answer = stack.ask(QUERY, headers=stack.headers(**{"Citizengraph-Case": case}))
    assert answer.status_code == 400
    assert error_of(answer)["extensions"]["code"] == "CASE_INVALID"


def nested(levels: int) -> str:
    inner = "name"
    for _ in range(levels - 2):
        inner = f"mother {{ {inner} }}"
    return f'{{ person(citizenNumber: "1") {{ {inner} }} }}'


def bomb(levels: int) -> str:
    fragments = [
        f"fragment F{i} on Person {{ a: mother {{ ...F{i + 1} }} b: mother {{ ...F{i + 1} }} }}"
        for i in range(levels)
    ]
    last = f"fragment F{levels} on Person {{ name }}"
    return " ".join(['{ person(citizenNumber: "1") { ...F0 } }', *fragments, last])


@pytest.mark.parametrize(
    ("query", "code"),
    [
        (nested(25), "QUERY_TOO_DEEP"),
        ("{" + " ".join(f"a{i}: __typename" for i in range(51)) + "}", "QUERY_TOO_LARGE"),
        ("{" + " __typename" * 2_001 + "}", "QUERY_TOO_LARGE"),
        (bomb(20), "QUERY_TOO_LARGE"),
        (bomb(30), "QUERY_TOO_DEEP"),
        (
            "{ __schema " + "{ types { ofType " * 10 + "{ name }" + "} }" * 10 + "}",
            "QUERY_TOO_DEEP",
        ),
        ("{ person(", "QUERY_INVALID"),
        ("subscription { x }", "QUERY_INVALID"),
        ("query A { __typename } query B { __typename }", "QUERY_INVALID"),
        ("{ ...A } fragment A on Query { ...A }", "QUERY_INVALID"),
        (" ", "QUERY_INVALID"),
        ("{ __typename } # \ud800", "QUERY_INVALID"),
    ],
)
def test_documents_out_of_bounds(stack: Stack, query: str, code: str) -> None:
    answer = stack.ask(query)
    assert answer.status_code == 400, answer.text
    assert answer.json()["errors"][0]["extensions"]["code"] == code


@pytest.mark.parametrize("kind", ["mutation", "subscription"])
@pytest.mark.parametrize("rest", ["{ x }", "A { x } query B { __typename }"])
def test_only_queries_are_served(stack: Stack, kind: str, rest: str) -> None:
    answer = stack.ask(f"{kind} {rest}", operationName="B" if "B" in rest else None)
    assert answer.status_code == 400
    error = answer.json()["errors"][0]
    assert error["extensions"]["code"] == "QUERY_INVALID"
    assert error["message"] == f"Only queries are served, and this is a {kind}."


@pytest.mark.parametrize("variables", [{"n": "\ud800"}, {"n": [{"\udfff": 1}]}])
def test_text_that_is_no_unicode(stack: Stack, variables: dict[str, Any]) -> None:
    query = "query($n: String!) { person(citizenNumber: $n) { name } }"
    answer = stack.ask(query, variables=variables)
    assert answer.status_code == 400
    error = error_of(answer)
    assert error["extensions"]["code"] == "QUERY_INVALID"
    assert "surrogate" in error["message"]


def test_a_client_that_leaves_in_the_middle_is_no_internal_error(stack: Stack) -> None:
    before = len(stack.log_entries())
    headers = {**stack.headers(), "Host": "x", "Content-Type": "application/json"}
    lines = [f"{name}: {value}" for name, value in headers.items()]
    head = "\r\n".join(["POST /graphql HTTP/1.1", *lines, "Content-Length: 500", "", "{"])
    with socket.create_connection(("127.0.0.1", stack.port)) as client:
        client.sendall(head.encode())
        time.sleep(0.2)
    wait_until(lambda: len(stack.log_entries()) > before)
    assert {entry["event"] for entry in stack.log_entries()[before:]} == {"request"}


@pytest.mark.parametrize(
    ("content", "content_type", "status"),
    [
        (b"{", "application/json", 400),
        (b'[{"query": "{ __typename }"}]', "application/json", 400),
        (b'{"query": 5}', "application/json", 400),
        (b'{"query": "{ __typename }", "variables": [1]}', "application/json", 400),
        (b"query={__typename}", "application/x-www-form-urlencoded", 415),
    ],
)
def test_bodies_of_another_form(
    stack: Stack, content: bytes, content_type: str, status: int
) -> None:
    headers = stack.headers(**{"Content-Type": content_type})
    answer = httpx.post(f"{stack.url}/graphql", content=content, headers=headers, trust_env=False)
    assert answer.status_code == status
    assert error_of(answer)["extensions"]["code"] == "QUERY_INVALID"


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_of_300_kib(stack: Stack, chunked: bool) -> None:
    body = json.dumps({"query": QUERY, "variables": {"x": "x" * 300 * 1024}}).encode()
    content = (body[i : i + 65_536] for i in range(0, len(body), 65_536)) if chunked else body
    headers = stack.headers(**{"Content-Type": "application/json"})
    answer = httpx.post(f"{stack.url}/graphql", content=content, headers=headers, trust_env=False)
    assert answer.status_code == 413
    assert error_of(answer)["extensions"]["code"] == "REQUEST_TOO_LARGE"


def test_get_is_not_allowed(stack: Stack) -> None:
    answer = httpx.get(f"{stack.url}/graphql?query={{__typename}}", trust_env=False)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
