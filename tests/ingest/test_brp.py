"""The Dutch test set against an oracle that reads the CSV without the product's code."""

from collections import Counter

import pytest

from graph.catalogue import model
from graph.facts import NodeFact
from ingest.brp.tables import read_table
from ingest.brp.values import CUSTODY
from ingest.formats import open_reader
from ingest.identifiers import bsn_fault
from ingest.records import Options
from ingest.rules import RecordRules, rules
from tests.brp_oracle import Oracle, brp_file
from tests.ingest.brp_examples import ReadSet, told

TODAY = "2026-11-23"


@pytest.fixture(scope="module")
def oracle() -> Oracle:
    return Oracle(brp_file())


@pytest.fixture(scope="module")
def read(oracle: Oracle) -> ReadSet:
    return ReadSet(oracle.path)


def test_the_set_is_as_it_is_described(oracle: Oracle) -> None:
    assert len(oracle.rows) == 687
    assert len(oracle.parent_links) == 523
    assert len(oracle.links) == 443
    assert sum(link in oracle.child_links for link in oracle.links) == 377
    assert len(oracle.partner_links) == 203
    repeated = [number for number, count in oracle.numbers.items() if count > 1]
    assert len(repeated) == 6 and "" in repeated


def test_every_list_is_a_record_with_a_person_of_its_own(oracle: Oracle, read: ReadSet) -> None:
    assert read.reader.total == len(read.units) == len(read.readings) == 687
    assert [unit.number for unit in read.units.values()] == list(range(1, 688))
    assert not any(reading.refused for reading in read.readings.values())
    records = {reading.record for reading in read.readings.values()}
    assert records == {rows[0]["01.01.10"] for rows in oracle.rows} and len(records) == 687
    stated = Counter(key for key in _own_keys(read))
    assert set(stated.values()) == {1} and len(stated) == 687
    assert set(stated) == {
        key if number else f"brp:{record}"
        for number, record in ((r[0]["01.01.20"], r[0]["01.01.10"]) for r in oracle.rows)
        for key in oracle.keys(number)
        if not number or oracle.numbers[number] == 1 or key == f"brp:{record}"
    }


def _own_keys(read: ReadSet) -> list[str]:
    keys: list[str] = []
    for reading in read.readings.values():
        facts = reading.versions[-1].facts
        nodes = [fact for fact in facts if isinstance(fact, NodeFact)]
        keys += {fact.key for fact in nodes if fact.source.record == reading.record}
    return keys


def test_repeated_and_missing_numbers_are_kept_and_told(oracle: Oracle, read: ReadSet) -> None:
    for label, reading in read.readings.items():
        number = read.units[label].raw["rows"][0].get("01.01.20", "")
        kinds = [remark.kind for remark in reading.remarks]
        if not number:
            assert kinds == ["NUMBER_MISSING"] and reading.own is None
        elif oracle.numbers[number] > 1:
            assert kinds == ["NUMBER_REPEATED"] and reading.own is None
        else:
            assert kinds == [] and reading.own == ("Person", f"BSN:{number}")
    kinds = Counter(r.kind for reading in read.readings.values() for r in reading.remarks)
    assert kinds == {"NUMBER_REPEATED": 10, "NUMBER_MISSING": 2}


def test_every_parent_link_is_stated(oracle: Oracle, read: ReadSet) -> None:
    links = {(edge.to_key, edge.from_key) for edge in read.edges("Parenthood")}
    by_child = {
        (edge.to_key, edge.from_key)
        for edge in read.edges("Parenthood")
        if "/09-" not in edge.source.record
    }
    for child, parent in oracle.parent_links:
        pairs = {(c, p) for c in oracle.keys(child) for p in oracle.keys(parent)}
        assert pairs & by_child, (child, parent)
    reciprocal = [
        link
        for link in oracle.links
        if {(c, p) for c in oracle.keys(link[0]) for p in oracle.keys(link[1])} & by_child
        and link in oracle.child_links
    ]
    assert len(reciprocal) == 377
    for child, parent in oracle.non_links:
        assert not {(c, p) for c in oracle.keys(child) for p in oracle.keys(parent)} & links


def test_no_past_parent_or_partner_is_lost(oracle: Oracle, read: ReadSet) -> None:
    parents = {(e.to_key, e.from_key) for e in read.edges("Parenthood", past=True)}
    assert len(oracle.past_parent_links) > len(oracle.parent_links)
    for child, parent in oracle.past_parent_links:
        if bsn_fault(parent) is None:
            now = oracle.renumbered.get(parent, parent)
            assert {(c, p) for c in oracle.keys(child) for p in oracle.keys(now)} & parents
    assert oracle.renumbered["999990846"] == "999995005"
    unions = {(e.from_key, e.to_key) for e in read.edges("Marriage", past=True)}
    for one, other in oracle.partner_links:
        assert {(a, b) for a in oracle.keys(one) for b in oracle.keys(other)} & unions


