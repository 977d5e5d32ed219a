"""Statements of the desk of cases: whom and which case a step is about, and whether it may happen.

A guard locks the caller's own person first, so that of two requests with one key the second sees
what the first did, and then the case, so that of two steps in it the second sees the first.
"""

from __future__ import annotations

from collections.abc import Mapping

from graph.catalogue import Catalogue
from graph.conditions import Condition, all_of
from graph.cypher.attributes import caller_sets
from graph.cypher.predicates import condition
from graph.cypher.statement import Caller, Clock, Statement, parameters_of
from graph.cypher.writer import Writer
from graph.decision import Decision

REGISTER = "one-window"
"""Under which the desk states its facts; it changes none of another register."""


def _said(node: str) -> str:
    """The one statement of the desk that the node stands on."""
    return (
        f"head(COLLECT {{ MATCH ({node})<-[:ABOUT]-(said:Statement) WHERE said.register ="
        f" '{REGISTER}' AND said.recordedTo IS NULL AND said.validTo IS NULL"
        " RETURN properties(said) })"
    )


_FILE = f"""n{{.id, .key, .number, .service, .office, .state, .version, .deadline, .decision,
  .appealOf, .appealUntil, .closedDate, said: {_said("n")},
  charges: COLLECT {{ MATCH (n)-[charge:ASSIGNED_TO_FACT]->(worker:Caseworker)
    WHERE charge.recordedTo IS NULL AND charge.validTo IS NULL
    RETURN {{key: worker.key, worker: worker.code, said: properties(charge)}} }},
  parts: COLLECT {{ MATCH (n)<-[:PART_OF_CASE]-(part:CasePart)
    RETURN part{{.id, .key, .reference, .part, .department, .office, .state, .decision, .version,
      said: {_said("part")}}} ORDER BY part.reference }},
  evidence: COLLECT {{ MATCH (n)<-[:EVIDENCE_OF_CASE]-(paper:CaseEvidence)
    RETURN paper{{.id, .key, .reference, .requirement, .state, .heldBy, .heldRecord, .attachedAt,
      said: {_said("paper")}}} ORDER BY paper.reference }},
  persons: COLLECT {{ MATCH (n)<-[about:SUBJECT_OF_CASE]-(party:Person)
    RETURN {{id: party.id, key: party.key, number: party.citizenNumber, role: about.role}} }},
  entities: COLLECT {{ MATCH (n)<-[:ENTITY_OF_CASE]-(company:LegalEntity)
    RETURN {{id: company.id, key: company.key, code: company.creditCode}} }}}} AS file"""


def case_by_number(
    number: str,
    when: Condition,
    decision: Decision,
    catalogue: Catalogue,
    who: Caller,
    clock: Clock,
    people_known: bool = True,
) -> Statement:
    """Row file: the desk's case of which the condition holds.

    With `people_known` only where the caller may know of everybody whom it concerns.
    """
    writer = Writer(catalogue, decision)
    held = condition(writer, when, "Case", {"row": "n"})
    known = f"\nAND {_people_known(writer)}" if people_known else ""
    text = (
        f"MATCH (n:Case {{number: {writer.bind(number)}}})\n"
        f"WHERE n.withdrawn IS NULL AND n.version IS NOT NULL AND {held}{known}\n"
        f"RETURN {_FILE}"
    )
    return Statement(caller_sets(writer) + text, parameters_of(writer, who, clock, None), {})


def part_by_reference(
    reference: str,
    when: Condition,
    decision: Decision,
    catalogue: Catalogue,
    who: Caller,
    clock: Clock,
) -> Statement:
    """Rows part, file: the part of which the condition holds, and its case."""
    writer = Writer(catalogue, decision)
    held = condition(writer, when, "CasePart", {"row": "p"})
    text = (
        f"MATCH (p:CasePart {{reference: {writer.bind(reference)}}})-[:PART_OF_CASE]->(n:Case)\n"
        f"WHERE p.withdrawn IS NULL AND {held}\n"
        f"RETURN p.reference AS part, {_FILE}"
    )
    return Statement(caller_sets(writer) + text, parameters_of(writer, who, clock, None), {})


def _people_known(writer: Writer) -> str:
    """The caller may know of every person of case n, and no forbid hides one."""
    decision = writer.decision
    seen = all_of(decision.row("Person").condition, decision.there("Person"))
    known = condition(writer, seen, "Person", {"row": "party"})
    return f"NOT EXISTS {{ MATCH (n)<-[:SUBJECT_OF_CASE]-(party:Person) WHERE NOT ({known}) }}"


