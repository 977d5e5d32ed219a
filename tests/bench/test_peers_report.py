"""The tables and the picture of `make bench`, and what makes answers comparable."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from bench.peers.answers import rows
from bench.peers.measure import Burst
from bench.peers.operations import Operation, read_operations
from bench.peers.plot import LEFT, PANEL, svg
from bench.peers.report import BEGIN, CANNOT, END, markdown, published, table_rows
from bench.peers.report import rows as summed

POINT, LIST = (Operation(name, name.title(), name) for name in ("point", "list"))
NAMES = ["floor", "other"]
SVG = "{http://www.w3.org/2000/svg}"


def burst(contender: str, turn: int, median: float, connections: int = 1) -> Burst:
    figures = {
        "median_ms": median,
        "p99_ms": 3 * median,
        "per_second": 1000 / median,
        "cpu_ms": 0.5,
        "database_cpu_ms": 0.25,
        "client_cpu_ms": 0.1,
        "bytes": 300,
        "statements": 1,
        "requests": 100,
        "failed": 0,
    }
    return Burst(contender, "point", connections, turn, figures)


BURSTS = [
    *(burst("floor", turn, median) for turn, median in enumerate((1.0, 2.0, 4.0))),
    *(burst("other", turn, median) for turn, median in enumerate((2.0, 6.0, 10.0))),
    burst("floor", 0, 10.0, connections=8),
    burst("other", 0, 100.0, connections=8),
]


def test_ratios_are_taken_within_a_round() -> None:
    other = next(row for row in summed(BURSTS, "floor") if row["contender"] == "other")
    assert other["median_ms"] == 6.0
    assert other["median_to_floor"] == {"median": 2.5, "least": 2.0, "most": 3.0}
    assert other["per_second_to_floor"] == {"median": 0.4, "least": 0.333, "most": 0.5}


def test_who_cannot_answer_has_a_row_of_dashes() -> None:
    found = summed(BURSTS, "floor")
    assert [row[:3] for row in table_rows(found, POINT, NAMES)] == [
        ("floor", "1", "2.00"),
        ("floor", "8", "10.00"),
        ("other", "1", "6.00"),
        ("other", "8", "100.00"),
    ]
    cells = table_rows(found, LIST, NAMES)
    assert [row[0] for row in cells] == NAMES
    assert {cell for row in cells for cell in row[1:]} == {CANNOT}


def test_the_documents_table() -> None:
    run: dict[str, Any] = {
        "people": 20_000,
        "machine": "2 cores",
        "python": "3.11",
        "load": 0.1,
        "rounds": 3,
    }
    run |= {"seconds": 2.0, "at": "2020-02-03T04:05:06"}
    table = markdown(run, summed(BURSTS, "floor"), [POINT, LIST], NAMES)
    lines = table.splitlines()
    assert lines[0].endswith("3 rounds of 2 s, 2020-02-03.")
    assert lines[4] == "| Point | 2.00 ms, 100/s | 6.00 ms, 10/s |"
    assert lines[5] == f"| List | {CANNOT} | {CANNOT} |"
    page = (Path(__file__).parents[2] / "docs" / "benchmarks.md").read_text()
    again = published(published(page, "an older one"), table)
    assert table in again
    assert "an older one" not in again
    assert again.split(BEGIN)[0] == page.split(BEGIN)[0]
    assert again.split(END)[1] == page.split(END)[1]


def test_the_pictures_dots_stand_where_their_values_are() -> None:
    picture = ElementTree.fromstring(svg(summed(BURSTS, "floor"), [POINT, LIST], NAMES))
    words = [text.text for text in picture.iter(f"{SVG}text")]
    assert {"Point", "List", "floor", "other"} <= set(words)
    dots = [dot for dot in picture.iter(f"{SVG}circle") if dot.find(f"{SVG}title") is not None]
    assert len(dots) == 4
    first, second = (float(dot.get("cx", 0)) for dot in dots[:2])
    assert LEFT < first < second < LEFT + PANEL  # from 1 to 10: 2 and 6
    assert (first - LEFT) / PANEL == pytest.approx(0.301, abs=0.001)


def test_shapes_of_one_answer_become_equal() -> None:
    ours = {"data": {"person": {"id": "1", "parents": {"edges": [
        {"register": "r", "cursor": "c", "node": {"id": "3", "share": 27.0}},
        {"register": "r", "node": {"id": "2", "share": None}}]}}}}  # fmt: skip
    library = {"data": {"people": [{"id": "1", "parents": {"edges": [
        {"properties": {"register": "r"}, "node": {"id": "2", "share": None}},
        {"properties": {"register": "r"}, "node": {"id": "3", "share": 27}}]}}]}}  # fmt: skip
    floor = [{"id": "1", "parents": [{"id": "2", "register": "r", "share": None},
                                     {"id": "3", "register": "r", "share": 27.0}]}]  # fmt: skip
    assert rows(ours) == rows(library) == rows(floor)
    changed = [{"id": "1", "parents": [{"id": "2", "register": "x", "share": None}]}]
    assert rows(changed) != rows(floor)


def test_order_counts_where_it_was_asked_for() -> None:
    up, down = [{"id": "1"}, {"id": "2"}], [{"id": "2"}, {"id": "1"}]
    assert rows(up) == rows(down)
    assert rows(up, ordered=True) != rows(down, ordered=True)


def test_an_answer_with_errors_is_none() -> None:
    with pytest.raises(ValueError, match="FIELD_DENIED"):
        rows({"data": {"person": None}, "errors": [{"message": "FIELD_DENIED"}]})


def test_every_operation_has_a_sample_a_floor_and_a_document() -> None:
    for operation in read_operations():
        for file in (f"{operation.sample}.cypher", "floor.cypher", "citizengraph.graphql"):
            assert operation.text(file), (operation.name, file)
