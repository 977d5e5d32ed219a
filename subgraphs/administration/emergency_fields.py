"""The root fields of the desk of emergency access, and what they tell."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import strawberry

from audit.record import Disclosure
from policies.labels import Labels
from subgraphs.administration.emergencies import Access, EmergencyDesk
from subgraphs.administration.emergency_rules import MINUTES_DEFAULT
from subgraphs.administration.types import Context, Words


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


@strawberry.federation.type(description="A field that was asked for · 所查字段")
class EmergencyField:
    coordinate: str
    type_label: Words
    label: Words
    outcome: str = strawberry.field(description="shown, masked or denied.")


@strawberry.federation.type(description="A look during an emergency access · 紧急访问期间的查询")
class EmergencyLook:
    operation: str = strawberry.field(description="Its id in the audit.")
    at: datetime
    fields: list[EmergencyField]

    @classmethod
    def of(cls, record: Disclosure, labels: Labels) -> EmergencyLook:
        """What it told of the person: fields, and no values."""
        told = {
            (row.type, name.partition(":")[0]): outcome
            for row in record.rows
            for outcome, names in (
                ("denied", row.denied),
                ("masked", row.masked),
                ("shown", row.shown),
            )
            for name in names
        }
        fields = [
            EmergencyField(
                coordinate=f"{type_name}.{name}",
                type_label=Words.of(labels.of_type(type_name)),
                label=Words.of(labels.of_field(type_name, name)),
                outcome=outcome,
            )
            for (type_name, name), outcome in told.items()
        ]
        return cls(operation=record.operation, at=record.at, fields=fields)


async def emergency_looks(info: Context, reference: str) -> list[EmergencyLook]:
    labels = Labels(info.context.means.catalogue)
    found = await EmergencyDesk(info.context).looks(reference)
    return [EmergencyLook.of(record, labels) for record in found]


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
    "emergencyLooks": emergency_looks,
    "openEmergencyAccess": open_emergency_access,
    "reviewEmergencyAccess": review_emergency_access,
}


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _known(text: str | None) -> datetime | None:
    return _moment(text) if text else None
