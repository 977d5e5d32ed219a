"""One supervisor per home: it holds HOME/supervisor.lock, which contains its process id.

The operating system frees the lock when the process ends, however it ends.
"""

import fcntl
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

from runtime.files import private_home, writable
from runtime.process import is_alive, process_started

TAKE_SECONDS = 3.0
POLL_SECONDS = 0.05


def lock_file(home: Path) -> Path:
    """Where the lock is."""
    return home / "supervisor.lock"


def supervisor_pid(home: Path) -> int | None:
    """The process id of the running supervisor; None when there is none."""
    path = lock_file(home)
    if not path.is_file():
        return None
    with path.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            pid = int(file.read() or 0)
            return pid if is_alive(pid, process_started(pid)) else None
    return None


def take_lock(home: Path) -> IO[str] | None:
    """The open lock, held until it is closed; None when another supervisor holds it."""
    private_home(home)
    with writable(home):
        file = lock_file(home).open("a+")
    if not _locked(file):
        file.close()
        return None
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return file


def _locked(file: IO[str]) -> bool:
    """A killed supervisor holds the lock until its last thread has ended, so try for a while."""
    deadline = time.monotonic() + TAKE_SECONDS
    while time.monotonic() < deadline:
        with suppress(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        time.sleep(POLL_SECONDS)
    return False
