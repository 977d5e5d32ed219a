"""Derived fields on the real graph: ages on edge days against a plain count, and where one lives.

An age is checked for every day that an imprecise date may stand for.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from harness import CALLERS, Harness, codes

from graph.catalogue import model
from graph.conditions import ALWAYS
from graph.cypher import Asking, Clock, Statements
from graph.decision import Decision, Effect
from graph.facts import EdgeFact, Fact, NodeFact, Value
from graph.moments import NOW, Moment
from graph.selection import LookupPick, ScalarPick, Selection, TypePick
from runtime.neo4j.server import Neo4jAddress
from tests.family import AWAY, HOME, NUMBERS, key, source
from tests.granted import policies_with

LIMITS = {14: "AGE_6_13", 16: "", 18: "AGE_14_17", 60: "AGE_18_59"}
BANDS = {"AGE_0_5": (0, 5), "AGE_6_13": (6, 13), "AGE_14_17": (14, 17), "AGE_18_59": (18, 59)}
AGES = [*(f"ageOver{years}" for years in LIMITS), "ageBand"]
LIVES = "livesInCallersDistrict"
SHOWN = Effect(ALWAYS)
EVERYTHING = Decision({("Person", f): SHOWN for f in (*AGES, LIVES, "id")}, {"Person": SHOWN})
BIRTHS = (
    *("2008", "2008-02", "2008-02-28", "2008-02-29", "2008-03", "2008-03-01", "2008-12-31"),
    *("2012-04", "2012-04-30", "2012-05-01", "1966", "1966-11-25", "2026-11-25", "2026-11"),
)
DEATHS: tuple[dict[str, Value], ...] = (
    {},
    {"deathDate": "2026-03"},
    {"deathDate": "2026-11-25"},
    {"deceased": True},
)
DAYS = (
    *("2022-02-28", "2022-03-01", "2024-02-29", "2026-02-28", "2026-03-01", "2026-04-30"),
    *("2026-05-01", "2026-11-24", "2026-11-25", "2026-11-26", "2026-12-31", "2027-01-01"),
    *("2028-02-29", "2068-02-29", "2069-01-01", "2007-12-31", "2008-02-29"),
)
GRANTS = """
@id("everybody-age")
permit (
  principal == Consumer::"caseworker",
  action in
    [Action::"clear:Person.ageOver18",
     Action::"clear:Person.ageBand",
     Action::"clear:Person.history"],
  resource is Person
)
when { context.purpose == "household-services" };
"""


@pytest.fixture(scope="module")
async def harness(
    neo4j_server: Neo4jAddress, valkey_server: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Harness]:
    directory = policies_with(tmp_path_factory.mktemp("derived"), GRANTS)
    async with Harness(neo4j_server, valkey_server, directory) as running:
        await running.empty()
        await running.load()
        yield running


# Ages


def days_of(stated: str) -> list[date]:
    """Every day that a date in a year, a month or a day may be."""
    parts = [int(part) for part in stated.split("-")]
    first = date(*[*parts, 1, 1][:3])
    every = (first + timedelta(days=n) for n in range(366))
    return [day for day in every if day.isoformat().startswith(stated)]


def age_on(day: date, born: date) -> int:
    """Full years, by counting birthdays; one of 29 February has none in a common year."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def expected(birth: str, death: dict[str, Value], at: str) -> dict[str, Any]:
    """What is certain on the day, whatever the dates stand for."""
    day = date.fromisoformat(at)
    died = death.get("deathDate")
    dead = min(days_of(str(died))) <= day if died else bool(death.get("deceased"))
    if dead or min(days_of(birth)) > day:
        return dict.fromkeys(AGES)
    ages = {age_on(day, born) for born in days_of(birth)}
    found: dict[str, Any] = {}
    for years in LIMITS:
        over = {age >= years for age in ages}
        found[f"ageOver{years}"] = over.pop() if len(over) == 1 else None
    bands = {band_of(age) for age in ages}
    return found | {"ageBand": bands.pop() if len(bands) == 1 else None}


