"""Random operations over each contract, through the gateway: nothing breaks and nothing slips.

`FUZZ_OPERATIONS=5000 pytest tests/e2e/test_fuzz.py` asks so many as each consumer.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeGuard

import graphql as g
import httpx
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from stack import PURPOSES, SOMEBODY, Reply, Stack

from graph.catalogue import model
from graph.facts import NodeFact
from graph.store import Store
from tests import family
from tests.random_operations import Choices, Operation, operations

ROOT = Path(__file__).parents[2]
OPERATIONS = int(os.environ.get("FUZZ_OPERATIONS", "80"))
SECONDS = 12 if OPERATIONS <= 80 else 3600
"""For each consumer. The graph takes long to plan questions that are new to it, and how many fit
depends on what else the machine does."""
SELECTIONS = 12 if OPERATIONS <= 80 else 25
CODES = {page.stem for page in (ROOT / "docs" / "errors").glob("*.md")}
BROKEN = {"INTERNAL", "SUBGRAPH_UNAVAILABLE", "PART_FAILED"}
SLOW = "QUERY_TOO_LARGE"
"""A statement that the graph could not plan in time, which it may have the second time."""
MOVING = re.compile(
    "policyReplay|policyProcesses|policyCheck|licenceCode|licenceRendition|systemHealth"
    "|requestRates|auditRecords|auditChain|emergencyLooks|policyDenials|whoLooked"
)
"""What counts the operations so far, says when something happened last, or is signed anew."""
HIDDEN_FIELDS = ("name", "citizenNumber", "birthDate")
YEAR = re.compile(r"\d{4}")
"""Too short to be sure of: it stands in the ids of operations by chance."""
SEEN: Mapping[str, set[str]] = {
    "caseworker": {"mother", "father", "daughter", "son", "grandchild", "husband", "grandmother"},
    "school-enrolment": {"grandchild"},
    "citizen": {"daughter", "grandchild"},
    "licence-authority": {"father", "mother"},
}
"""Of whom the caller of SOMEBODY may learn who they are."""
TOLD_IDS = {"caseworker", "access-reviewer", "policy-admin"}
"""They are told that somebody is there: a reviewer of whom an emergency access was opened to, and
whoever reads the audit, which has ids."""
ASKED_FOR = ("grandchild", "stranger", "daughter", "former", "mother", "officer")
DESKS = {"policy-admin", "partner-developer"}
"""They are shown the whole catalogue, which has every name."""
LOOKS_LIKE_A_NAME = re.compile(r"\b(?:[a-z]+[A-Z]|[A-Z][a-z]+[A-Z])\w*|(?<=[\"'“‘])[A-Za-z_]\w*")
"""Words of a message that are names of a schema, not of a sentence."""


@pytest.fixture(scope="module")
async def ids(stack: Stack) -> Mapping[str, str]:
    """The opaque ids of everything in the graph, by natural key."""
    home = stack.settings
    async with Store.connect(home.neo4j_uri, home.neo4j_user, home.neo4j_password) as store:
        rows = await store.read(
            "MATCH (n) WHERE n.id IS NOT NULL RETURN n.key AS key, n.id AS id ORDER BY key", {}
        )
    return {row["key"]: row["id"] for row in rows}


@cache
def contract(consumer: str) -> g.GraphQLSchema:
    return g.build_schema((ROOT / "gateway" / "supergraphs" / f"{consumer}.graphql").read_text())


def hidden(consumer: str, ids: Mapping[str, str]) -> set[str]:
    """What tells of a person of whom the caller may not learn who they are."""
    shown = {family.key(person) for person in SEEN.get(consumer, ())}
    told = defaultdict[bool, set[str]](set)
    for fact in family.facts():
        if isinstance(fact, NodeFact) and fact.type == "Person":
            values = {str(fact.fields[name]) for name in HIDDEN_FIELDS if name in fact.fields}
            values = {value for value in values if not YEAR.fullmatch(value)}
            seen = fact.key in shown
            told[seen] |= values
            if consumer not in TOLD_IDS:
                told[seen].add(ids[fact.key])
    return told[False] - told[True]


def pools(consumer: str, ids: Mapping[str, str]) -> dict[str, list[Any]]:
    """Values that are known in the graph, that could be, and that are none."""
    numbers = [*(family.NUMBERS[person] for person in ASKED_FOR), "110101190001010000"]
    opaque = [ids[family.key(person)] for person in ASKED_FOR] + [*list(ids.values())[::40]]
    found = {
        "ID": [*opaque, "nobody", ""],
        "citizenNumber": numbers,
        "keys": [*numbers, family.COMPANY],
        "creditCode": [family.COMPANY, family.AUTHORITY],
        "bookNumber": ["H-1", "H-2", "H-3"],
        "number:String": ["L-1", "L-2", "nobody"],
        "code": ["P-away", "population", "household"],
        "first": [1, 2, 20, 3, 0, 101],
        "consumer": list(PURPOSES),
        "coordinate": ["Person.name", "Person.nothing", "nobody"],
        "PersonRef": [
            *({"citizenNumber": number} for number in numbers),
            *({"id": id} for id in opaque[:6]),
        ],
        "Date": ["2020-02-29", "2016-01-05", "9999-12-31", "0001-01-01", "yesterday"],
        "PartialDate": ["1960", "1962-03", "1988-05-17", "1988-13", "soon"],
        "DateTime": ["2020-02-29T00:00:00Z", "2026-11-25T08:00:00+08:00", "noon"],
    }
    person = contract(consumer).type_map.get("PersonRef")
    ways = person.fields if isinstance(person, g.GraphQLInputObjectType) else {}
    return found | {"PersonRef": [one for one in found["PersonRef"] if set(one) <= set(ways)]}


@cache
def names(consumer: str) -> frozenset[str]:
    """Every name in the contract."""
    return frozenset(re.findall(r"[A-Za-z_]\w*", g.print_schema(contract(consumer))))


@cache
def catalogue() -> frozenset[str]:
    """Every type and field of the model."""
    return frozenset(word for coordinate in model().coordinates() for word in coordinate)


def is_fragment(definition: g.DefinitionNode) -> TypeGuard[g.FragmentDefinitionNode]:
    return isinstance(definition, g.FragmentDefinitionNode)


def messages(reply: Reply) -> str:
    return "\n".join(error["message"] for error in reply.body.get("errors") or ())


def check(consumer: str, asked: Operation, reply: Reply, secrets: set[str]) -> None:
    """Nothing broke, and nothing in the whole answer tells more than the caller may learn."""
    assert reply.status < 500, reply.body
    assert set(reply.codes) <= CODES - BROKEN, reply.body
    whole = json.dumps(reply.body, ensure_ascii=False)
    sent = asked.text + json.dumps(asked.variables, ensure_ascii=False)
    echoed = {secret for secret in secrets if secret in sent} if "keys:" in sent else set()
    assert not [secret for secret in secrets - echoed if secret in whole], reply.body
    told = set(LOOKS_LIKE_A_NAME.findall(messages(reply)))
    known = names(consumer) | (catalogue() if consumer in DESKS else set())
    assert not [name for name in told - known if name not in sent], reply.body


def otherwise(text: str) -> str:
    """The same operation within a fragment, and with its named fragments written out."""
    document = g.parse(text, no_location=True)
    fragments = {d.name.value: d for d in document.definitions if is_fragment(d)}

    class WrittenOut(g.Visitor):
        def enter_fragment_spread(self, node: g.FragmentSpreadNode, *_: object) -> g.Node:
            of = fragments[node.name.value]
            return g.InlineFragmentNode(
                type_condition=of.type_condition,
                directives=node.directives,
                selection_set=of.selection_set,
            )

    operation = g.visit(document.definitions[0], WrittenOut())
    within = g.InlineFragmentNode(selection_set=operation.selection_set)
    whole = g.OperationDefinitionNode(
        operation=operation.operation,
        name=operation.name,
        variable_definitions=operation.variable_definitions,
        selection_set=g.SelectionSetNode(selections=(within,)),
    )
    return g.print_ast(whole)


def said(reply: Reply) -> tuple[Any, list[str]]:
    """Data and errors, without what is of one request only.

    Of a root whose non-null field fails the planner makes null, within a fragment an empty object.
    """
    errors = reply.body.get("errors") or ()
    kept = [[e["message"], e["extensions"]["code"], e.get("path")] for e in errors]
    return reply.body.get("data") or None, sorted(json.dumps(one) for one in kept)


class Asker:
    """Asks as one consumer until its time is over; what failed is asked on, to become smaller."""

    def __init__(
        self, stack: Stack, http: httpx.Client, ids: Mapping[str, str], consumer: str
    ) -> None:
        self._stack, self._http, self._consumer = stack, http, consumer
        self._secrets = hidden(consumer, ids)
        self._end = time.monotonic() + SECONDS
        self.answered = 0

    def check(self, asked: Operation) -> None:
        """The operation, and the same in another form."""
        if time.monotonic() > self._end:
            return
        try:
            reply = self._reply(asked.text, asked)
            check(self._consumer, asked, reply, self._secrets)
            again = self._reply(otherwise(asked.text), asked)
            if SLOW not in reply.codes + again.codes and not MOVING.search(asked.text):
                assert said(again) == said(reply), "the form of an operation changes its answer"
        except BaseException:
            self._end = float("inf")
            raise
        self.answered += bool(reply.body.get("data"))

    def _reply(self, text: str, asked: Operation) -> Reply:
        caller = SOMEBODY[self._consumer]
        return self._stack.ask(self._consumer, text, asked.variables, http=self._http, **caller)


@pytest.mark.parametrize("consumer", PURPOSES)
def test_random_operations(stack: Stack, ids: Mapping[str, str], consumer: str) -> None:
    choices = Choices(contract(consumer), pools(consumer, ids), width=3, selections=SELECTIONS)
    run = settings(
        max_examples=OPERATIONS,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    with httpx.Client() as http:
        asker = Asker(stack, http, ids, consumer)
        run(given(operations(choices))(asker.check))()
    assert asker.answered
