"""A refused operation is in the audit before the consumer is told that it is refused."""

import hashlib
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from gateway_stack import Stack

PERSON = '{ person(citizenNumber: "1") { %s } }'


@pytest.fixture(autouse=True)
def refusals(stack: Stack) -> Iterator[None]:
    stack.refusals.seen.clear()
    yield
    stack.refusals.status, stack.refusals.seconds = 204, 0.0


def code_of(answer: httpx.Response) -> str:
    (code,) = {error["extensions"]["code"] for error in answer.json()["errors"]}
    return code


def recorded(stack: Stack) -> dict[str, Any]:
    (refusal,) = stack.refusals.seen
    return refusal


@pytest.mark.parametrize("field", ["citizenNumber", "citizenNomber"])
def test_a_denied_and_a_nonsense_field_are_recorded_alike(stack: Stack, field: str) -> None:
    query = f"query Look {PERSON % f'name {field} {field}'}"
    headers = stack.headers("school-enrolment", **{"Citizengraph-Case": "2026/7"})
    answer = stack.ask(query, headers=headers, operationName="Look")
    assert (answer.status_code, code_of(answer)) == (400, "QUERY_INVALID")
    refusal = recorded(stack)
    assert refusal["body"] == {"code": "QUERY_INVALID", "fields": [f"Person.{field}"]}
    claims = refusal["claims"]
    usual = {
        "iss": "citizengraph-gateway",
        "aud": "audit",
        "sub": "school-enrolment:test",
        "consumer": "school-enrolment",
        "purpose": "kinship-check",
        "basis": "education-act-12",
        "case": "2026/7",
        "policy": "policy-1",
        "operation": answer.headers["Citizengraph-Operation"],
        "operationName": "Look",
        "operationHash": hashlib.sha256(query.encode()).hexdigest(),
    }
    assert claims | usual == claims


def nested(levels: int) -> str:
    return PERSON % ("mother { " * levels + "name" + " }" * levels)


@pytest.mark.parametrize(
    ("query", "variables", "code", "fields"),
    [
        ("{ person(", {}, "QUERY_INVALID", []),
        ("mutation { x }", {}, "QUERY_INVALID", []),
        (PERSON % "constructor: name", {}, "QUERY_INVALID", []),
        (PERSON % "constructor: secret", {}, "QUERY_INVALID", ["Person.secret"]),
        (PERSON % 'name(n: "x")', {}, "QUERY_INVALID", ["Person.name"]),
        ("{ people(filter: { citizenNumber: 1 }) { name } }", {}, "QUERY_INVALID", ["*"]),
        (
            "query($f: PersonFilter) { people(filter: $f) { name } }",
            {"f": {"citizenNumber": "110101199001014321"}},
            "QUERY_INVALID",
            ["*"],
        ),
        ("query($n: String!) { person(citizenNumber: $n) { name } }", {}, "QUERY_INVALID", []),
        ("{ __typename }", {"n": "\ud800"}, "QUERY_INVALID", []),
        (nested(30), {}, "QUERY_TOO_DEEP", []),
        ("{" + " __typename" * 2_001 + "}", {}, "QUERY_TOO_LARGE", []),
        (PERSON % " ".join(f"f{i}" for i in range(30)), {}, "QUERY_INVALID", 20),
    ],
)
def test_every_refused_operation_is_recorded(
    stack: Stack, query: str, variables: dict[str, Any], code: str, fields: list[str] | int
) -> None:
    assert code_of(stack.ask(query, variables=variables)) == code
    body = recorded(stack)["body"]
    assert body["code"] == code
    if isinstance(fields, int):
        assert len(body["fields"]) == fields
    else:
        assert body["fields"] == [
            "PersonFilter.citizenNumber" if field == "*" else field for field in fields
        ]
    assert "110101199001014321" not in str(body)


@pytest.mark.parametrize("name", ["", "x" * 5_000, "a b"])
def test_an_operation_name_that_is_none_is_null(stack: Stack, name: str) -> None:
    assert code_of(stack.ask(PERSON % "nothing", operationName=name)) == "QUERY_INVALID"
    assert recorded(stack)["claims"]["operationName"] is None


@pytest.mark.parametrize(("status", "seconds"), [(503, 0.0), (401, 0.0), (200, 0.0), (204, 2.0)])
@pytest.mark.parametrize("field", ["citizenNumber", "citizenNomber"])
def test_a_refusal_that_cannot_be_recorded_is_not_told(
    stack: Stack, status: int, seconds: float, field: str
) -> None:
    stack.refusals.status, stack.refusals.seconds = status, seconds
    answer = stack.ask(PERSON % field, "school-enrolment")
    assert (answer.status_code, code_of(answer)) == (503, "AUDIT_UNAVAILABLE")
    assert field not in answer.text
    assert "127.0.0.1" not in answer.text


def test_the_audit_is_down(stack: Stack) -> None:
    stack.served["audit"].stop()
    try:
        answer = stack.ask(PERSON % "nothing")
        assert (answer.status_code, code_of(answer)) == (503, "AUDIT_UNAVAILABLE")
        assert stack.ask(PERSON % "name").is_success
    finally:
        stack.served["audit"].start()
    assert code_of(stack.ask(PERSON % "nothing")) == "QUERY_INVALID"


def test_what_is_no_operation_of_a_known_purpose_is_not_recorded(stack: Stack) -> None:
    assert stack.ask(PERSON % "nothing", headers={}).status_code == 401
    other = stack.headers(**{"Citizengraph-Purpose": "other"})
    assert stack.ask(PERSON % "nothing", headers=other).status_code == 403
    assert stack.ask(PERSON % "name").is_success
    assert stack.refusals.seen == []


@pytest.mark.parametrize("value", [None, "no address"])
def test_the_gateway_does_not_start_without_the_audit(
    stack: Stack, tmp_path: Path, value: str | None
) -> None:
    configuration = json.loads((stack.home / "gateway.json").read_text())
    del configuration["refusalsUrl"]
    if value is not None:
        configuration["refusalsUrl"] = value
    path = tmp_path / "gateway.json"
    path.write_text(json.dumps(configuration))
    command = stack.node.command("main.mjs", str(path))
    done = subprocess.run(command, capture_output=True, text=True, timeout=30)
    assert done.returncode == 1
    assert "refusalsUrl" in done.stdout
