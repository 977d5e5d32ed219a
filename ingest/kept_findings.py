"""Findings that are kept, as an officer asks for them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from typing import Any

from graph import findings as statements
from graph.store import Store

PAGE_FINDINGS = 1000
_SECONDS = 60


@dataclass(frozen=True)
class Filters:
    """Which findings; None lets everything through."""

    kind: str | None = None
    register: str | None = None
    record: str | None = None
    severity: str | None = None


async def findings(
    store: Store, filters: Filters, limit: int | None = None
) -> AsyncIterator[dict[str, Any]]:
    """Findings by kind, then in the order they are kept, page by page."""
    after, left = ["", ""], limit
    while left is None or left > 0:
        page = min(PAGE_FINDINGS, left or PAGE_FINDINGS)
        parameters = {**asdict(filters), "after": after, "limit": page}
        rows = await store.read(statements.listed(), parameters, seconds_max=_SECONDS)
        for row in rows:
            yield row["finding"]
        if len(rows) < page:
            return
        last = rows[-1]["finding"]
        after = [last["kind"], last["key"]]
        left = None if left is None else left - len(rows)


async def counts(store: Store, filters: Filters) -> list[dict[str, Any]]:
    """Rows of kind, register, severity and count."""
    return await store.read(statements.counted(), asdict(filters), seconds_max=_SECONDS)
