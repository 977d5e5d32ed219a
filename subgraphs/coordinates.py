"""Schema coordinates of a schema: what composition must leave visible to a consumer.

The notation is that of the GraphQL schema coordinates specification: `Person`, `Person.name`,
`Query.person(citizenNumber:)`, `Sex.FEMALE`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import cast

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLNamedType,
    GraphQLObjectType,
    get_named_type,
)
from strawberry.federation import Schema

from graph.catalogue import Catalogue
from subgraphs.visible import Visible

_BUILT_IN = frozenset({"String", "Int", "Float", "Boolean", "ID"})


def coordinates(schema: Schema, catalogue: Catalogue, visible: Visible) -> frozenset[str]:
    """Everything in the schema but federation's own, and but ids that are not granted.

    A desk's operation may lead to a row of a type that the consumer does not see: not to it, then.
    """
    core = schema._schema  # pyright: ignore[reportPrivateUsage]

    def hidden(name: str) -> bool:
        return _hidden_type(name, catalogue, visible)

    return frozenset(
        coordinate
        for name, declared in core.type_map.items()
        if not name.startswith(("_", "link__")) and name not in _BUILT_IN
        if not hidden(name)
        for coordinate in _of_type(name, declared, hidden)
        if not _hidden_id(coordinate, catalogue, visible)
    )


def _hidden_type(name: str, catalogue: Catalogue, visible: Visible) -> bool:
    return name in catalogue.nodes and not visible.type(name)


def _hidden_id(coordinate: str, catalogue: Catalogue, visible: Visible) -> bool:
    """Keys stay in the supergraph for the planner, and are hidden from those without a grant."""
    owner, _, field = coordinate.partition(".")
    return field == "id" and owner in catalogue.nodes and not visible.field(owner, "id")


def _of_type(name: str, declared: object, hidden: Callable[[str], bool]) -> Iterator[str]:
    yield name
    if isinstance(declared, GraphQLObjectType):
        for field, definition in declared.fields.items():
            result = cast("GraphQLNamedType", get_named_type(definition.type))
            if not field.startswith("_") and not hidden(result.name):
                yield f"{name}.{field}"
                yield from (f"{name}.{field}({argument}:)" for argument in definition.args)
    elif isinstance(declared, GraphQLInputObjectType):
        yield from (f"{name}.{field}" for field in declared.fields)
    elif isinstance(declared, GraphQLEnumType):
        yield from (f"{name}.{value}" for value in declared.values)
