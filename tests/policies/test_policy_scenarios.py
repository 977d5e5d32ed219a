"""The shipped grants, as scenarios that a policy officer can read and extend."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from policy_evaluator import holds

from graph.catalogue import model
from graph.decision import Decision
from policies.bundle import read_bundle
from policies.table import load
from policies.texts import read_texts

SCENARIOS = Path(__file__).parent / "scenarios"
POLICIES = load(None, model())


def scenarios() -> list[Any]:
    found: list[Any] = []
    for path in sorted(SCENARIOS.glob("*.yaml")):
        content = yaml.safe_load(path.read_text())
        for scenario in content["scenarios"]:
            purpose = scenario.get("purpose", content["purpose"])
            table = (content["consumer"], purpose, content["basis"])
            usual = content.get("usual", {}).get(scenario["row"]["type"], {})
            scenario["row"] = {**usual, **scenario["row"]}
            found.append(pytest.param(table, scenario, id=f"{path.stem}: {scenario['title']}"))
    return found


def decide(decision: Decision, scenario: dict[str, Any]) -> tuple[bool, set[str]]:
    """Whether the row is known, and which of the scenario's fields are shown."""
    row = {k: v for k, v in scenario["row"].items() if k != "type" and v is not None}
    kind, caller = scenario["row"]["type"], scenario["caller"]
    known = holds(decision.row(kind).condition, row, caller)
    fields = {*scenario["shown"], *scenario["denied"]}
    return known, {f for f in fields if holds(decision.field(kind, f).condition, row, caller)}


@pytest.mark.parametrize(("table", "scenario"), scenarios())
def test_scenario(table: tuple[str, str, str], scenario: dict[str, Any]) -> None:
    known, shown = decide(POLICIES.decision(*table), scenario)
    assert shown == set(scenario["shown"])
    assert known == scenario.get("known", False)


@pytest.mark.parametrize(("table", "scenario"), scenarios())
def test_scenario_names_existing_fields(
    table: tuple[str, str, str], scenario: dict[str, Any]
) -> None:
    kind = scenario["row"]["type"]
    known = {field for type_name, field, _ in model().coordinates() if type_name == kind}
    assert {*scenario["shown"], *scenario["denied"]} <= known


def test_every_shipped_policy_decides_some_scenario() -> None:
    deciding: set[str] = set()
    for table, scenario in (p.values for p in scenarios()):
        decision = POLICIES.decision(*table)
        kind = scenario["row"]["type"]
        deciding |= set(decision.row(kind).policies)
        for field in (*scenario["shown"], *scenario["denied"]):
            deciding |= set(decision.field(kind, field).policies)
    shipped = {text.id for text in read_texts(read_bundle(None).grants())}
    assert shipped == deciding
