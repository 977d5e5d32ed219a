"""The rules of the desk of cases, without a graph."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from runtime.errors import CitizengraphError
from subgraphs.services.case_rules import (
    CLOSED,
    IN_HAND,
    KEY_MAX,
    TRANSITIONS,
    WAITING,
    WORDS_MAX,
    after_working_days,
    check_granting,
    check_key,
    check_step,
    check_words,
    stage,
)

FILES: dict[str, dict[str, Any]] = {
    WAITING: {"state": "OPEN", "charges": []},
    IN_HAND: {"state": "OPEN", "charges": [{"worker": "W-1"}]},
    CLOSED: {"state": "CLOSED", "charges": [{"worker": "W-1"}]},
}


def refused(check: Any, *given: Any) -> str:
    """The code, or nothing."""
    try:
        check(*given)
    except CitizengraphError as error:
        return error.code
    return ""


@pytest.mark.parametrize("operation", TRANSITIONS)
@pytest.mark.parametrize("now", FILES)
def test_a_step_is_possible_where_the_table_says_so(operation: str, now: str) -> None:
    assert stage(FILES[now]) == now
    expected = "" if now in TRANSITIONS[operation] else "CASE_STATE"
    assert refused(check_step, operation, FILES[now]) == expected


def test_nothing_leads_out_of_closed_and_only_the_decision_into_it() -> None:
    for operation, moves in TRANSITIONS.items():
        assert moves.get(CLOSED, CLOSED) == CLOSED
        into = {before for before, after in moves.items() if after == CLOSED and before != CLOSED}
        assert into == ({IN_HAND} if operation == "decideCase" else set())


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-03-02", 1, "2026-03-03"),
        ("2026-03-06", 1, "2026-03-09"),
        ("2026-03-07", 1, "2026-03-09"),
        ("2026-03-02", 5, "2026-03-09"),
        ("2026-03-05", 20, "2026-04-02"),
    ],
)
def test_deadlines_count_working_days(start: str, days: int, end: str) -> None:
    found = after_working_days(date.fromisoformat(start), days)
    assert found == date.fromisoformat(end)


def file(part: str | None, evidence: str) -> dict[str, Any]:
    return {
        "parts": [{"part": "title", "decision": part}],
        "evidence": [{"requirement": "identity", "state": evidence}],
    }


def test_what_stands_against_granting_does_not_stand_against_refusing() -> None:
    for against in (file("REFUSED", "ON_FILE"), file("GRANTED", "LAPSED")):
        assert refused(check_granting, "GRANTED", against) == "CASE_STATE"
        assert refused(check_granting, "REFUSED", against) == ""
    for state in ("ON_FILE", "NOT_ON_FILE", "REQUESTED"):
        assert refused(check_granting, "GRANTED", file("GRANTED", state)) == ""


@pytest.mark.parametrize("words", ["", "   ", "abc", "……………………", "x" * (WORDS_MAX + 1)])
def test_words_say_something(words: str) -> None:
    assert refused(check_words, "reason", words) == "BAD_ARGUMENT"


def test_blanks_around_words_and_lengths_of_keys() -> None:
    assert check_words("reason", "  材料齐全 ") == "材料齐全"
    assert [refused(check_key, "k" * size) for size in (7, 8, KEY_MAX, KEY_MAX + 1)] == [
        "BAD_ARGUMENT",
        "",
        "",
        "BAD_ARGUMENT",
    ]
