"""Family trees: every person and family read, and what their records say."""

from pathlib import Path

import pytest

from graph.catalogue import model
from graph.facts import EdgeFact
from ingest.check import FactChecker
from ingest.formats.gedcom import Gedcom, open_reader
from ingest.records import Options, Reading
from ingest.source import examine
from tests.gedcom_oracle import Oracle, royal_file
from tests.ingest.gedcom_files import HEAD, facts, fields, links, parents, readings

COUPLE = """
0 @I1@ INDI
1 NAME Anna Maria /of_Berg/ the Elder
1 SEX F
0 @I2@ INDI
1 NAME Karl //
1 SEX M
"""


@pytest.fixture(scope="module")
def oracle() -> Oracle:
    return Oracle(royal_file())


@pytest.fixture(scope="module")
def reader() -> Gedcom:
    return open_reader(examine(royal_file()), "genealogy", Options())


@pytest.fixture(scope="module")
def royal(reader: Gedcom) -> dict[str, Reading]:
    return {r.record: r for r in (reader.read(unit) for unit in reader.units())}


def test_every_person_and_family_is_read(
    oracle: Oracle, reader: Gedcom, royal: dict[str, Reading]
) -> None:
    assert (len(oracle.persons), len(oracle.families)) == (3010, 1422)
    assert reader.total == 4432
    assert [u.number for u in reader.units()] == list(range(1, 4433))
    assert royal.keys() == oracle.persons.keys() | oracle.families.keys()
    assert not any(reading.refused for reading in royal.values())
    assert {r.record for r in royal.values() if r.own} == oracle.persons.keys()


def test_every_parent_link_and_no_other_is_stated(
    oracle: Oracle, royal: dict[str, Reading]
) -> None:
    found = [link for reading in royal.values() for link in parents(reading)]
    assert {kind for _, kind, _ in found} == {"BIRTH"}
    assert len(found) == len(oracle.parent_links) == 3724
    assert {(parent, child) for parent, _, child in found} == oracle.parent_links


def test_marriages_are_those_that_the_records_state(
    oracle: Oracle, royal: dict[str, Reading]
) -> None:
    for xref, family in oracle.families.items():
        stated = links(royal[xref], "Marriage")
        couple = len(family.spouses) == 2
        assert bool(stated) == (couple and (family.married or family.divorced)), xref
        reasons = [fact.fields.get("endReason") == "DIVORCE" for fact in stated]
        assert reasons == ([family.divorced] if stated else [])
        assert all(fact.source.valid_to for fact in stated if fact.fields.get("endReason"))


def test_couples_are_those_whose_records_state_no_marriage(
    oracle: Oracle, royal: dict[str, Reading]
) -> None:
    assert len(oracle.couples) == 565
    for xref, family in oracle.families.items():
        stated = links(royal[xref], "Couple")
        ends = [{fact.from_key, fact.to_key} for fact in stated]
        partners = {f"genealogy:{spouse}" for spouse in family.spouses}
        assert ends == ([partners] if xref in oracle.couples else []), xref
        assert all(fact.fields == {} and fact.source.record == xref for fact in stated)
        assert all(fact.source.valid_from is None for fact in stated)
        remarks = [remark.kind for remark in royal[xref].remarks]
        assert ("MARRIAGE_UNSTATED" in remarks) == bool(stated), xref


def test_a_couple_ends_with_the_first_death(oracle: Oracle, royal: dict[str, Reading]) -> None:
    deaths = {xref: fields(royal[xref]).get("deathDate") for xref in oracle.persons}
    for xref, family in oracle.couples.items():
        days = sorted(str(day) for spouse in family.spouses if (day := deaths[spouse]))
        (couple,) = links(royal[xref], "Couple")
        if days:
            assert couple.source.valid_to == days[0], xref
        dead = any(fields(royal[spouse]).get("deceased") for spouse in family.spouses)
        assert bool(couple.source.valid_to) == dead, xref


