"""Numbers of persons and entities: GB 11643-1999, GB 32100-2015 with GB 11714-1997, and BSN."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import mul

from ingest.divisions import in_force, in_force_since

_CITIZEN_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CITIZEN_CHECKS = "10X98765432"
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = tuple(pow(3, i, 31) for i in range(17))
_ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_BSN_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_CACHED = 200_000


def _values(alphabet: str) -> bytes:
    """A table that translates each letter of the alphabet to its place in it."""
    return bytes.maketrans(alphabet.encode(), bytes(range(len(alphabet))))


_CREDIT_LETTERS = _CREDIT_ALPHABET.encode()
_DIGITS = _values("0123456789")
_CREDIT_VALUES = _values(_CREDIT_ALPHABET)
_ORGANISATION_VALUES = _values(_ORGANISATION_ALPHABET)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a number is none: a code of rules.yaml, and words without the number."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a citizen number tells of its bearer: birth date (ISO), sex as the model names it."""

    birth_date: str
    sex: str


def citizen_check(body: str) -> str:
    """Check character of 17 digits (GB 11643-1999, 4.2)."""
    return _CITIZEN_CHECKS[sum(map(mul, body.encode().translate(_DIGITS), _CITIZEN_WEIGHTS)) % 11]


def credit_check(body: str) -> str:
    """Check character of the first 17 of a unified social credit code (GB 32100-2015)."""
    total = sum(map(mul, body.encode().translate(_CREDIT_VALUES), _CREDIT_WEIGHTS))
    return _CREDIT_ALPHABET[-total % 31]


def organisation_check(body: str) -> str:
    """Check character of the first 8 of an organisation code (GB 11714-1997)."""
    values = body.encode().translate(_ORGANISATION_VALUES)
    check = -sum(map(mul, values, _ORGANISATION_WEIGHTS)) % 11
    return "X" if check == 10 else str(check)


@lru_cache(maxsize=_CACHED)
def citizen_number_fault(number: str, today: str, issued: str | None = None) -> Fault | None:
    """What is wrong with a citizen number 公民身份号码 (GB 11643), None if nothing.

    `today` and `issued` are ISO dates. The division must have been in force when the number was
    issued or, where that is not known, at any time since the birth.
    """
    body = number[:17]
    if len(number) != 18 or not (body.isascii() and body.isdigit()):
        return Fault("NUMBER_INVALID", "a citizen number has 17 digits and a check character")
    if citizen_check(body) != number[17]:
        return Fault("NUMBER_INVALID", "the check character does not fit the digits")
    born = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
    if not is_day(born):
        return Fault("NUMBER_DATE", f"{born} in the number is no day")
    if born > today:
        return Fault("NUMBER_DATE", f"the birth date {born} in the number is in the future")
    return _division_fault(number[:6], born, issued)


@lru_cache(maxsize=_CACHED)
def credit_code_fault(number: str, today: str = "") -> Fault | None:
    """What is wrong with a unified social credit code 统一社会信用代码 (GB 32100)."""
    del today
    digits = number[2:8]
    is_spelt = number.isascii() and not number.encode().translate(None, _CREDIT_LETTERS)
    if len(number) != 18 or not is_spelt:
        return Fault("NUMBER_INVALID", "a credit code has 18 digits and capitals without I O S V Z")
    if not digits.isdigit():
        return Fault("NUMBER_INVALID", "characters 3 to 8 are a division code, six digits")
    if credit_check(number[:17]) != number[17]:
        return Fault("NUMBER_INVALID", "the check character does not fit (GB 32100)")
    if organisation_check(number[8:16]) != number[16]:
        return Fault("NUMBER_INVALID", "the organisation code in it fails its check (GB 11714)")
    return None


@lru_cache(maxsize=_CACHED)
def bsn_fault(number: str, today: str = "") -> Fault | None:
    """What is wrong with a Dutch citizen service number."""
    del today
    if len(number) != 9 or not (number.isascii() and number.isdigit()):
        return Fault("NUMBER_INVALID", "a citizen service number has nine digits")
    if number == "000000000" or sum(map(mul, map(int, number), _BSN_WEIGHTS)) % 11:
        return Fault("NUMBER_INVALID", "the number fails the eleven test")
    return None


SCHEMES: Mapping[str, Callable[[str, str], Fault | None]] = {
    "GB11643": citizen_number_fault,
    "GB32100": credit_code_fault,
    "BSN": bsn_fault,
}


def number_fault(scheme: str, number: str, today: str) -> Fault | None:
    """What is wrong with a number of a scheme; a scheme not in SCHEMES is left alone."""
    check = SCHEMES.get(scheme)
    return check(number, today) if check else None


@lru_cache(maxsize=_CACHED)
def key_fault(key: str, today: str) -> Fault | None:
    """What is wrong with a node's key ("SCHEME:number")."""
    scheme, _, number = key.partition(":")
    return number_fault(scheme, number, today)


@lru_cache(maxsize=_CACHED)
def told_by(key: str, today: str) -> Told | None:
    """What a node's key tells, where it is a valid citizen number of GB 11643."""
    if not key.startswith("GB11643:") or key_fault(key, today) is not None:
        return None
    number = key[8:]
    sex = "MALE" if number[16] in "13579" else "FEMALE"
    return Told(f"{number[6:10]}-{number[10:12]}-{number[12:14]}", sex)


@lru_cache(maxsize=_CACHED)
def is_day(day: str) -> bool:
    """Whether an ISO date is a day of the calendar."""
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


def _division_fault(code: str, born: str, issued: str | None) -> Fault | None:
    if in_force(code, issued) if issued else in_force_since(code, born):
        return None
    when = f"on {issued}" if issued else f"at any time since {born}"
    return Fault("DIVISION_NOT_IN_FORCE", f"division {code} was not in force {when} (GB/T 2260)")
