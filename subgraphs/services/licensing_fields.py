"""The root fields by which an authority issues and changes licences, and the catalogue of types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import strawberry
from strawberry.types import Info

from policies.licence_types import KINDS, LicenceType, Recognition
from resolvers import arguments
from resolvers.desk import DeskRequest
from runtime.errors import CitizengraphError
from subgraphs.administration.means import Means
from subgraphs.parts import code_enum
from subgraphs.services.entities import Licence
from subgraphs.services.licence_rules import Grounds
from subgraphs.services.licensing import Change, LicenceDesk

if TYPE_CHECKING:
    Kind = Status = str
else:
    Kind, Status = code_enum(KINDS), code_enum("LicenceStatus")


@strawberry.input(description="Why a licence is issued or changed · 办理依据")
class LicenceGrounds:
    reason: str
    legal_basis: str = strawberry.field(description="The statute and article.")
    evidence: str = strawberry.field(description="Reference of the document or case.")

    def plain(self) -> Grounds:
        """As the desk takes it."""
        return Grounds(self.reason, self.legal_basis, self.evidence)


@strawberry.federation.type(description="What became of a request about a licence · 证照办理回执")
class LicenceReceipt:
    reference: str = strawberry.field(description="Of the change; `events` of the licence has it.")
    version: int = strawberry.field(description="The version that the change made.")
    status: Status = strawberry.field(description="The state of the licence now.")
    licence: Licence = strawberry.field(description="After `supersedeLicence` the new one.")

    @classmethod
    def of(cls, change: Change) -> LicenceReceipt:
        """The change as it was made."""
        return cls(
            reference=change.reference,
            version=change.version,
            status=_member(Status, change.status),
            licence=Licence(id=strawberry.ID(change.id)),
        )


@strawberry.federation.type(description="What something is called, in both languages · 名称")
class LicenceWords:
    en: str
    zh: str

    @classmethod
    def of(cls, label: Any) -> LicenceWords:
        """The label of a declaration."""
        return cls(en=label.en, zh=label.zh)


@strawberry.federation.type(description="Where a type is accepted, instead of what · 互认规则")
class LicenceRecognition:
    kind: Kind
    regions: list[str] = strawberry.field(
        description="First digits of GB/T 2260 codes; empty: all."
    )
    services: list[str] = strawberry.field(description="Ids of services; empty: all.")
    instead_of: LicenceWords = strawberry.field(description="The paper that nobody has to bring.")

    @classmethod
    def of(cls, kind: str, rule: Recognition) -> LicenceRecognition:
        """One rule of a type."""
        return cls(
            kind=_member(Kind, kind),
            regions=list(rule.regions),
            services=list(rule.services),
            instead_of=LicenceWords.of(rule.instead_of),
        )


@strawberry.federation.type(description="A type of licences · 证照类型")
class LicenceTypeEntry:
    kind: Kind
    label: LicenceWords
    legal_basis: LicenceWords
    holder: str = strawberry.field(description="person, couple or entity.")
    issuers: list[str] = strawberry.field(description="What the name or code of a body has to be.")
    levels: list[str] = strawberry.field(description="Levels of the issuing body's division.")
    single: bool = strawberry.field(description="Whether there is one valid one at a time.")
    renewable: bool
    years: int | None = strawberry.field(description="Of a term; null: no end, or by age.")
    by_age: list[str] = strawberry.field(description="Terms by the holder's age, in words.")
    paper: LicenceWords = strawberry.field(description="The paper that it takes the place of.")
    catalogue_code: str | None = strawberry.field(description="In the national catalogue.")
    recognised: list[LicenceRecognition]

    @classmethod
    def of(cls, kind: str, declared: LicenceType) -> LicenceTypeEntry:
        """The type as it is declared."""
        return cls(
            kind=_member(Kind, kind),
            label=LicenceWords.of(declared.label),
            legal_basis=LicenceWords.of(declared.basis),
            holder=declared.holder,
            issuers=[*declared.issuers.named, *declared.issuers.codes],
            levels=list(declared.issuers.levels),
            single=declared.single,
            renewable=declared.renewable,
            years=declared.validity.years,
            by_age=[step.words for step in declared.validity.by_age],
            paper=LicenceWords.of(declared.paper),
            catalogue_code=declared.catalogue_code or None,
            recognised=[LicenceRecognition.of(kind, rule) for rule in declared.recognised],
        )


async def licence_types(info: Info, kind: Kind | None = None) -> list[LicenceTypeEntry]:
    chosen = arguments.plain(kind)
    types = _types(info).items()
    return [LicenceTypeEntry.of(name, of) for name, of in types if chosen in (None, name)]


async def recognised_licences(
    info: Info, region: str, service: str | None = None, kind: Kind | None = None
) -> list[LicenceRecognition]:
    if len(region) != 6 or not region.isdigit():
        raise CitizengraphError("BAD_ARGUMENT", "region has the six digits of GB/T 2260.")
    chosen = arguments.plain(kind)
    return [
        LicenceRecognition.of(name, rule)
        for name, of in _types(info).items()
        for rule in of.recognised
        if chosen in (None, name) and rule.covers(region, service)
    ]


async def issue_licence(
    info: Info,
    key: str,
    kind: Kind,
    grounds: LicenceGrounds,
    citizen_number: str | None = None,
    second_citizen_number: str | None = None,
    credit_code: str | None = None,
) -> LicenceReceipt:
    wanted, numbers = _holders(citizen_number, second_citizen_number, credit_code)
    desk = LicenceDesk(info.context)
    change = await desk.issue(key, arguments.plain(kind), wanted, numbers, grounds.plain())
    return LicenceReceipt.of(change)


def _changing(name: str) -> Any:
    """The root field of a transition."""

    async def change(
        info: Info, key: str, number: str, expects: int, grounds: LicenceGrounds
    ) -> LicenceReceipt:
        desk = LicenceDesk(info.context)
        return LicenceReceipt.of(await desk.change(name, key, number, expects, grounds.plain()))

    return change


RESOLVERS: Mapping[str, Any] = {
    "licenceTypes": licence_types,
    "recognisedLicences": recognised_licences,
    "issueLicence": issue_licence,
    **{
        f"{name}Licence": _changing(name)
        for name in ("renew", "suspend", "resume", "revoke", "supersede")
    },
}


def _types(info: Info) -> Mapping[str, LicenceType]:
    request: DeskRequest = info.context
    means: Means = request.means
    return means.policies.licence_types


def _holders(
    citizen: str | None, second: str | None, entity: str | None
) -> tuple[str, Sequence[str]]:
    """Whether it is a person, couple or entity, and its numbers. Raises BAD_ARGUMENT."""
    match bool(citizen), bool(second), bool(entity):
        case False, False, True:
            return "entity", [str(entity)]
        case True, False, False:
            return "person", [str(citizen)]
        case True, True, False if citizen != second:
            return "couple", [str(citizen), str(second)]
        case _:
            words = "A licence is issued to citizenNumber, both of a couple, or creditCode."
            raise CitizengraphError("BAD_ARGUMENT", words)


def _member(codes: Any, name: str) -> Any:
    return codes[name]