def test_no_date_or_sex_is_lost(oracle: Oracle, royal: dict[str, Reading]) -> None:
    for xref, lines in oracle.persons.items():
        reading = royal[xref]
        events = [line.split()[1] for line in lines if line.split()[0] == "1"]
        known = fields(reading)
        assert ("sex" in known) == ("SEX" in events)
        for number, line in enumerate(lines):
            if line.split()[1] == "DATE":
                event = next(w.split()[1] for w in lines[number::-1] if w.split()[0] == "1")
                name = {"BIRT": "birthDate", "DEAT": "deathDate"}.get(event)
                aside = {p.field for p in reading.set_aside}
                assert not name or (name in known) != (f"INDI.{event}.DATE" in aside), xref


def test_named_examples(royal: dict[str, Reading]) -> None:
    assert fields(royal["I1"]) == {
        "name": "Victoria Hanover",
        "sex": "FEMALE",
        "birthDate": "1819-05-24",
        "birthPlace": "Kensington,Palace,London,England",
        "deathDate": "1901-01-22",
        "deathPlace": "Osborne House,Isle of Wight,England",
        "deceased": True,
    }
    assert fields(royal["I4"])["name"] == "Edward_VII Wettin"
    (wedding,) = links(royal["F1"], "Marriage")
    assert {wedding.from_key, wedding.to_key} == {"genealogy:I1", "genealogy:I2"}
    assert (wedding.source.valid_from, wedding.source.valid_to) == ("1840-02-10", "1861-12-14")
    assert wedding.fields["endReason"] == "DEATH"
    kinds = {problem.code for reading in royal.values() for problem in reading.set_aside}
    assert kinds == {"DATE_INEXACT", "DATE_INVALID"}


def test_all_facts_fit_the_model(royal: dict[str, Reading]) -> None:
    checker = FactChecker(model())
    for reading in royal.values():
        for fact in facts(reading):
            assert checker.misfit(fact) is None


def test_a_second_reading_says_the_same(reader: Gedcom, royal: dict[str, Reading]) -> None:
    alone = open_reader(None, "genealogy", Options())
    for unit in list(reader.units())[::100]:
        reading = alone.read(unit)
        assert reading == royal[reading.record]


def test_names_are_whole_and_former_names_kept(tmp_path: Path) -> None:
    body = f"{COUPLE}1 NAME Carl /Berg/\n2 TYPE aka\n1 NAME Karl /Tal/\n2 TYPE birth\n"
    found = readings(tmp_path, body)
    assert fields(found["I1"]) == {"name": "Anna Maria of_Berg the Elder", "sex": "FEMALE"}
    assert fields(found["I2"]) == {"name": "Karl", "formerName": "Karl Tal", "sex": "MALE"}


def test_a_sex_that_is_no_code_is_set_aside(tmp_path: Path) -> None:
    (reading,) = readings(tmp_path, "0 @I1@ INDI\n1 NAME A\n1 SEX Q").values()
    (problem,) = reading.set_aside
    assert (problem.row, problem.field, problem.value) == (8, "INDI.SEX", "Q")
    assert problem.code == "CODE_UNKNOWN"


@pytest.mark.parametrize(
    ("events", "until", "reason"),
    [
        ("1 MARR\n2 DATE 1900\n1 DIV\n2 DATE 3 MAR 1910", "1910-03-03", "DIVORCE"),
        ("1 MARR\n2 DATE 1900\n1 DIV Y", "1992-11-20", "DIVORCE"),
        ("1 MARR\n2 DATE 1900\n1 DIV Y\n1 CHAN\n2 DATE 1 JAN 1980", "1980-01-01", "DIVORCE"),
        ("1 MARR Y\n1 ANUL\n2 DATE 1901", "1901", "ANNULMENT"),
        ("1 DIV Y", "1992-11-20", "DIVORCE"),
        ("1 MARR Y\n1 DIV N", None, None),
        ("1 MARR\n2 PLAC Wien", None, None),
    ],
)
def test_how_a_marriage_ends(
    tmp_path: Path, events: str, until: str | None, reason: str | None
) -> None:
    body = f"{COUPLE}0 @F1@ FAM\n1 HUSB @I2@\n1 WIFE @I1@\n{events}"
    (marriage,) = links(readings(tmp_path, body)["F1"], "Marriage")
    assert (marriage.source.valid_to, marriage.fields.get("endReason")) == (until, reason)


