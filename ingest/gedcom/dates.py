"""Dates of GEDCOM as dates of reduced precision (ISO 8601), Gregorian calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from ged4py.calendar import CalendarDate, CalendarType, GregorianDate
from ged4py.date import DateValue, DateValueInterpreted, DateValueSimple, DateValueTypes

_APPROXIMATE = {
    DateValueTypes.ABOUT,
    DateValueTypes.CALCULATED,
    DateValueTypes.ESTIMATED,
}
# Julian day number of the day before 0001-01-01 of the Gregorian calendar.
_JULIAN_DAY_ZERO = 1721424.5
_JULIAN_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date, or the code and reason for which there is none. `approximate`: only about then."""

    date: str | None = None
    approximate: bool = False
    code: str = ""
    reason: str = ""


def dated(text: str) -> Dated:
    """What a DATE line says. "863" is "0863", "ABT 12 APR 1900" is about "1900".

    A whole Julian or French republican day is converted, and a Julian year kept. Of the Hebrew
    calendar, of months in other calendars, of a range, a phrase, a year with an alternative
    (1637/38) and a year before the common era there is no date.
    """
    try:
        value = DateValue.parse(text)
        if isinstance(value, DateValueSimple | DateValueInterpreted):
            found = _exact(value.date)
            return Dated(found, approximate=isinstance(value, DateValueInterpreted))
        if value.kind in _APPROXIMATE:
            return Dated(_exact(_only_year(_date_of(value))), approximate=True)
    except _Inexact as error:
        return Dated(code="DATE_INEXACT", reason=str(error))
    except ValueError as error:
        return Dated(code="DATE_INVALID", reason=f"there is no such date ({error})")
    if value.kind is DateValueTypes.PHRASE:
        return Dated(code="DATE_INVALID", reason="it is no date of GEDCOM")
    return Dated(code="DATE_INEXACT", reason="it is a range or has an open end, not one date")


class _Inexact(Exception):
    """The date is one of several."""


def _date_of(value: DateValue) -> CalendarDate:
    return cast("DateValueSimple", value).date


def _only_year(found: CalendarDate) -> CalendarDate:
    kept = type(found)(found.year, bc=found.bc)
    if isinstance(found, GregorianDate) and isinstance(kept, GregorianDate):
        kept.dual_year = found.dual_year
    return kept


def _exact(found: CalendarDate) -> str:
    """Raises _Inexact or ValueError with the reason."""
    if found.bc:
        raise ValueError("years before the common era are not kept")
    if isinstance(found, GregorianDate):
        return _gregorian(found)
    if found.calendar is CalendarType.JULIAN and found.month is None:
        return _year(found.year)
    if found.day is None:
        raise _Inexact("only a whole day can be converted from another calendar")
    if found.calendar is CalendarType.HEBREW:
        raise _Inexact("days of the Hebrew calendar are not converted")
    return _converted(found)


def _gregorian(found: GregorianDate) -> str:
    if found.dual_year is not None:
        raise _Inexact(f"it names two years, {found.year} and {found.dual_year}")
    year = _year(found.year)
    if found.month is None:
        return year
    if found.month_num is None:
        raise ValueError(f"{found.month} is no month")
    if found.day is None:
        return f"{year}-{found.month_num:02}"
    return date(found.year, found.month_num, found.day).isoformat()


def _year(year: int) -> str:
    if not 0 < year < 10_000:
        raise ValueError(f"{year} is no year from 1 to 9999")
    return f"{year:04}"


def _converted(found: CalendarDate) -> str:
    day, month = found.day or 0, found.month_num
    _year(found.year)
    if month is None:
        raise ValueError(f"{found.month} is no month")
    if not 1 <= day <= _days(found, month):
        raise ValueError(f"the month has no day {day}")
    return date.fromordinal(int(found.key()[0] - _JULIAN_DAY_ZERO)).isoformat()


def _days(found: CalendarDate, month: int) -> int:
    if found.calendar is not CalendarType.JULIAN:
        return 30
    return _JULIAN_MONTHS[month - 1] + (month == 2 and found.year % 4 == 0)
