"""Older forms of a category: what was valid when, and what was believed when."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.brp.stacks import Form, Stack, corrected_time, periods, recorded_times
from ingest.formats import open_reader
from ingest.records import Options, Reading, Unit
from tests.brp_oracle import brp_file
from tests.ingest.brp_examples import ReadSet, at, edges, told

Row = dict[str, str]
OWN = {"01.01.10": "1234567890", "01.01.20": "999993653", "01.02.40": "Bloem"}


@pytest.fixture(scope="module")
def read() -> ReadSet:
    return ReadSet(brp_file())


def reading_of(*rows: Row, **known: object) -> Reading:
    """What a list made up of the rows says; the first row gets a person."""
    raw = {"label": "L", "rows": [{**OWN, **rows[0]}, *rows[1:]], **known}
    return open_reader("brp", None, "brp", Options()).read(Unit(1, 2, raw))


def form(category: str, element: str, value: str, since: str, recorded: str, **more: str) -> Row:
    row = {f"{category}.{element}": value, f"{category}.85.10": since}
    row[f"{category}.86.10"] = recorded
    return {**row, **{f"{category}.{n.replace('_', '.')}": v for n, v in more.items()}}


# Changes: the older form was true until the newer one begins.


def test_a_change_closes_the_older_form_when_the_newer_one_is_recorded() -> None:
    reading = reading_of(
        form("01", "02.40", "Jansen", "20100601", "20100615", H="51"),
        form("01", "02.40", "Bloem", "19840517", "19940310"),
    )
    assert [v.recorded for v in reading.versions] == [
        "1994-03-10T00:00:00Z",
        "2010-06-15T00:00:00Z",
    ]
    assert told(at(reading, "2010-06-14"), "name") == [("Bloem", "1984-05-17", None)]
    assert told(at(reading, "2010-06-16"), "name") == [
        ("Bloem", "1984-05-17", "2010-06-01"),
        ("Jansen", "2010-06-01", None),
    ]


def test_a_correction_withdraws_the_older_form_but_not_that_it_was_believed() -> None:
    reading = reading_of(
        form("01", "02.40", "Jansen", "19840517", "20100615", H="51"),
        form("01", "02.40", "Janssen", "19840517", "19940310", **{"84_10": "O"}),
    )
    assert told(at(reading, "2010-06-14"), "name") == [("Janssen", "1984-05-17", None)]
    assert told(at(reading, "2010-06-16"), "name") == [("Jansen", "1984-05-17", None)]


def test_corrected_on_the_same_day_it_was_believed_for_a_second() -> None:
    reading = reading_of(
        form("01", "02.40", "Jansen", "19840517", "19940310", H="51"),
        form("01", "02.40", "Janssen", "19840517", "19940310", **{"84_10": "O"}),
    )
    names = [(v.recorded, [n for n, *_ in told(v.facts, "name")]) for v in reading.versions]
    assert names == [
        ("1994-03-10T00:00:00Z", ["Janssen"]),
        ("1994-03-10T00:00:01Z", ["Jansen"]),
    ]


def test_forms_recorded_together_are_believed_together() -> None:
    reading = reading_of(
        form("01", "02.40", "Jansen", "20100601", "20100615", H="51"),
        form("01", "02.40", "Bloem", "19840517", "20100615"),
    )
    assert len(reading.versions) == 1


def test_an_investigation_disputes_for_as_long_as_it_lasts() -> None:
    reading = reading_of(
        form(
            "01", "02.40", "Bloem", "19840517", "19940310",
            **{"83_10": "010240", "83_20": "20010101", "83_30": "20020202"},
        )
    )  # fmt: skip
    disputed = [(v.recorded, v.facts[0].source.disputed) for v in reading.versions]
    assert disputed == [
        ("1994-03-10T00:00:00Z", False),
        ("2001-01-01T00:00:00Z", True),
        ("2002-02-02T00:00:00Z", False),
    ]


def test_an_older_form_of_unknown_end_has_ended_when_the_newer_one_was_recorded() -> None:
    reading = reading_of(
        form("01", "02.40", "Jansen", "00000000", "20100615", H="51"),
        form("01", "02.40", "Bloem", "19840517", "19940310"),
    )
    assert told(reading.versions[-1].facts, "name") == [
        ("Bloem", "1984-05-17", "2010-06-15"),
        ("Jansen", None, None),
    ]


def test_a_period_that_begins_after_it_ends_keeps_its_end_only() -> None:
    reading = reading_of(
        form("01", "02.40", "Jansen", "20100601", "20100615", H="51"),
        form("01", "02.40", "Bloem", "20200101", "19940310"),
    )
    assert told(reading.versions[-1].facts, "name")[0] == ("Bloem", None, "2010-06-01")
    assert [(p.row, p.field, p.value) for p in reading.set_aside] == [(3, "01.85.10", "20200101")]


# Relatives


def test_a_parent_who_got_a_number_later_is_one_person() -> None:
    born = {"03_10": "19560101"}
    numbered = {**born, "01_20": "999990639"}
    reading = reading_of(
        form("02", "02.40", "Jansen", "20000101", "20000102", H="52", **numbered),
        form("02", "02.40", "Janssen", "19840517", "19940310", **born),
    )
    for version in reading.versions:
        (edge,) = edges(version.facts, "Parenthood")
        assert (edge.from_key, edge.source.valid_from) == ("BSN:999990639", "1984-05-17")
        assert edge.source.valid_to is None


def test_a_parent_replaced_by_another_was_one_until_then() -> None:
    reading = reading_of(
        form("02", "02.40", "Jansen", "20000101", "20000102", H="52", **{"01_20": "999990639"}),
        form("02", "02.40", "Mulder", "19840517", "19940310", **{"03_10": "19560101"}),
    )
    found = edges(reading.versions[-1].facts, "Parenthood")
    assert [(e.from_key, e.source.valid_from, e.source.valid_to) for e in found] == [
        ("brp:1234567890/02-1", "1984-05-17", "2000-01-01"),
        ("BSN:999990639", "2000-01-01", None),
    ]


def test_a_relative_known_by_a_number_alone_meets_in_two_lists() -> None:
    reading = reading_of(form("09", "01.10", "9876543210", "20000101", "20000102"))
    (edge,) = edges(reading.versions[-1].facts, "Parenthood")
    assert (edge.from_key, edge.to_key) == ("BSN:999993653", "brp:9876543210")


def test_two_numbers_that_are_not_of_one_list_make_a_link_disputed() -> None:
    listed = {
        "999990639": [["1111111111", "999990639", "BSN:999990639"]],
        "2222222222": [["2222222222", "999992272", "BSN:999992272"]],
    }
    row = form("02", "01.10", "2222222222", "19840517", "19940310", **{"01_20": "999990639"})
    (edge,) = edges(reading_of(row, lists=listed).versions[-1].facts, "Parenthood")
    assert edge.from_key == "BSN:999990639" and edge.source.disputed


def test_a_partnership_made_a_marriage_is_two_unions_one_after_the_other() -> None:
    married, registered = ({"01_20": "999990639", "15_10": kind} for kind in "HP")
    reading = reading_of(
        form("05", "06.10", "20050301", "20050301", "20050302", H="55", **married),
        form("05", "06.10", "20010401", "20010401", "20010402", **registered),
    )
    before = edges(at(reading, "2001-05-01"), "Marriage")
    assert [(e.fields["form"], e.source.valid_to) for e in before] == [
        ("REGISTERED_PARTNERSHIP", None)
    ]
    after = edges(reading.versions[-1].facts, "Marriage")
    assert [(dict(e.fields), e.source.valid_from, e.source.valid_to) for e in after] == [
        (
            {"form": "REGISTERED_PARTNERSHIP", "endReason": "CONVERSION"},
            "2001-04-01",
            "2005-03-01",
        ),
        ({"form": "MARRIAGE"}, "2005-03-01", None),
    ]


def test_a_stillborn_child_is_no_living_person() -> None:
    reading = reading_of(form("09", "02.40", "Bloem", "20090804", "20090805", **{"89_10": "L"}))
    facts = reading.versions[-1].facts
    (edge,) = edges(facts, "Parenthood")
    assert [f.fields["deceased"] for f in facts if getattr(f, "key", "") == edge.to_key] == [True]


# Death, nationality


def test_death_on_an_unknown_day_is_death() -> None:
    reading = reading_of(form("06", "08.10", "00000000", "00000000", "20010102"))
    facts = reading.versions[-1].facts
    assert told(facts, "deceased") == [(True, None, None)] and told(facts, "deathDate") == []


def test_nationalities_held_together_are_one_value() -> None:
    reading = reading_of(
        form("04", "05.10", "0057", "20000101", "20000102", H="04"),
        form("04", "64.10", "401", "20100101", "20100102", H="54"),
        form("04", "05.10", "0039", "19840517", "19940310"),
        words={"32": {"0057": "Franse", "0039": "Tsjechische"}},
    )
    assert told(reading.versions[-1].facts, "nationality") == [
        ("Tsjechische", "1984-05-17", "2000-01-01"),
        ("Franse; Tsjechische", "2000-01-01", "2010-01-01"),
        ("Franse", "2010-01-01", None),
    ]


# Named examples of the test set


def test_a_death_that_was_an_error(read: ReadSet) -> None:
    """Row 457: dead in 1994, under investigation, alive again in 1995, dead in 2008."""
    reading = read.readings["Lg01_451"]
    assert told(at(reading, "1994-09-01"), "deathDate") == [("1994-08-15", "1994-08-15", None)]
    doubted = [f for f in at(reading, "1995-01-01") if "deathDate" in f.fields]
    assert [f.source.disputed for f in doubted] == [True]
    assert told(at(reading, "2000-01-01"), "deceased") == []
    assert told(reading.versions[-1].facts, "deathDate") == [("2008-04-06", "2008-04-06", None)]


def test_a_corrected_guardianship_that_ended(read: ReadSet) -> None:
    """Row 322: since 6 July 2008, corrected a day later to 7 June, ended in 2009."""
    reading = read.readings["Lg01_456"]
    field = "underGuardianship"
    assert told(at(reading, "2008-07-07T12"), field) == [(True, "2008-07-06", None)]
    assert told(at(reading, "2008-07-09"), field) == [(True, "2008-06-07", None)]
    assert told(reading.versions[-1].facts, field) == [(True, "2008-06-07", "2009-01-02")]


def test_a_child_whose_name_was_changed(read: ReadSet) -> None:
    """Row 1249: first on a foreign certificate, then with a number, then with another name."""
    reading = read.readings["Lg01_572"]
    name = "Olga Lucia RodrŦguez-Zuluaga"
    assert told(at(reading, "2004-02-02"), "name") == [(name, None, None)]
    assert told(reading.versions[-1].facts, "name") == [
        (name, "2001-07-05", "2004-02-04"),
        (name, "2004-02-04", "2004-07-15"),
        ("Olga Lucia Kierkegaard", "2004-07-15", None),
    ]
    citation = {f.source.citation for f in at(reading, "2004-02-02") if "name" in f.fields}
    assert "Colombiaanse geboorteakte, Rotterdam, 2004-02-01" in citation


def test_markers_one_column_off_lose_no_marriage(read: ReadSet) -> None:
    """Row 1692: the markers of category 05 stand in 06.08.10."""
    reading = read.readings["Lg01_803"]
    found = edges(reading.versions[-1].facts, "Marriage")
    assert [(e.to_key, e.source.valid_from, e.source.valid_to) for e in found] == [
        ("BSN:999996381", "2016-01-02", None),
        ("BSN:999996241", "2000-10-23", "2015-05-12"),
    ]
    assert {(p.field, p.value) for p in reading.set_aside} == {
        ("06.08.10", "05"),
        ("06.08.10", "55"),
    }


def test_twins_without_a_marker_between_them_are_two(read: ReadSet) -> None:
    reading = read.readings["Lg01_838"]
    children = [
        e for e in edges(reading.versions[-1].facts, "Parenthood") if "/09-" in e.source.record
    ]
    assert {"BSN:999997452", "BSN:999998298"} <= {e.to_key for e in children}
    assert all(e.source.valid_to is None for e in children) and len(children) == 12


def test_a_move_keeps_the_older_address(read: ReadSet) -> None:
    """And the country (14.10) in which the person lived before settling here (14.20)."""
    reading = read.readings["Lg01_716"]
    homes = edges(reading.versions[-1].facts, "Residence")
    assert [(e.to_key, e.source.valid_from, e.source.valid_to) for e in homes] == [
        ("BAG:0599010000476795", "2013-11-02", "2015-08-08"),
        ("BAG:0599010000208579", "2015-08-08", None),
        ("brp:8940402024/08/Frankrijk", None, "2013-11-02"),
    ]
    before = edges(at(reading, "2015-08-01"), "Residence")
    assert [e.to_key for e in before] == [homes[0].to_key, homes[2].to_key]


# Any stack

days = st.integers(1, 28).map(lambda day: f"2001-01-{day:02}")


@st.composite
def stacks(draw: st.DrawFn) -> Stack:
    size = draw(st.integers(1, 6))
    starts = sorted((draw(st.one_of(st.none(), days)) or "" for _ in range(size)), reverse=True)
    wrong = [draw(st.booleans()) and at > 0 for at in range(size)]
    recorded = [f"{draw(days)}T00:00:00Z" for _ in range(size)]
    same = [
        w or (at > 0 and starts[at - 1] == s != "")
        for at, (w, s) in enumerate(zip(wrong, starts, strict=True))
    ]
    times = recorded_times(recorded, same)
    forms = [
        Form(
            "01",
            at,
            {"02.40": str(at)},
            starts[at] or None,
            times[at],
            corrected_time(times, at) if wrong[at] else None,
        )
        for at in range(size)
    ]
    return Stack("01", 1, tuple(forms))


@settings(max_examples=500, deadline=None)
@given(stacks())
def test_every_form_is_believed_at_some_time_and_no_two_at_once(stack: Stack) -> None:
    times = sorted({time for form in stack.forms for time in form.times()})
    seen: set[int] = set()
    for time in times:
        held = stack.held(time)
        seen |= {one.form.row for one in held}
        for older, newer in pairwise(held):
            assert older.end is not None
            assert newer.start is None or older.end <= newer.start
        assert all(one.end is not None for one in held[:-1])
    assert seen == {form.row for form in stack.forms}
    assert not {one.form.row for one in stack.held(times[-1])} & {
        f.row for f in stack.forms if f.corrected and f.corrected <= times[-1]
    }


@given(stacks())
def test_equal_values_in_succession_are_one_period(stack: Stack) -> None:
    last = max(form.recorded for form in stack.forms)
    whole = periods(stack.held(last), lambda _: "same")
    assert len(whole) <= 1
    if whole:
        assert whole[0].end is None or whole[0].newest.corrected
        assert len(whole[0].forms) == len(stack.held(last))
