"""Done once behind the start, so that the first caller does not pay for it.

Building each consumer's schema takes tens of milliseconds, and the graph plans a long statement in
seconds. What is asked here is what consumers are likely to ask first (`first_asked.json`), about
nobody: no answer leaves, so nothing is recorded. It waits while anybody else asks.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, cast

from graphql import GraphQLError, ListTypeNode, NonNullTypeNode, OperationDefinitionNode, parse

from graph.conditions import Scalar
from graph.cypher import Statement
from graph.problems import StatementTooLarge
from policies.contracts import Contracts
from resolvers.context import Caller
from resolvers.operation import Request
from resolvers.planned import Asked, prepared
from runtime.errors import CitizengraphError
from subgraphs.policies_in_force import Policies
from subgraphs.service import Service

FIRST_ASKED = Path(__file__).parent / "first_asked.json"
ATTEMPTS = 20
WAIT_SECONDS = 1.0
QUIET_SECONDS = 1.0
"""Nobody has asked for so long before the next statement is planned."""
NUMBER, CODE, ID = "0" * 18, "nobody", "0" * 32
"""Nobody's, and as long as a citizen number, a code and an id are."""
SELDOM = frozenset({"department"})
"""What the tokens of few callers of a consumer say."""
_log = logging.getLogger("citizengraph.subgraphs")


class Graph(Protocol):
    """What is needed of the store."""

    statements: int

    async def plan_ahead(self, text: str, parameters: Mapping[str, Any]) -> None:
        """Have the statement planned."""
        ...


@dataclass(frozen=True)
class FirstAsked:
    """One fetch that a consumer is likely to make."""

    consumer: str
    subgraph: str
    operation: str
    entities: Sequence[str]

    def variables(self) -> dict[str, Any]:
        """Nobody, for each of them."""
        definition = cast("OperationDefinitionNode", parse(self.operation).definitions[0])
        return {
            declared.variable.name.value: self._nobody(declared.type)
            for declared in definition.variable_definitions or ()
        }

    def _nobody(self, declared: Any) -> Any:
        """What may be left out is, but for texts: days, pages and ids of rows are seldom given."""
        type_name = _type_name(declared)
        if type_name == "_Any":
            return [{"__typename": entity, "id": ID} for entity in self.entities]
        if type_name == "PersonRef":
            return {"citizenNumber": NUMBER}
        return NUMBER if isinstance(declared, NonNullTypeNode) or type_name == "String" else None


def _type_name(node: Any) -> str:
    while isinstance(node, ListTypeNode | NonNullTypeNode):
        node = node.type
    return str(node.name.value)


def first_asked() -> list[FirstAsked]:
    """What the file has."""
    return [FirstAsked(**said) for said in json.loads(FIRST_ASKED.read_text(encoding="utf-8"))]


async def warm(services: Sequence[Service], policies: Policies, graph: Graph) -> None:
    """Build every schema, then have the graph plan what is likely to be asked first."""
    for attempt in range(ATTEMPTS):
        try:
            await _build(services, policies)
            await _plan(services, policies, graph)
            return
        except Exception:
            _log.debug("policies or graph cannot be asked yet (attempt %d)", attempt)
            await asyncio.sleep(WAIT_SECONDS)


async def _build(services: Sequence[Service], policies: Policies) -> None:
    newest = policies.newest
    for service in services:
        for consumer in newest.consumers:
            service.build_schema(newest.version, consumer)
            await asyncio.sleep(0)


async def _plan(services: Sequence[Service], policies: Policies, graph: Graph) -> None:
    for statement in statements(services, policies):
        await _quiet(graph)
        with suppress(StatementTooLarge):
            await graph.plan_ahead(statement.text, statement.parameters)


async def _quiet(graph: Graph) -> None:
    """Wait until nobody has asked anything for a while."""
    asked = -1
    while asked != graph.statements:
        asked = graph.statements
        await asyncio.sleep(QUIET_SECONDS)


def statements(services: Sequence[Service], policies: Policies) -> Iterator[Statement]:
    """Of each fetch, for each purpose and basis that its consumer has under these policies."""
    by_name = {service.name: service for service in services}
    newest = policies.newest
    for fetch in first_asked():
        service = by_name.get(fetch.subgraph)
        if service is None or fetch.consumer not in newest.consumers:
            continue
        for purpose, bases in newest.contract(fetch.consumer).items():
            for basis in bases:
                for said in callers(newest.contracts, fetch.consumer):
                    who = (fetch.consumer, "nobody", purpose, basis, None, said, newest.version)
                    yield from _statements(service, Caller(*who, "", None, ""), fetch)


def _statements(service: Service, caller: Caller, fetch: FirstAsked) -> list[Statement]:
    """Nothing where the consumer may not ask this under the policies in force."""
    try:
        caller = service.stated(caller)
        request = service.request(caller)
        if not isinstance(request, Request):
            return []
        core = cast("Any", service.schema(caller))._schema
        asked = Asked(fetch.operation, fetch.variables(), None)
        return prepared(service.plans, core, request, asked)
    except (CitizengraphError, GraphQLError):
        return []


def callers(contracts: Contracts, consumer: str) -> Iterator[Mapping[str, Scalar | None]]:
    """What tokens of the consumer usually say: the texts; nothing, where they name no person."""
    declared = contracts.consumers[consumer].principal
    texts = [name for name, kind in declared.items() if kind == "String" and name not in SELDOM]
    yield {name: NUMBER if name == "person" else CODE for name in texts}
    if texts and "person" not in texts:
        yield {}
