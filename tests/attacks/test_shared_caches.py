"""One text asked by many callers at once: plans, loaders and answers are nobody else's."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from graph.catalogue import model
from policies.table import load
from runtime.neo4j.server import Neo4jAddress
from subgraphs import policies_in_force
from tests.family import AWAY, HOME, NUMBERS
from tests.granted import policies_with
from tests.subgraphs.harness import Harness
from tests.subgraphs.row_facts import NUMBERS as ROWS
from tests.subgraphs.row_facts import facts

QUERY = "query ($n: String!) { person(citizenNumber: $n) { name } }"
OFFICE = {"district": HOME, "person": NUMBERS["officer"], "worker": "W-1"}
NAMED, NULL, NO_ROW = "named", "null", "no row"


def caseworker(purpose: str = "household-services", **changed: Any) -> dict[str, Any]:
    return {"consumer": "caseworker", "purpose": purpose, "principal": OFFICE | changed}


def citizen(person: str) -> dict[str, Any]:
    return {"consumer": "citizen", "principal": {"person": ROWS[person]}}


ASKED: tuple[tuple[dict[str, Any], str, str], ...] = (
    # caller, person asked for, what of the name comes back
    (caseworker(), "grandchild", NAMED),
    (caseworker(), "daughter", NAMED),
    (caseworker(district=AWAY), "grandchild", NULL),
    (caseworker(person=NUMBERS["son"]), "daughter", NULL),
    (caseworker(worker="W-2"), "client", NULL),
    (caseworker(), "client", NAMED),
    (caseworker(), "hiding", NAMED),
    (caseworker("protected-address"), "hiding", NO_ROW),
    (caseworker("protected-address", protectionCleared=True), "hiding", NAMED),
    (caseworker(), "witness", NO_ROW),
    (caseworker(protectionCleared=True), "witness", NAMED),
    (citizen("daughter"), "grandchild", NAMED),
    (citizen("daughter"), "daughter", NAMED),
    (citizen("stranger"), "daughter", NO_ROW),
    (citizen("mother"), "ward", NAMED),
    (citizen("mother"), "past-ward", NO_ROW),
    (citizen("ward"), "mother", NO_ROW),
    ({"consumer": "school-enrolment"}, "grandchild", NAMED),
    ({"consumer": "school-enrolment"}, "daughter", NO_ROW),
)


@pytest.fixture(scope="module")
async def harness(neo4j_server: Neo4jAddress, valkey_server: str) -> AsyncIterator[Harness]:
    async with Harness(neo4j_server, valkey_server) as running:
        await running.empty()
        await running.load(facts())
        yield running


async def outcome(harness: Harness, person: str, caller: dict[str, Any]) -> str:
    """What of the person's name came back."""
    answer = await harness.graphql("people", QUERY, {"n": ROWS[person]}, **caller)
    row = answer["data"]["person"]
    if row is None:
        return NO_ROW
    return NULL if row["name"] is None else NAMED


async def test_each_caller_gets_their_own_answer_to_the_same_text(harness: Harness) -> None:
    for caller, person, expected in ASKED:
        assert await outcome(harness, person, caller) == expected, (caller, person)


async def test_and_at_once(harness: Harness) -> None:
    """Three times each, in any order, eight at a time: what one is shown, another is not."""
    asked = [*ASKED] * 3
    Random(7).shuffle(asked)
    places = asyncio.Semaphore(8)

    async def one(caller: dict[str, Any], person: str) -> str:
        async with places:
            return await outcome(harness, person, caller)

    found = await asyncio.gather(*(one(caller, person) for caller, person, _ in asked))
    wrong = [(told, got) for told, got in zip(asked, found, strict=True) if told[2] != got]
    assert wrong == []


FORBID = """
@id("no-names")
forbid (principal == Consumer::"caseworker", action == Action::"clear:Person.name", resource)
when { resource.minor };
"""
OTHER = '@id("other") forbid (principal == Consumer::"caseworker", '
OTHER += 'action == Action::"clear:Person.formerName", resource);\n'


async def test_a_plan_of_one_version_is_not_used_for_another(
    neo4j_server: Neo4jAddress,
    valkey_server: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The same text under two versions in turn: each with the rules of its own."""
    monkeypatch.setattr(policies_in_force, "RELOAD_SECONDS_MIN", 0.0)
    directory = policies_with(tmp_path, OTHER)
    async with Harness(neo4j_server, valkey_server, directory) as harness:
        await harness.load()
        before = harness.policy
        assert await outcome(harness, "grandchild", {"policy": before}) == NAMED
        (directory / "grants" / "test.cedar").write_text(FORBID)
        after = load(directory, model()).version
        assert after != before
        for _ in range(3):
            assert await outcome(harness, "grandchild", {"policy": after}) == NULL
            assert await outcome(harness, "grandchild", {"policy": before}) == NAMED
    shutil.rmtree(directory)
