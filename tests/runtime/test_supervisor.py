"""The supervisor with small programs: order, failure, restart."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from runtime.parts import Part, nothing, stop_order
from runtime.ports import free_port
from runtime.process import Report
from runtime.ready import http_ready
from runtime.secrets import ensure_secret
from runtime.settings import Settings, StartSettings
from runtime.state import StackState, read_state
from runtime.supervisor import Supervisor

Prepare = Callable[[Report], None]


@pytest.fixture
def settings(tmp_path: Path, clean_environment: None) -> Settings:
    tmp_path.joinpath("logs").mkdir()
    return StartSettings(home=tmp_path, start_seconds_max=10)


SERVER = """
import http.server, pathlib, sys
with pathlib.Path(sys.argv[2]).open("a") as order:
    order.write(sys.argv[1] + " ")
address = ("127.0.0.1", int(sys.argv[3]))
http.server.ThreadingHTTPServer(address, http.server.SimpleHTTPRequestHandler).serve_forever()
"""


def http_part(name: str, home: Path, *depends_on: str, prepare: Prepare = nothing) -> Part:
    """A real HTTP server that notes its start in the file `order`."""
    port = free_port()
    command = [sys.executable, "-c", SERVER, name, str(home / "order"), str(port)]
    ready = partial(http_ready, f"http://127.0.0.1:{port}/")
    return Part(name, ready, lambda: command, port=port, depends_on=depends_on, prepare=prepare)


async def until(home: Path, status: str) -> StackState:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        state = read_state(home)
        if state is not None and state.status == status:
            return state
        await asyncio.sleep(0.05)
    raise AssertionError(read_state(home))


async def test_parts_start_after_what_they_need_and_stop_on_sigterm(settings: Settings) -> None:
    home = settings.home
    prepared: list[str] = []
    first = http_part("first", home)
    second = http_part("second", home, "first", prepare=lambda report: prepared.append("second"))
    supervisor = Supervisor(settings, StackState(os.getpid(), 0.0))
    running = asyncio.create_task(supervisor.run([second, first]))
    state = await until(home, "running")
    assert (home / "order").read_text() == "first second "
    assert prepared == ["second"]
    assert {part.state for part in state.parts.values()} == {"ready"}
    os.kill(os.getpid(), signal.SIGTERM)
    await running
    assert (await until(home, "stopped")).error is None


async def test_part_that_never_starts_fails_the_stack_with_its_log(settings: Settings) -> None:
    secret = ensure_secret(settings.home, "valkey")
    command = [sys.executable, "-c", f"print('password {secret}'); raise SystemExit(3)"]
    broken = Part("broken", _never, command=lambda: command)
    good = http_part("good", settings.home)
    await Supervisor(settings, StackState(os.getpid(), 0.0)).run([good, broken])
    state = await until(settings.home, "failed")
    assert state.error is not None
    assert state.error["code"] == "PART_FAILED"
    assert "broken ended with exit code 3" in state.error["message"]
    assert "password ***" in state.error["message"]
    assert secret not in (settings.home / "logs" / "broken.log").read_text()
    assert state.parts["good"].state == "stopped"


async def test_part_that_does_not_answer_in_time_fails(settings: Settings) -> None:
    patient = settings.model_copy(update={"start_seconds_max": 0.3})
    part = Part("mute", _never, command=lambda: ["/bin/sleep", "60"])
    await Supervisor(patient, StackState(os.getpid(), 0.0)).run([part])
    state = await until(settings.home, "failed")
    assert state.error is not None
    assert "did not answer within" in state.error["message"]


async def test_external_part_is_checked_but_not_started(settings: Settings) -> None:
    part = Part("neo4j", lambda: None, url="bolt://elsewhere")
    running = asyncio.create_task(Supervisor(settings, StackState(os.getpid(), 0.0)).run([part]))
    state = await until(settings.home, "running")
    assert (state.parts["neo4j"].state, state.parts["neo4j"].pid) == ("external", None)
    os.kill(os.getpid(), signal.SIGTERM)
    await running


def test_stop_order_is_the_reverse_of_the_dependencies() -> None:
    parts = [
        Part("store", _never),
        Part("service", _never, depends_on=("store",)),
        Part("gateway", _never, depends_on=("service",)),
    ]
    assert [[p.name for p in group] for group in stop_order(parts)] == [
        ["gateway"],
        ["service"],
        ["store"],
    ]


def _never() -> None:
    raise ConnectionError
