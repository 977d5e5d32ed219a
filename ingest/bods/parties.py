"""Persons and entities of statements as facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph.facts import NodeFact, Source, Value
from ingest.bods.values import (
    Json,
    Notes,
    address,
    address_words,
    identifier,
    record,
    records,
    text,
)

_KINDS = {
    "registeredEntity": "REGISTERED",
    "legalEntity": "UNREGISTERED",
    "arrangement": "ARRANGEMENT",
    "state": "STATE",
    "stateBody": "STATE_BODY",
    "anonymousEntity": "ANONYMOUS",
    "unknownEntity": "UNKNOWN",
}
_SUBTYPES = {"trust": "TRUST", "nomination": "NOMINATION", "governmentDepartment": "GOVERNMENT"}
_PERSONS = ("knownPerson", "anonymousPerson", "unknownPerson")
_DETAILS = "recordDetails"


@dataclass(frozen=True)
class Party:
    """A person or entity: node key, details, and where what is left out is noted."""

    key: str
    details: Json
    source: Source
    notes: Notes


def person_facts(party: Party) -> Iterator[NodeFact]:
    """One fact of what is known of the person; without fields for one who is not named."""
    kind = text(party.details, "personType")
    if kind not in _PERSONS:
        words = f"the type of person is none of {', '.join(_PERSONS)}"
        party.notes.leave_out(f"{_DETAILS}/personType", kind, "CODE_UNKNOWN", words)
    if kind in ("anonymousPerson", "unknownPerson"):
        _remark_unnamed(party, "unspecifiedPersonDetails", kind)
    known = dict(_person(party))
    yield NodeFact("Person", party.key, party.source, {n: v for n, v in known.items() if v})


def _person(party: Party) -> Iterator[tuple[str, Value]]:
    details, notes = party.details, party.notes
    number = identifier(details)
    if number:
        yield "numberScheme", number[0]
        yield "citizenNumber", number[1]
    yield from _names(details)
    yield "birthDate", notes.date(details, "birthDate", _DETAILS) or ""
    yield "birthPlace", address_words(record(details.get("placeOfBirth")))
    died = notes.date(details, "deathDate", _DETAILS)
    if died:
        yield "deathDate", died
        yield "deceased", True
    nations = [text(n, "name") or text(n, "code") for n in records(details.get("nationalities"))]
    yield "nationality", "; ".join(filter(None, nations))


def _names(details: Json) -> Iterator[tuple[str, Value]]:
    names = [(text(n, "type"), text(n, "fullName")) for n in records(details.get("names"))]
    stated = [name for kind, name in names if name and kind != "former"]
    legal = [name for kind, name in names if name and kind == "legal"]
    yield "name", (legal or stated or [""])[0]
    yield "formerName", next((name for kind, name in names if kind == "former"), "")


def entity_facts(party: Party) -> Iterator[NodeFact]:
    """One fact of what is known of the entity."""
    known = dict(_entity(party))
    yield NodeFact("LegalEntity", party.key, party.source, {n: v for n, v in known.items() if v})


def _entity(party: Party) -> Iterator[tuple[str, Value]]:
    details, notes = party.details, party.notes
    yield from _number(details)
    yield "name", text(details, "name")
    yield "kind", _kind(party)
    yield "establishedDate", notes.date(details, "foundingDate", _DETAILS) or ""
    ended = notes.date(details, "dissolutionDate", _DETAILS)
    if ended:
        yield "dissolvedDate", ended
        yield "status", "DISSOLVED"
    yield "address", address(details, "registered")
    where = record(details.get("jurisdiction"))
    yield "jurisdiction", text(where, "code") or text(where, "name")


def _number(details: Json) -> Iterator[tuple[str, Value]]:
    number = identifier(details)
    if number and number[0] == "GB32100":
        yield "creditCode", number[1]
    elif number:
        yield "registrationScheme", number[0]
        yield "registrationNumber", number[1]
    else:
        for named in records(details.get("identifiers"))[:1]:
            yield "registrationScheme", text(named, "schemeName")
            yield "registrationNumber", text(named, "id")


def _kind(party: Party) -> str:
    declared = record(party.details.get("entityType"))
    kind, subtype = text(declared, "type"), text(declared, "subtype")
    if kind in ("anonymousEntity", "unknownEntity"):
        _remark_unnamed(party, "unspecifiedEntityDetails", kind)
    if kind not in _KINDS:
        words = f"the type of entity is none of {', '.join(_KINDS)}"
        party.notes.leave_out(f"{_DETAILS}/entityType/type", kind, "CODE_UNKNOWN", words)
    return _SUBTYPES.get(subtype, _KINDS.get(kind, ""))


def _remark_unnamed(party: Party, where: str, kind: str) -> None:
    said = record(party.details.get(where))
    words = [kind, text(said, "reason"), text(said, "description")]
    party.notes.remark("OWNER_ANONYMOUS", ": ".join(w for w in words if w))
