"""The contenders of `make bench` give the same answers on the family, and so do the subgraphs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from bench.peers.answers import rows
from bench.peers.contenders import Contender, Variables
from bench.peers.equality import Different, bodies, require_equal
from bench.peers.operations import Operation, read_operations
from bench.peers.samples import variables
from bench.peers.starting import FLOOR, LIBRARY, NAIVE, peers
from runtime.neo4j.server import Neo4jAddress
from runtime.settings import load_settings
from tests import family
from tests.subgraphs.harness import Harness

OPERATIONS = {operation.name: operation for operation in read_operations()}
HOME = {"district": family.HOME, "first": 2}
MADE: dict[str, list[Variables]] = {
    "bulk-100": [{"numbers": [family.NUMBERS[who] for who in ("mother", "son", "daughter")]}],
    "list-page": [
        {**HOME, "sex": sex, "from": "1950", "to": "2100", "offset": 0}
        for sex in ("FEMALE", "MALE")
    ],
    "family-one-subgraph": [{"number": family.NUMBERS["daughter"]}],
    "household-history": [{"number": "H-1"}],
    "company-one-subgraph": [{"number": family.COMPANY}],
}
"""Where the family is too small for the sample of a city, or its row conditions are not met."""
NAMES = [
    "point",
    "family-one-subgraph",
    "three-generations",
    "household-history",
    "company-one-subgraph",
    "relationship-near",
    "relationship-unrelated",
    "bulk-100",
    "list-page",
]


@pytest.fixture(scope="module")
async def harness(neo4j_server: Neo4jAddress, valkey_server: str) -> AsyncIterator[Harness]:
    async with Harness(neo4j_server, valkey_server) as running:
        await running.empty()
        await running.load()
        yield running


@pytest.fixture(scope="module")
def contenders(
    harness: Harness, neo4j_server: Neo4jAddress, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[Contender]]:
    uri, user, password, *_ = neo4j_server
    home: Path = tmp_path_factory.mktemp("bench")
    with peers(
        load_settings(home=home, neo4j_uri=uri, neo4j_user=user, neo4j_password=password)
    ) as running:
        yield running


async def questions(harness: Harness, operation: Operation) -> list[Variables]:
    if operation.name in MADE:
        return MADE[operation.name]
    found = await variables(harness.store, operation, family.HOME)
    return list[Variables](found[:3])


async def ours(harness: Harness, operation: Operation, asked: Variables) -> list[Any]:
    text = operation.text("citizengraph.graphql")
    assert text and operation.subgraph
    answer = await harness.graphql(operation.subgraph, text, dict(asked))
    return rows(answer, operation.ordered)


@pytest.mark.parametrize("name", NAMES)
async def test_all_say_the_same(harness: Harness, contenders: list[Contender], name: str) -> None:
    operation = OPERATIONS[name]
    asked = await questions(harness, operation)
    answers = {
        contender.name: bodies(contender, operation, asked)[1]
        for contender in contenders
        if contender.text(operation)
    }
    answers["citizengraph"] = [await ours(harness, operation, each) for each in asked]
    require_equal(operation, asked, answers)
    assert any(answers[FLOOR]) or name == "relationship-unrelated"
    if not name.startswith("relationship"):
        assert set(answers) == {FLOOR, LIBRARY, NAIVE, "citizengraph"}


async def test_a_different_answer_ends_the_run(contenders: list[Contender]) -> None:
    operation = OPERATIONS["point"]
    asked: list[Variables] = [{"number": family.NUMBERS["mother"]}]
    floor, *_ = contenders
    right = bodies(floor, operation, asked)[1]
    wrong = bodies(floor, operation, [{"number": family.NUMBERS["son"]}])[1]
    with pytest.raises(Different, match="李明"):
        require_equal(operation, asked, {"one": right, "other": wrong})


async def test_statements_are_counted(contenders: list[Contender]) -> None:
    operation = OPERATIONS["family-one-subgraph"]
    asked: list[Variables] = [{"number": family.NUMBERS["daughter"]}]
    sent: dict[str, int] = {}
    for contender in contenders:
        before = contender.statements()
        bodies(contender, operation, asked)
        sent[contender.name] = contender.statements() - before
    assert sent == {FLOOR: 1, LIBRARY: 1, NAIVE: 4}
