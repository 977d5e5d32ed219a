"""GraphQL scalars of the API."""

from __future__ import annotations

from typing import Any, NewType

import strawberry
from strawberry.types.scalar import ScalarDefinition

from resolvers.arguments import parse_day, parse_partial_date, parse_time

PartialDate = NewType("PartialDate", str)
Day = NewType("Day", str)
Time = NewType("Time", str)


def _same(value: Any) -> Any:
    return value


SCALARS: dict[object, ScalarDefinition] = {
    PartialDate: strawberry.scalar(
        name="PartialDate",
        description="A date as precise as the source knows it: 1984, 1984-05 or 1984-05-17.",
        serialize=_same,
        parse_value=parse_partial_date,
    ),
    Day: strawberry.scalar(
        name="Date",
        description="A day, ISO 8601: 1984-05-17.",
        serialize=_same,
        parse_value=parse_day,
    ),
    Time: strawberry.scalar(
        name="DateTime",
        description="A moment, ISO 8601; without an offset it is UTC.",
        serialize=_same,
        parse_value=parse_time,
    ),
}

PYTHON_TYPES: dict[str, Any] = {
    "ID": strawberry.ID,
    "String": str,
    "Int": int,
    "Float": float,
    "Boolean": bool,
    "PartialDate": PartialDate,
    "DateTime": Time,
}
