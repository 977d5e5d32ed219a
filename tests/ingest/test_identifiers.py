"""Numbers and codes are valid by the standards' own examples and by python-stdnum."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc
from stdnum.nl import bsn

from ingest.city.identifiers import citizen_number, credit_code, organisation_code
from ingest.identifiers import (
    bsn_fault,
    citizen_number_fault,
    credit_code_fault,
    number_fault,
    organisation_check,
    told_by,
)

TODAY = "2026-11-23"
CREDIT_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def test_citizen_number_examples_of_the_standard() -> None:
    assert citizen_number("110105", "1949-12-31", 1, male=False) == "11010519491231002X"
    assert citizen_number("440524", "1880-01-01", 0, male=True) == "440524188001010014"
    assert citizen_number_fault("11010519491231002X", TODAY) is None
    assert citizen_number_fault("440524188001010014", TODAY) is None


def test_credit_code_examples() -> None:
    # The standard's own example, then that of a government body.
    assert credit_code_fault("91350100M000100Y43") is None
    assert credit_code_fault("91110000802100433B") is None


def test_organisation_code_of_a_published_example() -> None:
    # 91110000802100433B holds the organisation code 80210043-3.
    assert organisation_code(80_210_043) == "802100433"
    assert credit_code("91", "110000", 80_210_043) == "91110000802100433B"


@given(st.dates(), st.integers(0, 499), st.booleans())
def test_citizen_numbers_are_valid_and_tell_the_sex(
    born: object, sequence: int, male: bool
) -> None:
    number = citizen_number("110105", str(born), sequence, male)
    assert ric.calc_check_digit(number) == number[-1]
    assert int(number[16]) % 2 == male


@given(st.sampled_from(("11", "91")), st.integers(0, 99_999_999))
def test_credit_codes_are_valid(category: str, serial: int) -> None:
    assert uscc.is_valid(credit_code(category, "110101", serial))


MUTATIONS = st.tuples(st.integers(0, 17), st.sampled_from("0123456789XxAIOSVZ -é"))


def _mutated(number: str, mutation: tuple[int, str] | None) -> str:
    if mutation is None:
        return number
    place, letter = mutation
    return number[:place] + letter + number[place + 1 :]


def _agrees_on_form(number: str) -> bool:
    """What python-stdnum normalises before it looks: it takes lower case and separators."""
    return number.isascii() and number == number.upper() and " " not in number and "-" not in number


@given(
    st.integers(100_000, 999_999),
    st.integers(1900, 2030),
    st.integers(0, 14),
    st.integers(0, 33),
    st.integers(0, 499),
    st.none() | MUTATIONS,
)
def test_citizen_numbers_agree_with_stdnum(
    place: int, year: int, month: int, day: int, sequence: int, mutation: tuple[int, str] | None
) -> None:
    made = citizen_number(str(place), f"{year}-{month:02}-{day:02}", sequence, male=True)
    number = _mutated(made, mutation)
    fault = citizen_number_fault(number, TODAY)
    if not _agrees_on_form(number) or len(number) != 18 or not number[:17].isdigit():
        assert fault is not None and fault.code == "NUMBER_INVALID"
        return
    checks = ric.calc_check_digit(number) == number[-1]
    assert checks == (fault is None or fault.code != "NUMBER_INVALID")
    if checks:
        try:
            born = ric.get_birth_date(number).isoformat()
        except ValueError:
            born = "9999"
        assert (born > TODAY) == (fault is not None and fault.code == "NUMBER_DATE")


@given(
    st.sampled_from(("11", "91", "52")),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(CREDIT_LETTERS, min_size=8, max_size=8),
    st.booleans(),
    st.none() | MUTATIONS,
)
def test_credit_codes_agree_with_stdnum(
    category: str, division: str, body: str, is_right: bool, mutation: tuple[int, str] | None
) -> None:
    check = organisation_check(body) if is_right else "7"
    made = f"{category}{division}{body}{check}"
    number = _mutated(made + uscc.calc_check_digit(made), mutation)
    is_fine = credit_code_fault(number) is None
    if not _agrees_on_form(number):
        assert not is_fine
        return
    has_valid_body = len(number) == 18 and number[:2].isdigit() and uscc.is_valid(number)
    if number[:2].isdigit():
        # The organisation code within is what python-stdnum does not look at.
        assert is_fine == (has_valid_body and organisation_check(number[8:16]) == number[16])


@given(st.integers(0, 999_999_999), st.none() | MUTATIONS)
def test_dutch_numbers_agree_with_stdnum(value: int, mutation: tuple[int, str] | None) -> None:
    number = _mutated(f"{value:09}", mutation)[:9]
    expected = number.isascii() and number.isdigit() and bsn.is_valid(number)
    assert (bsn_fault(number) is None) == expected


@pytest.mark.parametrize(
    ("number", "issued", "code"),
    [
        ("", None, "NUMBER_INVALID"),
        ("11010519491231002x", None, "NUMBER_INVALID"),
        ("１１０１０５１９４９１２３１００２Ｘ", None, "NUMBER_INVALID"),
        (citizen_number("110105", "2001-02-29", 0, True), None, "NUMBER_DATE"),
        (citizen_number("110105", "2026-11-24", 0, True), None, "NUMBER_DATE"),
        (citizen_number("110105", "2026-11-23", 0, True), None, None),
        # 崇文区 was merged into 东城区 in 2010.
        (citizen_number("110103", "2015-01-01", 0, True), None, "DIVISION_NOT_IN_FORCE"),
        (citizen_number("110103", "2009-01-01", 0, True), None, None),
        (citizen_number("110103", "1950-01-01", 0, True), None, None),
        (citizen_number("110103", "1950-01-01", 0, True), "2015-01-01", "DIVISION_NOT_IN_FORCE"),
        (citizen_number("110103", "1950-01-01", 0, True), "1999-10-01", None),
        (citizen_number("990101", "1950-01-01", 0, True), None, "DIVISION_NOT_IN_FORCE"),
        # Residence permits of Taiwan residents.
        (citizen_number("830000", "1980-01-01", 0, True), None, None),
    ],
)
def test_citizen_number_faults(number: str, issued: str | None, code: str | None) -> None:
    fault = citizen_number_fault(number, TODAY, issued)
    assert (fault.code if fault else None) == code
    assert fault is None or number not in fault.reason or not number


def test_other_schemes_are_left_alone() -> None:
    assert number_fault("GB-COH", "anything", TODAY) is None
    assert number_fault("BSN", "999991425", TODAY) is None
    assert told_by("GB-COH:11010519491231002X", TODAY) is None


def test_half_a_surrogate_pair_is_no_number() -> None:
    assert credit_code_fault("9111000080210043\ud8003") is not None
    assert citizen_number_fault("1101051949123100\ud800X", TODAY) is not None


def test_a_check_takes_microseconds() -> None:
    numbers = [citizen_number("110105", "1984-05-17", n % 500, True) for n in range(50_000)]
    citizen_number_fault(numbers[0], TODAY)
    started = time.process_time()
    for number in numbers:
        citizen_number_fault.__wrapped__(number, TODAY)
    assert len(numbers) / (time.process_time() - started) > 100_000
