"""Variables of an operation that only say which row: left open while a plan is made, filled after.

Such a variable names a row at a root field and nothing else. Any other can change what is selected;
a plan is made for each of its values.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, cast

import orjson
from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    ObjectValueNode,
    OperationDefinitionNode,
    VariableNode,
    Visitor,
    visit,
)
from graphql.execution.values import VariableValues

from graph.selection import KinshipPick, ListPick, LookupPick, PersonRef, RootPick
from resolvers import arguments
from resolvers.arguments import Open, plain
from resolvers.select import grouped

Kind = Literal["value", "keys", "reference", "entities"]
_ABSENT = b""


def open_variables(
    operation: OperationDefinitionNode,
    fragments: Iterable[FragmentDefinitionNode],
    roots: Iterable[FieldNode],
    queries: Mapping[str, tuple[str, str]],
) -> dict[str, Kind]:
    """Variables that are used to name rows of root fields only, and how."""
    everywhere = _Uses()
    for part in (operation, *fragments):
        visit(part, everywhere)
    sites: Counter[str] = Counter()
    kinds: dict[str, set[Kind]] = {}
    for node in roots:
        for name, kind in _sites(node, queries):
            sites[name] += 1
            kinds.setdefault(name, set()).add(kind)
    declared = 1  # the definition itself is a use, too
    return {
        name: next(iter(found))
        for name, found in kinds.items()
        if len(found) == 1 and everywhere.count[name] == sites[name] + declared
    }


class _Uses(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.count: Counter[str] = Counter()

    def enter_variable(self, node: VariableNode, *_: Any) -> None:
        self.count[node.name.value] += 1


def _sites(node: FieldNode, queries: Mapping[str, tuple[str, str]]) -> Iterable[tuple[str, Kind]]:
    name = node.name.value
    kind = "entities" if name == "_entities" else queries[name][0] if name in queries else ""
    for argument in node.arguments or ():
        value, given = argument.value, argument.name.value
        if isinstance(value, VariableNode):
            found = _direct(kind, given)
            if found:
                yield value.name.value, found
        elif kind == "answer" and isinstance(value, ObjectValueNode):
            for part in value.fields:
                if isinstance(part.value, VariableNode):
                    yield part.value.name.value, "value"


def _direct(kind: str, argument: str) -> Kind | None:
    """How a variable that is a whole argument names rows."""
    if kind == "one":
        return "value"
    if kind == "bulk" and argument == "keys":
        return "keys"
    if kind == "entities" and argument == "representations":
        return "entities"
    return "reference" if kind == "answer" and argument in _PERSONS else None


_PERSONS = ("a", "b", "of", "person")


@dataclass
class Opened:
    """The variables of one request, apart: what makes the plan, and what is filled in.

    `whole`: as they came. `stand_ins`: for the plan. `values`: by the text of what was left open;
    `rows`: how many rows each names.
    """

    whole: VariableValues
    stand_ins: dict[str, Any]
    signature: tuple[object, ...]
    values: dict[str, Any] = field(default_factory=dict[str, Any])
    rows: dict[str, int] = field(default_factory=dict[str, int])

    @property
    def size(self) -> int:
        """How long the values are that a plan is made for."""
        return sum(len(part) for part in self.signature if isinstance(part, bytes))

    def fill(self, pick: RootPick) -> RootPick:
        """The pick with its own values. Raises BadArgument naming the argument."""
        if isinstance(pick, LookupPick):
            first = next(iter(pick.values), "")
            return replace(pick, values=self._looked_up(pick, first)) if _is_open(first) else pick
        if isinstance(pick, ListPick):
            return pick
        if not isinstance(pick, KinshipPick):
            return self._with(pick, subject="of")
        return self._with(pick, **_PAIR if pick.question == "relationship" else _ROLES)

    def of(self, value: Any) -> Any:
        """A value of the plan as it is now."""
        if isinstance(value, list):
            first = next(iter(cast("list[Any]", value)), None)
            found = self.of(first) if _is_open(first) else cast("list[Any]", value)
            return cast("list[Any]", found) if isinstance(found, list) else [found]
        return self.values[value] if _is_open(value) else value

    def count(self, pick: RootPick) -> int:
        """How many rows the root names, where that was left open."""
        first = next(iter(pick.values), "") if isinstance(pick, LookupPick) else ""
        return self.rows.get(first, 1) if _is_open(first) else 1

    def _looked_up(self, pick: LookupPick, given: str) -> list[str]:
        value = self.values[given]
        if pick.shape == "entities":
            return value
        if pick.shape == "bulk":
            return arguments.bulk("keys", value)
        return [arguments.identifier(pick.field, value)]

    def _with(self, pick: Any, **roles: str) -> Any:
        return replace(pick, **{a: self._person(getattr(pick, a), r) for a, r in roles.items()})

    def _person(self, person: PersonRef, role: str) -> PersonRef:
        if not _is_open(person.value):
            return person
        value = self.values[person.value]
        return replace(person, value=arguments.identifier(f"{role}.{person.field}", value))


_PAIR = {"subject": "a", "relative": "b"}
_ROLES = {"subject": "of", "relative": "person"}


def _is_open(value: object) -> bool:
    return isinstance(value, Open)


def opened(
    variables: VariableValues,
    declared: Iterable[str],
    kinds: Mapping[str, Kind],
    known: Callable[[str], bool],
) -> Opened:
    """The variables apart. Raises BadArgument where representations are none."""
    found = Opened(variables, {}, ())
    signature: list[object] = []
    for name in declared:
        if name not in variables.coerced:
            signature.append(_ABSENT)
            continue
        value, kind = variables.coerced[name], kinds.get(name)
        if value is None or kind is None:
            found.stand_ins[name] = value
            signature.append(_encoded(value))
        else:
            signature.append(_open(found, name, kind, value, known))
    found.signature = tuple(signature)
    return found


def _open(found: Opened, name: str, kind: Kind, value: Any, known: Callable[[str], bool]) -> object:
    """Leave the variable open; what of it still counts for the plan."""
    if kind == "entities":
        groups = grouped(value, known)
        parts = {kind: Open(f"${name}:{kind}") for kind in groups}
        for of, part in parts.items():
            found.values[part] = list(dict.fromkeys(groups[of]))
            found.rows[part] = len(groups[of])
        found.stand_ins[name] = [{"__typename": of, "id": part} for of, part in parts.items()]
        return tuple(groups)
    if kind == "reference":
        given = {key: part for key, part in value.items() if part is not None}
        found.stand_ins[name] = {key: Open(f"${name}.{key}") for key in given}
        found.values.update({f"${name}.{key}": part for key, part in given.items()})
        return tuple(given)
    found.values[f"${name}"] = value
    found.rows[f"${name}"] = len(value) if kind == "keys" else 1
    found.stand_ins[name] = [Open(f"${name}")] if kind == "keys" else Open(f"${name}")
    return kind


def _encoded(value: Any) -> bytes:
    return orjson.dumps(value, default=plain, option=orjson.OPT_SORT_KEYS)
