"""Cypher of the ingest ledger: runs, leases, the log of every record, and events to be sent.

The ledger's nodes stand beside the model's; nothing that a consumer asks can reach them.
Statements of many rows name their index: a plan made while there were few nodes would look at
every one of them, and stays in use for a while after they have become many.
"""

from __future__ import annotations

RUN, RECORD, LEASE, OUTBOX = "IngestRun", "IngestRecord", "IngestLease", "IngestOutbox"
QUARANTINE, FINDING, JOIN = "IngestQuarantine", "IngestFinding", "IngestJoin"
LABELS = (RUN, RECORD, LEASE, OUTBOX, QUARANTINE, FINDING, JOIN)

SCHEMA = {
    "ingest_run_number_unique": f"FOR (n:{RUN}) REQUIRE n.number IS UNIQUE",
    "ingest_record_key_unique": f"FOR (n:{RECORD}) REQUIRE n.key IS UNIQUE",
    "ingest_lease_register_unique": f"FOR (n:{LEASE}) REQUIRE n.register IS UNIQUE",
    "ingest_quarantine_id_unique": f"FOR (n:{QUARANTINE}) REQUIRE n.id IS UNIQUE",
    "ingest_finding_key_unique": f"FOR (n:{FINDING}) REQUIRE n.key IS UNIQUE",
    "ingest_join_subject_unique": f"FOR (n:{JOIN}) REQUIRE n.subject IS UNIQUE",
}
INDEXES = {
    "ingest_record_own": f"FOR (n:{RECORD}) ON (n.own)",
    "ingest_record_run": f"FOR (n:{RECORD}) ON (n.run, n.key)",
    "ingest_outbox_run": f"FOR (n:{OUTBOX}) ON (n.run)",
    "ingest_quarantine_run": f"FOR (n:{QUARANTINE}) ON (n.run)",
    "ingest_quarantine_content": f"FOR (n:{QUARANTINE}) ON (n.content)",
    "ingest_finding_kind": f"FOR (n:{FINDING}) ON (n.kind)",
    "ingest_finding_subject": f"FOR (n:{FINDING}) ON (n.subject)",
    "ingest_finding_other": f"FOR (n:{FINDING}) ON (n.other)",
}
PROPERTIES = (
    *("number", "format", "register", "mapping", "file", "sha256", "who", "kind", "of", "snapshot"),
    *("startedAt", "deliveredAt", "finishedAt", "state", "phase", "cursor", "problem", "total"),
    *("read", "created", "changed", "unchanged", "quarantined", "valuesSetAside", "withdrawn"),
    *("record", "own", "subjects", "log", "run", "holder", "until", "first", "last", "events"),
    *("id", "row", "field", "value", "code", "reason", "more", "whole", "raw", "fixes", "note"),
    *("decidedBy", "decidedAt", "replayRun", "key", "severity", "subject", "words", "since"),
    *("facts", "derived", "next", "codes", "content", "failedIn", "other", "at", "runs", "label"),
    "to",
)


def schema_statements() -> list[tuple[str, str]]:
    """Name and statement of every constraint and index of the ledger."""
    unique = [
        (name, f"CREATE CONSTRAINT {name} IF NOT EXISTS {what}") for name, what in SCHEMA.items()
    ]
    return unique + [
        (name, f"CREATE INDEX {name} IF NOT EXISTS {what}") for name, what in INDEXES.items()
    ]


BEGIN_RUN = f"""MERGE (c:{RUN} {{number: 0}})
  ON CREATE SET c.graph = replace(randomUUID(), '-', '')
SET c.next = coalesce(c.next, 0) + 1
WITH c.next AS number
CREATE (r:{RUN}) SET r = $run, r.number = number
RETURN number"""

FIND_RUN = f"""MATCH (r:{RUN} {{register: $register, sha256: $sha256, format: $format}})
WHERE r.mapping = $mapping AND r.kind = $kind
RETURN properties(r) AS run ORDER BY r.number DESC"""

RUN_BY_NUMBER = (
    f"MATCH (r:{RUN} {{number: $number}}) WHERE r.number > 0 RETURN properties(r) AS run"
)

LIST_RUNS = f"""MATCH (r:{RUN}) WHERE r.number > 0
  AND ($register IS NULL OR r.register = $register)
  AND ($before IS NULL OR r.number < $before)
RETURN properties(r) AS run ORDER BY r.number DESC LIMIT $limit"""

