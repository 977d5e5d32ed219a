"""Dates of GEDCOM: as precise as they are stated, approximate, in other calendars, or left out."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.gedcom.dates import dated

MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]


@given(st.dates(min_value=date(1, 1, 1)))
def test_a_date_keeps_its_precision(day: date) -> None:
    month = MONTHS[day.month - 1]
    assert dated(f"{day.day} {month} {day.year}").date == day.isoformat()
    assert dated(f" {month}  {day.year} ").date == day.isoformat()[:7]
    assert dated(f"{day.year}").date == day.isoformat()[:4]


@given(st.integers(300, 9000), st.integers(1, 12), st.integers(1, 28))
def test_a_julian_day_is_the_same_day_of_the_gregorian_calendar(y: int, m: int, d: int) -> None:
    """Day numbers of the Julian calendar by the published formula (Explanatory Supplement)."""
    number = 367 * y - 7 * (y + 5001 + int((m - 9) / 7)) // 4 + 275 * m // 9 + d + 1729777
    expected = date.fromordinal(number - 1721425).isoformat()
    assert dated(f"@#DJULIAN@ {d} {MONTHS[m - 1]} {y}").date == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@#DJULIAN@ 24 OCT 1917", "1917-11-06"),
        ("@#DJULIAN@ 29 FEB 1700", "1700-03-11"),
        ("@#DJULIAN@ 25 DEC 1700", "1701-01-05"),
        ("@#DJULIAN@ 1700", "1700"),
        ("@#DFRENCH R@ 1 VEND 12", "1803-09-24"),
        ("@#DGREGORIAN@ 3 MAR 1900", "1900-03-03"),
        ("863", "0863"),
    ],
)
def test_other_calendars_and_early_years(text: str, expected: str) -> None:
    assert dated(text).date == expected


@pytest.mark.parametrize("word", ["ABT", "EST", "CAL"])
def test_of_an_approximate_date_the_year_is_kept(word: str) -> None:
    found = dated(f"{word} 12 APR 1900")
    assert (found.date, found.approximate) == ("1900", True)


def test_an_interpreted_date_is_kept_whole_and_approximate() -> None:
    found = dated("INT 3 MAR 1900 (the day after Ash Wednesday)")
    assert (found.date, found.approximate) == ("1900-03-03", True)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *((f"{range_}", "DATE_INEXACT") for range_ in ("BEF 1900", "AFT JUN 1900", "TO 1900")),
        *((f"{range_}", "DATE_INEXACT") for range_ in ("BET 1 MAY 1900 AND 1901", "FROM 1900")),
        ("12 MAR 1637/38", "DATE_INEXACT"),
        ("ABT 1103/1105", "DATE_INEXACT"),
        ("@#DHEBREW@ 1 TSH 5700", "DATE_INEXACT"),
        ("@#DJULIAN@ MAY 1700", "DATE_INEXACT"),
        ("31 FEB 1900", "DATE_INVALID"),
        ("@#DJULIAN@ 31 FEB 1700", "DATE_INVALID"),
        ("@#DJULIAN@ 1 JAN 99999999999999999999", "DATE_INVALID"),
        ("@#DROMAN@ 1 JAN 20", "DATE_INVALID"),
        ("20 JUL", "DATE_INVALID"),
        ("2 MAI 1900", "DATE_INVALID"),
        ("1900-01-02", "DATE_INVALID"),
        ("44 B.C.", "DATE_INVALID"),
        ("0", "DATE_INVALID"),
        ("(stillborn)", "DATE_INVALID"),
    ],
)
def test_what_is_no_single_date_is_left_out_with_a_reason(text: str, code: str) -> None:
    found = dated(text)
    assert (found.date, found.code) == (None, code)
    assert found.reason


@given(st.text(max_size=40))
def test_no_text_is_an_error(text: str) -> None:
    found = dated(text)
    assert (found.date is None) == bool(found.code)