def band_of(age: int) -> str:
    return next((name for name, (_, last) in BANDS.items() if age <= last), "AGE_60_UP")


async def told(
    harness: Harness, fields: list[str], at: str, moment: Moment = NOW, caller: str | None = HOME
) -> dict[str, dict[str, Any]]:
    """What a statement of the day tells of every person, by natural key."""
    ids = await harness.ids("Person")
    pick = TypePick("Person", {field: ScalarPick(field, moment) for field in fields})
    everybody = LookupPick(pick, "id", list(ids.values()), "bulk")
    clock = Clock(datetime.combine(date.fromisoformat(at), datetime.min.time(), UTC))
    principal = {"district": caller}
    decision = EVERYTHING if moment.is_now else _open_days()
    selection = Selection({"all": everybody})
    statement = Statements(model()).selection(selection, decision, Asking(principal, clock))
    (row,) = await harness.store.read(statement.text, statement.parameters)
    found = {item["row"]["_id"]: item["row"] for item in row[statement.columns["all"]]}
    return {k: {field: found[i].get(field) for field in fields} for k, i in ids.items()}


def _open_days() -> Decision:
    """History too, and what the fields are worked out from."""
    more = ("history", "birthDate", "deathDate", "deceased", "residences")
    clear = dict(EVERYTHING.clear) | {("Person", field): SHOWN for field in more}
    return Decision(clear | {("Residence", "history"): SHOWN}, {"Person": SHOWN})


def born(name: str, birth: str, death: dict[str, Value]) -> Iterator[Fact]:
    stated: dict[str, Value] = {"name": name, "birthDate": birth, **death}
    yield NodeFact("Person", f"population:{name}", source(name), stated)


async def test_ages_are_those_of_a_plain_count_on_every_edge_day(harness: Harness) -> None:
    cases = {
        f"born-{birth}-{at}": (birth, death)
        for birth, (at, death) in product(BIRTHS, enumerate(DEATHS))
    }
    await harness.load(
        f for name, (birth, death) in cases.items() for f in born(name, birth, death)
    )
    kinds: set[Any] = set()
    for day in DAYS:
        now = await told(harness, AGES, day)
        then = await told(harness, AGES, "2026-11-25", Moment(as_of=day))
        for name, (birth, death) in cases.items():
            right = expected(birth, death, day)
            assert now[f"population:{name}"] == right, (birth, death, day)
            assert then[f"population:{name}"] == right, (birth, death, day, "asOf")
            kinds |= set(right.values())
    assert kinds == {True, False, None, *BANDS, "AGE_60_UP"}, "every answer is among the cases"


async def test_without_a_birth_date_no_age_is_told(harness: Harness) -> None:
    now = await told(harness, AGES, date.today().isoformat())
    assert now[key("grandmother")] == dict.fromkeys(AGES)


# Where one lives


def home(
    person: str,
    place: str,
    start: str | None = "2015-01-01",
    end: str | None = None,
    **place_is: Any,
) -> Iterator[Fact]:
    """A residence at a place with a division code, or what else is said of it."""
    fields: dict[str, Value] = {"code": place, **{k: v for k, v in place_is.items() if v}}
    yield NodeFact("Person", f"population:{person}", source(f"P-{person}"), {"name": person})
    yield NodeFact("Place", f"place:{place}", source(place, register="place"), fields)
    where = source(f"R-{person}-{place}", start, end)
    at = ("Person", f"population:{person}", "Place", f"place:{place}")
    yield EdgeFact("Residence", "", *at, where, {})


