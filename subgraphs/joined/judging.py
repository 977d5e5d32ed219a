"""Whether an answer of a department is what it declared. What does not fit is not passed on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, cast

from graph.catalogue import Catalogue
from graph.declarations import Field
from ingest.check import is_partial_date
from resolvers.arguments import parse_time
from subgraphs.joined.asking import Unfit, Unreachable, Wanted

TEXT_MAX = 2_000
INT_MAX = 2**31 - 1
Row = tuple[str, Mapping[str, Any]]
"""Identifier and values of one row."""
Judged = list[Row] | Unfit | Unreachable


def judged(
    catalogue: Catalogue, wanted: Mapping[str, Wanted], response: Mapping[str, Any]
) -> dict[str, dict[str, Judged]]:
    """The rows of each number, by name of what was wanted. Raises Unreachable and Unfit.

    An error of one entity is that entity's; an error of no entity is the whole answer's.
    """
    failed = set(_failed(response.get("errors")))
    data: Any = response.get("data")
    if not isinstance(data, dict):
        raise Unfit("answered without data")
    found = cast("dict[str, Any]", data)
    return {
        name: dict(_entities(catalogue, name, part, found.get(name), failed))
        for name, part in wanted.items()
    }


def _failed(errors: Any) -> Iterator[tuple[str, int]]:
    """Which entities have an error, as name and position."""
    if errors is None:
        return
    if not isinstance(errors, list):
        raise Unfit("answered with errors that are none")
    for error in cast("list[Any]", errors):
        path: Any = cast("dict[str, Any]", error).get("path") if isinstance(error, dict) else None
        match path:
            case [str(name), int(position), *_]:
                yield name, position
            case _:
                raise Unreachable("answered with an error")


def _entities(
    catalogue: Catalogue, name: str, part: Wanted, entities: Any, failed: set[tuple[str, int]]
) -> Iterator[tuple[str, Judged]]:
    if not isinstance(entities, list) or len(cast("list[Any]", entities)) != len(part.numbers):
        raise Unfit(f"answered about other {part.held.of} than were asked about")
    tests = {field: _test(catalogue, part.held.fields[field]) for field in part.fields}
    answers = zip(part.numbers, cast("list[Any]", entities), strict=True)
    for position, (number, entity) in enumerate(answers):
        if (name, position) in failed:
            yield number, Unreachable("answered with an error")
            continue
        try:
            yield number, list(_rows(part, number, entity, tests))
        except Unfit as unfit:
            yield number, unfit


Test = Callable[[Any], bool]


def _rows(part: Wanted, number: str, entity: Any, tests: Mapping[str, Test]) -> Iterator[Row]:
    """Nothing of somebody whom the register does not know."""
    if entity is None:
        return
    held, field = part.held, part.held.through.field
    if (
        not isinstance(entity, dict)
        or cast("dict[str, Any]", entity).get(part.identifier) != number
    ):
        raise Unfit(f"answered about another {held.of} than was asked about")
    rows: Any = cast("dict[str, Any]", entity).get(field)
    if not isinstance(rows, list):
        raise Unfit(f"answered {held.of}.{field} with no list")
    listed = cast("Sequence[Any]", rows)
    if len(listed) > held.rows_max:
        raise Unfit(f"answered {held.of}.{field} with more than {held.rows_max} rows")
    seen: set[str] = set()
    for row in listed:
        name, values = _row(part, row, tests)
        if name in seen:
            raise Unfit(f"answered with one {held.identifier} twice")
        seen.add(name)
        yield name, values


def _row(part: Wanted, row: Any, tests: Mapping[str, Test]) -> Row:
    held = part.held
    if not isinstance(row, dict):
        raise Unfit(f"answered {held.of}.{held.through.field} with what is no {held.name}")
    values = {field: cast("dict[str, Any]", row).get(field) for field in part.fields}
    for field, value in values.items():
        if value is not None and not tests[field](value):
            raise Unfit(f"answered {held.name}.{field} with a value that does not fit")
    name = values[held.identifier]
    if not name:
        raise Unfit(f"answered a {held.name} without {held.identifier}")
    return str(name), values


def _test(catalogue: Catalogue, field: Field) -> Test:
    if field.codes:
        names = frozenset(catalogue.codes[field.codes].values)
        return lambda value: isinstance(value, str) and value in names
    tests: dict[str, Test] = {
        "PartialDate": lambda value: isinstance(value, str) and is_partial_date(value),
        "DateTime": _is_time,
        "Boolean": lambda value: isinstance(value, bool),
        "Int": lambda value: type(value) is int and abs(value) <= INT_MAX,
        "Float": lambda value: type(value) in (int, float),
    }
    return tests.get(field.of, _is_text)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= TEXT_MAX and "\x00" not in value


def _is_time(value: Any) -> bool:
    """A moment as the API writes it."""
    try:
        return isinstance(value, str) and parse_time(value) == value
    except ValueError:
        return False
