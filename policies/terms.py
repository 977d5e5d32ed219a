"""How long a grant holds, when it is looked at again, and the document it rests on.

    @id("school-child-name") @until("2027-01-31") @review("2026-12-01") @basis("Agreement 2026/17")

A grant holds to the end of the day `until`, and not after it. A forbid never ends by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from policies.parsing import Policy
from policies.problems import Problem

ANNOTATIONS = ("id", "mask", "leaves", "until", "review", "basis")
_DATES = ("until", "review")


@dataclass(frozen=True)
class Terms:
    """The last day, the day to look at it again, and the document; empty where not stated."""

    until: date | None = None
    review: date | None = None
    basis: str = ""


def terms(policy: Policy) -> Terms:
    """The terms of a policy that has no problem in them."""
    stated = policy.tree.annotations
    until, review = (_date(stated[name]) if name in stated else None for name in _DATES)
    return Terms(until, review, stated.get("basis", ""))


def term_problems(policy: Policy) -> Iterator[Problem]:
    """A misspelt annotation would be a grant that never ends: it is refused."""
    for name, value in policy.tree.annotations.items():
        if name not in ANNOTATIONS:
            hint = f"known are {', '.join(f'@{known}' for known in ANNOTATIONS)}"
            yield policy.text.problem(f"unknown annotation @{name}", hint, f"@{name}")
        elif name in _DATES and _date(value) is None:
            hint = f'write @{name}("2027-01-31")'
            yield policy.text.problem(f"@{name} is not a date", hint, value)
        elif name == "basis" and not value.strip():
            hint = "name it, or leave it out"
            yield policy.text.problem("@basis names no document", hint, "@basis")
    if "until" in policy.tree.annotations and policy.tree.effect == "forbid":
        hint = "take the forbid out when it is to end"
        yield policy.text.problem("a forbid that ends would open what it closes", hint, "@until")


def holds_on(policy: Policy, day: date, last: date | None = None) -> bool:
    """Whether the policy holds on the day; `last` is the last day of all permits."""
    if policy.tree.effect == "forbid":
        return True
    until = terms(policy).until
    return not any(end is not None and day > end for end in (until, last))


def next_end(policies: Iterable[Policy], day: date, last: date | None = None) -> date | None:
    """The first last day of a permit, on the day or after it; None where nothing ends."""
    ends = [terms(policy).until for policy in policies if policy.tree.effect == "permit"]
    return min((end for end in (*ends, last) if end is not None and end >= day), default=None)


def ending(policies: Sequence[Policy], day: date, days: int) -> Iterator[tuple[Policy, int]]:
    """(policy, days left) of what ends within so many days; negative where it has ended."""
    for policy in policies:
        until = terms(policy).until
        if until is not None and (until - day).days <= days:
            yield policy, (until - day).days


def due(policies: Sequence[Policy], day: date, days: int) -> Iterator[tuple[Policy, int]]:
    """(policy, days left) of what is to be looked at within so many days."""
    for policy in policies:
        review = terms(policy).review
        if review is not None and (review - day).days <= days:
            yield policy, (review - day).days


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == len("2027-01-31") else None
    except ValueError:
        return None
