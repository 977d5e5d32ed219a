"""Numbers, terms and transitions of licences, without a graph."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_37_36

from graph.catalogue import model
from policies.licence_types import Validity
from policies.table import load
from runtime.errors import CitizengraphError
from subgraphs.services.licence_numbers import ALPHABET, check_character, new_number
from subgraphs.services.licence_rules import (
    NO_END,
    TRANSITIONS,
    check_transition,
    last_day,
    renewed_until,
)

STATES = ("VALID", "EXPIRED", "SUSPENDED", "REVOKED", "SUPERSEDED")
TYPES = load(None, model()).licence_types


def licence(status: str = "VALID", end: str | None = None, not_over: bool = True) -> dict[str, Any]:
    return {"status": status, "expiryDate": end, "notOver": not_over}


@given(st.text(ALPHABET, min_size=1, max_size=30))
def test_the_check_character_is_that_of_another_implementation(body: str) -> None:
    assert mod_37_36.is_valid(body + check_character(body))


@given(st.integers(0, 21), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_found(at: int, other: str) -> None:
    number = new_number("JS", "110101", "2026")
    spoilt = number[:at] + other + number[at + 1 :]
    assert mod_37_36.is_valid(spoilt) == (spoilt == number)


def test_what_each_state_allows() -> None:
    allowed = {
        name: {state for state in STATES if permitted(name, licence(state))} for name in TRANSITIONS
    }
    assert allowed == {
        "renew": {"VALID", "EXPIRED"},
        "suspend": {"VALID"},
        "resume": {"SUSPENDED"},
        "revoke": {"VALID", "EXPIRED", "SUSPENDED"},
        "supersede": {"VALID", "EXPIRED"},
    }


def test_a_licence_whose_last_day_is_over_has_expired() -> None:
    assert not permitted("suspend", licence("VALID", "2020-01-01", not_over=False))
    assert permitted("renew", licence("VALID", "2020-01-01", not_over=False))


def permitted(name: str, of: dict[str, Any]) -> bool:
    try:
        check_transition(name, of)
    except CitizengraphError as error:
        assert error.code == "LICENCE_STATE"
        return False
    return True


@pytest.mark.parametrize(
    ("start", "years", "end"),
    [("2026-11-27", 6, "2032-11-27"), ("2024-02-29", 1, "2025-02-28"), ("2026-01-01", None, None)],
)
def test_the_last_day_of_a_term(start: str, years: int | None, end: str | None) -> None:
    assert last_day(Validity(years=years), start, None) == end


@pytest.mark.parametrize(
    ("born", "end"),
    [("2011-11-27", "2031-11-27"), ("2010-11-27", "2036-11-27"), ("1980-11-28", "2046-11-27")],
)
def test_a_term_by_the_holders_age_on_the_day(born: str, end: str) -> None:
    assert last_day(TYPES["RESIDENT_IDENTITY_CARD"].validity, "2026-11-27", born) == end


def test_without_a_known_age_nothing_is_worked_out() -> None:
    with pytest.raises(CitizengraphError, match="LICENCE_RULE"):
        last_day(TYPES["RESIDENT_IDENTITY_CARD"].validity, "2026-11-27", "1980")


def test_a_renewal_goes_on_from_the_last_day_or_from_today() -> None:
    driving, card = TYPES["DRIVING_LICENCE"], TYPES["RESIDENT_IDENTITY_CARD"]
    going = licence("VALID", "2027-03-01")
    over = licence("VALID", "2020-03-01", not_over=False)
    assert renewed_until(driving, going, "2026-11-27", None) == "2037-03-01"
    assert renewed_until(driving, over, "2026-11-27", None) == "2036-11-27"
    assert renewed_until(card, over, "2026-11-27", "1960-01-01") == NO_END
    for of, held in ((driving, licence()), (TYPES["BUSINESS_LICENCE"], going)):
        with pytest.raises(CitizengraphError, match="LICENCE_RULE"):
            renewed_until(of, held, "2026-11-27", None)
