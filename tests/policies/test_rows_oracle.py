"""Row conditions in the real Neo4j against Cedar's authorizer, on rows with missing values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest
from cedar_oracle import Oracle, Question
from policy_evaluator import holds
from random_graph import RandomGraph
from random_policies import CALLERS, WORDS, PolicyWriter, random_value, write_directory

from graph.catalogue import model
from graph.conditions import Condition, Scalar, any_of
from graph.constraints import name_statements
from graph.cypher import Clock
from graph.cypher.attributes import caller_sets
from graph.cypher.predicates import condition
from graph.cypher.writer import Writer
from graph.decision import Decision
from graph.store import Store
from policies.cedar_schema import Action, row_attributes
from policies.modes import MASKED
from policies.table import load
from runtime.neo4j.server import Neo4jAddress

TYPES = {name: found.type for name, found in row_attributes(model())["Person"].items()}
READ_SECONDS_MAX = 60
COUNTS: dict[str, int] = {}


@pytest.fixture(scope="module", autouse=True)
def figures() -> Iterator[None]:
    """Prints how many decisions were compared, and requires both kinds of them."""
    COUNTS.clear()
    yield
    print("\nrow decisions compared:", COUNTS)
    assert COUNTS["shown"] > 500
    assert COUNTS["denied"] > 500


async def asked(
    store: Store,
    conditions: Sequence[Condition],
    caller: Mapping[str, Scalar | None],
    case: str | None,
    asking: Mapping[str, str],
) -> dict[str, list[bool]]:
    """By person: whether each condition holds, in one statement."""
    writer = Writer(model(), Decision({}, {}, parameters=asking))
    tests = [condition(writer, part, "Person", {"row": "n"}) for part in conditions]
    text = f"MATCH (n:Person) RETURN n.id AS id, [{', '.join(tests)}] AS held"
    parameters: dict[str, Any] = writer.parameters | Clock.system().parameters() | {"case": case}
    parameters |= writer.decision.parameters
    parameters |= {f"principal_{name}": None for name in ("person", "worker", "authority")}
    parameters |= {f"principal_{name}": value for name, value in caller.items()}
    rows = await store.read(caller_sets(writer) + text, parameters, READ_SECONDS_MAX)
    return {row["id"]: row["held"] for row in rows}


def completed(random: Random, row: Mapping[str, Scalar]) -> dict[str, Scalar]:
    """The row with some value for each that is missing."""
    return {name: random_value(random, kind) for name, kind in TYPES.items()} | dict(row)


@pytest.mark.parametrize("seed", range(8))
async def test_neo4j_decides_as_cedar_does(
    seed: int, tmp_path: Path, neo4j_server: Neo4jAddress
) -> None:
    random = Random(seed)
    graph = RandomGraph(seed)
    writer = PolicyWriter(random, model(), "Person")
    grants = writer.policies()
    policies = load(write_directory(tmp_path / "policies", grants), model())
    oracle = Oracle.of(grants, policies.schema)
    async with Store.connect(*neo4j_server) as store:
        await store.write(name_statements(model()))
        await graph.write(store)
        for consumer, purpose, basis in policies.tables:
            caller = {name: random_value(random, _type(name)) for name in CALLERS[consumer]}
            lost = random.choice([None, None, "person", "worker", "authority"])
            known: dict[str, Scalar | None] = {n: v for n, v in caller.items() if n != lost}
            case = random.choice([*WORDS, None])
            actions = [a for a in writer.sample(6) if a.field]
            decision = policies.decision(consumer, purpose, basis)
            conditions = [granted(decision, action) for action in actions]
            held = await asked(
                store, conditions, dict.fromkeys(caller) | known, case, decision.parameters
            )
            rows = graph.attributes(known, case, consumer, purpose)
            assert held.keys() == rows.keys()
            for at, (action, when) in enumerate(zip(actions, conditions, strict=True)):
                shown = {name for name, found in held.items() if found[at]}
                present = {n: v for n, v in known.items() if v is not None}
                plain = {n for n, row in rows.items() if holds(when, row, present)}
                assert shown == plain, (action.id, when, caller)
                if lost is None:
                    compare(
                        oracle, random, (consumer, purpose, basis), caller, action.id, rows, shown
                    )


def granted(decision: Decision, action: Action) -> Condition:
    """When the table grants the action, by whatever mask."""
    if action.mode == MASKED:
        masks = decision.masked.get((action.type_name, action.field), ())
        return any_of(*(effect.condition for _, effect in masks))
    return decision.modes(action.type_name, action.field)[action.mode].condition


def _type(name: str) -> str:
    return {"level": "Int", "senior": "Boolean"}.get(name, "String")


def compare(
    oracle: Oracle,
    random: Random,
    table: tuple[str, str, str],
    caller: Mapping[str, Scalar],
    action: str,
    rows: Mapping[str, Mapping[str, Scalar]],
    shown: set[str],
) -> None:
    """Where all is known Cedar says the same; what is shown of the rest, any value would show."""
    consumer, purpose, basis = table
    names = list(rows)
    for _ in range(2):
        questions = [
            Question(action, "Person", completed(random, rows[name]), purpose, basis)
            for name in names
        ]
        for name, allowed in zip(names, oracle.answers(consumer, caller, questions), strict=True):
            if len(rows[name]) == len(TYPES):
                assert allowed == (name in shown), (action, rows[name])
            else:
                assert allowed or name not in shown, (action, rows[name])
            COUNTS["shown" if name in shown else "denied"] = (
                COUNTS.get("shown" if name in shown else "denied", 0) + 1
            )
