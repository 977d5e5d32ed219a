"""Ultimate owners of entities of the graph, as records of the register `derived`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph import owners as read
from graph.facts import EdgeFact, Value
from graph.store import Store
from ingest.owners import Bounds, Holding, Owners, through, ultimate_owners
from ingest.records import Reading, Remark, Version, stated

REGISTER = "derived"
RELATIONSHIPS = ("Shareholding", "ControlInterest")
STEPS_MAX = 50
BATCH_KEYS = 1000
SECONDS_MAX = 120
_DIGITS = 6


@dataclass
class Upstream:
    """All holdings above some entities; `types` by key; `cut`: entities not looked into."""

    holdings: list[Holding] = field(default_factory=lambda: list[Holding]())
    types: dict[str, str] = field(default_factory=lambda: dict[str, str]())
    cut: set[str] = field(default_factory=lambda: set[str]())


async def affected(store: Store, keys: Iterable[str], *, today: str) -> list[str]:
    """The entities below persons or entities, through at most STEPS_MAX holdings, by key."""
    found: dict[str, None] = {}
    frontier = list(dict.fromkeys(keys))
    for _ in range(STEPS_MAX):
        rows = await _rows(store, read.held_entities(), frontier, today)
        frontier = [key for key in dict.fromkeys(r["key"] for r in rows) if key not in found]
        found.update(dict.fromkeys(frontier))
        if not frontier:
            break
    return sorted(found)


async def upstream(store: Store, keys: Iterable[str], *, today: str) -> Upstream:
    """Everyone above the entities, through at most STEPS_MAX holdings."""
    found, seen = Upstream(), set[str]()
    frontier = list(dict.fromkeys(keys))
    for _ in range(STEPS_MAX):
        seen.update(frontier)
        rows = await _rows(store, read.holders(), frontier, today)
        held = {row["held"] for row in rows}
        found.holdings += map(holding_of, rows)
        others = [key for key in frontier if key not in held]
        parties = await _rows(store, read.arrangement_parties(), others, today)
        found.holdings += through((p["holder"], p["held"], p["kind"]) for p in parties)
        found.types.update({row["holder"]: row["type"] for row in (*rows, *parties)})
        frontier = [k for k, t in found.types.items() if t == "LegalEntity" and k not in seen]
        if not frontier:
            break
    found.cut.update(frontier)
    return found


def holding_of(row: Mapping[str, Any]) -> Holding:
    """A row of `holders` as fractions; without any share, between nothing and all."""
    if row["exact"] is not None:
        share = float(row["exact"]) / 100
        return Holding(row["holder"], row["held"], share, share)
    low, high = row["low"], row["high"]
    return Holding(
        row["holder"],
        row["held"],
        float(low) / 100 if low is not None else 0.0,
        float(high) / 100 if high is not None else 1.0,
    )


def derived_readings(entities: Sequence[str], above: Upstream) -> Iterator[Reading]:
    """One record for each entity: its ultimate owners who are persons; none: withdrawn."""
    owners = ultimate_owners(above.holdings, above.cut)
    direct = {(holding.holder, holding.held) for holding in above.holdings}
    for entity in entities:
        record = f"owners/{entity}"
        facts = tuple(
            _fact(record, owner, entity, bounds, direct=(owner, entity) in direct)
            for owner, bounds in sorted(owners.shares.get(entity, {}).items())
            if above.types.get(owner) == "Person"
        )
        yield Reading(record, (Version(None, facts),), remarks=_remarks(owners, entity))


def _remarks(owners: Owners, entity: str) -> tuple[Remark, ...]:
    reason = owners.unresolved.get(entity)
    return (Remark("OWNERS_UNRESOLVED", reason),) if reason else ()


def _fact(record: str, owner: str, entity: str, bounds: Bounds, *, direct: bool) -> EdgeFact:
    low, high = (round(100 * bound, _DIGITS) for bound in bounds)
    fields: dict[str, Value] = {"direct": direct}
    if low == high:
        fields["sharePercent"] = low
    else:
        fields |= {"sharePercentMin": low, "sharePercentMax": high}
    source = stated(REGISTER, record)
    ends = ("Person", owner, "LegalEntity", entity)
    return EdgeFact("BeneficialOwnership", "", *ends, source, fields)


async def _rows(
    store: Store, statement: str, keys: Sequence[str], today: str
) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for start in range(0, len(keys), BATCH_KEYS):
        batch = list(keys[start : start + BATCH_KEYS])
        found += await store.read(statement, {"keys": batch, "today": today}, SECONDS_MAX)
    return found
