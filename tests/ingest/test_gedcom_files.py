"""GEDCOM files in their encodings, broken files, and records that are corrected."""

import unicodedata
from pathlib import Path

import pytest

from ingest.formats.gedcom import open_reader
from ingest.gedcom.lines import GedcomLines
from ingest.records import Options
from ingest.source import SourceFile
from runtime.errors import CitizengraphError
from tests.ingest.gedcom_files import HEAD, fields, gedcom, opened

BODY = "0 @I1@ INDI\n1 NAME Jörg /Müller/\n2 NOTE a\n3 CONC b\n3 CONT c\n1 SEX M"


def name_of(directory: Path, content: bytes) -> object:
    reader = opened(directory, content)
    (unit,) = reader.units()
    return fields(reader.read(unit))["name"]


NARROW = [("UTF-8", "utf-8"), ("UTF-8", "utf-8-sig"), ("ANSI", "cp1252")]
WIDE = [("UNICODE", "utf-16"), ("UTF-16", "utf-16-le"), ("UNICODE", "utf-16-be")]


@pytest.mark.parametrize(
    ("character_set", "encoding", "end"),
    [
        *((*names, end) for names in NARROW for end in ("\n", "\r\n", "\r")),
        *((*names, end) for names in WIDE for end in ("\n", "\r\n")),
    ],
)
def test_encodings_and_line_ends(
    tmp_path: Path, character_set: str, encoding: str, end: str
) -> None:
    head = HEAD.replace("CHAR UTF-8", f"CHAR {character_set}")
    content = gedcom(BODY, head).replace("\n", end).encode(encoding)
    assert name_of(tmp_path, content) == "Jörg Müller"


def test_ansel(tmp_path: Path) -> None:
    """In ANSEL the mark stands before its letter: 0xE8 is the diaeresis."""
    head = HEAD.replace("CHAR UTF-8", "CHAR ANSEL").encode()
    content = head + b"0 @I1@ INDI\n1 NAME J\xe8org /M\xe8uller/\n0 TRLR\n"
    assert unicodedata.normalize("NFC", str(name_of(tmp_path, content))) == "Jörg Müller"


def test_a_character_split_over_two_lines(tmp_path: Path) -> None:
    start, end = "1 NAME J\u00f6".encode()[:-1], "\u00f6".encode()[1:]
    content = HEAD.encode() + b"0 @I1@ INDI\n" + start + b"\n2 CONC " + end + b"rg\n0 TRLR\n"
    assert name_of(tmp_path, content) == "J\u00f6rg"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("name;birth\nA;1900\n", "line 1 is not `0 HEAD`"),
        ("0 @I1@ INDI\n1 NAME A\n0 TRLR\n", "line 1 is not `0 HEAD`"),
        (HEAD + "0 @I1@ INDI\n1 NAME A\n", "ends at line 7 without `0 TRLR`"),
        (HEAD, "without `0 TRLR`|Unexpected EOF"),
        (gedcom("0 @I1@ INDI\n3 NAME A"), "line 7"),
        (gedcom("0 @I1@ INDI\nNAME A"), "line 7"),
        (gedcom("0 @I1@ INDI\n1 NAME A\n\n1 SEX F"), "line 8"),
        (gedcom("0 @I1@ INDI\n1 NAME A\x00\n" + "9" * 5000 + " SEX F"), "."),
        (HEAD.replace("UTF-8", "KLINGON") + "0 TRLR\n", "KLINGON"),
        (gedcom("0 @I1@ INDI\n1 NAME Jörg").encode("latin-1"), "line 7: a byte fits no character"),
        (HEAD + "0 @I1@ INDI\n1 NAME " + "A" * 1_100_000 + "\n0 TRLR\n", "line 7 is longer"),
        (gedcom("0 @I1@ INDI\n1 NAME A").encode("utf-16")[:-3], "."),
    ],
)
def test_a_broken_file_is_refused_naming_the_line(
    tmp_path: Path, content: str | bytes, words: str
) -> None:
    with pytest.raises(CitizengraphError, match=words) as raised:
        opened(tmp_path, content)
    assert raised.value.code == "SOURCE_INVALID"


def test_one_line_of_a_gigabyte_fails_at_once(tmp_path: Path) -> None:
    path = tmp_path / "tree.ged"
    with path.open("wb") as file:
        file.write(HEAD.encode() + b"0 @I1@ INDI\n1 NAME ")
        file.truncate(1 << 30)
    status = path.stat()
    identity = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)
    with pytest.raises(CitizengraphError, match="line 7 is longer"):
        next(GedcomLines(SourceFile(path, 1 << 30, "", identity)).records())


def test_a_record_without_number_is_refused_until_it_has_one(tmp_path: Path) -> None:
    reader = opened(tmp_path, gedcom("0 INDI\n1 NAME A"))
    (unit,) = reader.units()
    (problem,) = reader.read(unit).refused
    assert (problem.row, problem.field, problem.code) == (6, "INDI", "VALUE_MISSING")
    assert reader.read(reader.amend(unit, 6, "INDI", "I7")).record == "I7"


def test_a_value_is_corrected_and_read_again(tmp_path: Path) -> None:
    reader = opened(tmp_path, gedcom("0 @I1@ INDI\n1 BIRT\n2 DATE 31 FEB 1900"))
    (unit,) = reader.units()
    (problem,) = reader.read(unit).set_aside
    alone = open_reader(None, "genealogy", Options())
    assert alone.total == 0 and not list(alone.units())
    amended = alone.amend(unit, problem.row, problem.field, "28 FEB 1900")
    assert fields(alone.read(amended)) == {"birthDate": "1900-02-28"}
    assert alone.read(unit).set_aside


def test_a_field_that_the_record_does_not_have(tmp_path: Path) -> None:
    reader = opened(tmp_path, gedcom("0 @I1@ INDI\n1 NAME A"))
    (unit,) = reader.units()
    with pytest.raises(CitizengraphError, match=r"INDI\.SEX") as raised:
        reader.amend(unit, 7, "INDI.SEX", "F")
    assert raised.value.code == "BAD_ARGUMENT"
    assert "INDI.NAME (row 7)" in raised.value.hint


def test_the_row_is_needed_only_where_a_field_repeats(tmp_path: Path) -> None:
    reader = opened(tmp_path, gedcom("0 @I1@ INDI\n1 NAME A\n1 NAME B\n1 SEX Q"))
    (unit,) = reader.units()
    with pytest.raises(CitizengraphError, match="row 6"):
        reader.amend(unit, 6, "INDI.NAME", "C")
    amended = reader.amend(reader.amend(unit, 6, "INDI.SEX", "F"), 7, "INDI.NAME", "C")
    assert fields(reader.read(amended)) == {"name": "C", "sex": "FEMALE"}
