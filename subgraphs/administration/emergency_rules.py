"""The rules of emergency access."""

from __future__ import annotations

from policies.versions import Actor
from runtime.errors import CitizengraphError

REASON_MIN, REASON_MAX = 10, 1000
MINUTES_DEFAULT, MINUTES_MAX = 60, 240


def check_reason(reason: str) -> str:
    """The reason without blanks around it. Raises BAD_ARGUMENT unless it says something."""
    words = reason.strip()
    if not REASON_MIN <= len(words) <= REASON_MAX:
        raise CitizengraphError(
            "BAD_ARGUMENT", f"A reason has {REASON_MIN} to {REASON_MAX} characters."
        )
    if len(set("".join(words.casefold().split()))) < 2:
        raise CitizengraphError("BAD_ARGUMENT", "One character over and over is no reason.")
    return words


def check_minutes(minutes: int) -> None:
    """Raises BAD_ARGUMENT."""
    if not 1 <= minutes <= MINUTES_MAX:
        raise CitizengraphError("BAD_ARGUMENT", f"minutes must be between 1 and {MINUTES_MAX}.")


def refuse_own_review(opener: Actor, reviewer: Actor) -> None:
    """Another person, and another account, than who opened it. Raises EMERGENCY_REFUSED."""
    if not opener.identity:
        raise CitizengraphError("EMERGENCY_REFUSED", "It is not known who opened the access.")
    same = "person" if opener.identity == reviewer.identity else ""
    if not same and opener.account == reviewer.account:
        same = "account"
    if same:
        words = f"Another {same} than that which opened the access reviews it."
        raise CitizengraphError("EMERGENCY_REFUSED", words, "Ask a colleague.")