@pytest.mark.parametrize(
    ("death", "until"),
    [
        ("1 DEAT\n2 DATE 5 MAY 1950", "1950-05-05"),
        ("1 DEAT Y", "1992-11-20"),
        ("1 BURI\n2 PLAC Wien", "1992-11-20"),
        ("1 DEAT\n2 DATE 1899", "1992-11-20"),
    ],
)
def test_a_marriage_ends_with_the_death_of_a_spouse(tmp_path: Path, death: str, until: str) -> None:
    body = f"{COUPLE}{death}\n0 @F1@ FAM\n1 HUSB @I2@\n1 WIFE @I1@\n1 MARR\n2 DATE 1900"
    found = readings(tmp_path, body)
    (marriage,) = links(found["F1"], "Marriage")
    assert (marriage.source.valid_to, marriage.fields["endReason"]) == (until, "DEATH")
    assert fields(found["I2"])["deceased"] is True


def test_an_undated_divorce_before_a_death(tmp_path: Path) -> None:
    body = f"{COUPLE}1 DEAT\n2 DATE 1950\n0 @F1@ FAM\n1 HUSB @I2@\n1 WIFE @I1@\n1 DIV Y"
    (marriage,) = links(readings(tmp_path, body)["F1"], "Marriage")
    assert (marriage.source.valid_to, marriage.fields["endReason"]) == ("1950", "DIVORCE")


def test_an_end_that_cannot_be_dated_at_all_is_not_stated_as_going_on(tmp_path: Path) -> None:
    body = f"{COUPLE}0 @F1@ FAM\n1 HUSB @I2@\n1 WIFE @I1@\n1 DIV Y"
    reading = readings(tmp_path, body, head=HEAD.replace("1 DATE 20 NOV 1992\n", ""))["F1"]
    assert links(reading, "Marriage") == []
    assert [(p.field, p.code) for p in reading.set_aside] == [("FAM.DIV", "VALUE_MISSING")]


@pytest.mark.parametrize(
    ("events", "aside"), [("", []), ("1 MARR", ["FAM.MARR"]), ("1 MARR N", []), ("1 NO MARR", [])]
)
def test_a_family_without_a_wedding_is_a_couple_and_no_marriage(
    tmp_path: Path, events: str, aside: list[str]
) -> None:
    body = f"{COUPLE}0 @F1@ FAM\n1 HUSB @I2@\n1 WIFE @I1@\n1 SOUR Parish book\n{events}"
    reading = readings(tmp_path, body)["F1"]
    assert links(reading, "Marriage") == []
    (couple,) = links(reading, "Couple")
    assert (couple.from_key, couple.to_key) == ("genealogy:I2", "genealogy:I1")
    assert (couple.source.valid_from, couple.source.valid_to) == (None, None)
    assert couple.source.citation == "Parish book"
    assert [p.field for p in reading.set_aside] == aside
    assert [remark.kind for remark in reading.remarks] == ["MARRIAGE_UNSTATED"]


def test_a_couple_of_the_dead_without_any_date_is_not_stated_as_going_on(tmp_path: Path) -> None:
    body = f"{COUPLE}1 DEAT Y\n0 @F1@ FAM\n1 HUSB @I2@\n1 WIFE @I1@"
    reading = readings(tmp_path, body, head=HEAD.replace("1 DATE 20 NOV 1992\n", ""))["F1"]
    assert links(reading, "Couple") == []
    assert [(p.field, p.code) for p in reading.set_aside] == [("FAM", "VALUE_MISSING")]


@pytest.mark.parametrize("lines", ["1 HUSB @I2@", "1 HUSB @I2@\n1 WIFE Anna", "1 CHIL @I2@"])
def test_one_partner_is_no_couple(tmp_path: Path, lines: str) -> None:
    reading = readings(tmp_path, f"{COUPLE}0 @F1@ FAM\n{lines}")["F1"]
    assert links(reading, "Couple") == []
    assert reading.remarks == ()