STEP = """MATCH (step:CaseStep {key: $step})-[:STEP_OF_CASE]->(file:Case)
RETURN step{.operation, .content, .caseNumber, .caseVersion, .caseState, .made,
  case: file.id} AS step"""
"""$step: the step that was taken with a key."""

_FIRST = """MATCH (me:Person {citizenNumber: $me})
REMOVE me.lock
WITH count(me) AS here WHERE here > 0 AND NOT EXISTS { MATCH (:CaseStep {key: $step}) }
"""


ON_VERSION = f"""{_FIRST}MATCH (file:Case {{key: $case}})
REMOVE file.lock
WITH file WHERE file.version = $version
RETURN file.key AS key"""
"""$me, $step, $case, $version: a row where the case is as it was seen."""

WHILE_OPEN = f"""{_FIRST}MATCH (file:Case {{key: $case}})
REMOVE file.lock
WITH file WHERE file.state = 'OPEN'
RETURN file.key AS key"""
"""$me, $step, $case: a row where the case is open."""

PART_ON_VERSION = f"""{_FIRST}MATCH (file:Case {{key: $case}})
REMOVE file.lock
WITH file WHERE file.state = 'OPEN'
MATCH (part:CasePart {{key: $part}})
REMOVE part.lock
WITH part WHERE part.version = $version
RETURN part.key AS key"""
"""$me, $step, $case, $part, $version: the same of a part of an open case."""

ALL_DECIDED = f"""{_FIRST}MATCH (file:Case {{key: $case}})
REMOVE file.lock
WITH file WHERE file.version = $version
  AND NOT EXISTS {{ MATCH (file)<-[:PART_OF_CASE]-(part:CasePart) WHERE part.state <> 'DECIDED' }}
RETURN file.key AS key"""
"""$me, $step, $case, $version: a row where each of its parts is decided besides."""

NOT_APPEALED = f"""{_FIRST}MATCH (file:Case {{key: $case}})
REMOVE file.lock
WITH file WHERE file.version = $version
  AND NOT EXISTS {{ MATCH (:Case {{appealOf: file.number}}) }}
RETURN file.key AS key"""
"""$me, $step, $case, $version: a row where nobody has appealed against its decision."""

EVIDENCE_AS_SEEN = """MATCH (file:Case {key: $case})
REMOVE file.lock
WITH file WHERE file.state = 'OPEN' AND all(seen IN $seen WHERE EXISTS {
  MATCH (paper:CaseEvidence {key: seen[0]})
  WHERE paper.attachedAt = seen[1] AND paper.state = seen[2] })
RETURN file.key AS key"""
"""$case, $seen of [key, attachedAt, state]: a row where the open case has that evidence still."""

ASKED_AS_SEEN = _FIRST + EVIDENCE_AS_SEEN
"""$me, $step besides: the same for a step."""

_OPEN_CASE: Mapping[str, str] = {
    "Person": "(n)-[about:SUBJECT_OF_CASE]->(file:Case {service: $service, state: 'OPEN'})"
    " WHERE about.role = $role",
    "LegalEntity": "(n)-[:ENTITY_OF_CASE]->(file:Case {service: $service, state: 'OPEN'})",
}


def none_open(label: str) -> str:
    """$me, $step, $subject, $service, $role: a row where no case of the service is open on it."""
    return f"""{_FIRST}MATCH (n:{label} {{key: $subject}})
REMOVE n.lock
WITH n WHERE NOT EXISTS {{ MATCH {_OPEN_CASE[label]} }}
RETURN n.key AS key"""


OPEN_ON: Mapping[str, str] = {
    label: f"""MATCH (n:{label} {{key: $subject}})
MATCH {pattern}
RETURN file.number AS number ORDER BY number"""
    for label, pattern in _OPEN_CASE.items()
}
"""$subject, $service, $role: the case of the service that is open on it."""

CASEWORKER = "MATCH (worker:Caseworker {code: $worker}) RETURN worker.key AS key"
"""$worker: a row if there is such a caseworker."""

HAND_IN_FIRST = """MATCH (first:Case {number: $first})<-[:STEP_OF_CASE]-(step:CaseStep)
WHERE step.operation IN $deciding
  AND (step.worker = $worker OR step.actor = $me OR step.account = $account)
RETURN step.reference AS step LIMIT 1"""
"""$first, $deciding, $worker, $me, $account: a row where the caller decided in that case."""
