"""The root fields about deliveries: runs, what was set aside, replaying it, findings.

Of a record nothing is told that the source says: no value, no number of the record, no sentence
that quotes one. Whoever corrects records does so with `citizengraph quarantine`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import strawberry

from ingest import entries as quarantine
from ingest import kept_findings
from ingest.entries import Entry, Filters
from ingest.feed import Feed
from ingest.ledger import list_runs
from ingest.replay import ReplayReport, replay
from ingest.rules import rules
from resolvers.arguments import PAGE_DEFAULT, PAGE_MAX
from resolvers.desk import DeskRequest
from subgraphs.administration.arguments import between, cursor_of, number_of, placed
from subgraphs.administration.consent_fields import Words
from subgraphs.administration.means import Means
from subgraphs.administration.types import Context

REPLAYED_MAX = 20


@strawberry.federation.type(description="What became of the records of a run · 导入计数")
class IngestCounts:
    read: int
    created: int
    changed: int
    unchanged: int
    quarantined: int
    withdrawn: int
    values_set_aside: int
    facts: int


@strawberry.federation.type(description="One delivery and its result · 导入批次")
class IngestRun:
    number: int
    kind: str = strawberry.field(description="ingest, replay or undo.")
    of: int | None = strawberry.field(description="The run that is replayed or taken back.")
    register: str
    format: str
    file: str
    sha256: str
    snapshot: bool = strawberry.field(description="Whether what it lacks was withdrawn.")
    who: str
    state: str
    phase: str
    delivered_at: datetime
    started_at: datetime
    finished_at: datetime | None
    counts: IngestCounts

    @classmethod
    def of_run(cls, run: Mapping[str, Any]) -> IngestRun:
        """The run as the ledger has it; what stopped it quotes the source, and is left out."""
        finished = run.get("finishedAt")
        plain = ("number", "kind", "register", "format", "file", "sha256", "who", "state", "phase")
        counted = ("read", "created", "changed", "unchanged", "quarantined", "withdrawn", "facts")
        return cls(
            **{name: run[name] for name in plain},
            of=run.get("of"),
            snapshot=bool(run.get("snapshot")),
            delivered_at=_moment(run["deliveredAt"]),
            started_at=_moment(run["startedAt"]),
            finished_at=_moment(finished) if finished else None,
            counts=IngestCounts(
                **{name: run[name] for name in counted}, values_set_aside=run["valuesSetAside"]
            ),
        )


@strawberry.federation.type(description="Runs, the newest first · 导入批次列表")
class IngestRuns:
    runs: list[IngestRun]
    cursor: str | None = strawberry.field(description="Where older ones follow: `after`.")


@strawberry.federation.type(description="Something that is wrong with a record · 数据问题")
class QuarantineProblem:
    code: str
    label: Words
    severity: str
    description: str
    row: int
    field: str | None

    @classmethod
    def of(cls, problem: Mapping[str, Any]) -> QuarantineProblem:
        """The problem without the value that it is about."""
        rule = rules()[problem["code"]]
        return cls(
            code=problem["code"],
            label=Words.of(rule.label),
            severity=rule.severity,
            description=rule.description,
            row=problem["row"],
            field=problem["field"] or None,
        )


@strawberry.federation.type(description="What was not loaded, by its place · 隔离条目")
class QuarantineEntry:
    id: str
    run: int
    register: str
    file: str
    number: int = strawberry.field(description="Of the record within its file.")
    whole: bool = strawberry.field(description="The whole record, or values of one.")
    state: str
    corrections: int
    problems: list[QuarantineProblem]
    decided_at: datetime | None
    replay_run: int | None

    @classmethod
    def of(cls, entry: Entry) -> QuarantineEntry:
        """The entry without the record."""
        return cls(
            id=entry.id,
            run=entry.run,
            register=entry.register,
            file=entry.file,
            number=entry.number,
            whole=entry.whole,
            state=entry.state,
            corrections=len(entry.fixes),
            problems=[QuarantineProblem.of(problem) for problem in (vars(entry), *entry.more)],
            decided_at=_moment(entry.decided_at) if entry.decided_at else None,
            replay_run=entry.replay_run,
        )


@strawberry.federation.type(description="Entries in order of run and place · 隔离条目列表")
class QuarantineEntries:
    entries: list[QuarantineEntry]
    cursor: str | None = strawberry.field(description="Where more may follow: `after`.")


@strawberry.federation.type(description="Entries of one code · 隔离计数")
class QuarantineCount:
    code: str
    label: Words
    whole: bool
    state: str
    entries: int


@strawberry.federation.type(description="Findings of one kind in one register · 疑点计数")
class FindingCount:
    kind: str
    label: Words
    severity: str
    register: str
    findings: int


@strawberry.federation.type(description="What a replay did · 重放结果")
class QuarantineReplay:
    of: int = strawberry.field(description="The run that had set the entries aside.")
    run: int = strawberry.field(description="The run that read them again.")
    replayed: int
    failed: int

    @classmethod
    def of_report(cls, report: ReplayReport) -> QuarantineReplay:
        """How many went in, and how many stay open."""
        return cls(of=report.of, run=report.run.run, replayed=report.replayed, failed=report.failed)


async def ingest_runs(
    info: Context, register: str | None = None, first: int = PAGE_DEFAULT, after: str | None = None
) -> IngestRuns:
    between("first", first, 1, PAGE_MAX)
    place = placed(after, 1)
    before = number_of(place[0]) if place else None
    found = await list_runs(_store(info), register, first + 1, before)
    shown = found[:first]
    more = len(found) > first
    return IngestRuns(
        runs=[IngestRun.of_run(run) for run in shown],
        cursor=cursor_of(shown[-1]["number"]) if more else None,
    )


async def quarantine_entries(
    info: Context,
    run: int | None = None,
    register: str | None = None,
    code: str | None = None,
    state: str | None = "open",
    first: int = PAGE_DEFAULT,
    after: str | None = None,
) -> QuarantineEntries:
    between("first", first, 1, PAGE_MAX)
    place = placed(after, 3)
    behind = (number_of(place[0]), number_of(place[1]), place[2]) if place else None
    filters = Filters(run, register, code, state)
    listed = quarantine.entries(_store(info), filters, first + 1, behind)
    found = [entry async for entry in listed]
    shown = found[:first]
    last = shown[-1] if len(found) > first else None
    return QuarantineEntries(
        entries=[QuarantineEntry.of(entry) for entry in shown],
        cursor=cursor_of(last.run, last.number, last.id) if last else None,
    )


async def quarantine_counts(
    info: Context, run: int | None = None, register: str | None = None
) -> list[QuarantineCount]:
    found = await quarantine.counts(_store(info), Filters(run, register))
    return [
        QuarantineCount(
            code=row["code"],
            label=Words.of(rules()[row["code"]].label),
            whole=row["whole"],
            state=row["state"],
            entries=row["count"],
        )
        for row in found
    ]


async def finding_counts(info: Context, register: str | None = None) -> list[FindingCount]:
    filters = kept_findings.Filters(register=register)
    return [
        FindingCount(
            kind=row["kind"],
            label=Words.of(rules()[row["kind"]].label),
            severity=row["severity"],
            register=row["register"],
            findings=row["count"],
        )
        for row in await kept_findings.counts(_store(info), filters)
    ]


async def replay_quarantined(info: Context, ids: list[str]) -> list[QuarantineReplay]:
    request: DeskRequest = info.context
    means: Means = request.means
    between("The number of ids", len(ids), 1, REPLAYED_MAX)
    found = await quarantine.entries_by_id(means.pen.store, ids)
    quarantine.require_open(found)
    feed = Feed(means.pen.store, means.redis_url)
    try:
        reports = await replay(
            means.pen.store,
            found,
            who=request.caller.subject,
            today=date.today().isoformat(),
            feed=feed,
        )
    finally:
        await feed.close()
    return [QuarantineReplay.of_report(report) for report in reports]


RESOLVERS: Mapping[str, Any] = {
    "ingestRuns": ingest_runs,
    "quarantineEntries": quarantine_entries,
    "quarantineCounts": quarantine_counts,
    "findingCounts": finding_counts,
    "replayQuarantined": replay_quarantined,
}


def _store(info: Context) -> Any:
    means: Means = info.context.means
    return means.pen.store


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
