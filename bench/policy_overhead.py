"""What the policy costs an operation whose plan is known, against the same without a policy.

`python -m bench.policy_overhead --rounds 300` asks, on the graph of a running stack, each page of a
person of the caseworker's district in turn under the grants in force and under a decision that
permits everything without a condition: the same schema, audit and graph, the same answer (checked
first), one after the other. Prints medians, their ratio, that of the tenth percentiles, which other
work on the machine disturbs least, and how far the ratio of single pairs spreads; `--json` for
machines. Only the bench can make such a decision.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Mapping
from typing import Any, cast

import uvloop
from strawberry.federation import Schema

from audit.writer import AuditWriter
from bench.kinship import Everything
from cli.load import open_store
from cli.output import print_json, print_table
from cli.policy_sources import in_force
from graph.catalogue import model
from graph.cypher import Statements
from graph.decision import Decision
from graph.store import Store
from policies.table import PolicySet
from resolvers.context import Caller
from resolvers.operation import Recorder, Request
from resolvers.planned import Asked, answer
from resolvers.plans import Plans
from runtime.settings import load_settings
from subgraphs.schemas import schema
from subgraphs.visible import visible_to

WARM = 30
CONSUMER, PURPOSE, BASIS = "caseworker", "household-services", "statutory-duty"
PERSON = "n: String!) { person(citizenNumber: $n) { id"
PAGES: Mapping[str, tuple[str, str]] = {
    "who": ("people", f"query (${PERSON} citizenNumber name sex birthDate }} }}"),
    "family": (
        "people",
        f"query (${PERSON} name sex birthDate"
        " parents { edges { kind register record node { id name sex birthDate citizenNumber } } }"
        " children { edges { kind register record node { id name sex birthDate citizenNumber } } }"
        " spouses { edges { register record node { id name sex birthDate citizenNumber } } } } }",
    ),
    "households": (
        "households",
        "query ($representations: [_Any!]!) { _entities(representations: $representations) {"
        " ... on Person { households { edges { relationToHead register node { bookNumber address"
        " members { edges { relationToHead node { id } } } } } } } } }",
    ),
    "licences": (
        "licences",
        "query ($representations: [_Any!]!) { _entities(representations: $representations) {"
        " ... on Person { licences { edges { node { number kind expiryDate } } } } } }",
    ),
}
# A person of the district with a household book and a parent; every row that is shown is too.
SAMPLE = """MATCH (n:Person {district: $district})<-[:BIRTH_PARENT_OF]-(m:Person)
WHERE n.underProtectionUntil IS NULL AND n.addressProtectedUntil IS NULL AND n.staffUntil IS NULL
  AND all(r IN COLLECT {
    MATCH (n)-[:BIRTH_PARENT_OF|MARRIED_TO|MEMBER_OF*1..2]-(r:Person) RETURN r }
    WHERE r.district = $district AND r.underProtectionUntil IS NULL AND r.staffUntil IS NULL
      AND r.addressProtectedUntil IS NULL)
