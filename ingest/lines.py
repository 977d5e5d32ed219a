"""Facts as JSON Lines: one fact a line, read and written without holding them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, cast

import orjson

from graph.facts import EdgeFact, Fact, NodeFact, Source
from runtime.errors import CitizengraphError

_SOURCE = (
    ("register", "register"),
    ("record", "record"),
    ("recordedFrom", "recorded_from"),
    ("validFrom", "valid_from"),
    ("validTo", "valid_to"),
    ("recordedTo", "recorded_to"),
    ("disputed", "disputed"),
    ("citation", "citation"),
)


def to_line(fact: Fact) -> bytes:
    """One fact as a JSON object and a line end; what is empty is left out."""
    source = {name: v for name, of in _SOURCE if (v := getattr(fact.source, of))}
    if isinstance(fact, NodeFact):
        content: dict[str, Any] = {"node": fact.type, "key": fact.key}
    else:
        content = {
            "relationship": fact.relationship,
            "kind": fact.kind,
            "from": [fact.from_type, fact.from_key],
            "to": [fact.to_type, fact.to_key],
        }
    return orjson.dumps({**content, "source": source, "fields": dict(fact.fields)}) + b"\n"


def from_line(line: bytes) -> Fact:
    """The fact of a line. Raises ValueError, KeyError or TypeError where it is none."""
    content = orjson.loads(line)
    source = Source(**{of: content["source"][n] for n, of in _SOURCE if n in content["source"]})
    fields = cast("dict[str, Any]", content["fields"])
    if "node" in content:
        return NodeFact(content["node"], content["key"], source, fields)
    return EdgeFact(
        content["relationship"],
        content["kind"],
        *content["from"],
        *content["to"],
        source=source,
        fields=fields,
    )


def write_facts(path: Path, facts: Iterable[Fact]) -> int:
    """Write all facts; returns how many."""
    count = 0
    with path.open("wb") as file:
        for fact in facts:
            file.write(to_line(fact))
            count += 1
    return count


class FactFile:
    """The facts of a file, iterable any number of times."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __iter__(self) -> Iterator[Fact]:
        for number, line in enumerate(self._lines(), 1):
            yield self._fact(number, line)

    def count(self) -> int:
        """Number of lines."""
        return sum(1 for _ in self._lines())

    def _lines(self) -> Iterator[bytes]:
        try:
            with self.path.open("rb") as file:
                yield from file
        except OSError as error:
            words = f"{self.path} cannot be read: {error.strerror}."
            raise CitizengraphError("SOURCE_INVALID", words, "Check the path.") from error

    def _fact(self, number: int, line: bytes) -> Fact:
        try:
            return from_line(line)
        except (ValueError, KeyError, TypeError) as error:
            words = f"{self.path}, line {number}: not a fact ({type(error).__name__}: {error})."
            hint = "Write the file with `citizengraph generate`, one fact a line."
            raise CitizengraphError("SOURCE_INVALID", words, hint) from error
