"""Numbers and codes are valid by the standards' own examples and by python-stdnum."""

from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from ingest.city.identifiers import citizen_number, credit_code, organisation_code


def test_citizen_number_examples_of_the_standard() -> None:
    assert citizen_number("110105", "1949-12-31", 1, male=False) == "11010519491231002X"
    assert citizen_number("440524", "1880-01-01", 0, male=True) == "440524188001010014"


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
