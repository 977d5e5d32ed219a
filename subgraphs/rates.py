"""How often one process is asked, by whom, and how long it takes: the latest fetches, in memory."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil

KEPT = 20_000
"""Fetches; of more than these in the time asked about, it is told of the latest alone."""


@dataclass(frozen=True, slots=True)
class Fetch:
    """One fetch that was answered, whatever the answer; `at` is of the monotonic clock."""

    at: float
    consumer: str
    subgraph: str
    seconds: float


@dataclass(frozen=True)
class Rate:
    """Fetches of one kind: how many, and milliseconds within which a half and 99 % were served."""

    requests: int
    p50_ms: float
    p99_ms: float


class Rates:
    """The latest fetches of this process."""

    def __init__(self, kept: int = KEPT) -> None:
        self._fetches: deque[Fetch] = deque(maxlen=kept)

    def note(self, consumer: str, subgraph: str, seconds: float) -> None:
        """One fetch that has just been answered."""
        self._fetches.append(Fetch(time.monotonic(), consumer, subgraph, seconds))

    def since(self, seconds: float) -> tuple[Sequence[Fetch], float]:
        """Fetches of the last so many seconds, and how many of these seconds are known of."""
        now = time.monotonic()
        found = [fetch for fetch in self._fetches if now - fetch.at <= seconds]
        is_full = len(self._fetches) == self._fetches.maxlen and len(found) == len(self._fetches)
        return found, now - found[0].at if is_full else seconds


def rate(fetches: Iterable[Fetch]) -> Rate:
    """Of these fetches."""
    taken = sorted(fetch.seconds * 1000 for fetch in fetches)
    return Rate(len(taken), _within(taken, 0.5), _within(taken, 0.99))


def by_kind(fetches: Iterable[Fetch]) -> Mapping[tuple[str, str], Rate]:
    """Of each consumer and subgraph."""

    def kind(fetch: Fetch) -> tuple[str, str]:
        return fetch.consumer, fetch.subgraph

    return {of: rate(found) for of, found in groupby(sorted(fetches, key=kind), kind)}


def _within(ordered: Sequence[float], share: float) -> float:
    return round(ordered[max(ceil(share * len(ordered)), 1) - 1], 1) if ordered else 0.0
