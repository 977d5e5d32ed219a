"""Order and keyset pagination: a page continues behind a position, whatever came or went since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.conditions import ALWAYS
from graph.cypher.predicates import condition
from graph.cypher.writer import Writer, conjunction
from graph.problems import BadArgument
from graph.selection import Page


@dataclass(frozen=True)
class Ordered:
    """Pieces of a statement: sort keys for a WITH, the slice, and the cursor list."""

    computed: str
    sliced: str
    cursor: str


def ordered(
    writer: Writer, page: Page, types: Sequence[str], node: str, tie: str = "", first: str = ""
) -> Ordered:
    """Sorted by `first`, the page's order, then the opaque ids of the node and of `tie`."""
    keys: list[tuple[str, str, bool]] = [(f"{node}_first", first, False)] if first else []
    for number, order in enumerate(page.order):
        if len(types) != 1:
            raise BadArgument("orderBy cannot be used where rows have several types.")
        value = _sort_value(writer, types[0], order.field, node)
        keys.append((f"{node}_s{number}", value, order.descending))
    keys.append((f"{node}_id", f"{node}.id", False))
    if tie:
        keys.append((f"{node}_tie", tie, False))
    computed = "".join(f", {value} AS {name}" for name, value, _ in keys)
    sorting = ", ".join(f"{name} DESC" if down else name for name, _, down in keys)
    limit = writer.bind(page.first + 1)
    names = [name for name, _, _ in keys]
    return Ordered(
        computed=computed,
        sliced=f"{_behind(writer, page, keys)} ORDER BY {sorting} LIMIT {limit}",
        cursor=f"[{', '.join(names)}]",
    )


def _sort_value(writer: Writer, type_name: str, field: str, node: str) -> str:
    """The field, or nothing where the caller may not sort by it: order must not tell it either."""
    allowed = writer.decision.testable(type_name, field)
    if allowed == ALWAYS:
        return f"coalesce({node}.{field}, '')"
    guard = condition(writer, allowed, type_name, {"row": node})
    return f"CASE WHEN {guard} THEN coalesce({node}.{field}, '') ELSE '' END"


def _behind(writer: Writer, page: Page, keys: list[tuple[str, str, bool]]) -> str:
    """`WHERE` the position is passed, then `WITH *` for the sort."""
    if page.after is None:
        return ""
    if len(page.after) != len(keys):
        raise BadArgument(
            "after is a cursor of another list or order.", "Start from the first page."
        )
    options: list[str] = []
    for number, (name, _, down) in enumerate(keys):
        same = [f"{keys[i][0]} = {writer.bind(page.after[i])}" for i in range(number)]
        beyond = f"{name} {'<' if down else '>'} {writer.bind(page.after[number])}"
        options.append(" AND ".join([*same, beyond]))
    return f"{conjunction('(' + ' OR '.join(options) + ')')} WITH *"
