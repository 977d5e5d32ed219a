"""Which node each record of a file is, and which statements of one record share a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ingest.bods.history import Interest, Said, past_interests, said
from ingest.bods.stream import Element, elements
from ingest.bods.values import Json, identifier, moment, record, text
from ingest.source import SourceFile, invalid

TYPES = {"person": "Person", "entity": "LegalEntity"}
_HINT = "Give statements of BODS 0.4; convert older ones with the publisher's tools."
End = list[str]


@dataclass
class Index:
    """Type and key by record number; memory grows with the number of records alone."""

    total: int = 0
    ends: dict[str, End] = field(default_factory=lambda: dict[str, End]())
    identified: dict[str, str] = field(default_factory=lambda: dict[str, str]())
    histories: dict[str, list[Said]] = field(default_factory=lambda: dict[str, list[Said]]())

    def add(self, register: str, statement: Json) -> None:
        """Take note of a person or entity; its latest statement with an identifier counts."""
        number, type_name = text(statement, "recordId"), TYPES.get(text(statement, "recordType"))
        if not number or type_name is None:
            return
        found = identifier(record(statement.get("recordDetails")))
        self.ends.setdefault(number, [type_name, f"{register}:{number}"])
        time = recorded_time(statement) or ""
        if found and time >= self.identified.get(number, ""):
            self.identified[number] = time
            self.ends[number] = [type_name, ":".join(found)]

    def known(self, statement: Json) -> dict[str, End]:
        """The ends that reading a statement needs, by record number."""
        details = record(statement.get("recordDetails"))
        parts = [text(statement, "recordId")]
        parts += [text(details, name) for name in ("subject", "interestedParty")]
        return {part: self.ends[part] for part in parts if part in self.ends}

    def past(self, statement: Json) -> list[Interest]:
        """Interests of a relationship that had ended by the time of the statement."""
        history = self.histories.get(text(statement, "recordId"), [])
        return past_interests(history, recorded_time(statement) or "") if history else []

    def add_history(self, statement: Json) -> None:
        """Take note of a statement of a relationship that has several."""
        number, time = text(statement, "recordId"), recorded_time(statement)
        if number in self.histories and time:
            self.histories[number].append(said(time, statement))


def index_of(source: SourceFile, register: str) -> Index:
    """The index of a whole file. Raises SOURCE_INVALID for what is not BODS 0.4, or is broken."""
    index, related = Index(), set[str]()
    for element in elements(source):
        index.total += 1
        if index.total == 1:
            _check_first(source, element)
        statement = record(element.content)
        index.add(register, statement)
        number = text(statement, "recordId")
        if text(statement, "recordType") == "relationship" and number in related:
            index.histories[number] = []
        related.add(number)
    if not index.total:
        raise invalid(f"{source.path} holds no statement.", _HINT)
    for element in elements(source) if index.histories else ():
        index.add_history(record(element.content))
    return index


def numbered(source: SourceFile) -> Iterator[tuple[int, Element, int]]:
    """Number, element, and how many earlier statements of its record say other at its time."""
    stated: dict[tuple[str, str], list[int]] = {}
    for number, element in enumerate(elements(source), 1):
        statement = record(element.content)
        time = recorded_time(statement)
        later = 0
        if time and text(statement, "recordId"):
            same = stated.setdefault((text(statement, "recordId"), time), [])
            content = _content(statement)
            if content not in same:
                same.append(content)
            later = same.index(content)
        yield number, element, later


def recorded_time(statement: Json) -> str | None:
    """When the statement was made, else published, as UTC; None where neither is told."""
    published = text(record(statement.get("publicationDetails")), "publicationDate")
    time = text(statement, "statementDate") or published
    return moment(time) if time else None


def _content(statement: Json) -> int:
    details: Any = statement.get("recordDetails")
    return hash((text(statement, "recordStatus"), repr(details)))


def _check_first(source: SourceFile, element: Element) -> None:
    statement = record(element.content)
    if "statementType" in statement:
        words = f"{source.path} holds statements of BODS 0.3 or older."
        raise invalid(words, _HINT)
    if "recordType" not in statement and "statementId" not in statement:
        where = element.broken or "it has neither statementId nor recordType"
        raise invalid(f"{source.path}, row {element.row}: no statement of BODS: {where}.", _HINT)