RETURN DISTINCT n.citizenNumber AS number, n.id AS id LIMIT 50"""


class Bench:
    """One graph, the policies in force, and who asks."""

    def __init__(self, store: Store, recorder: Recorder, policies: PolicySet) -> None:
        self.store, self.recorder, self.policies = store, recorder, policies
        self.granted = policies.decision(CONSUMER, PURPOSE, BASIS)
        parameters = {"consumer": CONSUMER, "purpose": PURPOSE}
        whole = Everything()
        self.everything = Decision(clear=whole, see=whole, filter=whole, parameters=parameters)
        self.schemas: dict[str, Schema] = {}
        self.statements = Statements(model())
        self.plans = Plans(self.statements)

    def schema(self, subgraph: str) -> Schema:
        """The caseworker's."""
        if subgraph not in self.schemas:
            visible = visible_to(self.policies, CONSUMER)
            self.schemas[subgraph] = schema(model(), subgraph, visible, policed=True)
        return self.schemas[subgraph]

    async def ask(
        self, page: str, decision: Decision, caller: Caller, person: Mapping[str, str]
    ) -> tuple[float, Any]:
        """Milliseconds, and the answer."""
        subgraph, query = PAGES[page]
        representation = {"__typename": "Person", "id": person["id"]}
        variables = {"n": person["number"], "representations": [representation]}
        if subgraph == "people":
            del variables["representations"]
        else:
            del variables["n"]
        request = Request(
            self.statements, subgraph, caller, decision, self.store.read, self.recorder
        )
        started = time.perf_counter()
        asked = Asked(query, variables, None)
        core = cast("Any", self.schema(subgraph))._schema
        result = await answer(self.plans, core, request, asked)
        took = (time.perf_counter() - started) * 1000
        if result is None or result.errors:
            raise SystemExit(f"{page} was not answered: {result and result.errors}")
        return took, result.data

    async def measure(
        self, page: str, caller: Caller, persons: list[dict[str, str]], rounds: int
    ) -> dict[str, Any]:
        """A row of the table. Raises SystemExit where the answers differ."""
        for person in persons:
            answers = [
                (await self.ask(page, decision, caller, person))[1]
                for decision in (self.granted, self.everything)
            ]
            if answers[0] != answers[1]:
                raise SystemExit(f"{page}: the answers differ, so the times mean nothing")
        pairs: list[tuple[float, float]] = []
        for turn in range(WARM + rounds):
            person = persons[turn % len(persons)]
            decisions = [self.granted, self.everything][:: 1 if turn % 2 else -1]
            took = {id(d): (await self.ask(page, d, caller, person))[0] for d in decisions}
            pairs.append((took[id(self.granted)], took[id(self.everything)]))
        return _row(page, pairs[WARM:])


def _row(page: str, pairs: list[tuple[float, float]]) -> dict[str, Any]:
    granted, without = (statistics.median(side) for side in zip(*pairs, strict=True))
    ratios = sorted(a / b for a, b in pairs)
    at = len(ratios) // 10
    quiet = [sorted(side)[at] for side in zip(*pairs, strict=True)]
    return {
        "page": page,
        "with policy ms": round(granted, 3),
        "without ms": round(without, 3),
        "ratio": round(granted / without, 3),
        "quiet ratio": round(quiet[0] / quiet[1], 3),
        "ratio p10": round(ratios[at], 3),
        "ratio p90": round(ratios[-at - 1], 3),
    }


async def run(rounds: int, district: str) -> list[dict[str, Any]]:
    """Every page."""
    settings = load_settings()
    policies, recorder = in_force(settings), AuditWriter(settings.redis_url)
    await recorder.open()
    async with open_store(settings) as store:
        officers = await store.read(
            "MATCH (n:Person)-[:SUBJECT_OF_CASE]->(:Case)-[:ASSIGNED_TO]->(w:Caseworker)"
            " WITH w.code AS worker, count(*) AS files ORDER BY files DESC, worker LIMIT 1"
            " MATCH (n:Person) WHERE n.staffUntil IS NOT NULL"
            " RETURN n.citizenNumber AS number, worker, files ORDER BY number LIMIT 1",
            {},
        )
        persons = await store.read(SAMPLE, {"district": district}, 60)
        if not officers or not persons:
            raise SystemExit("The graph has no office or nobody in the district; load the city.")
        stated = {
            "district": district,
            "person": officers[0]["number"],
            "worker": officers[0]["worker"],
        }
        principal = policies.contracts.stated(CONSUMER, stated)
        who = (CONSUMER, "bench", PURPOSE, BASIS, None, principal, policies.version)
        caller = Caller(*who, "bench", None, "bench")
        bench = Bench(store, recorder, policies)
        found = [await bench.measure(page, caller, persons, rounds) for page in PAGES]
    await recorder.close()
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="bench.policy_overhead", description=__doc__)
    parser.add_argument("--rounds", type=int, default=300, help="pairs of each page")
    parser.add_argument("--district", default="110101", help="the caseworker's district")
    parser.add_argument("--json", action="store_true", help="for machines")
    given = parser.parse_args()
    rows = uvloop.run(run(given.rounds, given.district))
    if given.json:
        print_json(rows)
        return
    cells = [[str(value) for value in row.values()] for row in rows]
    print_table("What the policy costs", list(rows[0]), cells)


if __name__ == "__main__":
    main()
