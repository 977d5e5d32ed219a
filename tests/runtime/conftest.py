"""A home of its own for every test that starts a stack; stopped again by the stack itself."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from runtime.launch import start, stop
from runtime.settings import Settings, StartSettings, load_settings
from runtime.state import PartState, StackState, read_state

Begin = Callable[..., StackState]


@pytest.fixture
def home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clean_environment: None
) -> Iterator[Path]:
    root = str(Path(__file__).parents[2])
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([root, os.environ.get("PYTHONPATH", "")]))
    monkeypatch.setenv("CITIZENGRAPH_HOME", str(tmp_path / "home"))
    yield tmp_path / "home"
    stop(start_settings(), lambda _: None)


def start_settings() -> Settings:
    return load_settings(StartSettings)


def begin(*names: str) -> StackState:
    """Start the named parts of the stack in the test's home."""
    return start(start_settings(), names, lambda _: None)[0]


def end() -> bool:
    return stop(start_settings(), lambda _: None)


def wait_for(home: Path, part: str, wanted: Callable[[PartState], bool]) -> PartState:
    """The part's state as soon as it is as wanted."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        state = read_state(home)
        if state is not None and wanted(state.parts[part]):
            return state.parts[part]
        time.sleep(0.05)
    raise AssertionError(f"{part} did not get there: {read_state(home)}")
