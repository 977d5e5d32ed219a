"""What custody is derived from and what is answered. Plain data, and how old partial dates are."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

BSN, GB11643 = "BSN", "GB11643"
ADULT_AT = 18
"""Dutch Civil Code 1:233, Chinese Civil Code art. 17."""


class CustodyKind(StrEnum):
    """How custody stands, after the answers of the Dutch register."""

    TWO_PARENTS = "TWO_PARENTS"
    ONE_PARENT = "ONE_PARENT"
    JOINT = "JOINT"  # a parent and somebody who is not a parent
    GUARDIAN = "GUARDIAN"  # only somebody who is not a parent
    TEMPORARILY_NONE = "TEMPORARILY_NONE"
    NOT_DETERMINABLE = "NOT_DETERMINABLE"
    OF_AGE = "OF_AGE"


@dataclass(frozen=True)
class Minor:
    """Of whom custody is asked. `scheme` is the scheme of the number and says which law.

    `custody_code` is a court's statement (table 61), `custody_since` its date. `abroad`: born or
    ever resident abroad, as far as a register says so. Dates are ISO, perhaps without day or month.
    """

    id: str
    born: str = ""
    scheme: str = BSN
    custody_code: str = ""
    custody_since: str = ""
    custody_fact: str = ""
    deceased: bool = False
    abroad: bool = False


@dataclass(frozen=True)
class Adult:
    """Who may hold custody. `fact` ties them to the case, `state_fact` says why they cannot.

    `under_guardianship` is curatele (BRP 11.33.10) or a lack of capacity. With neither `minor` nor
    a date of birth they count as of age.
    """

    id: str
    fact: str = ""
    born: str = ""
    deceased: bool = False
    minor: bool = False
    under_guardianship: bool = False
    state_fact: str = ""


@dataclass(frozen=True)
class Parent(Adult):
    """A parent, once each. `place` is the register's number, 1 or 2, and 0 where it gives none.

    `kind` is BIRTH, LEGAL or ADOPTIVE; any other is passed over. `since` is when the bond in law
    began (BRP 62.10: birth, acknowledgement, adoption), empty where only a form's date is known.
    """

    place: int = 0
    kind: str = "LEGAL"
    sex: str = ""
    since: str = ""


@dataclass(frozen=True)
class Guardian(Adult):
    """A recorded guardian of the person, not one of property only; `basis` as coded."""

    basis: str = ""


@dataclass(frozen=True)
class Couple:
    """A MARRIAGE or PARTNERSHIP; other kinds count for nothing. `ended`: on whatever day."""

    one: str
    other: str
    kind: str
    begins: str = ""
    ends: str = ""
    ended: bool = False
    fact: str = ""


@dataclass(frozen=True)
class Case:
    """All that one answer is derived from. `partners`: who in a couple is no parent."""

    minor: Minor
    parents: Sequence[Parent]
    couples: Sequence[Couple]
    guardians: Sequence[Guardian]
    partners: Sequence[Adult]
    day: str


@dataclass(frozen=True)
class Custody:
    """The answer: who holds custody, why, by which facts, and what record would decide it."""

    kind: CustodyKind
    reason: str
    reason_zh: str
    holders: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    missing: str = ""
    missing_zh: str = ""


def earliest(date: str) -> str:
    """The first day that a partial date may mean; of no date, the first of all."""
    return (date or "0001") + {4: "-01-01", 7: "-01"}.get(len(date or "0001"), "")


def latest(date: str) -> str:
    """The last day that a partial date may mean; of no date, the last of all."""
    date = date or "9999"
    if len(date) == 4:
        return f"{date}-12-31"
    if len(date) == 7:
        return f"{date}-{monthrange(int(date[:4]), int(date[5:]))[1]:02}"
    return date


def of_age(born: str, day: str) -> bool | None:
    """Whether who was born then is of age on the day; None where the date leaves it open."""
    if not born:
        return None
    if _birthday(latest(born)) <= day:
        return True
    return False if _birthday(earliest(born)) > day else None


def unable(adult: Adult, day: str) -> str:
    """Why they cannot hold custody (1:246; Civil Code arts. 27 and 39), or nothing."""
    if adult.deceased:
        return "deceased"
    if adult.under_guardianship:
        return "under_guardianship"
    return "minor" if adult.minor or of_age(adult.born, day) is False else ""


def age_is_open(adult: Adult, day: str) -> bool:
    """Whether a partial date of birth leaves it open that they may hold custody."""
    return bool(adult.born) and not unable(adult, day) and of_age(adult.born, day) is None


def _birthday(born: str) -> str:
    return f"{int(born[:4]) + ADULT_AT:04}{born[4:]}"
