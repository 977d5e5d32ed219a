"""Facts survive the file; a bad line is named."""

from pathlib import Path

import pytest

from graph.facts import EdgeFact, NodeFact, Source
from ingest.lines import FactFile, write_facts
from runtime.errors import CitizengraphError

SOURCE = Source("population", "P1", "2020-01-01T00:00:00Z", "1984-05", disputed=True)
FACTS = [
    NodeFact("Person", "k", SOURCE, {"name": "李“小”娜\n'; MATCH (n) DETACH DELETE n //"}),
    EdgeFact("Marriage", "", "Person", "a", "Person", "b", SOURCE, {"place": "北京"}),
]


def test_round_trip(tmp_path: Path) -> None:
    path = tmp_path / "facts.jsonl"
    assert write_facts(path, FACTS) == 2
    file = FactFile(path)
    assert list(file) == FACTS == list(file)
    assert file.count() == 2


@pytest.mark.parametrize("line", ["{", "[]", '{"node": "Person"}', "null", "\x00"])
def test_bad_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "facts.jsonl"
    write_facts(path, FACTS)
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    with pytest.raises(CitizengraphError, match="line 3") as caught:
        list(FactFile(path))
    assert caught.value.code == "SOURCE_INVALID"


def test_missing_file_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(CitizengraphError, match="No such file"):
        FactFile(tmp_path / "none.jsonl").count()
