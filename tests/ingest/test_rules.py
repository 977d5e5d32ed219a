"""Rules about one record: which codes they find, and what follows by severity."""

from __future__ import annotations

import calendar
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.catalogue import model
from graph.facts import EdgeFact, Fact, NodeFact
from ingest import rules as rules_module
from ingest.city.identifiers import citizen_number, credit_code
from ingest.records import Problem, Reading, Remark, Unit, Version, stated
from ingest.registers import registers
from ingest.rule_checks.relations import is_not_before, is_within_years
from ingest.rules import RecordRules, rules, severity

TODAY = "2026-11-23"
UNIT = Unit(3, 17, {"a": "b"})


def key(born: str, male: bool = True, sequence: int = 7) -> str:
    return f"GB11643:{citizen_number('110105', born, sequence, male)}"


OLD, YOUNG = key("1960-03-01"), key("1990-05-01")


def person(of: str = "household:1", since: str | None = None, to: str | None = None, **f: Any):
    return NodeFact("Person", of, stated("household", "1", since, to), f)


def parent(of: str, child: str, kind: str = "BIRTH") -> EdgeFact:
    return EdgeFact("Parenthood", kind, "Person", of, "Person", child, stated("household", "1"), {})


def married(one: str, other: str, since: str | None = None) -> EdgeFact:
    source = stated("household", "1", since)
    return EdgeFact("Marriage", "", "Person", one, "Person", other, source, {})


def entity(of: str, **fields: Any) -> NodeFact:
    return NodeFact("LegalEntity", of, stated("household", "1"), fields)


def applied(*facts: Fact, recorded: str | None = None) -> Reading:
    reading = Reading("1", (Version(recorded, facts),))
    return RecordRules(model(), "household", TODAY).apply(UNIT, reading)


def codes(reading: Reading) -> list[str]:
    return [problem.code for problem in reading.refused]


WRONG_CHECK = OLD[:-1] + ("1" if OLD[-1] != "1" else "2")


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ([NodeFact("Persn", "k", stated("household", "1"), {})], "FACT_INVALID", "Persn"),
        ([person(colour="red")], "FACT_INVALID", "Person.colour"),
        ([person(sex="F")], "CODE_UNKNOWN", "Person.sex"),
        ([person(name=7)], "VALUE_INVALID", "Person.name"),
        ([person(name="half \ud800")], "VALUE_INVALID", "Person.name"),
        ([person(birthDate="1984-13")], "DATE_INVALID", "Person.birthDate"),
        ([person(birthDate="2023-02-29")], "DATE_INVALID", "Person.birthDate"),
        ([person(since="84")], "DATE_INVALID", "Person.validFrom"),
        ([parent(OLD, YOUNG, "COUSIN")], "FACT_INVALID", "Parenthood"),
        ([entity("k", registeredCapitalYuan=float("nan"))], "VALUE_INVALID", None),
        ([person(WRONG_CHECK)], "NUMBER_INVALID", "Person.citizenNumber"),
        ([parent(WRONG_CHECK, YOUNG)], "NUMBER_INVALID", "Person.citizenNumber"),
        ([person(citizenNumber="1")], "NUMBER_INVALID", "Person.citizenNumber"),
        ([person("BSN:123456789")], "NUMBER_INVALID", "Person.citizenNumber"),
        ([entity("GB32100:91350100M000100Y44")], "NUMBER_INVALID", "LegalEntity.creditCode"),
        ([entity("x:1", creditCode="91350100M000100Y44")], "NUMBER_INVALID", None),
        ([person(key("2030-01-01"))], "NUMBER_DATE", "Person.citizenNumber"),
        (
            [person(f"GB11643:{citizen_number('110103', '2015-01-01', 1, True)}")],
            "DIVISION_NOT_IN_FORCE",
            "Person.citizenNumber",
        ),
        ([person(OLD, birthDate="1960-03-02")], "BIRTH_DATE_MISMATCH", "Person.birthDate"),
        ([person(OLD, birthDate="1961")], "BIRTH_DATE_MISMATCH", "Person.birthDate"),
        ([person(OLD, sex="FEMALE")], "SEX_MISMATCH", "Person.sex"),
        ([person(citizenNumber=OLD[8:], sex="FEMALE")], "SEX_MISMATCH", "Person.sex"),
        ([person(since="2020-01-02", to="2020-01-01")], "DATES_REVERSED", "Person.validTo"),
        ([person(since="2021", to="2020-12")], "DATES_REVERSED", "Person.validTo"),
        ([person(birthDate="1990", deathDate="1989")], "DATES_REVERSED", "Person.deathDate"),
        ([person(OLD, deathDate="1959-01-01")], "DATES_REVERSED", "Person.deathDate"),
        ([person(birthDate="2026-12-01")], "DATE_IN_FUTURE", "Person.birthDate"),
        ([person(deathDate="2027")], "DATE_IN_FUTURE", "Person.deathDate"),
        ([parent(OLD, OLD, "STEP")], "OWN_PARENT", "Parenthood"),
        ([parent(YOUNG, OLD)], "PARENT_YOUNGER", "Parenthood"),
        ([parent(YOUNG, OLD, "ADOPTIVE")], "PARENT_YOUNGER", "Parenthood"),
        ([parent(OLD, key("1960-03-01", sequence=8))], "PARENT_YOUNGER", "Parenthood"),
        (
            [person("a", birthDate="1985"), person("b", birthDate="1984-05"), parent("a", "b")],
            "PARENT_YOUNGER",
            "Parenthood",
        ),
        (
            [parent(key("1960-01-01", False), YOUNG), parent(key("1961-01-01", False), YOUNG)],
            "TWO_BIRTH_MOTHERS",
            "Parenthood",
        ),
        ([married(OLD, OLD)], "OWN_SPOUSE", "Marriage"),
        ([replace(married(OLD, OLD), relationship="Couple")], "OWN_SPOUSE", "Couple"),
        (
            [person("a", deathDate="2000-05"), married("b", "a", "2000-06-01")],
            "SPOUSE_AFTER_DEATH",
            "Marriage.validFrom",
        ),
    ],
)  # fmt: skip
def test_refused(facts: list[Fact], code: str, field: str | None) -> None:
    reading = applied(*facts)
    assert codes(reading)[:1] == [code]
    assert reading.versions == () and reading.refused[0].row == UNIT.row
    assert field is None or reading.refused[0].field == field


