"""Rows of CSV, JSON Lines and Parquet: where they begin and end, and what a broken one costs."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tabular_files import COMPANY, HEADER, codes, names, reader, readings, write

from runtime.errors import CitizengraphError

FULL = '1,,"安泰, ""东城""",2001-05-17,12.5\n2,,文景,2002,\n'
cells = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), max_size=20)


@given(st.lists(st.lists(cells, min_size=5, max_size=5), min_size=1, max_size=8))
def test_what_pythons_csv_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    """Oracle: Python's csv module. Rows of several lines are numbered by their first."""
    rows = [[f"r{place}", *row[1:]] for place, row in enumerate(rows)]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    path = write(tmp_path_factory.mktemp("csv"), HEADER + text.getvalue())
    units = list(reader(path).units())
    assert [list(unit.raw["row"].values()) for unit in units] == rows
    lines = [2 + sum("".join(r).count("\n") + 1 for r in rows[:i]) for i in range(len(rows))]
    assert [unit.row for unit in units] == lines


def test_values_and_rows_have_the_numbers_an_editor_shows(tmp_path: Path) -> None:
    path = write(tmp_path, HEADER + '1,,"a\nb",2001,\n\n2,,c,2001-02-30,\n')
    units = list(reader(path).units())
    assert [(unit.number, unit.row) for unit in units] == [(1, 2), (2, 5)]
    [_, second] = readings(path)
    [problem] = second.refused
    assert (problem.row, problem.field, problem.value) == (5, "since", "2001-02-30")
    assert (problem.code, problem.reason) == ("DATE_INVALID", "there is no such day")


@pytest.mark.parametrize("broken", ['2,,"open,2001,', '2,,x"",y" z,2001,', '2,,"a" b,2001,'])
def test_a_stray_quote_costs_its_own_row_alone(tmp_path: Path, broken: str) -> None:
    rows = ["1,,a,2001,", broken, "3,,c,2001,", '4,,"d, e",2001,', '5,,"f",2001,']
    found = readings(write(tmp_path, HEADER + "\n".join(rows) + "\n"))
    assert codes(found[1]) == [("", "ROW_BROKEN")]
    assert names(found) == ["a", "c", "d, e", "f"]
    assert len(found) == 5


def test_two_stray_quotes_cost_two_rows(tmp_path: Path) -> None:
    rows = ['1,,"a,2001,', "2,,b,2001,", '3,,"c,2001,', "4,,d,2001,"]
    found = readings(write(tmp_path, HEADER + "\n".join(rows) + "\n"))
    assert names(found) == ["b", "d"]
    assert [r.refused[0].row for r in found if r.refused] == [2, 4]


def test_ragged_rows_say_how_many_columns_they_have(tmp_path: Path) -> None:
    found = readings(write(tmp_path, HEADER + "1,,a,2001\n2,,b,2001,,\n3,,c,2001,\n"))
    reasons = [problem.reason for r in found for problem in r.refused]
    assert reasons == ["4 columns where the header has 5", "6 columns where the header has 5"]
    assert names(found) == ["c"]


def test_a_broken_row_is_amended_as_a_whole_and_read_again_without_the_file(
    tmp_path: Path,
) -> None:
    path = write(tmp_path, HEADER + "1,,a,2001\n")
    first = reader(path)
    [unit] = first.units()
    kept = json.loads(json.dumps(unit.raw))
    amended = first.amend(unit, 2, "row", '1,,"a, b",2001,')
    assert names([first.read(amended)]) == ["a, b"]
    assert unit.raw == kept
    with pytest.raises(CitizengraphError, match="BAD_ARGUMENT"):
        first.amend(unit, 2, "name", "x")


def test_one_value_is_amended_by_its_column(tmp_path: Path) -> None:
    found = reader(write(tmp_path, HEADER + "1,,a,2001-02-30,\n"))
    [unit] = found.units()
    assert codes(found.read(unit)) == [("since", "DATE_INVALID")]
    assert names([found.read(found.amend(unit, 2, "since", "2001-02-28"))]) == ["a"]
    with pytest.raises(CitizengraphError, match="Did you mean 'since'"):
        found.amend(unit, 2, "sinse", "2001")


def test_all_problems_of_a_row_are_named(tmp_path: Path) -> None:
    [reading] = readings(write(tmp_path, HEADER + f",x,{'n' * 61},2001-13-01,-1\n"))
    assert sorted(codes(reading)) == [
        ("capital", "VALUE_INVALID"),
        ("code", "NUMBER_INVALID"),
        ("id", "VALUE_MISSING"),
        ("name", "VALUE_INVALID"),
        ("since", "DATE_INVALID"),
    ]


def test_no_number_is_remarked_on_and_the_record_number_is_the_key(tmp_path: Path) -> None:
    [first, second] = readings(
        write(tmp_path, HEADER + "1,,a,2001,\n2,91350100m000100y43,b,2001,\n")
    )
    assert first.own == ("LegalEntity", "legal-entity:1")
    assert [remark.kind for remark in first.remarks] == ["NUMBER_MISSING"]
    assert second.own == ("LegalEntity", "GB32100:91350100M000100Y43")
    assert second.remarks == ()


