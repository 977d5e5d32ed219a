"""@strict: an operation in which something is denied is rejected whole, and recorded as refused."""

from __future__ import annotations

import pytest
from gateway_stack import Stack

DENIED = 'person(citizenNumber: "1") { name at: citizenNumber mother { citizenNumber } }'


def test_with_a_denied_field_nothing_is_shown(stack: Stack) -> None:
    stack.refusals.seen.clear()
    answer = stack.ask(f"query Whole @strict {{ {DENIED} }}")
    assert answer.status_code == 403
    body = answer.json()
    assert "data" not in body
    assert "王芳" not in answer.text
    assert [(e["extensions"]["code"], e["path"]) for e in body["errors"]] == [
        ("STRICT_DENIED", ["person", "at"]),
        ("STRICT_DENIED", ["person", "mother", "citizenNumber"]),
    ]
    (refusal,) = stack.refusals.seen
    assert refusal["body"] == {"code": "STRICT_DENIED", "fields": []}


def test_without_the_directive_the_rest_is_shown(stack: Stack) -> None:
    answer = stack.ask(f"query Rest {{ {DENIED} }}").json()
    assert answer["data"]["person"]["name"] == "王芳"
    assert {e["extensions"]["code"] for e in answer["errors"]} == {"FIELD_DENIED"}


@pytest.mark.parametrize("field", ["name", "initial", "household { number }"])
def test_nothing_denied_is_answered_as_ever(stack: Stack, field: str) -> None:
    query = f'query A @strict {{ person(citizenNumber: "1") {{ {field} }} }}'
    plain = stack.ask(query.replace("@strict ", "")).json()
    assert stack.ask(query).json() == plain
    assert "errors" not in plain


def test_a_failure_is_no_denial(stack: Stack) -> None:
    answer = stack.ask('query A @strict { person(citizenNumber: "1") { name } broken }')
    assert answer.status_code == 200
    assert answer.json()["data"]["person"] == {"name": "王芳"}


def test_every_subgraph_is_told(stack: Stack) -> None:
    query = 'query A {0} {{ person(citizenNumber: "1") {{ name household {{ number }} }} }}'
    for directive, strict in (("@strict", True), ("", False)):
        stack.seen.clear()
        stack.ask(query.format(directive))
        assert {entry["claims"]["strict"] for entry in stack.seen} == {strict}


def test_the_directive_stands_in_the_schema_and_nowhere_else(stack: Stack) -> None:
    directives = stack.ask("{ __schema { directives { name locations } } }").json()["data"]
    assert {"name": "strict", "locations": ["QUERY"]} in directives["__schema"]["directives"]
    wrong = stack.ask('{ person(citizenNumber: "1") { name @strict } }')
    assert wrong.json()["errors"][0]["extensions"]["code"] == "QUERY_INVALID"
    twice = stack.ask("query A @strict @strict { __typename }")
    assert twice.json()["errors"][0]["extensions"]["code"] == "QUERY_INVALID"
