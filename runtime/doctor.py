"""Tests of every part by real use; each finding says what is wrong and what to do."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from runtime.checks.machine import machine_checks
from runtime.checks.servers import server_checks
from runtime.errors import CitizengraphError
from runtime.settings import Settings


@dataclass(frozen=True)
class Finding:
    """The result of one check; `hint` is empty when nothing is to be done."""

    check: str
    is_good: bool
    words: str
    hint: str = ""


def examine(settings: Settings) -> Iterator[Finding]:
    """Every check in turn, as it finishes."""
    yield from _run(machine_checks(settings))
    yield from _run(server_checks(settings))


def _run(checks: Sequence[tuple[str, Callable[[], str]]]) -> Iterator[Finding]:
    for name, check in checks:
        yield _find(name, check)


def _find(name: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(name, True, check())
    except CitizengraphError as error:
        return Finding(name, False, error.message, error.hint)
    except Exception as error:
        words = f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"
        return Finding(name, False, words, "See `citizengraph status` and the logs in the home.")
