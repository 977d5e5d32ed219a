"""A progress bar with rate and remaining time, on standard error so that JSON stays clean."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.text import Text


class RateColumn(ProgressColumn):
    """Steps per second."""

    def render(self, task: Task) -> Text:
        """The rate so far."""
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:,.0f}/s", style="cyan")


class CountColumn(ProgressColumn):
    """Steps done, and of how many where somebody knows."""

    def render(self, task: Task) -> Text:
        """The steps so far."""
        of = "" if task.total is None else f"/{task.total:,.0f}"
        return Text(f"{task.completed:,.0f}{of}", style="green")


@contextmanager
def progress_bar(title: str, total: int | None) -> Generator[Callable[[int], None]]:
    """Show a bar; call what is yielded with the number of steps done since the last call."""
    with _progress() as progress:
        task = progress.add_task(title, total=total)

        def advance(steps: int) -> None:
            progress.advance(task, steps)

        yield advance


@contextmanager
def bytes_bar(title: str, total: int | None) -> Generator[Callable[[int], None]]:
    """As progress_bar, of bytes."""
    columns = (DownloadColumn(), TransferSpeedColumn())
    with _progress(*columns) as progress:
        task = progress.add_task(title, total=total)

        def advance(steps: int) -> None:
            progress.advance(task, steps)

        yield advance


@contextmanager
def at_work(title: str) -> Generator[None]:
    """Show that something goes on whose size nobody knows."""
    with Console(stderr=True).status(title):
        yield


class PhaseBars:
    """A bar for each phase of a long piece of work, shown once the phase begins."""

    def __init__(self, progress: Progress, titles: Mapping[str, tuple[str, int | None]]) -> None:
        self._progress = progress
        self._titles = dict(titles)
        self._tasks: dict[str, TaskID] = {}

    def advance(self, phase: str, steps: int) -> None:
        """So many steps of the phase are done."""
        if phase not in self._tasks:
            title, total = self._titles.get(phase, (phase, None))
            self._tasks[phase] = self._progress.add_task(title, total=total)
        self._progress.advance(self._tasks[phase], steps)

    def total(self, phase: str, steps: int) -> None:
        """How many steps the phase has, once somebody knows."""
        title, _ = self._titles.get(phase, (phase, None))
        self._titles[phase] = (title, steps)

    def waiting(self, seconds: int) -> None:
        """Say that the graph does not answer, for so many seconds; 0: it does again."""
        if seconds:
            self._progress.update(
                self._wait_task(), visible=True, description=f"Waiting for the graph ({seconds} s)"
            )
        elif "waiting" in self._tasks:
            self._progress.update(self._tasks["waiting"], visible=False)

    def _wait_task(self) -> TaskID:
        if "waiting" not in self._tasks:
            self._tasks["waiting"] = self._progress.add_task("Waiting for the graph", total=None)
        return self._tasks["waiting"]


@contextmanager
def phase_bars(titles: Mapping[str, tuple[str, int | None]]) -> Generator[PhaseBars]:
    """Bars by phase: its title and how many steps it has, None if nobody knows."""
    with _progress() as progress:
        yield PhaseBars(progress, titles)


def _progress(*amount: ProgressColumn) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        *(amount or (CountColumn(), RateColumn())),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
