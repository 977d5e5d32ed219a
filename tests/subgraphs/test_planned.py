"""By a plan an operation asks the graph, answers and is recorded as by GraphQL's execution.

Random operations over each consumer's schema. Of most only the statements are compared, of some the
whole answer and its record.
"""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest
from graphql import ExecutionResult
from harness import Harness

from audit.record import Disclosure
from graph.catalogue import model
from graph.cypher import Clock, Statements
from policies.table import PolicySet, load
from resolvers.context import Caller
from resolvers.operation import Request
from resolvers.planned import Asked, answer
from resolvers.plans import Plans
from runtime.errors import CitizengraphError
from runtime.neo4j.server import Neo4jAddress
from subgraphs.endpoint import error_of
from subgraphs.schemas import schema
from subgraphs.visible import visible_to
from tests import family
from tests.random_operations import Choices, Operation, operation

WHO = {
    "caseworker": {
        "purpose": "household-services",
        "basis": "statutory-duty",
        "principal": {
            "district": family.HOME,
            "person": family.NUMBERS["officer"],
            "worker": "W-1",
        },
    },
    "school-enrolment": {
        "purpose": "school-enrolment",
        "basis": "compulsory-education",
        "principal": {},
    },
    "citizen": {
        "purpose": "own-data",
        "basis": "data-subject-right",
        "principal": {"person": family.NUMBERS["daughter"]},
    },
}
PLACES = [
    (consumer, subgraph)
    for consumer in WHO
    for subgraph in (
        "people",
        "households",
        "legal-entities",
        "licences",
        "cases",
        "credit",
        "education",
    )
]
STATEMENTS, ANSWERS = 120, 12
"""Operations of each consumer and subgraph."""
PLANNING_SECONDS_MAX = 120.0
NUMBERS = [*family.NUMBERS.values(), family.COMPANY, "nobody", "', 1"]


@pytest.fixture(scope="module")
async def harness(neo4j_server: Neo4jAddress, valkey_server: str) -> AsyncIterator[Harness]:
    async with Harness(neo4j_server, valkey_server) as running:
        await running.empty()
        await running.load()
        yield running


class _Stopped(Exception):
    """Nothing is read."""


@dataclass
class Side:
    """One of the two ways, with what it asked of the graph and what it recorded."""

    request: Request
    asked: list[str] = field(default_factory=list[str])
    recorded: list[Disclosure] = field(default_factory=list[Disclosure])
    result: dict[str, Any] | None = None

    async def write(self, disclosure: Disclosure) -> None:
        self.recorded.append(replace(disclosure, id="", at=datetime.min))


@cache
def policies() -> PolicySet:
    return load(None, model())


@cache
def statements() -> Statements:
    return Statements(model())


@cache
def plans() -> Plans:
    return Plans(statements())


@cache
def choices(consumer: str, subgraph: str, ids: tuple[str, ...] = ()) -> Choices | None:
    shown = schema_of(consumer, subgraph)
    if shown.query_type is None:
        return None
    typed = [
        {"__typename": name, "id": one}
        for name in model().nodes
        if name in shown.type_map
        for one in ids or ("nobody",)
    ]
    pools = {"String": NUMBERS, "ID": [*ids, *NUMBERS], "_Any": typed or [{}], "Int": [1, 3, 7]}
    roots = [name for name in shown.query_type.fields if name not in ("_service", "myPermissions")]
    return Choices(shown, pools, roots, depth=7, width=4, selections=14)


@cache
def schema_of(consumer: str, subgraph: str) -> Any:
    return built(consumer, subgraph)._schema


@cache
def built(consumer: str, subgraph: str) -> Any:
    return schema(model(), subgraph, visible_to(policies(), consumer), policed=True)


def caller(consumer: str, strict: bool) -> Caller:
    who: Mapping[str, Any] = WHO[consumer]
    stated = policies().contracts.stated(consumer, who["principal"])
    purpose = who["purpose"], who["basis"]
    names = (consumer, "test", *purpose, None, stated, policies().version, "op", None, "hash")
    return replace(Caller(*names), strict=strict)


