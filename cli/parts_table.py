"""The state of the parts as a table, for `up`, `down` and `status`."""

import time

from rich.table import Column, Table

from runtime.process import resident_bytes
from runtime.state import PartState, StackState

COLOURS = {"ready": "green", "external": "green", "failed": "red", "restarting": "yellow"}


def parts_table(state: StackState) -> Table:
    """Name, state and seconds of every part, while they change."""
    table = Table("part", "state", "seconds", "", box=None)
    for name, part in state.parts.items():
        table.add_row(name, _state(part), _seconds(part), part.note or part.last_exit or "")
    return table


def status_table(state: StackState) -> Table:
    """Everything about every part of a running stack."""
    columns = ("part", "state", "pid", "port", "uptime", "restarts", "memory", "last exit")
    table = Table(*(Column(name, overflow="fold") for name in columns), box=None)
    for name, part in state.parts.items():
        held = resident_bytes(part.pid, part.process_started)
        table.add_row(
            name,
            _state(part),
            str(part.pid or ""),
            str(part.port or part.url or ""),
            _uptime(part),
            str(part.restarts),
            f"{held // 2**20} MB" if held else "",
            part.last_exit or "",
        )
    return table


def addresses(state: StackState) -> dict[str, str]:
    """Where to go next, for what is running."""
    found: dict[str, str] = {}
    console, gateway = (state.parts.get(name) for name in ("console", "gateway"))
    if console is not None and console.url:
        found["Console"] = console.url
    if gateway is not None and gateway.url:
        found |= {"GraphQL": f"{gateway.url}/graphql", "GraphiQL": f"{gateway.url}/graphiql"}
    shown = ("console", "gateway")
    others = {name: part.url for name, part in state.parts.items() if name not in shown}
    return found | {name: url for name, url in others.items() if url}


def uptime_seconds(part: PartState) -> float | None:
    """How long the part has been ready."""
    return time.time() - part.ready_at if part.ready_at else None


def _state(part: PartState) -> str:
    colour = COLOURS.get(part.state, "cyan")
    return f"[{colour}]{part.state}[/]"


def _seconds(part: PartState) -> str:
    if part.started_at is None:
        return ""
    return f"{(part.ready_at or time.time()) - part.started_at:.1f}"


def _uptime(part: PartState) -> str:
    seconds = uptime_seconds(part)
    if seconds is None:
        return ""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"
