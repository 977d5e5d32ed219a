"""What is known of the caller, put into conditions: what is left is asked of rows.

Of a root field there is no row to ask about: its condition must hold of the caller alone.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from graph.conditions import (
    ALWAYS,
    NEVER,
    AllOf,
    Always,
    AnyOf,
    Attribute,
    Compare,
    Condition,
    Literal,
    Never,
    Not,
    Operand,
    Principal,
    Scalar,
    all_of,
    any_of,
)
from graph.decision import Decision, Effect

Caller = Mapping[str, Scalar | None]
_TESTS: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def holds(condition: Condition, caller: Caller) -> bool:
    """Whether it certainly holds; what the token does not say opens nothing."""
    return _truth(condition, caller) is True


def shape_of(caller: Caller) -> tuple[tuple[str, object], ...]:
    """What a decision for the caller depends on: which attributes are given, and booleans."""
    return tuple((name, _shape(value)) for name, value in sorted(caller.items()))


def _shape(value: Scalar | None) -> object:
    return value if value is None or isinstance(value, bool) else "given"


def for_caller(decision: Decision, caller: Caller) -> Decision:
    """The decision with the caller's shape put in: of every row it says the same.

    What needs an attribute that the token does not give holds for no row.
    """

    def effects(given: Mapping[Any, Effect]) -> dict[Any, Effect]:
        return {key: _narrowed_effect(effect, caller) for key, effect in given.items()}

    return replace(
        decision,
        clear=effects(decision.clear),
        see=effects(decision.see),
        unhidden={name: narrowed(when, caller) for name, when in decision.unhidden.items()},
        masked={
            key: tuple((mask, _narrowed_effect(effect, caller)) for mask, effect in masks)
            for key, masks in decision.masked.items()
        },
        consent=effects(decision.consent),
        filter=effects(decision.filter),
    )


def _narrowed_effect(effect: Effect, caller: Caller) -> Effect:
    return Effect(narrowed(effect.condition, caller), effect.policies)


def narrowed(condition: Condition, caller: Caller) -> Condition:
    """A condition that holds of the same rows for every caller of this shape."""
    match condition:
        case Compare():
            return _compared(condition, caller)
        case AllOf(parts):
            return all_of(*(narrowed(part, caller) for part in parts))
        case AnyOf(parts):
            return any_of(*(narrowed(part, caller) for part in parts))
        case Not(part):
            known = _truth(part, {n: v for n, v in caller.items() if isinstance(v, bool)})
            return condition if known is None else NEVER if known else ALWAYS
        case _:
            return condition


def _compared(condition: Compare, caller: Caller) -> Condition:
    sides = (condition.left, condition.right)
    given = [caller.get(side.name) for side in sides if isinstance(side, Principal)]
    if None in given:
        return NEVER
    if condition.left == condition.right and given:
        return ALWAYS if _TESTS[condition.op](0, 0) else NEVER
    if all(isinstance(value, bool) for value in given):
        known = _truth(condition, caller)
        return condition if known is None else ALWAYS if known else NEVER
    return condition


def _truth(condition: Condition, caller: Caller) -> bool | None:
    match condition:
        case Always():
            return True
        case Never():
            return False
        case Compare(op, left, right):
            values = _value(left, caller), _value(right, caller)
            return None if None in values else _TESTS[op](*values)
        case Not(part):
            found = _truth(part, caller)
            return None if found is None else not found
        case AllOf(parts):
            return _decided((_truth(part, caller) for part in parts), by=False)
        case AnyOf(parts):
            return _decided((_truth(part, caller) for part in parts), by=True)


def _decided(parts: Iterable[bool | None], by: bool) -> bool | None:
    known = list(parts)
    if by in known:
        return by
    return None if None in known else not by


def _value(operand: Operand, caller: Caller) -> Scalar | None:
    match operand:
        case Literal(value):
            return value
        case Principal(name):
            return caller.get(name)
        case Attribute():
            return None
