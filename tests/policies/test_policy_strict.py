"""Validation by types finds what Cedar finds over the whole schema: random policies, many wrong."""

from __future__ import annotations

from pathlib import Path
from random import Random

import cedarpy
import pytest
from random_policies import ROW_TYPES, PolicyWriter, write_directory

from graph.catalogue import model
from policies.bundle import read_bundle
from policies.cedar_schema import actions, cedar_schema
from policies.contracts import read_contracts
from policies.problems import PolicyInvalid
from policies.strict import invalid
from policies.table import load
from policies.texts import split

EVERY = actions(model())
WRONG = (
    "resource.nothing == 1",
    "resource.district > 3",
    'principal.level == "x"',
    "principal.person == resource.district",
    '"x" && true',
    "context.nothing",
    'resource.minor == "yes"',
    'resource in Person::"1"',
    'resource == Person::"1"',
    'action == Action::"clear:Person.name" && resource.nothing',
    'action == Action::"clear:Household.kind" && resource.minor',
    "false && resource.nothing",
    "resource is Licence && resource.minor",
)
HEADS = (
    "action, resource",
    "action, resource is Person",
    "action, resource is Household",
    'action == Action::"clear:Person.name", resource',
    'action == Action::"clear:Person.name", resource is Household',
    'action in [Action::"clear:Person.name", Action::"clear:Household.kind"], resource',
    'action in [Action::"clear:Person.name", Action::"clear:Household.kind"], resource is Person',
    'action in Action::"clear:Person/identity", resource',
    'action in [Action::"see:Licence", Action::"masked:Person/identity"], resource',
    'action == Action::"clear:Query.person", resource',
)


def schema_of(directory: Path) -> str:
    return cedar_schema(model(), read_contracts(read_bundle(directory)))


def texts(random: Random) -> list[str]:
    """Single policies: random ones, then every head with every condition."""
    made = [PolicyWriter(random, model(), random.choice(ROW_TYPES)).policies() for _ in range(25)]
    found = [policy.text for content in made for policy in split("x", content)]
    for number, (head, when) in enumerate((h, w) for h in HEADS for w in WRONG):
        found.append(f'@id("w{number}") forbid (principal, {head}) when {{ {when} }};')
    return found


def test_each_policy_is_judged_as_over_the_whole_schema(tmp_path: Path) -> None:
    schema = schema_of(write_directory(tmp_path / "policies", ""))
    whole = cedarpy.Schema.from_str(schema)
    judged = {True: 0, False: 0}
    every = texts(Random(20))
    trees = [next(iter(cedarpy.policies_to_pst(text).static_policies.values())) for text in every]
    wrong: set[int] = set()
    for place, (text, tree) in enumerate(zip(every, trees, strict=True)):
        result = cedarpy.validate_policies(text, whole)  # pyright: ignore[reportUnknownMemberType]
        right = bool(result.validation_passed) and not result.errors
        assert (invalid([(text, tree)], schema, EVERY) == set()) is right, text
        judged[right] += 1
        wrong |= set() if right else {place}
    assert min(judged.values()) > 40, "there are enough of both"
    together = invalid(list(zip(every, trees, strict=True)), schema, EVERY)
    assert wrong <= together < set(range(len(every)))
    fine = [(every[n], trees[n]) for n in range(len(every)) if n not in wrong]
    assert invalid(fine, schema, EVERY) == set()


GRANTS = """
@id("fine") permit (principal, action == Action::"clear:Person.name", resource);

@id("no-such-attribute")
permit (principal, action == Action::"clear:Licence.number", resource)
when { resource.colour == "red" };
@id("fine-too") permit (principal, action == Action::"clear:Licence.kind", resource);
@id("no-number")
forbid (principal, action == Action::"clear:Person.sex", resource)
when {
  resource.district > 3
};
"""


def test_a_problem_names_its_file_line_and_policy_in_order(tmp_path: Path) -> None:
    with pytest.raises(PolicyInvalid) as caught:
        load(write_directory(tmp_path / "policies", GRANTS), model())
    found = [(p.file, p.policy, p.line) for p in caught.value.problems]
    assert found == [
        ("grants/random.cedar", "no-such-attribute", 6),
        ("grants/random.cedar", "no-number", 8),
    ]
    assert "colour" in caught.value.problems[0].reason
