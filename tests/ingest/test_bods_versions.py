"""Statements that replace, change and end; recorded times; broken statements and files."""

import json
from pathlib import Path
from typing import Any

import pytest

from ingest.formats.bods import Bods, open_reader
from ingest.records import Options, Reading, Unit
from ingest.source import examine
from runtime.errors import CitizengraphError
from tests.ingest.test_bods import (
    REGISTER,
    SHARES,
    company,
    example,
    facts,
    links,
    node,
    person,
    readings,
    relation,
    written,
)


def recorded(reading: Reading) -> str | None:
    (version,) = reading.versions
    return version.recorded


def shareholdings(reading: Reading) -> list[tuple[object, ...]]:
    return [
        (f.source.valid_from, f.source.valid_to, f.fields.get("sharePercent"))
        for f in links(reading)
        if f.relationship == "Shareholding"
    ]


def test_every_statement_of_a_record_is_a_version_of_it() -> None:
    owner = [r for r in readings(example("fermcat")) if r.record == "per-5faa4103dee78621"]
    assert [recorded(r) for r in owner] == [
        "2019-09-11T11:17:23Z",
        "2020-09-11T16:30:23Z",
        "2021-09-11T14:02:11Z",
    ]
    assert [node(r).fields.get("deathDate") for r in owner] == [None, None, "2021-04-03"]
    shares = [r for r in readings(example("fermcat")) if r.record == "rel-b05e7c91e0a04e4f"]
    assert [shareholdings(r) for r in shares] == [
        [("2019-09-11", None, 50)],
        [("2019-09-11", None, 50)],
        [("2019-09-11", "2021-04-03", 50)],
    ]


def test_a_correction_replaces_and_a_change_keeps_what_was() -> None:
    """Patrick's 50 % became 100 % under the same start date; Maria's fell step by step."""
    patrick = [r for r in readings(example("fermcat")) if r.record == "rel-3fc02d9b6bdfd5ca"]
    assert shareholdings(patrick[-1]) == [("2019-09-11", None, 100)]
    maria = [r for r in readings(example("tecido")) if r.record == "022EBEB66B"]
    assert [sorted(shareholdings(r)) for r in maria] == [
        [("2002-03-09", None, 100)],
        [("2002-03-09", "2021-09-24", 100), ("2021-09-24", None, 40)],
        [
            ("2002-03-09", "2021-09-24", 100),
            ("2021-09-24", "2022-09-21", 40),
            ("2022-09-21", None, 30),
        ],
        [
            ("2002-03-09", "2021-09-24", 100),
            ("2021-09-24", "2022-09-21", 40),
            ("2022-09-21", "2023-03-03", 30),
        ],
    ]


def test_the_order_of_statements_does_not_matter(tmp_path: Path) -> None:
    statements = json.loads(example("tecido").read_bytes())
    turned = readings(written(tmp_path, *reversed(statements)))
    assert turned == list(reversed(readings(example("tecido"))))


def test_an_interest_no_longer_stated_has_ended_by_then(tmp_path: Path) -> None:
    board = {"type": "boardMember", "startDate": "2016"}
    first = relation(SHARES, board)
    later = relation(SHARES, statementDate="2021-03-04", recordStatus="updated")
    *_, reading = readings(written(tmp_path, company(), person(), first, later))
    ended = [(f.kind, f.source.valid_from, f.source.valid_to) for f in links(reading)]
    assert ended == [("", "2015", None), ("BOARD_MEMBER", "2016", "2021-03-04")]


def test_another_party_is_a_correction(tmp_path: Path) -> None:
    later = relation(SHARES, holder="Q", statementDate="2021-03-04")
    *_, reading = readings(written(tmp_path, person("Q"), company(), relation(SHARES), later))
    assert [link.from_key for link in links(reading)] == [f"{REGISTER}:Q"]


def test_a_closed_relationship_ends_with_its_statement(tmp_path: Path) -> None:
    told = relation({**SHARES, "endDate": "2019-05"}, {"type": "nominee"}, recordStatus="closed")
    *_, reading = readings(written(tmp_path, company(), person(), told))
    assert [link.source.valid_to for link in links(reading)] == ["2019-05", "2020-01-02"]


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ({"statementDate": "2020-01-02"}, "2020-01-02T00:00:00Z"),
        ({"statementDate": "2020-01-02T03:04:05+08:00"}, "2020-01-01T19:04:05Z"),
        ({"statementDate": "2020-01-02T03:04:05"}, "2020-01-02T03:04:05Z"),
        ({"publicationDetails": {"publicationDate": "2020-02-03"}}, "2020-02-03T00:00:00Z"),
        ({}, None),
    ],
)
def test_when_a_statement_was_recorded(
    tmp_path: Path, times: dict[str, Any], expected: str | None
) -> None:
    told = {**company(), **times}
    if "statementDate" not in times:
        del told["statementDate"]
    (reading,) = readings(written(tmp_path, told))
    assert recorded(reading) == expected


