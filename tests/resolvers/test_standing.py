"""What is known of the caller is put into conditions, and of every row they say the same."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.catalogue import model
from graph.conditions import (
    ALWAYS,
    NEVER,
    AllOf,
    AnyOf,
    Attribute,
    Compare,
    Condition,
    Literal,
    Not,
    Principal,
)
from policies.table import load
from resolvers.standing import for_caller, narrowed, shape_of

Known = Mapping[str, Any]
WORDS, FLAGS = ("district", "person"), ("shielded", "cleared")
word = st.sampled_from(["110101", "P-1", ""])
principals: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {name: st.none() | word for name in WORDS} | {name: st.none() | st.booleans() for name in FLAGS}
)
rows: st.SearchStrategy[dict[str, Any]] = principals
of_words = st.one_of(
    st.sampled_from([kind(name) for kind in (Attribute, Principal) for name in WORDS]),
    word.map(Literal),
)
of_flags = st.one_of(
    st.sampled_from([kind(name) for kind in (Attribute, Principal) for name in FLAGS]),
    st.booleans().map(Literal),
)
compared = st.one_of(
    *(
        st.builds(Compare, st.sampled_from(["=", "<>", "<"]), sides, sides)
        for sides in (of_words, of_flags)
    )
)


def _deeper(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(parts, min_size=1, max_size=3).map(tuple)
    return st.one_of(several.map(AllOf), several.map(AnyOf), parts.map(Not))


conditions: st.SearchStrategy[Condition] = st.recursive(
    st.one_of(compared, st.sampled_from([ALWAYS, NEVER])), _deeper, max_leaves=8
)


def truth(condition: Condition, caller: Known, row: Known) -> bool | None:
    """As Cypher decides: what is missing makes it unknown."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            by = isinstance(condition, AnyOf)
            found = [truth(part, caller, row) for part in parts]
            return by if by in found else None if None in found else not by
        case Not(part):
            inner = truth(part, caller, row)
            return None if inner is None else not inner
        case Compare(op, left, right):
            sides = [_value(side, caller, row) for side in (left, right)]
            test = {"=": operator.eq, "<>": operator.ne, "<": operator.lt}[op]
            return None if None in sides else test(*sides)
        case _:
            return condition == ALWAYS


def _value(operand: Attribute | Principal | Literal, caller: Known, row: Known) -> Any:
    if isinstance(operand, Literal):
        return operand.value
    return (row if isinstance(operand, Attribute) else caller).get(operand.name)


@settings(max_examples=2000, deadline=None)
@given(conditions, principals, principals, rows)
def test_of_every_row_it_says_the_same(
    condition: Condition, caller: Known, other: Known, row: Known
) -> None:
    left = narrowed(condition, caller)
    assert (truth(left, caller, row) is True) == (truth(condition, caller, row) is True)
    if shape_of(caller) == shape_of(other):
        assert left == narrowed(condition, other)


def test_what_no_token_says_is_in_no_decision() -> None:
    decision = load(None, model()).decision("caseworker", "household-services", "statutory-duty")
    nobody = for_caller(decision, {})
    assert nobody.field("Person", "name").condition != NEVER  # long dead persons
    assert "Principal" not in repr(nobody.clear) + repr(nobody.see)
    whole = {"district": "110101", "person": "P", "worker": "W", "shielded": True}
    narrow = for_caller(decision, whole)
    assert "shielded" not in repr(narrow.clear)
    assert "Principal(name='district')" in repr(narrow.clear)
    assert narrow.parameters == decision.parameters and narrow.behind == decision.behind
