"""Random arguments of GraphQL fields: literals, variables, and the values of those."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import graphql as g

Pick = Callable[[int], int]
"""Chooses a number below the one that it is given, such as `Random(1).randrange`."""
Pools = Mapping[str, Sequence[Any]]
"""Values as in JSON: by the name of an argument or input field, alone ("number") or with its type
("number:String"), and by the name of a type."""
PLAIN: Pools = {
    "Boolean": [True, False],
    "Int": [1, 2, 0, 3, 20, -1],
    "Float": [50.0, 0.5, 60, -1.5],
    "String": ["", "nobody", "小雨", "' OR 1=1 //", '"\\\u0000\n}'],
    "ID": ["nobody", ""],
    "Date": ["2020-02-29", "1988-05-17", "9999-12-31", "0001-01-01"],
    "PartialDate": ["1960", "1962-03", "1988-05-17"],
    "DateTime": ["2020-02-29T00:00:00Z", "2026-11-25T08:00:00+08:00"],
    "_Any": [{"__typename": "Person", "id": "nobody"}],
}
LEVELS = 3
"""Lists and input objects within each other, at most."""


class Variable(NamedTuple):
    """A place in a value where a variable stands."""

    name: str


class Values:
    """Writes arguments, and keeps the variables that they use."""

    def __init__(self, pick: Pick, pools: Pools) -> None:
        self.pick, self.pools = pick, {**PLAIN, **pools}
        self.declared: list[str] = []
        self.given: dict[str, Any] = {}
        self._known: dict[str, list[Variable]] = {}

    def chance(self, percent: int) -> bool:
        """False where nothing is left to choose with."""
        return self.pick(100) >= 100 - percent

    def one(self, values: Sequence[Any]) -> Any:
        """One of them."""
        return values[self.pick(len(values))]

    def literal(self, kind: g.GraphQLInputType, hint: str) -> str:
        """What stands behind the colon of the argument `hint`."""
        return printed(kind, self._value(kind, hint, LEVELS, True))

    def _value(self, kind: Any, hint: str, depth: int, variables: bool) -> Any:
        """As in JSON, with variables where those may be."""
        if variables and self.chance(35):
            return self._variable(kind, hint)
        if not g.is_non_null_type(kind) and self.chance(7):
            return None
        kind = g.get_nullable_type(kind)
        if g.is_list_type(kind):
            return self._list(kind.of_type, hint, depth, variables)
        if g.is_scalar_type(kind):
            known = (f"{hint}:{kind.name}", hint, kind.name)
            return self.one(next(self.pools[name] for name in known if name in self.pools))
        if kind.name in self.pools and self.chance(80):
            return self.one(self.pools[kind.name])
        if g.is_enum_type(kind):
            return self.one(list(kind.values))
        return self._object(kind, hint, depth - 1, variables)

    def _list(self, inner: Any, hint: str, depth: int, variables: bool) -> Any:
        """A value that is no list stands for a list of itself."""
        if self.chance(10):
            return self._value(g.GraphQLNonNull(g.get_nullable_type(inner)), hint, depth, False)
        count = self.pick(4) if depth > 0 else 0
        return [self._value(inner, hint, depth, variables) for _ in range(count)]

    def _object(
        self, kind: g.GraphQLInputObjectType, hint: str, depth: int, variables: bool
    ) -> dict[str, Any]:
        """Of many fields a few; of a "one of" exactly one."""
        names = list(kind.fields)
        count = 1 if kind.is_one_of else self.pick(3) if depth >= 0 else 0
        chosen = {self.one(names) for _ in range(count)}
        made: dict[str, Any] = {}
        for name, inner in kind.fields.items():
            if name in chosen or g.is_required_input_field(inner):
                of = g.GraphQLNonNull(inner.type) if kind.is_one_of else inner.type
                below = name if self.is_known(name) else hint
                made[name] = self._value(of, below, depth, variables)
        return made

    def is_known(self, hint: str) -> bool:
        """Whether there are values for an argument or input field of this name."""
        return any(name.partition(":")[0] == hint for name in self.pools)

    def _variable(self, kind: Any, hint: str) -> Variable:
        """One that was declared for a place of the same type, or a new one."""
        known = self._known.setdefault(str(kind), [])
        if known and self.chance(30):
            return self.one(known)
        known.append(self._declared(kind, hint, Variable(f"v{len(self.declared)}")))
        return known[-1]

    def _declared(self, kind: Any, hint: str, variable: Variable) -> Variable:
        """With a type that fits the place, perhaps a default, and a value unless it needs none."""
        strict = g.is_non_null_type(kind)
        of = kind if strict or self.chance(80) else g.GraphQLNonNull(kind)
        value, default = self._value(of, hint, LEVELS, False), ""
        if self.chance(30):
            default = f" = {printed(of, self._value(of, hint, LEVELS, False))}"
            of = of.of_type if strict and self.chance(50) else of
        self.declared.append(f"${variable.name}: {of}{default}")
        needed = g.is_non_null_type(of) and not default
        if needed or self.chance(60):
            self.given[variable.name] = value
        return variable


def printed(kind: Any, value: Any) -> str:
    """The value as a literal of the type, which tells an enum from a text."""
    kind = g.get_nullable_type(kind)
    if value is None or isinstance(value, Variable):
        return f"${value.name}" if value else "null"
    if isinstance(value, list):
        inner = kind.of_type if g.is_list_type(kind) else None
        return f"[{', '.join(printed(inner, one) for one in value)}]"
    if isinstance(value, dict):
        named = g.get_named_type(kind)
        fields = named.fields if g.is_input_object_type(named) else {}
        parts = [
            f"{name}: {printed(fields[name].type if fields else None, inner)}"
            for name, inner in value.items()
        ]
        return f"{{{', '.join(parts)}}}"
    if g.is_enum_type(g.get_named_type(kind)):
        return value
    return json.dumps(value, ensure_ascii=False)
