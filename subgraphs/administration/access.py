"""Access requests and the catalogue that they are made from, as GraphQL types and root fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

import strawberry

from graph.catalogue import Catalogue
from graph.conditions import Attribute as Tested
from graph.conditions import Compare, Literal
from graph.declarations import Attribute, Field, Label
from policies.access import AccessRequest, Asking, Part, Right
from policies.contracts import Contracts
from policies.modes import MODES, offers
from resolvers.desk import DeskRequest
from subgraphs.administration.consent_fields import ConsentBasis, basis_of
from subgraphs.administration.types import Context, PolicyActor, PolicyVersion, Words, plain


@strawberry.federation.type(description="A field that is asked for, in a mode · 申请字段")
class AccessField:
    name: str
    mode: str
    mask: str | None


@strawberry.federation.type(description="Fields of one type, and of which rows · 申请范围")
class AccessFields:
    type: str
    fields: list[AccessField]
    rows: str | None


@strawberry.federation.type(description="A step of a request · 申请流程")
class AccessStep:
    step: str
    at: datetime
    by: PolicyActor
    why: str | None
    version: int | None


@strawberry.federation.type(description="What is asked for, and what became of it · 数据共享申请")
class AccessRequestRecord:
    number: int
    state: str
    consumer: str
    purpose: str
    basis: str
    parts: list[AccessFields]
    reason: str
    document: str
    until: date | None
    by: PolicyActor
    steps: list[AccessStep]

    @classmethod
    def of(cls, request: AccessRequest) -> AccessRequestRecord:
        """The request as it is now; state is open, withdrawn, declined or drafted."""
        asking = request.asking
        return cls(
            number=request.number,
            state=request.state,
            consumer=asking.consumer,
            purpose=asking.purpose,
            basis=asking.basis,
            parts=[_part(part) for part in asking.parts],
            reason=asking.reason,
            document=asking.document,
            until=asking.until,
            by=PolicyActor.of(request.by),
            steps=[
                AccessStep(
                    step=move.step,
                    at=move.at,
                    by=PolicyActor.of(move.by),
                    why=move.why or None,
                    version=move.version or None,
                )
                for move in request.moves
            ],
        )


@strawberry.federation.type(description="A field of the catalogue · 信息项")
class CatalogueField:
    name: str
    label: str
    label_zh: str
    description: str | None
    type: str
    sensitivity: str
    sharing: str
    modes: list[str]


@strawberry.federation.type(description="What a condition may test of a row · 条件属性")
class CatalogueTest:
    name: str = strawberry.field(description="As resource.<name>.")
    type: str
    caller: list[str] = strawberry.field(
        description="What the caller's token must say: write principal has <name> before it."
    )
    words: Words = strawberry.field(description="What it says where it holds.")
    description: str


@strawberry.federation.type(description="A type of the catalogue · 信息资源")
class CatalogueType:
    name: str
    label: str
    label_zh: str
    description: str
    subgraph: str
    department: str
    department_zh: str
    fields: list[CatalogueField]
    conditions: list[str] = strawberry.field(
        description="What a condition on its rows may test, as resource.<name>."
    )
    tests: list[CatalogueTest] = strawberry.field(description="The same, in words.")


@strawberry.input(description="A field that is asked for; mode clear where none is given.")
class AccessFieldInput:
    name: str
    mode: str = "clear"
    mask: str | None = None


@strawberry.input(description="Fields of one type; rows is a Cedar condition on resource.")
class AccessFieldsInput:
    type: str
    fields: list[AccessFieldInput]
    rows: str | None = None


@strawberry.input(description="What is asked for · 数据共享申请")
class AccessRequestInput:
    consumer: str
    purpose: str
    basis: str
    parts: list[AccessFieldsInput]
    reason: str
    document: str
    until: date | None = None


@strawberry.federation.type(description="What a consumer may use data for · 使用目的")
class OwnPurpose:
    purpose: str
    label: Words
    description: str
    bases: list[ConsentBasis]


@strawberry.federation.type(description="A consumer of the own organisation · 数据使用方")
class OwnConsumer:
    consumer: str
    label: Words
    purposes: list[OwnPurpose]
    audiences: list[str] = strawberry.field(description="For whom it may have proofs made out.")

    @classmethod
    def of(cls, name: str, contracts: Contracts) -> OwnConsumer:
        """The consumer as the contracts declare it."""
        consumer = contracts.consumers[name]
        return cls(
            consumer=name,
            label=Words.of(consumer.label),
            purposes=[
                OwnPurpose(
                    purpose=purpose,
                    label=Words.of(contracts.purposes[purpose].label),
                    description=contracts.purposes[purpose].description,
                    bases=[basis_of(basis, contracts) for basis in bases],
                )
                for purpose, bases in consumer.purposes.items()
            ],
            audiences=list(consumer.audiences),
        )


async def own_consumers(info: Context) -> list[OwnConsumer]:
    request: DeskRequest = info.context
    contracts = request.means.policies.contracts
    own = request.caller.principal.get("organisation")
    return [
        OwnConsumer.of(name, contracts)
        for name, consumer in contracts.consumers.items()
        if own and consumer.organisation.code == own
    ]


async def own_access_requests(info: Context) -> list[AccessRequestRecord]:
    return [AccessRequestRecord.of(found) for found in await _desk(info).own_access_requests()]


async def access_requests(info: Context) -> list[AccessRequestRecord]:
    return [AccessRequestRecord.of(found) for found in await _desk(info).access_requests()]


async def request_access(info: Context, request: AccessRequestInput) -> AccessRequestRecord:
    return AccessRequestRecord.of(await _desk(info).request_access(_asking(request)))


async def withdraw_access_request(info: Context, number: int, why: str = "") -> AccessRequestRecord:
    return AccessRequestRecord.of(await _desk(info).withdraw_access_request(number, why))


async def decline_access_request(info: Context, number: int, why: str) -> AccessRequestRecord:
    return AccessRequestRecord.of(await _desk(info).decline_access_request(number, why))


async def draft_from_access_request(
    info: Context, number: int, base: int | None = None
) -> PolicyVersion:
    return PolicyVersion.of(await _desk(info).draft_from_access_request(number, base))


async def data_catalogue(info: Context, type: str | None = None) -> list[CatalogueType]:
    found = _catalogued(_desk(info).catalogue)
    return [entry for entry in found if type in (None, entry.name)]


RESOLVERS: Mapping[str, Any] = {
    "dataCatalogue": data_catalogue,
    "ownAccessRequests": own_access_requests,
    "ownConsumers": own_consumers,
    "accessRequests": access_requests,
    "requestAccess": request_access,
    "withdrawAccessRequest": withdraw_access_request,
    "declineAccessRequest": decline_access_request,
    "draftFromAccessRequest": draft_from_access_request,
}


def _desk(info: Context) -> Any:
    request: DeskRequest = info.context
    return request.desk


def _part(part: Part) -> AccessFields:
    fields = [
        AccessField(name=right.name, mode=right.mode, mask=right.mask or None)
        for right in part.rights
    ]
    return AccessFields(type=part.type, fields=fields, rows=part.rows or None)


def _asking(given: AccessRequestInput) -> Asking:
    parts = tuple(
        Part(
            part.type,
            tuple(Right(field.name, field.mode, field.mask or "") for field in part.fields),
            (part.rows or "").strip(),
        )
        for part in given.parts
    )
    words = given.reason.strip(), given.document.strip()
    return Asking(given.consumer, given.purpose, given.basis, parts, *words, given.until)


def _catalogued(catalogue: Catalogue) -> Iterator[CatalogueType]:
    for name, declared in catalogue.policed.items():
        attributes = getattr(declared, "attributes", {})
        yield CatalogueType(
            name=name,
            **_named(declared.label),
            description=declared.description,
            subgraph=declared.subgraph,
            department=declared.department.en,
            department_zh=declared.department.zh,
            fields=list(_fields(catalogue, name, declared.sharing)),
            conditions=list(attributes),
            tests=[_test(name, *declared) for declared in attributes.items()],
        )


def _test(type_name: str, name: str, declared: Attribute) -> CatalogueTest:
    holds = Compare("=", Tested(name), Literal(True))
    words = plain().said(holds, type_name) if declared.type == "Boolean" else None
    return CatalogueTest(
        name=name,
        type=declared.type,
        caller=list(declared.caller),
        words=Words.of(words or plain().noun(name, type_name)),
        description=declared.description,
    )


def _fields(catalogue: Catalogue, of: str, sharing: str) -> Iterator[CatalogueField]:
    """Every coordinate of the type, edges and rights such as `history` included."""
    plain, edges = catalogue.grantable(of), catalogue.edges.get(of, {})
    held = catalogue.held_of.get(of, {})
    for type_name, field, group in catalogue.coordinates():
        if type_name != of:
            continue
        declared, edge = plain.get(field), edges.get(field)
        leads = edge.relationship if edge else held.get(field)
        label = declared.label if declared else leads.label if leads else None
        yield CatalogueField(
            name=field,
            **_named(label or Label(en=field, zh=field)),
            description=(declared.description if declared else "") or None,
            type=declared.of if declared else leads.name if leads else "right",
            sensitivity=group,
            sharing=(declared.sharing if isinstance(declared, Field) else None) or sharing,
            modes=[mode for mode in MODES if offers(catalogue, mode, of, field)],
        )


def _named(label: Label) -> dict[str, str]:
    return {"label": label.en, "label_zh": label.zh}
