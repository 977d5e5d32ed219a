"""Numbers with valid check characters: GB 11643-1999 for people, GB 32100-2015 for entities."""

from __future__ import annotations

_CITIZEN_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CITIZEN_CHECKS = "10X98765432"
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_VALUES = {letter: value for value, letter in enumerate(_CREDIT_ALPHABET)}
_ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
SEQUENCE_MAX = 499


def citizen_number(division: str, birth_date: str, sequence: int, male: bool) -> str:
    """18 characters. `sequence` counts 0-499 within division, date and sex (odd for men)."""
    body = f"{division}{birth_date.replace('-', '')}{2 * sequence + male:03d}"
    total = sum(int(digit) * w for digit, w in zip(body, _CITIZEN_WEIGHTS, strict=True))
    return body + _CITIZEN_CHECKS[total % 11]


def credit_code(category: str, division: str, serial: int) -> str:
    """18 characters: category (such as 91, a company), division, organisation code, check."""
    body = f"{category}{division}{organisation_code(serial)}"
    total = sum(_CREDIT_VALUES[c] * pow(3, i, 31) for i, c in enumerate(body))
    return body + _CREDIT_ALPHABET[(31 - total % 31) % 31]


def organisation_code(serial: int) -> str:
    """Nine characters of GB 11714: eight of the serial and a check character."""
    body = f"{serial:08d}"
    total = sum(
        _ORGANISATION_ALPHABET.index(c) * w
        for c, w in zip(body, _ORGANISATION_WEIGHTS, strict=True)
    )
    check = 11 - total % 11
    return body + {10: "X", 11: "0"}.get(check, str(check))
