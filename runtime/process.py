"""Child processes: bound to their parent, told apart from others that got the same id."""

import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import psutil

from runtime.settings import secret_names

Report = Callable[[str], None]
"""Tells the user what a long step is doing, in words."""

START_TOLERANCE_SECONDS = 1.0
POLL_SECONDS = 0.05
KILL_SECONDS = 5.0


def guarded(command: Sequence[str]) -> list[str]:
    """The command line under which `command` (an absolute path first) dies with this process."""
    guard = str(Path(__file__).with_name("guard.py"))
    return [sys.executable, "-I", "-S", guard, str(os.getpid()), *command]


def environment(values: Mapping[str, str]) -> dict[str, str]:
    """The environment for a child: ours without the secrets, then `values`."""
    hidden = secret_names()
    return {**{n: v for n, v in os.environ.items() if n not in hidden}, **values}


def process_started(pid: int) -> float | None:
    """When the process started, in seconds since the epoch; None if there is none."""
    try:
        return psutil.Process(pid).create_time()
    except psutil.Error:
        return None


def is_alive(pid: int | None, started: float | None) -> bool:
    """Whether this very process still runs: a reused id has another start time."""
    process = same_process(pid, started)
    with suppress(psutil.Error):
        return process is not None and process.status() != psutil.STATUS_ZOMBIE
    return False


def same_process(pid: int | None, started: float | None) -> psutil.Process | None:
    """The process with this id and start time."""
    if pid is None or started is None:
        return None
    with suppress(psutil.Error):
        process = psutil.Process(pid)
        if abs(process.create_time() - started) < START_TOLERANCE_SECONDS:
            return process
    return None


def end_process(pid: int | None, started: float | None, seconds: float) -> bool:
    """Ask the process to end, force it after `seconds`; True once it is gone."""
    process = same_process(pid, started)
    if process is None:
        return True
    with suppress(psutil.NoSuchProcess):
        process.terminate()
        if not wait_for_end(pid, started, seconds):
            process.kill()
            wait_for_end(pid, started, KILL_SECONDS)
    return not is_alive(pid, started)


def wait_for_end(pid: int | None, started: float | None, seconds: float) -> bool:
    """Whether the process ended within `seconds`; one that only waits to be reaped has ended."""
    deadline = time.monotonic() + seconds
    while is_alive(pid, started):
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_SECONDS)
    return True


def resident_bytes(pid: int | None, started: float | None) -> int | None:
    """Memory that the process and its children hold, in bytes (RSS)."""
    process = same_process(pid, started)
    if process is None:
        return None
    with suppress(psutil.Error):
        family = [process, *process.children(recursive=True)]
        return sum(member.memory_info().rss for member in family)
    return None
