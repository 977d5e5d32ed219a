"""Access requests: what a consumer's people ask to see, and what became of it.

A request is a value; its life is a list of steps like that of a version. Rules are sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

from policies.rules import Refusal
from policies.versions import Actor

AccessStep = Literal["asked", "withdrawn", "declined", "drafted"]
AccessState = Literal["open", "withdrawn", "declined", "drafted"]
_STATES: Mapping[AccessStep, AccessState] = {
    "asked": "open",
    "withdrawn": "withdrawn",
    "declined": "declined",
    "drafted": "drafted",
}
REASON_LENGTH_MIN = 10
OPEN_MAX = 50


@dataclass(frozen=True)
class Right:
    """A field in a mode: `clear`, `masked`, `consent` or `filter`; `mask` of a masked one."""

    name: str
    mode: str = "clear"
    mask: str = ""


@dataclass(frozen=True)
class Part:
    """Rights on one type; `rows` is a Cedar condition on its rows, empty for all of them."""

    type: str
    rights: tuple[Right, ...]
    rows: str = ""


@dataclass(frozen=True)
class Asking:
    """What is asked for which consumer, purpose and legal basis, why, and on which document."""

    consumer: str
    purpose: str
    basis: str
    parts: tuple[Part, ...]
    reason: str
    document: str
    until: date | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {**asdict(self), "until": self.until.isoformat() if self.until else None}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Asking:
        """The inverse of `as_json`. Raises KeyError, TypeError or ValueError."""
        parts = tuple(
            Part(part["type"], tuple(Right(**right) for right in part["rights"]), part["rows"])
            for part in stored["parts"]
        )
        until = date.fromisoformat(stored["until"]) if stored["until"] else None
        values: dict[str, Any] = {**stored, "parts": parts, "until": until}
        return cls(**values)


@dataclass(frozen=True)
class Move:
    """One step of a request: by whom, when, why; `version` is the draft that was made of it."""

    step: AccessStep
    number: int
    by: Actor
    at: datetime
    why: str = ""
    version: int = 0
    asking: Asking | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        asking = self.asking.as_json() if self.asking else None
        values = {**asdict(self), "by": self.by.as_json(), "at": self.at.isoformat()}
        return {**values, "asking": asking}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Move:
        """The inverse of `as_json`. Raises KeyError, TypeError or ValueError."""
        asking = Asking.from_json(stored["asking"]) if stored["asking"] else None
        at, by = datetime.fromisoformat(stored["at"]), Actor(**stored["by"])
        values: dict[str, Any] = {**stored, "asking": asking, "at": at, "by": by}
        return cls(**values)


@dataclass(frozen=True)
class AccessRequest:
    """A request as it is now; `versions` were drafted from it."""

    number: int
    asking: Asking
    state: AccessState
    moves: tuple[Move, ...]

    @property
    def by(self) -> Actor:
        """Who asked."""
        return self.moves[0].by

    @property
    def versions(self) -> tuple[int, ...]:
        """Policy versions that were drafted from it, the oldest first."""
        return tuple(move.version for move in self.moves if move.version)


def requests(moves: Sequence[Move]) -> list[AccessRequest]:
    """Every request by number, from 1. Raises ValueError for moves that do not follow."""
    found: list[AccessRequest] = []
    for move in moves:
        if move.step == "asked":
            if move.asking is None or move.number != len(found) + 1:
                raise ValueError(f"request {move.number} does not begin here")
            found.append(AccessRequest(move.number, move.asking, "open", (move,)))
            continue
        if not 1 <= move.number <= len(found):
            raise ValueError(f"there is no request {move.number}")
        before = found[move.number - 1]
        moved = (*before.moves, move)
        found[move.number - 1] = replace(before, state=_STATES[move.step], moves=moved)
    return found


@dataclass(frozen=True)
class Wanting:
    """Somebody about to take a step. `organisation` is whose the consumer is; empty for nobody's.

    `unshared` are coordinates that the model says are never shared.
    """

    act: AccessStep
    by: Actor
    why: str
    asking: Asking
    organisation: str = ""
    request: AccessRequest | None = None
    open: int = 0
    unshared: tuple[str, ...] = ()


def refusal_of(wanting: Wanting) -> Refusal | None:
    """The first rule that is broken."""
    for sentence, broken in RULES[wanting.act]:
        words = broken(wanting)
        if words:
            return Refusal(sentence, words)
    return None


def _nobody(wanting: Wanting) -> str:
    return "" if wanting.by.identity else "no person is named"


def _elsewhere(wanting: Wanting) -> str:
    """The same for a consumer of others and for one that does not exist."""
    own = wanting.by.organisation
    if own and wanting.organisation == own:
        return ""
    return f"{wanting.asking.consumer!r} is none of {own or 'an organisation that is not named'}"


def _no_reason(wanting: Wanting) -> str:
    short = len("".join(wanting.why.split())) < REASON_LENGTH_MIN
    return f"it has fewer than {REASON_LENGTH_MIN} characters" if short else ""


def _no_document(wanting: Wanting) -> str:
    return "" if wanting.asking.document.strip() else "no document is named"


def _nothing(wanting: Wanting) -> str:
    parts = wanting.asking.parts
    return "" if parts and all(part.rights for part in parts) else "no field is named"


def _unshared(wanting: Wanting) -> str:
    return f"{', '.join(wanting.unshared)} never are" if wanting.unshared else ""


def _too_many(wanting: Wanting) -> str:
    return f"{wanting.open} are open" if wanting.open >= OPEN_MAX else ""


def _closed(wanting: Wanting) -> str:
    state = wanting.request.state if wanting.request else "unknown"
    return "" if state in ("open", "drafted") else f"it is {state}"


def _own(wanting: Wanting) -> str:
    """Whoever asked is not whoever decides, by whatever account."""
    asked = wanting.request.by if wanting.request else None
    return f"{asked.account} asked" if asked and asked.identity == wanting.by.identity else ""


def _own_organisation(wanting: Wanting) -> str:
    own = wanting.by.organisation
    return f"{own} asked" if own == wanting.organisation else ""


def _said_nothing(wanting: Wanting) -> str:
    return "" if wanting.why.strip() else "nothing is said"


_Check = tuple[str, Callable[[Wanting], str]]
_KNOWN: _Check = ("Whoever acts is a person with a name.", _nobody)
_OWN: _Check = ("People ask for consumers of their own organisation.", _elsewhere)
_UNDECIDED: _Check = ("What was withdrawn or declined is asked for anew.", _closed)
_OTHER: _Check = ("Another person decides than whoever asked.", _own)
_OTHERS: _Check = ("Nobody decides for their own organisation.", _own_organisation)

RULES: Mapping[AccessStep, tuple[_Check, ...]] = {
    "asked": (
        _KNOWN,
        _OWN,
        ("A request names fields.", _nothing),
        ("A request has a reason that others can judge.", _no_reason),
        ("A request names the document that it rests on.", _no_document),
        ("What is never shared cannot be asked for.", _unshared),
        (f"An organisation has fewer than {OPEN_MAX} requests open.", _too_many),
    ),
    "withdrawn": (_KNOWN, _OWN, _UNDECIDED),
    "declined": (_KNOWN, _UNDECIDED, _OTHER, _OTHERS, ("A refusal has a reason.", _said_nothing)),
    "drafted": (_KNOWN, _UNDECIDED, _OTHER, _OTHERS),
}
