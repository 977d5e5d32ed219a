"""What resolvers hand to GraphQL: rows whose values are fetched, settled and keyed already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from runtime.errors import CitizengraphError


class FieldDenied(CitizengraphError):
    """The policy denies a field of a row that the consumer may know of."""

    def __init__(self, field: str, where: str = "of this row") -> None:
        super().__init__("FIELD_DENIED", f"The policy does not show {field} {where}.")


class ConsentRequired(CitizengraphError):
    """The policy shows a field where the subject of the row consented, and they have not."""

    def __init__(self, field: str) -> None:
        super().__init__(
            "CONSENT_REQUIRED",
            f"{field} of this row is shown with the consent of the person only.",
            "Ask the person for their consent to this purpose.",
        )


def is_denial(error: BaseException | None) -> bool:
    """Whether a field is null because of the policy."""
    return isinstance(error, FieldDenied | ConsentRequired)


class _Denied:
    """The value of a denied field."""


DENIED = _Denied()
UNCONSENTED = _Denied()
"""Denied, and shown as soon as the subject consents."""


@dataclass(frozen=True, slots=True)
class Masked:
    """A value of which the policy shows a part, and the name of the mask."""

    value: Any
    mask: str


@dataclass(frozen=True, slots=True)
class Unanswered:
    """The value of a field whose department did not answer, or not as it declared."""

    code: str
    message: str
    hint: str = ""


class Row:
    """A GraphQL object: its type name and values by key."""

    __slots__ = ("data", "type")

    def __init__(self, type_name: str, data: dict[str, Any]) -> None:
        self.type = type_name
        self.data = data

    def get(self, key: str, field: str) -> Any:
        """The value, Masked or whole.

        Raises FieldDenied or ConsentRequired where the policy does not show it, and the code of
        what is unanswered.
        """
        value = self.data.get(key)
        if value is UNCONSENTED:
            raise ConsentRequired(f"{self.type}.{field}")
        if value is DENIED:
            raise FieldDenied(f"{self.type}.{field}")
        if isinstance(value, Unanswered):
            raise CitizengraphError(value.code, value.message, value.hint)
        return value
