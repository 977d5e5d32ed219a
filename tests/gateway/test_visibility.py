"""What a consumer can never get does not exist for it."""

from typing import Any

import pytest
from gateway_stack import Stack


def errors_of(stack: Stack, query: str, client: str, variables: Any = None) -> list[Any]:
    answer = stack.ask(query, client, variables=variables or {})
    assert answer.status_code == 400, answer.text
    errors = answer.json()["errors"]
    for error in errors:
        del error["extensions"]["operation"]
    return errors


@pytest.mark.parametrize(
    ("template", "hidden", "nonsense"),
    [
        ('{ person(citizenNumber: "1") { %s } }', "citizenNumber", "citizenNomber"),
        ('{ person(citizenNumber: "1") { %s { name } } }', "mother", "muther"),
        ("{ %s { name } }", "people", "poople"),
        ('{ person(citizenNumber: "1") { ... on %s { number } } }', "Household", "Hausehold"),
        ("query($f: %s) { __typename }", "PersonFilter", "PersonFolter"),
        ('{ __type(name: "Query") { fields { %s } } }', "people", "poople"),
    ],
)
def test_hidden_is_answered_like_nonsense(
    stack: Stack, template: str, hidden: str, nonsense: str
) -> None:
    seen = errors_of(stack, template % hidden, "school-enrolment")
    unknown = errors_of(stack, template % nonsense, "school-enrolment")
    assert str(seen).replace(hidden, "#") == str(unknown).replace(nonsense, "#")
    assert seen[0]["extensions"] == {
        "code": "QUERY_INVALID",
        "docs": "docs/errors/QUERY_INVALID.md",
    }


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("query($f: PersonFilter) { people(filter: $f) { name } }", {"f": {"%s": "x"}}),
        ('{ people(filter: { %s: "x" }) { name } }', None),
    ],
)
def test_hidden_input_field_is_answered_like_nonsense(
    stack: Stack, query: str, field: dict[str, dict[str, str]] | None
) -> None:
    answers: list[str] = []
    for name in ("citizenNumber", "citizenNomber"):
        variables = {"f": {name: "x"}} if field else None
        errors = errors_of(stack, query.replace("%s", name), "caseworker", variables)
        answers.append(str(errors).replace(name, "#"))
    assert answers[0] == answers[1]


def test_suggestions_name_only_what_is_visible(stack: Stack) -> None:
    errors = errors_of(stack, '{ person(citizenNumber: "1") { citizenNumbe } }', "school-enrolment")
    assert errors[0]["message"] == 'Cannot query field "citizenNumbe" on type "Person".'
    errors = errors_of(stack, '{ person(citizenNumber: "1") { nam } }', "school-enrolment")
    assert 'Did you mean "name"?' in errors[0]["message"]


def test_introspection_shows_the_consumers_own_schema(stack: Stack) -> None:
    query = "{ __schema { types { name fields { name } inputFields { name } } } }"
    types = stack.ask(query, "school-enrolment").json()["data"]["__schema"]["types"]
    fields = {t["name"]: [f["name"] for f in t["fields"] or []] for t in types}
    assert fields["Person"] == ["name"]
    assert fields["Query"] == ["person"]
    own = {name for name in fields if not name.startswith("__")}
    assert own == {"Person", "Query", "String", "Boolean"}
    hidden = stack.ask('{ __type(name: "Household") { name } }', "school-enrolment").json()
    assert hidden == {"data": {"__type": None}}


def test_introspection_within_fragments_and_beside_data(stack: Stack) -> None:
    query = "query A { ...F } fragment F on Query { __schema { queryType { name } } }"
    assert stack.ask(query).json() == {"data": {"__schema": {"queryType": {"name": "Query"}}}}
    mixed = '{ person(citizenNumber: "1") { name } __schema { queryType { name } } }'
    assert "separate requests" in errors_of(stack, mixed, "caseworker")[0]["message"]
    several = (
        "query A { __schema { queryType { name } } } "
        'query B { person(citizenNumber: "1") { name } }'
    )
    answer = stack.ask(several, operationName="B").json()
    assert answer == {"data": {"person": {"name": "王芳"}}}
