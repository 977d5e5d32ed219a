"""From texts to values: dates, times, numbers, codes, numbers of persons and entities."""

import json
import os
from datetime import date, timedelta

import pytest
from brp_oracle import shared_data
from hypothesis import given
from hypothesis import strategies as st

from graph.catalogue import model
from graph.facts import Value
from ingest.tabular.dates import date_pattern, date_reader, time_reader
from ingest.tabular.declaration import Column, Label, Number
from ingest.tabular.mapping_file import code_list
from ingest.tabular.unfit import Unfit
from ingest.tabular.values import converter

LABEL = Label(en="Column", zh="列")


def absent(reason: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def convert(text: str, **settings: object) -> Value:
    column = Column.model_validate({"label": LABEL, **settings})
    found = converter(column, model(), code_list, "+08:00")
    return text if found is None else found(text)


def refusal(text: str, **settings: object) -> str:
    with pytest.raises(Unfit) as caught:
        convert(text, **settings)
    return caught.value.code


@pytest.mark.parametrize(
    ("form", "text", "iso"),
    [
        ("YYYYMMDD", "19840517", "1984-05-17"),
        ("YYYY-MM", "1984-05", "1984-05"),
        ("YYYY", "1984", "1984"),
        ("YYYY年M月D日", "1984年5月7日", "1984-05-07"),
        ("YYYY年MM月", "1984年05月", "1984-05"),
        ("D.M.YYYY", "7.5.1984", "1984-05-07"),
        ("YYYY/M/D", "2024/2/29", "2024-02-29"),
    ],
)
def test_dates_are_as_precise_as_their_form(form: str, text: str, iso: str) -> None:
    assert convert(text, date=[form]) == iso


@pytest.mark.parametrize(
    "text",
    ["19840230", "1984-05-17", "1984051", "19841301", "00000000", "１９８４０５１７", "19840500"],
)
def test_what_is_no_date_of_the_form_is_refused(text: str) -> None:
    assert refusal(text, date=["YYYYMMDD"]) == "DATE_INVALID"


@given(st.dates(min_value=date(1, 1, 1)))
def test_every_day_is_read_back(day: date) -> None:
    assert date_reader(("YYYYMMDD",))(f"{day:%Y%m%d}".zfill(8)) == day.isoformat()


@pytest.mark.parametrize("form", ["YYYY-DD", "MM-DD", "YYYYYYYY", "soon", ""])
def test_a_form_without_sense_is_refused(form: str) -> None:
    with pytest.raises(ValueError, match="no form of a date"):
        date_pattern(form)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-11-23 08:00:00", "2026-11-23T00:00:00Z"),
        ("2026-11-23T08:00:00Z", "2026-11-23T08:00:00Z"),
        ("2026-11-23T08:00:00.999+02:00", "2026-11-23T06:00:00Z"),
        ("2026-11-23", "2026-11-22T16:00:00Z"),
    ],
)
def test_times_are_stored_in_utc(text: str, utc: str) -> None:
    assert time_reader("+08:00")(text) == utc


@pytest.mark.parametrize("text", ["yesterday", "0001-01-01T00:00:00", "2026-13-01", "26:00"])
def test_what_is_no_time_is_refused(text: str) -> None:
    assert refusal(text, time=True) == "DATE_INVALID"


@given(st.datetimes(timezones=st.just(None)), st.integers(-12, 14))
def test_offsets_are_taken_off(moment: object, hours: int) -> None:
    text = str(moment)[:19]
    try:
        expected = moment - timedelta(hours=hours)  # type: ignore[operator]
    except OverflowError:
        return
    found = time_reader(f"{'-' if hours < 0 else '+'}{abs(hours):02d}:00")(text)
    assert found == expected.isoformat()[:19] + "Z"


def test_numbers_have_bounds_and_a_unit() -> None:
    assert convert("120.5", number=Number(minimum=0, times=10000)) == 1_205_000.0
    assert convert("0.1", number=Number(times=3)) == 0.3
    assert convert("7", number=Number(integer=True)) == 7
    for text in ("-1", "101", "1e3", "１", "NaN", "1,000", "", "9" * 16, "0x10"):
        wanted = Number(minimum=0, maximum=100)
        assert refusal(text, number=wanted) == "VALUE_INVALID", text
    assert refusal("1.5", number=Number(integer=True)) == "VALUE_INVALID"


def test_codes_come_from_the_model_a_list_or_a_table() -> None:
    assert convert("2", codes="Sex") == "FEMALE"
    assert convert("是", codes={"是": True, "否": False}) is True
    assert convert("22", table="gbt4761") == "22"
    for settings in ({"codes": "Sex"}, {"codes": {"是": True}}, {"table": "gbt4761"}):
        assert refusal("98", **settings) == "CODE_UNKNOWN"


def test_the_table_of_relations_is_the_standards() -> None:
    path = shared_data() / "codes" / "gbt4761-2008.json"
    if not path.exists():
        absent(f"no code tables in {shared_data()}: set CITIZENGRAPH_SHARED_DATA")
    codes = json.loads(path.read_text(encoding="utf-8"))["two"]
    table = code_list("gbt4761")
    assert {code: label.zh for code, label in table.values.items()} == codes


def test_identifiers_are_checked_and_written_in_capitals() -> None:
    assert convert("11010519491231002x", identifier="GB11643") == "11010519491231002X"
    assert convert("91350100M000100Y43", identifier="GB32100") == "91350100M000100Y43"
    assert refusal("110105194912310021", identifier="GB11643") == "NUMBER_INVALID"
    assert refusal("11010519491231002Ⅹ", identifier="GB11643") == "NUMBER_INVALID"


def test_a_pattern_fits_the_whole_text() -> None:
    assert convert("110101", pattern="[0-9]{6}") == "110101"
    assert refusal("1101011", pattern="[0-9]{6}") == "VALUE_INVALID"
    assert refusal("110101\n", pattern="[0-9]{6}") == "VALUE_INVALID"