def test_a_repeated_number_leads_to_the_list_whose_a_number_is_stated(read: ReadSet) -> None:
    """Two lists have the number 999995923; their parents name each by A-number as well."""
    parents = {
        (edge.to_key, edge.from_key, edge.source.disputed)
        for edge in read.edges("Parenthood")
        if edge.to_key in ("brp:6318602430", "brp:5727590243", "BSN:999995923")
    }
    assert parents == {
        ("brp:6318602430", "BSN:999990937", False),
        ("brp:6318602430", "BSN:999993562", False),
        ("brp:5727590243", "BSN:999995935", False),
        ("brp:5727590243", "BSN:999995947", False),
    }


def test_partial_dates(oracle: Oracle, read: ReadSet) -> None:
    births = oracle.stating("01.03.10")
    for reading in read.readings.values():
        found = told(reading.versions[-1].facts, "birthDate")
        text = births.get(reading.record, "")
        usable = text.strip("0") and text != "19660013"
        current = [value for value, _, until in found if until is None]
        if usable and len(text) == 8:
            expected = text[:4] + ("-" + text[4:6]) + ("-" + text[6:])
            assert current == [expected.replace("-00", "")]
    lengths = Counter(
        len(str(v))
        for reading in read.readings.values()
        for v, _, _ in told(reading.versions[-1].facts, "birthDate")
    )
    assert set(lengths) == {4, 7, 10}


def test_custody_and_guardianship(oracle: Oracle, read: ReadSet) -> None:
    """21 lists state a custody code of table 61, now or before; 14 are under guardianship now."""
    table = read_table(oracle.path.parent, 61)
    assert set(table) == set(CUSTODY)
    codes = [row["11.32.10"] for rows in oracle.rows for row in rows if row["11.32.10"] in table]
    custody = [
        value
        for reading in read.readings.values()
        for value, *_ in told(reading.versions[-1].facts, "custody")
    ]
    assert sorted(value for value in custody if value != "UNKNOWN") == sorted(
        CUSTODY[code] for code in codes
    )
    assert len(codes) == 21 and custody.count("UNKNOWN") == 5
    wards = {
        reading.record
        for reading in read.readings.values()
        if any(until is None for *_, until in told(reading.versions[-1].facts, "underGuardianship"))
    }
    assert wards == set(oracle.stating("11.33.10")) and len(wards) == 14


def test_every_ended_union_has_ended(oracle: Oracle, read: ReadSet) -> None:
    found = [edge for edge in read.edges("Marriage") if edge.source.valid_to]
    assert len(found) == oracle.ended_unions == 75
    reasons = Counter(edge.fields["endReason"] for edge in found)
    assert reasons == {"DIVORCE": 57, "DEATH": 16, "PRESUMED_DEATH": 1, "ANNULMENT": 1}
    forms = Counter(edge.fields.get("form") for edge in read.edges("Marriage"))
    assert forms["REGISTERED_PARTNERSHIP"] > 20 and forms["MARRIAGE"] > 200


def test_all_that_is_left_out_is_told(read: ReadSet) -> None:
    problems = [p for reading in read.readings.values() for p in reading.set_aside]
    assert len(problems) == len(set(problems))
    assert {(p.field, p.value, p.code) for p in problems if p.row == 1127} == {
        ("05.07.10", "2015", "DATE_INVALID")
    }
    nine_zeros = {(p.row, p.field, p.code) for p in problems if p.value == "000000000"}
    assert nine_zeros == {(64, "03.85.10", "DATE_INVALID"), (766, "02.85.10", "DATE_INVALID")}
    unknown = {p.value for p in problems if p.field == "11.32.10"}
    assert unknown == {"C", "1C", "2C", "3C", "CD"}
    assert {p.code for p in problems} <= rules().keys()


def test_the_rules_find_two_lists_that_contradict_themselves(read: ReadSet) -> None:
    """A person who is their own partner; a mother born on the day of her child."""
    checked = RecordRules(model(), "brp", TODAY)
    found: dict[str, set[str]] = {}
    for label, unit in read.units.items():
        reading = checked.apply(unit, read.readings[label])
        codes = {p.code for p in reading.refused} | {r.kind for r in reading.remarks}
        if codes - {"NUMBER_REPEATED", "NUMBER_MISSING", "PARENT_TOO_YOUNG"}:
            found[label] = codes
    assert found == {"Lg01_311": {"OWN_SPOUSE"}, "Lg01_947": {"PARENT_YOUNGER"}}


def test_a_list_is_read_again_from_its_record_alone(read: ReadSet) -> None:
    replay = open_reader("brp", None, "brp", Options())
    assert replay.total == 0 and list(replay.units()) == []
    for label, unit in read.units.items():
        assert replay.read(unit) == read.readings[label]
