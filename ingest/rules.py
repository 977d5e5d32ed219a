"""The rules about one record, in order, and what follows from each as rules.yaml declares it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from graph.catalogue import Catalogue
from graph.declarations import Label
from graph.facts import Fact
from graph.problems import ModelError
from ingest.check import FactChecker
from ingest.records import Problem, Reading, Remark, Unit
from ingest.registers import registers
from ingest.rule_checks import dates, numbers, relations
from ingest.rule_checks.scene import Found, Scene

DECLARATION = Path(__file__).parent / "rules.yaml"
Severity = Literal["error", "warning"]
CHECKS: tuple[Callable[[Scene], Iterable[Found]], ...] = (
    numbers.numbers_pass_their_checks,
    numbers.numbers_tell_birth_and_sex,
    dates.periods_run_forwards,
    dates.nothing_lies_ahead,
    dates.lives_run_forwards,
    relations.nobody_is_their_own_parent,
    relations.parents_are_older,
    relations.one_birth_mother,
    relations.nobody_marries_themself,
    relations.spouses_are_alive,
)


class Rule(BaseModel):
    """One problem code or kind of finding. `scope` says on what it is decided."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    severity: Severity
    scope: tuple[Literal["record", "value", "graph"], ...]
    label: Label
    description: str


class _Declared(BaseModel):
    model_config = ConfigDict(extra="forbid")
    rules: Mapping[str, Rule]


@lru_cache(maxsize=1)
def rules() -> Mapping[str, Rule]:
    """Every rule by its code. Raises ModelError where a register names one that is none."""
    declared = _Declared.model_validate(yaml.safe_load(DECLARATION.read_text(encoding="utf-8")))
    unknown = [
        f"registers.yaml: registers.{register.code}.rules.{code}: rules.yaml has no such rule"
        for register in registers().values()
        for code in register.rules
        if code not in declared.rules
    ]
    if unknown:
        raise ModelError(unknown)
    return declared.rules


def severity(code: str, register: str) -> Severity:
    """What a rule's code leads to in a register. Raises KeyError for an undeclared code."""
    return registers()[register].rules.get(code) or rules()[code].severity


class RecordRules:
    """Applies the rules to readings of one register; `today` is an ISO date."""

    def __init__(self, model: Catalogue, register: str, today: str) -> None:
        self._model = model
        self._today = today
        self._checker = FactChecker(self._model)
        self._severities = {code: severity(code, register) for code in rules()}

    def apply(self, unit: Unit, reading: Reading) -> Reading:
        """The reading; refused where a rule of severity error finds something, else remarked on.

        What the format has refused stays as it is.
        """
        if reading.refused:
            return reading
        found = self._found(reading)
        if not found:
            return reading
        errors = [f for f in found if self._severities[f.code] == "error"]
        if errors:
            refused = tuple(Problem(unit.row, f.field, f.value, f.code, f.words) for f in errors)
            return replace(reading, versions=(), refused=refused)
        remarks = tuple(Remark(f.code, _sentence(f)) for f in found)
        return replace(reading, remarks=(*reading.remarks, *remarks))

    def _found(self, reading: Reading) -> list[Found]:
        """What the rules find, each once; where a fact does not fit, the others cannot look."""
        facts: dict[int, Fact] = {id(f): f for v in reading.versions for f in v.facts}
        misfits = list(self._misfits(facts.values()))
        if misfits:
            return misfits
        found: dict[Found, None] = {}
        for version in reading.versions:
            scene = Scene(version.facts, self._model, self._today)
            for check in CHECKS:
                found.update(dict.fromkeys(check(scene)))
            if version.recorded is not None and version.recorded[:10] > self._today:
                found[Found("DATE_IN_FUTURE", "recorded", version.recorded, "not yet")] = None
        return list(found)

    def _misfits(self, facts: Iterable[Fact]) -> Iterator[Found]:
        for fact in facts:
            if misfit := self._checker.misfit(fact):
                yield Found(misfit.code, misfit.field, misfit.value, misfit.words)


def _sentence(found: Found) -> str:
    return f"{found.field}: {found.words}."
