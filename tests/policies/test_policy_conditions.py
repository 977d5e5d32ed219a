"""Negating and simplifying keep the meaning, for known and for missing values."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from policy_evaluator import truth

from graph.conditions import (
    ALWAYS,
    NEVER,
    AllOf,
    AnyOf,
    Attribute,
    Compare,
    Condition,
    Literal,
    Principal,
)
from policies.pushdown import negated
from policies.simplify import simplify

NUMBERS = st.integers(0, 2)
MAYBE = st.one_of(st.none(), NUMBERS)
OPERANDS = st.one_of(
    st.sampled_from([Attribute("a"), Attribute("b"), Principal("c"), Principal("d")]),
    st.builds(Literal, NUMBERS),
)
COMPARISONS = st.builds(Compare, st.sampled_from(["=", "<", "<=", ">", ">="]), OPERANDS, OPERANDS)
PRESENCE = st.sampled_from([Compare("=", x, x) for x in (Attribute("a"), Principal("c"))])
ATOMS = st.one_of(COMPARISONS, COMPARISONS.map(negated), PRESENCE, st.sampled_from([ALWAYS, NEVER]))


def combined(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(parts, min_size=1, max_size=3).map(tuple)
    return st.one_of(several.map(AllOf), several.map(AnyOf))


CONDITIONS = st.recursive(ATOMS, combined, max_leaves=8)
VALUES = st.fixed_dictionaries({"a": MAYBE, "b": MAYBE})
CALLERS = st.fixed_dictionaries({"c": MAYBE, "d": MAYBE})


@settings(max_examples=500, deadline=None)
@given(CONDITIONS, VALUES, CALLERS)
def test_negated_is_the_opposite_and_unknown_stays_unknown(
    condition: Condition, row: dict, caller: dict
) -> None:
    found = truth(condition, row, caller)
    assert truth(negated(condition), row, caller) is (None if found is None else not found)


@settings(max_examples=500, deadline=None)
@given(CONDITIONS, VALUES, CALLERS)
def test_simplified_means_the_same(condition: Condition, row: dict, caller: dict) -> None:
    assert truth(simplify(condition), row, caller) is truth(condition, row, caller)


def test_presence_that_a_comparison_implies_is_dropped() -> None:
    district, own = Principal("district"), Attribute("district")
    same = Compare("=", own, district)
    nested = AllOf((ALWAYS, AllOf((Compare("=", district, district), same))))
    assert simplify(nested) == same
