"""Facts as JSON Lines: one fact a line, read and written without holding them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, cast

import orjson

from graph.facts import EdgeFact, Fact, NodeFact, Source
from runtime.errors import CitizengraphError

NOT_A_FACT = (ValueError, KeyError, TypeError, AttributeError)
"""What `from_line` raises."""


def to_line(fact: Fact) -> bytes:
    """One fact as a JSON object and a line end; what is empty is left out."""
    content: dict[str, Any]
    if isinstance(fact, NodeFact):
        content = {"node": fact.type, "key": fact.key}
    else:
        content = {
            "relationship": fact.relationship,
            "kind": fact.kind,
            "from": (fact.from_type, fact.from_key),
            "to": (fact.to_type, fact.to_key),
        }
    content["source"] = _written(fact.source)
    content["fields"] = dict(fact.fields)
    return orjson.dumps(content, option=orjson.OPT_APPEND_NEWLINE)


def _written(source: Source) -> dict[str, Any]:
    said: dict[str, Any] = {
        "register": source.register,
        "record": source.record,
        "recordedFrom": source.recorded_from,
    }
    if source.valid_from:
        said["validFrom"] = source.valid_from
    if source.valid_to:
        said["validTo"] = source.valid_to
    if source.recorded_to:
        said["recordedTo"] = source.recorded_to
    if source.disputed:
        said["disputed"] = True
    if source.citation:
        said["citation"] = source.citation
    return said


def from_line(line: bytes) -> Fact:
    """The fact of a line. Raises one of NOT_A_FACT where it is none."""
    content = orjson.loads(line)
    fields = cast("dict[str, Any]", content["fields"])
    if any(type(value) in (list, dict) for value in fields.values()):
        raise TypeError("a field holds more than one value")
    source = _source(content["source"])
    if "node" in content:
        name, key = content["node"], content["key"]
        _require_texts((name, key))
        return NodeFact(name, key, source, fields)
    subject = (content["relationship"], content["kind"], *content["from"], *content["to"])
    _require_texts(subject)
    return EdgeFact(*subject, source=source, fields=fields)


def _source(said: Any) -> Source:
    source = Source(
        said["register"],
        said["record"],
        said["recordedFrom"],
        said.get("validFrom"),
        said.get("validTo"),
        said.get("recordedTo"),
        said.get("disputed", False),
        said.get("citation"),
    )
    _require_texts((source.register, source.record, source.recorded_from))
    ends = (source.valid_from, source.valid_to, source.recorded_to, source.citation)
    _require_texts(text for text in ends if text is not None)
    if type(source.disputed) is not bool:
        raise TypeError("disputed is neither true nor false")
    return source


def _require_texts(values: Iterable[object]) -> None:
    for value in values:
        if type(value) is not str:
            raise TypeError(f"{value!r} is not a text")


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
        except NOT_A_FACT as error:
            words = f"{self.path}, line {number}: not a fact ({type(error).__name__}: {error})."
            hint = "Write the file with `citizengraph generate`, one fact a line."
            raise CitizengraphError("SOURCE_INVALID", words, hint) from error
