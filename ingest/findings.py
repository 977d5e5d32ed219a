"""Findings about nodes that a run touched: what the rules find is kept, what is past is deleted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from graph import findings
from graph.catalogue import model
from graph.store import Store
from ingest import finding_rules as rule
from ingest.finding_rules import Finding, Node
from ingest.ledger import utc_now
from ingest.registers import registers
from ingest.rows import remark_key
from ingest.rules import rules, severity
from ingest.surroundings import PERSON, Reader

ABOUT_NODES = ("NO_RECORD", "DISPUTED")
ABOUT_PAIRS = ("NUMBER_REPEATED", "ONE_SIDED_LINK", "SPOUSE_AFTER_DEATH")
ABOUT_CHILDREN = ("PARENT_YOUNGER", "PARENT_TOO_YOUNG", "TWO_BIRTH_MOTHERS", "TWO_BIRTH_FATHERS")
CYCLE = "KINSHIP_CYCLE"
Row = dict[str, Any]


async def examine(store: Store, keys: Mapping[str, Sequence[str]], run: str, today: str) -> None:
    """Judge the nodes named by type and key, and those whose findings depend on them.

    Safe to repeat. `today` (ISO) decides which statements of a disputed field are current.
    """
    examiner = _Examiner(store, run, today)
    for label, wanted in keys.items():
        await examiner.examine(label, wanted)
    await examiner.keep()


class _Examiner:
    """One examination: what it finds, and what was kept about the same nodes before."""

    def __init__(self, store: Store, run: str, today: str) -> None:
        self._store = store
        self._run = run
        self._today = today
        self._reader = Reader(store, model())
        self._found: dict[str, Row] = {}
        self._before: dict[str, Row] = {}

    async def examine(self, label: str, wanted: Sequence[str]) -> None:
        nodes = await self._reader.nodes(label, "key", wanted)
        ids = sorted(node.id for node in nodes)
        await self._recall("subject", ids, (*ABOUT_NODES, *ABOUT_PAIRS))
        await self._recall("other", ids, ABOUT_PAIRS)
        await self._examine_records(label, nodes)
        await self._examine_numbers(label, ids)
        if any(node.disputed for node in nodes):
            contested = [node.id for node in nodes if node.disputed and not node.withdrawn]
            stated = await self._reader.stated_differently(label, contested, self._today)
            self._add(rule.disagreements(stated))
        if label == PERSON:
            await self._examine_persons(nodes)

    async def _examine_records(self, label: str, nodes: Iterable[Node]) -> None:
        without = [node for node in nodes if not node.withdrawn and not node.own_records()]
        if not without:
            return
        said = {said for node in without for said in node.said}
        about_others = await self._reader.ingested(said) if said else set[rule.Said]()
        found = list(rule.no_record(without, about_others))
        named = await self._reader.named_by(label, sorted(one.subject for one in found))
        self._add(replace(one, said=named.get(one.subject, one.said)) for one in found)

    async def _examine_numbers(self, label: str, ids: Sequence[str]) -> None:
        if not model().nodes[label].schemes:
            return
        pairs = await self._reader.same_number(label, ids)
        if not pairs:
            return
        known = await self._reader.nodes(
            label, "id", sorted({one for pair in pairs for one in pair})
        )
        by_id = {node.id: node for node in known}
        repeated = list(rule.repeated_numbers((by_id[one], by_id[two]) for one, two in pairs))
        remarked = await self._remarked("NUMBER_REPEATED", repeated)
        self._add(found for found in repeated if _prefix(found) not in remarked)

    async def _examine_persons(self, nodes: Iterable[Node]) -> None:
        around, complete = await self._reader.around(nodes)
        await self._recall("subject", sorted(complete), ABOUT_CHILDREN)
        self._add(f for f in rule.parents_not_older(around) if f.subject in complete)
        self._add(f for f in rule.several_birth_parents(around) if f.subject in complete)
        touched = {node.id for node in nodes}
        reciprocal = [code for code, register in registers().items() if register.reciprocal]
        pairs = (*rule.married_after_death(around), *rule.one_sided_links(around, reciprocal))
        self._add(f for f in pairs if touched & {f.subject, f.other})
        await self._examine_ancestors(around, touched)

    async def _examine_ancestors(self, around: rule.Surroundings, touched: set[str]) -> None:
        """Also those who were in a cycle with a node that was touched."""
        before = await self._kept("subject", sorted(touched), (CYCLE,))
        groups = sorted({row["other"] for row in before})
        before += await self._kept("other", groups, (CYCLE,))
        parents = {link.origin for link in around.links if link.relationship == "Parenthood"}
        starts = {row["subject"] for row in before} | (touched & parents)
        self._before.update({row["key"]: row for row in before})
        ancestors = await self._reader.ancestors(starts)
        groups_found = list(rule.cycles(ancestors))
        self._add(
            Finding(CYCLE, one, min(group), ("", ""), _cycle_words(group))
            for group in groups_found
            for one in group
        )

    async def keep(self) -> None:
        """Write down what is new or different, delete what does not hold any more."""
        rows = [row for key, row in self._found.items() if not _is_same(row, self._before.get(key))]
        gone = sorted(self._before.keys() - self._found.keys())
        statements: list[tuple[str, Row]] = []
        if gone:
            statements.append((findings.drop(), {"keys": gone}))
        if rows:
            rows.sort(key=lambda row: row["key"])
            statements.append((findings.keep(), {"rows": rows, "now": utc_now()}))
        if statements:
            await self._store.write(statements)

    def _add(self, found: Iterable[Finding]) -> None:
        """Of several about the same, the one that comes first by register and record."""
        for one in found:
            row = self._row(one)
            other = self._found.setdefault(row["key"], row)
            if (row["register"], row["record"]) < (other["register"], other["record"]):
                self._found[row["key"]] = row

    def _row(self, found: Finding) -> Row:
        register, record = found.said
        parts = (found.kind, found.subject, found.other or "", found.detail)
        is_known = register in registers()
        return {
            "key": findings.GRAPH + "|".join(parts),
            "kind": found.kind,
            "severity": severity(found.kind, register)
            if is_known
            else rules()[found.kind].severity,
            "register": register,
            "record": record,
            "subject": found.subject,
            "other": found.other,
            "words": found.words,
            "run": self._run,
        }

    async def _recall(self, end: str, ids: Sequence[str], kinds: Sequence[str]) -> None:
        for row in await self._kept(end, ids, kinds):
            self._before[row["key"]] = row

    async def _kept(self, end: str, ids: Sequence[str], kinds: Sequence[str]) -> list[Row]:
        if not ids:
            return []
        rows = await self._store.read_packed(findings.kept(end), {"ids": ids, "kinds": kinds})
        return [row["finding"] for row in rows]

    async def _remarked(self, kind: str, found: Iterable[Finding]) -> set[str]:
        prefixes = sorted({_prefix(one) for one in found})
        parameters = {"prefixes": prefixes, "kind": kind}
        rows = await self._store.read_packed(findings.remarked(), parameters)
        return {row["prefix"] for row in rows}


def _prefix(found: Finding) -> str:
    """How the keys of remarks of the finding's record begin."""
    return remark_key(*found.said)


def _cycle_words(group: frozenset[str]) -> str:
    if len(group) == 1:
        return "The person is stated to be their own parent."
    return f"{len(group)} persons are stated to be each other's ancestors."


def _is_same(row: Row, kept: Row | None) -> bool:
    """Whether it is kept already, whichever run found it."""
    if kept is None:
        return False
    return all(kept.get(name) == value for name, value in row.items() if name != "run")
