"""Names of divisions through the revisions of GB/T 2260, and what a code became."""

from __future__ import annotations

import pytest

from ingest import division_names as names
from ingest.divisions import periods_of, revisions


def test_every_revision_is_told_as_it_was_published() -> None:
    published = dict(revisions())
    assert len(published) == 82
    for month in ("198012", "199712", "201010", "201904"):
        for code, name in published[month].items():
            assert names.name_on(code, month) == name
    gone = set(published["198012"]) - set(published["201904"])
    assert len(gone) > 500
    assert [code for code in gone if names.name_on(code, "201904") is not None] == []


def test_names_and_periods_agree() -> None:
    for code in ("110103", "110101", "510200", "130185"):
        held, periods = names.names_of(code), periods_of(code)
        assert (held[0].begins, held[-1].ends) == (periods[0][0], periods[-1][1])


@pytest.mark.parametrize(
    ("code", "became"),
    [
        ("510200", ["500000"]),  # Chongqing became a municipality in 1997
        ("110103", []),  # Chongwen was merged into another of another name
        ("110101", []),  # in force
        ("999999", []),
    ],
)
def test_what_a_code_became(code: str, became: list[str]) -> None:
    assert names.became(code) == became


def test_what_a_code_was() -> None:
    assert names.was("500000") == ["510200"]
    assert names.was("110101") == []


def test_what_lies_in_what() -> None:
    assert names.parents_of("130102", "201904") == ["130100", "130000"]
    assert names.parents_of("110101", "201904") == ["110000"]
    assert "110103" in names.children_of("110000", "200001")
    assert "110103" not in names.children_of("110000", "201904")
    assert names.children_of("130000", "201904")[0] == "130100"
    levels = [names.level(code) for code in ("110000", "130100", "130102")]
    assert levels == ["PROVINCE", "PREFECTURE", "COUNTY"]
