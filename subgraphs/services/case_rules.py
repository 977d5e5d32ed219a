"""The rules of the desk of cases: which step is possible when, how long, in which words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from runtime.errors import CitizengraphError

WAITING, IN_HAND, CLOSED = "waiting", "in hand", "closed"
TRANSITIONS: Mapping[str, Mapping[str, str]] = {
    "takeCase": {WAITING: IN_HAND},
    "handOver": {IN_HAND: IN_HAND},
    "sendMessage": {WAITING: WAITING, IN_HAND: IN_HAND},
    "requestEvidence": {IN_HAND: IN_HAND},
    "decidePart": {WAITING: WAITING, IN_HAND: IN_HAND},
    "decideCase": {IN_HAND: CLOSED},
    "appeal": {CLOSED: CLOSED},
}
"""Per step, from which stage of the case to which."""
DECIDING = ("decidePart", "decideCase")
"""Whoever took one of these in a case has no hand in its appeal."""
APPEAL_DAYS = 60
"""Administrative Reconsideration Law (行政复议法) Art. 20, counted in calendar days."""
KEY_MIN, KEY_MAX = 8, 100
WORDS_MIN, WORDS_MAX = 4, 2000
GRANTED, REFUSED = "GRANTED", "REFUSED"

File = dict[str, Any]


def stage(file: File) -> str:
    """Where the case stands."""
    if file["state"] == "CLOSED":
        return CLOSED
    return IN_HAND if file["charges"] else WAITING


def check_step(operation: str, file: File) -> None:
    """Raises CASE_STATE unless the step is possible where the case stands."""
    now = stage(file)
    possible = TRANSITIONS[operation]
    if now not in possible:
        hint = f"It is possible while a case is {' or '.join(possible)}."
        raise CitizengraphError("CASE_STATE", f"The case is {now}: {operation} is not.", hint)


def check_version(seen: int, now: int) -> None:
    """Raises CASE_CONFLICT unless what was seen is what stands."""
    if seen != now:
        raise conflict()


def conflict() -> CitizengraphError:
    """CASE_CONFLICT."""
    words = "Somebody else changed the case since it was read. Nothing was done."
    return CitizengraphError("CASE_CONFLICT", words, "Read it again, and decide on what it is now.")


def unknown_case() -> CitizengraphError:
    """CASE_UNKNOWN: the same for a case of others as for none."""
    return CitizengraphError("CASE_UNKNOWN", "There is no such case that you may handle.")


def check_key(key: str) -> None:
    """Raises BAD_ARGUMENT."""
    if not KEY_MIN <= len(key) <= KEY_MAX:
        raise CitizengraphError("BAD_ARGUMENT", f"key has {KEY_MIN} to {KEY_MAX} characters.")


def check_words(name: str, words: str) -> str:
    """The words without blanks around them. Raises BAD_ARGUMENT unless they say something."""
    said = words.strip()
    if not WORDS_MIN <= len(said) <= WORDS_MAX or len(set(said.casefold())) < 2:
        problem = f"{name} says something in {WORDS_MIN} to {WORDS_MAX} characters."
        raise CitizengraphError("BAD_ARGUMENT", problem)
    return said


def check_granting(decision: str, file: File) -> None:
    """Raises CASE_STATE where a part or a piece of evidence stands against granting."""
    if decision != GRANTED:
        return
    against = [part["part"] for part in file["parts"] if part["decision"] == REFUSED]
    if against:
        words = f"Parts that were refused: {', '.join(against)}. It cannot be granted."
        raise CitizengraphError("CASE_STATE", words, "Refuse it, with the grounds of the part.")
    lapsed = [paper["requirement"] for paper in file["evidence"] if paper["state"] == "LAPSED"]
    if lapsed:
        words = f"Evidence that no longer holds: {', '.join(lapsed)}. It cannot be granted."
        raise CitizengraphError("CASE_STATE", words, "Request it from the applicant.")


def after_working_days(start: date, days: int) -> date:
    """The last of so many days from Monday to Friday after the start; holidays are not known."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day


def appeal_until(decided: date) -> date:
    """The last day of the period."""
    return decided + timedelta(days=APPEAL_DAYS)
