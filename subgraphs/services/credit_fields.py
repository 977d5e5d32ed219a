"""The root field `objectToCreditRecord`: whoever a record is about says that it is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, cast

import strawberry

from graph.conditions import Attribute, Compare, Literal
from graph.cypher import Clock
from graph.cypher.desk import NOT_OBJECTED
from graph.facts import NodeFact, Source
from resolvers.desk import DeskRequest
from runtime.errors import CitizengraphError
from subgraphs.administration.means import Means, row_of
from subgraphs.administration.types import Context
from subgraphs.scalars import PartialDate
from subgraphs.services.entities import CreditRecord

REGISTER = "credit-objections"
WORDS_MIN, WORDS_MAX = 10, 2_000
_UNKNOWN = "There is no credit record of this number about you or whom you represent."
_OWN = Compare("=", Attribute("callersRecord"), Literal(True))


@strawberry.federation.type(description="An objection that was received · 异议回执")
class CreditObjection:
    record: CreditRecord
    received_on: PartialDate


async def object_to_credit_record(
    info: Context,
    number: Annotated[str, strawberry.argument(description="Document number of the record.")],
    reason: Annotated[str, strawberry.argument(description="What is wrong with it, and why.")],
) -> CreditObjection:
    """Raises BAD_ARGUMENT: no such record of the caller's, already objected to, or ended."""
    request: DeskRequest = info.context
    means: Means = request.means
    words = reason.strip()
    if not WORDS_MIN <= len(words) <= WORDS_MAX:
        raise CitizengraphError(
            "BAD_ARGUMENT", f"reason has {WORDS_MIN} to {WORDS_MAX} characters, not {len(words)}."
        )
    clock = Clock.system()
    wanted = "CreditRecord", "number", number
    unknown = CitizengraphError("BAD_ARGUMENT", _UNKNOWN)
    record = await row_of(request, clock, wanted, _OWN, "objection", unknown)
    today = clock.parameters()["today"]
    source = Source(REGISTER, f"{number}/objection", clock.second)
    fact = NodeFact(
        "CreditRecord", record["key"], source, {"objectedOn": today, "objection": words}
    )
    guard = NOT_OBJECTED, {"record": record["key"], "today": today}
    if not await means.pen.state(guard, [fact], today):
        over = "It is objected to already, repaired, or no longer published."
        raise CitizengraphError("BAD_ARGUMENT", over)
    return CreditObjection(
        record=CreditRecord(id=strawberry.ID(record["id"])),
        received_on=cast("PartialDate", today),
    )


RESOLVERS: Mapping[str, Any] = {"objectToCreditRecord": object_to_credit_record}
