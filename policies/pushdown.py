"""Cedar conditions as row conditions, for one consumer, purpose, basis and row type.

What is known at that point (consumer, purpose, basis, row type) is folded away; what is left
compares row attributes, caller attributes and literals. Negations are pushed down to single
comparisons. Anything else raises Unsupported: a condition is never skipped.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from cedarpy import pst

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
    all_of,
    any_of,
)
from policies.cedar_schema import CONSUMER
from policies.problems import Unsupported, suggestion

_COMPARISONS: Mapping[str, str] = {
    "eq": "=",
    "less": "<",
    "less_eq": "<=",
    "greater": ">",
    "greater_eq": ">=",
}
_OPPOSITES: Mapping[str, str] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_TESTS: Mapping[str, Callable[[Literal, Literal], bool]] = {
    "=": lambda left, right: left == right and type(left.value) is type(right.value),
    "<": lambda left, right: int(left.value) < int(right.value),
    "<=": lambda left, right: int(left.value) <= int(right.value),
    ">": lambda left, right: int(left.value) > int(right.value),
    ">=": lambda left, right: int(left.value) >= int(right.value),
}
_SIGNS = {"add": "+", "sub": "-", "mul": "*", "neg": "-"}
_CONTEXT = "test context.purpose or context.basis"
_CASE = "test resource.inStatedCase: the case is compared where the row is"
_ONE_OF = 'compare with ==, or write ["a", "b"].contains(resource.…)'


@dataclass(frozen=True)
class Setting:
    """What is known when a table is compiled. `known` has the caller's declared attributes.

    `row_attributes` gives, by name, what each takes from the caller.
    """

    consumer: str
    purpose: str
    basis: str
    row_type: str
    row_attributes: Mapping[str, Collection[str]]
    known: frozenset[str]


def condition(expression: pst.Expr, setting: Setting) -> Condition:
    """When the expression holds. Raises Unsupported for what the fetch cannot decide."""
    match expression:
        case pst.BoolLit(value):
            return ALWAYS if value else NEVER
        case pst.UnaryOp("not", argument):
            return negated(condition(argument, setting))
        case pst.BinaryOp("and", left, right):
            first = condition(left, setting)
            return first if first == NEVER else all_of(first, condition(right, setting))
        case pst.BinaryOp("or", left, right):
            first = condition(left, setting)
            return first if first == ALWAYS else any_of(first, condition(right, setting))
        case pst.BinaryOp("not_eq", left, right):
            return negated(_compare("=", left, right, setting))
        case pst.BinaryOp("contains", pst.Set(elements), item):
            return any_of(*(_compare("=", element, item, setting) for element in elements))
        case pst.BinaryOp(op, left, right) if op in _COMPARISONS:
            return _compare(_COMPARISONS[op], left, right, setting)
        case pst.IfThenElse(test, then, otherwise):
            return _choice(condition(test, setting), then, otherwise, setting)
        case pst.HasAttr(pst.Var(name), (attribute,)):
            return _has(name, attribute, setting)
        case pst.Is(pst.Var("resource"), entity_type, None):
            return ALWAYS if str(entity_type) == setting.row_type else NEVER
        case pst.Is(pst.Var("principal"), entity_type, None):
            return ALWAYS if str(entity_type) == CONSUMER else NEVER
        case pst.GetAttr():
            return _fold(Compare("=", operand(expression, setting), Literal(True)))
        case _:
            raise _refusal(expression)


def operand(expression: pst.Expr, setting: Setting) -> Operand:
    """One side of a comparison."""
    match expression:
        case pst.StringLit(value) | pst.LongLit(value) | pst.BoolLit(value):
            return Literal(value)
        case pst.EntityLit(uid):
            return Literal(str(uid))
        case pst.Var("principal"):
            return Literal(str(pst.EntityUid(pst.EntityType(CONSUMER), setting.consumer)))
        case pst.GetAttr(pst.Var("context"), "purpose"):
            return Literal(setting.purpose)
        case pst.GetAttr(pst.Var("context"), "basis"):
            return Literal(setting.basis)
        case pst.GetAttr(pst.Var("principal"), name):
            return Principal(_declared(name, setting.known, f"consumer {setting.consumer!r}"))
        case pst.GetAttr(pst.Var("resource"), name):
            return _attribute(name, setting)
        case _:
            raise _refusal(expression)


def negated(part: Condition) -> Condition:
    """The opposite, with Not around single comparisons only; unknown stays unknown."""
    match part:
        case Always():
            return NEVER
        case Never():
            return ALWAYS
        case AllOf(parts):
            return any_of(*map(negated, parts))
        case AnyOf(parts):
            return all_of(*map(negated, parts))
        case Not(inner):
            return inner
        case Compare("=", _, _):
            return Not(part)
        case Compare(op, left, right):
            return Compare(_OPPOSITES[op], left, right)


def _compare(op: str, left: pst.Expr, right: pst.Expr, setting: Setting) -> Condition:
    return _fold(Compare(op, operand(left, setting), operand(right, setting)))


def _fold(compare: Compare) -> Condition:
    match compare:
        case Compare(op, Literal() as left, Literal() as right):
            return ALWAYS if _TESTS[op](left, right) else NEVER
        case _:
            return compare


def _choice(test: Condition, then: pst.Expr, otherwise: pst.Expr, setting: Setting) -> Condition:
    held = NEVER if test == NEVER else all_of(test, condition(then, setting))
    if test == ALWAYS:
        return held
    return any_of(held, all_of(negated(test), condition(otherwise, setting)))


def _has(variable: str, attribute: str, setting: Setting) -> Condition:
    """Of the row it is always declared; of the caller the token may still lack it."""
    if variable == "resource":
        found = _attribute(attribute, setting)
        return Compare("=", found, found)
    if variable == "principal":
        if attribute not in setting.known:
            return NEVER
        return Compare("=", Principal(attribute), Principal(attribute))
    reason = f"`{variable} has {attribute}` cannot be decided when a row is fetched"
    raise Unsupported(reason, _CASE if attribute == "case" else _CONTEXT, attribute)


def _attribute(name: str, setting: Setting) -> Attribute:
    """The row's attribute; one that takes what the consumer never says could never be known."""
    _declared(name, setting.row_attributes, setting.row_type)
    unsaid = sorted(set(setting.row_attributes[name]) - setting.known)
    if unsaid:
        reason = f"`{name}` asks for the caller's {unsaid[0]}, and consumer {setting.consumer!r}"
        hint = f"write principal has {unsaid[0]} && … before it, or declare it in consumers.yaml"
        raise Unsupported(f"{reason} does not say it", hint, name)
    return Attribute(name)


