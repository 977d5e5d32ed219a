"""What a list says of the person it is about: names, birth, nationality, death, custody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graph.facts import Fact, NodeFact, Value
from ingest.brp.index import SCHEME
from ingest.brp.person_list import PersonList
from ingest.brp.stacks import Form, Period, periods
from ingest.brp.values import CUSTODY, CUSTODY_UNKNOWN, SEX, full_name, valid_bsn

STILLBORN = {"L": "stillborn"}
WARD = {"1": "under guardianship"}
Fields = Mapping[str, Value]


def person_facts(person: PersonList, at: str) -> Iterator[Fact]:
    """Categories 01, 04, 06 and 11 as they were known at a time."""
    yield from _own(person, at)
    yield from _nationalities(person, at)
    yield from _death(person, at)
    yield from _care(person, at)


def described(person: PersonList, form: Form) -> Fields | None:
    """What a form of category 01, 02, 03, 05 or 09 says of its person; None when nothing."""
    value = form.value
    number = value("01.20").strip()
    if number and not valid_bsn(number):
        reason = "the number is not nine digits that pass the eleven test"
        person.set_aside(form, "01.20", "NUMBER_INVALID", reason)
        number = ""
    fields: dict[str, Value | None] = {
        "citizenNumber": number,
        "numberScheme": SCHEME if number else None,
        "name": full_name(form.values),
        "sex": person.code(form, "04.10", SEX),
        "birthDate": person.date(form, "03.10"),
        "birthPlace": person.tables.place(value("03.20"), value("03.30")),
        "birthCountry": person.tables.abroad(value("03.30")),
        "deceased": person.code(form, "89.10", STILLBORN) is not None,
    }
    return {name: v for name, v in fields.items() if v} or None


def _own(person: PersonList, at: str) -> Iterator[NodeFact]:
    for stack in person.stacks["01"]:
        for period in periods(stack.held(at), lambda form: described(person, form)):
            yield _fact(person, period, "", period.value, at)


def _fact(
    person: PersonList, period: Period[Fields] | Period[str], part: str, fields: Fields, at: str
) -> NodeFact:
    source = person.source(
        period.newest, part, period.start, period.end, at=at, cited=period.oldest
    )
    return NodeFact("Person", person.key, source, fields)


def _nationalities(person: PersonList, at: str) -> Iterator[NodeFact]:
    """Every stretch of time with the nationalities held together in it."""
    held = [p for s in person.stacks["04"] for p in periods(s.held(at), _nationality)]
    days = sorted({day for p in held for day in (p.start, p.end) if day})
    for start, end in zip([None, *days], [*days, None], strict=True):
        now = [p for p in held if _covers(p, start, end)]
        if now:
            words = dict.fromkeys(person.tables.nationality(p.value) for p in now)
            form = next((p.newest for p in now if p.newest.doubtful(at)), now[0].newest)
            source = person.source(form, "04", start, end, at=at, cited=now[0].oldest)
            yield NodeFact("Person", person.key, source, {"nationality": "; ".join(words)})


def _nationality(form: Form) -> str | None:
    return form.value("05.10") or None


def _covers(period: Period[str], start: str | None, end: str | None) -> bool:
    """Whether a period holds during a stretch between two neighbouring days."""
    begun = period.start is None or (start is not None and period.start <= start)
    return begun and (period.end is None or (end is not None and end <= period.end))


def _death(person: PersonList, at: str) -> Iterator[NodeFact]:
    """From the day of death on; of an unknown day only that the person is dead."""
    for stack in person.stacks["06"]:
        for period in periods(stack.held(at), lambda form: _deceased(person, form)):
            day = period.value.get("deathDate")
            start = day if isinstance(day, str) else period.start
            source = person.source(period.newest, "06", start, period.end, at=at, element="08.10")
            yield NodeFact("Person", person.key, source, period.value)


def _deceased(person: PersonList, form: Form) -> Fields | None:
    day = person.date(form, "08.10")
    if day is None and form.value("08.10").strip("0"):
        return None
    if not form.value("08.10"):
        return None
    place = person.tables.place(form.value("08.20"), form.value("08.30"))
    fields = {"deceased": True, "deathDate": day, "deathPlace": place}
    return {name: value for name, value in fields.items() if value}


def _care(person: PersonList, at: str) -> Iterator[NodeFact]:
    """Custody of a minor (32.10) and whether the person is under guardianship (33.10)."""
    for stack in person.stacks["11"]:
        held = stack.held(at)
        for custody in periods(held, lambda form: _custody(person, form)):
            yield _fact(person, custody, "11", {"custody": custody.value}, at)
        for ward in periods(held, lambda form: person.code(form, "33.10", WARD)):
            yield _fact(person, ward, "11", {"underGuardianship": True}, at)


def _custody(person: PersonList, form: Form) -> str | None:
    """A code that is set aside still says that there is a decision."""
    stated = person.code(form, "32.10", CUSTODY)
    return stated or (CUSTODY_UNKNOWN if form.value("32.10") else None)
