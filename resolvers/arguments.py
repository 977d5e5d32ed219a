"""GraphQL arguments as picks of the selection, checked."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, cast

import orjson

from graph.declarations import PLACED, Within
from graph.moments import Moment
from graph.pinyin import spoken
from graph.problems import BadArgument
from graph.selection import NEAR, Filter, Order, Page, PersonRef, Test

PAGE_DEFAULT = 20
PAGE_MAX = 100
BULK_MAX = 1000
FILTER_VALUES_MAX = 200
ORDERS_MAX = 4
OPTIONS_MAX = 30
METRES_MAX = 5_000
TEXT_MIN = 2
"""Characters of a part of a text, and letters of a spoken name, that are looked for."""

Arguments = Mapping[str, Any]


class Open(str):
    """Stands for the value of a variable while a plan is made that holds for any."""


def moment(arguments: Arguments) -> Moment:
    """`asOf`, `asKnown` and `history`."""
    as_of, as_known = arguments.get("asOf"), arguments.get("asKnown")
    return Moment(as_of, as_known, bool(arguments.get("history")))


def within(declared: Within, arguments: Arguments) -> int:
    """How far a question looks. Raises BadArgument outside of what is declared."""
    given = arguments.get(declared.argument)
    far = declared.default if given is None else int(given)
    if not 1 <= far <= declared.max:
        raise BadArgument(f"{declared.argument} is {far}; it goes from 1 to {declared.max}.")
    return far


def page(arguments: Arguments) -> Page:
    """`first`, `after`, `where` and `orderBy`."""
    first = arguments.get("first")
    first = PAGE_DEFAULT if first is None else int(first)
    if first < 1:
        raise BadArgument(f"first is {first}; a page holds at least one item.")
    if first > PAGE_MAX:
        raise BadArgument(
            f"first is {first}; a page holds at most {PAGE_MAX} items.",
            "Ask for fewer and continue with after.",
            "PAGE_TOO_LARGE",
        )
    return Page(
        first=first,
        after=_after(arguments.get("after")),
        where=_filter(arguments.get("where")),
        order=_orders(arguments.get("orderBy") or ()),
    )


def cursor(position: list[str]) -> str:
    """An opaque cursor for a position in a list."""
    return base64.urlsafe_b64encode(orjson.dumps(position)).decode().rstrip("=")


def _after(text: str | None) -> tuple[str, ...] | None:
    return None if text is None else position(text)


def position(text: str) -> tuple[str, ...]:
    """The position that a cursor stands for. Raises BadArgument."""
    try:
        decoded: Any = orjson.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, binascii.Error):
        decoded = None
    if not isinstance(decoded, list):
        raise BadArgument(
            "after is not a cursor of this API.", "Use a cursor from an earlier page."
        )
    parts = cast("list[object]", decoded)
    if not all(isinstance(part, str) for part in parts):
        raise BadArgument(
            "after is not a cursor of this API.", "Use a cursor from an earlier page."
        )
    return tuple(str(part) for part in parts)


def _orders(entries: Sequence[Any]) -> tuple[Order, ...]:
    if len(entries) > ORDERS_MAX:
        raise BadArgument(f"orderBy lists {len(entries)} fields; at most {ORDERS_MAX} fit.")
    return tuple(_order(entry) for entry in entries)


def _order(entry: Any) -> Order:
    given = cast("Arguments", entry)
    return Order(plain(given["field"]), plain(given.get("direction")) == "DESC")


def _filter(given: Any) -> Filter:
    if not given:
        return Filter()
    entries = dict(cast("Arguments", given))
    given_options = entries.pop("any", None) or ()
    if len(given_options) > OPTIONS_MAX:
        raise BadArgument(f"where.any lists {len(given_options)}; at most {OPTIONS_MAX} fit.")
    options = tuple(_filter(option) for option in given_options)
    around = [_around(near)] if (near := entries.pop(NEAR, None)) else []
    tests = [
        Test(field, operator, _sought(f"where.{field}.{operator}", operator, value))
        for field, operators in entries.items()
        if operators is not None
        for operator, value in cast("Arguments", operators).items()
        if value is not None
    ]
    return Filter((*around, *tests), options)


def _around(given: Any) -> Test:
    """Raises BadArgument for a point that is not on the earth, or a radius out of bounds."""
    near = cast("Arguments", given)
    place, metres = tuple(float(near[name]) for name in PLACED), int(near["metres"])
    for name, value, most in zip(PLACED, place, (180, 90), strict=True):
        if not -most <= value <= most:
            raise BadArgument(f"where.near.{name} goes from -{most} to {most}.")
    if not 1 <= metres <= METRES_MAX:
        raise BadArgument(f"where.near.metres goes from 1 to {METRES_MAX}.")
    return Test(PLACED[0], NEAR, (*place, float(metres)))


def _sought(path: str, operator: str, value: Any) -> Any:
    """The value as it is compared. Raises BadArgument for too little of a text."""
    if operator == "pinyin":
        value = spoken(str(value))
    if operator in ("pinyin", "contains") and len(value.strip()) < TEXT_MIN:
        raise BadArgument(f"{path} needs at least {TEXT_MIN} characters.")
    return _test_value(path, value)


def _test_value(path: str, value: Any) -> Any:
    if not isinstance(value, list):
        return plain(value)
    values = cast("list[Any]", value)
    if len(values) > FILTER_VALUES_MAX:
        raise BadArgument(
            f"{path} lists {len(values)} values; at most {FILTER_VALUES_MAX} are allowed."
        )
    return tuple(plain(part) for part in values)


def person(name: str, given: Any) -> PersonRef:
    """A person argument: exactly one of `id` and `citizenNumber`."""
    chosen = {key: value for key, value in cast("Arguments", given).items() if value is not None}
    if len(chosen) != 1:
        raise BadArgument(f"{name} needs exactly one of id and citizenNumber.")
    field, value = next(iter(chosen.items()))
    return PersonRef(field, identifier(f"{name}.{field}", value))


def bulk(name: str, values: list[Any]) -> list[str]:
    """Identifiers of a bulk look-up, in the caller's order."""
    if len(values) > BULK_MAX:
        raise BadArgument(
            f"{name} lists {len(values)} items; at most {BULK_MAX} are allowed.",
            "Split the list.",
            "PAGE_TOO_LARGE",
        )
    return [identifier(f"{name}[{position}]", value) for position, value in enumerate(values)]


