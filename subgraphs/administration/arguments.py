"""Arguments that the pages of desks share."""

from __future__ import annotations

from graph.problems import BadArgument
from resolvers.arguments import cursor, position


def between(name: str, value: int, least: int, most: int) -> None:
    """Raises BadArgument where the value is out of bounds."""
    if not least <= value <= most:
        raise BadArgument(f"{name} is {value}; it goes from {least} to {most}.")


def placed(after: str | None, parts: int) -> list[str] | None:
    """What a cursor of `cursor_of` stands for. Raises BadArgument for what is none."""
    if after is None:
        return None
    found = position(after)
    if len(found) != parts:
        raise BadArgument("after is not a cursor of this field.")
    return list(found)


def number_of(text: str) -> int:
    """A number within a cursor. Raises BadArgument."""
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise BadArgument("after is not a cursor of this field.")
    return int(text)


def cursor_of(*parts: object) -> str:
    """A cursor that stands for these parts."""
    return cursor([str(part) for part in parts])
