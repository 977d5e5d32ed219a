"""Who looked at a person's data: the audit, read for the person and told in their words.

What the index has reached is found by the person; what is newer is read from the stream.
A disclosure is told as far as it is about the person. Where a purpose says so, it is told after
some days only, so that an inquiry is not warned of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from audit.index import AuditIndex
from audit.reader import about
from audit.record import Disclosure
from policies.contracts import Contracts

READ_MAX = 20_000
"""Records of the audit that are read for one answer."""
Place = tuple[datetime, str]
"""Time and id of a disclosure."""
OUTCOMES = ("disclosed", "denied")


@dataclass(frozen=True)
class Look:
    """What of one disclosure is about the person: coordinates by how they were shown."""

    disclosure: Disclosure
    shown: Sequence[str]
    masked: Sequence[str]
    denied: Sequence[str]


@dataclass(frozen=True)
class Looks:
    """The newest first; `last` is the last record that was read, where more may follow."""

    found: Sequence[Look]
    last: Disclosure | None


def looks(
    redis_url: str, person: str, contracts: Contracts, most: int, behind: Place | None
) -> Looks:
    """At most so many, of those behind a place. Raises AUDIT_UNAVAILABLE."""
    found: dict[str, Look] = {}
    last: Disclosure | None = None
    until = round(behind[0].timestamp() * 1000) if behind else None
    told = AuditIndex(redis_url).of_person(person, until)
    for records, disclosure in enumerate(_behind(told, behind)):
        if len(found) == most or records == READ_MAX:
            return Looks(list(found.values()), last)
        last = disclosure
        if _may_be_told(disclosure, contracts) and (look := _look(disclosure, person)):
            found.setdefault(disclosure.id, look)
    return Looks(list(found.values()), None)


def _behind(disclosures: Iterable[Disclosure], place: Place | None) -> Iterator[Disclosure]:
    """Those older than the place."""
    for disclosure in disclosures:
        if place is not None and disclosure.at >= place[0]:
            place = None if disclosure.id == place[1] else place
            continue
        place = None
        yield disclosure


def _may_be_told(disclosure: Disclosure, contracts: Contracts) -> bool:
    purpose = contracts.purposes.get(disclosure.purpose)
    delay = timedelta(days=purpose.notice_delay_days if purpose else 0)
    return disclosure.outcome in OUTCOMES and disclosure.at + delay <= datetime.now(UTC)


def _look(disclosure: Disclosure, person: str) -> Look | None:
    """None where nothing of it is about the person but their opaque id."""
    rows = [row for row in disclosure.rows if about(row, person)]
    shown = _once(f"{row.type}.{field}" for row in rows for field in row.shown if field != "id")
    masked = _once(f"{row.type}.{field.partition(':')[0]}" for row in rows for field in row.masked)
    denied = _once(f"{row.type}.{field}" for row in rows for field in row.denied)
    if not (shown or masked or denied):
        return None
    return Look(disclosure, shown, masked, denied)


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
