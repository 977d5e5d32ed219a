"""What is planned behind the start is what consumers then ask, and it waits for who asks."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, cast

import pytest

from graph.catalogue import SUBGRAPHS, model
from graph.problems import GraphUnavailable, StatementTooLarge
from policies.table import load
from resolvers.context import Caller
from resolvers.operation import Request
from resolvers.planned import Asked
from subgraphs import warm
from subgraphs.app import KINDS
from subgraphs.service import Service
from subgraphs.warm import FirstAsked, first_asked, statements

MOTHER, DAUGHTER = "110101197302160018", "110101199902160026"
TOKENS: Mapping[str, Mapping[str, str]] = {
    "caseworker": {"district": "110101", "person": MOTHER, "worker": "W-1001"},
    "citizen": {"person": DAUGHTER},
    "school-enrolment": {},
}


class Sent(Exception):
    """Ends an operation at its first statement."""


class Fixed:
    """The shipped policies."""

    def __init__(self) -> None:
        self.newest = load(None, model())

    def of(self, version: str) -> Any:
        return self.newest


class Nowhere:
    """A store of which only the door is there."""

    async def read(self, text: str, parameters: Mapping[str, Any]) -> Any:
        raise AssertionError("nothing is read here")


class Silent:
    async def write(self, disclosure: Any) -> None:
        """Nothing is answered."""


@pytest.fixture(scope="module")
def services() -> list[Service]:
    fixed, store, verifier = cast("Any", Fixed()), cast("Any", Nowhere()), cast("Any", None)
    return [
        KINDS.get(name, Service)(name, model(), fixed, verifier, store, Silent())
        for name in SUBGRAPHS
    ]


@pytest.fixture(scope="module")
def policies(services: list[Service]) -> Any:
    return cast("Any", services[0])._policies


def kinds(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """What the server's plan depends on."""
    return {name: type(value) for name, value in parameters.items()}


def real(name: str, type_name: str, fetch: FirstAsked) -> Any:
    if type_name == "_Any":
        return [{"__typename": of, "id": f"{at:032x}"} for of in fetch.entities for at in (1, 2)]
    number = MOTHER if name in ("mother", "adult") else DAUGHTER
    return {"citizenNumber": number} if type_name == "PersonRef" else number


async def asked(service: Service, fetch: FirstAsked, purpose: str, basis: str) -> Any:
    """Text and parameters of the first statement that a real caller's operation sends."""
    sent: list[tuple[str, Mapping[str, Any]]] = []

    async def read(text: str, parameters: Mapping[str, Any]) -> Any:
        sent.append((text, parameters))
        raise Sent

    policies = cast("Any", service)._policies.newest
    who = (fetch.consumer, "real", purpose, basis, None, TOKENS[fetch.consumer], policies.version)
    caller = service.stated(Caller(*who, "o", None, "h"))
    request = service.request(caller)
    assert isinstance(request, Request)
    request.read = read
    nobody = fetch.variables()
    types = {n: "_Any" if isinstance(v, list) else "PersonRef" if isinstance(v, dict) else "String"
             for n, v in nobody.items() if v is not None}  # fmt: skip
    variables = {name: real(name, type_name, fetch) for name, type_name in types.items()}
    with pytest.raises(Sent):
        await service.execute(
            service.schema(caller), request, Asked(fetch.operation, variables, None)
        )
    return sent[0]


async def test_what_is_planned_is_what_is_asked(services: list[Service], policies: Any) -> None:
    planned = {s.text: s.parameters for s in statements(services, policies)}
    by_name = {service.name: service for service in services}
    usual = {"caseworker": ("household-services", "statutory-duty")}
    found: set[str] = set()
    for fetch in first_asked():
        contract = policies.newest.contract(fetch.consumer)
        purpose = next(iter(contract))
        where = usual.get(fetch.consumer, (purpose, next(iter(contract[purpose]))))
        text, parameters = await asked(by_name[fetch.subgraph], fetch, *where)
        assert text in planned, fetch
        assert kinds(planned[text]) == kinds(parameters), fetch
        found.add(fetch.consumer)
    assert found == set(TOKENS)


def test_custody_and_every_subgraph_of_the_family_page_are_asked() -> None:
    office = [fetch for fetch in first_asked() if fetch.consumer == "caseworker"]
    assert any("custody(" in fetch.operation for fetch in office)
    subgraphs = {"people", "households", "licences", "legal-entities", "cases", "education"}
    assert {fetch.subgraph for fetch in office} == subgraphs


def test_it_is_about_nobody(services: list[Service], policies: Any) -> None:
    for statement in statements(services, policies):
        given = {str(value) for value in statement.parameters.values() if value}
        assert not given & {MOTHER, DAUGHTER}
        assert statement.parameters["case"] is None
        assert not any("WITHDRAWN" in value for value in given)


class Graph:
    """Counts; somebody else asks `busy` times before they stop."""

    def __init__(self, busy: int = 0, fails: Mapping[int, Exception] | None = None) -> None:
        self.busy, self.fails = busy, dict(fails or {})
        self.calls = 0
        self.planned: list[str] = []

    @property
    def statements(self) -> int:
        self.busy -= self.busy > 0
        return len(self.planned) + (1000 - self.busy if self.busy else 1000)

    async def plan_ahead(self, text: str, parameters: Mapping[str, Any]) -> None:
        assert self.busy == 0, "somebody was still asking"
        self.calls += 1
        if self.calls in self.fails:
            raise self.fails[self.calls]
        self.planned.append(text)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warm, "QUIET_SECONDS", 0.0)
    monkeypatch.setattr(warm, "WAIT_SECONDS", 0.0)


async def test_it_waits_while_somebody_asks(services: list[Service], policies: Any) -> None:
    graph = Graph(busy=25)
    await asyncio.wait_for(warm.warm(services, policies, cast("Any", graph)), 60)
    assert graph.planned == [s.text for s in statements(services, policies)]


async def test_a_graph_that_is_away_is_asked_again_and_a_long_plan_is_left_out(
    services: list[Service], policies: Any
) -> None:
    graph = Graph(fails={1: GraphUnavailable(), 2: GraphUnavailable(), 5: StatementTooLarge()})
    await asyncio.wait_for(warm.warm(services, policies, cast("Any", graph)), 60)
    expected = [s.text for s in statements(services, policies)]
    assert graph.planned == [*expected[:2], *expected[3:]]