def inlined(text: str, parameters: Mapping[str, Any]) -> str:
    """The statement with its values in their places: names of parameters may differ."""
    return re.sub(r"\$(\w+)", lambda found: repr(parameters[found[1]]), text)


def sides(consumer: str, subgraph: str, strict: bool, read: Any) -> tuple[Side, Side]:
    who = caller(consumer, strict)
    decision = policies().decision(consumer, who.purpose, who.basis)
    clock = Clock(datetime.now(UTC))
    pair: list[Side] = []
    for _ in range(2):
        side = Side(
            Request(statements(), subgraph, who, decision, read, None, clock)  # type: ignore[arg-type]
        )
        side.request.recorder = side
        side.request.read = _noted(side, read)
        pair.append(side)
    return pair[0], pair[1]


def _noted(side: Side, read: Any) -> Any:
    async def noted(text: str, parameters: Any) -> Any:
        side.asked.append(inlined(text, parameters))
        return await read(text, parameters)

    return noted


async def compare(
    consumer: str, subgraph: str, made: Operation, read: Any, strict: bool = False
) -> bool:
    """Whether the operation has a plan. Fails where the two ways differ."""
    planned, executed = sides(consumer, subgraph, strict, read)
    asked = Asked(made.text, made.variables, None)
    found = await _planned(planned, schema_of(consumer, subgraph), asked)
    if found is None:
        assert not planned.asked and not planned.recorded
        return False
    await _executed(executed, built(consumer, subgraph), asked)
    told = (made.text, made.variables)
    assert planned.asked == executed.asked, told
    assert found == executed.result, told
    assert planned.request.masked == executed.request.masked, told
    assert planned.recorded == executed.recorded, told
    return True


async def _planned(side: Side, shown: Any, asked: Asked) -> dict[str, Any] | None:
    try:
        result = await answer(plans(), shown, side.request, asked)
    except (CitizengraphError, _Stopped) as error:
        return {"data": None, "errors": [_words(error)]}
    return None if result is None else _told(result)


async def _executed(side: Side, shown: Any, asked: Asked) -> None:
    result = await shown.execute(
        asked.text, variable_values=dict(asked.variables), context_value=side.request
    )
    side.result = _told(result)


def _told(result: ExecutionResult) -> dict[str, Any]:
    errors = [
        _words(e.original_error) if e.path is None else error_of(e) for e in result.errors or ()
    ]
    return {"data": result.data, "errors": errors}


def _words(error: BaseException | None) -> str:
    return f"{type(error).__name__}: {error}"


def made_for(choice: Choices, seed: str) -> Operation:
    return operation(choice, random.Random(seed).randrange)


@pytest.mark.parametrize(("consumer", "subgraph"), PLACES)
def test_the_same_is_asked_of_the_graph(consumer: str, subgraph: str) -> None:
    choice = choices(consumer, subgraph)
    if choice is None:
        pytest.skip("nothing of this subgraph is in the consumer's contract")

    async def nothing(_text: str, _parameters: Any) -> Any:
        raise _Stopped

    async def all_of_them() -> int:
        numbers = range(STATEMENTS)
        return sum(
            [
                await compare(consumer, subgraph, made_for(choice, f"{subgraph} {n}"), nothing)
                for n in numbers
            ]
        )

    assert asyncio.run(all_of_them()) > STATEMENTS / 4


async def test_the_same_is_answered_and_recorded(harness: Harness) -> None:
    ids = tuple((await harness.ids("Person")).values())
    planned = 0
    # What a department holds is completed by the department: test_joined.
    places = [(who, where) for who, where in PLACES if where != "education"]
    for consumer, subgraph in places:
        choice = choices(consumer, subgraph, ids)
        if choice is None:
            continue
        known: dict[str, Any] = {}

        async def read(text: str, parameters: Any, known: dict[str, Any] = known) -> Any:
            key = inlined(text, parameters)
            if key not in known:
                known[key] = await harness.store.read(text, parameters, PLANNING_SECONDS_MAX)
            return known[key]

        for number in range(ANSWERS):
            made = made_for(choice, f"{consumer} {number}")
            planned += await compare(consumer, subgraph, made, read, strict=number % 5 == 0)
    assert planned > len(places) * ANSWERS / 3
