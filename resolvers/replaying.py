"""Recorded operations on two sets of policies: read from the audit, and replayed."""

from __future__ import annotations

from audit.operations import recorded_operations
from policies.replay import Recorded, Replayed, replay
from policies.table import PolicySet


def replayed(
    redis_url: str, limit: int, before: PolicySet, after: PolicySet
) -> tuple[int, list[Replayed]]:
    """How many of the newest operations were read, and those that would be answered differently."""
    counts = recorded_operations(redis_url, limit)
    operations = [
        Recorded(o.consumer, o.purpose, o.basis, o.hash, o.name, o.asked, count)
        for o, count in counts.most_common()
    ]
    return sum(counts.values()), list(replay(operations, before, after))
