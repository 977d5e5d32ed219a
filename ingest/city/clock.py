"""Days as ordinals, and the fixed day up to which the city has lived."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

YEAR_DAYS = 365.2425
REFERENCE_DAY = date(2026, 6, 30)
TODAY = REFERENCE_DAY.toordinal()
FIRST_YEAR = 1936


def first_of(year: int) -> int:
    """Ordinal of 1 January."""
    return date(year, 1, 1).toordinal()


@lru_cache(maxsize=65_536)
def iso(day: int) -> str:
    """The day as ISO 8601."""
    return date.fromordinal(day).isoformat()


@lru_cache(maxsize=65_536)
def year_of(day: int) -> int:
    """Calendar year of the day."""
    return date.fromordinal(day).year


def after_years(day: int, years: float) -> int:
    """The day so many years later, to the nearest day."""
    return day + round(years * YEAR_DAYS)


def age(born: int, day: int) -> float:
    """Age in years on the day."""
    return (day - born) / YEAR_DAYS


def birthday(born: int, years: int) -> int:
    """The day on which someone turns so many years old."""
    start = date.fromordinal(born)
    day = 28 if (start.month, start.day) == (2, 29) else start.day
    return date(start.year + years, start.month, day).toordinal()
