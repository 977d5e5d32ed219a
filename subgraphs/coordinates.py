"""Schema coordinates of a schema: what composition must leave visible to a consumer.

The notation is that of the GraphQL schema coordinates specification: `Person`, `Person.name`,
`Query.person(citizenNumber:)`, `Sex.FEMALE`.
"""

from __future__ import annotations

from collections.abc import Iterator

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLObjectType,
)
from strawberry.federation import Schema

from graph.catalogue import Catalogue
from subgraphs.visible import Visible

_BUILT_IN = frozenset({"String", "Int", "Float", "Boolean", "ID"})


def coordinates(schema: Schema, catalogue: Catalogue, visible: Visible) -> frozenset[str]:
    """Everything in the schema but federation's own, and but ids that are not granted."""
    core = schema._schema  # pyright: ignore[reportPrivateUsage]
    return frozenset(
        coordinate
        for name, declared in core.type_map.items()
        if not name.startswith(("_", "link__")) and name not in _BUILT_IN
        for coordinate in _of_type(name, declared)
        if not _hidden_id(coordinate, catalogue, visible)
    )


def _hidden_id(coordinate: str, catalogue: Catalogue, visible: Visible) -> bool:
    """Keys stay in the supergraph for the planner, and are hidden from those without a grant."""
    owner, _, field = coordinate.partition(".")
    return field == "id" and owner in catalogue.nodes and not visible.field(owner, "id")


def _of_type(name: str, declared: object) -> Iterator[str]:
    yield name
    if isinstance(declared, GraphQLObjectType):
        for field, definition in declared.fields.items():
            if not field.startswith("_"):
                yield f"{name}.{field}"
                yield from (f"{name}.{field}({argument}:)" for argument in definition.args)
    elif isinstance(declared, GraphQLInputObjectType):
        yield from (f"{name}.{field}" for field in declared.fields)
    elif isinstance(declared, GraphQLEnumType):
        yield from (f"{name}.{value}" for value in declared.values)
