"""What is kept of a credential to ask it again: sealed, because it names persons.

Of the values that it states only digests are kept, so that whoever opens the seal finds the
numbers that were asked for and no names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

import orjson

from graph.selection import PersonRef
from resolvers.context import Caller
from resolvers.proving import PairQuestion
from subgraphs.proofs.sealing import sealed, unsealed

Reason = Literal["HOLDER", "RELATION", "STATED", "RIGHT", "UNREADABLE"]
"""Why it was revoked: its holder did it; the registers do not say so any more; a value that it
states is another by now; it may not be shown any more; it cannot be examined."""


@dataclass(frozen=True)
class Kept:
    """Who asked what, when, and a digest of each value that was told, by its path."""

    reference: str
    caller: Caller
    question: PairQuestion
    stated: Mapping[str, str]
    issued: int
    ends: int


@dataclass(frozen=True)
class Revocation:
    """When (seconds of the clock) and why."""

    at: int
    reason: str


@dataclass(frozen=True)
class Entry:
    """A credential as the book has it. `asked`: when it was last asked again."""

    kept: Kept
    asked: int
    revocation: Revocation | None


@dataclass(frozen=True)
class Issue:
    """An issue as it leaves, kept for a day, so that the same request has the same answer.

    `request` is a digest of what was asked for.
    """

    request: str
    reference: str
    credential: str
    ends: int
    claims: tuple[str, ...]


class CredentialSeal:
    """Encrypts with a secret that the server which keeps it does not have."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def closed(self, content: Kept | Issue) -> str:
        """The content, encrypted."""
        return sealed(orjson.dumps(asdict(content)), self._secret)

    def kept(self, text: str | bytes) -> Kept | None:
        """The credential; nothing where the secret is another by now."""
        content = unsealed(text, self._secret)
        return None if content is None else _kept(orjson.loads(content))

    def issue(self, text: str | bytes) -> Issue | None:
        """The issue; nothing where the secret is another by now."""
        content = unsealed(text, self._secret)
        if content is None:
            return None
        given: Mapping[str, Any] = orjson.loads(content)
        return Issue(
            given["request"],
            given["reference"],
            given["credential"],
            given["ends"],
            tuple(given["claims"]),
        )


def _kept(given: Mapping[str, Any]) -> Kept:
    asked = given["question"]
    person, of = (PersonRef(**asked[which]) for which in ("person", "of"))
    question = PairQuestion(asked["name"], person, of)
    return Kept(
        given["reference"],
        Caller(**given["caller"]),
        question,
        given["stated"],
        given["issued"],
        given["ends"],
    )