def test_statements_of_one_day_follow_a_second_apart(tmp_path: Path) -> None:
    renamed = company(name="F")
    found = readings(written(tmp_path, company(), renamed, company()))
    assert [recorded(r) for r in found] == [
        "2020-01-02T00:00:00Z",
        "2020-01-02T00:00:01Z",
        "2020-01-02T00:00:00Z",
    ]


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"recordId": ""}, "recordId", "VALUE_MISSING"),
        ({"recordType": "company"}, "recordType", "CODE_UNKNOWN"),
        ({"recordStatus": "gone"}, "recordStatus", "CODE_UNKNOWN"),
        ({"statementDate": "2020-13-01"}, "statementDate", "DATE_INVALID"),
        ({"recordDetails": None}, "recordDetails", "VALUE_MISSING"),
    ],
)
def test_a_statement_that_lacks_what_each_must_have_is_refused(
    tmp_path: Path, change: dict[str, Any], field: str, code: str
) -> None:
    good, bad = readings(written(tmp_path, company("A"), {**company(), **change}))
    assert facts(good)
    assert (field, code, 2) in [(p.field, p.code, p.row) for p in bad.refused]


def test_a_relationship_without_ends_is_refused(tmp_path: Path) -> None:
    told = relation(SHARES, holder="")
    wrong = {**relation(SHARES, holder="P"), "recordId": "S"}
    wrong["recordDetails"] = {**wrong["recordDetails"], "subject": "P"}
    _, _, lacking, person_held = readings(written(tmp_path, company(), person(), told, wrong))
    assert [p.field for p in lacking.refused] == ["recordDetails/interestedParty"]
    assert [(p.field, p.code) for p in person_held.refused] == [
        ("recordDetails/subject", "VALUE_INVALID")
    ]


def test_what_is_no_object_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "statements.json"
    path.write_text(json.dumps([company(), 7, [], "text"]))
    assert [r.refused[0].code for r in readings(path)[1:]] == ["ROW_BROKEN"] * 3


def opened(path: Path) -> tuple[Bods, list[Unit]]:
    reader = open_reader(examine(path), REGISTER, Options())
    return reader, list(reader.units())


def test_lines_of_json(tmp_path: Path) -> None:
    path = tmp_path / "statements.jsonl"
    lines = [json.dumps(company("A")), "", '{"recordId": "B"', json.dumps(person())]
    path.write_text("\ufeff" + "\n".join(lines))
    reader, units = opened(path)
    assert [unit.row for unit in units] == [1, 3, 4]
    broken = reader.read(units[1])
    assert [(p.row, p.field, p.code) for p in broken.refused] == [(3, "line", "ROW_BROKEN")]
    mended = reader.amend(units[1], 3, "line", json.dumps(company("B")))
    assert node(reader.read(mended)).key == f"{REGISTER}:B"
    with pytest.raises(CitizengraphError, match="not JSON"):
        reader.amend(units[1], 3, "line", "{")


def test_a_corrected_value_is_read_without_the_file(tmp_path: Path) -> None:
    told = relation({**SHARES, "share": {"exact": 500}}, statementDate="soon")
    _, units = opened(written(tmp_path, company(), person(), told))
    alone = open_reader(None, REGISTER, Options())
    assert alone.total == 0 and not list(alone.units())
    unit = alone.amend(units[2], 3, "statementDate", "2020-05-06")
    unit = alone.amend(unit, 3, "recordDetails/interests/0/share/exact", "50")
    reading = alone.read(unit)
    assert recorded(reading) == "2020-05-06T00:00:00Z"
    assert shareholdings(reading) == [("2015", None, 50)]
    assert not reading.set_aside
    assert alone.read(units[2]).refused


@pytest.mark.parametrize("path", ["colour", "recordDetails/interests/7/type", "statementDate/0"])
def test_a_path_that_leads_nowhere(tmp_path: Path, path: str) -> None:
    reader, units = opened(written(tmp_path, relation(SHARES)))
    with pytest.raises(CitizengraphError, match=path) as raised:
        reader.amend(units[0], 1, path, "x")
    assert raised.value.code == "BAD_ARGUMENT"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<xml/>", "begins with neither"),
        (b"[]", "holds no statement"),
        (b"[1]", "no statement of BODS"),
        (b'[{"a": 1}]', "no statement of BODS"),
        (b'{"a": 1}\n', "no statement of BODS"),
        (b'[{"statementType": "personStatement"}]', "BODS 0.3"),
        (json.dumps([company()]).encode()[:-9], "element 1: the JSON is broken or cut off"),
        (json.dumps([company(), company()]).encode()[:-9], "element 2: the JSON is broken"),
        (json.dumps([company()]).encode("utf-16"), "UTF-16"),
        (json.dumps([company(name="Müller")], ensure_ascii=False).encode("latin-1"), "element 1"),
        (b'[{"recordType": "entity", "x": ' + b"9" * 5000 + b"}]", "element 1"),
        (b"[" * 20_000_000, "nested more than 64 deep"),
        (b'[{"recordType": "' + b"x" * 20_000_000, "larger than 16 MiB"),
    ],
    ids=lambda value: value[:24] if isinstance(value, bytes) else "",
)
def test_a_broken_file_is_refused_before_anything_is_read(
    tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "statements.json"
    path.write_bytes(content)
    with pytest.raises(CitizengraphError, match=words) as raised:
        opened(path)
    assert raised.value.code == "SOURCE_INVALID"
