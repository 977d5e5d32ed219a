"""What stands at the root of an operation: type names before fragments, and nothing at all."""

from __future__ import annotations

from typing import Any

import pytest
from gateway_stack import Stack

PERSON = 'person(citizenNumber: "1") { name }'
SKIPPED = 'person(citizenNumber: "1") @skip(if: true) { name }'
IF = 'person(citizenNumber: "1") @include(if: $given) { name }'
GIVEN = "query ($given: Boolean!)"
FRAGMENT = f"fragment F on Query {{ {PERSON} }}"
ANSWER = {"person": {"name": "王芳"}}
TYPE = {"__typename": "Query"}


@pytest.mark.parametrize(
    ("query", "data"),
    [
        (f"{{ __typename ...F }} {FRAGMENT}", TYPE | ANSWER),
        (f"{{ __typename ... {{ {PERSON} }} }}", TYPE | ANSWER),
        (f"{{ a: __typename ... @include(if: true) {{ {PERSON} }} }}", {"a": "Query", **ANSWER}),
        (f"{{ __typename __typename ... on Query {{ {PERSON} }} }}", TYPE | ANSWER),
        (f"{{ ... {{ __typename }} ...F }} {FRAGMENT}", TYPE | ANSWER),
        (f"{{ {PERSON} __typename }}", ANSWER | TYPE),
    ],
)
def test_a_type_name_before_a_fragment(stack: Stack, query: str, data: dict[str, Any]) -> None:
    """Hive takes it for introspection, and answers null for a person who is there."""
    stack.seen.clear()
    answer = stack.ask(query).json()
    assert answer == {"data": data}
    assert list(answer["data"]) == list(data), "in the order of the document"
    assert len(stack.seen) == 1


@pytest.mark.parametrize(
    ("query", "data"),
    [
        (f"{{ {SKIPPED} }}", {}),
        (f"{{ ... @include(if: false) {{ {PERSON} }} }}", {}),
        (f"{GIVEN} {{ {IF} }}", {}),
        (f"{GIVEN} {{ ...F @include(if: $given) }} {FRAGMENT}", {}),
        (f"{GIVEN} {{ __typename {IF} {SKIPPED} }}", TYPE),
    ],
)
def test_an_operation_that_asks_nothing(stack: Stack, query: str, data: dict[str, Any]) -> None:
    """An empty answer, not INTERNAL, and not null."""
    stack.seen.clear()
    answer = stack.ask(query, variables={"given": False} if GIVEN in query else {})
    assert (answer.status_code, answer.json()) == (200, {"data": data})
    assert stack.seen == []


def test_what_is_left_is_asked(stack: Stack) -> None:
    query = f"{GIVEN} {{ {SKIPPED} ... {{ a: {IF} }} }}"
    answer = stack.ask(query, variables={"given": True}).json()
    assert answer == {"data": {"a": ANSWER["person"]}}
