"""The family, and beside it whoever a row condition is about: wards, clients, protected, dead."""

from __future__ import annotations

from collections.abc import Iterator

from graph.facts import EdgeFact, Fact, NodeFact, Value
from ingest.city.identifiers import citizen_number
from tests import family
from tests.family import AWAY, COMPANY, HOME, YEAR, source

LONG_DEAD = f"{YEAR - 60}-03-01"
_BORN = {
    # name: district, birth date
    "ward": (AWAY, f"{YEAR - 9}-04-01"),
    "past-ward": (AWAY, f"{YEAR - 10}-04-01"),
    "property-ward": (AWAY, f"{YEAR - 11}-04-01"),
    "given": (AWAY, f"{YEAR - 8}-04-01"),
    "lost": (HOME, f"{YEAR - 7}-05-01"),
    "client": (AWAY, "1975-01-01"),
    "past-client": (AWAY, "1976-01-01"),
    "other-client": (AWAY, "1977-01-01"),
    "moved-client": (AWAY, "1978-01-01"),
    "hiding": (HOME, "1979-01-01"),
    "found": (HOME, "1979-02-01"),
    "witness": (HOME, "1980-01-01"),
    "past-witness": (HOME, "1980-02-01"),
    "coming-witness": (HOME, "1980-03-01"),
    "vague-witness": (HOME, "1980-04-01"),
    "colleague": (HOME, "1981-01-01"),
    "long-dead": (AWAY, "1890-01-01"),
    "lately-dead": (AWAY, "1891-01-01"),
    "dead": (AWAY, "1892-01-01"),
}
NUMBERS = family.NUMBERS | {
    name: citizen_number(district, born, 21 + at, male=True)
    for at, (name, (district, born)) in enumerate(_BORN.items())
}
_DEATHS: dict[str, dict[str, Value]] = {
    "long-dead": {"deathDate": LONG_DEAD},
    "lately-dead": {"deathDate": str(YEAR - 50)},
    "dead": {"deceased": True},
}
# Of whom what is stated, from, to.
_PROTECTED: tuple[tuple[str, str, str | None, str | None], ...] = (
    ("hiding", "addressProtected", "2020-01-01", None),
    ("found", "addressProtected", "2015-01-01", "2019-01-01"),
    ("witness", "underProtection", "2020-01-01", None),
    ("past-witness", "underProtection", "2015-01-01", "2019-01-01"),
    ("coming-witness", "underProtection", f"{YEAR + 1}-01-01", None),
    ("vague-witness", "underProtection", "2020-01-01", str(YEAR)),
    ("colleague", "staff", "2018-01-01", None),
    ("lost", "addressProtected", "2020-01-01", None),
)
# Case, state, worker, person, last day of the assignment.
_CASES: tuple[tuple[str, str, str, str, str | None], ...] = (
    ("C-1", "OPEN", "W-1", "client", None),
    ("C-2", "CLOSED", "W-1", "past-client", None),
    ("C-3", "OPEN", "W-2", "other-client", None),
    ("C-4", "OPEN", "W-1", "moved-client", "2024-01-01"),
    ("C-5", "OPEN", "W-1", "mother", None),
)


def key(person: str) -> str:
    """Natural key of a person."""
    return f"GB11643:{NUMBERS[person]}"


def facts() -> Iterator[Fact]:
    """Everything, nodes first."""
    yield from family.facts()
    yield from _persons()
    yield from _cases()
    yield from _links()


