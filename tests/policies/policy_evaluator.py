"""A condition's truth for one row and caller, in plain Python: True, False or None (unknown)."""

from __future__ import annotations

import operator
from collections.abc import Mapping

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

Values = Mapping[str, Scalar]
_OPERATORS = {
    "=": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def holds(condition: Condition, row: Values, caller: Values) -> bool:
    """Whether the condition certainly holds; unknown counts as no."""
    return truth(condition, row, caller) is True


def truth(condition: Condition, row: Values, caller: Values) -> bool | None:
    """Three-valued logic, as Cypher has it."""
    match condition:
        case Always():
            return True
        case Never():
            return False
        case Compare(op, left, right):
            values = _value(left, row, caller), _value(right, row, caller)
            return None if None in values else _OPERATORS[op](*values)
        case Not(part):
            found = truth(part, row, caller)
            return None if found is None else not found
        case AllOf(parts):
            return _kleene([truth(part, row, caller) for part in parts], decisive=False)
        case AnyOf(parts):
            return _kleene([truth(part, row, caller) for part in parts], decisive=True)


def _kleene(parts: list[bool | None], decisive: bool) -> bool | None:
    if decisive in parts:
        return decisive
    return None if None in parts else not decisive


def _value(operand: Operand, row: Values, caller: Values) -> Scalar | None:
    match operand:
        case Attribute(name):
            return row.get(name)
        case Principal(name):
            return caller.get(name)
        case Literal(value):
            return value
