"""HOME/state.json: what the supervisor runs, written whole after every change. No secrets."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from runtime.files import write_file


@dataclass
class PartState:
    """One part; times are seconds since the epoch.

    `state` is waiting, preparing, starting, ready, restarting, stopping, stopped, failed or
    external.
    """

    state: str = "waiting"
    pid: int | None = None
    process_started: float | None = None
    port: int | None = None
    url: str | None = None
    started_at: float | None = None
    ready_at: float | None = None
    restarts: int = 0
    last_exit: str | None = None
    note: str | None = None


@dataclass
class StackState:
    """The whole stack; `status` is starting, running, stopping, stopped or failed.

    `settings` holds the fields of Settings that the supervisor chose (ports, addresses).
    """

    pid: int
    process_started: float
    status: str = "starting"
    started_at: float = 0.0
    error: dict[str, str] | None = None
    settings: dict[str, Any] = field(default_factory=dict[str, Any])
    parts: dict[str, PartState] = field(default_factory=dict[str, PartState])


def state_file(home: Path) -> Path:
    """Where the state of this home is kept."""
    return home / "state.json"


def read_state(home: Path) -> StackState | None:
    """The recorded state; None when there is none or it is from another version."""
    try:
        raw = json.loads(state_file(home).read_text())
        parts = {name: PartState(**part) for name, part in raw.pop("parts").items()}
        return StackState(**raw, parts=parts)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def write_state(home: Path, state: StackState) -> None:
    """Replace the recorded state."""
    write_file(state_file(home), json.dumps(asdict(state), indent=2, ensure_ascii=False) + "\n")
