"""Statements of the desks: whom an operation is about, and whether it may still take effect.

A guard locks the node that it is about, so that of two who act at the same time the second sees
what the first did.
"""

from __future__ import annotations

from graph.catalogue import Catalogue
from graph.conditions import Condition, all_of
from graph.cypher.attributes import caller_sets, certainly, counts, withdrawn
from graph.cypher.predicates import condition
from graph.cypher.statement import Caller, Clock, Statement, parameters_of
from graph.cypher.writer import Writer
from graph.decision import Decision

CONSENT = (
    "consent{.reference, .consumer, .purpose, .givenOn, withdrawnOn: head(COLLECT {"
    " MATCH (consent)<-[:ABOUT]-(said:Statement)"
    " WHERE said.recordedTo IS NULL AND said.withdrawnOn IS NOT NULL"
    " RETURN said.withdrawnOn ORDER BY said.withdrawnOn })} AS consent"
)
"""A consent as the desk shows it; of several withdrawals the first."""


def row_by_identifier(
    type_name: str,
    identifier: str,
    when: Condition,
    decision: Decision,
    catalogue: Catalogue,
    who: Caller,
    clock: Clock,
) -> Statement:
    """Rows id, key, district: of what the caller may know and of which the condition holds.

    What has no district has none here.
    """
    writer = Writer(catalogue, decision)
    test = _visible(writer, when, type_name)
    field = catalogue.nodes[type_name].identifier
    text = (
        f"{caller_sets(writer)}MATCH (n:{type_name} {{{field}: {writer.bind(identifier)}}})\n"
        f"WHERE {test}\nRETURN n.id AS id, n.key AS key, n.district AS district ORDER BY id"
    )
    return Statement(text, parameters_of(writer, who, clock, None), {})


def consent_by_reference(
    reference: str,
    when: Condition,
    decision: Decision,
    catalogue: Catalogue,
    who: Caller,
    clock: Clock,
) -> Statement:
    """Rows id of the giver, key, consent: where the condition holds of who gave it."""
    writer = Writer(catalogue, decision)
    test = _visible(writer, when)
    text = (
        f"{caller_sets(writer)}MATCH (n:Person)-[giving:GAVE_CONSENT]->"
        f"(consent:Consent {{reference: {writer.bind(reference)}}})\n"
        f"WHERE {certainly('giving')} AND {test}\n"
        f"RETURN n.id AS id, consent.key AS key, {CONSENT} ORDER BY id"
    )
    return Statement(text, parameters_of(writer, who, clock, None), {})


def _visible(writer: Writer, when: Condition, type_name: str = "Person") -> str:
    """The caller may know of row n, no forbid hides it, and the condition holds."""
    seen, there = writer.decision.row(type_name).condition, writer.decision.there(type_name)
    held = condition(writer, all_of(seen, there, when), type_name, {"row": "n"})
    return f"n.withdrawn IS NULL AND {held}"


_GIVEN = (
    "MATCH (n)-[giving:GAVE_CONSENT]->(consent:Consent)\n"
    "  WHERE consent.consumer = $for AND consent.purpose = $use\n"
    f"  AND {counts('consent')} AND {certainly('giving')}"
)
NOT_GIVEN = f"""MATCH (n:Person {{key: $person}})
REMOVE n.lock
WITH n WHERE NOT EXISTS {{ {_GIVEN} }}
RETURN n.id AS id"""
"""$person, $for, $use, $today: a row where the person has not consented to this."""

GIVEN = f"""MATCH (n:Person {{key: $person}})
{_GIVEN}
RETURN {CONSENT} ORDER BY consent.givenOn, consent.reference"""
"""The same parameters: the consents that count."""

NOT_WITHDRAWN = f"""MATCH (consent:Consent {{key: $consent}})
REMOVE consent.lock
WITH consent WHERE NOT {withdrawn("consent")}
RETURN consent.key AS key"""
"""$consent, $today: a row where nobody has withdrawn it by today."""

NOT_OBJECTED = """MATCH (record:CreditRecord {key: $record})
REMOVE record.lock
WITH record WHERE record.objectedOn IS NULL AND record.repairedOn IS NULL
  AND coalesce(record.shownUntil > $today, true)
RETURN record.key AS key"""
"""$record, $today: a row where it counts and nobody has objected to it."""

PERSON = "MATCH (n:Person {key: $person}) REMOVE n.lock RETURN n.id AS id"
"""$person: a row if the person is there."""

_ACCESS = (
    "access{.reference, .reason, .openedAt, .until, .worker, .openedBy, .openedAs, .justified,"
    " .reviewedAt, .reviewWords, person: head(COLLECT {"
    " MATCH (party:Person)-[:SUBJECT_OF_EMERGENCY]->(access) RETURN party.id })} AS access"
)
ACCESS = f"""MATCH (access:EmergencyAccess {{reference: $reference}})
WHERE access.withdrawn IS NULL
RETURN {_ACCESS}"""
"""$reference: the emergency access, for its review."""

ACCESSES = f"""MATCH (access:EmergencyAccess)
WHERE access.withdrawn IS NULL
  AND ($reviewed IS NULL OR (access.reviewedAt IS NOT NULL) = $reviewed)
WITH access ORDER BY access.openedAt DESC LIMIT $most
RETURN {_ACCESS}"""
"""$reviewed (yes, no, null for all), $most: the newest."""

MISSING_ACCESSES = """UNWIND $references AS reference
WITH reference WHERE NOT EXISTS { MATCH (:EmergencyAccess {reference: reference}) }
RETURN reference"""
"""$references: those of which there is no access."""

NOT_REVIEWED = """MATCH (access:EmergencyAccess {key: $access})
REMOVE access.lock
WITH access WHERE access.reviewedAt IS NULL
RETURN access.key AS key"""
"""$access: a row where it has not been reviewed."""
