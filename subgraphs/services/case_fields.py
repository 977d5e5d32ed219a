"""The root fields of the desk of cases, and what they tell."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any

import strawberry

from subgraphs.administration.types import Context
from subgraphs.services.case_deciding import DecidingDesk
from subgraphs.services.case_desk import CaseDesk
from subgraphs.services.case_opening import OpeningDesk
from subgraphs.services.case_rules import File
from subgraphs.services.case_steps import Receipt
from subgraphs.services.entities import Case


@strawberry.enum(name="CaseVerdict", description="How a case or a part is decided · 办理结果")
class Verdict(Enum):
    GRANTED = "GRANTED"
    REFUSED = "REFUSED"


@strawberry.federation.type(description="A step that was taken in a case · 办件回执")
class CaseReceipt:
    number: str
    version: int = strawberry.field(description="Of the case after the step.")
    state: str = strawberry.field(description="Of the case after the step: OPEN or CLOSED.")
    made: str | None = strawberry.field(
        description="Reference of the part, message or evidence that the step is about."
    )
    repeated: bool = strawberry.field(description="The key was used before: nothing was done now.")
    case: Case = strawberry.field(description="The case as it is now.")

    @classmethod
    def of(cls, receipt: Receipt) -> CaseReceipt:
        """The step as it is recorded."""
        return cls(
            number=receipt["caseNumber"],
            version=receipt["caseVersion"],
            state=receipt["caseState"],
            made=receipt["made"],
            repeated=receipt["repeated"],
            case=Case(id=strawberry.ID(receipt["case"])),
        )


@strawberry.federation.type(description="What the registers say to one requirement · 证明材料")
class CaseProof:
    reference: str
    requirement: str = strawberry.field(description="Id of the requirement of the service.")
    state: str = strawberry.field(description="ON_FILE, NOT_ON_FILE, REQUESTED or LAPSED.")
    held_by: str | None = strawberry.field(description="Register of the record which answers.")
    held_record: str | None = strawberry.field(description="The record which answers.")

    @classmethod
    def of(cls, paper: File) -> CaseProof:
        """The evidence as it stands."""
        return cls(
            reference=paper["reference"],
            requirement=paper["requirement"],
            state=paper["state"],
            held_by=paper["heldBy"],
            held_record=paper["heldRecord"],
        )


async def evidence_of_case(info: Context, number: str) -> list[CaseProof]:
    return [CaseProof.of(paper) for paper in await CaseDesk(info.context).evidence(number)]


async def request_evidence(
    info: Context, key: str, number: str, requirement: str, text: str
) -> CaseReceipt:
    desk = CaseDesk(info.context)
    return CaseReceipt.of(await desk.request_evidence(key, number, requirement, text))


async def open_case(
    info: Context,
    key: str,
    service: str,
    citizen_number: str,
    other_number: str | None = None,
    credit_code: str | None = None,
) -> CaseReceipt:
    desk = OpeningDesk(info.context)
    return CaseReceipt.of(await desk.open(key, service, citizen_number, other_number, credit_code))


async def apply_for_service(
    info: Context,
    key: str,
    service: str,
    other_number: str | None = None,
    credit_code: str | None = None,
    office: str | None = None,
) -> CaseReceipt:
    desk = OpeningDesk(info.context)
    return CaseReceipt.of(await desk.apply(key, service, other_number, credit_code, office))


async def take_case(info: Context, key: str, number: str) -> CaseReceipt:
    return CaseReceipt.of(await CaseDesk(info.context).take(key, number))


async def hand_over(
    info: Context, key: str, number: str, to_worker: str, reason: str
) -> CaseReceipt:
    return CaseReceipt.of(await CaseDesk(info.context).hand_over(key, number, to_worker, reason))


async def send_message(info: Context, key: str, number: str, text: str) -> CaseReceipt:
    return CaseReceipt.of(await CaseDesk(info.context).send(key, number, text))


async def decide_part(
    info: Context, key: str, reference: str, decision: Verdict, reason: str, expects: int
) -> CaseReceipt:
    desk = DecidingDesk(info.context)
    return CaseReceipt.of(await desk.decide_part(key, reference, decision.value, reason, expects))


async def decide_case(
    info: Context, key: str, number: str, decision: Verdict, reason: str, expects: int
) -> CaseReceipt:
    desk = DecidingDesk(info.context)
    return CaseReceipt.of(await desk.decide(key, number, decision.value, reason, expects))


async def appeal(info: Context, key: str, number: str, reason: str) -> CaseReceipt:
    return CaseReceipt.of(await OpeningDesk(info.context).appeal(key, number, reason))


RESOLVERS: Mapping[str, Any] = {
    "evidenceOfCase": evidence_of_case,
    "openCase": open_case,
    "applyForService": apply_for_service,
    "takeCase": take_case,
    "handOver": hand_over,
    "sendMessage": send_message,
    "requestEvidence": request_evidence,
    "decidePart": decide_part,
    "decideCase": decide_case,
    "appeal": appeal,
}
