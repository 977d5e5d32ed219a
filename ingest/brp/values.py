"""Values of single elements: dates, numbers, names, codes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from ingest.identifiers import bsn_fault

SEX = {"M": "MALE", "V": "FEMALE", "O": "UNKNOWN"}
MARRIAGE_FORM = {"H": "MARRIAGE", "P": "REGISTERED_PARTNERSHIP"}
MARRIAGE_END = {
    "S": "DIVORCE",
    "O": "DEATH",
    "N": "ANNULMENT",
    "R": "PRESUMED_DEATH",
    "Z": "CONVERSION",
}
# Table 61 of the register, custody of a minor.
CUSTODY = {
    "1": "PARENT_1",
    "12": "PARENTS_1_AND_2",
    "1D": "PARENT_1_AND_THIRD_PARTY",
    "2": "PARENT_2",
    "2D": "PARENT_2_AND_THIRD_PARTY",
    "D": "THIRD_PARTIES",
    "3D": "BOTH_PARENTS_AND_THIRD_PARTY",
}
CUSTODY_UNKNOWN = "UNKNOWN"
"""That a custody register states something, in a code that the table does not have."""
UNKNOWN_NAME = "."
NO_DATE = "00000000"
# Registers were first kept this way on 1 October 1994.
REGISTER_BEGAN = "1994-10-01"


class BadValue(ValueError):
    """The value does not have the form of its element."""


@lru_cache(maxsize=50_000)
def partial_date(value: str) -> str | None:
    """ "19840500" is 1984-05, "19840000" is 1984, nothing or eight zeros None. Raises BadValue."""
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


def time_of(day: str) -> str:
    """The first moment of a partial date."""
    return f"{(day + '-01-01')[:10]}T00:00:00Z"


def later(one: str, other: str) -> bool:
    """Whether a partial date is certainly after another."""
    length = min(len(one), len(other))
    return one[:length] > other[:length]


def valid_bsn(number: str) -> bool:
    """Nine digits that pass the eleven test."""
    return bsn_fault(number) is None


def valid_record(number: str) -> bool:
    """Ten digits, as an A-number has."""
    return re.fullmatch(r"[0-9]{10}", number) is not None


def full_name(values: Mapping[str, str]) -> str:
    """Given names, prefix and family name; empty when the name is unknown."""
    parts = (values.get(element, "").strip() for element in ("02.10", "02.30", "02.40"))
    return " ".join(part for part in parts if part and part != UNKNOWN_NAME)
