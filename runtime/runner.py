"""Runs one part: prepare, start, wait until it answers, start again when it ends."""

import asyncio
import signal
import time
from collections.abc import Callable
from contextlib import suppress

from runtime.errors import CitizengraphError
from runtime.logs import PartLog
from runtime.parts import Part
from runtime.process import environment, guarded, process_started
from runtime.state import PartState

POLL_SECONDS = 0.1
BACKOFF_FIRST_SECONDS = 0.2
BACKOFF_MAX_SECONDS = 10.0
BACKOFF_RESET_SECONDS = 30.0
FIRST_START_ATTEMPTS = 3
LAST_LINES_SECONDS = 2.0


class PartRunner:
    """One part with its state; `changed` is called after every change of the state."""

    def __init__(
        self, part: Part, log: PartLog, start_seconds_max: float, changed: Callable[[], None]
    ) -> None:
        self.part = part
        self.state = PartState(port=part.port, url=part.url)
        self.is_ready = asyncio.Event()
        self.is_preparing = False
        self._log = log
        self._start_seconds_max = start_seconds_max
        self._changed = changed
        self._process: asyncio.subprocess.Process | None = None
        self._pump: asyncio.Task[None] | None = None
        self._stopping = False

    async def prepare(self) -> None:
        """What has to be done once before the first start; needs no other part."""
        self._set(state="preparing", started_at=time.time())
        self.is_preparing = True
        await asyncio.to_thread(self.part.prepare, self._report)
        self.is_preparing = False
        self._set(state="waiting", note=None)

    async def run(self) -> None:
        """Keep the part running until stop(); raises PART_FAILED if it never becomes ready."""
        if self.part.command is None:
            await self._check_external()
        else:
            await self._keep_running()

    async def _keep_running(self) -> None:
        backoff = BACKOFF_FIRST_SECONDS
        while not self._stopping:
            began = time.monotonic()
            words = await self._run_once()
            if self._stopping:
                return
            self._check_first_start(words)
            if time.monotonic() - began > BACKOFF_RESET_SECONDS:
                backoff = BACKOFF_FIRST_SECONDS
            restarts = self.state.restarts + 1
            self._set(state="restarting", pid=None, last_exit=words, restarts=restarts)
            await asyncio.sleep(backoff)
            backoff = min(backoff * 2, BACKOFF_MAX_SECONDS)

    async def stop(self) -> None:
        """End the process: SIGTERM, then SIGKILL when its time is over."""
        self._stopping = True
        process = self._process
        clean = True
        if process is not None and process.returncode is None:
            self._set(state="stopping")
            clean = await self._end(process)
        await self._finish_log()
        if clean and process is not None and self.part.stopped is not None:
            await asyncio.to_thread(self.part.stopped)
        state = "failed" if self.state.state == "failed" else "stopped"
        self._set(state=state, pid=None, process_started=None)
        self._log.close()

    async def _end(self, process: asyncio.subprocess.Process) -> bool:
        with suppress(ProcessLookupError):
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), self.part.stop_seconds)
            return True
        except TimeoutError:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
            self._set(last_exit=f"killed after {self.part.stop_seconds:.0f} s without stopping")
            return False

    async def _run_once(self) -> str:
        """Start the part and wait for its end; why it ended, in words."""
        self._set(state="starting")
        try:
            process = await self._spawn()
        except OSError as error:
            return f"could not be started: {error}"
        ready = asyncio.create_task(self._wait_until_ready())
        ended = asyncio.create_task(process.wait())
        await asyncio.wait({ready, ended}, return_when=asyncio.FIRST_COMPLETED)
        words = ""
        if not ended.done() and not ready.result():
            words = f"did not answer within {self._start_seconds_max:.0f} s"
            await self._end(process)
        elif not ended.done():
            self._set(state="ready", ready_at=time.time())
            self.is_ready.set()
        code = await ended
        ready.cancel()
        await self._finish_log()
        return words or exit_words(code)

    async def _spawn(self) -> asyncio.subprocess.Process:
        assert self.part.command is not None
        self._log.clear_tail()
        process = await asyncio.create_subprocess_exec(
            *guarded(self.part.command()),
            env=environment(self.part.environment),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        self._process = process
        self._pump = asyncio.create_task(self._copy_log(process))
        started = process_started(process.pid)
        self._set(pid=process.pid, process_started=started, started_at=time.time(), ready_at=None)
        return process

    async def _copy_log(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        rest = b""
        while chunk := await process.stdout.read(65536):
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                self._log.write(line)
        if rest:
            self._log.write(rest)

    async def _finish_log(self) -> None:
        """Wait for the last lines, unless something else still holds the pipe."""
        if self._pump is not None:
            await asyncio.wait({self._pump}, timeout=LAST_LINES_SECONDS)

    async def _wait_until_ready(self) -> bool:
        deadline = time.monotonic() + self._start_seconds_max
        while time.monotonic() < deadline:
            if await self._answers():
                return True
            await asyncio.sleep(POLL_SECONDS)
        return False

    async def _answers(self) -> bool:
        try:
            await asyncio.to_thread(self.part.ready)
        except Exception:
            return False
        return True

    async def _check_external(self) -> None:
        if not await self._wait_until_ready():
            hint = "Start it, or correct the setting with its address."
            raise CitizengraphError("PART_FAILED", f"{self.part.name} does not answer.", hint)
        self._set(state="external", ready_at=time.time())
        self.is_ready.set()

    def _check_first_start(self, words: str) -> None:
        """A part that was ready once is restarted for ever; one that never was is not."""
        if self.is_ready.is_set() or self.state.restarts + 1 < FIRST_START_ATTEMPTS:
            return
        self._set(state="failed", pid=None, last_exit=words)
        message = f"{self.part.name} {words}. The last lines of its log:\n{self._log.tail()}"
        hint = "Correct what the log says and start again; `citizengraph doctor` tests each part."
        raise CitizengraphError("PART_FAILED", message, hint)

    def _report(self, words: str) -> None:
        self._set(note=words)

    def _set(self, **values: object) -> None:
        for name, value in values.items():
            setattr(self.state, name, value)
        self._changed()


def exit_words(code: int) -> str:
    """Why a process ended, from its return code."""
    if code >= 0:
        return f"ended with exit code {code}"
    try:
        return f"was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"was ended by signal {-code}"
