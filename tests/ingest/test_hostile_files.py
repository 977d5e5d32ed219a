"""Files that are damaged, mislabelled or made to harm: refused before anything is loaded, or
one record is set aside."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import resource
import time
import zipfile
from pathlib import Path

import polars as pl
import pytest
from tabular_files import COMPANY, EXAMPLES, HEADER, codes, names, reader, readings, write

from ingest.formats.tabular import open_reader
from ingest.records import Options
from ingest.source import examine
from ingest.tabular import parquet_parts
from runtime.errors import CitizengraphError

ROWS = "1,,安泰,2001-05-17,12.5\n2,,文景,2002,7\n"
HOUSEHOLD = (EXAMPLES / "household.csv").read_text(encoding="utf-8")


def refusal(path: Path, mapping: str = COMPANY) -> str:
    with pytest.raises(CitizengraphError) as caught:
        reader(path, mapping)
    assert caught.value.code == "SOURCE_INVALID"
    return f"{caught.value.message} {caught.value.hint}"


def household_refusal(path: Path) -> str:
    with pytest.raises(CitizengraphError) as caught:
        open_reader(examine(path), "household", Options())
    assert caught.value.code == "SOURCE_INVALID"
    return f"{caught.value.message} {caught.value.hint}"


def encoded(encoding: str) -> str:
    return COMPANY.replace("own:", f"file: {{encoding: {encoding}}}\nown:")


# What it is
def test_a_symbolic_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "link.csv").symlink_to(write(tmp_path, HEADER + ROWS))
    assert "symbolic link" in refusal(tmp_path / "link.csv")


def test_directories_pipes_devices_and_nothing_are_no_files(tmp_path: Path) -> None:
    (tmp_path / "directory").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name in ("directory", "pipe"):
        assert "is not a file" in refusal(tmp_path / name)
    with pytest.raises(CitizengraphError, match="is not a file"):
        examine(Path("/dev/zero"))
    assert "cannot be read" in refusal(tmp_path / "absent.csv")


def test_empty_files_and_files_without_records_are_refused(tmp_path: Path) -> None:
    assert "is empty" in refusal(write(tmp_path, ""))
    assert "header and no records" in refusal(write(tmp_path, HEADER))
    assert "header and no records" in refusal(write(tmp_path, HEADER + "\n\n"))
    assert "column 'id' is missing" in refusal(write(tmp_path, "\n\n"))


@pytest.mark.parametrize(
    ("name", "kind"),
    [("zip", "ZIP"), ("gz", "gzip"), ("bz2", "bzip2"), ("xz", "xz"), ("xlsx", "ZIP")],
)
def test_packed_files_are_refused_unopened(tmp_path: Path, name: str, kind: str) -> None:
    """A bomb: 64 MiB of zeros in a few kilobytes. It is never unpacked."""
    path, zeros = tmp_path / f"bomb.{name}", bytes(64 * 1024 * 1024)
    if kind == "ZIP":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("companies.csv", zeros)
    else:
        pack = {"gzip": gzip.compress, "bzip2": bz2.compress, "xz": lzma.compress}[kind]
        path.write_bytes(pack(zeros))
    assert f"packed file ({kind})" in refusal(path)


def test_a_file_that_is_replaced_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, HEADER + ROWS)
    found = reader(path)
    path.write_text(HEADER + ROWS + ROWS, encoding="utf-8")
    with pytest.raises(CitizengraphError, match="changed while it was being read"):
        list(found.units())


def test_a_gigabyte_without_line_end_fails_fast_in_little_memory(tmp_path: Path) -> None:
    path = write(tmp_path, HEADER)
    os.truncate(path, 1_000_000_000)
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    assert "line 2: longer than 1,048,576 bytes" in refusal(path)
    assert time.monotonic() - start < 20
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # KiB
    path.write_bytes(b"\xff\xfei\x00")
    os.truncate(path, 1_000_000_000)
    assert "line 1: longer than" in refusal(path, encoded("utf-16"))


# Header
@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("id,code,name,since", "column 'capital' is missing"),
        ("id,code,nane,since,capital", "'name' is missing (did you mean 'nane'?)"),
        ("id,code,name,since,capital,phone", "column 'phone' is not in the mapping"),
        ("id,code,name,since,capital,name", "'name' stands more than once (columns 3, 6)"),
        ("id,code,name,since,capital,", "column 6 has no name"),
        ("1,,安泰,2001-05-17,12.5", "column 'id' is missing"),
        ('id,"code,name,since,capital', "no header: its quotes are not in order"),
        ("id;code;name;since;capital", "separated by semicolons; the mapping says commas"),
        ("id\tcode\tname\tsince\tcapital", "separated by tabs"),
        ("id|code|name|since|capital", "separated by vertical bars"),
    ],
)
def test_a_header_that_differs_is_refused(tmp_path: Path, header: str, words: str) -> None:
    assert words in refusal(write(tmp_path, f"{header}\n{ROWS}"))


def test_carriage_returns_alone_are_no_line_ends(tmp_path: Path) -> None:
    text = (HEADER + ROWS).replace("\n", "\r")
    assert "carriage returns alone" in refusal(write(tmp_path, text))
    assert len(readings(write(tmp_path, (HEADER + ROWS).replace("\n", "\r\n")))) == 2


# Truncated
def test_a_file_that_breaks_off_is_refused_at_every_byte_but_the_ends_of_rows(
    tmp_path: Path,
) -> None:
    whole = (HEADER + '1,,"安, 泰",2001-05-17,12.5\n2,,"文\n景",2002,7\n').encode()
    ends, within = {whole.index(b"2,,"), len(whole)}, whole.index("景".encode())
    for size in range(1, len(whole) + 1):
        path = write(tmp_path, whole[:size])
        if size in ends:
            assert len(names(readings(path))) == sorted(ends).index(size) + 1
        elif size == within:  # a line end, though of a value: the row is set aside
            assert [codes(r) for r in readings(path)] == [[], [("", "ROW_BROKEN")]]
        else:
            refusal(path)


def test_a_last_row_without_line_end_is_read_where_the_mapping_says_so(tmp_path: Path) -> None:
    path = write(tmp_path, (HEADER + ROWS).rstrip("\n"))
    assert "line 3: the last record has no line end" in refusal(path)
    mapping = COMPANY.replace("own:", "file: {lastLineEnd: optional}\nown:")
    assert names(readings(path, mapping)) == ["安泰", "文景"]
    assert "no line end" in refusal(write(tmp_path, HEADER + ROWS + "3,,x"), mapping)


def test_json_lines_that_break_off_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path, '{"id": "1", "name": "a"}\n{"id": "2", "na', "c.jsonl")
    assert "line 2: the last record breaks off" in refusal(path)


def test_parquet_that_breaks_off_is_refused(tmp_path: Path) -> None:
    path = parquet(tmp_path)
    whole = path.read_bytes()
    for size in (4, 11, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:size])
        assert "not whole as a Parquet file" in refusal(path)
    path.write_bytes(b"x" + whole)
    assert "not whole as a Parquet file" in refusal(path)


# Encodings
def test_each_encoding_is_read_where_the_mapping_names_it(tmp_path: Path) -> None:
    for encoding in ("gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-8", "utf-8-sig"):
        content = (HEADER + '1,,安泰,2001,\n2,,"文\n景",2002,\n').encode(encoding)
        declared = encoding.removesuffix("-sig")
        found = readings(write(tmp_path, content), encoded(declared))
        assert names(found) == ["安泰", "文\n景"], encoding
    content = (HEADER + "1,,Café Ørsted,2001,\n").encode("latin-1")
    assert names(readings(write(tmp_path, content), encoded("latin-1"))) == ["Café Ørsted"]


@pytest.mark.parametrize(
    ("actual", "declared", "words"),
    [
        ("gb18030", "utf-8", "It looks like GB 18030"),
        ("utf-16", "utf-8", "looks like UTF-16; the mapping says UTF-8"),
        ("utf-16-le", "utf-8", "looks like UTF-16-LE"),
        ("utf-16-be", "utf-8", "looks like UTF-16-BE"),
        ("utf-32", "utf-8", "looks like UTF-32"),
        ("utf-16-be", "utf-16", "UTF-16-BE without byte-order mark"),
        ("utf-16-be", "utf-16-le", "UTF-16-BE without byte-order mark"),
        ("utf-16", "gb18030", "looks like UTF-16; the mapping says GB 18030"),
        ("utf-8", "latin-1", "looks like UTF-8; the mapping says Latin-1"),
        ("utf-8", "gb18030", "looks like UTF-8; the mapping says GB 18030"),
        ("utf-8", "utf-16", "looks like another encoding"),
    ],
)
def test_a_wrong_encoding_is_named(tmp_path: Path, actual: str, declared: str, words: str) -> None:
    path = write(tmp_path, (HEADER + ROWS * 5).encode(actual))
    assert words in refusal(path, encoded(declared))


def test_latin_1_labelled_as_utf_8_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, (HEADER + "1,,Café Ørsted,2001,\n").encode("latin-1"))
    words = refusal(path)
    assert "line 2: byte 33 fits no character of UTF-8" in words
    assert "It looks like Latin-1" in words


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-le"])
def test_a_chinese_register_in_another_encoding_is_refused(tmp_path: Path, encoding: str) -> None:
    words = household_refusal(write(tmp_path, HOUSEHOLD.encode(encoding)))
    assert {"gb18030": "GB 18030", "utf-16": "UTF-16", "utf-16-le": "UTF-16-LE"}[encoding] in words


def test_damage_far_into_the_file_is_found_before_anything_is_read(tmp_path: Path) -> None:
    many = "".join(f"{i},,n{i},2001,\n" for i in range(50_000)).encode()
    assert "line 50002" in refusal(write(tmp_path, HEADER.encode() + many + b"x,,\xff,2001,\n"))


# Values
def test_zero_bytes_cost_their_own_row(tmp_path: Path) -> None:
    found = readings(write(tmp_path, HEADER + "1,,a\x00b,2001,\n" + ROWS.replace("1,", "3,")))
    assert codes(found[0]) == [("name", "VALUE_INVALID")]
    assert found[0].refused[0].value == "a\\x00b"
    assert len(names(found)) == 2


@pytest.mark.parametrize(
    "value",
    [
        "=HYPERLINK(1)",
        "@SUM(A1)",
        "+1+1|' /C calc'!A0",
        "'}) DETACH DELETE n //",
        "`) MATCH (n) DETACH DELETE n //",
        "{{7*7}}${jndi:ldap://x}",
        "../../etc/passwd",
    ],
)
def test_formulas_and_statements_are_text(tmp_path: Path, value: str) -> None:
    assert names(readings(write(tmp_path, f"{HEADER}1,,{value},2001,\n"))) == [value]


def test_a_value_longer_than_its_column_is_refused_and_shown_short(tmp_path: Path) -> None:
    [long, good] = readings(write(tmp_path, f"{HEADER}1,,{'n' * 500_000},2001,\n2,,b,2001,\n"))
    assert codes(long) == [("name", "VALUE_INVALID")]
    assert len(long.refused[0].value) == 200
    assert names([good]) == ["b"]


def test_open_quotes_all_over_are_read_in_time(tmp_path: Path) -> None:
    """Each row begins a quoted value that never ends well."""
    rows = "".join(f'{i},,"n,2001,\n' + f"{i},,b,2001,\n" * 60 for i in range(200))
    start = time.monotonic()
    found = readings(write(tmp_path, HEADER + rows))
    assert time.monotonic() - start < 20
    assert len(found) == 200 * 61
    assert len(names(found)) == 200 * 60


# Parquet
def parquet(directory: Path, **columns: object) -> Path:
    path = directory / "companies.parquet"
    content = {
        "id": ["1", "2"],
        "code": ["91350100M000100Y43", None],
        "name": ["a", "b"],
        "since": ["2001", "2002"],
        "capital": [1.5, 2.5],
    }
    pl.DataFrame({**content, **columns}).write_parquet(path)
    return path


@pytest.mark.parametrize(
    ("column", "values", "words"),
    [
        ("code", [440524188001010014, None], "column 'code' is Int64, the mapping wants text"),
        ("id", [1, 2], "column 'id' is Int64"),
        ("name", [["a"], ["b"]], "column 'name' is List(String)"),
        ("name", [b"a", b"b"], "column 'name' is Binary"),
        ("since", [2001, 2002], "column 'since' is Int64, the mapping wants a date or text"),
        ("capital", [True, False], "column 'capital' is Boolean, the mapping wants a number"),
    ],
)
def test_parquet_of_other_types_is_refused(
    tmp_path: Path, column: str, values: list[object], words: str
) -> None:
    found = refusal(parquet(tmp_path, **{column: values}))
    assert words in found
    assert "leading zeros" in found


def test_parquet_that_unpacks_to_too_much_is_refused_unopened(tmp_path: Path) -> None:
    """A bomb: 4 million rows of one repeated text take some kilobytes."""
    path = tmp_path / "companies.parquet"
    rows = 4_000_000
    frame = pl.select(pl.repeat("x", rows).alias("id"))
    for name in ("code", "name", "since", "capital", *map(str, range(5))):
        frame = frame.with_columns(pl.lit("y").alias(name))
    frame.write_parquet(path, row_group_size=rows)
    assert path.stat().st_size < 1_000_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert "row group 1 with 4,000,000 rows unpacks to" in refusal(path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # KiB


def test_parquet_pages_count_where_the_metadata_say_less(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The metadata of a column are believed no more than the headers of its pages."""
    path = parquet(tmp_path, name=["a" * 300_000, "b"])
    whole = path.read_bytes()
    source = examine(path)
    with source.open() as file:
        meta = parquet_parts._footer(source, file)[4][0][1][2][3]
        pages = parquet_parts._pages_size(meta, file)
    assert pages >= 300_000 > meta[7] > 0
    monkeypatch.setattr(parquet_parts, "_CHUNK_UNCOMPRESSED", 5)  # a small number instead
    monkeypatch.setattr(parquet_parts, "GROUP_BYTES_MAX", 200_000)
    assert "unpacks to" in refusal(path)
    assert path.read_bytes() == whole


def test_parquet_with_one_enormous_value_is_refused(tmp_path: Path) -> None:
    path = parquet(tmp_path, name=["a" * 2_000_000, "b"])
    assert "column 'name' has a value of 2,000,000 bytes" in refusal(path)


def test_damaged_parquet_never_crashes(tmp_path: Path) -> None:
    """Every 7th byte turned over: an error of the file, or rows as many as it says."""
    path = parquet(tmp_path)
    whole = path.read_bytes()
    for place in range(0, len(whole), 7):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            found = reader(path)
            assert len([found.read(unit) for unit in found.units()]) == found.total
        except CitizengraphError as error:
            assert error.code == "SOURCE_INVALID"


def test_names_tell_nothing_that_the_content_does_not(tmp_path: Path) -> None:
    assert "does not begin as one" in refusal(write(tmp_path, HEADER + ROWS, "c.parquet"))
    assert "one JSON array" in refusal(write(tmp_path, '[{"id": "1"}]', "c.json"))
    assert "no record" in refusal(write(tmp_path, HEADER + ROWS, "c.jsonl"))
    assert names(readings(write(tmp_path, '{"id": "1", "name": "a"}\n', "c.txt"))) == ["a"]
