"""A city's facts into a file, its parts written by processes of their own."""

from __future__ import annotations

import multiprocessing
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from multiprocessing.context import ForkContext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from graph.facts import Fact
from ingest.city.generate import City
from ingest.lines import write_facts

REPORT_FACTS = 1000
_POLL_SECONDS = 0.2
_held: dict[str, Any] = {}


def write_city(path: Path, city: City, progress: Callable[[int], None]) -> int:
    """Write all facts in their order; returns how many. `progress` counts them as they come.

    The processes are forks: they share the city as it stands, and none changes it.
    """
    context = multiprocessing.get_context("fork")
    written = _Counter(context)
    with TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as directory:
        paths = [Path(directory) / str(number) for number in range(len(city.parts))]
        processes = min(os.cpu_count() or 1, len(paths))
        with ProcessPoolExecutor(processes, context, _hold, (city, written)) as pool:
            waiting = {pool.submit(_write, number, part) for number, part in enumerate(paths)}
            while waiting:
                done, waiting = wait(waiting, _POLL_SECONDS, FIRST_COMPLETED)
                progress(written.since_last())
                for future in done:
                    future.result()
        with path.open("wb") as file:
            for part in paths:
                with part.open("rb") as content:
                    shutil.copyfileobj(content, file, 1 << 20)
                part.unlink()
    return written.total


class _Counter:
    """A number that several processes raise."""

    def __init__(self, context: ForkContext) -> None:
        self._value = context.Value("q", 0)
        self.total = 0

    def add(self, count: int) -> None:
        """Raise it."""
        with self._value.get_lock():
            self._value.value += count

    def since_last(self) -> int:
        """By how much it was raised since this was last asked."""
        before, self.total = self.total, self._value.value
        return self.total - before


def _hold(city: City, written: _Counter) -> None:
    _held.update(city=city, written=written)


def _write(number: int, path: Path) -> None:
    count: Callable[[int], None] = _held["written"].add
    write_facts(path, _counted(_held["city"].parts[number], count))


def _counted(facts: Iterable[Fact], count: Callable[[int], None]) -> Iterator[Fact]:
    number = 0
    for number, fact in enumerate(facts, 1):
        if number % REPORT_FACTS == 0:
            count(REPORT_FACTS)
        yield fact
    count(number % REPORT_FACTS)
