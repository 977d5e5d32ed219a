"""Grants as scenarios that a policy officer can read and extend.

A file of scenarios is about the shipped grants, or also about the `grants` that stand in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from policy_evaluator import holds

from graph.catalogue import model
from graph.decision import Decision
from policies.bundle import read_bundle
from policies.table import PolicySet, load
from policies.texts import read_texts
from tests.granted import policies_with

SCENARIOS = Path(__file__).parent / "scenarios"
POLICIES = load(None, model())


@cache
def policies_of(path: Path, grants: str) -> PolicySet:
    """The shipped policies, or with the grants that stand in the scenario's file."""
    if not grants:
        return POLICIES
    with TemporaryDirectory() as directory:
        return load(policies_with(Path(directory) / path.stem, grants), model())


def scenarios() -> list[Any]:
    found: list[Any] = []
    for path in sorted(SCENARIOS.glob("*.yaml")):
        content = yaml.safe_load(path.read_text())
        policies = policies_of(path, content.get("grants", ""))
        for scenario in content["scenarios"]:
            purpose = scenario.get("purpose", content["purpose"])
            table = (content["consumer"], purpose, content["basis"])
            usual = content.get("usual", {}).get(scenario["row"]["type"], {})
            scenario["row"] = {**usual, **scenario["row"]}
            name = f"{path.stem}: {scenario['title']}"
            found.append(pytest.param(policies, table, scenario, id=name))
    return found


def named(scenario: dict[str, Any]) -> set[str]:
    """Every field that the scenario speaks of."""
    told = {*scenario["shown"], *scenario.get("masked", {}), *scenario.get("consent", ())}
    return {*told, *scenario["denied"]}


def decide(decision: Decision, scenario: dict[str, Any]) -> dict[str, Any]:
    """Whether the row is known, and how the scenario's fields are shown."""
    row = {k: v for k, v in scenario["row"].items() if k != "type" and v is not None}
    kind, caller = scenario["row"]["type"], scenario["caller"]
    showings = {field: decision.showing(kind, field) for field in named(scenario)}
    shown = {f for f, showing in showings.items() if holds(showing.whole, row, caller)}
    masked = {
        field: mask
        for field, showing in showings.items()
        for mask, when in showing.masked
        if field not in shown and holds(when, row, caller)
    }
    lacking = {
        field
        for field, showing in showings.items()
        if field not in {*shown, *masked} and holds(showing.lacking, row, caller)
    }
    known = holds(decision.row(kind).condition, row, caller)
    testable = {f for f in showings if holds(decision.testable(kind, f), row, caller)}
    told = {"known": known, "shown": shown, "masked": masked}
    return told | {"consent": lacking, "filter": testable}


@pytest.mark.parametrize(("policies", "table", "scenario"), scenarios())
def test_scenario(
    policies: PolicySet, table: tuple[str, str, str], scenario: dict[str, Any]
) -> None:
    found = decide(policies.decision(*table), scenario)
    assert found == {
        "known": scenario.get("known", False),
        "shown": set(scenario["shown"]),
        "masked": scenario.get("masked", {}),
        "consent": set(scenario.get("consent", ())),
        "filter": set(scenario["filter"]) if "filter" in scenario else found["filter"],
    }


@pytest.mark.parametrize(("policies", "table", "scenario"), scenarios())
def test_scenario_names_existing_fields(
    policies: PolicySet, table: tuple[str, str, str], scenario: dict[str, Any]
) -> None:
    kind = scenario["row"]["type"]
    known = {field for type_name, field, _ in model().coordinates() if type_name == kind}
    assert named(scenario) <= known


def test_every_shipped_policy_decides_some_scenario() -> None:
    deciding: set[str] = set()
    for policies, table, scenario in (p.values for p in scenarios()):
        if policies is POLICIES:
            deciding |= set(deciding_policies(policies.decision(*table), scenario))
    shipped = {text.id for text in read_texts(read_bundle(None).grants())}
    assert shipped == deciding


def deciding_policies(decision: Decision, scenario: dict[str, Any]) -> Iterator[str]:
    kind = scenario["row"]["type"]
    yield from decision.row(kind).policies
    for field in named(scenario):
        yield from decision.field(kind, field).policies
        for _, effect in decision.masked.get((kind, field), ()):
            yield from effect.policies
        for mode in (decision.consent, decision.filter):
            if (kind, field) in mode:
                yield from mode[kind, field].policies
