"""Facts for a bulk load: whatever is derived in more than one way, and lines that are bad."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from graph.facts import EdgeFact, Fact, NodeFact, Source
from ingest.city.generate import generate
from ingest.lines import to_line
from tests import family

T1, T2 = "2020-01-02T00:00:00Z", "2021-01-02T00:00:00Z"
POPULATION = Source("population", "X1", T1, "1990-01-01")
HOUSEHOLD = Source("household", "Y2", T1, "1991-01-01")
_WRITTEN_OTHERWISE = "a,\"b\"\r\nc\0d\\ 'e' ;\t \N{GRINNING FACE}"


def person(key: str, where: Source, **fields: Any) -> NodeFact:
    """A fact about a person."""
    return NodeFact("Person", key, where, fields)


def good() -> list[Fact]:
    """A city, a family, and the cases below."""
    return [*generate(60, 3), *family.facts(), *_history(), *_protected(), *_cases()]


def bad() -> list[tuple[bytes, str, str]]:
    """A line, the code that it is left out for, and a word of the reason."""
    where = Source("population", "B1", T1)
    facts: list[tuple[Fact, str, str]] = [
        (person("b:1", where, birthDate="1999-02-30"), "DATE_INVALID", "Person.birthDate"),
        (person("b:2", where, shoeSize="44"), "FACT_INVALID", "Person.shoeSize"),
        (person("b:3", where, sex="X"), "CODE_UNKNOWN", "Person.sex"),
        (person("b:4", replace(where, register="nobody"), name="n"), "FACT_INVALID", "nobody"),
        (person("b:5", replace(where, recorded_from="now"), name="n"), "DATE_INVALID", "now"),
        (person("x:alone", replace(where, record="B6"), name="two"), "RECORD_REPEATED", "B6"),
        (_married("x:alone", "x:nobody", where), "REFERENCE_UNKNOWN", "x:nobody"),
        (_married("x:alone", "b:1", where), "REFERENCE_UNKNOWN", "b:1"),
    ]
    lines = [(to_line(fact), code, word) for fact, code, word in facts]
    lines += [
        (b"{\n", "FACT_INVALID", "Not a fact"),
        (b"\n", "FACT_INVALID", "Not a fact"),
        (b'{"node": "Person", "key": 7, "source": {}, "fields": {}}\n', "FACT_INVALID", "Not a"),
        (to_line(person("b:7", where, name="n")).replace(b'"n"', b'["n"]'), "FACT_INVALID", "one"),
    ]
    return lines


def _married(one: str, other: str, where: Source, **fields: Any) -> EdgeFact:
    return EdgeFact("Marriage", "", "Person", one, "Person", other, where, fields)


def _history() -> Iterator[Fact]:
    """Corrections, disputes, withdrawals, links that two registers state, and odd texts."""
    first = POPULATION
    yield person("x:corrected", replace(first, recorded_to=T2), name="wrong")
    yield person("x:corrected", replace(first, recorded_from=T2), name="right")
    yield person("x:disputed", replace(first, record="X2"), name="甲", sex="MALE")
    yield person("x:disputed", HOUSEHOLD, name="乙", sex="MALE", birthDate="1990")
    yield person("x:disputed", replace(HOUSEHOLD, record="Y3"), birthDate="1991")
    yield person("x:prefers", Source("marriage", "Z1", T1, "1980"), maritalStatus="DIVORCED")
    yield person("x:prefers", replace(first, record="X3"), maritalStatus="REMARRIED")
    for name in ("alone", "linked", "unlinked"):
        yield person(f"x:{name}", replace(first, record=name, recorded_to=T2), name=name)
    repeated = person("x:alone", Source("population", "B6", T1), name="one")
    yield from (repeated, repeated)
    yield person("BSN:123456782", replace(first, record="X4", valid_to="2001"), name="ended")
    yield person("x:text", replace(first, record="X5"), name=_WRITTEN_OTHERWISE, formerName="")
    wedding = Source("marriage", "M1", T1, "2015-01-01", citation="证 1")
    yield _married("x:disputed", "x:corrected", wedding)
    yield _married("x:corrected", "x:disputed", replace(HOUSEHOLD, record="M2"), endReason="DEATH")
    yield _married("x:linked", "x:prefers", wedding)
    yield _married("x:unlinked", "x:prefers", replace(wedding, recorded_to=T2))
    yield _married("x:prefers", "x:text", wedding, endReason="DIVORCE")
    yield _married("x:prefers", "x:text", HOUSEHOLD, endReason="DEATH")


def _protected() -> Iterator[Fact]:
    """Protections that several registers state, of all ends; some over, withdrawn or not begun."""
    safe = Source("protection", "BH1", T1, "2020-01-01")
    home = replace(HOUSEHOLD, record="BH2", valid_from="2020")
    yield person("x:hidden", POPULATION, name="丙")
    yield person("x:hidden", safe, underProtection=True)
    yield person("x:hidden", replace(safe, record="BH3", valid_to="2999-05"), staff=True)
    yield person("x:hidden", replace(home, valid_to="2998"), staff=True, addressProtected=True)
    yield person("x:once", replace(safe, valid_to="2021-02-03"), addressProtected=True, name="丁")
    yield person("x:once", replace(safe, record="BH4", recorded_to=T2), underProtection=True)
    yield person("x:once", replace(home, record="BH5"), staff=False)
    yield person("x:soon", replace(safe, valid_from="2997-01-01"), underProtection=True)
    yield person("x:soon", replace(home, valid_to="2999-12-30"), underProtection=True)
    yield person("x:year", replace(safe, valid_to="9999"), addressProtected=True, staff=True)


def _cases() -> Iterator[Fact]:
    """A couple, a consent that is withdrawn, custody, a case with its caseworker."""
    archive = Source("genealogy", "G1", T1)
    yield EdgeFact("Couple", "", "Person", "x:text", "Person", "x:disputed", archive, {})
    given = Source("consent", "SQ-1", T1, "2020-01-01")
    fields = {"consumer": "school-enrolment", "purpose": "school-enrolment"}
    dates = {"givenOn": "2020-01-01", "reference": "SQ-1"}
    yield NodeFact("Consent", "consent:SQ-1", given, fields | dates)
    ended = replace(given, register="population", record="SQ-1/W", valid_from="2021-03")
    yield NodeFact("Consent", "consent:SQ-1", ended, {"withdrawnOn": "2021-03"})
    yield EdgeFact("ConsentGiving", "", "Person", "x:hidden", "Consent", "consent:SQ-1", given, {})
    yield person("x:minor", replace(POPULATION, record="X6"), custody="PARENT_1")
    opened = Source("case", "AJ1", T1, "2022-01-01")
    yield NodeFact("Case", "case:AJ1", opened, {"number": "AJ1", "state": "OPEN"})
    yield NodeFact("Caseworker", "worker:W-9", opened, {"code": "W-9"})
    yield EdgeFact("CaseSubject", "", "Person", "x:minor", "Case", "case:AJ1", opened, {})
    yield from _spans(opened)
    over = replace(opened, record="AJ1/a", valid_to="2022-06-01")
    yield EdgeFact("CaseAssignment", "", "Case", "case:AJ1", "Caseworker", "worker:W-9", over, {})


def _spans(opened: Source) -> Iterator[Fact]:
    """Cases that are open on some days: in a year, again, without an end, never, no longer said."""
    periods = [
        ("AJ2", "2020", "2024-05", "OPEN", None),
        ("AJ2", "2024-02-03", "2025", "CLOSED", None),
        ("AJ2", "2026-03", None, "OPEN", "2999"),
        ("AJ3", None, None, "OPEN", None),
        ("AJ4", None, "2025-01-01", None, "2022-01-01"),
        ("AJ4", "2021-01-01", None, "OPEN", None),
        ("AJ5", "2021-01-01", None, "CLOSED", "2022"),
        ("AJ6", "2997", None, "OPEN", None),
    ]
    for at, (case, begins, ends, state, closed) in enumerate(periods):
        said = {"number": case, "state": state, "closedDate": closed}
        where = replace(opened, record=f"{case}/{at}", valid_from=begins, valid_to=ends)
        given = {name: value for name, value in said.items() if value is not None}
        yield NodeFact("Case", f"case:{case}", where, given)
    where = replace(opened, record="AJ7", recorded_to=T2)
    yield NodeFact("Case", "case:AJ7", where, {"number": "AJ7", "state": "OPEN"})
