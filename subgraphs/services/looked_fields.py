"""The root field `whoLooked`, and what it tells."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

import strawberry

from graph.catalogue import Catalogue
from graph.cypher import Clock
from graph.declarations import Label as Declared
from graph.problems import BadArgument
from policies.contracts import Contracts
from resolvers.arguments import PAGE_DEFAULT, PAGE_MAX, cursor, position
from resolvers.desk import DeskRequest
from subgraphs.administration.consent_fields import Words, declared
from subgraphs.administration.consents import ACTS_FOR
from subgraphs.administration.means import Means, person_of
from subgraphs.administration.types import Context
from subgraphs.scalars import Time
from subgraphs.services.looked import Look, Place, looks

_READINESS = "readiness:"
_OF = "Of whom: oneself where not given, or somebody for whom one acts."
_UNKNOWN = "There is nobody for whom you may act."


@strawberry.federation.type(description="What of the person it was about · 涉及信息项")
class LookedField:
    coordinate: str
    label: Words


@strawberry.federation.type(description="Somebody looked · 查询记录")
class LookNotice:
    at: Time
    consumer: Words = strawberry.field(description="Who looked: the consumer, not which person.")
    organisation: Words
    purpose: Words
    basis: Words | None
    citation: str | None = strawberry.field(description="The law that the legal basis stands in.")
    case: str | None = strawberry.field(description="Number of the case that was named.")
    operation: str = strawberry.field(description="By which the office finds it in the audit.")
    shown: list[LookedField]
    masked: list[LookedField]
    denied: list[LookedField] = strawberry.field(description="Asked for and not shown.")

    @classmethod
    def of(cls, look: Look, contracts: Contracts, catalogue: Catalogue) -> LookNotice:
        """The disclosure in words; a consumer or purpose that is gone is told by its id."""
        seen = look.disclosure
        consumer = contracts.consumers.get(seen.consumer)
        purpose, basis = contracts.purposes.get(seen.purpose), contracts.bases.get(seen.basis)
        shown, masked, denied = (
            _fields(names, catalogue) for names in (look.shown, look.masked, look.denied)
        )
        return cls(
            at=Time(seen.at.isoformat()),
            consumer=Words.of(consumer.label) if consumer else _same(seen.consumer),
            organisation=Words.of(consumer.organisation) if consumer else _same(seen.consumer),
            purpose=Words.of(purpose.label) if purpose else _same(seen.purpose),
            basis=Words.of(basis.label) if basis else None,
            citation=basis.citation if basis else None,
            case=seen.case,
            operation=seen.operation,
            shown=shown,
            masked=masked,
            denied=denied,
        )


@strawberry.federation.type(description="Who looked, the newest first · 查询记录")
class LookNotices:
    notices: list[LookNotice]
    cursor: str | None = strawberry.field(
        description="Where older ones may follow: ask again with it as `after`."
    )


async def who_looked(
    info: Context,
    citizen_number: Annotated[str | None, strawberry.argument(description=_OF)] = None,
    first: int = PAGE_DEFAULT,
    after: Annotated[
        str | None, strawberry.argument(description="The cursor of the page before.")
    ] = None,
) -> LookNotices:
    request: DeskRequest = info.context
    means: Means = request.means
    if not 1 <= first <= PAGE_MAX:
        raise BadArgument(f"first is {first}; it goes from 1 to {PAGE_MAX}.")
    number = citizen_number or str(request.caller.principal["person"])
    who = number, ACTS_FOR, "whoLooked", _UNKNOWN
    person = await person_of(request, Clock.system(), *who)
    contracts = means.policies.contracts
    about = means.redis_url, person["id"], contracts, first, _place(after)
    found = await asyncio.to_thread(looks, *about)
    notices = [LookNotice.of(look, contracts, means.catalogue) for look in found.found]
    last = found.last
    return LookNotices(
        notices=notices, cursor=cursor([last.at.isoformat(), last.id]) if last else None
    )


RESOLVERS: Mapping[str, Any] = {"whoLooked": who_looked}


def _place(after: str | None) -> Place | None:
    """Raises BAD_ARGUMENT for what is no cursor of this field."""
    if after is None:
        return None
    try:
        at, record = position(after)
        return datetime.fromisoformat(at), record
    except ValueError as error:
        raise BadArgument("after is not a cursor of this field.") from error


def _fields(names: Sequence[str], catalogue: Catalogue) -> list[LookedField]:
    return [LookedField(coordinate=name, label=_label(name, catalogue)) for name in names]


def _label(coordinate: str, catalogue: Catalogue) -> Words:
    type_name, _, field = coordinate.partition(".")
    operation = _operation(field, catalogue)
    if operation:
        return Words.of(operation)
    if field.startswith(_READINESS):
        what = field.removeprefix(_READINESS)
        return Words(en=f"What a service requires: {what}", zh=f"政务服务事项要求:{what}")
    question, _, part = field.rpartition(".")
    try:
        told = Words.of(declared(catalogue, type_name, part)[0])
    except KeyError:
        return _same(coordinate)
    asked = catalogue.answers[type_name].questions.get(question) if question else None
    if asked is None:
        return told
    return Words(en=f"{asked.label.en}: {told.en}", zh=f"{asked.label.zh}:{told.zh}")


def _operation(name: str, catalogue: Catalogue) -> Declared | None:
    """The label of an operation: what is noted of whom a desk's operation is about."""
    roots = (root for desk in catalogue.operations.values() for root in desk.roots)
    return next((operation.label for _, known, operation in roots if known == name), None)


def _same(name: str) -> Words:
    return Words(en=name, zh=name)
