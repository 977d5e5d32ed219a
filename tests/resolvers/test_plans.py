"""Plans: which variables are left open, and what has none."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from graph.catalogue import model
from graph.cypher import Statements
from policies.table import PolicySet, load
from resolvers.opened import Opened
from resolvers.plans import Plan, Plans
from runtime.errors import CitizengraphError
from subgraphs.schemas import schema
from subgraphs.visible import visible_to

ONE = "query ($n: String!) { person(citizenNumber: $n) { name } }"
KIN = "query ($a: PersonRef!, $b: ID!) { isMotherOf(person: $a, of: {id: $b}) { answer } }"
PAGE = """query ($n: String!, $first: Int) {
  person(citizenNumber: $n) { parents(first: $first) { edges { node { id } } } } }"""


@cache
def policies() -> PolicySet:
    return load(None, model())


@cache
def people() -> Any:
    visible = visible_to(policies(), "caseworker")
    return schema(model(), "people", visible, policed=True)._schema


def found(plans: Plans, text: str, variables: dict[str, Any]) -> tuple[Plan, Opened] | None:
    decision = policies().decision("caseworker", "household-services", "statutory-duty")
    return plans.of(people(), decision, text, None, variables)


@pytest.mark.parametrize(
    ("text", "one", "other", "same"),
    [
        (ONE, {"n": "1"}, {"n": "2"}, True),
        (KIN, {"a": {"id": "1"}, "b": "2"}, {"a": {"id": "3"}, "b": "4"}, True),
        (KIN, {"a": {"id": "1"}, "b": "2"}, {"a": {"citizenNumber": "1"}, "b": "2"}, False),
        (PAGE, {"n": "1", "first": 1}, {"n": "2", "first": 1}, True),
        (PAGE, {"n": "1", "first": 1}, {"n": "1", "first": 2}, False),
        (PAGE, {"n": "1", "first": 1}, {"n": "1"}, False),
    ],
)
def test_a_plan_holds_for_any_value_that_only_names_a_row(
    text: str, one: dict[str, Any], other: dict[str, Any], same: bool
) -> None:
    plans = Plans(Statements(model()))
    first, second = found(plans, text, one), found(plans, text, other)
    assert first and second
    assert (first[0] is second[0]) is same
    for (plan, opened), variables in ((first, one), (second, other)):
        alone = found(Plans(Statements(model())), text, variables)
        assert alone
        expected, selected = alone[0].filled(alone[1]), plan.filled(opened)
        assert selected and expected and selected.selection == expected.selection


@pytest.mark.parametrize(
    "text",
    [
        "{ person(citizenNumber: 1) { name } }",
        "{ nonsense }",
        "{",
        "{ __schema { queryType { name } } }",
        "{ myPermissions { field } }",
        "query A { registers { edges { cursor } } } query B { registers { edges { cursor } } }",
        "mutation { nothing }",
    ],
)
def test_what_is_odd_has_none(text: str) -> None:
    assert found(Plans(Statements(model())), text, {}) is None


def test_variables_that_do_not_fit_have_none() -> None:
    assert found(Plans(Statements(model())), ONE, {}) is None
    assert found(Plans(Statements(model())), ONE, {"n": ["1"]}) is None


def test_an_identifier_is_checked_each_time() -> None:
    plans = Plans(Statements(model()))
    for number, fits in (("1", True), ("' OR 1=1", False), ("2", True), ("", False)):
        plan, opened = found(plans, ONE, {"n": number}) or pytest.fail("no plan")
        if fits:
            assert plan.filled(opened)
            continue
        with pytest.raises(CitizengraphError, match="citizenNumber is not an identifier"):
            plan.filled(opened)


def test_rows_are_counted_for_as_many_keys_as_there_are() -> None:
    text = """query ($k: [String!]!) { peopleByNumber(keys: $k) { node {
      parents(first: 100) { edges { node { parents(first: 2) { edges { cursor } } } } } } } }"""
    plans = Plans(Statements(model()))
    for count, fits in ((1, True), (300, True), (500, False)):
        plan, opened = found(plans, text, {"k": ["1"] * count}) or pytest.fail("no plan")
        assert (plan.filled(opened) is not None) is fits
