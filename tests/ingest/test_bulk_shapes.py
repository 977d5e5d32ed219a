"""Lines read shape by shape and lines read one by one: the same facts, the same rejects."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import orjson
import polars as pl
import pytest

from ingest.bulk import reading
from ingest.bulk.reading import PieceRead, pieces, read_piece
from ingest.lines import to_line
from tests.ingest.bulk_facts import bad, good

ODD: tuple[Any, ...] = (
    *(None, True, 0, 1, -1.5, 2**63, -(2**63), 2**62, 1e300, "", " ", [], ["x"], {}, {"a": 1}),
    *("MALE", "1984", "1984-13", "1984-02-30", "0000-01-01", "0999-05", "1984-5-1", "１９８４"),
    *("1984-05-17", "9999-12-31", "2020-01-02T00:00:00Z", "2020-01-02T00:00:00Z\n", "\ud800"),
    *("1984-05-17\n", "+1984-05-1", "Person", "Case", "BIRTH", "population", "nobody", 10**400),
)
NAMES = ("name", "sex", "birthDate", "addressProtected", "citation", "validTo", "sharePercent")


def _mutated(random: Random, line: bytes) -> bytes:
    """The line with one value, name or byte otherwise."""
    content = json.loads(line)
    part = random.choice([content, content["source"], content["fields"]])
    way = random.random()
    if way < 0.1:
        place = random.randrange(len(line))
        return (
            line[:place].replace(b"\n", b"")
            + random.choice((b"", b'"', b"}", b"0"))
            + (line[place + 1 :].replace(b"\n", b"") + b"\n")
        )
    if way < 0.25 and part:
        del part[random.choice(list(part))]
    elif way < 0.4:
        part[random.choice(NAMES)] = random.choice(ODD)
    elif part:
        name = random.choice(list(part))
        if isinstance(part[name], list) and random.random() < 0.7:
            part[name][random.randrange(2)] = random.choice(ODD)
        else:
            part[name] = random.choice(ODD)
    return json.dumps(content).encode() + b"\n"


def _read(path: Path, spool: Path) -> tuple[PieceRead, dict[str, list[Any]]]:
    """What was read, and the facts of each group in their order."""
    (piece,) = pieces(path, 0)
    read = read_piece(piece, spool, 1)
    facts = {file.parent.name: pl.read_ipc(file).rows() for file in spool.glob("*/*.ipc")}
    return read, facts


def test_shapes_accept_what_the_code_of_load_accepts_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    random, path = Random(7), tmp_path / "facts.jsonl"
    lines = [to_line(fact) for fact in good()]
    with path.open("wb") as file:
        file.writelines(line for line, _, _ in bad())
        for line in lines:
            file.writelines((line, *(_mutated(random, line) for _ in range(5))))
    fast = _read(path, tmp_path / "fast")
    monkeypatch.setattr(reading, "accept", lambda *_: None)
    slow = _read(path, tmp_path / "slow")
    assert fast[0] == slow[0]
    assert {reject.code for reject in fast[0].rejects} > {"CODE_UNKNOWN", "VALUE_INVALID"}
    assert fast[1].keys() == slow[1].keys()
    for group, facts in fast[1].items():
        assert facts == slow[1][group], group


def test_good_lines_are_all_read_by_their_shape(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "facts.jsonl"
    path.write_bytes(b"".join(map(to_line, good())))

    def one_by_one(line: bytes) -> None:
        raise AssertionError(orjson.loads(line))

    monkeypatch.setattr(reading, "from_line", one_by_one)
    read, _ = _read(path, tmp_path / "fast")
    assert not read.rejects
    assert sum(read.facts.values()) == read.lines
