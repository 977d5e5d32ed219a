"""The good way through: two subgraphs, one pinned context, nothing shared between operations."""

import asyncio
import hashlib
from typing import Any

import httpx
from gateway_stack import Stack, wait_until

FAMILY = '{ person(citizenNumber: "1") { name household { number } mother { name } } }'


def code_of(answer: httpx.Response) -> str:
    return answer.json()["errors"][0]["extensions"]["code"]


def test_two_subgraphs_joined_by_a_key_that_the_consumer_may_not_see(stack: Stack) -> None:
    answer = stack.ask(FAMILY)
    assert answer.status_code == 200
    assert answer.json() == {
        "data": {
            "person": {"name": "王芳", "household": {"number": "H-1"}, "mother": {"name": "李娜"}}
        }
    }
    assert code_of(stack.ask('{ person(citizenNumber: "1") { id } }')) == "QUERY_INVALID"


def test_context_token_pins_the_operation_for_every_subgraph(stack: Stack) -> None:
    stack.seen.clear()
    query = f"query Family {FAMILY}"
    headers = stack.headers(**{"Citizengraph-Case": "2026/031-A", "X-Other": "1", "Cookie": "a=b"})
    answer = stack.ask(query, headers=headers)
    assert {entry["subgraph"] for entry in stack.seen} == {"people", "households"}
    for entry in stack.seen:
        claims: dict[str, Any] = entry["claims"]
        assert claims["aud"] == entry["subgraph"]
        assert claims["exp"] - claims["iat"] == 30
        assert (
            claims
            | {
                "iss": "citizengraph-gateway",
                "sub": "caseworker:test",
                "consumer": "caseworker",
                "purpose": "kinship-check",
                "basis": "civil-code-1111",
                "case": "2026/031-A",
                "principal": {"district": "110101"},
                "policy": "policy-1",
                "operation": answer.headers["Citizengraph-Operation"],
                "operationName": "Family",
                "operationHash": hashlib.sha256(query.encode()).hexdigest(),
            }
            == claims
        )
        assert not {"authorization", "cookie", "x-other", "citizengraph-case"} & set(
            entry["headers"]
        )


def test_a_context_header_of_the_client_is_ignored(stack: Stack) -> None:
    stack.seen.clear()
    assert stack.ask(FAMILY, headers=stack.headers(**{"Citizengraph-Context": "x"})).is_success
    assert {entry["claims"]["iss"] for entry in stack.seen} == {"citizengraph-gateway"}


async def test_equal_queries_in_flight_are_not_joined(stack: Stack) -> None:
    stack.seen.clear()
    async with httpx.AsyncClient(trust_env=False) as client:
        answers = await asyncio.gather(
            *(
                client.post(
                    f"{stack.url}/graphql", json={"query": "{ pause }"}, headers=stack.headers()
                )
                for _ in range(5)
            )
        )
    assert {answer.text for answer in answers} == {'{"data":{"pause":"paused"}}'}
    operations = {answer.headers["Citizengraph-Operation"] for answer in answers}
    assert {entry["claims"]["operation"] for entry in stack.seen} == operations
    assert len(operations) == 5


def test_the_log_has_the_request_and_nothing_of_its_content(stack: Stack) -> None:
    number = "110101199001014321"
    query = "query($n: String!) { person(citizenNumber: $n) { name } }"
    answer = stack.ask(query, variables={"n": number})
    operation = answer.headers["Citizengraph-Operation"]
    wait_until(lambda: operation in stack.log.read_text())
    (line,) = [e for e in stack.log_entries() if e.get("operation") == operation]
    assert line["consumer"] == "caseworker"
    assert line["status"] == 200
    assert line["ms"] > 0
    text = stack.log.read_text()
    assert number not in text
    assert "eyJ" not in text


def test_result_media_type_follows_the_accept_header(stack: Stack) -> None:
    plain = stack.ask(FAMILY)
    assert plain.headers["content-type"] == "application/json; charset=utf-8"
    modern = stack.ask(FAMILY, headers=stack.headers(Accept="application/graphql-response+json"))
    assert modern.headers["content-type"].startswith("application/graphql-response+json")