@pytest.mark.parametrize(
    ("lines", "husband", "wife", "since"),
    [
        ("1 FAMC @F1@", "BIRTH", "BIRTH", "1920"),
        ("1 FAMC @F1@\n2 PEDI birth", "BIRTH", "BIRTH", "1920"),
        ("1 FAMC @F1@\n2 PEDI adopted", "ADOPTIVE", "ADOPTIVE", None),
        ("1 FAMC @F1@\n2 PEDI FOSTER", "FOSTER", "FOSTER", None),
        (
            "1 FAMC @F1@\n1 ADOP\n2 DATE 1930\n2 FAMC @F1@\n3 ADOP BOTH",
            "ADOPTIVE",
            "ADOPTIVE",
            "1930",
        ),
        (
            "1 FAMC @F1@\n1 ADOP\n2 DATE 1930\n2 FAMC @F1@\n3 ADOP HUSB",
            "ADOPTIVE",
            "BIRTH",
            "1930",
        ),
        (
            "1 FAMC @F1@\n2 PEDI adopted\n1 ADOP\n2 DATE 1930\n2 FAMC @F1@\n3 ADOP WIFE",
            "BIRTH",
            "ADOPTIVE",
            "1930",
        ),
    ],
)
def test_kinds_of_parents(
    tmp_path: Path, lines: str, husband: str, wife: str, since: str | None
) -> None:
    body = f"""{COUPLE}0 @I3@ INDI\n1 BIRT\n2 DATE 1920\n{lines}
0 @F1@ FAM\n1 HUSB @I2@\n1 WIFE @I1@\n1 CHIL @I3@"""
    found = readings(tmp_path, body)
    assert parents(found["F1"]) == {("I2", husband, "I3"), ("I1", wife, "I3")}
    assert parents(found["I3"]) == set()
    days = {f.kind: f.source.valid_from for f in links(found["F1"], "Parenthood")}
    assert days == {kind: "1920" if kind == "BIRTH" else since for kind in (husband, wife)}


def test_a_descent_of_unknown_kind_is_set_aside(tmp_path: Path) -> None:
    body = f"""{COUPLE}0 @I3@ INDI\n1 FAMC @F1@\n2 PEDI sealing
0 @F1@ FAM\n1 HUSB @I2@\n1 CHIL @I3@"""
    reading = readings(tmp_path, body)["F1"]
    assert parents(reading) == set()
    assert [(p.field, p.code) for p in reading.set_aside] == [("FAM.CHIL", "CODE_UNKNOWN")]


def test_a_family_that_only_the_child_names_is_stated_by_the_child(tmp_path: Path) -> None:
    body = f"{COUPLE}0 @I3@ INDI\n1 FAMC @F1@\n0 @F1@ FAM\n1 HUSB @I2@\n1 WIFE @I1@"
    found = readings(tmp_path, body)
    assert parents(found["I3"]) == {("I2", "BIRTH", "I3"), ("I1", "BIRTH", "I3")}
    assert [remark.kind for remark in found["I3"].remarks] == ["FAMILY_ONE_SIDED"]


def test_a_link_to_a_person_not_in_the_file_is_kept(tmp_path: Path) -> None:
    found = readings(tmp_path, f"{COUPLE}0 @F1@ FAM\n1 HUSB @I9@\n1 CHIL @I8@")
    assert parents(found["F1"]) == {("I9", "BIRTH", "I8")}


def test_what_points_to_no_record_is_set_aside(tmp_path: Path) -> None:
    reading = readings(tmp_path, f"{COUPLE}0 @F1@ FAM\n1 HUSB Karl\n1 CHIL @I1@")["F1"]
    assert [(p.field, p.value, p.code) for p in reading.set_aside] == [
        ("FAM.HUSB", "Karl", "VALUE_INVALID")
    ]


def test_sources_are_cited(tmp_path: Path) -> None:
    body = """0 @I1@ INDI\n1 NAME A\n1 BIRT\n2 DATE 1900\n2 SOUR @S1@\n3 PAGE 12
2 SOUR Family bible\n1 SOUR @S9@\n0 @S1@ SOUR\n1 TITL Parish register\n2 CONT of Wien"""
    named, born = facts(readings(tmp_path, body)["I1"])
    assert born.source.citation == "Parish register\nof Wien, 12; Family bible"
    assert named.source.citation == "S9"


def test_more_than_two_partners_are_married_in_pairs(tmp_path: Path) -> None:
    body = "0 @F1@ FAM\n1 WIFE @I1@\n1 WIFE @I2@\n1 MARR Y\n1 CHIL @I3@"
    reading = readings(tmp_path, body)["F1"]
    (marriage,) = links(reading, "Marriage")
    assert isinstance(marriage, EdgeFact)
    assert parents(reading) == {("I1", "BIRTH", "I3"), ("I2", "BIRTH", "I3")}
