"""What the supervisor runs, as data: one Part per process."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from runtime.process import Report

Check = Callable[[], None]
"""Returns when the part answers; raises when it does not."""


def nothing(report: Report) -> None:
    """No preparation."""
    del report


@dataclass(frozen=True)
class Part:
    """One process; an external part (no command) runs elsewhere and is only checked.

    `prepare` runs once, beside the start of other parts and before the part's own; `stopped` runs
    after a clean stop. `command` is asked for at every start. `stop_seconds` is the time between
    SIGTERM and SIGKILL. Addresses with passwords are in no part's environment but where it says so.
    """

    name: str
    ready: Check
    command: Callable[[], Sequence[str]] | None = None
    environment: Mapping[str, str] = field(default_factory=dict[str, str])
    port: int | None = None
    url: str | None = None
    depends_on: tuple[str, ...] = ()
    prepare: Callable[[Report], None] = nothing
    stopped: Callable[[], None] | None = None
    stop_seconds: float = 10.0


def restricted(parts: Sequence[Part], names: Sequence[str]) -> list[Part]:
    """The named parts only; all when no name is given."""
    return [part for part in parts if not names or part.name in names]


def stop_order(parts: Sequence[Part]) -> list[list[Part]]:
    """Groups to stop one after the other: a part comes before what it depends on."""
    remaining = list(parts)
    groups: list[list[Part]] = []
    while remaining:
        needed = {name for part in remaining for name in part.depends_on}
        group = [part for part in remaining if part.name not in needed]
        if not group:
            raise ValueError("the parts depend on each other in a circle")
        groups.append(group)
        remaining = [part for part in remaining if part not in group]
    return groups
