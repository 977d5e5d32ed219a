"""Files that are not what they are said to be, and lists with something wrong in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.facts import EdgeFact, Fact, NodeFact
from ingest.brp.lists import NEEDED
from ingest.brp.values import BadValue, partial_date, valid_bsn
from ingest.formats import open_reader
from ingest.records import Options, Reader, Reading
from ingest.rules import rules
from runtime.errors import CitizengraphError
from tests.ingest.brp_examples import reader_of

HEADER = ["", *NEEDED]
Row = dict[str, str]


def _write(path: Path, *rows: tuple[str, Row], encoding: str = "utf-8-sig") -> Path:
    lines = [";".join(HEADER)]
    lines += [";".join([label, *(row.get(name, "") for name in NEEDED)]) for label, row in rows]
    path.write_text("\n".join(lines) + "\n", encoding=encoding)
    return path


def _own(number: str, **more: str) -> Row:
    own = {"01.01.10": f"1{number:0>9}", "01.01.20": number, "01.02.40": "Bloem"}
    return {**own, **{name.replace("_", "."): value for name, value in more.items()}}


def _readings(reader: Reader) -> list[Reading]:
    return [reader.read(unit) for unit in reader.units()]


def _facts(reader: Reader) -> list[Fact]:
    return [fact for reading in _readings(reader) for fact in reading.versions[-1].facts]


# The file


def test_missing_file(tmp_path: Path) -> None:
    _refused(tmp_path / "none.csv", "No such file")
    _refused(tmp_path, "not a file")


def test_wrong_header(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("name;age\nx;1\n")
    _refused(path, "lacks 01.01.10")
    path.write_text("")
    _refused(path, "empty")
    _write(path, ("L1", _own("999993653")))
    path.write_text(path.read_text(encoding="utf-8-sig").replace(";", ","))
    _refused(path, "lacks 01.01.10")


def test_two_columns_of_one_name(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.csv", ("L1", _own("999993653")))
    path.write_text(path.read_text(encoding="utf-8-sig").replace("\n", ";01.01.20\n", 1))
    _refused(path, "two columns 01.01.20")


def test_wrong_encoding(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.csv", ("L1", _own("999993653")))
    path.write_bytes(path.read_bytes().replace(b"Bloem", b"Blo\xe9m"))
    _refused(path, "fits no character")
    _refused(_write(tmp_path / "b.csv", encoding="utf-16"), "byte")


def _refused(path: Path, words: str) -> None:
    with pytest.raises(CitizengraphError) as caught:
        reader_of(path)
    assert caught.value.code == "SOURCE_INVALID"
    assert words in caught.value.message


# A list


def test_broken_row_refuses_its_list_and_no_other(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.csv", ("L1", _own("999993653")), ("L2", _own("999990639")))
    path.write_text(path.read_text(encoding="utf-8-sig").replace("L1;", "L1;;"))
    reader = reader_of(path)
    broken, whole = _readings(reader)
    (problem,) = broken.refused
    assert (problem.code, problem.row, broken.versions) == ("ROW_BROKEN", 2, ())
    assert reader.total == 2 and whole.own == ("Person", "BSN:999990639")


def test_quotes_that_do_not_close_break_one_list_only(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.csv", *((f"L{n}", _own(b)) for n, b in enumerate(NUMBERS)))
    path.write_text(path.read_text(encoding="utf-8-sig").replace("Bloem", '"Bloem', 1))
    codes = [[p.code for p in reading.refused] for reading in _readings(reader_of(path))]
    assert codes == [["ROW_BROKEN"], [], []]


NUMBERS = ("999993653", "999990639", "999994141")


def test_row_before_any_list_is_refused(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.csv", ("", _own("999993653")), ("L2", _own("999990639")))
    first, second = _readings(reader_of(path))
    assert [(p.row, p.code) for p in first.refused] == [(2, "ROW_BROKEN")]
    assert not second.refused


def test_invalid_number_refuses_its_list(tmp_path: Path) -> None:
    (reading,) = _readings(reader_of(_write(tmp_path / "a.csv", ("L1", _own("123456789")))))
    assert [(p.field, p.value, p.code) for p in reading.refused] == [
        ("01.01.20", "123456789", "NUMBER_INVALID")
    ]
    assert {p.code for p in reading.refused} <= rules().keys()


def test_a_refused_list_can_still_be_named_by_others(tmp_path: Path) -> None:
    child = _own("999993653", **{"02_01.20": "999990639", "02_02.40": "Bloem"})
    path = _write(tmp_path / "a.csv", ("L1", child), ("L2", _own("999990639")))
    path.write_text(path.read_text(encoding="utf-8-sig").replace("L2;", "L2;;"))
    facts = [f for r in _readings(reader_of(path)) if r.versions for f in r.versions[-1].facts]
    nodes = {f.key for f in facts if isinstance(f, NodeFact)}
    links = [f for f in facts if isinstance(f, EdgeFact)]
    assert "BSN:999990639" in nodes
    assert [(f.from_key, f.to_key) for f in links] == [("BSN:999990639", "BSN:999993653")]


def test_relative_without_number_is_a_person(tmp_path: Path) -> None:
    child = _own("999993653", **{"02_02.40": "Bloem", "03_02.40": "."})
    facts = _facts(reader_of(_write(tmp_path / "a.csv", ("L1", child))))
    relatives = [f for f in facts if isinstance(f, NodeFact) and f.key.startswith("brp:")]
    assert [dict(f.fields) for f in relatives] == [{"name": "Bloem"}]


@pytest.mark.parametrize("text", ["19481332", "000000000", "1948"])
def test_unusable_date_is_left_out_and_told(tmp_path: Path, text: str) -> None:
    path = _write(tmp_path / "a.csv", ("L1", _own("999993653", **{"01_03.10": text})))
    (reading,) = _readings(reader_of(path))
    assert all("birthDate" not in fact.fields for fact in reading.versions[-1].facts)
    assert [(p.row, p.field, p.value, p.code) for p in reading.set_aside] == [
        (2, "01.03.10", text, "DATE_INVALID")
    ]


def test_unknown_codes_are_left_out_and_told(tmp_path: Path) -> None:
    row = _own("999993653", **{"01_04.10": "X", "11_32.10": "4D", "11_33.10": "7"})
    (reading,) = _readings(reader_of(_write(tmp_path / "a.csv", ("L1", row))))
    assert {(p.field, p.value, p.code) for p in reading.set_aside} == {
        ("01.04.10", "X", "CODE_UNKNOWN"),
        ("11.32.10", "4D", "CODE_UNKNOWN"),
        ("11.33.10", "7", "CODE_UNKNOWN"),
    }


def test_text_that_looks_like_a_formula_or_a_statement_stays_text(tmp_path: Path) -> None:
    name = "=cmd|'/c calc'!A0}) DETACH DELETE n //"
    row = {**_own("999993653"), "01.02.40": name}
    facts = _facts(reader_of(_write(tmp_path / "a.csv", ("L1", row))))
    assert [f.fields["name"] for f in facts if "name" in f.fields] == [name]


# From the quarantine


def test_a_corrected_list_is_read_without_its_file(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.csv", ("L1", _own("999990639")), ("L2", _own("123456789")))
    _, unit = reader_of(path).units()
    replay = open_reader("brp", None, "brp", Options())
    assert replay.read(unit).refused
    fixed = replay.amend(unit, 3, "01.01.20", "999993653")
    reading = replay.read(fixed)
    assert not reading.refused and reading.own == ("Person", "BSN:999993653")
    assert unit.raw["rows"][0]["01.01.20"] == "123456789"


@pytest.mark.parametrize(("row", "field"), [(4, "01.01.20"), (3, "citizenNumber"), (3, "")])
def test_what_cannot_be_corrected(tmp_path: Path, row: int, field: str) -> None:
    path = _write(tmp_path / "a.csv", ("L1", _own("999990639")), ("L2", _own("123456789")))
    reader = reader_of(path)
    _, unit = reader.units()
    with pytest.raises(CitizengraphError) as caught:
        reader.amend(unit, row, field, "999993653")
    assert caught.value.code == "BAD_ARGUMENT"


def test_amended_to_a_number_that_another_list_has(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.csv", ("L1", _own("999990639")), ("L2", _own("")))
    reader = reader_of(path)
    _, unit = reader.units()
    reading = reader.read(reader.amend(unit, 3, "01.01.20", "999990639"))
    assert [remark.kind for remark in reading.remarks] == ["NUMBER_REPEATED"]
    assert reading.own is None


# Values


@pytest.mark.parametrize(
    ("text", "date"),
    [("19840517", "1984-05-17"), ("19840500", "1984-05"), ("19840000", "1984"), ("00000000", None)],
)
def test_partial_dates(text: str, date: str | None) -> None:
    assert partial_date(text) == date


@pytest.mark.parametrize("text", ["2015", "19481332", "19480230", "00000512", "1984051x", " "])
def test_unusable_dates(text: str) -> None:
    with pytest.raises(BadValue):
        partial_date(text)


def test_eleven_test() -> None:
    assert valid_bsn("999993653")
    assert not valid_bsn("999993654") and not valid_bsn("99999365") and not valid_bsn("")
