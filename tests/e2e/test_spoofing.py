"""Who asks, for what and on which basis is what token and headers say; nothing else is believed."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from stack import PURPOSES, SOMEBODY, Stack

from tests.family import COMPANY, HOME, NUMBERS

NAME = "query ($n: String!) { person(citizenNumber: $n) { name } }"
CLAIMED: dict[str, Any] = {
    "consumer": "caseworker",
    "purpose": "household-services",
    "basis": "statutory-duty",
    "principal": {"district": HOME, "person": NUMBERS["officer"]},
    "policy": "another",
}
HEADERS = {
    "Citizengraph-Consumer": "caseworker",
    "Citizengraph-Principal": json.dumps(CLAIMED["principal"]),
    "Citizengraph-Context": "eyJhbGciOiJub25lIn0.eyJjb25zdW1lciI6ImNhc2V3b3JrZXIifQ.",
    "Citizengraph-Policy": "another",
    "X-Forwarded-User": "caseworker",
    "X-HTTP-Method-Override": "GET",
}


def send(stack: Stack, consumer: str, body: Any, **headers: str) -> httpx.Response:
    """A body as it is, with the headers of the consumer and more."""
    purpose, basis = PURPOSES[consumer]
    sent = {
        "Authorization": "Bearer " + stack.token(consumer),
        "Citizengraph-Purpose": purpose,
        "Citizengraph-Basis": basis,
        **headers,
    }
    return httpx.post(f"{stack.url}/graphql", json=body, headers=sent, timeout=30)


@pytest.mark.parametrize(("person", "name"), [("mother", None), ("grandchild", "王小雨")])
def test_neither_headers_nor_variables_nor_the_body_make_another_consumer(
    stack: Stack, person: str, name: str | None
) -> None:
    """The school claims in every place to be a caseworker, who would see the mother too."""
    variables = {"n": NUMBERS[person]}
    bodies: list[dict[str, Any]] = [
        {"query": NAME, "variables": variables},
        {"query": NAME, "variables": variables | CLAIMED},
        {"query": NAME, "variables": variables, "extensions": CLAIMED},
        {"query": NAME, "variables": variables, "context": CLAIMED, **CLAIMED},
    ]
    expected = {"data": {"person": None if name is None else {"name": name}}}
    for body in bodies:
        for headers in ({}, HEADERS):
            answer = send(stack, "school-enrolment", body, **headers)
            assert answer.json() == expected, (body, headers)


@pytest.mark.parametrize("consumer", ["caseworker", "school-enrolment"])
def test_a_purpose_in_the_url_or_twice_in_the_headers_counts_for_nothing(
    stack: Stack, consumer: str
) -> None:
    purpose, basis = PURPOSES[consumer]
    other = PURPOSES["citizen"][0]
    sent = [
        ("Authorization", "Bearer " + stack.token(consumer, HOME)),
        ("Citizengraph-Basis", basis),
        ("Citizengraph-Purpose", other),
    ]
    body = {"query": NAME, "variables": {"n": NUMBERS["mother"]}}
    for more, query in (([], purpose), ([("Citizengraph-Purpose", purpose)], "")):
        url = f"{stack.url}/graphql?Citizengraph-Purpose={query}&purpose={query}"
        answer = httpx.post(url, json=body, headers=[*sent, *more], timeout=30)
        assert answer.status_code >= 400
        assert "data" not in answer.json()


def test_a_batch_is_refused_whole(stack: Stack) -> None:
    """Operations in a list, each claiming another consumer, are no operation."""
    one = {"query": NAME, "variables": {"n": NUMBERS["grandchild"]}}
    answer = send(stack, "school-enrolment", [one, {**one, **CLAIMED}])
    assert answer.status_code == 400
    assert [e["extensions"]["code"] for e in answer.json()["errors"]] == ["QUERY_INVALID"]
    assert "王小雨" not in answer.text


@pytest.mark.parametrize("consumer", PURPOSES)
@pytest.mark.parametrize(
    "field",
    [
        '_entities(representations: [{__typename: "Person", id: "x"}]) { __typename }',
        "_service { sdl }",
        'node(id: "x") { __typename }',
    ],
)
def test_machinery_of_the_federation_is_nonsense_to_every_consumer(
    stack: Stack, consumer: str, field: str
) -> None:
    def refusal(selection: str, name: str) -> str:
        reply = stack.ask(consumer, f"{{ {selection} }}", **SOMEBODY[consumer])
        assert (reply.status, "data" in reply.body) == (400, False)
        for error in reply.body["errors"]:
            del error["extensions"]["operation"]
        return str(reply.body).replace(name, "#")

    name = field.split("(")[0].split()[0]
    nonsense = f"{name[:-2]}x{name[-1]}"  # as far from every name that there is
    assert refusal(field, name) == refusal(field.replace(name, nonsense), nonsense)


def test_of_a_union_each_member_keeps_its_own_rules(stack: Stack) -> None:
    """Across subgraphs: the company that holds shares is named, the person who does is not."""
    query = """query ($c: String!) { legalEntity(creditCode: $c) { shareholders { edges { node {
      __typename ... on LegalEntity { held: name } ... on Person { name } } } } } }"""
    found: dict[str, dict[str, Any]] = {}
    for person in ("officer", "daughter"):
        reply = stack.ask(
            "caseworker", query, {"c": COMPANY}, district=HOME, person=NUMBERS[person]
        )
        edges = reply.data["legalEntity"]["shareholders"]["edges"]
        found[person] = {edge["node"]["__typename"]: edge["node"] for edge in edges}
        assert found[person]["LegalEntity"]["held"] == "东城区政务服务局"
    assert found["officer"]["Person"]["name"] == "张伟"
    assert found["daughter"]["Person"]["name"] is None, "he is her husband"
