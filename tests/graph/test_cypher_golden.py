"""Operation and consumer in, statement and parameters out, without a database."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph.catalogue import model
from policies.table import load
from resolvers.context import Caller
from subgraphs.explain import explain_operation
from tests.golden import check_golden

HERE = Path(__file__).parent
OPERATIONS = sorted((HERE / "operations").glob("*.graphql"))
POLICIES = load(None, model())
CLOCK = ("$today", "$adultBornBy")


def settings_of(text: str) -> dict[str, str]:
    """`# name: value` lines at the head of an operation."""
    head = (line[2:].partition(": ") for line in text.splitlines() if line.startswith("# "))
    return {name: value for name, _, value in head}


def caller(consumer: str) -> Caller:
    """A caller of the consumer's only purpose."""
    purpose, bases = next(iter(POLICIES.contract(consumer).items()))
    names = POLICIES.contracts.principal_attributes()
    return Caller(
        consumer, "s", purpose, bases[0], None, dict.fromkeys(names), POLICIES.version, "", None, ""
    )


@pytest.mark.parametrize("path", OPERATIONS, ids=lambda path: path.stem)
async def test_statement(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    settings = settings_of(text)
    variables = json.loads(settings.get("variables", "{}"))
    explained = await explain_operation(
        POLICIES, caller(settings["consumer"]), settings["subgraph"], text, variables
    )
    parameters = [f"// {n} = {v}" for n, v in explained.parameters if n not in CLOCK]
    golden = "\n".join([explained.cypher, *parameters]) + "\n"
    check_golden(HERE / "golden" / f"{path.stem}.cypher", golden)


async def test_no_value_is_in_the_text() -> None:
    text = (HERE / "operations" / "hostile_values_are_parameters.graphql").read_text("utf-8")
    explained = await explain_operation(POLICIES, caller("caseworker"), "people", text, {})
    assert "DETACH" not in explained.cypher
    assert "1=1" not in explained.cypher
    assert any("DETACH" in value for _, value in explained.parameters)
