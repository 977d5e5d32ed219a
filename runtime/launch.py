"""Start and stop the background supervisor of a home, and read what it says."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from runtime.errors import CitizengraphError
from runtime.files import private_directory, private_home, require_free_bytes
from runtime.lock import supervisor_pid
from runtime.process import is_alive, process_started
from runtime.secrets import scrub
from runtime.settings import Settings
from runtime.state import StackState, read_state

POLL_SECONDS = 0.1
STOP_SECONDS_MAX = 120.0
SPACE_NEEDED_BYTES = 300_000_000
DATA = (
    *("neo4j", "valkey", "gateway", "logs", "secrets", "keys", "state.json", "supervisor.lock"),
    *("city.jsonl", "city.json", "story.json", "dev-accounts.json", "quarantine", "bulk-load"),
    *("bulk-load.lock", "bulk-rejects.jsonl", "joined", "education"),
)

Watch = Callable[[StackState], None]


def start(settings: Settings, names: Sequence[str], watch: Watch) -> tuple[StackState, bool]:
    """Start the stack or join the running one; the state once it is ready, and whether it ran.

    `watch` gets every state on the way. Raises the error of the part that failed.
    """
    home = private_home(settings.home.absolute())
    require_free_bytes(home, SPACE_NEEDED_BYTES)
    pid = supervisor_pid(home)
    process = None if pid else _spawn(home, names)
    state = _follow(home, pid or (process.pid if process else 0), process, watch)
    return state, pid is not None


def stop(settings: Settings, watch: Watch) -> bool:
    """Stop the stack; False when it was not running."""
    home = settings.home.absolute()
    pid = supervisor_pid(home)
    if pid is None:
        return False
    started = process_started(pid)
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS_MAX
    while is_alive(pid, started):
        if time.monotonic() > deadline:
            words = f"The supervisor (process {pid}) has not stopped in {STOP_SECONDS_MAX:.0f} s."
            raise CitizengraphError("STOP_FAILED", words, "See `citizengraph status`.")
        _show(home, pid, watch)
        time.sleep(POLL_SECONDS)
    return True


def wipe(settings: Settings) -> list[str]:
    """Remove the data, keys, logs and state of a stopped stack; the names that were there."""
    home = settings.home.absolute()
    if supervisor_pid(home) is not None:
        raise CitizengraphError("STOP_FAILED", "The stack is still running.", "Stop it first.")
    found = [name for name in DATA if (home / name).exists()]
    for name in found:
        path = home / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    return found


def current(settings: Settings) -> StackState:
    """The state of the running stack, or NOT_RUNNING."""
    home = settings.home.absolute()
    state = read_state(home)
    if state is None or supervisor_pid(home) != state.pid:
        words = f"No stack is running in {home}."
        if state is not None and state.status not in ("stopped", "failed"):
            words += " The last one ended without being stopped."
        raise CitizengraphError("NOT_RUNNING", words, "Start it with `citizengraph up`.")
    return state


def _spawn(home: Path, names: Sequence[str]) -> subprocess.Popen[bytes]:
    """A process of its own session, so that neither Ctrl-C nor a closed terminal ends it."""
    path = private_directory(home / "logs") / "supervisor.log"
    path.touch(mode=0o600)
    with path.open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "runtime.supervisor", *names],
            env={**os.environ, "CITIZENGRAPH_HOME": str(home)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def _follow(
    home: Path, pid: int, process: subprocess.Popen[bytes] | None, watch: Watch
) -> StackState:
    started = process_started(pid)
    while True:
        state = _show(home, pid, watch)
        if state is not None and state.status == "running":
            return state
        ended = process.poll() is not None if process else not is_alive(pid, started)
        if ended:
            raise _failure(home, pid)
        time.sleep(POLL_SECONDS)


def _show(home: Path, pid: int, watch: Watch) -> StackState | None:
    """The state, when it is that of this supervisor and not of an earlier one."""
    state = read_state(home)
    if state is None or state.pid != pid:
        return None
    watch(state)
    return state


def _failure(home: Path, pid: int) -> CitizengraphError:
    state = read_state(home)
    if state is not None and state.pid == pid and state.error is not None:
        error = state.error
        return CitizengraphError(error["code"], scrub(error["message"], home), error["hint"])
    if state is not None and state.pid == pid and state.status == "stopped":
        words = "The stack was stopped while it was starting."
        return CitizengraphError("NOT_RUNNING", words, "Start it again with `citizengraph up`.")
    log = home / "logs" / "supervisor.log"
    tail = "\n".join(log.read_text(errors="replace").splitlines()[-12:]) if log.is_file() else ""
    words = f"The supervisor ended while starting. The last lines of its log:\n{scrub(tail, home)}"
    return CitizengraphError("PART_FAILED", words, "Correct what the log says and start again.")
