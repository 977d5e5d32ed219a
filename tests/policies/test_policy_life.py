"""The life of a policy, as scenarios that a policy officer can read and extend."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from policies.bundle import Bundle
from policies.history import History
from policies.life import Doing, Statement, built_in
from policies.rules import RULES, Refusal
from policies.versions import Actor, Transition

SCENARIOS = Path(__file__).parent / "scenarios_life"
START = datetime(2026, 11, 1, 9, tzinfo=UTC)
FIRST = Bundle({"purposes.yaml": "purposes: {}", "consumers.yaml": "consumers: {}"})


class Told:
    """One scenario as it is told: people, texts by their hash, and what has happened so far."""

    def __init__(self, people: dict[str, dict[str, str]]) -> None:
        self.people = people
        self.bundles = {FIRST.hash: FIRST}
        self.history = History().followed_by(built_in(History(), FIRST, START, "first start"))
        self.at = START
        self.seen: dict[int, str] = {}

    def step(self, step: dict[str, Any]) -> Refusal | None:
        """Take the step; what it broke, if anything."""
        self.at += timedelta(minutes=1)
        day, gains = _day(step.get("on")) or START.date(), frozenset(step.get("gains", ()))
        asker = Actor(**{"proof": "token", **step["asked by"]}) if "asked by" in step else None
        doing = Doing(self.history, self.actor(step), self.at, day, gains, asker)
        done = getattr(self, step["do"].replace(" ", "_"))(doing, step)
        if isinstance(done, Refusal):
            return done
        self.history = self.history.followed_by(done)
        return None

    def actor(self, step: dict[str, Any]) -> Actor:
        return Actor(**{"proof": "token", **self.people[step["by"]]})

    def draft(self, doing: Doing, step: dict[str, Any]) -> Any:
        return doing.draft(self.written(step), _said(step))

    def edit(self, doing: Doing, step: dict[str, Any]) -> Any:
        return doing.edit(step["version"], self.written(step), _said(step))

    def read(self, doing: Doing, step: dict[str, Any]) -> tuple[Transition, ...]:
        record = doing.history.get(step["version"])
        self.seen[step["version"]] = record.version.hash if record else ""
        return ()

    def validate(self, doing: Doing, step: dict[str, Any]) -> Any:
        texts = self.texts(step)
        return doing.validate(step["version"], texts, step.get("errors", 0))

    def approve(self, doing: Doing, step: dict[str, Any]) -> Any:
        given = self.seen.get(step["version"], self.hash(step["version"]))
        return doing.approve(step["version"], self.texts(step), given, step.get("why", ""))

    def activate(self, doing: Doing, step: dict[str, Any]) -> Any:
        return doing.activate(step["version"], self.texts(step), step.get("why", ""))

    def roll_back(self, doing: Doing, step: dict[str, Any]) -> Any:
        return doing.roll_back(step["version"], self.texts(step), step.get("why", "because"))

    def written(self, step: dict[str, Any]) -> Bundle:
        grant = step.get("text", "permit nothing")
        found = Bundle({**FIRST.texts, "grants/a.cedar": f"// {grant}\n"})
        self.bundles[found.hash] = found
        return found

    def texts(self, step: dict[str, Any]) -> Bundle:
        """What is stored for the version, unless the scenario says that somebody changed it."""
        record = self.history.get(step["version"])
        if step.get("tampered"):
            return Bundle({**FIRST.texts, "grants/a.cedar": "// permit everything\n"})
        return self.bundles[record.version.bundle] if record else FIRST

    def hash(self, number: int) -> str:
        record = self.history.get(number)
        return record.version.hash if record else ""


def _said(step: dict[str, Any]) -> Statement:
    days = [_day(step.get(name)) for name in ("valid from", "valid to", "review")]
    return Statement(step.get("why", "because"), step.get("document", "Decision 2026/17"), *days)


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value else None


def scenarios() -> list[Any]:
    return [
        pytest.param(content["people"], scenario, id=f"{path.stem}: {scenario['title']}")
        for path in sorted(SCENARIOS.glob("*.yaml"))
        for content in [yaml.safe_load(path.read_text())]
        for scenario in content["scenarios"]
    ]


@pytest.mark.parametrize(("people", "scenario"), scenarios())
def test_scenario(people: dict[str, dict[str, str]], scenario: dict[str, Any]) -> None:
    told = Told(people)
    for step in scenario["steps"]:
        before = told.history
        broken = told.step(step)
        refused = step.get("refused")
        assert (broken.rule if broken else None) == refused, (step, broken)
        if broken:
            assert told.history is before
            assert step.get("because", "") in broken.words
    states = {record.number: record.state for record in told.history.records}
    assert states == {1: "superseded", **scenario["then"]}


def test_every_rule_of_every_act_is_broken_somewhere() -> None:
    broken = {
        (step["do"], step["refused"])
        for _, scenario in (p.values for p in scenarios())
        for step in scenario["steps"]
        if "refused" in step
    }
    told = {rule for _, rule in broken}
    assert {rule.sentence for rules in RULES.values() for rule in rules} == told


def test_there_is_at_most_one_active_version() -> None:
    for people, scenario in (p.values for p in scenarios()):
        told = Told(people)
        for step in scenario["steps"]:
            told.step(step)
            assert len([r for r in told.history.records if r.state == "active"]) == 1
