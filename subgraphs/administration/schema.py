"""The schema of a desk: the root fields that the model declares and the consumer may ever use."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, cast

import strawberry
from strawberry.extensions import SchemaExtension
from strawberry.federation import Schema
from strawberry.schema.config import StrawberryConfig
from strawberry.types import Info

from graph.catalogue import Catalogue
from graph.declarations import Operation
from resolvers.desk import DeskRequest
from resolvers.rows import FieldDenied
from subgraphs.administration import (
    access,
    audit_fields,
    consent_fields,
    emergency_fields,
    fields,
    health_fields,
    ingest_fields,
    matrix_fields,
)
from subgraphs.build import DOCUMENT_CACHES, FEDERATION_VERSION
from subgraphs.parts import described
from subgraphs.rows import optional
from subgraphs.scalars import SCALARS
from subgraphs.visible import Visible

SUBGRAPH = "policy"
RESOLVERS = {
    **fields.RESOLVERS,
    **matrix_fields.RESOLVERS,
    **access.RESOLVERS,
    **consent_fields.RESOLVERS,
    **emergency_fields.RESOLVERS,
    **health_fields.RESOLVERS,
    **ingest_fields.RESOLVERS,
    **audit_fields.RESOLVERS,
}


def desk_schema(
    catalogue: Catalogue,
    visible: Visible,
    extensions: Sequence[type[SchemaExtension]],
    subgraph: str = SUBGRAPH,
    resolvers: Mapping[str, Any] = RESOLVERS,
) -> Schema:
    """The schema, with the given extensions behind the document caches."""
    return Schema(
        query=_root(catalogue, visible, "Query", subgraph, resolvers),
        mutation=_root(catalogue, visible, "Mutation", subgraph, resolvers),
        extensions=[*DOCUMENT_CACHES, *extensions],
        config=StrawberryConfig(scalar_map=cast("Any", SCALARS)),
        federation_version=FEDERATION_VERSION,
    )


def _root(
    catalogue: Catalogue, visible: Visible, root: str, subgraph: str, resolvers: Mapping[str, Any]
) -> type | None:
    found = {
        name: _field(root, name, operation, resolvers[name])
        for desk in catalogue.operations.values()
        if desk.subgraph == subgraph
        for of, name, operation in desk.roots
        if of == root and name in resolvers and visible.field(root, name)
    }
    if not found:
        return None
    return strawberry.federation.type(type(root, (), found), name=root)


def _field(root: str, name: str, operation: Operation, resolve: Callable[..., Any]) -> Any:
    return strawberry.field(
        resolver=_allowed(root, name, resolve),
        name=name,
        description=described(operation.label, operation.description),
    )


def _allowed(root: str, name: str, resolve: Callable[..., Any]) -> Callable[..., Any]:
    """The resolver, for those whom the policy lets use it for this purpose; null for others."""

    @wraps(resolve)
    async def allowed(info: Info, **given: Any) -> Any:
        request: DeskRequest = info.context
        if not request.allows(root, name):
            raise FieldDenied(f"{root}.{name}", "for this purpose")
        return await resolve(info, **given)

    declared = inspect.signature(resolve, eval_str=True)
    result = optional(declared.return_annotation)
    allowed.__signature__ = declared.replace(return_annotation=result)  # type: ignore[attr-defined]
    allowed.__annotations__ = {**resolve.__annotations__, "return": result}
    return allowed
