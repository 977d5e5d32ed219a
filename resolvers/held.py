"""Rows that another department holds: what of them may be shown, and the account of it.

What may be shown rests on the caller alone, so it is settled before the department is asked, and
the department is asked for nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from graph.decision import Decision
from graph.masks import BY_NAME
from graph.selection import HeldPick
from resolvers.disclosed import Disclosed
from resolvers.rows import DENIED, Masked, Row
from resolvers.standing import Caller, holds

WHOLE = ""
_DIGITS = 16


@dataclass(frozen=True)
class Settled:
    """Fields that were asked for, each with its mask, or WHOLE; and those that are denied."""

    shown: Mapping[str, str]
    denied: Sequence[str]


@dataclass(frozen=True)
class Held:
    """Rows of one type as the department gave them, each with its identifier; what to show."""

    type: str
    rows: Sequence[tuple[str, Mapping[str, Any]]]
    settled: Settled


def settled(pick: HeldPick, decision: Decision, caller: Caller) -> Settled:
    """How each field is shown to the caller."""
    shown: dict[str, str] = {}
    for field in sorted(pick.fields):
        showing = decision.showing(pick.type, field)
        ways = [(WHOLE, showing.whole), *showing.masked]
        mask = next((mask for mask, when in ways if holds(when, caller)), None)
        if mask is not None:
            shown[field] = mask
    return Settled(shown, sorted(pick.fields - shown.keys()))


def rows(held: Held, disclosed: Disclosed) -> list[Row]:
    """The rows as they are shown, and a note of each.

    A row is named by a digest: its identifier may be something that is not shown.
    """
    return [_row(held, name, values, disclosed) for name, values in held.rows]


def _row(held: Held, name: str, values: Mapping[str, Any], disclosed: Disclosed) -> Row:
    shown, denied = held.settled.shown, held.settled.denied
    whole = [field for field, mask in shown.items() if mask == WHOLE]
    masked = [f"{field}:{mask}" for field, mask in shown.items() if mask != WHOLE]
    disclosed.add(held.type, digest(name), whole, denied, masked)
    data: dict[str, Any] = dict.fromkeys(denied, DENIED)
    for field, mask in shown.items():
        value = values[field]
        data[field] = value if mask == WHOLE else Masked(_masked(mask, value), mask)
    return Row(held.type, data)


def _masked(mask: str, value: str | None) -> str | None:
    return None if value is None else BY_NAME[mask].of(value)


def digest(name: str) -> str:
    """How the audit names a row that another department holds."""
    return f"held:{sha256(name.encode()).hexdigest()[:_DIGITS]}"


def wanted(settled: Iterable[Settled]) -> set[str]:
    """The fields that the department is to be asked for."""
    return {field for part in settled for field in part.shown}