@pytest.mark.parametrize(
    "facts",
    [
        [person(OLD, birthDate="1960-03-01", sex="MALE"), parent(OLD, YOUNG), person(YOUNG)],
        [person(OLD, birthDate="1960", sex="UNKNOWN")],
        [parent(YOUNG, OLD, "STEP"), parent(YOUNG, OLD, "FOSTER")],
        [person(since="2020", to="2020-06")],
        [person(birthDate="1990", deathDate="1990-01-01")],
        [person("BSN:999991425", citizenNumber="999991425", numberScheme="BSN")],
        [person(citizenNumber="anything", numberScheme="PASSPORT")],
        [entity(f"GB32100:{credit_code('91', '110105', 4)}"), entity("GB-COH:01234")],
        [parent(OLD, YOUNG), parent(key("1961-01-01", False), YOUNG)],
        # Two women in law, and one birth mother.
        [
            parent(key("1960-01-01", False), YOUNG, "LEGAL"),
            parent(key("1961-01-01", False), YOUNG, "LEGAL"),
            parent(key("1961-01-01", False), YOUNG),
        ],
        [person("a", deathDate="2000-05"), married("b", "a", "2000-05-31")],
    ],
)
def test_passed(facts: list[Fact]) -> None:
    reading = applied(*facts)
    assert (reading.refused, reading.remarks) == ((), ())
    assert reading.versions[0].facts == tuple(facts)


def test_a_warning_is_a_remark_and_the_record_is_loaded() -> None:
    child = key("1965-01-01")
    reading = applied(parent(OLD, child))
    assert reading.refused == () and reading.versions[0].facts
    assert [remark.kind for remark in reading.remarks] == ["PARENT_TOO_YOUNG"]


def test_all_errors_of_a_record_are_told_each_once() -> None:
    fact = person(OLD, birthDate="1961-01-01", sex="FEMALE")
    versions = (Version("2020-01-01T00:00:00Z", (fact,)), Version(None, (fact, person("x"))))
    reading = RecordRules(model(), "household", TODAY).apply(UNIT, Reading("1", versions))
    assert codes(reading) == ["BIRTH_DATE_MISMATCH", "SEX_MISMATCH"]


