"""How one fetch is answered, in words: what is selected, what is decided, what is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from graph.conditions import (
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
)
from graph.cypher import Statement
from graph.decision import DENIED, GIVEN, Decision
from graph.selection import (
    CustodyPick,
    KinshipPick,
    ListPick,
    LookupPick,
    RelativesPick,
    ResidentsPick,
    Selection,
    TypePick,
)
from policies.simplify import simplify
from resolvers.asked import coordinates

Rows = Sequence[tuple[str, ...]]


@dataclass(frozen=True)
class Explanation:
    """One fetch of one subgraph."""

    subgraph: str
    operation: str
    selection: Rows
    decision: Rows
    cypher: str
    parameters: Rows

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        return asdict(self)


def explanation(
    subgraph: str, operation: str, selection: Selection, decision: Decision, statement: Statement
) -> Explanation:
    """The explanation of a compiled selection."""
    return Explanation(
        subgraph,
        operation,
        list(_selected(selection)),
        list(_decided(selection, decision)),
        _broken(statement.text),
        [(f"${name}", repr(value)) for name, value in statement.parameters.items()],
    )


def _selected(selection: Selection) -> Iterator[tuple[str, str]]:
    for key, pick in selection.roots.items():
        match pick:
            case LookupPick(node, field, values):
                yield key, f"{node.type} by {field}, {len(values)} value(s)"
                yield from _type(key, node)
            case ListPick(node, page):
                yield key, f"{node.type}, a page of {page.first}"
                yield from _type(key, node)
            case KinshipPick() | RelativesPick() | CustodyPick() | ResidentsPick():
                yield key, f"{pick.question}: {', '.join(sorted(pick.fields))}"
                if pick.persons:
                    yield from _type(f"{key}.persons", pick.persons)


def _type(path: str, pick: TypePick) -> Iterator[tuple[str, str]]:
    fields = [scalar.field for scalar in pick.scalars.values()] + ["facts"] * bool(pick.facts)
    if fields:
        yield path, f"{pick.type}: {', '.join(fields)}"
    for key, edge in pick.edges.items():
        yield f"{path}.{key}", f"{edge.edge.relationship.name}, a page of {edge.page.first}"
        for target in edge.targets.values():
            yield from _type(f"{path}.{key}", target)


def _decided(selection: Selection, decision: Decision) -> Iterator[tuple[str, str, str]]:
    asked = ((found.type, found.field) for found in coordinates(selection))
    for type_name, field in dict.fromkeys(asked):
        effect = decision.field(type_name, field) if field else decision.row(type_name)
        name = f"{type_name}.{field}" if field else f"{type_name} (row)"
        yield name, words(effect.condition), ", ".join(effect.policies)
        for mask, masked in decision.masked.get((type_name, field), ()):
            yield f"{name} ({mask})", words(masked.condition), ", ".join(masked.policies)
        consent = decision.consent.get((type_name, field), DENIED)
        if consent.condition != NEVER:
            when = words(all_of(consent.condition, GIVEN))
            yield f"{name} (with consent)", when, ", ".join(consent.policies)
    for type_name, field in sorted(_tested(selection)):
        chosen = decision.filter.get((type_name, field), DENIED)
        when = words(simplify(decision.testable(type_name, field)))
        yield f"{type_name}.{field} (filter)", when, ", ".join(chosen.policies)


def _tested(selection: Selection) -> set[tuple[str, str]]:
    """Fields by which rows are chosen or put in order."""
    found = coordinates(selection)
    return {(one.type, one.field) for one in found if one.tested}


def words(condition: Condition) -> str:
    """The condition as a person would say it."""
    match condition:
        case Always():
            return "always"
        case Never():
            return "never"
        case Compare("=", left, right) if left == right:
            return f"{_operand(left)} is stated"
        case Compare(op, left, right):
            return f"{_operand(left)} {op} {_operand(right)}"
        case AllOf(parts):
            return " and ".join(words(part) for part in parts)
        case AnyOf(parts):
            return "(" + " or ".join(words(part) for part in parts) + ")"
        case Not(part):
            return f"not ({words(part)})"


def _operand(operand: Operand) -> str:
    match operand:
        case Attribute(name):
            return f"the row's {name}"
        case Principal(name):
            return f"the caller's {name}"
        case Literal(value):
            return repr(value)


def _broken(cypher: str) -> str:
    """The statement over several lines, two blanks deeper inside each subquery."""
    lines: list[str] = []
    depth = 0
    for part in (
        cypher.replace("COLLECT { ", "COLLECT {\n").replace(" RETURN ", "\nRETURN ").split("\n")
    ):
        lines.append("  " * depth + part.strip())
        depth = max(0, depth + part.count("{") - part.count("}"))
    return "\n".join(lines)
