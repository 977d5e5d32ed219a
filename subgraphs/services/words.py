"""The services as GraphQL shows them: what they are, who does what, what is required."""

from __future__ import annotations

from typing import Any, cast

import strawberry
from strawberry.federation.schema_directives import Key

from graph.catalogue import Catalogue
from graph.cypher.readiness import rests_on
from policies.contracts import Label
from policies.services import Part, Requirement, Services
from policies.services import Service as Declared


@strawberry.federation.type(description="A text in both languages · 名称")
class ServiceWords:
    en: str
    zh: str

    @classmethod
    def of(cls, label: Label) -> ServiceWords:
        """The label of a declaration."""
        return cls(en=label.en, zh=label.zh)


@strawberry.federation.type(description="A document that people used to bring · 证明材料")
class ServicePaper:
    id: str
    label: ServiceWords
    issuer: ServiceWords
    obtain: ServiceWords = strawberry.field(description="How to get it.")

    @classmethod
    def of(cls, name: str, services: Services) -> ServicePaper:
        """The paper of this id."""
        paper = services.papers[name]
        return cls(
            id=name,
            label=ServiceWords.of(paper.label),
            issuer=ServiceWords.of(paper.issuer),
            obtain=ServiceWords.of(paper.obtain),
        )


@strawberry.federation.type(description="What another department does for a service · 协办环节")
class ServicePart:
    id: str
    department: ServiceWords
    label: ServiceWords
    days: int = strawberry.field(description="Working days.")

    @classmethod
    def of(cls, part: Part, services: Services) -> ServicePart:
        """The part as it is declared."""
        department = services.departments[part.department]
        return cls(
            id=part.id,
            department=ServiceWords.of(department.label),
            label=ServiceWords.of(part.label),
            days=part.days,
        )


@strawberry.federation.type(description="A fact that has to be so · 办理条件")
class ServiceRequirement:
    id: str
    label: ServiceWords
    fact: str = strawberry.field(description="Its name in the vocabulary of facts.")
    of: str = strawberry.field(description="Of whom: the applicant, or the other party.")
    eligibility: bool = strawberry.field(
        description="Who does not meet it has no claim, rather than lacks a paper."
    )
    replaces: ServicePaper | None = strawberry.field(
        description="The paper that need not be brought where the fact is on file."
    )
    rests_on: list[str] = strawberry.field(
        description="Coordinates of the model; who may not see them is told nothing."
    )

    @classmethod
    def of_declared(
        cls, requirement: Requirement, services: Services, catalogue: Catalogue
    ) -> ServiceRequirement:
        """The requirement as it is declared."""
        paper = requirement.replaces
        return cls(
            id=requirement.id,
            label=ServiceWords.of(requirement.label),
            fact=requirement.fact.name,
            of=requirement.fact.of,
            eligibility=requirement.eligibility,
            replaces=ServicePaper.of(paper, services) if paper else None,
            rests_on=list(rests_on(requirement.fact, catalogue)),
        )


@strawberry.federation.type(
    description="A service of the one window · 服务事项",
    keys=[Key(fields=cast("Any", "id"), resolvable=False)],
)
class Service:
    id: str
    label: ServiceWords
    description: ServiceWords
    department: ServiceWords
    parts: list[ServicePart]
    basis: ServiceWords
    citation: str
    deadline_days: int = strawberry.field(description="Working days to the decision.")
    applicant: ServiceWords = strawberry.field(description="Who may apply.")
    other: str | None = strawberry.field(
        description="Whom it is about besides: child, partner, deceased or entity."
    )
    requirements: list[ServiceRequirement]

    @classmethod
    def of(cls, service: Declared, services: Services, catalogue: Catalogue) -> Service:
        """The service as it is declared."""
        return cls(
            id=service.id,
            label=ServiceWords.of(service.label),
            description=ServiceWords.of(service.description),
            department=ServiceWords.of(services.departments[service.department].label),
            parts=[ServicePart.of(part, services) for part in service.parts],
            basis=ServiceWords.of(service.basis.label),
            citation=service.basis.citation,
            deadline_days=service.deadline_days,
            applicant=ServiceWords.of(service.applicant),
            other=service.other,
            requirements=[
                ServiceRequirement.of_declared(requirement, services, catalogue)
                for requirement in service.requirements
            ],
        )
