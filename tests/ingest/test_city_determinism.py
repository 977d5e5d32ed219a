"""A seed gives the same bytes, whatever Python's hash seed; another seed gives others."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from ingest.city.generate import generate
from ingest.city.writing import write_city
from ingest.lines import to_line

ROOT = Path(__file__).parents[2]
PROGRAM = """
import hashlib
from ingest.city.generate import generate
from ingest.lines import to_line
print(hashlib.sha256(b"".join(map(to_line, generate(300, 5)))).hexdigest())
"""


def _digest(seed: int) -> str:
    return hashlib.sha256(b"".join(map(to_line, generate(300, seed)))).hexdigest()


def test_same_seed_same_facts_in_another_process() -> None:
    for hash_seed in ("0", "12345"):
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == _digest(5)


def test_iterating_twice_gives_the_same() -> None:
    city = generate(100, 5)
    assert list(city) == list(city)


def test_another_seed_gives_another_city() -> None:
    assert _digest(5) != _digest(6)


def test_file_holds_the_facts_in_their_order(tmp_path: Path) -> None:
    city, path = generate(300, 5), tmp_path / "city.jsonl"
    counted: list[int] = []
    written = write_city(path, 300, 5, counted.append)
    assert path.read_bytes() == b"".join(map(to_line, city))
    assert written.facts == path.read_bytes().count(b"\n")
    assert (counted, written.counts, written.story) == ([300], city.counts(), city.story)
    assert [entry.name for entry in tmp_path.iterdir()] == ["city.jsonl"]
