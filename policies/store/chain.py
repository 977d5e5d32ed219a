"""Steps as stored: each entry sealed with the one before it, so that a change in between shows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256

from policies.history import History
from policies.store.problems import PolicyAltered
from policies.versions import Transition

NOTHING_BEFORE = "0" * 64


def sealed(previous: str, steps: Sequence[Transition]) -> list[str]:
    """The entries that follow an entry of the hash `previous`."""
    entries: list[str] = []
    for step in steps:
        body = json.dumps(step.as_json(), ensure_ascii=False, sort_keys=True)
        previous = _seal(previous, body)
        entries.append(f"{previous} {body}")
    return entries


def opened(entries: Sequence[str]) -> tuple[History, str]:
    """The history, and the hash of the newest entry. Raises PolicyAltered."""
    previous = NOTHING_BEFORE
    steps: list[Transition] = []
    for place, entry in enumerate(entries, 1):
        seal, _, body = entry.partition(" ")
        if seal != _seal(previous, body):
            raise PolicyAltered(f"Step {place} of the policies' history has been altered.")
        previous = seal
        try:
            steps.append(Transition.from_json(json.loads(body)))
        except (KeyError, TypeError, ValueError) as error:
            raise PolicyAltered(f"Step {place} of the policies' history cannot be read.") from error
    try:
        return History().followed_by(steps), previous
    except ValueError as error:
        raise PolicyAltered(f"The policies' history contradicts itself: {error}.") from error


def _seal(previous: str, body: str) -> str:
    return sha256(f"{previous} {body}".encode()).hexdigest()
