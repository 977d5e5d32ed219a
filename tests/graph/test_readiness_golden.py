"""The statements of readiness, without a database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.catalogue import model
from graph.cypher import Clock, Statement
from graph.cypher.readiness import Application, Asked, about, of_one, of_population, rests_on
from graph.evidence import OnPaper
from policies.table import load
from resolvers.standing import for_caller
from tests.golden import check_golden

POLICIES = load(None, model())
SERVICES = POLICIES.services
CLOCK = Clock(datetime(2026, 5, 17, 8, 0, 0, tzinfo=UTC))
CALLERS = {
    "caseworker": ("household-services", "statutory-duty"),
    "citizen": ("own-data", "data-subject-right"),
    "school-enrolment": ("school-enrolment", "compulsory-education"),
}
WHO = {
    "person": "11010119900307002X",
    "worker": "W-1",
    "district": "110101",
    "shielded": None,
    "protectionCleared": None,
}
HOSTILE = "x'}) DETACH DELETE n //"


def one(consumer: str, service: str, other: str | None = HOSTILE) -> Statement:
    declared = SERVICES[service]
    facts = [requirement.fact for requirement in declared.requirements]
    asked = Application(facts, declared.other, other is not None)
    decision = for_caller(POLICIES.decision(consumer, *CALLERS[consumer]), WHO)
    template = of_one(asked, decision, model())
    return about(template, HOSTILE, other, WHO, CLOCK, None)


def everybody(service: str) -> Statement:
    declared = SERVICES[service]
    asked = [Asked(r.fact, r.replaces, r.eligibility) for r in declared.requirements]
    return of_population(asked, declared.other, model(), CLOCK)


STATEMENTS: Mapping[str, Callable[[], Statement]] = {
    "readiness_school_of_a_caseworker": lambda: one("caseworker", "school-enrolment"),
    "readiness_heir_of_a_citizen": lambda: one("citizen", "inheritance-notary"),
    "readiness_marriage_alone": lambda: one("citizen", "marriage", None),
    "readiness_shop_of_everybody": lambda: everybody("shop-licence"),
}


@pytest.mark.parametrize("name", STATEMENTS)
def test_statement_of_readiness(name: str) -> None:
    statement = STATEMENTS[name]()
    parameters = [f"// ${n} = {v!r}" for n, v in statement.parameters.items()]
    golden = "\n".join([statement.text, *parameters]) + "\n"
    check_golden(Path(__file__).parent / "golden" / f"{name}.cypher", golden)
    assert "DETACH" not in statement.text


def test_whoever_is_granted_nothing_reads_nothing() -> None:
    """Of a consumer without the fields behind it no row is matched, whatever is asked."""
    text = one("school-enrolment", "vehicle-transfer", None).text
    assert "RESIDES_AT_FACT" not in text
    assert "HOLDS_FACT" not in text
    assert text.count("{told: false, state: 'UNKNOWN', sources: []}") == 5  # the paper is told


def test_every_fact_rests_on_coordinates_of_the_model() -> None:
    known = {f"{name}.{field}" for name, field, _ in model().coordinates()}
    for service in SERVICES.services.values():
        for requirement in service.requirements:
            found = rests_on(requirement.fact, model())
            assert set(found) <= known
            assert bool(found) != isinstance(requirement.fact, OnPaper)
