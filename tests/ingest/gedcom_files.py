"""Small GEDCOM files and what is read of them."""

from __future__ import annotations

from pathlib import Path

from graph.facts import EdgeFact, Fact, NodeFact
from ingest.formats.gedcom import Gedcom, open_reader
from ingest.records import Options, Reading
from ingest.source import examine

HEAD = "0 HEAD\n1 GEDC\n2 VERS 5.5.1\n1 CHAR UTF-8\n1 DATE 20 NOV 1992\n"


def gedcom(body: str, head: str = HEAD) -> str:
    """A whole file around the records."""
    return f"{head}{body.strip()}\n0 TRLR\n"


def opened(directory: Path, content: str | bytes) -> Gedcom:
    """A reader of a file with the content."""
    path = directory / "tree.ged"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return open_reader(examine(path), "genealogy", Options())


def readings(directory: Path, body: str, head: str = HEAD) -> dict[str, Reading]:
    """What each record says, by its number."""
    reader = opened(directory, gedcom(body, head))
    return {r.record: r for r in (reader.read(unit) for unit in reader.units())}


def facts(reading: Reading) -> tuple[Fact, ...]:
    """The facts of a reading with one version."""
    assert not reading.refused
    (version,) = reading.versions
    return version.facts


def fields(reading: Reading) -> dict[str, object]:
    """All fields that a person's record states of the person."""
    found: dict[str, object] = {}
    for fact in facts(reading):
        if isinstance(fact, NodeFact):
            found.update(fact.fields)
    return found


def links(reading: Reading, relationship: str) -> list[EdgeFact]:
    """The links of one relationship."""
    return [f for f in facts(reading) if isinstance(f, EdgeFact) and f.relationship == relationship]


def parents(reading: Reading) -> set[tuple[str, str, str]]:
    """(parent, kind, child) by cross-reference."""
    return {
        (f.from_key.split(":")[1], f.kind, f.to_key.split(":")[1])
        for f in links(reading, "Parenthood")
    }
