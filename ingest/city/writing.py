"""A city's facts into a file, its communities written by processes of their own."""

from __future__ import annotations

import gc
import multiprocessing
import os
import shutil
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ingest.city.communities import Community, communities
from ingest.city.generate import City
from ingest.city.story import Story
from ingest.lines import write_facts
from runtime.guard import end_with

_COPIED_BYTES = 1 << 20


@dataclass(frozen=True)
class Written:
    """Facts in a file, what lives in its city, and the people of the demonstration."""

    facts: int
    counts: Counter[str]
    story: Story | None = None


def write_city(path: Path, people: int, seed: int, progress: Callable[[int], None]) -> Written:
    """Write all facts, community by community, the same however many processes there are.

    `progress` is called with the people of each community.
    """
    planned = list(communities(people, seed))
    with _parts(path) as directory:
        parts = [directory / str(community.number) for community in planned]
        found: list[Written] = []
        with path.open("wb") as file:
            for community, part, written in zip(planned, parts, _all(planned, parts), strict=True):
                with part.open("rb") as content:
                    shutil.copyfileobj(content, file, _COPIED_BYTES)
                part.unlink()
                found.append(written)
                progress(community.people)
    counts = sum((written.counts for written in found), Counter[str]())
    return Written(sum(written.facts for written in found), counts, found[0].story)


@contextmanager
def _parts(path: Path) -> Generator[Path]:
    """A directory beside the file, without what an interrupted writing left, gone at the end."""
    directory = path.with_name(f".{path.name}.parts")
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(mode=0o700)
    try:
        yield directory
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def _all(planned: Sequence[Community], parts: Sequence[Path]) -> Iterator[Written]:
    """Write each community into its part, several at once; in their order."""
    processes = min(os.cpu_count() or 1, len(planned))
    if processes == 1:
        yield from map(_write, planned, parts)
        return
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, context, end_with, (os.getpid(),))
    try:
        yield from pool.map(_write, planned, parts)
    finally:
        pool.shutdown(cancel_futures=True)


def _write(community: Community, path: Path) -> Written:
    """Millions of small objects live until the end: looking for dead ones takes half the time."""
    gc.disable()
    try:
        city = City(community)
        facts = write_facts(path, city)
        return Written(facts, city.counts(), city.story if community.is_first else None)
    finally:
        gc.enable()
