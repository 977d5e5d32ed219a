"""One pick, asked by itself under a caller's decision."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from graph.cypher import Asking, Clock, Statements
from graph.decision import Decision
from graph.selection import RootPick, Selection
from resolvers.context import Caller

Read = Callable[[str, Mapping[str, Any]], Awaitable[list[dict[str, Any]]]]
Maps = list[Mapping[str, Any]]


def alone(pick: RootPick) -> Selection:
    """The selection of nothing else."""
    return Selection({"it": pick})


async def maps_of(
    pick: RootPick,
    statements: Statements,
    caller: Caller,
    decision: Decision,
    read: Read,
    clock: Clock,
) -> Maps:
    """What was found, by one statement, as `Answer` and `work_out` take it."""
    asking = Asking(caller.principal, clock, caller.case)
    statement = statements.selection(alone(pick), decision, asking)
    found = await read(statement.text, statement.parameters)
    maps: Maps = found[0][statement.columns["it"]]
    return maps
