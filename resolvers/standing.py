"""Whether a condition holds of the caller alone: of a root field there is no row to ask about."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from graph.conditions import (
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
)

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
