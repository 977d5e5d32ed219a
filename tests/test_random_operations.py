"""The random operations are valid, and among them is everything that they are said to have."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random
from statistics import median

import graphql as g
import pytest
from graphql.execution.values import get_variable_values
from hypothesis import HealthCheck, find, given, settings

from graph.catalogue import model
from policies.table import load
from subgraphs.schemas import schema
from subgraphs.visible import visible_to
from tests.random_operations import Choices, Operation, operation, operations

CONTRACTS = Path(__file__).parents[1] / "gateway" / "supergraphs"
SCHEMAS = ["school-enrolment", "citizen", "caseworker", "caseworker/people", "caseworker/licences"]


@cache
def choices(name: str) -> Choices:
    """Of a consumer's contract, or of what a subgraph shows it."""
    consumer, _, subgraph = name.partition("/")
    if not subgraph:
        return Choices(g.build_schema((CONTRACTS / f"{consumer}.graphql").read_text()))
    made = schema(model(), subgraph, visible_to(load(None, model()), consumer), policed=True)
    return Choices(made._schema, {"PersonRef": [{"id": "nobody"}]})


def problems(of: g.GraphQLSchema, asked: Operation) -> object:
    document = g.parse(asked.text)
    if wrong := g.validate(of, document):
        return wrong
    (defined, *_) = document.definitions
    assert isinstance(defined, g.OperationDefinitionNode)
    declared = defined.variable_definitions or ()
    values = get_variable_values(of, declared, dict(asked.variables))
    return values if isinstance(values, list) else None


@pytest.mark.parametrize("name", SCHEMAS)
def test_they_are_valid(name: str) -> None:
    @settings(
        max_examples=60,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(operations(choices(name)))
    def check(asked: Operation) -> None:
        assert not problems(choices(name).schema, asked), asked

    check()


def test_everything_occurs() -> None:
    pick = Random(1).randrange
    texts = [operation(choices("caseworker/licences"), pick).text for _ in range(300)]
    for part in (
        "fragment F1 on _Entity",
        "... on LegalEntity",
        "... on Party",
        "a1: ",
        "@include(if: $v",
        "@skip(if: true)",
        ": null",
        "orderBy: [{",
        ": [$v",
        "_entities(representations: $v",
        'representations: [{__typename: "Person", id: "nobody"}',
        "__typename",
        "$v0: Boolean! = true",
        "direction: DESC",
    ):
        assert any(part in text for text in texts), part
    assert len(set(texts)) > 290
    assert max(map(len, texts)) < 5_000


def test_a_failing_one_becomes_small() -> None:
    some = operations(choices("citizen"))
    starts = [
        len(find(some, lambda asked: "@skip" in asked.text, random=Random(seed)).text)
        for seed in range(3)
    ]
    pick = Random(1).randrange
    others = (operation(choices("citizen"), pick).text for _ in range(600))
    usual = median(len(text) for text in others if "@skip" in text)
    assert median(starts) < usual / 2, starts


def test_only_the_roots_that_are_named() -> None:
    whole = choices("citizen")
    some = Choices(whole.schema, roots={"me", "person"})
    pick = Random(2).randrange
    for _ in range(100):
        (query, *_) = operation(some, pick).text.split("\n")
        assert "isMotherOf" not in query
