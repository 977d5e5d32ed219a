"""Shorter conditions of exactly the same meaning, because each is evaluated for every row."""

from __future__ import annotations

from graph.conditions import (
    AllOf,
    AnyOf,
    Attribute,
    Compare,
    Condition,
    Literal,
    Not,
    Operand,
    Principal,
    all_of,
    any_of,
)


def simplify(condition: Condition) -> Condition:
    """Nested conjunctions and disjunctions joined; tests for presence dropped where implied."""
    match condition:
        case AllOf(parts):
            return _conjunction([simplify(part) for part in parts])
        case AnyOf(parts):
            simple = [simplify(part) for part in parts]
            return any_of(*(p for s in simple for p in (s.parts if isinstance(s, AnyOf) else (s,))))
        case _:
            return condition


def _conjunction(parts: list[Condition]) -> Condition:
    flat = [p for part in parts for p in (part.parts if isinstance(part, AllOf) else (part,))]
    tested = {tests_presence(part) for part in flat}
    others = [part for part in flat if tests_presence(part) is None]
    implied = {operand for operand in tested if operand and any(_needs(o, operand) for o in others)}
    return all_of(*(part for part in flat if tests_presence(part) not in implied))


def tests_presence(condition: Condition) -> Operand | None:
    """The operand that the condition only tests to be known: `x = x`."""
    match condition:
        case Compare("=", Attribute() | Principal() as left, right) if left == right:
            return left
        case _:
            return None


def _needs(condition: Condition, operand: Operand) -> bool:
    """Whether the condition cannot hold while the operand is missing."""
    match condition:
        case Compare(_, left, right) | Not(Compare(_, left, right)):
            return operand in (left, right) and not isinstance(operand, Literal)
        case AllOf(parts):
            return any(_needs(part, operand) for part in parts)
        case AnyOf(parts):
            return all(_needs(part, operand) for part in parts)
        case _:
            return False
