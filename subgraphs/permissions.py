"""The root field `myPermissions`: the consumer's own contract, and nothing of anybody else's."""

from __future__ import annotations

from typing import Any, cast

import strawberry
from strawberry.types import Info

from subgraphs.parts import declare, named_enum, plain, resolved
from subgraphs.rows import row_class

NAME = "myPermissions"
SUBGRAPH = "people"
_MODES = {
    "SEE": "That a row exists.",
    "CLEAR": "The whole value.",
    "MASKED": "What the mask leaves of it.",
    "CONSENT": "The whole value, where the person consented.",
    "FILTER": "To filter and sort by it.",
}
_FIELDS: dict[str, tuple[Any, str]] = {
    "purpose": (str, "Id of the purpose."),
    "basis": (str, "Id of the legal basis."),
    "type": (str, "Type of the row."),
    "field": (str | None, "The field; null of the row itself."),
    "mode": (named_enum("PermissionMode", _MODES, "What is granted of a field."), "The mode."),
    "mask": (str | None, "The mask, where there is one."),
    "condition": (str | None, "Of which rows, in words; null where not for this purpose."),
    "missing": (str | None, "The action that no grant permits for this purpose; null if granted."),
}


def my_permissions() -> dict[str, tuple[Any, Any]]:
    """The root field, with its type."""
    cls = row_class("Permission")
    declare(cls, {name: (kind, plain(name, kind, text)) for name, (kind, text) in _FIELDS.items()})
    strawberry.federation.type(
        cls, name="Permission", description="A right of this consumer, for one of its purposes."
    )
    result = cast("Any", list)[cls]
    text = "What this consumer may see, for which of its purposes · 本机构的授权"
    return {NAME: (result, resolved(NAME, result, text, (), _read))}


def _read(_root: Any, info: Info[Any, Any]) -> Any:
    return info.context.permissions()