TODAY = "2026-11-25"
HOMES: dict[str, tuple[list[dict[str, Any]], bool | None]] = {
    "here": ([{"divisionCode": HOME}], True),
    "there": ([{"divisionCode": AWAY}], False),
    "here-in-a-street": ([{"divisionCode": f"{HOME}001"}], True),
    "somewhere-in-the-city": ([{"divisionCode": "110000"}], None),
    "in-another-province": ([{"divisionCode": "310000"}], False),
    "nobody-says-where": ([{}], None),
    "abroad": ([{"country": "Japan"}], False),
    "by-another-scheme": ([{"divisionCode": "NL-0599"}], None),
    "moved-away": ([{"divisionCode": HOME, "end": "2020-01-01"}, {"divisionCode": AWAY}], False),
    "moves-today": ([{"divisionCode": AWAY, "end": TODAY}, {"divisionCode": HOME}], True),
    "moves-tomorrow": ([{"divisionCode": HOME, "start": "2026-11-26"}], None),
    "came-this-year": ([{"divisionCode": HOME, "start": "2026"}], None),
    "goes-this-year": ([{"divisionCode": HOME, "end": "2026"}], None),
    "came-last-year": ([{"divisionCode": HOME, "start": "2025"}], True),
    "disputed": ([{"divisionCode": HOME}, {"divisionCode": AWAY}], None),
    "two-homes-here": ([{"divisionCode": HOME}, {"divisionCode": f"{HOME}002"}], True),
    "one-home-unknown": ([{"divisionCode": HOME}, {}], None),
    "one-home-doubtful": ([{"divisionCode": HOME}, {"divisionCode": AWAY, "end": "2026"}], None),
    "homeless": ([], None),
}


async def test_where_one_lives_is_told_where_the_registers_are_certain(harness: Harness) -> None:
    for name, (homes, _) in HOMES.items():
        await harness.load(born(name, "1990", {}))
        for at, stated in enumerate(homes):
            await harness.load(home(name, f"{name}-{at}", **stated))
    found = await told(harness, [LIVES], TODAY)
    right = {name: answer for name, (_, answer) in HOMES.items()}
    assert {name: found[f"population:{name}"][LIVES] for name in HOMES} == right
    wider = await told(harness, [LIVES], TODAY, caller="110000")
    assert wider["population:there"][LIVES] is True, "a city holds its districts"
    assert wider["population:in-another-province"][LIVES] is False
    untold = await told(harness, [LIVES], TODAY, caller=None)
    assert {row[LIVES] for row in untold.values()} == {None}
    then = await told(harness, [LIVES], TODAY, Moment(as_of="2019-12-31"))
    assert then["population:moved-away"][LIVES] is None, "two homes in two districts that day"
    assert then["population:came-this-year"][LIVES] is None
    before = await told(harness, [LIVES], TODAY, Moment(as_of="2014-12-31"))
    assert before["population:here"][LIVES] is None


async def test_the_dead_live_nowhere(harness: Harness) -> None:
    deaths: dict[str, dict[str, Value]] = {
        "late": {"deathDate": "2026-11"},
        "dead": {"deceased": True},
    }
    for name, death in deaths.items():
        await harness.load(born(name, "1990", death))
        await harness.load(home(name, f"{name}-home", divisionCode=HOME))
    found = await told(harness, [LIVES], "2026-11-01")
    assert [found[f"population:{name}"][LIVES] for name in ("late", "dead")] == [None, None]
    assert (await told(harness, [LIVES], "2026-10-31"))["population:late"][LIVES] is True


# Rights

CHILD = "query ($n: String!) { person(citizenNumber: $n) { name ageBand livesInCallersDistrict } }"


async def asked(harness: Harness, query: str, consumer: str, **more: Any) -> dict[str, Any]:
    number = {"n": NUMBERS[more.pop("person", "grandchild")]}
    return await harness.graphql("people", query, number, consumer=consumer, **more)


def given() -> Iterator[Fact]:
    """The child's consent to the school, and where the child lives."""
    stated: dict[str, Value] = {
        "reference": "C-school",
        "consumer": "school-enrolment",
        "purpose": CALLERS["school-enrolment"].purpose,
        "givenOn": "2020-01-01",
    }
    where = source("C-school", register="consent")
    yield NodeFact("Consent", "consent:C-school", where, stated)
    ends = ("Person", key("grandchild"), "Consent", "consent:C-school")
    yield EdgeFact("ConsentGiving", "", *ends, where, {})


