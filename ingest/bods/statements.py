"""One statement as a version of the record that it is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from graph.facts import Fact, NodeFact
from ingest.bods.index import TYPES, End, recorded_time
from ingest.bods.interests import Holding, interest_facts, past_facts
from ingest.bods.parties import Party, entity_facts, person_facts
from ingest.bods.values import Json, Notes, identifier, record, records, text
from ingest.records import Problem, Reading, Unit, Version, stated

_STATUSES = ("", "new", "updated", "closed")
_CODES = {"recordType": ("person", "entity", "relationship"), "recordStatus": _STATUSES}
_TIME = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True)
class Statement:
    """A statement that has what each must have, and the nodes that it names."""

    register: str
    content: Json
    ends: dict[str, End]
    past: list[Json]
    notes: Notes

    @property
    def number(self) -> str:
        """The number of its record."""
        return text(self.content, "recordId")

    @property
    def details(self) -> Json:
        """What it says."""
        return record(self.content.get("recordDetails"))

    def party(self) -> Party:
        """The person or entity that it is about."""
        found = identifier(self.details)
        key = ":".join(found) if found else f"{self.register}:{self.number}"
        key = self.ends.get(self.number, ["", key])[1]
        source = stated(self.register, self.number, citation=_citation(self.content))
        return Party(key, self.details, source, self.notes)


def read_statement(register: str, unit: Unit) -> Reading:
    """The reading of a statement; one without number, type or time is refused."""
    raw: dict[str, Any] = unit.raw
    content = record(raw.get("statement"))
    number = text(content, "recordId") or f"row {unit.row}"
    refused = tuple(_refused(unit, raw, content))
    if refused:
        return Reading(number, refused=refused)
    statement = Statement(register, content, raw["ends"], raw["past"], Notes(unit.row))
    facts = tuple(_FACTS[text(content, "recordType")](statement))
    notes = statement.notes
    version = Version(_recorded(content, raw["later"]), facts)
    return Reading(number, (version,), (), tuple(notes.set_aside), tuple(notes.remarks))


def _refused(unit: Unit, raw: dict[str, Any], content: Json) -> Iterator[Problem]:
    if not content:
        value = str(raw.get("line", raw.get("statement")))[:500]
        words = raw.get("broken") or "it is no JSON object"
        yield Problem(unit.row, "line", value, "ROW_BROKEN", words)
        return
    if not text(content, "recordId"):
        words = "the statement does not say which record it is about"
        yield Problem(unit.row, "recordId", "", "VALUE_MISSING", words)
    for name, known in _CODES.items():
        if text(content, name) not in known:
            words = f"it is none of {', '.join(filter(None, known))}"
            yield Problem(unit.row, name, str(content.get(name)), "CODE_UNKNOWN", words)
    said = text(content, "statementDate")
    if said and recorded_time(content) is None:
        words = "it is neither a day nor a time"
        yield Problem(unit.row, "statementDate", said, "DATE_INVALID", words)
    if not record(content.get("recordDetails")):
        yield Problem(unit.row, "recordDetails", "", "VALUE_MISSING", "the statement says nothing")
    elif content.get("recordType") == "relationship":
        yield from _refused_ends(unit, raw["ends"], record(content["recordDetails"]))


def _refused_ends(unit: Unit, ends: dict[str, End], details: Json) -> Iterator[Problem]:
    for name in ("subject", "interestedParty"):
        if not text(details, name) and not record(details.get(name)):
            words = "the relationship does not say who holds what in whom"
            yield Problem(unit.row, f"recordDetails/{name}", "", "VALUE_MISSING", words)
    subject = text(details, "subject")
    if ends.get(subject, ["LegalEntity"])[0] != "LegalEntity":
        words = "interests are held in entities, and this is a person"
        yield Problem(unit.row, "recordDetails/subject", subject, "VALUE_INVALID", words)


def _recorded(content: Json, later: int) -> str | None:
    time = recorded_time(content)
    if time is None or not later:
        return time
    return (datetime.strptime(time, _TIME) + timedelta(seconds=later)).strftime(_TIME)


def _persons(statement: Statement) -> Iterator[Fact]:
    return person_facts(statement.party())


def _entities(statement: Statement) -> Iterator[Fact]:
    return entity_facts(statement.party())


def _relationships(statement: Statement) -> Iterator[Fact]:
    held = _end(statement, "subject", TYPES["entity"])
    holder = _end(statement, "interestedParty", TYPES["person"])
    source = stated(statement.register, statement.number, citation=_citation(statement.content))
    if held is None or holder is None:
        for type_name, key in filter(None, (held, holder)):
            yield NodeFact(type_name, key, source, {})
        return
    closed = text(statement.content, "recordStatus") == "closed"
    ended = (recorded_time(statement.content) or "")[:10] or None if closed else None
    holding = Holding(holder, held, source, ended, statement.notes)
    yield from interest_facts(holding, records(statement.details.get("interests")) or [{}])
    yield from past_facts(replace(holding, notes=Notes(0)), statement.past)


def _end(statement: Statement, name: str, default: str) -> tuple[str, str] | None:
    """Type and key of an end; None, with a remark, where the statement says why it has none."""
    unspecified = record(statement.details.get(name))
    if unspecified:
        words = [text(unspecified, "reason"), text(unspecified, "description")]
        statement.notes.remark("OWNER_UNSPECIFIED", ": ".join(filter(None, words)))
        return None
    number = text(statement.details, name)
    known = statement.ends.get(number)
    if known is None:
        statement.notes.remark("REFERENCE_UNKNOWN", f"{name} {number} is not in the file.")
        return default, f"{statement.register}:{number}"
    return known[0], known[1]


def _citation(content: Json) -> str | None:
    """The address of the source, else who asserted it, else its description."""
    source = record(content.get("source"))
    names = "; ".join(filter(None, (text(a, "name") for a in records(source.get("assertedBy")))))
    return text(source, "url") or names or text(source, "description") or None


_FACTS = {"person": _persons, "entity": _entities, "relationship": _relationships}
