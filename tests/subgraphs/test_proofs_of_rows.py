"""Proofs of residence, licence and representation: what each says, of whom, and what it costs."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from harness import Harness, codes
from proof_calls import (
    LICENCE,
    RESIDENCE,
    SCHOOL,
    asked,
    family_with_proofs,
    forget_budget,
    licence,
    opened,
    own,
    person,
    representation,
    residence,
)

from audit.reader import read
from graph.catalogue import model
from graph.conditions import ALWAYS
from graph.cypher import Asking, Clock, Statements
from graph.decision import Decision, Effect
from graph.facts import EdgeFact, Fact, NodeFact, Value
from graph.moments import NOW, Moment
from graph.selection import LookupPick, ScalarPick, Selection, TypePick
from ingest.city.identifiers import credit_code
from runtime.neo4j.server import Neo4jAddress
from subgraphs.proofs.budget import LICENCES_MAX, REPRESENTATIONS_MAX, RESIDENCES_MAX
from subgraphs.proofs.words import in_words
from tests.family import AUTHORITY, AWAY, COMPANY, HOME, NUMBERS, key, source

TODAY = "2026-11-25"
SHOWN = Effect(ALWAYS)
OPEN = Decision(
    {
        (name, field): SHOWN
        for name in ("Person", "LegalEntity")
        for field in (
            *("id", "history", "residesIn", "holdsLicence", "represents", "deathDate", "deceased"),
            *("residences", "licences", "representedEntities"),
        )
    }
    | {(name, "history"): SHOWN for name in ("Residence", "LicenceHolding", "Representation")},
    {"Person": SHOWN, "LegalEntity": SHOWN},
)
NOBODY = "11010119900101999X"
SHOP, GONE = credit_code("91", HOME, 303), credit_code("91", HOME, 404)
GRANTS = """
@id("school-residence")
permit (
  principal == Consumer::"school-enrolment",
  action == Action::"consent:Person.residesIn",
  resource
)
when { context.purpose == "school-enrolment" && resource.minor };

