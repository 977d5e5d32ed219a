"""What resolvers hand to GraphQL: rows whose values are fetched, settled and keyed already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from runtime.errors import CitizengraphError


class FieldDenied(CitizengraphError):
    """The policy denies a field of a row that the consumer may know of."""

    def __init__(self, field: str, where: str = "of this row") -> None:
        super().__init__("FIELD_DENIED", f"The policy does not show {field} {where}.")


class _Denied:
    """The value of a denied field."""


DENIED = _Denied()


@dataclass(frozen=True, slots=True)
class Masked:
    """A value of which the policy shows a part, and the name of the mask."""

    value: Any
    mask: str


class Row:
    """A GraphQL object: its type name and values by key."""

    __slots__ = ("data", "type")

    def __init__(self, type_name: str, data: dict[str, Any]) -> None:
        self.type = type_name
        self.data = data

    def get(self, key: str, field: str) -> Any:
        """The value, Masked or whole. Raises FieldDenied where the policy does not show it."""
        value = self.data.get(key)
        if value is DENIED:
            raise FieldDenied(f"{self.type}.{field}")
        return value
