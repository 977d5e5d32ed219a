"""Whether two entries of one book stood at one time, with dates as precise as they are known."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Entry(NamedTuple):
    """One membership: `person` stands in `book` under `code` from `begins` until before `ends`.

    Dates are ISO, perhaps without day or month. No `begins`: not known. No `ends`: still there.
    """

    fact: str
    person: str
    book: str
    code: str
    begins: str | None
    ends: str | None
    sex: str = ""
    born: str = ""


class Sure(Enum):
    """How sure a statement about partial dates is."""

    YES = "yes"
    PERHAPS = "perhaps"
    NO = "no"


def before(one: str | None, other: str | None) -> Sure:
    """Whether one date is before the other; where one is not known, perhaps."""
    if not one or not other:
        return Sure.PERHAPS
    if one.startswith(other) or other.startswith(one):
        return Sure.NO if len(one) == len(other) else Sure.PERHAPS
    return Sure.YES if one < other else Sure.NO


def together(one: Entry, other: Entry) -> Sure:
    """Whether the two periods have a day in common."""
    halves = (_begins_in_time(one, other), _begins_in_time(other, one))
    if Sure.NO in halves:
        return Sure.NO
    return Sure.PERHAPS if Sure.PERHAPS in halves else Sure.YES


def _begins_in_time(one: Entry, other: Entry) -> Sure:
    return Sure.YES if not other.ends else before(one.begins, other.ends)
