"""Files that are not what they are said to be, and lists with something wrong in them."""

from pathlib import Path

import pytest

from graph.facts import EdgeFact, NodeFact
from ingest.brp.lists import NEEDED
from ingest.brp.run import BrpFile
from ingest.brp.values import BadValue, partial_date, valid_bsn
from runtime.errors import CitizengraphError

HEADER = ["", *NEEDED]
Row = dict[str, str]


def _write(path: Path, *rows: tuple[str, Row], encoding: str = "utf-8-sig") -> Path:
    lines = [";".join(HEADER)]
    lines += [";".join([label, *(row.get(name, "") for name in NEEDED)]) for label, row in rows]
    path.write_text("\n".join(lines) + "\n", encoding=encoding)
    return path


def _own(number: str, **more: str) -> Row:
    own = {"01.01.10": f"A{number}", "01.01.20": number, "01.02.40": "Bloem"}
    return {**own, **{name.replace("_", "."): value for name, value in more.items()}}


def test_missing_file(tmp_path: Path) -> None:
    _refused(tmp_path / "none.csv", "No such file")
    _refused(tmp_path, "directory")


def test_wrong_header(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("name;age\nx;1\n")
    _refused(path, "lacks 01.01.10")
    path.write_text("")
    _refused(path, "first row")


def test_wrong_encoding(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.csv", ("L1", _own("999993653")))
    path.write_bytes(path.read_bytes().replace(b"Bloem", b"Blo\xe9m"))
    _refused(path, "not UTF-8")
    _refused(_write(tmp_path / "b.csv", encoding="utf-16"), "not UTF-8")


def _refused(path: Path, words: str) -> None:
    with pytest.raises(CitizengraphError) as caught:
        BrpFile(path)
    assert caught.value.code == "SOURCE_INVALID"
    assert words in caught.value.message


def test_broken_row_sets_its_list_aside_and_no_other(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.csv", ("L1", _own("999993653")), ("L2", _own("999990639")))
    path.write_text(path.read_text(encoding="utf-8-sig").replace("L1;", "L1;;"))
    file = BrpFile(path)
    (entry,) = file.quarantined
    assert (entry.code, entry.row, entry.record, entry.whole) == ("ROW_BROKEN", 2, "L1", True)
    assert (file.lists_read, file.lists_loaded) == (2, 1)


def test_row_before_any_list_is_set_aside(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.csv", ("", _own("999993653")), ("L2", _own("999990639")))
    file = BrpFile(path)
    assert [(e.row, e.code) for e in file.quarantined] == [(2, "ROW_BROKEN")]
    assert file.lists_loaded == 1


def test_invalid_number_is_set_aside(tmp_path: Path) -> None:
    file = BrpFile(_write(tmp_path / "a.csv", ("L1", _own("123456789"))))
    assert [e.code for e in file.quarantined] == ["NUMBER_INVALID"]


def test_a_list_set_aside_can_still_be_named_by_others(tmp_path: Path) -> None:
    child = _own("999993653", **{"02_01.20": "999990639", "02_02.40": "Bloem"})
    path = _write(tmp_path / "a.csv", ("L1", child), ("L2", _own("999990639")))
    path.write_text(path.read_text(encoding="utf-8-sig").replace("L2;", "L2;;"))
    facts = list(BrpFile(path))
    nodes = {f.key for f in facts if isinstance(f, NodeFact)}
    links = [f for f in facts if isinstance(f, EdgeFact)]
    assert "BSN:999990639" in nodes
    assert [(f.from_key, f.to_key) for f in links] == [("BSN:999990639", "BSN:999993653")]


def test_relative_without_number_is_a_person(tmp_path: Path) -> None:
    child = _own("999993653", **{"02_02.40": "Bloem", "03_02.40": "."})
    facts = list(BrpFile(_write(tmp_path / "a.csv", ("L1", child))))
    relatives = [f for f in facts if isinstance(f, NodeFact) and f.key.startswith("brp:")]
    assert [dict(f.fields) for f in relatives] == [{"name": "Bloem"}]


def test_unusable_date_is_left_out_and_told(tmp_path: Path) -> None:
    file = BrpFile(
        _write(tmp_path / "a.csv", ("L1", _own("999993653", **{"01_03.10": "19481332"})))
    )
    assert all("birthDate" not in f.fields for f in file if isinstance(f, NodeFact))
    (entry,) = file.quarantined
    assert (entry.field, entry.value, entry.whole) == ("01.03.10", "19481332", False)


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
