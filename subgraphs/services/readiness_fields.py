"""The root fields `services` and `readiness`, and what they tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Annotated, Any

import strawberry

from graph.cypher import Clock
from graph.evidence import OnPaper
from policies.services import Service as Declared
from policies.services import Services
from resolvers.desk import DeskRequest
from subgraphs.administration.means import Means
from subgraphs.administration.types import Context
from subgraphs.services.readiness import Answered, ReadinessDesk, check_office
from subgraphs.services.words import Service, ServicePaper, ServiceRequirement

_OFFICE = "Division of the office; yours, else where the applicant is registered."


@strawberry.enum(description="What is known of a requirement · 就绪状态")
class ReadinessState(Enum):
    SATISFIED = strawberry.enum_value("SATISFIED", description="On file · 已具备")
    WITH_CONSENT = strawberry.enum_value(
        "WITH_CONSENT", description="Told once the person consents · 经授权可核验"
    )
    MISSING = strawberry.enum_value("MISSING", description="Not on file · 缺失")
    UNKNOWN = strawberry.enum_value(
        "UNKNOWN", description="The registers leave it open, or you may not know it · 无法核验"
    )


@strawberry.federation.type(description="The record behind a requirement · 依据记录")
class RequirementSource:
    register: str | None
    record: str | None


@strawberry.federation.type(description="A requirement and whether it is on file · 条件核验")
class RequirementState:
    requirement: ServiceRequirement
    state: ReadinessState
    sources: list[RequirementSource] = strawberry.field(
        description="The records behind it, as far as you may see them."
    )


@strawberry.federation.type(description="What is on file for a service · 办事材料就绪情况")
class Readiness:
    service: Service
    ready: bool = strawberry.field(
        description="All that a register can state is SATISFIED; papers may still be to bring."
    )
    requirements: list[RequirementState]
    papers_saved: list[ServicePaper] = strawberry.field(description="Need not be brought.")
    papers_to_bring: list[ServicePaper]


async def services(info: Context) -> list[Service]:
    request: DeskRequest = info.context
    means: Means = request.means
    offered = means.policies.services
    return [Service.of(one, offered, means.catalogue) for one in offered.services.values()]


async def readiness(
    info: Context,
    service: str,
    citizen_number: str,
    other_number: str | None = None,
    credit_code: str | None = None,
    office: Annotated[str | None, strawberry.argument(description=_OFFICE)] = None,
) -> Readiness:
    request: DeskRequest = info.context
    means: Means = request.means
    check_office(office, Clock.system().parameters()["today"])
    desk = ReadinessDesk(request)
    declared = desk.service(service)
    answered = await desk.readiness(declared, citizen_number, other_number, credit_code, office)
    offered = means.policies.services
    shown = Service.of(declared, offered, means.catalogue)
    saved, to_bring = _papers(declared, answered)
    return Readiness(
        service=shown,
        ready=_ready(answered),
        requirements=[
            RequirementState(
                requirement=requirement,
                state=ReadinessState(one.state),
                sources=[RequirementSource(**_source(source)) for source in one.sources],
            )
            for requirement, one in zip(shown.requirements, answered, strict=True)
        ],
        papers_saved=_named(saved, offered),
        papers_to_bring=_named(to_bring, offered),
    )


RESOLVERS: Mapping[str, Any] = {"services": services, "readiness": readiness}


def _ready(answered: Sequence[Answered]) -> bool:
    return all(
        one.state == "SATISFIED"
        for one in answered
        if not isinstance(one.requirement.fact, OnPaper)
    )


def _papers(service: Declared, answered: Sequence[Answered]) -> tuple[list[str], list[str]]:
    """Those that need not be brought, and the others; a paper of two parties is two."""
    lacking = {
        (one.requirement.replaces, one.requirement.fact.of)
        for one in answered
        if one.state != "SATISFIED"
    }
    saved = [paper for paper, of in service.papers if (paper, of) not in lacking]
    return saved, [paper for paper, of in service.papers if (paper, of) in lacking]


def _named(papers: Sequence[str], services: Services) -> list[ServicePaper]:
    return [ServicePaper.of(paper, services) for paper in papers]


def _source(source: Mapping[str, str | None]) -> dict[str, str | None]:
    return {"register": source.get("register"), "record": source.get("record")}
