"""Recorded operations on two sets of policies: read from the audit, replayed, and shown."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cli.output import console, counted, print_list
from cli.policy_reading import said
from policies.replay import Replayed
from policies.simulation import Change
from policies.table import PolicySet
from resolvers.replaying import replayed
from runtime.settings import Settings

HASH_DIGITS = 12


@dataclass(frozen=True)
class Replay:
    """Every operation that would be answered differently, of so many that were read."""

    operations: int
    milliseconds: float
    affected: Sequence[Replayed]

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        affected = [_as_json(replayed) for replayed in self.affected]
        return {"operations": self.operations, "affected": affected}


def replayed_operations(
    settings: Settings, before: PolicySet, after: PolicySet, limit: int
) -> Replay:
    """The newest operations of the audit, replayed."""
    started = time.perf_counter()
    operations, affected = replayed(settings.redis_url, limit, before, after)
    elapsed = (time.perf_counter() - started) * 1000
    return Replay(operations, elapsed, affected)


def print_replayed(found: Replay) -> None:
    """A line per operation and consumer, the most frequent first."""
    columns = ["operations", "consumer", "purpose / basis", "operation", "would be", "because"]
    rows = [_row(replayed) for replayed in found.affected]
    lines = [[f"{row[0]} of {row[1]} would be {row[4]}", *row[2:4], row[5]] for row in rows]
    print_list("Recorded operations that would change", columns, rows, lines)
    affected = sum(replayed.recorded.count for replayed in found.affected)
    words = f"{affected:,} of {counted(found.operations, 'operation')}"
    console.print(f"{words}, in {found.milliseconds:.0f} ms", style="dim")


def _row(replayed: Replayed) -> list[str]:
    recorded = replayed.recorded
    name = " ".join(filter(None, (recorded.name, recorded.hash[:HASH_DIGITS])))
    reason = ", ".join(replayed.because) or ", ".join(
        f"{change.kind} {change.cell.mode} {change.cell.coordinate}" for change in replayed.changes
    )
    why = f"{recorded.purpose} / {recorded.basis}"
    return [f"{recorded.count:,}", recorded.consumer, why, name, replayed.outcome, reason]


def _as_json(replayed: Replayed) -> dict[str, Any]:
    recorded = replayed.recorded
    return {
        **{name: getattr(recorded, name) for name in ("consumer", "purpose", "basis", "hash")},
        "name": recorded.name,
        "count": recorded.count,
        "outcome": replayed.outcome,
        "because": list(replayed.because),
        "changes": [change_as_json(change) for change in replayed.changes],
    }


def change_as_json(change: Change) -> dict[str, Any]:
    """A cell that differs, with conditions in words."""
    values = {"before": said(change.before), "after": said(change.after)}
    return {**vars(change.cell), "kind": change.kind, **values, "policies": list(change.policies)}
