"""The statements of the desks, without a database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.catalogue import model
from graph.conditions import ALWAYS
from graph.cypher import Clock, Statement, desk
from policies.table import load
from subgraphs.administration.consents import ACTS_FOR
from tests.golden import check_golden

POLICIES = load(None, model())
CLOCK = Clock(datetime(2026, 5, 17, 8, 0, 0, tzinfo=UTC))
CITIZEN = POLICIES.decision("citizen", "own-data", "data-subject-right")
CASEWORKER = POLICIES.decision("caseworker", "household-services", "statutory-duty")
WORKER = {"person": "11010119900307002X", "worker": "W-1", "shielded": None}
WHO = {"person": "11010119900307002X"}


def texts(text: str) -> Statement:
    """A text that takes no values of its own."""
    return Statement(text, {}, {})


STATEMENTS: Mapping[str, Callable[[], Statement]] = {
    "desk_consent_person": lambda: desk.row_by_identifier(
        "Person", "x'}) DETACH DELETE n //", ACTS_FOR, CITIZEN, model(), WHO, CLOCK
    ),
    "desk_consent_by_reference": lambda: desk.consent_by_reference(
        "CP-1", ACTS_FOR, CITIZEN, model(), WHO, CLOCK
    ),
    "desk_consent_not_given": lambda: texts(desk.NOT_GIVEN),
    "desk_consent_given": lambda: texts(desk.GIVEN),
    "desk_consent_not_withdrawn": lambda: texts(desk.NOT_WITHDRAWN),
    "desk_emergency_person": lambda: desk.row_by_identifier(
        "Person", "x'}) DETACH DELETE n //", ALWAYS, CASEWORKER, model(), WORKER, CLOCK
    ),
    "desk_emergency_access": lambda: texts(desk.ACCESS),
    "desk_emergency_accesses": lambda: texts(desk.ACCESSES),
    "desk_emergency_not_reviewed": lambda: texts(desk.NOT_REVIEWED),
}


@pytest.mark.parametrize("name", STATEMENTS)
def test_statement_of_a_desk(name: str) -> None:
    statement = STATEMENTS[name]()
    parameters = [f"// ${n} = {v!r}" for n, v in statement.parameters.items()]
    golden = "\n".join([statement.text, *parameters]) + "\n"
    check_golden(Path(__file__).parent / "golden" / f"{name}.cypher", golden)
    assert "DETACH" not in statement.text
