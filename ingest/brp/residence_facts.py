"""What a list says of where its person lives and lived, and of the municipality in charge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graph.facts import EdgeFact, Fact, NodeFact, Value
from ingest.brp.person_list import PersonList
from ingest.brp.stacks import Form, Stack, periods

_HOUSE = ("11.20", "11.30", "11.40")
_ABROAD = ("13.30", "13.40", "13.50")


@dataclass(frozen=True, slots=True)
class _Home:
    """A place by its key, and what the list says of it."""

    key: str
    fields: Mapping[str, Value]


def residence_facts(person: PersonList, at: str) -> Iterator[Fact]:
    """Category 08 as it was known at a time."""
    for stack in person.stacks["08"]:
        yield from _districts(person, stack, at)
        yield from _residences(person, stack, at)
        yield from _came_from(person, stack, at)


def _districts(person: PersonList, stack: Stack, at: str) -> Iterator[NodeFact]:
    """Where the person is registered, since 09.20."""

    def registered(form: Form) -> str | None:
        return person.date(form, "09.20") or form.start

    for period in periods(stack.held(at, registered), lambda form: form.value("09.10") or None):
        source = person.source(
            period.newest,
            "08",
            period.start,
            period.end,
            at=at,
            cited=period.oldest,
            element="09.20",
        )
        fields = {"district": f"NL-{period.value}"}
        yield NodeFact("Person", person.key, source, fields)


def _residences(person: PersonList, stack: Stack, at: str) -> Iterator[Fact]:
    for period in periods(stack.held(at), lambda form: _home(person, form)):
        home = period.value
        yield NodeFact("Place", home.key, person.source(period.newest, "08", at=at), home.fields)
        source = person.source(
            period.newest, "08", period.start, period.end, at=at, cited=period.oldest
        )
        yield EdgeFact("Residence", "", "Person", person.key, "Place", home.key, source, {})


def _home(person: PersonList, form: Form) -> _Home | None:
    """The address; its key is its number (11.80), else it is a place of this list alone."""
    words = _words(person, form)
    if not words:
        return None
    number = form.value("11.80")
    key = f"BAG:{number}" if number else f"{person.register}:{person.record}/08/{words}"
    town = form.value("09.10")
    inland = bool(town) and not form.value("13.10")
    fields: dict[str, Value | None] = {
        "code": number,
        "name": person.tables.municipality(town) if inland else _land(person, form),
        "address": words,
        "country": person.tables.abroad(form.value("13.10")),
        "divisionCode": f"NL-{town}" if inland else None,
    }
    return _Home(key, {name: value for name, value in fields.items() if value})


def _came_from(person: PersonList, stack: Stack, at: str) -> Iterator[Fact]:
    """The country (14.10) in which the person lived until settling here (14.20)."""

    def settled(form: Form) -> tuple[str, str] | None:
        land = person.tables.abroad(form.value("14.10"))
        return (land, form.value("14.20")) if land else None

    for period in periods(stack.held(at), settled):
        land, form = period.value[0], period.newest
        key = f"{person.register}:{person.record}/08/{land}"
        fields = {"name": land, "country": land}
        yield NodeFact("Place", key, person.source(form, "08", at=at), fields)
        source = person.source(form, "08", None, person.date(form, "14.20"), at=at)
        yield EdgeFact("Residence", "", "Person", person.key, "Place", key, source, {})


def _words(person: PersonList, form: Form) -> str:
    value = form.value
    house = "".join(value(element) for element in _HOUSE)
    street = " ".join(part for part in (value("11.10"), house) if part)
    town = " ".join(part for part in (value("11.60"), value("11.70")) if part)
    if street:
        parts = [street, town]
    elif value("12.10"):
        parts = [value("12.10")]
    else:
        parts = [*(value(element) for element in _ABROAD), _land(person, form)]
    return ", ".join(part for part in parts if part.strip(". "))


def _land(person: PersonList, form: Form) -> str:
    code = form.value("13.10")
    return person.tables.country(code) if code.strip("0") else ""
