"""The root fields of the desk of consents, and what they tell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import strawberry

from graph.catalogue import Catalogue
from graph.declarations import Label as Declared
from policies.consents import ConsentRequest as Asked
from policies.contracts import Contracts
from policies.seers import PERSON, Seen, seers
from policies.seers import Seer as MaySee
from resolvers.desk import DeskRequest
from subgraphs.administration.consents import Consent, ConsentDesk
from subgraphs.administration.means import Means
from subgraphs.administration.types import Context, PolicyCondition, Words
from subgraphs.scalars import PartialDate


@strawberry.federation.type(description="A field that is shown with consent · 授权字段")
class ConsentField:
    coordinate: str
    label: Words
    description: str


@strawberry.federation.type(description="A legal basis of a purpose · 法律依据")
class ConsentBasis:
    basis: str
    label: Words
    citation: str


@strawberry.federation.type(description="What a person may agree to · 授权请求")
class ConsentRequest:
    consumer: str = strawberry.field(description="Id of the consumer, for giveConsent.")
    consumer_label: Words
    organisation: Words
    purpose: str = strawberry.field(description="Id of the purpose, for giveConsent.")
    purpose_label: Words
    purpose_description: str
    bases: list[ConsentBasis]
    fields: list[ConsentField] = strawberry.field(description="What is shown with consent.")

    @classmethod
    def of(cls, asked: Asked, contracts: Contracts, catalogue: Catalogue) -> ConsentRequest:
        """The request in the words of the contracts and the model."""
        consumer, purpose = contracts.consumers[asked.consumer], contracts.purposes[asked.purpose]
        return cls(
            consumer=asked.consumer,
            consumer_label=Words.of(consumer.label),
            organisation=Words.of(consumer.organisation),
            purpose=asked.purpose,
            purpose_label=Words.of(purpose.label),
            purpose_description=purpose.description,
            bases=[basis_of(basis, contracts) for basis in asked.bases],
            fields=[_field(catalogue, *coordinate) for coordinate in asked.fields],
        )


@strawberry.federation.type(description="A consent and its withdrawal · 授权记录")
class ConsentReceipt:
    reference: str
    consumer: str
    purpose: str
    given_on: PartialDate | None
    withdrawn_on: PartialDate | None

    @classmethod
    def of(cls, consent: Consent) -> ConsentReceipt:
        """The consent as it is recorded."""
        return cls(
            reference=consent["reference"],
            consumer=consent["consumer"],
            purpose=consent["purpose"],
            given_on=consent["givenOn"],
            withdrawn_on=consent["withdrawnOn"],
        )


@strawberry.federation.type(description="A field that may be seen · 可查看的信息项")
class SeenField:
    coordinate: str
    label: Words
    mode: str = strawberry.field(description="CLEAR, MASKED, or CONSENT: with consent.")
    mask: str | None
    condition: PolicyCondition = strawberry.field(description="Of which persons, in words.")


@strawberry.federation.type(description="Who may see what of a person · 可查看方")
class Seer:
    consumer: str
    consumer_label: Words
    organisation: Words
    purpose: str
    purpose_label: Words
    basis: ConsentBasis
    fields: list[SeenField]

    @classmethod
    def of(cls, seer: MaySee, contracts: Contracts, catalogue: Catalogue) -> Seer:
        """The consumer's rights on Person in the words of the contracts and the model."""
        consumer, purpose = contracts.consumers[seer.consumer], contracts.purposes[seer.purpose]
        return cls(
            consumer=seer.consumer,
            consumer_label=Words.of(consumer.label),
            organisation=Words.of(consumer.organisation),
            purpose=seer.purpose,
            purpose_label=Words.of(purpose.label),
            basis=basis_of(seer.basis, contracts),
            fields=[_seen(catalogue, seen) for seen in seer.fields],
        )


async def who_may_see(info: Context) -> list[Seer]:
    request: DeskRequest = info.context
    means: Means = request.means
    contracts, catalogue = means.policies.contracts, means.catalogue
    return [Seer.of(found, contracts, catalogue) for found in seers(means.policies)]


async def consent_requests(info: Context) -> list[ConsentRequest]:
    request: DeskRequest = info.context
    means: Means = request.means
    contracts, catalogue = means.policies.contracts, means.catalogue
    return [ConsentRequest.of(r, contracts, catalogue) for r in ConsentDesk(request).requests()]


async def give_consent(
    info: Context, consumer: str, purpose: str, citizen_number: str | None = None
) -> ConsentReceipt:
    desk = ConsentDesk(info.context)
    return ConsentReceipt.of(await desk.give(consumer, purpose, citizen_number))


async def withdraw_consent(info: Context, reference: str) -> ConsentReceipt:
    return ConsentReceipt.of(await ConsentDesk(info.context).withdraw(reference))


RESOLVERS: Mapping[str, Any] = {
    "consentRequests": consent_requests,
    "whoMaySee": who_may_see,
    "giveConsent": give_consent,
    "withdrawConsent": withdraw_consent,
}


def basis_of(basis: str, contracts: Contracts) -> ConsentBasis:
    """The legal basis in words."""
    known = contracts.bases[basis]
    return ConsentBasis(basis=basis, label=Words.of(known.label), citation=known.citation)


def _seen(catalogue: Catalogue, seen: Seen) -> SeenField:
    label, _ = declared(catalogue, PERSON, seen.field)
    return SeenField(
        coordinate=f"{PERSON}.{seen.field}",
        label=Words.of(label),
        mode=seen.mode,
        mask=seen.mask or None,
        condition=PolicyCondition.of(seen.condition, PERSON),
    )


def _field(catalogue: Catalogue, type_name: str, field: str) -> ConsentField:
    label, description = declared(catalogue, type_name, field)
    coordinate = f"{type_name}.{field}"
    return ConsentField(coordinate=coordinate, label=Words.of(label), description=description)


def declared(catalogue: Catalogue, type_name: str, field: str) -> tuple[Declared, str]:
    """Label and description of a field or of the relationship behind it; of the type otherwise."""
    if type_name in catalogue.nodes:
        edge = catalogue.edges[type_name].get(field)
        if edge:
            return edge.relationship.label, edge.relationship.description
        held = catalogue.held_of[type_name].get(field)
        if held:
            return held.label, held.description
    plain = catalogue.grantable(type_name).get(field) if type_name != "Query" else None
    if plain:
        return plain.label, plain.description
    return Declared(en=field, zh=field), ""