def _persons() -> Iterator[Fact]:
    for name, (district, born) in _BORN.items():
        stated: dict[str, Value] = {
            "citizenNumber": NUMBERS[name],
            "numberScheme": "GB11643",
            "name": name,
            "sex": "MALE",
            "birthDate": born,
            "district": district,
        }
        yield _person(name, f"P-{name}", None, None, "population", stated | _DEATHS.get(name, {}))
    for name, field, start, end in _PROTECTED:
        yield _person(name, f"S-{name}", start, end, "protection", {field: True})
        # Another register, preferred by its number, says nothing of it.
        yield _person(name, f"A-{name}", None, None, "civil-affairs", {field: False})
    yield NodeFact(
        "Place",
        "place:P-home",
        source("P-home", register="place"),
        {"code": "P-home", "address": "某路H-9", "divisionCode": HOME},
    )
    yield NodeFact(
        "Household",
        "household:H-9",
        source("H-9", register="household"),
        {"bookNumber": "H-9", "kind": "FAMILY", "address": "某路H-9", "district": HOME},
    )


def _person(
    name: str,
    record: str,
    start: str | None,
    end: str | None,
    register: str,
    stated: dict[str, Value],
) -> NodeFact:
    return NodeFact("Person", key(name), source(record, start, end, register), stated)


def case_fact(number: str, state: str, record: str, start: str | None = None) -> NodeFact:
    """What the case register states of a case."""
    where = source(record, start, register="case")
    return NodeFact("Case", f"case:{number}", where, {"number": number, "state": state})


def _cases() -> Iterator[Fact]:
    for worker in ("W-1", "W-2"):
        where = source(worker, register="case")
        yield NodeFact("Caseworker", f"worker:{worker}", where, {"code": worker})
    for number, state, worker, person, end in _CASES:
        yield case_fact(number, state, number)
        yield from about(number, person, worker, end)


def about(number: str, person: str, worker: str, end: str | None = None) -> Iterator[EdgeFact]:
    """Whom a case concerns, and to whom it is assigned until the day."""
    ends = "Person", key(person), "Case", f"case:{number}"
    yield EdgeFact("CaseSubject", "", *ends, source(f"{number}-S", register="case"), {})
    given = source(f"{number}-A", "2023-01-01", end, register="case")
    worker_ends = "Case", f"case:{number}", "Caseworker", f"worker:{worker}"
    yield EdgeFact("CaseAssignment", "", *worker_ends, given, {})


def _tie(
    relationship: str,
    kind: str,
    origin: str,
    to: str,
    start: str | None = None,
    end: str | None = None,
    **fields: Value,
) -> EdgeFact:
    where = source(f"{relationship}-{origin}-{to}", start, end, register="civil-affairs")
    return EdgeFact(relationship, kind, "Person", key(origin), "Person", key(to), where, fields)


def _links() -> Iterator[Fact]:
    yield _tie("Guardianship", "", "mother", "ward", "2020-01-01", scope="FULL")
    yield _tie("Guardianship", "", "mother", "past-ward", "2018-01-01", "2022-01-01", scope="FULL")
    yield _tie("Guardianship", "", "mother", "property-ward", "2018-01-01", scope="PROPERTY")
    yield _tie("Parenthood", "BIRTH", "stranger", "given")
    for parent in ("mother", "father"):
        yield _tie("Parenthood", "ADOPTIVE", parent, "given", "2022-01-01")
    for name in ("hiding", "found", "lost"):
        lives = source(f"R-{name}", "2021-01-01")
        yield EdgeFact("Residence", "", "Person", key(name), "Place", "place:P-home", lives, {})
        entry = source(f"H-9/{name}", "2021-01-01", register="household")
        book = "Household", "household:H-9"
        yield EdgeFact(
            "Membership", "", "Person", key(name), *book, entry, {"relationToHead": "97"}
        )
    past = source("R-0", "2010-01-01", "2019-12-31", register="legal-entity")
    represented = "LegalEntity", f"USCC:{COMPANY}"
    yield EdgeFact("Representation", "", "Person", key("mother"), *represented, past, {})
    holds = source("L-2c", "2020-01-01", register="licence")
    yield EdgeFact("LicenceHolding", "", *represented, "Licence", "licence:L-1", holds, {})
    yield _tie("Parenthood", "BIRTH", "son", "lost")