def lives(person: str, division: str) -> Iterator[Fact]:
    place = {"code": f"P-{person}", "divisionCode": division}
    yield NodeFact("Place", f"place:P-{person}", source(f"P-{person}", register="place"), place)
    where = source(f"R-{person}", "2020-01-01")
    yield EdgeFact("Residence", "", "Person", key(person), "Place", f"place:P-{person}", where, {})


async def test_a_school_learns_the_band_and_with_consent_whether_the_child_lives_here(
    harness: Harness,
) -> None:
    await harness.load(lives("grandchild", HOME))
    here: dict[str, Any] = {"consumer": "school-enrolment", "principal": {"district": HOME}}
    answer = await asked(harness, CHILD, **here)
    shown = {"name": "王小雨", "ageBand": "AGE_6_13", LIVES: None}
    assert answer["data"]["person"] == shown
    assert codes(answer) == ["CONSENT_REQUIRED"]
    await harness.load(given())
    assert (await asked(harness, CHILD, **here)) == {"data": {"person": {**shown, LIVES: True}}}
    elsewhere = await asked(harness, CHILD, "school-enrolment", principal={"district": AWAY})
    assert elsewhere == {"data": {"person": {**shown, LIVES: False}}}
    unsaid = await asked(harness, CHILD, "school-enrolment")
    assert unsaid["data"]["person"] == shown
    assert codes(unsaid) == ["FIELD_DENIED"], "a token that names no district"
    for hidden in ("birthDate", "ageOver14", "residences { edges { node { id } } }", "district"):
        query = f"query ($n: String!) {{ person(citizenNumber: $n) {{ {hidden} }} }}"
        refused = await asked(harness, query, **here)
        assert refused["data"] is None, "not in the school's schema"
    adult = await asked(harness, CHILD, person="daughter", **here)
    assert adult == {"data": {"person": None}}


async def test_of_a_protected_address_not_even_with_consent(harness: Harness) -> None:
    here: dict[str, Any] = {"consumer": "school-enrolment", "principal": {"district": HOME}}
    await harness.load([*lives("grandchild", HOME), *given()])
    protected = source("A-grandchild", "2020-01-01", register="population")
    await harness.load(
        [NodeFact("Person", key("grandchild"), protected, {"addressProtected": True})]
    )
    answer = await asked(harness, CHILD, **here)
    assert answer["data"]["person"][LIVES] is None
    assert codes(answer) == ["FIELD_DENIED"]
    query = "query ($n: String!) { person(citizenNumber: $n) { livesInCallersDistrict } }"
    answer = await asked(harness, query, "caseworker")
    assert answer["data"]["person"] == {LIVES: None}
    assert codes(answer) == ["FIELD_DENIED"], "of the caseworker's own district"


AT = """query ($n: String!) { person(citizenNumber: $n) {
  ageOver18 ageBand then: ageOver18(asOf: "%s") } }"""


async def test_the_right_to_other_days_is_no_way_to_the_birth_date(harness: Harness) -> None:
    """Whoever could ask for every day would find the day on which the answer changes."""
    for day in ("1988-12-12", "1988-12-11", "2000-01-01"):
        answer = await asked(harness, AT % day, "caseworker", person="stranger")
        assert answer["data"]["person"] == {
            "ageOver18": True,
            "ageBand": "AGE_18_59",
            "then": None,
        }
        assert codes(answer) == ["FIELD_DENIED"]
    for day, of_age in (("2006-05-16", False), ("2006-05-17", True)):
        answer = await asked(harness, AT % day, "caseworker", person="daughter")
        assert answer["data"]["person"]["then"] is of_age, "where the birth date is shown"


async def test_rows_are_not_chosen_by_what_is_derived(harness: Harness) -> None:
    for where in ("{ ageBand: { equals: AGE_6_13 } }", "{ ageOver18: { equals: true } }"):
        query = f"{{ people(where: {where}) {{ edges {{ node {{ id }} }} }} }}"
        answer = await harness.graphql("people", query)
        assert answer["data"] is None
        assert "ageBand" in str(answer) or "ageOver18" in str(answer)
    query = "{ people(orderBy: [{ field: ageBand }]) { edges { node { id } } } }"
    assert (await harness.graphql("people", query))["data"] is None
