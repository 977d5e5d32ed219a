"""The compiled tables against Cedar's own authorizer, on at least 20,000 random decisions."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from cedar_oracle import Oracle, Question, Values
from policy_evaluator import holds
from random_policies import (
    CALLERS,
    ROW_TYPES,
    WORDS,
    PolicyWriter,
    random_value,
    write_directory,
)

from graph.catalogue import model
from graph.conditions import Condition
from graph.decision import DENIED, Decision
from graph.masks import MASKS
from policies.bundle import read_bundle
from policies.cedar_schema import Action, actions, row_attributes
from policies.modes import CLEAR, CONSENT, FILTER, MASKED
from policies.table import GRANTS, POLICIES_DIRECTORY, PolicySet, load
from policies.texts import PolicyText, read_texts

ATTRIBUTES = {t: {n: a.type for n, a in d.items()} for t, d in row_attributes(model()).items()}
DOMAINS = {"String": WORDS, "Boolean": (False, True), "Int": (0, 1, 2, 3)}
COUNTS: dict[str, int] = {}


@pytest.fixture(scope="module", autouse=True)
def figures() -> Iterator[None]:
    """Prints how many decisions were compared, and requires enough of them."""
    COUNTS.clear()
    yield
    print("\ndecisions compared with Cedar:", dict(COUNTS), "in all", sum(COUNTS.values()))
    if len(COUNTS) == 4:
        assert sum(COUNTS.values()) >= 20_000


def granted(decision: Decision, action: Action, row: Values, caller: Values) -> str:
    """How the table grants the action on the row: its mask, "yes", or nothing."""
    if action.mode != MASKED or not action.field:
        return "yes" if holds(condition(decision, action), row, caller) else ""
    masks = decision.masked.get((action.type_name, action.field), ())
    found = [mask for mask, effect in masks if holds(effect.condition, row, caller)]
    assert len(found) <= 1, "one mask at most holds of a row"
    return found[0] if found else ""


def condition(decision: Decision, action: Action) -> Condition:
    if not action.field:
        return decision.row(action.type_name).condition
    modes = {CLEAR: decision.clear, CONSENT: decision.consent, FILTER: decision.filter}
    effects = modes[action.mode]
    return effects.get((action.type_name, action.field), DENIED).condition


def random_row(random: Random, row_type: str) -> Values:
    return {n: random_value(random, t) for n, t in ATTRIBUTES[row_type].items()}


def random_caller(random: Random, policies: PolicySet, consumer: str) -> Values:
    declared = policies.consumers[consumer].principal
    return {n: random_value(random, t) for n, t in declared.items()}


def compare(
    oracle: Oracle, policies: PolicySet, consumer: str, caller: Values, asked: list[tuple]
) -> int:
    """Both sides answer every (action, row, purpose, basis); returns how many."""
    questions = [Question(a.id, a.type_name, row, p, b) for a, row, p, b in asked]
    expected = oracle.answers(consumer, caller, questions)
    for (action, row, purpose, basis), cedar in zip(asked, expected, strict=True):
        found = granted(policies.decision(consumer, purpose, basis), action, row, caller)
        assert bool(found) == cedar, (consumer, caller, action.id, row, purpose, basis, found)
    return len(asked)


def test_shipped_grants_decide_as_cedar_does() -> None:
    random = Random(20261101)
    policies = load(None, model())
    texts = [p.read_text() for p in sorted((POLICIES_DIRECTORY / GRANTS).glob("*.cedar"))]
    oracle = Oracle.of("\n".join(texts), policies.schema)
    for (consumer, purpose, basis), _ in itertools.product(policies.tables, range(14)):
        caller = random_caller(random, policies, consumer)
        asked = [(a, random_row(random, a.type_name), purpose, basis) for a in actions(model())]
        COUNTS["shipped"] = COUNTS.get("shipped", 0) + compare(
            oracle, policies, consumer, caller, asked
        )


@pytest.mark.parametrize("seed", range(45))
def test_random_grants_decide_as_cedar_does(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    writer = PolicyWriter(random, model(), ROW_TYPES[seed % len(ROW_TYPES)])
    grants = writer.policies()
    policies = load(write_directory(tmp_path / "policies", grants), model())
    oracle = Oracle.of(grants, policies.schema)
    for (consumer, purpose, basis), _ in itertools.product(policies.tables, range(4)):
        caller = random_caller(random, policies, consumer)
        rows = [random_row(random, writer.row_type) for _ in range(4)]
        asked = [(a, row, purpose, basis) for a in writer.sample(4) for row in rows]
        COUNTS["random"] = COUNTS.get("random", 0) + compare(
            oracle, policies, consumer, caller, asked
        )


@pytest.mark.parametrize("seed", range(100, 125))
def test_a_missing_value_shows_only_what_any_value_would_show(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    writer = PolicyWriter(random, model(), ROW_TYPES[seed % len(ROW_TYPES)])
    grants = writer.policies()
    policies = load(write_directory(tmp_path / "policies", grants), model())
    oracle = Oracle.of(grants, policies.schema)
    types = ATTRIBUTES[writer.row_type]
    for (consumer, purpose, basis), _ in itertools.product(policies.tables, range(3)):
        caller = random_caller(random, policies, consumer)
        row = random_row(random, writer.row_type)
        lost = random.choice(list(row))
        absent = random.choice([None, *CALLERS[consumer]])
        partial_row = {n: v for n, v in row.items() if n != lost}
        partial_caller = {n: v for n, v in caller.items() if n != absent}
        for action in writer.sample(8):
            decision = policies.decision(consumer, purpose, basis)
            found = granted(decision, action, partial_row, partial_caller)
            if not found:
                continue
            rows = [{**row, lost: value} for value in DOMAINS[types[lost]]]
            assert {granted(decision, action, r, caller) for r in rows} == {found}
            questions = [Question(action.id, writer.row_type, r, purpose, basis) for r in rows]
            assert all(oracle.answers(consumer, caller, questions)), (action, row, lost, found)
            COUNTS["missing"] = COUNTS.get("missing", 0) + len(questions)


@pytest.mark.parametrize("seed", range(200, 212))
def test_the_strictest_mask_wins(seed: int, tmp_path: Path) -> None:
    """Cedar, asked with the permits of one mask at a time, says which masks apply to the row."""
    random = Random(seed)
    writer = PolicyWriter(random, model(), ("Person", "Licence")[seed % 2])
    directory = write_directory(tmp_path / "policies", writer.policies())
    policies = load(directory, model())
    texts = read_texts(read_bundle(directory).grants())
    for action in [a for a in writer.actions if a.mode == MASKED][:6]:
        oracles = {
            mask.name: Oracle.of(only(texts, writer, action, mask.name), policies.schema)
            for mask in MASKS
        }
        for (consumer, purpose, basis), _ in itertools.product(policies.tables, range(3)):
            caller = random_caller(random, policies, consumer)
            row = random_row(random, writer.row_type)
            asked = [Question(action.id, writer.row_type, row, purpose, basis)]
            applying = [m for m, o in oracles.items() if o.answers(consumer, caller, asked)[0]]
            found = granted(policies.decision(consumer, purpose, basis), action, row, caller)
            assert found == (applying[0] if applying else ""), (action.id, applying, row, caller)
            COUNTS["masks"] = COUNTS.get("masks", 0) + len(oracles)


def only(texts: list[PolicyText], writer: PolicyWriter, action: Action, mask: str) -> str:
    """Every forbid, and the permits that leave this mask of the action's field."""
    return "\n".join(
        text.text
        for text in texts
        if text.text.startswith('@id("forbid') or writer.mask(action, named_mask(text)) == mask
    )


def named_mask(text: PolicyText) -> str:
    found = re.search(r'@mask\("([^"]*)"\)', text.text)
    return found.group(1) if found else ""
