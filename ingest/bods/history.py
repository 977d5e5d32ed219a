"""What earlier statements of a relationship said that a later one shows to have ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ingest.bods.values import Json, record, records, text

Interest = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """One statement of a relationship: when, between whom, which interests."""

    time: str
    parties: tuple[str, str]
    interests: tuple[Interest, ...]


def said(time: str, statement: Json) -> Said:
    """The statement without what history does not need."""
    details = record(statement.get("recordDetails"))
    parties = (text(details, "subject"), text(details, "interestedParty"))
    return Said(time, parties, tuple(map(dict, records(details.get("interests")))))


def past_interests(statements: Iterable[Said], time: str) -> list[Interest]:
    """Interests that had ended by the statement made at the time, each with its endDate.

    An interest of the same type with a later start ends the one before on that day. One that is no
    longer stated ended by the day of the statement. One with the same or an earlier start
    corrects the one before, as does another party.
    """
    ordered = sorted((s for s in statements if s.time <= time), key=lambda s: s.time)
    past: list[Interest] = []
    for before, after in pairwise(ordered):
        past = [p for p in past if before.parties == after.parties and not _restated(p, after)]
        if before.parties == after.parties:
            past += [p for i in before.interests if (p := _ended(i, after)) is not None]
    return past


def _ended(interest: Interest, after: Said) -> Interest | None:
    same = _same_type(interest, after.interests)
    if not same:
        return {"endDate": after.time[:10], **interest}
    start = text(interest, "startDate")
    starts = [text(other, "startDate") for other in same]
    if not start or any(s <= start for s in starts):
        return None
    return {"endDate": min(starts), **interest}


def _restated(interest: Interest, after: Said) -> bool:
    start = text(interest, "startDate")
    return any(text(o, "startDate") == start for o in _same_type(interest, after.interests))


def _same_type(interest: Interest, others: Sequence[Interest]) -> list[Interest]:
    kind = _kind(interest)
    return [other for other in others if _kind(other) == kind]


def _kind(interest: Interest) -> tuple[str, str]:
    return text(interest, "type"), text(interest, "directOrIndirect")
