"""Values of single elements: dates, numbers, names, sex."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

SEX = {"M": "MALE", "V": "FEMALE", "O": "UNKNOWN"}
MARRIAGE_END = {"S": "DIVORCE", "O": "DEATH", "N": "ANNULMENT"}
UNKNOWN_NAME = "."
NO_DATE = "00000000"
# Registers were first kept this way on 1 October 1994.
REGISTER_BEGAN = "1994-10-01"
_BSN_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


class BadValue(ValueError):
    """The value does not have the form of its element."""


def partial_date(value: str) -> str | None:
    """ "19840500" is 1984-05, "19840000" is 1984, nothing or zeros None. Raises BadValue."""
    if value in ("", NO_DATE):
        return None
    if not re.fullmatch(r"[0-9]{8}", value):
        raise BadValue("a date has eight digits")
    year, month, day = value[:4], value[4:6], value[6:]
    if year == "0000":
        raise BadValue("a date with a month or day needs a year")
    if month == "00":
        return year
    if not 1 <= int(month) <= 12:
        raise BadValue("there is no such month")
    if day == "00":
        return f"{year}-{month}"
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError as error:
        raise BadValue("there is no such day") from error


def recorded_time(value: str | None) -> str:
    """A partial date as a time; where it is unknown, the day the register began."""
    full = (value or REGISTER_BEGAN) + "-01-01"
    return f"{full[:10]}T00:00:00Z"


def valid_bsn(number: str) -> bool:
    """Nine digits that pass the eleven test."""
    if not re.fullmatch(r"[0-9]{9}", number):
        return False
    return sum(int(d) * w for d, w in zip(number, _BSN_WEIGHTS, strict=True)) % 11 == 0


def full_name(values: Mapping[str, str]) -> str:
    """Given names, prefix and family name; empty when the name is unknown."""
    parts = (values.get(element, "").strip() for element in ("02.10", "02.30", "02.40"))
    return " ".join(part for part in parts if part and part != UNKNOWN_NAME)
