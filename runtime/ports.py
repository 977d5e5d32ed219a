"""Which port each embedded server gets."""

import socket
from collections.abc import Iterable

from runtime.errors import CitizengraphError
from runtime.settings import Settings, env_name

ATTEMPTS_MAX = 100


def is_free(port: int) -> bool:
    """Whether a server could listen on the port of 127.0.0.1."""
    with socket.socket() as candidate:
        candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            candidate.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def choose_ports(settings: Settings, fields: Iterable[str]) -> dict[str, int]:
    """A port per settings field: the one given, or from the default upwards the first free one."""
    chosen: dict[str, int] = {}
    for field in fields:
        wanted: int = getattr(settings, field)
        if settings.given(field):
            chosen[field] = _given(field, wanted, chosen)
        else:
            chosen[field] = _next_free(wanted, set(chosen.values()))
    return chosen


def _given(field: str, port: int, chosen: dict[str, int]) -> int:
    if is_free(port) and port not in chosen.values():
        return port
    name = env_name(Settings.model_fields[field])
    words = f"Port {port}, set by {name}, is already in use on 127.0.0.1."
    hint = f"Stop the program that uses it, set {name} to a free port, or unset it."
    raise CitizengraphError("PORT_IN_USE", words, hint)


def _next_free(port: int, taken: set[int]) -> int:
    for candidate in range(port, min(port + ATTEMPTS_MAX, 65536)):
        if candidate not in taken and is_free(candidate):
            return candidate
    words = f"No port from {port} to {port + ATTEMPTS_MAX - 1} is free on 127.0.0.1."
    raise CitizengraphError("PORT_IN_USE", words, "Stop some of the programs that use them.")


def free_port() -> int:
    """Any free port, chosen by the operating system."""
    with socket.socket() as candidate:
        candidate.bind(("127.0.0.1", 0))
        return candidate.getsockname()[1]
