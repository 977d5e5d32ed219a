"""Outcomes of a batch of records as the statements of one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import orjson

from graph import ledger, quarantine, write
from graph.catalogue import Catalogue
from graph.facts import EdgeFact, Fact, NodeFact
from graph.write import Ends
from ingest.merging import Held, Outcome, record_key
from ingest.quarantine import quarantine_rows
from ingest.records import Delivery
from ingest.registers import registers
from ingest.rows import edge_row, ends_of, node_row, remark_key
from ingest.rules import severity
from ingest.subjects import nodes_in
from ingest.versions import Keyed

Statement = tuple[str, dict[str, Any]]
Keys = defaultdict[str, dict[str, None]]


class BatchWriter:
    """Turns outcomes into statements for one run over one register."""

    def __init__(self, model: Catalogue, delivery: Delivery, run: int, today: str) -> None:
        self._model = model
        self._delivery = delivery
        self._run = run
        self._today = today
        rank = registers()[delivery.register].rank
        self._who = {"register": delivery.register, "rank": rank}

    def statements(self, outcomes: Sequence[Outcome], first: int, now: str) -> list[Statement]:
        """All of a batch; `first` numbers its first change within the run, `now` is UTC."""
        written = [item for outcome in outcomes for item in outcome.written]
        removed = [item for outcome in outcomes for item in outcome.removed]
        return [
            *self._facts(written),
            *self._deletions(removed),
            *self._derivations(outcomes, written, removed),
            *self._records(outcomes),
            *self._quarantined(outcomes),
            *self._remarks(outcomes, now),
            *self._events(outcomes, first, now),
        ]

    def _facts(self, written: Keyed) -> Iterable[Statement]:
        nodes: defaultdict[str, list[Any]] = defaultdict(list)
        for key, fact in written:
            if isinstance(fact, NodeFact):
                nodes[fact.type].append(node_row(fact, key))
        for label, rows in nodes.items():
            yield write.record_node_facts(label), {**self._who, "rows": rows}
        stated = {(label, row[0]) for label, rows in nodes.items() for row in rows}
        for label, keys in _end_keys(written, stated).items():
            yield write.ensure_nodes(self._model.nodes[label]), {"keys": list(keys)}
        for ends, pairs in self._pairs(written).items():
            rows = [
                [*pair, [edge_row(fact, key) for key, fact in facts]]
                for pair, facts in pairs.items()
            ]
            parameters = {**self._who, "rows": rows, "today": self._today}
            yield write.record_edge_facts(ends), parameters

    def _deletions(self, removed: Keyed) -> Iterable[Statement]:
        keys = [key for key, fact in removed if isinstance(fact, NodeFact)]
        if keys:
            yield write.delete_node_facts(), {"keys": keys}
        for ends, pairs in self._pairs(removed).items():
            rows = [[*pair, [key for key, _ in facts]] for pair, facts in pairs.items()]
            yield write.delete_edge_facts(ends), {"rows": rows, "today": self._today}

    def _pairs(self, keyed: Keyed) -> dict[Ends, dict[tuple[str, str], list[tuple[str, EdgeFact]]]]:
        found: dict[Ends, dict[tuple[str, str], list[tuple[str, EdgeFact]]]] = {}
        for key, fact in keyed:
            if isinstance(fact, EdgeFact):
                ends = ends_of(fact, self._model.relationships[fact.relationship])
                pairs = found.setdefault(ends, {})
                pairs.setdefault((fact.from_key, fact.to_key), []).append((key, fact))
        return found

    def _derivations(
        self, outcomes: Iterable[Outcome], written: Keyed, removed: Keyed
    ) -> Iterable[Statement]:
        """The nodes stated; where belief ended, also those that links lead to."""
        keys: Keys = defaultdict(dict)
        for _, fact in (*written, *removed):
            if isinstance(fact, NodeFact):
                keys[fact.type][fact.key] = None
        for outcome in outcomes:
            for fact in _facts_of(outcome):
                if outcome.kind == "changed" or fact.source.recorded_to is not None:
                    _add_ends(keys, fact)
        for label, found in sorted(keys.items()):
            derive = write.derive_nodes(self._model.nodes[label])
            yield derive, {"keys": sorted(found), "today": self._today}

    def _records(self, outcomes: Iterable[Outcome]) -> Iterable[Statement]:
        held = {o.held.record: o.held for o in outcomes if o.held is not None}
        rows = [self._record_row(h) for h in held.values() if h.state is not None]
        if rows:
            yield ledger.SAVE_RECORDS, {"rows": rows}

    def _record_row(self, held: Held) -> dict[str, Any]:
        return {
            "key": record_key(self._delivery.register, held.record),
            "register": self._delivery.register,
            "record": held.record,
            "run": self._run,
            "own": held.own,
            "subjects": sorted(held.subjects),
            "log": [str(entry) for entry in held.log],
        }

    def _quarantined(self, outcomes: Iterable[Outcome]) -> Iterable[Statement]:
        rows = [
            row
            for o in outcomes
            if o.reading.refused or o.reading.set_aside
            for row in quarantine_rows(self._run, self._delivery, o.unit, o.reading)
        ]
        if rows:
            yield quarantine.record(), {"rows": rows}

    def _remarks(self, outcomes: Iterable[Outcome], now: str) -> Iterable[Statement]:
        outcomes = _last_words(outcomes)
        stale = [self._remark_key(o, "") for o in outcomes if o.kind in ("changed", "unchanged")]
        if stale:
            yield ledger.DROP_REMARKS, {"prefixes": sorted(set(stale))}
        rows = [
            {
                "key": self._remark_key(outcome, f"{remark.kind}|{number}"),
                "kind": remark.kind,
                "severity": severity(remark.kind, self._delivery.register),
                "register": self._delivery.register,
                "record": outcome.reading.record,
                "words": remark.words,
            }
            for outcome in outcomes
            for number, remark in enumerate(outcome.reading.remarks)
        ]
        if rows:
            yield ledger.KEEP_REMARKS, {"rows": rows, "now": now}

    def _remark_key(self, outcome: Outcome, end: str) -> str:
        return remark_key(self._delivery.register, outcome.reading.record) + end

    def _events(self, outcomes: Iterable[Outcome], first: int, now: str) -> Iterable[Statement]:
        changed = [o for o in outcomes if o.kind in ("created", "changed")]
        if not changed:
            return
        events = [
            {"kind": _event_kind(o), "record": o.reading.record, "nodes": sorted(_nodes_of(o))}
            for o in changed
        ]
        outbox = {
            "run": self._run,
            "register": self._delivery.register,
            "since": now,
            "first": first,
            "last": first + len(changed) - 1,
            "events": orjson.dumps(events).decode(),
        }
        yield ledger.NOTE_EVENTS, {"outbox": outbox}


def _last_words(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """Of each record that was loaded, the last that says what holds now."""
    last = {o.reading.record: o for o in outcomes if o.kind != "quarantined" and o.is_latest}
    return list(last.values())


def _end_keys(written: Keyed, stated: set[tuple[str, str]]) -> Keys:
    keys: Keys = defaultdict(dict)
    for _, fact in written:
        if isinstance(fact, EdgeFact):
            for end in ((fact.from_type, fact.from_key), (fact.to_type, fact.to_key)):
                if end not in stated:
                    keys[end[0]][end[1]] = None
    return keys


def _facts_of(outcome: Outcome) -> Iterable[Fact]:
    return (fact for _, fact in (*outcome.written, *outcome.removed))


def _add_ends(keys: Keys, fact: Fact) -> None:
    if isinstance(fact, EdgeFact):
        keys[fact.from_type][fact.from_key] = None
        keys[fact.to_type][fact.to_key] = None


def _event_kind(outcome: Outcome) -> str:
    if outcome.kind == "created":
        return "created"
    state = outcome.held.state if outcome.held is not None else None
    is_held = state is not None and any(f.source.recorded_to is None for f in state.facts)
    return "changed" if is_held else "withdrawn"


def _nodes_of(outcome: Outcome) -> set[tuple[str, str]]:
    """The nodes that the record states something of; of a record of links alone, their ends."""
    if outcome.held is None:
        return set()
    stated = {(f.type, f.key) for f in _facts_of(outcome) if isinstance(f, NodeFact)}
    return stated or set(nodes_in(outcome.held.subjects))
