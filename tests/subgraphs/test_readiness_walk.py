"""Readiness against a plain walk over the facts: generated cities, with dates blurred at random."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest
from harness import Harness

from cli.readiness_population import difference, population
from graph import evidence
from graph.catalogue import model
from graph.cypher import Clock
from graph.cypher.readiness import Application, about, of_one
from graph.cypher.rights import everything
from graph.facts import EdgeFact, Fact, NodeFact, Source
from ingest.city.generate import generate
from policies.bundle import SERVICES_FILE, read_bundle
from policies.services import Requirement, Service, read_services
from resolvers.overview import overview
from runtime.errors import CitizengraphError
from runtime.neo4j.server import Neo4jAddress
from tests.granted import policies_with
from tests.readiness_walk import Walk

TODAY = date.today().isoformat()
YEAR = TODAY[:4]
SERVICES = read_services(read_bundle(None), model())
STATES = {True: "SATISFIED", False: "MISSING", None: "UNKNOWN"}
NODES = """MATCH (n:Person|Licence|Place|LegalEntity|Household)
RETURN n.key AS key, properties(n) AS properties, labels(n)[0] AS type"""
PERSONAL: tuple[dict[str, Any], ...] = (
    {"name": "alive"},
    {"name": "deceased"},
    {"name": "age", "at-least": 18},
    {"name": "age", "at-least": 20, "under": 60, "sex": "FEMALE"},
    {"name": "married"},
    {"name": "not-married"},
    {"name": "resides-in"},
    {"name": "resides-in", "district": "110000"},
    {"name": "registered-in", "district": "110101"},
    {"name": "household-book"},
    {"name": "licence", "kinds": ["RESIDENT_IDENTITY_CARD", "DRIVING_LICENCE"]},
    {"name": "licence", "kinds": ["BIRTH_CERTIFICATE"], "valid": False},
)
BETWEEN: dict[str, tuple[dict[str, Any], ...]] = {
    "child": ({"name": "parent-of"}, {"name": "spouse-of"}, {"name": "same-household-book"}),
    "deceased": ({"name": "heir-of"}, {"name": "spouse-of"}, {"name": "parent-of"}),
    "entity": (
        {"name": "represents"},
        {"name": "active-entity"},
        {"name": "licence", "kinds": ["BUSINESS_LICENCE", "FOOD_BUSINESS_LICENCE"]},
    ),
}


@dataclass(frozen=True)
class World:
    """A loaded city, and the same facts to walk over."""

    harness: Harness
    walk: Walk


def blurred(facts: Iterator[Fact], random: Random) -> Iterator[Fact]:
    """Some links end in a year, are disputed, or are believed no more; some births are years."""
    for fact in facts:
        draw = random.random()
        if isinstance(fact, EdgeFact) and draw < 0.15:
            yield replace(fact, source=_blurred(fact.source, draw))
        elif isinstance(fact, NodeFact) and fact.type == "Person" and draw < 0.1:
            yield replace(fact, fields=_years(dict(fact.fields)))
        elif isinstance(fact, NodeFact) and fact.type == "Licence" and draw < 0.1:
            yield replace(fact, fields={**fact.fields, "expiryDate": YEAR})
        else:
            yield fact


def _blurred(source: Source, draw: float) -> Source:
    if draw < 0.05:
        return replace(source, valid_to=YEAR)
    if draw < 0.1:
        return replace(source, disputed=True)
    return replace(source, recorded_to=f"{TODAY}T00:00:00Z")


def _years(fields: dict[str, Any]) -> dict[str, Any]:
    born = fields.get("birthDate")
    return fields | {"birthDate": born[:4]} if born else fields


@pytest.fixture(scope="module", params=[3, 8])
async def world(
    request: pytest.FixtureRequest, neo4j_server: Neo4jAddress, valkey_server: str
) -> AsyncIterator[World]:
    seed: int = request.param
    facts = list(blurred(iter(generate(160, seed)), Random(seed)))
    async with Harness(neo4j_server, valkey_server) as harness:
        await harness.empty()
        await harness.load(facts)
        rows = await harness.store.read(NODES, {})
        nodes = {row["key"]: {**row["properties"], "type": row["type"]} for row in rows}
        yield World(harness, Walk(facts, nodes, TODAY))


@pytest.mark.parametrize("other", ["child", "deceased", "entity"])
async def test_states_of_pairs(world: World, other: evidence.Other) -> None:
    walk, random = world.walk, Random(other)
    facts = [*_facts(PERSONAL, "applicant"), *_facts(BETWEEN[other], other)]
    if other != "entity":
        facts += _facts(PERSONAL, other)
    identifier = "creditCode" if other == "entity" else "citizenNumber"
    persons = [k for k, n in walk.nodes.items() if n.get("citizenNumber")]
    others = [k for k, n in walk.nodes.items() if n.get(identifier)]
    related = [p for p in walk.candidates(other) if p[0] in persons and p[1] in others]
    unrelated = random.sample(list(product(persons[:40], others[:40])), 25)
    pairs = [*random.sample(related, min(40, len(related))), *unrelated]
    seen: set[str] = set()
    template = of_one(Application(facts, other, named=True), everything(model()), model())
    for applicant, far in (pair for pair in pairs if pair[0] != pair[1]):
        numbers = walk.nodes[applicant]["citizenNumber"], walk.nodes[far][identifier]
        statement = about(template, *numbers, {"district": None}, Clock.system(), None)
        [row] = await world.harness.store.read(statement.text, statement.parameters)
        found = [told["state"] for told in row["requirements"]]
        walked = [STATES[walk.holds(fact, applicant, far)] for fact in facts]
        differing = [f for f, a, b in zip(facts, found, walked, strict=True) if a != b]
        assert found == walked, (applicant, far, differing)
        seen |= set(found)
    assert seen == {"SATISFIED", "MISSING", "UNKNOWN"}


def _facts(written: tuple[dict[str, Any], ...], of: str) -> list[evidence.AnyFact]:
    """As they stand in a requirement."""
    label = {"en": "x", "zh": "x"}
    named = [{**fact, "of": of} for fact in written]
    return [
        Requirement.model_validate(
            {"id": "x", "label": label, "fact": {f["name"]: {k: f[k] for k in f if k != "name"}}}
        ).fact
        for f in named
    ]


@pytest.mark.parametrize("service", SERVICES.services.values(), ids=lambda service: service.id)
async def test_counts_of_a_population(world: World, service: Service) -> None:
    found = await overview(world.harness.store, service, model(), Clock.system())
    asked = [r for r in service.requirements if r.fact.of != "partner"]
    states = [
        (applicant, [world.walk.holds(r.fact, applicant, other) for r in asked])
        for applicant, other in world.walk.candidates(service.other)
    ]
    eligible = [
        (applicant, held)
        for applicant, held in states
        if all(value for value, r in zip(held, asked, strict=True) if r.eligibility)
    ]
    assert found.applications == len(eligible)
    assert found.people == len({applicant for applicant, _ in eligible})
    for number, count in enumerate(found.requirements):
        values = [held[number] for _, held in eligible]
        assert (count.satisfied, count.unknown) == (values.count(True), values.count(None)), count
    assert (found.papers, found.saved) == _papers(asked, eligible)


def _papers(asked: list[Requirement], eligible: list[tuple[str, list[Any]]]) -> tuple[int, int]:
    papers = {(r.replaces, r.fact.of) for r in asked if r.replaces}
    saved = sum(
        all(v for v, r in zip(held, asked, strict=True) if (r.replaces, r.fact.of) == paper)
        for _, held in eligible
        for paper in papers
    )
    return len(papers) * len(eligible), saved


async def test_what_a_changed_file_would_do(world: World, tmp_path: Path) -> None:
    settings = world.harness.settings
    [before] = await population(settings, "old-age-allowance")
    directory = policies_with(tmp_path, "")
    file = directory / SERVICES_FILE
    file.write_text(file.read_text().replace("at-least: 80", "at-least: 60"))
    [changed] = await difference(settings, None, directory)
    assert changed.service == "old-age-allowance"
    assert changed.before == before
    assert changed.after is not None
    assert changed.after.applications > before.applications
    assert changed.as_json()["before"]["ready"] == before.ready
    file.write_text(file.read_text().replace("at-least: 60", "at-lest: 60"))
    with pytest.raises(CitizengraphError, match="at-lest"):
        await difference(settings, None, directory)
    with pytest.raises(CitizengraphError, match="no service 'x'"):
        await population(settings, "x")