def _declared(name: str, known: Collection[str], owner: str) -> str:
    if name not in known:
        raise Unsupported(f"{owner} has no attribute {name!r}", suggestion(name, known), name)
    return name


def _refusal(expression: pst.Expr) -> Unsupported:
    match expression:
        case pst.Like():
            return _unavailable("like", "cannot be decided when a row is fetched")
        case pst.BinaryOp("in", _, _) | pst.Is(_, _, pst.Var() | pst.EntityLit()):
            return _unavailable("in", "asks for a hierarchy, and rows and callers have none")
        case pst.BinaryOp("add" | "sub" | "mul" as op, _, _) | pst.UnaryOp("neg" as op, _):
            reason = "arithmetic is not available in grants"
            return Unsupported(reason, "write the result as a number", _SIGNS[op])
        case pst.BinaryOp("contains" | "contains_all" | "contains_any" as op, _, _):
            return _unavailable(op, "needs a set, and attributes hold one value")
        case pst.UnaryOp(op, _) | pst.BinaryOp(op, _, _):
            return _unavailable(op, "is not available in grants")
        case pst.GetAttr(pst.Var("context"), name):
            reason = f"`context.{name}` cannot be decided when a row is fetched"
            return Unsupported(reason, _CASE if name == "case" else _CONTEXT, name)
        case pst.Var("action"):
            reason = "actions are named in the head of a policy"
            return Unsupported(reason, "move it there", "action")
        case pst.Var("resource"):
            reason = "a policy cannot name a single row"
            return Unsupported(reason, "test attributes of the row instead", "resource")
        case _:
            return Unsupported("only attributes and literals can be compared", _ONE_OF)


def _unavailable(operation: str, why: str) -> Unsupported:
    """Cedar's tree has is_loopback and decimal_less_than for isLoopback and lessThan."""
    first, *rest = operation.removeprefix("decimal_").split("_")
    token = first + "".join(word.capitalize() for word in rest)
    return Unsupported(f"`{token}` {why}", _ONE_OF, token)
