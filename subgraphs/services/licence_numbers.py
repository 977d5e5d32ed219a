"""Numbers of licences: prefix of the type, division, year, ten random digits, check character.

The digits are random, so that a number cannot be guessed from the one before it.
"""

from __future__ import annotations

import secrets

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SERIAL_DIGITS = 10


def check_character(body: str) -> str:
    """ISO 7064 MOD 37,36 over digits and capitals."""
    product = 36
    for character in body:
        total = (product + ALPHABET.index(character)) % 36
        product = (total or 36) * 2 % 37
    return ALPHABET[(37 - product) % 36]


def new_number(prefix: str, district: str, year: str) -> str:
    """A number that has most likely not been given; whoever issues it makes sure."""
    serial = secrets.randbelow(10**SERIAL_DIGITS)
    body = f"{prefix}{district}{year}{serial:0{SERIAL_DIGITS}d}"
    return body + check_character(body)
