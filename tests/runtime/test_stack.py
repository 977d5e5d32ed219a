"""The supervised stack with real servers: crashes, leftovers, ports, secrets, a clean stop."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

import psutil
import pytest
import redis

from runtime.errors import CitizengraphError
from runtime.launch import current, wipe
from runtime.lock import supervisor_pid
from runtime.ports import choose_ports, is_free
from runtime.process import is_alive
from runtime.secrets import read_secrets
from runtime.settings import Settings, StartSettings
from runtime.state import PartState, StackState, read_state, write_state
from tests.runtime.conftest import begin, end, start_settings, wait_for


def test_killed_part_is_restarted_and_keeps_its_data(home: Path) -> None:
    before = begin("valkey").parts["valkey"]
    with redis.Redis.from_url(Settings().redis_url) as client:
        client.set("kept", "yes")
    assert before.pid is not None
    os.kill(before.pid, signal.SIGKILL)
    after = wait_for(home, "valkey", lambda p: p.restarts == 1 and p.state == "ready")
    assert after.last_exit == "was ended by SIGKILL"
    assert after.pid != before.pid
    with redis.Redis.from_url(Settings().redis_url) as client:
        assert client.get("kept") == b"yes"


def test_parts_die_with_a_killed_supervisor_and_the_next_start_recovers(home: Path) -> None:
    state = begin("valkey")
    part = state.parts["valkey"]
    os.kill(state.pid, signal.SIGKILL)
    deadline = time.monotonic() + 5
    while is_alive(part.pid, part.process_started) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_alive(part.pid, part.process_started)
    with pytest.raises(CitizengraphError, match="ended without being stopped"):
        current(start_settings())
    again = begin("valkey")
    assert again.pid != state.pid
    assert again.parts["valkey"].port == part.port


def test_second_start_joins_the_running_stack(home: Path) -> None:
    assert begin("valkey").pid == begin("valkey").pid == supervisor_pid(home)


def test_stop_leaves_no_process_and_no_port(home: Path) -> None:
    state = begin("valkey")
    part = state.parts["valkey"]
    assert end() is True
    assert not is_alive(part.pid, part.process_started)
    assert not is_alive(state.pid, state.process_started)
    assert part.port is not None and is_free(part.port)
    after = read_state(home)
    assert after is not None
    assert (after.status, after.parts["valkey"].state) == ("stopped", "stopped")
    assert end() is False


def test_leftover_is_ended_but_a_reused_process_id_is_not(home: Path) -> None:
    leftover = subprocess.Popen(["sleep", "60"])
    innocent = subprocess.Popen(["sleep", "60"])
    try:
        started = psutil.Process(leftover.pid).create_time()
        parts = {
            "valkey": PartState("ready", leftover.pid, started),
            "neo4j": PartState("ready", innocent.pid, started - 1000),
        }
        home.mkdir()
        write_state(home, StackState(innocent.pid, started - 1000, "running", parts=parts))
        begin("valkey")
        assert leftover.wait(5) == -signal.SIGTERM
        assert innocent.poll() is None
    finally:
        innocent.kill()
        innocent.wait()


def test_given_port_in_use_is_an_error_naming_it(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        monkeypatch.setenv("CITIZENGRAPH_VALKEY_PORT", str(port))
        with pytest.raises(
            CitizengraphError, match=f"{port}, set by CITIZENGRAPH_VALKEY_PORT"
        ) as e:
            begin("valkey")
    assert e.value.code == "PORT_IN_USE"


def test_default_port_in_use_gives_the_next_free_one(clean_environment: None) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        settings = StartSettings().model_copy(update={"valkey_port": taken, "neo4j_port": taken})
        chosen = choose_ports(settings, ["valkey_port", "neo4j_port"])
    assert taken < chosen["valkey_port"] < chosen["neo4j_port"] < taken + 100


def test_nothing_in_the_home_is_open_to_others(home: Path) -> None:
    before = os.umask(0o022)
    try:
        home.mkdir(mode=0o755)
        begin("valkey")
        with redis.Redis.from_url(Settings().redis_url) as client:
            client.set("written", "yes")
    finally:
        os.umask(before)
    assert open_to_others(home) == []


def open_to_others(home: Path) -> list[str]:
    """What group or others could read, write or enter; the home itself is `.`."""
    found = [path for path in [home, *home.rglob("*")] if path.lstat().st_mode & 0o077]
    return [str(path.relative_to(home)) for path in found if not path.is_symlink()]


def test_home_that_cannot_be_written(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home.parent.joinpath("file").touch()
    with monkeypatch.context() as patch:
        patch.setenv("CITIZENGRAPH_HOME", str(home.parent / "file" / "home"))
        with pytest.raises(CitizengraphError) as caught:
            begin("valkey")
    assert caught.value.code == "HOME_NOT_WRITABLE"


def test_secrets_are_shown_nowhere_and_wipe_leaves_nothing(home: Path) -> None:
    begin("neo4j", "valkey")
    shown = subprocess.run(["ps", "axww", "-o", "args"], capture_output=True, text=True).stdout
    written = [p for p in [*home.joinpath("logs").rglob("*"), home / "state.json"] if p.is_file()]
    texts = [shown, *(path.read_text(errors="replace") for path in written)]
    secrets = read_secrets(home)
    assert len(secrets) == 2
    assert open_to_others(home) == []
    assert not [secret for secret in secrets for text in texts if secret in text]
    with pytest.raises(CitizengraphError, match="still running"):
        wipe(start_settings())
    end()
    assert "neo4j" in wipe(start_settings())
    assert list(home.iterdir()) == []
