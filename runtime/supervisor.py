"""The background process that owns every part: `python -m runtime.supervisor [part…]`."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from runtime.errors import CitizengraphError
from runtime.files import private_directory
from runtime.keys import ensure_keys
from runtime.lock import take_lock
from runtime.logs import PartLog
from runtime.parts import Part, restricted, stop_order
from runtime.process import end_process, process_started
from runtime.runner import PartRunner
from runtime.settings import Settings, StartSettings, load_settings
from runtime.stack import chosen_settings, secret_values, stack_parts
from runtime.state import StackState, read_state, write_state

LEFTOVER_SECONDS = 20.0
WRITE_SECONDS = 0.1


class Supervisor:
    """Starts the parts in the order of their dependencies and keeps HOME/state.json true."""

    def __init__(self, settings: Settings, state: StackState) -> None:
        self._settings = settings
        self._home = settings.home
        self._state = state
        self._runners: dict[str, PartRunner] = {}
        self._dirty = asyncio.Event()
        self._stop = asyncio.Event()

    async def run(self, parts: Sequence[Part]) -> None:
        """Run until SIGTERM or until a part cannot be started; stops everything before it ends."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop.set)
        self._runners = {part.name: self._runner(part) for part in parts}
        self._state.parts = {name: runner.state for name, runner in self._runners.items()}
        self._dirty.set()
        writer = asyncio.create_task(self._keep_written())
        tasks = [asyncio.create_task(self._run_part(r)) for r in self._runners.values()]
        tasks.append(asyncio.create_task(self._announce()))
        await self._wait(tasks)
        await self._stop_all(parts, tasks)
        writer.cancel()
        self._state.status = "failed" if self._state.error else "stopped"
        write_state(self._home, self._state)
        if any(runner.is_preparing for runner in self._runners.values()):
            os._exit(1)  # A download would hold up the end; what it has finished is kept.

    def _runner(self, part: Part) -> PartRunner:
        path = self._home / "logs" / f"{part.name}.log"
        log = PartLog(path, self._settings.log_bytes_max, secret_values(self._settings))
        return PartRunner(part, log, self._settings.start_seconds_max, self._dirty.set)

    async def _run_part(self, runner: PartRunner) -> None:
        await runner.prepare()
        for name in runner.part.depends_on:
            if name in self._runners:
                await self._runners[name].is_ready.wait()
        await runner.run()

    async def _announce(self) -> None:
        await asyncio.gather(*(runner.is_ready.wait() for runner in self._runners.values()))
        self._state.status = "running"
        self._dirty.set()

    async def _wait(self, tasks: list[asyncio.Task[None]]) -> None:
        """Until the stop signal, or the first part that fails for good."""
        signalled = asyncio.create_task(self._stop.wait())
        waiting: set[asyncio.Task[Any]] = {signalled, *tasks}
        while signalled in waiting:
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            errors = [task.exception() for task in done]
            for error in filter(None, errors):
                self._state.error = error_words(error)
                signalled.cancel()
                return

    async def _stop_all(self, parts: Sequence[Part], tasks: list[asyncio.Task[None]]) -> None:
        self._state.status = "stopping"
        self._dirty.set()
        for group in stop_order(parts):
            await asyncio.gather(*(self._runners[part.name].stop() for part in group))
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _keep_written(self) -> None:
        while True:
            await self._dirty.wait()
            self._dirty.clear()
            write_state(self._home, self._state)
            await asyncio.sleep(WRITE_SECONDS)


def error_words(error: BaseException) -> dict[str, str]:
    """The error as it stands in the state file."""
    if isinstance(error, CitizengraphError):
        return {"code": error.code, "message": error.message, "hint": error.hint}
    words = f"{type(error).__name__}: {error}"
    return {"code": "INTERNAL", "message": words, "hint": "See logs/supervisor.log."}


def main() -> None:
    """Take the lock, clear what a killed supervisor left, run the stack."""
    settings = load_settings(StartSettings)
    home = settings.home
    os.umask(0o077)  # also of every part: what they write is their owner's alone
    lock = take_lock(home)
    if lock is None:
        sys.exit("another supervisor runs in this home")
    _end_leftovers(home)
    started = process_started(os.getpid()) or 0.0
    state = StackState(os.getpid(), started, started_at=time.time())
    try:
        private_directory(home / "logs")
        write_state(home, state)
        ensure_keys(home)
        names = sys.argv[1:]
        chosen, state.settings = chosen_settings(settings, names)
        parts = restricted(stack_parts(chosen, settings), names)
        asyncio.run(Supervisor(chosen, state).run(parts))
    except Exception as error:
        state.status, state.error = "failed", error_words(error)
        write_state(home, state)
        raise


def _end_leftovers(home: Path) -> None:
    """End the parts of a supervisor that was killed, where they have not died with it."""
    state = read_state(home)
    for name, part in state.parts.items() if state else ():
        if not end_process(part.pid, part.process_started, LEFTOVER_SECONDS):
            words = f"{name} (process {part.pid}) of an earlier start does not end."
            raise CitizengraphError("STOP_FAILED", words, "End that process, then start again.")


if __name__ == "__main__":
    main()
