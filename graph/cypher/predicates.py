"""Conditions, filters and moments as Cypher predicates."""

from __future__ import annotations

from collections.abc import Mapping

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
    Operand,
    Principal,
    all_of,
)
from graph.cypher.attributes import expression
from graph.cypher.writer import Writer
from graph.declarations import PLACED, POSITION
from graph.moments import Moment
from graph.problems import BadArgument
from graph.selection import NEAR, Filter, Test

_OPERATORS = {
    "equals": "=",
    "in": "IN",
    "startsWith": "STARTS WITH",
    "contains": "CONTAINS",
    "from": ">=",
    "to": "<=",
}


def condition(writer: Writer, part: Condition, type_name: str, rows: Mapping[str, str]) -> str:
    """A predicate that is true or false, never null. `rows` names the variables it is about."""
    if part == ALWAYS:
        return "true"
    if part == NEVER:
        return "false"
    return f"coalesce({_expression(writer, part, type_name, rows)}, false)"


def _expression(writer: Writer, part: Condition, type_name: str, rows: Mapping[str, str]) -> str:
    match part:
        case Compare(op, left, right):
            sides = [_operand(writer, side, type_name, rows) for side in (left, right)]
            return f"{sides[0]} {op} {sides[1]}"
        case AllOf(parts):
            return f"({' AND '.join(_expression(writer, p, type_name, rows) for p in parts)})"
        case AnyOf(parts):
            return f"({' OR '.join(_expression(writer, p, type_name, rows) for p in parts)})"
        case Not(inner):
            return f"NOT {_expression(writer, inner, type_name, rows)}"
        case _:
            return condition(writer, part, type_name, rows)


def _operand(writer: Writer, operand: Operand, type_name: str, rows: Mapping[str, str]) -> str:
    match operand:
        case Attribute(name):
            return expression(writer, type_name, name, rows)
        case Principal(name):
            return f"$principal_{name}"
        case Literal(value):
            return writer.bind(value)


def may_see(writer: Writer, type_name: str, variable: str) -> str:
    """Whether the row may be known to exist; empty when it always may."""
    seen = writer.decision.row(type_name).condition
    return "" if seen == ALWAYS else condition(writer, seen, type_name, {"row": variable})


def filtered(writer: Writer, where: Filter, type_name: str, variable: str) -> str:
    """The filter over a row. A field by which the caller may not choose the row never matches."""
    parts = [_test(writer, test, type_name, variable) for test in where.tests]
    if where.any:
        options = (filtered(writer, option, type_name, variable) for option in where.any)
        parts.append(f"({' OR '.join(option or 'true' for option in options)})")
    return " AND ".join(part for part in parts if part)


def _test(writer: Writer, test: Test, type_name: str, variable: str) -> str:
    allowed = all_of(*(writer.decision.testable(type_name, field) for field in test.fields))
    comparison = _comparison(writer, test, type_name, variable)
    if allowed == ALWAYS:
        return comparison
    return f"({condition(writer, allowed, type_name, {'row': variable})} AND {comparison})"


def _comparison(writer: Writer, test: Test, type_name: str, variable: str) -> str:
    value = writer.bind(list(test.value) if isinstance(test.value, tuple) else test.value)
    if test.operator == "pinyin":
        spoken = writer.catalogue.nodes[type_name].spoken[test.field]
        return f"{variable}.{spoken} STARTS WITH {value}"
    if test.operator == NEAR:
        longitude, latitude = (f"{field}: {value}[{at}]" for at, field in enumerate(PLACED))
        around = f"point({{{longitude}, {latitude}, crs: 'WGS-84'}})"
        return f"point.distance({variable}.{POSITION}, {around}) <= {value}[2]"
    return f"{variable}.{test.field} {_OPERATORS[test.operator]} {value}"


def current(variable: str) -> str:
    """True today, of a relationship in the current picture."""
    return (
        f"({variable}.validTo IS NULL OR {variable}.validTo > $today)"
        f" AND ({variable}.validFrom IS NULL OR {variable}.validFrom <= $today)"
    )


def believed(writer: Writer, moment: Moment, variable: str) -> str:
    """What we believed at the moment, of a fact."""
    return believed_at(variable, writer.bind(moment.as_known) if moment.as_known else "")


def believed_at(variable: str, known: str) -> str:
    """What we believed at the time of the parameter `known`, or now where it is empty."""
    if not known:
        return f"{variable}.recordedTo IS NULL"
    return (
        f"{variable}.recordedFrom <= {known}"
        f" AND ({variable}.recordedTo IS NULL OR {variable}.recordedTo > {known})"
    )


def day_of(writer: Writer, moment: Moment) -> str:
    """The parameter with the day that the moment is about."""
    return writer.bind(moment.as_of) if moment.as_of else "$today"


def held(writer: Writer, moment: Moment, variable: str) -> str:
    """Believed at the moment, and true on its day unless the history is asked for."""
    if moment.history:
        return believed(writer, moment, variable)
    day = day_of(writer, moment)
    return (
        f"{believed(writer, moment, variable)}"
        f" AND ({variable}.validFrom IS NULL OR {variable}.validFrom <= {day})"
        f" AND ({variable}.validTo IS NULL OR {variable}.validTo > {day})"
    )


def check_moment(moment: Moment) -> None:
    """Raises BadArgument where the moment contradicts itself."""
    if moment.history and moment.as_of:
        raise BadArgument(
            "history shows every period and asOf shows one day.", "Leave one of the two out."
        )
