"""What can be wrong with policy texts and the files beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from runtime.errors import CitizengraphError


@dataclass(frozen=True)
class Problem:
    """One line of a report: where, in which policy, what is wrong, what to write instead."""

    file: str
    reason: str
    instead: str = ""
    policy: str = ""
    line: int = 0
    column: int = 0

    @property
    def place(self) -> str:
        """File, and where known line and column."""
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file

    @property
    def words(self) -> str:
        """What is wrong, and what to write instead."""
        return self.reason + (f"; {self.instead}" if self.instead else "")

    def __str__(self) -> str:
        named = f" policy {self.policy!r}:" if self.policy else ""
        return f"{self.place}:{named} {self.words}"


class PolicyInvalid(CitizengraphError):
    """The policies cannot be put into force. `problems` has all of them, in file order."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(
            "POLICY_INVALID",
            "The policies cannot be put into force:\n" + "\n".join(f"  {p}" for p in problems),
            "Correct the named places; docs/policies.md says how a grant is written.",
        )
        self.problems = tuple(problems)


class Unsupported(Exception):
    """Part of a policy that cannot become a row condition; `token` helps to find it."""

    def __init__(self, reason: str, instead: str, token: str = "", in_body: bool = True) -> None:
        super().__init__(reason)
        self.reason = reason
        self.instead = instead
        self.token = token
        self.in_body = in_body


def suggestion(word: str, known: Iterable[str]) -> str:
    """'did you mean …?' with the nearest known word, or the known words."""
    names = sorted(known)
    close = get_close_matches(word, names, n=1)
    if close:
        return f"did you mean {close[0]!r}?"
    shown = ", ".join(names[:8]) + (", …" if len(names) > 8 else "")
    return f"known are {shown or 'none'}"