RUNS_OF = f"""MATCH (r:{RUN} {{register: $register}}) WHERE r.number > 0
RETURN r.number AS number, r.state AS state, r.deliveredAt AS delivered, r.snapshot AS snapshot,
  r.kind AS kind, r.of AS of"""

SET_RUN = f"MATCH (r:{RUN} {{number: $number}}) SET r += $values RETURN properties(r) AS run"

LEASES = f"MATCH (l:{LEASE} {{register: $register}}) RETURN properties(l) AS lease"

TAKE_LEASE = f"""MERGE (l:{LEASE} {{register: $register}})
SET l.lock = true
WITH l WHERE l.holder IS NULL OR l.holder = $holder OR l.until < $now OR l.holder = $dead
SET l.holder = $holder, l.run = $run, l.until = $until
REMOVE l.lock
RETURN l.run AS run"""

FREE_LEASE = f"MATCH (l:{LEASE} {{register: $register, holder: $holder}}) DELETE l"

GUARD = f"""MATCH (l:{LEASE} {{register: $register}})
SET l.lock = true
REMOVE l.lock
WITH l WHERE l.holder = $holder
  AND ($also = '' OR EXISTS {{ MATCH (:{LEASE} {{register: $also, holder: $holder}}) }})
MATCH (r:{RUN} {{number: $number, state: 'running', phase: $phase, cursor: $from}})
SET r.cursor = $to, r += $counts, l.until = $until
RETURN r.number AS number"""

STATES = f"""UNWIND $keys AS key
MATCH (r:{RECORD} {{key: key}}) USING INDEX r:{RECORD}(key)
RETURN {{key: key, log: r.log, subjects: r.subjects, own: r.own}} AS row"""

OWNERS_OF = f"""UNWIND $own AS own
MATCH (r:{RECORD} {{own: own}}) USING INDEX r:{RECORD}(own) WHERE r.register = $register
RETURN {{own: own, record: r.record}} AS row"""

SAVE_RECORDS = f"""UNWIND $rows AS row
MERGE (r:{RECORD} {{key: row.key}})
SET r = row"""

RECORDS_AFTER = f"""MATCH (r:{RECORD}) WHERE r.key > $after AND r.key < $beyond
WITH r ORDER BY r.key LIMIT $limit
RETURN {{key: r.key, record: r.record, log: r.log, subjects: r.subjects}} AS row"""

RECORDS_OF_RUN = f"""MATCH (r:{RECORD}) WHERE r.key > $after AND r.key < $beyond
  AND any(entry IN r.log WHERE entry CONTAINS $said)
WITH r ORDER BY r.key LIMIT $limit
RETURN {{key: r.key, record: r.record, log: r.log, subjects: r.subjects}} AS row"""

TOUCHED_AFTER = f"""MATCH (r:{RECORD}) WHERE r.run = $run AND r.key > $after
  AND r.key < $beyond
  AND ($about IS NULL OR any(s IN r.subjects WHERE any(name IN $about WHERE s STARTS WITH name)))
WITH r ORDER BY r.run, r.key LIMIT $limit
RETURN {{key: r.key, subjects: r.subjects}} AS row"""

NOTE_EVENTS = f"CREATE (o:{OUTBOX}) SET o = $outbox"

WAITING_EVENTS = f"""MATCH (o:{OUTBOX})
WITH o ORDER BY o.run, o.first LIMIT $limit
MATCH (c:{RUN} {{number: 0}})
RETURN elementId(o) AS id, c.graph AS graph, o.run AS run, o.register AS register, o.since AS since,
  o.first AS first, o.events AS events ORDER BY run, first"""

FORGET_EVENTS = f"MATCH (o:{OUTBOX}) WHERE elementId(o) = $id DELETE o"

COUNT_EVENTS = f"MATCH (o:{OUTBOX}) RETURN sum(o.last - o.first + 1) AS count"

KEEP_REMARKS = f"""UNWIND $rows AS row
MERGE (f:{FINDING} {{key: row.key}})
  ON CREATE SET f.since = $now
SET f += row"""

DROP_REMARKS = f"""UNWIND $prefixes AS prefix
MATCH (f:{FINDING}) USING INDEX f:{FINDING}(key) WHERE f.key STARTS WITH prefix
DELETE f"""


def ids_of(label: str) -> str:
    """$keys: the opaque ids of nodes."""
    return f"""UNWIND $keys AS key
MATCH (n:{label} {{key: key}}) USING INDEX n:{label}(key)
RETURN {{key: key, id: n.id}} AS row"""
