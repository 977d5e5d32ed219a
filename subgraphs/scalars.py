"""GraphQL scalars of the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NewType

import strawberry
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition

from resolvers.arguments import parse_day, parse_partial_date, parse_time

PartialDate = NewType("PartialDate", str)
Day = NewType("Day", str)
Time = NewType("Time", str)


def _same(value: Any) -> Any:
    return value


def _parser(parse: Callable[[object], str], words: str) -> Callable[[object], str]:
    """The parser with its error as one of the request, which names what would do."""

    def parsed(value: object) -> str:
        try:
            return parse(value)
        except ValueError as error:
            raise GraphQLError(words) from error

    return parsed


SCALARS: dict[object, ScalarDefinition] = {
    PartialDate: strawberry.scalar(
        name="PartialDate",
        description="A date as precise as the source knows it: 1984, 1984-05 or 1984-05-17.",
        serialize=_same,
        parse_value=_parser(parse_partial_date, "A PartialDate is like 1984-05."),
    ),
    Day: strawberry.scalar(
        name="Date",
        description="A day, ISO 8601: 1984-05-17.",
        serialize=_same,
        parse_value=_parser(parse_day, "A Date is like 1984-05-17."),
    ),
    Time: strawberry.scalar(
        name="DateTime",
        description="A moment, ISO 8601; without an offset it is UTC.",
        serialize=_same,
        parse_value=_parser(parse_time, "A DateTime is like 2026-05-17T08:00:00Z."),
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
