"""Cypher of the quarantine: records and values that were not loaded, and what became of them.

Pure text builders. A filter that is null lets everything through.
"""

from __future__ import annotations

from graph.ledger import QUARANTINE, RUN

FILTERS = ("run", "register", "code", "state", "record")
_WHERE = """($run IS NULL OR q.run = $run)
  AND ($register IS NULL OR q.register = $register)
  AND ($code IS NULL OR $code IN q.codes)
  AND ($state IS NULL OR q.state = $state)
  AND ($record IS NULL OR q.record = $record)"""


def record() -> str:
    """$rows of {id, once, said}: new ones are open; one that is there has failed again.

    An open entry of an earlier run with the same content is marked as repeated by the new one.
    """
    return f"""UNWIND $rows AS row
MERGE (q:{QUARANTINE} {{id: row.id}})
  ON CREATE SET q += row.once, q.state = 'open', q.fixes = '[]'
SET q += row.said
WITH q
MATCH (old:{QUARANTINE} {{content: q.content}}) USING INDEX old:{QUARANTINE}(content)
WHERE old.state = 'open' AND old.run < q.run AND old.register = q.register
SET old.state = 'repeated', old.note = q.id"""


def listed() -> str:
    """FILTERS, $after of [run, number, id] or null, $limit: the next entries in order."""
    return f"""MATCH (q:{QUARANTINE}) WHERE {_WHERE}
  AND ($after IS NULL OR q.run > $after[0] OR (q.run = $after[0] AND (q.number > $after[1]
    OR (q.number = $after[1] AND q.id > $after[2]))))
RETURN properties(q) AS entry ORDER BY q.run, q.number, q.id LIMIT $limit"""


def counted() -> str:
    """FILTERS: number of entries by state and first code."""
    return f"""MATCH (q:{QUARANTINE}) WHERE {_WHERE}
RETURN q.state AS state, q.code AS code, q.whole AS whole, count(q) AS count
ORDER BY state, whole DESC, count DESC, code"""


def by_ids() -> str:
    """$ids: those entries that there are."""
    return f"""UNWIND $ids AS id
MATCH (q:{QUARANTINE} {{id: id}})
RETURN properties(q) AS entry ORDER BY q.run, q.number, q.id"""


def run_of() -> str:
    """$number: the run that set entries aside."""
    return f"MATCH (r:{RUN} {{number: $number}}) RETURN properties(r) AS run"


def set_fixes() -> str:
    """$id, $before, $fixes (JSON): new corrections of an open entry that has those of before."""
    return f"""MATCH (q:{QUARANTINE} {{id: $id, state: 'open'}}) WHERE q.fixes = $before
SET q.fixes = $fixes
RETURN q.id AS id"""


def dismiss() -> str:
    """$ids, $note, $by, $at: open entries are left out for good."""
    return f"""UNWIND $ids AS id
MATCH (q:{QUARANTINE} {{id: id, state: 'open'}})
SET q.state = 'dismissed', q.note = $note, q.decidedBy = $by, q.decidedAt = $at
RETURN q.id AS id"""


def failed_in() -> str:
    """$ids, $run: those entries that failed in the run."""
    return f"""UNWIND $ids AS id
MATCH (q:{QUARANTINE} {{id: id}}) USING INDEX q:{QUARANTINE}(id) WHERE q.failedIn = $run
RETURN q.id AS id"""


def mark_replayed() -> str:
    """$ids, $run, $by, $at: open entries went in with the run."""
    return f"""UNWIND $ids AS id
MATCH (q:{QUARANTINE} {{id: id, state: 'open'}})
SET q.state = 'replayed', q.replayRun = $run, q.decidedBy = $by, q.decidedAt = $at
RETURN q.id AS id"""


def reopen() -> str:
    """$run: what went in with a run that is taken back is open again."""
    return f"""MATCH (q:{QUARANTINE} {{state: 'replayed', replayRun: $run}})
SET q.state = 'open'
REMOVE q.replayRun, q.decidedBy, q.decidedAt"""