def test_a_row_that_states_nothing_is_refused(tmp_path: Path) -> None:
    mapping = COMPANY.replace("otherwise: record", "otherwise: none")
    [reading] = readings(write(tmp_path, HEADER + "1,,a,2001,\n"), mapping)
    assert codes(reading) == [("", "VALUE_MISSING")]


# JSON Lines
def test_json_lines_say_the_same_as_csv(tmp_path: Path) -> None:
    rows = [
        {"id": "1", "code": None, "name": '安泰, "东城"', "since": "2001-05-17", "capital": 12.5},
        {"id": "2", "name": "文景", "since": "2002"},
    ]
    text = "\n\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    path = write(tmp_path, text, "companies.jsonl")
    assert readings(path) == readings(write(tmp_path, HEADER + FULL))
    assert [unit.row for unit in reader(path).units()] == [1, 3]


@pytest.mark.parametrize(
    ("line", "field", "code", "reason"),
    [
        ("{", "", "ROW_BROKEN", "not JSON"),
        ("[1]", "", "ROW_BROKEN", "not a JSON object"),
        ('{"id": "2", "id": "3"}', "", "ROW_BROKEN", "'id' stands twice"),
        ('{"id": "2", "capital": NaN}', "", "ROW_BROKEN", "NaN"),
        ('{"id": "2", "capital": ' + "9" * 5000 + "}", "", "ROW_BROKEN", "digits"),
        ('{"id": "2", "name": "\\ud800"}', "", "ROW_BROKEN", "lone surrogate"),
        ('{"id": "2", "name": ' + "[" * 100_000 + "}", "", "ROW_BROKEN", "nested too deep"),
        ('{"id": 2}', "id", "VALUE_INVALID", "a number, not text"),
        ('{"id": "2", "name": ["a"]}', "name", "VALUE_INVALID", "a list, not text"),
        ('{"id": "2", "nam": "a"}', "nam", "VALUE_INVALID", "did you mean 'name'"),
        ('{"id": "2", "name": "a\\u0000b"}', "name", "VALUE_INVALID", "U+0000"),
    ],
)
def test_a_bad_line_of_json_is_one_record(
    tmp_path: Path, line: str, field: str, code: str, reason: str
) -> None:
    good = '{"id": "1", "name": "a"}\n'
    path = write(tmp_path, f"{good}{line}\n{good}", "companies.jsonl")
    first, bad, last = readings(path)
    assert (bad.refused[0].field, bad.refused[0].code) == (field, code)
    assert reason in bad.refused[0].reason
    assert names([first, last]) == ["a", "a"]
    json.dumps([unit.raw for unit in reader(path).units()], ensure_ascii=False).encode()


# Parquet
def test_parquet_says_the_same_as_csv(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {
            "id": ["1", "2"],
            "code": pl.Series([None, None], dtype=pl.Null),
            "name": ['安泰, "东城"', "文景"],
            "since": ["2001-05-17", "2002"],
            "capital": [12.5, None],
        }
    )
    path = tmp_path / "companies.parquet"
    frame.write_parquet(path)
    assert readings(path) == readings(write(tmp_path, HEADER + FULL))


def test_parquet_has_dates_times_decimals_and_categories(tmp_path: Path) -> None:
    mapping = COMPANY.replace(
        "nodes:", "  at: {label: {en: At, zh: 时间}, time: true}\nrecorded: at\nnodes:"
    )
    frame = pl.DataFrame(
        {
            "id": ["1"],
            "code": [None],
            "name": pl.Series(["文景"], dtype=pl.Categorical),
            "since": [date(2001, 5, 17)],
            "capital": [Decimal("12.50")],
            "at": [datetime(2020, 1, 1, 7, 30)],
        },
        schema_overrides={"code": pl.String},
    )
    path = tmp_path / "companies.parquet"
    frame.write_parquet(path)
    [reading] = readings(path, mapping)
    assert reading.versions[0].recorded == "2019-12-31T23:30:00Z"
    assert reading.versions[0].facts[0].fields == {
        "name": "文景",
        "establishedDate": "2001-05-17",
        "registeredCapitalYuan": 12.5,
    }


def test_parquet_is_read_row_group_by_row_group(tmp_path: Path) -> None:
    count = 25_000
    frame = pl.DataFrame(
        {
            "id": [str(i) for i in range(count)],
            "code": pl.Series([None] * count, dtype=pl.String),
            "name": [f"n{i}" for i in range(count)],
            "since": ["2001"] * count,
            "capital": ["1"] * count,
        }
    )
    path = tmp_path / "companies.parquet"
    frame.write_parquet(path, row_group_size=7000)
    found = reader(path)
    assert found.total == count
    units = list(found.units())
    assert [unit.number for unit in units] == list(range(1, count + 1))
    assert [unit.raw["row"]["name"] for unit in units] == frame["name"].to_list()