_IDENTIFIER = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.:/-]{0,63}")


def identifier(name: str, value: Any) -> str:
    """An identifier as registers write them. Raises BadArgument naming the argument."""
    if isinstance(value, Open):
        return value
    if not isinstance(value, str) or not _IDENTIFIER.fullmatch(value):
        raise BadArgument(
            f"{name} is not an identifier.",
            "An identifier has 1 to 64 letters and digits (also _ . : / - after the first).",
        )
    return value


def plain(value: Any) -> Any:
    """The value of an enum member, or the value itself."""
    return value.value if isinstance(value, Enum) else value


def parse_day(text: object) -> str:
    """A full date, ISO 8601. Raises ValueError."""
    return date.fromisoformat(str(text)).isoformat()


def parse_time(text: object) -> str:
    """A time, ISO 8601 with or without offset (then UTC), as UTC. Raises ValueError."""
    parsed = datetime.fromisoformat(str(text))
    try:
        at = parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"{text} is out of range") from error
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


_PARTIAL = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def parse_partial_date(text: object) -> str:
    """A year, a month or a day, ISO 8601. Raises ValueError."""
    if not isinstance(text, str) or not _PARTIAL.fullmatch(text):
        raise ValueError("a PartialDate is written like 1984, 1984-05 or 1984-05-17")
    return text
