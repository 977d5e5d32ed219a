"""The root fields that read the audit: its records page by page, and whether it is whole."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import strawberry

from audit.pages import Place, Wanted, page
from audit.reader import ChainReport, verify_chain
from audit.record import Disclosure, Row
from graph.problems import BadArgument
from resolvers.desk import DeskRequest
from subgraphs.administration.arguments import between, cursor_of, number_of, placed
from subgraphs.administration.means import Means
from subgraphs.administration.types import Context

PAGE_DEFAULT, PAGE_MAX = 50, 500
ROWS_SHOWN = 20
CHECK_SECONDS_MAX = 5.0
CHECK_AGAIN_SECONDS = 60.0
PROBLEMS_SHOWN = 100
OUTCOMES = ("disclosed", "denied", "empty", "failed", "refused")


@strawberry.federation.type(description="Fields of one record that were asked for · 涉及记录")
class AuditRow:
    type: str
    record: str = strawberry.field(description="Opaque id; of what was not found a digest.")
    shown: list[str]
    masked: list[str] = strawberry.field(description="As field:mask.")
    denied: list[str]

    @classmethod
    def of(cls, row: Row) -> AuditRow:
        """The row as it is written."""
        return cls(
            type=row.type,
            record=row.record,
            shown=list(row.shown),
            masked=list(row.masked),
            denied=list(row.denied),
        )


@strawberry.federation.type(description="One fetch of a subgraph · 审计记录")
class AuditRecord:
    id: str
    at: datetime
    operation: str
    operation_name: str | None
    operation_hash: str
    subgraph: str
    consumer: str
    subject: str = strawberry.field(description="The account behind the consumer.")
    purpose: str
    basis: str
    case: str | None
    policy: str
    outcome: str
    records: int = strawberry.field(description="How many records it was about.")
    rows: list[AuditRow] = strawberry.field(description=f"The first {ROWS_SHOWN} of them.")

    @classmethod
    def of(cls, said: Disclosure) -> AuditRecord:
        """The record as it is written."""
        plain = (
            *("id", "operation", "operation_name", "operation_hash", "subgraph", "consumer"),
            *("subject", "purpose", "basis", "case", "policy", "outcome"),
        )
        return cls(
            **{name: getattr(said, name) for name in plain},
            at=said.at,
            records=len(said.rows),
            rows=[AuditRow.of(row) for row in said.rows[:ROWS_SHOWN]],
        )


@strawberry.federation.type(description="Records of the audit, the newest first · 审计记录列表")
class AuditRecords:
    records: list[AuditRecord]
    cursor: str | None = strawberry.field(
        description="Where older ones may follow: ask again with it as `after`. A page may hold "
        "fewer than asked for, where many records do not fit."
    )


@strawberry.federation.type(description="How far the audit was checked · 审计链校验")
class AuditChain:
    whole: bool = strawberry.field(description="Nothing that was checked has been altered.")
    complete: bool = strawberry.field(description="The check went as far as the newest entry.")
    entries: int
    records: int
    writers: int
    checked_to: datetime | None = strawberry.field(description="When the last entry was written.")
    last_entry: str | None
    problems: list[str]
    checked_at: datetime


class _Check:
    """The latest check of this process: it is made again after a minute, one at a time."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._made: dict[str, tuple[float, AuditChain]] = {}

    async def of(self, redis_url: str) -> AuditChain:
        async with self._turn:
            at, made = self._made.get(redis_url, (0.0, None))
            if made is None or time.monotonic() - at > CHECK_AGAIN_SECONDS:
                checked = verify_chain, redis_url
                report = await asyncio.to_thread(*checked, seconds_max=CHECK_SECONDS_MAX)
                made = _chain(report)
                self._made[redis_url] = time.monotonic(), made
            return made


_check = _Check()


async def audit_records(
    info: Context,
    consumer: str | None = None,
    purpose: str | None = None,
    outcome: str | None = None,
    subgraph: str | None = None,
    operation: str | None = None,
    first: int = PAGE_DEFAULT,
    after: str | None = None,
) -> AuditRecords:
    means = _means(info)
    between("first", first, 1, PAGE_MAX)
    if outcome not in (None, *OUTCOMES):
        raise BadArgument(f"outcome is one of {', '.join(OUTCOMES)}.")
    wanted = Wanted(consumer, purpose, outcome, subgraph, operation)
    found = await asyncio.to_thread(page, means.redis_url, wanted, first, _place(after))
    last = found.last
    return AuditRecords(
        records=[AuditRecord.of(said) for said in found.found],
        cursor=cursor_of(last.entry, last.number) if last else None,
    )


async def audit_chain(info: Context) -> AuditChain:
    return await _check.of(_means(info).redis_url)


RESOLVERS: Mapping[str, Any] = {"auditRecords": audit_records, "auditChain": audit_chain}


def _means(info: Context) -> Means:
    request: DeskRequest = info.context
    return request.means


def _place(after: str | None) -> Place | None:
    parts = placed(after, 2)
    if parts is None:
        return None
    for part in parts[0].split("-", 1):
        number_of(part)
    return Place(parts[0], number_of(parts[1]))


def _chain(report: ChainReport) -> AuditChain:
    return AuditChain(
        whole=not report.problems,
        complete=report.complete,
        entries=report.entries,
        records=report.records,
        writers=report.writers,
        checked_to=_written_at(report.last),
        last_entry=report.last or None,
        problems=list(report.problems[:PROBLEMS_SHOWN]),
        checked_at=datetime.now(UTC).replace(microsecond=0),
    )


def _written_at(entry: str) -> datetime | None:
    """The time in the name of an entry, which begins with milliseconds."""
    if not entry:
        return None
    return datetime.fromtimestamp(int(entry.partition("-")[0]) // 1000, UTC)
