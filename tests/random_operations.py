"""Random valid GraphQL operations over any schema, as a Hypothesis strategy.

Aliases (also ones that are another field's name), one field several times, inline and named
fragments on objects and unions, @skip and @include, `__typename`, and the arguments of
`random_values`. What a response key stands for is the same in a whole operation, so that selections
always merge.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import graphql as g
from hypothesis import strategies as st

from tests.random_values import Pick, Pools, Values

CONDITION = g.GraphQLNonNull(g.GraphQLBoolean)
TYPE_NAME = g.GraphQLField(g.GraphQLNonNull(g.GraphQLString))
NO_ALIASES = {"id", "__typename"}
"""The gateway refuses these two as aliases."""


@dataclass(frozen=True)
class Operation:
    """A document with one operation, and the values of its variables."""

    text: str
    variables: Mapping[str, Any]


@dataclass(frozen=True)
class Choices:
    """What operations are made of. `roots` are the fields that they may begin with, all if None."""

    schema: g.GraphQLSchema
    pools: Pools = field(default_factory=dict[str, Any])
    roots: Collection[str] | None = None
    root: g.OperationType = g.OperationType.QUERY
    depth: int = 6
    """Levels of selections."""
    width: int = 4
    """Selections in one set."""
    selections: int = 25
    """Selections in all; after so many, what is open is ended as fast as can be."""


def operations(choices: Choices) -> st.SearchStrategy[Operation]:
    """Every byte is a choice, so that 1,000 take some seconds; fewer and lower are simpler."""
    scripts = st.binary(min_size=200, max_size=2000)
    return scripts.map(lambda script: operation(choices, _reader(script)))


def operation(choices: Choices, pick: Pick) -> Operation:
    """One operation."""
    return _Writer(choices, pick).operation()


def _reader(script: bytes) -> Pick:
    """Behind the end of the bytes it is always the first."""
    rest = iter(script)

    def pick(n: int) -> int:
        number = next(rest, 0)
        return number * n >> 8 if n <= 256 else (number << 8 | next(rest, 0)) * n >> 16

    return pick


@lru_cache(10_000)
def _overlapping(schema: g.GraphQLSchema, parent: Any) -> list[Any]:
    """Types that a fragment within the parent may be on, its members first."""
    composite = [t for t in schema.type_map.values() if g.is_composite_type(t)]
    found = [t for t in composite if g.do_types_overlap(schema, t, parent)]
    return sorted(found, key=lambda t: (g.is_abstract_type(t), t.name))


class _Fragment(NamedTuple):
    text: str
    depth: int


class _Writer:
    def __init__(self, choices: Choices, pick: Pick) -> None:
        self.choices, self.schema = choices, choices.schema
        self.values = Values(pick, choices.pools)
        self.pick, self.known = pick, self.values.is_known
        self.chance, self.one = self.values.chance, self.values.one
        self.fragments: dict[str, dict[str, _Fragment]] = {}
        """By the type that they are on."""
        self.keys: dict[str, tuple[str, str, str]] = {}
        """Response keys: the field, its arguments and the shape of its values."""
        self.asked: dict[tuple[str, str], dict[str, str]] = {}
        """Fields by type and name: arguments by response key."""
        self.written = 0

    def operation(self) -> Operation:
        root = self.schema.get_root_type(self.choices.root)
        assert root, f"the schema has no {self.choices.root.value}"
        body = self._set(root, self.choices.depth)
        variables = ", ".join(self.values.declared)
        name = " Asked" if variables or self.chance(30) else ""
        head = f"{self.choices.root.value}{name}{f'({variables})' if variables else ''} {body}"
        fragments = [f.text for some in self.fragments.values() for f in some.values()]
        return Operation("\n".join([head, *fragments]), self.values.given)

    def _full(self) -> bool:
        return self.written > self.choices.selections

    def _set(self, parent: Any, depth: int) -> str:
        count = 1 + self.pick(1 if self._full() else self.choices.width)
        return f"{{ {' '.join(self._selection(parent, depth) for _ in range(count))} }}"

    def _selection(self, parent: Any, depth: int) -> str:
        self.written += 1
        if depth < 1 or self._full():
            return self._field(parent, 0)
        what = self.pick(10)
        if what < 8 and not g.is_union_type(parent):
            return self._field(parent, depth)
        on = self.one(_overlapping(self.schema, parent))
        if what == 9:
            return f"...{self._fragment(on, depth - 1)}{self._directives()}"
        condition = f" on {on.name}" if on is not parent or self.chance(70) else ""
        return f"...{condition}{self._directives()} {self._set(on, depth - 1)}"

    def _fragment(self, on: Any, depth: int) -> str:
        """One that is complete already, so that there are no cycles, or a new one."""
        known = self.fragments.setdefault(on.name, {})
        short = [name for name, fragment in known.items() if fragment.depth <= depth]
        if short and self.chance(50):
            return self.one(short)
        body = self._set(on, depth)
        name = f"F{sum(map(len, self.fragments.values())) + 1}"
        known[name] = _Fragment(f"fragment {name} on {on.name} {body}", depth)
        return name

    def _directives(self) -> str:
        chosen = [name for name in ("include", "skip") if self.chance(8)]
        return "".join(f" @{name}(if: {self.values.literal(CONDITION, '')})" for name in chosen)

    def _fields(self, parent: Any) -> Mapping[str, g.GraphQLField]:
        fields = {} if g.is_union_type(parent) else parent.fields
        if self.choices.roots is None or parent is not self.schema.get_root_type(self.choices.root):
            return fields
        return {name: field for name, field in fields.items() if name in self.choices.roots}

    def _field(self, parent: Any, depth: int) -> str:
        fields = self._fields(parent)
        names = [name for name, f in fields.items() if depth > 0 or _is_leaf(f)]
        name = "__typename" if not names or self.chance(5) else self.one(names)
        chosen = TYPE_NAME if name == "__typename" else fields[name]
        key, arguments = self._named(parent, name, chosen)
        alias = f"{key}: " if key != name else ""
        inner = "" if _is_leaf(chosen) else self._set(g.get_named_type(chosen.type), depth - 1)
        return f"{alias}{name}{arguments}{self._directives()} {inner}".rstrip()

    def _named(self, parent: Any, name: str, field: g.GraphQLField) -> tuple[str, str]:
        """Response key and arguments. A key that was used before has the arguments of then."""
        asked = self.asked.setdefault((parent.name, name), {})
        if asked and self.chance(60):
            return self.one(list(asked.items()))
        arguments = self._arguments(field)
        means = (name, arguments, _shape(field))
        key = self._alias(parent) if self.chance(25) else name
        if self.keys.setdefault(key, means) != means:
            key = self._new_alias()
            self.keys[key] = means
        asked[key] = arguments
        return key, arguments

    def _alias(self, parent: Any) -> str:
        others = [name for name in self._fields(parent) if name not in NO_ALIASES]
        return self.one(others) if others and self.chance(30) else self._new_alias()

    def _new_alias(self) -> str:
        return f"a{len(self.keys)}"

    def _arguments(self, field: g.GraphQLField) -> str:
        given = [
            f"{name}: {self.values.literal(argument.type, name)}"
            for name, argument in field.args.items()
            if g.is_required_argument(argument) or self.chance(80 if self.known(name) else 40)
        ]
        return f"({', '.join(given)})" if given else ""


def _is_leaf(field: g.GraphQLField) -> bool:
    return g.is_leaf_type(g.get_named_type(field.type))


def _shape(field: g.GraphQLField) -> str:
    """Fields of one key have to agree in it, whichever types they belong to."""
    shape = str(field.type)
    return shape if _is_leaf(field) else shape.replace(g.get_named_type(field.type).name, "{}")
