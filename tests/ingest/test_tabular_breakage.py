"""A register of which one row in a hundred is broken: each is caught, with its code; no other."""

import json
from collections import Counter
from pathlib import Path

import pytest

from bench.breakage import WAYS
from bench.ingest_million import write
from graph.catalogue import model
from graph.facts import EdgeFact
from ingest.formats.tabular import open_reader
from ingest.records import Options
from ingest.rules import RecordRules
from ingest.source import examine

ROWS = 20_000


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[int, str]]:
    path = tmp_path_factory.mktemp("register") / "household.csv"
    return path, write(path, ROWS).expected


def test_every_broken_row_is_refused_with_its_code_and_every_other_read(
    register: tuple[Path, dict[int, str]],
) -> None:
    path, expected = register
    reader = open_reader(examine(path), "household", Options())
    rules = RecordRules(model(), "household", "2026-11-23")
    refused: dict[int, list[str]] = {}
    read = parents = 0
    for unit in reader.units():
        reading = rules.apply(unit, reader.read(unit))
        if reading.refused:
            refused[unit.row] = [problem.code for problem in reading.refused]
            continue
        read += 1
        facts = reading.versions[0].facts
        parents += sum(isinstance(f, EdgeFact) and f.relationship == "Parenthood" for f in facts)
    assert refused == {row: [code] for row, code in expected.items()}
    assert read == reader.total - len(expected) == ROWS - ROWS // 100
    assert parents > ROWS // 2


def test_each_way_of_breaking_is_there_equally_often(
    register: tuple[Path, dict[int, str]],
) -> None:
    path, expected = register
    times = ROWS // 100 // len(WAYS)
    wanted = Counter({code: 0 for code, _ in WAYS})
    for code, _ in WAYS:
        wanted[code] += times
    assert Counter(expected.values()) == wanted
    beside = json.loads(path.with_name("household.csv.expected.json").read_text())
    assert {int(row): code for row, code in beside.items()} == expected


def test_the_same_arguments_write_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write(tmp_path / name, 3000)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
