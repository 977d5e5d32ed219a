"""Which departments have joined with a register of their own, and where each answers.

HOME/joined/<subgraph>.json. A running stack takes up a change with the next request.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

from runtime.errors import CitizengraphError
from runtime.files import private_directory, write_file

LOCAL = ("127.0.0.1", "localhost", "::1")
HINT = "Give the address as https://host/path; http only on this machine."


@dataclass(frozen=True)
class Joined:
    """A department's service. `own`: it is the example that this stack runs itself."""

    url: str
    own: bool = False


def joined_file(home: Path, name: str) -> Path:
    """Where it is written."""
    return home / "joined" / f"{name}.json"


def read_joined(home: Path, name: str) -> Joined | None:
    """None where the department has not joined."""
    path = joined_file(home, name)
    try:
        return Joined(**json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, TypeError, ValueError) as error:
        words = f"{path.name} of the joined departments cannot be read."
        raise CitizengraphError("REGISTER_UNAVAILABLE", words, "Join it again.") from error


def write_joined(home: Path, name: str, joined: Joined) -> None:
    """Raises SETTING_INVALID for an address to which citizen numbers must not travel."""
    check_address(joined.url)
    path = joined_file(home, name)
    private_directory(path.parent)
    write_file(path, json.dumps(asdict(joined)) + "\n", mode=0o600)


def check_address(url: str) -> None:
    """Raises SETTING_INVALID unless it is https, or http on this machine, without a login."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise CitizengraphError("SETTING_INVALID", f"{url!r} is no address.", HINT) from error
    plain = parts.scheme == "https" or (parts.scheme == "http" and host in LOCAL)
    if not host or not plain or "@" in parts.netloc or parts.fragment:
        raise CitizengraphError("SETTING_INVALID", f"{url!r} is not an address to ask.", HINT)