def test_nothing_is_recorded_in_the_future() -> None:
    assert codes(applied(person(), recorded="2026-11-24T00:00:00Z")) == ["DATE_IN_FUTURE"]
    assert codes(applied(person(), recorded="2026-11-23T23:59:59Z")) == []


def test_what_the_format_refused_or_remarked_stays() -> None:
    apply = RecordRules(model(), "household", TODAY).apply
    refused = Reading("1", refused=(Problem(1, "f", "v", "ROW_BROKEN", "words"),))
    assert apply(UNIT, refused) is refused
    remark = Remark("NUMBER_MISSING", "words")
    child = key("1965-01-01")
    reading = Reading("1", (Version(None, (parent(OLD, child),)),), remarks=(remark,))
    kept = apply(UNIT, reading)
    assert [r.kind for r in kept.remarks] == ["NUMBER_MISSING", "PARENT_TOO_YOUNG"]


def test_a_register_may_set_another_severity(monkeypatch: pytest.MonkeyPatch) -> None:
    archive = replace(registers()["household"], rules={"PARENT_YOUNGER": "warning"})
    monkeypatch.setattr(rules_module, "registers", lambda: {"household": archive})
    assert severity("PARENT_YOUNGER", "household") == "warning"
    reading = applied(parent(YOUNG, OLD))
    assert reading.refused == ()
    assert [remark.kind for remark in reading.remarks] == ["PARENT_YOUNGER"]


def test_a_register_cannot_name_a_rule_that_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = replace(registers()["household"], rules={"PARENT_YUNGER": "warning"})
    monkeypatch.setattr(rules_module, "registers", lambda: {"household": wrong})
    rules.cache_clear()
    try:
        with pytest.raises(Exception, match=r"registers\.household\.rules\.PARENT_YUNGER"):
            rules()
    finally:
        rules.cache_clear()


DATES = st.dates(min_value=date(1900, 1, 1)).map(str)
PARTIAL = st.tuples(DATES, st.sampled_from((4, 7, 10))).map(lambda pair: pair[0][: pair[1]])


def _days(text: str) -> tuple[str, str]:
    """First and last day of a partial date, written out."""
    if len(text) == 10:
        return text, text
    if len(text) == 7:
        last = calendar.monthrange(int(text[:4]), int(text[5:]))[1]
        return f"{text}-01", f"{text}-{last}"
    return f"{text}-01-01", f"{text}-12-31"


@given(PARTIAL, PARTIAL)
def test_partial_dates_are_compared_by_what_is_certain(one: str, other: str) -> None:
    (first, _), (_, last) = _days(one), _days(other)
    if len(one) == len(other) == 10:
        assert is_not_before(one, other) == (one >= other)
    else:
        assert is_not_before(one, other) == (first > last)
    later = f"{int(first[:4]) + 10:04d}{first[4:]}"
    assert is_within_years(one, other, 10) == (last < later)


@given(
    st.dictionaries(
        st.sampled_from(("name", "sex", "birthDate", "deathDate", "citizenNumber", "x")),
        st.text(max_size=5) | st.integers() | st.booleans() | st.floats(),
    ),
    st.text(max_size=30),
    st.none() | st.text(max_size=10),
)
def test_whatever_is_stated_is_an_answer_not_an_exception(
    fields: Mapping[str, Any], of: str, since: str | None
) -> None:
    reading = applied(person(of, since, **fields), parent(of, "b"), married(of, "b", since))
    assert reading.refused or reading.versions


def test_ten_thousands_of_facts_a_second() -> None:
    readings = [
        Reading(
            str(n),
            (
                Version(
                    None,
                    (
                        person(key("1990-01-01", sequence=n % 500), name="李娜", sex="MALE"),
                        parent(OLD, key("1990-01-01", sequence=n % 500)),
                        parent(key("1962-01-01", False), key("1990-01-01", sequence=n % 500)),
                    ),
                ),
            ),
        )
        for n in range(5000)
    ]
    apply = RecordRules(model(), "household", TODAY).apply
    apply(UNIT, readings[0])
    started = time.process_time()
    assert not any(apply(UNIT, reading).refused for reading in readings)
    assert 15_000 / (time.process_time() - started) > 30_000
