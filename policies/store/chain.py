"""Steps as stored: each entry sealed with the one before it, so that a change in between shows."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any, Protocol, TypeVar

from policies.history import History
from policies.store.problems import PolicyAltered
from policies.versions import Transition

NOTHING_BEFORE = "0" * 64
T = TypeVar("T")


class Step(Protocol):
    """What can be sealed."""

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        ...


def sealed(previous: str, steps: Sequence[Step]) -> list[str]:
    """The entries that follow an entry of the hash `previous`."""
    entries: list[str] = []
    for step in steps:
        body = json.dumps(step.as_json(), ensure_ascii=False, sort_keys=True)
        previous = _seal(previous, body)
        entries.append(f"{previous} {body}")
    return entries


def unsealed(
    entries: Sequence[str], read: Callable[[Mapping[str, Any]], T], what: str
) -> tuple[list[T], str]:
    """The steps, and the hash of the newest entry. Raises PolicyAltered."""
    previous = NOTHING_BEFORE
    steps: list[T] = []
    for place, entry in enumerate(entries, 1):
        seal, _, body = entry.partition(" ")
        if seal != _seal(previous, body):
            raise PolicyAltered(f"Step {place} of {what} has been altered.")
        previous = seal
        try:
            steps.append(read(json.loads(body)))
        except (KeyError, TypeError, ValueError) as error:
            raise PolicyAltered(f"Step {place} of {what} cannot be read.") from error
    return steps, previous


def opened(entries: Sequence[str]) -> tuple[History, str]:
    """The history, and the hash of the newest entry. Raises PolicyAltered."""
    steps, newest = unsealed(entries, Transition.from_json, "the policies' history")
    try:
        return History().followed_by(steps), newest
    except ValueError as error:
        raise PolicyAltered(f"The policies' history contradicts itself: {error}.") from error


def _seal(previous: str, body: str) -> str:
    return sha256(f"{previous} {body}".encode()).hexdigest()
