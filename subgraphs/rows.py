"""How Strawberry meets our rows: their classes, how values are read, how entities are found."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any, Optional, cast

from strawberry.federation import Schema
from strawberry.federation.schema import FederationAny
from strawberry.types import Info

from resolvers.rows import DENIED, FieldDenied, Row
from subgraphs.parts import key_of

# Strawberry logs each error with its document. Ours are coded; `endpoint` logs those that are not.
# A filter, because uvicorn's logging set-up enables disabled loggers again.
logging.getLogger("strawberry.execution").addFilter(lambda _: False)


class PolicedSchema(Schema):
    """A federation schema whose entities were fetched before."""

    def entities_resolver(
        self, info: Info, representations: list[FederationAny]
    ) -> list[FederationAny]:
        """The row of each representation, in order; null for what is not there or not seen."""
        rows, key = cast("Any", info).context.entities, cast("Any", info).path.key
        found = (cast("Mapping[str, str]", entity) for entity in representations)
        return [rows.get((f"{key}:{e['__typename']}", e["id"])) for e in found]


def row_class(name: str, node: bool = False) -> Any:
    """An empty class for Strawberry to decorate. Its objects are rows; a node's are of its type."""

    def is_type_of(obj: object, _info: object) -> bool:
        return isinstance(obj, Row) and (not node or obj.type == name)

    members: dict[str, Any] = {"is_type_of": staticmethod(is_type_of)}
    return type(name, (), members)


def optional(annotation: Any) -> Any:
    """The annotation or None; one made from Annotated unions cannot use `|`."""
    return Optional[annotation]  # noqa: UP045


def read_value(row: Row, name: str) -> Any:
    """A field without arguments: its value stands under its name."""
    key = name.rstrip("_")
    return row.get(key, key)


def read_root(_root: Any, info: Info[Any, Any]) -> Any:
    """A root field: its value was fetched with the operation. Raises FieldDenied."""
    value = info.context.roots[key_of(info)]
    if value is DENIED:
        raise FieldDenied(f"Query.{info.field_name}", "for this purpose")
    return value
