"""The root fields of the desk of emergency access, and what they tell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import strawberry

from subgraphs.administration.emergencies import Access, EmergencyDesk
from subgraphs.administration.emergency_rules import MINUTES_DEFAULT
from subgraphs.administration.types import Context


@strawberry.federation.type(description="Emergency access that was opened · 紧急访问回执")
class EmergencyReceipt:
    reference: str
    opened_at: datetime
    until: datetime = strawberry.field(description="When it ends by itself.")

    @classmethod
    def of(cls, access: Access) -> EmergencyReceipt:
        """The access as it was opened; of the person nothing."""
        return cls(
            reference=access["reference"],
            opened_at=_moment(access["openedAt"]),
            until=_moment(access["until"]),
        )


@strawberry.federation.type(description="An emergency access, for its review · 紧急访问")
class EmergencyNotice:
    reference: str
    worker: str | None = strawberry.field(description="Code of the caseworker.")
    person: str | None = strawberry.field(description="Opaque id of the person; no name or number.")
    reason: str | None
    opened_at: datetime | None
    until: datetime | None
    state: str = strawberry.field(description="running, ended, or not opened after its notice.")
    justified: bool | None = strawberry.field(description="What the review found; null before it.")
    reviewed_at: datetime | None
    review_words: str | None

    @classmethod
    def of(cls, access: Access) -> EmergencyNotice:
        """The access without who is behind the accounts."""
        return cls(
            reference=access["reference"],
            worker=access["worker"],
            person=access["person"],
            reason=access["reason"],
            opened_at=_known(access["openedAt"]),
            until=_known(access["until"]),
            state=access["state"],
            justified=access.get("justified"),
            reviewed_at=_known(access.get("reviewedAt")),
            review_words=access.get("reviewWords"),
        )


async def emergency_accesses(info: Context, reviewed: bool | None = None) -> list[EmergencyNotice]:
    found = await EmergencyDesk(info.context).accesses(reviewed)
    return [EmergencyNotice.of(access) for access in found]


async def open_emergency_access(
    info: Context, citizen_number: str, reason: str, minutes: int = MINUTES_DEFAULT
) -> EmergencyReceipt:
    desk = EmergencyDesk(info.context)
    return EmergencyReceipt.of(await desk.open(citizen_number, reason, minutes))


async def review_emergency_access(
    info: Context, reference: str, justified: bool, words: str = ""
) -> EmergencyNotice:
    desk = EmergencyDesk(info.context)
    return EmergencyNotice.of(await desk.review(reference, justified, words))


RESOLVERS: Mapping[str, Any] = {
    "emergencyAccesses": emergency_accesses,
    "openEmergencyAccess": open_emergency_access,
    "reviewEmergencyAccess": review_emergency_access,
}


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _known(text: str | None) -> datetime | None:
    return _moment(text) if text else None
