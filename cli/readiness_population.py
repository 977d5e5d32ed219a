"""Readiness over everybody: counted on the graph by its operator, and what a change would do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cli.load import open_store
from cli.output import console, print_table
from cli.policy_sources import in_force
from cli.progress import progress_bar
from graph.catalogue import model
from graph.cypher import Clock
from policies.services import Service
from policies.table import load
from resolvers.overview import Overview, overview
from runtime.errors import CitizengraphError
from runtime.settings import Settings

_COLUMNS = ["service", "people", "applications", "ready", "papers", "no longer brought"]


@dataclass(frozen=True)
class Changed:
    """A service before and after; None where it is not there."""

    service: str
    before: Overview | None
    after: Overview | None

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        sides = {"before": self.before, "after": self.after}
        return {
            "service": self.service,
            **{name: one and one.as_json() for name, one in sides.items()},
        }


async def population(settings: Settings, only: str | None) -> list[Overview]:
    """Every service in force, or the one. Raises BAD_ARGUMENT."""
    services = _chosen(in_force(settings, needed=False).services.services, only)
    return await _counted(settings, list(services.values()))


async def difference(settings: Settings, only: str | None, directory: Path) -> list[Changed]:
    """Each service that the directory declares otherwise. Raises BAD_ARGUMENT, POLICY_INVALID."""
    old = in_force(settings, needed=False).services.services
    new = load(directory, model()).services.services
    names = [name for name in dict.fromkeys((*old, *new)) if old.get(name) != new.get(name)]
    if only is not None:
        _chosen({**old, **new}, only)
        names = [name for name in names if name == only]
    sides = [services[n] for n in names for services in (old, new) if n in services]
    found = iter(await _counted(settings, sides))
    return [
        Changed(name, next(found) if name in old else None, next(found) if name in new else None)
        for name in names
    ]


async def _counted(settings: Settings, services: Sequence[Service]) -> list[Overview]:
    async with open_store(settings) as store:
        with progress_bar("Counting services", len(services)) as advance:
            found: list[Overview] = []
            for service in services:
                found.append(await overview(store, service, model(), Clock.system()))
                advance(1)
            return found


def _chosen(services: Mapping[str, Service], only: str | None) -> Mapping[str, Service]:
    if only is None:
        return services
    if only not in services:
        known = ", ".join(services) or "none"
        raise CitizengraphError(
            "BAD_ARGUMENT", f"There is no service {only!r}.", f"Known: {known}."
        )
    return {only: services[only]}


def print_population(found: Sequence[Overview]) -> None:
    """A table of services; of a single one a table of its requirements too."""
    print_table("Readiness by what is on file", _COLUMNS, [row(one) for one in found])
    if len(found) == 1:
        [one] = found
        of = one.applications
        counts = [
            [c.requirement, _share(c.satisfied, of), _share(c.unknown, of)]
            for c in one.requirements
        ]
        print_table("Of its requirements", ["requirement", "satisfied", "unknown"], counts)
    total, saved = sum(one.papers for one in found), sum(one.saved for one in found)
    console.print(f"{_share(saved, total)} papers need no longer be brought.", highlight=False)


def print_difference(changed: Sequence[Changed]) -> None:
    """Before → after, service by service."""
    rows = [
        [change.service, *(_arrow(*pair) for pair in zip(*_sides(change), strict=True))]
        for change in changed
    ]
    print_table("What the change would do", _COLUMNS, rows)


def row(one: Overview) -> list[str]:
    """A line of the table."""
    return [
        one.service,
        f"{one.people:,}",
        f"{one.applications:,}",
        _share(one.ready, one.applications),
        f"{one.papers:,}",
        _share(one.saved, one.papers),
    ]


def _sides(change: Changed) -> tuple[list[str], list[str]]:
    nothing = ["—"] * (len(_COLUMNS) - 1)
    before = row(change.before)[1:] if change.before else nothing
    return before, row(change.after)[1:] if change.after else nothing


def _arrow(before: str, after: str) -> str:
    return before if before == after else f"{before} → {after}"


def _share(part: int, whole: int) -> str:
    return f"{part:,} ({part / whole:.0%})" if whole else f"{part:,}"