@id("school-asks-for-residence")
permit (
  principal == Consumer::"school-enrolment",
  action == Action::"clear:Query.proveResidence",
  resource
)
when { context.purpose == "school-enrolment" };
"""


@pytest.fixture(scope="module")
async def harness(
    neo4j_server: Neo4jAddress, valkey_server: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Harness]:
    directory = tmp_path_factory.mktemp("proofs")
    async with family_with_proofs(neo4j_server, valkey_server, directory, GRANTS) as running:
        await running.load(facts())
        yield running


@pytest.fixture(autouse=True)
def fresh_budget(valkey_server: str) -> None:
    forget_budget(valkey_server)


# Facts


def lives(
    who: str, code: str, start: str | None = "2015-01-01", end: str | None = None
) -> list[Fact]:
    """A residence of somebody of the family, or of a person of that name."""
    place, at = f"{who}-{code}", ("Person", key(who), "Place", f"place:{who}-{code}")
    fields: dict[str, Value] = {"code": place, "divisionCode": code}
    return [
        NodeFact("Person", key(who), source(f"N-{who}"), {"name": who}),
        NodeFact("Place", f"place:{place}", source(place, register="place"), fields),
        EdgeFact("Residence", "", *at, source(f"R-{place}", start, end), {}),
    ]


def holds(who: str, number: str, kind: str = "DRIVING_LICENCE", /, **stated: Any) -> list[Fact]:
    """A licence of somebody, of a register that also says what is `stated` of it."""
    end = stated.pop("held_until", None)
    other = stated.pop("other", None)
    fields: dict[str, Value] = {"number": number, "kind": kind, "status": "VALID", **stated}
    holder, of = (who, "LegalEntity") if who.startswith("USCC:") else (key(who), "Person")
    facts: list[Fact] = [
        NodeFact("Licence", f"licence:{number}", source(number, register="licence"), fields),
        EdgeFact(
            *("LicenceHolding", "", of, holder, "Licence", f"licence:{number}"),
            source(f"{number}/1", "2018-01-01", end, register="licence"),
            {},
        ),
    ]
    if of == "Person":
        facts.insert(0, NodeFact("Person", holder, source(f"N-{who}"), {"name": who}))
    if other:
        doubt = source(f"{number}/2", register="population")
        facts.append(NodeFact("Licence", f"licence:{number}", doubt, {"status": other}))
    return facts


LICENCES: Mapping[str, tuple[list[Fact], bool | None]] = {
    "valid": (holds("valid", "V-1"), True),
    "valid-today-for-the-last-time": (
        holds("valid-today-for-the-last-time", "V-2", expiryDate=TODAY),
        True,
    ),
    "expired": (holds("expired", "V-3", expiryDate="2026-11-24"), False),
    "expires-this-month": (holds("expires-this-month", "V-4", expiryDate="2026-11"), None),
    "expires-next-year": (holds("expires-next-year", "V-5", expiryDate="2027"), True),
    "suspended": (holds("suspended", "V-6", status="SUSPENDED"), False),
    "issued-tomorrow": (holds("issued-tomorrow", "V-7", issueDate="2026-11-26"), False),
    "issued-this-year": (holds("issued-this-year", "V-8", issueDate="2026"), None),
    "held-no-more": (holds("held-no-more", "V-9", held_until="2020-01-01"), False),
    "disputed": (holds("disputed", "V-10", other="REVOKED"), None),
    "of-another-kind": (holds("of-another-kind", "V-11", "BIRTH_CERTIFICATE"), None),
    "second-is-valid": (
        [*holds("second-is-valid", "V-12", status="EXPIRED"), *holds("second-is-valid", "V-13")],
        True,
    ),
}


def facts() -> Iterator[Fact]:
    yield from lives("daughter", HOME)
    yield from lives("daughter", "310101", "2005-01-01", "2015-01-01")
    yield from lives("grandchild", f"{HOME}001", "2019-02-03")
    yield from lives("husband", "110000")
    for stated, _ in LICENCES.values():
        yield from stated
    yield from holds(f"USCC:{COMPANY}", "V-20", "BUSINESS_LICENCE")
    for code, more in ((SHOP, {}), (GONE, {"dissolvedDate": "2026-01-01"})):
        fields: dict[str, Value] = {"creditCode": code, "name": code, "kind": "COMPANY", **more}
        where = source(f"E-{code}", register="legal-entity")
        yield NodeFact("LegalEntity", f"USCC:{code}", where, fields)
    where = source("R-gone", "2020-01-01", register="legal-entity")
    at = ("Person", key("husband"), "LegalEntity", f"USCC:{GONE}")
    yield EdgeFact("Representation", "", *at, where, {})


# The answers themselves, without policy


async def told(
    harness: Harness, field: str, sought: str, moment: Moment = NOW, at: str = TODAY
) -> dict[str, Any]:
    """What is answered of every person, by natural key."""
    ids = await harness.ids("Person")
    pick = TypePick("Person", {"it": ScalarPick(field, moment, sought)})
    everybody = LookupPick(pick, "id", list(ids.values()), "bulk")
    clock = Clock(datetime.combine(date.fromisoformat(at), datetime.min.time(), UTC))
    selection = Selection({"all": everybody})
    statement = Statements(model()).selection(selection, OPEN, Asking({}, clock))
    (row,) = await harness.store.read(statement.text, statement.parameters)
    found = {item["row"]["_id"]: item["row"] for item in row[statement.columns["all"]]}
    return {name: found[i].get("it") for name, i in ids.items()}


@pytest.mark.parametrize(
    ("division", "daughter", "grandchild", "husband"),
    [
        (HOME, True, True, None),
        ("110100", True, True, None),
        ("110000", True, True, True),
        (AWAY, False, False, None),
        ("310000", False, False, False),
        ("NL-0599", None, None, None),
    ],
)
async def test_a_residence_lies_in_its_county_its_prefecture_and_its_province(
    harness: Harness, division: str, daughter: Any, grandchild: Any, husband: Any
) -> None:
    now = await told(harness, "residesIn", division)
    family = [now[key(who)] for who in ("daughter", "grandchild", "husband", "mother")]
    assert family == [daughter, grandchild, husband, None]


async def test_on_another_day_it_is_the_residence_of_that_day(harness: Harness) -> None:
    for day, here, there in (("2014-12-31", False, True), ("2015-01-01", True, False)):
        moment = Moment(as_of=day)
        assert (await told(harness, "residesIn", HOME, moment))[key("daughter")] is here
        assert (await told(harness, "residesIn", "310101", moment))[key("daughter")] is there
    before = await told(harness, "residesIn", HOME, Moment(as_of="1999-01-01"))
    assert before[key("daughter")] is None


async def test_a_licence_is_valid_where_that_is_certain(harness: Harness) -> None:
    now = await told(harness, "holdsLicence", "DRIVING_LICENCE")
    for who, (_, right) in LICENCES.items():
        assert now[key(who)] is right, who
    assert now[key("father")] is True
    assert now[key("daughter")] is None
    then = await told(harness, "holdsLicence", "DRIVING_LICENCE", Moment(as_of="2026-11-24"))
    assert then[key("expired")] is True
    assert then[key("held-no-more")] is False
    assert then[key("issued-tomorrow")] is False


async def test_who_represents_a_company_is_its_representative_alone(harness: Harness) -> None:
    now = await told(harness, "represents", COMPANY)
    assert (now[key("husband")], now[key("stranger")], now[key("grandmother")]) == (
        *(True, False, False),
    )
    for unknown in (SHOP, GONE, credit_code("91", HOME, 999)):
        assert set((await told(harness, "represents", unknown)).values()) == {None}
    then = await told(harness, "represents", COMPANY, Moment(as_of="2019-12-31"))
    assert then[key("husband")] is None


# The proofs


async def test_a_citizen_proves_where_they_live_and_nothing_more(harness: Harness) -> None:
    claims = opened(harness, await residence(harness, "daughter", HOME))
    assert claims["claim"] == {"question": "isResidentIn", "district": HOME, "answer": "YES"}
    assert claims["words"] == {
        "en": f"By the registers, the person resides in the division {HOME}.",
        "zh": f"据登记，该人居住在区划{HOME}。",
    }
    wide = opened(harness, await residence(harness, "daughter", "11"))
    assert wide["claim"] == {"question": "isResidentIn", "district": "110000", "answer": "YES"}
    no = opened(harness, await residence(harness, "daughter", AWAY))
    assert no["claim"]["answer"] == "NO"
    known = await harness.store.read("MATCH (n:Person|Place) RETURN properties(n) AS all", {})
    values = {str(v) for row in known for n, v in row["all"].items() if n in ("id", "name", "key")}
    assert [value for value in {*values, *NUMBERS.values()} if value in json.dumps(claims)] == []


async def test_a_parent_proves_it_of_a_child_and_nobody_of_others(harness: Harness) -> None:
    child = opened(harness, await residence(harness, "grandchild", HOME, **own("daughter")))
    assert child["claim"]["answer"] == "YES"
    for other in ("stranger", "husband", NOBODY):
        claims = opened(harness, await residence(harness, other, AWAY, **own("daughter")))
        assert claims["claim"]["answer"] == "NOT_DETERMINABLE", other
    child = opened(
        harness, await residence(harness, "grandchild", HOME, "2020-01-01", **own("daughter"))
    )
    assert child["claim"]["answer"] == "NOT_DETERMINABLE", "no right to the child's other days"


async def test_nothing_on_file_nobody_and_somebody_hidden_are_alike(harness: Harness) -> None:
    """The mother has no residence on file, the stranger may not be known, the last is nobody."""
    answers = [
        await residence(harness, "mother", AWAY, **own("mother")),
        await residence(harness, "stranger", AWAY, **own("mother")),
        await residence(harness, NOBODY, AWAY, **own("mother")),
    ]
    claims = [opened(harness, answer) for answer in answers]
    assert len({frozenset(one) for one in claims}) == 1
    assert len({json.dumps([one["claim"], one["words"]]) for one in claims}) == 1
    assert {codes(answer) == [] for answer in answers} == {True}
    assert len({len(json.dumps({**one, "status": None})) for one in claims}) == 1


async def test_a_protected_address_is_not_determinable(harness: Harness) -> None:
    where = source("X-1", "2020-01-01")
    fact = NodeFact("Person", key("grandchild"), where, {"addressProtected": True})
    await harness.load([fact])
    told = opened(harness, await residence(harness, "grandchild", HOME, **own("daughter")))
    await harness.store.write(
        [
            (
                "MATCH (n:Person {key: $key}) REMOVE n.addressProtectedUntil",
                {"key": key("grandchild")},
            )
        ]
    )
    assert told["claim"]["answer"] == "NOT_DETERMINABLE"
    again = opened(harness, await residence(harness, "grandchild", HOME, **own("daughter")))
    assert again["claim"]["answer"] == "YES"


async def test_on_another_day_for_whom_has_the_right_to_it(harness: Harness) -> None:
    claims = opened(harness, await residence(harness, "daughter", "310101", "2010-01-01"))
    assert claims["claim"] == {
        "question": "isResidentIn",
        "district": "310101",
        "on": "2010-01-01",
        "answer": "YES",
    }
    assert claims["words"]["en"].endswith("division 310101, as of 2010-01-01.")
    tomorrow = (datetime.now(UTC).date() + timedelta(days=1)).isoformat()
    assert codes(await residence(harness, "daughter", HOME, tomorrow)) == ["BAD_ARGUMENT"]
    given = {"p": person("grandchild"), "d": HOME, "on": "2020-01-01"}
    school = await asked(harness, RESIDENCE, given, consumer=SCHOOL)
    assert school["data"] is None
    assert "Unknown type 'Date'" in school["errors"][0]["message"]


async def test_consent_opens_a_residence_and_its_absence_is_not_told(harness: Harness) -> None:
    ask = {"consumer": SCHOOL}
    before = await residence(harness, "grandchild", HOME, **ask)
    assert opened(harness, before)["claim"]["answer"] == "NOT_DETERMINABLE"
    await harness.load(consent("grandchild"))
    after = await residence(harness, "grandchild", HOME, **ask)
    assert opened(harness, after)["claim"]["answer"] == "YES"
    adult = await residence(harness, "stranger", AWAY, **ask)
    assert opened(harness, adult)["claim"]["answer"] == "NOT_DETERMINABLE"


def consent(who: str) -> Iterator[Fact]:
    fields: dict[str, Value] = {
        "reference": "C-1",
        "consumer": SCHOOL,
        "purpose": SCHOOL,
        "givenOn": "2020-01-01",
    }
    where = source("C-1", "2020-01-01", register="consent")
    yield NodeFact("Consent", "consent:C-1", where, fields)
    yield EdgeFact("ConsentGiving", "", "Person", key(who), "Consent", "consent:C-1", where, {})


async def test_a_licence_of_ones_own_and_of_ones_company(harness: Harness) -> None:
    yes = opened(harness, await licence(harness, "father", "DRIVING_LICENCE"))
    assert yes["claim"] == {
        "question": "holdsLicence",
        "kind": "DRIVING_LICENCE",
        "answer": "YES",
    }
    assert yes["words"]["zh"] == "据登记，该人持有有效的机动车驾驶证。"
    none = opened(harness, await licence(harness, "father", "TEACHER_QUALIFICATION"))
    assert none["claim"]["answer"] == "NOT_DETERMINABLE"
    given = {"e": COMPANY, "k": "BUSINESS_LICENCE"}
    shop = opened(harness, await asked(harness, LICENCE, given, **own("husband")))
    assert shop["claim"] == {
        "question": "entityHoldsLicence",
        "entity": COMPANY,
        "kind": "BUSINESS_LICENCE",
        "answer": "YES",
    }
    other = opened(harness, await asked(harness, LICENCE, given, **own("daughter")))
    assert other["claim"]["answer"] == "NOT_DETERMINABLE"
    both = given | {"p": person("husband")}
    for bad in (both, {"k": "BUSINESS_LICENCE"}):
        assert codes(await asked(harness, LICENCE, bad, **own("husband"))) == ["BAD_ARGUMENT"]


async def test_a_representation_of_ones_own(harness: Harness) -> None:
    yes = opened(harness, await representation(harness, "husband", COMPANY))
    assert yes["claim"] == {
        "question": "isRepresentativeOf",
        "entity": COMPANY,
        "answer": "YES",
    }
    no = opened(harness, await representation(harness, "husband", AUTHORITY))
    assert no["claim"]["answer"] == "NO"
    unknown = opened(harness, await representation(harness, "husband", SHOP))
    assert unknown["claim"]["answer"] == "NOT_DETERMINABLE"
    other = opened(harness, await representation(harness, "stranger", AUTHORITY, **own("husband")))
    assert other["claim"]["answer"] == "NOT_DETERMINABLE"


@pytest.mark.parametrize("division", ["", "1", "110", "1101011", "11010a", "*", "110101 OR 1=1"])
async def test_a_division_is_a_division(harness: Harness, division: str) -> None:
    assert codes(await residence(harness, "daughter", division)) == ["BAD_ARGUMENT"]


async def test_who_has_no_grant_has_no_field(harness: Harness) -> None:
    answer = await residence(harness, "daughter", HOME, consumer="caseworker")
    assert answer["data"] is None
    answer = await licence(harness, "daughter", "DRIVING_LICENCE", consumer=SCHOOL)
    assert answer["data"] is None


# What they cost


async def test_a_district_cannot_be_searched_for(harness: Harness) -> None:
    tried = ("11", "12", "13", "31", "11")
    seen = [codes(await residence(harness, "daughter", division)) for division in tried]
    assert seen == [[], [], [], ["PROOF_BUDGET_SPENT"], []]
    assert RESIDENCES_MAX == 3
    day = await residence(harness, "daughter", "11", "2016-01-01")
    assert codes(day) == ["PROOF_BUDGET_SPENT"], "another day is another proof"
    hidden = [codes(await residence(harness, NOBODY, d, **own("daughter"))) for d in tried[:4]]
    assert hidden == seen[:4], "nobody has the same budget as somebody"


async def test_licences_and_representations_have_budgets_of_their_own(harness: Harness) -> None:
    kinds = [*model().codes["LicenceKind"].values][: LICENCES_MAX + 1]
    seen = [codes(await licence(harness, "husband", kind)) for kind in kinds]
    assert seen == [[]] * LICENCES_MAX + [["PROOF_BUDGET_SPENT"]]
    entities = [credit_code("91", HOME, n) for n in range(500, 501 + REPRESENTATIONS_MAX)]
    seen = [codes(await representation(harness, "husband", code)) for code in entities]
    assert seen == [[]] * REPRESENTATIONS_MAX + [["PROOF_BUDGET_SPENT"]]


async def test_whose_a_company_is_cannot_be_searched_for(harness: Harness) -> None:
    persons = [f"1101011990010{n:02d}01X" for n in range(10, 11 + REPRESENTATIONS_MAX)]
    mine = own("husband")
    seen = [codes(await representation(harness, who, COMPANY, **mine)) for who in persons]
    assert seen == [[]] * REPRESENTATIONS_MAX + [["PROOF_BUDGET_SPENT"]]


async def test_the_audit_says_what_was_proved(harness: Harness, valkey_server: str) -> None:
    operation = str(uuid4())
    mine = own("daughter")
    answer = await residence(harness, "daughter", HOME, **mine, operation=operation)
    await residence(harness, "stranger", HOME, **mine, operation=operation)
    told = [r for r in read(valkey_server, operation=operation) if len(r.rows) > 1]
    records = sorted(told, key=lambda record: record.at)
    ids = await harness.ids("Person")
    first = {(row.type, row.record, row.shown) for row in records[0].rows}
    proof = opened(harness, answer)["jti"]
    assert first == {
        ("Person", ids[key("daughter")], ("id", "residesIn")),
        ("Proof", proof, (f"isResidentIn.{HOME}.{SCHOOL}",)),
    }
    assert {row.type: row.record[:7] for row in records[1].rows}["Person"] == "sought:"


def test_every_claim_has_words() -> None:
    label = model().codes["LicenceKind"].values["DRIVING_LICENCE"].label
    details = {"district": HOME, "kind": label, "entity": COMPANY, "on": "2020-01-01"}
    for question in ("isResidentIn", "holdsLicence", "entityHoldsLicence", "isRepresentativeOf"):
        for answer in ("YES", "NO", "NOT_DETERMINABLE"):
            for said in (details, {n: v for n, v in details.items() if n != "on"}):
                words = in_words(question, answer, said)
                assert all("{" not in text for text in words.values())
                assert ("2020-01-01" in words["zh"]) == ("on" in said)
