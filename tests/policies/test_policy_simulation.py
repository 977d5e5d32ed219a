"""What differs between two sets of policies: nothing is missed, nothing is made up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from policy_evaluator import holds
from random_policies import CALLERS, ROW_TYPES, PolicyWriter, random_value, write_directory

from graph.catalogue import model
from graph.conditions import (
    ALWAYS,
    NEVER,
    Attribute,
    Compare,
    Condition,
    Literal,
    Not,
    Principal,
    all_of,
    any_of,
)
from graph.decision import Effect
from policies.bundle import Bundle, read_bundle
from policies.cedar_schema import row_attributes
from policies.entail import relation
from policies.simulation import OPPOSITES, Change, difference
from policies.table import PolicySet, load, load_bundle

MINOR = Compare("=", Attribute("minor"), Literal(True))
HOME = Compare("=", Attribute("district"), Principal("district"))
SCHOOL = ("school-enrolment", "school-enrolment", "compulsory-education")
GRANTS = "grants/school-enrolment.cedar"


def with_school(old: str, new: str) -> PolicySet:
    """The built-in policies with one text changed."""
    texts = dict(read_bundle(None).texts)
    assert old in texts[GRANTS]
    return load_bundle(Bundle({**texts, GRANTS: texts[GRANTS].replace(old, new)}), model())


def told(changes: list[Change]) -> set[tuple[str, str, str]]:
    return {(c.kind, c.cell.mode, c.cell.coordinate) for c in changes}


def random_set(directory: Path, seed: int) -> PolicySet:
    random = Random(seed)
    writer = PolicyWriter(random, model(), ROW_TYPES[seed % len(ROW_TYPES)])
    return load(write_directory(directory / str(seed), writer.policies()), model())


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (MINOR, MINOR, "equal"),
        (MINOR, ALWAYS, "wider"),
        (ALWAYS, MINOR, "narrower"),
        (MINOR, any_of(MINOR, HOME), "wider"),
        (MINOR, all_of(HOME, MINOR), "narrower"),
        (all_of(HOME, MINOR), all_of(MINOR, HOME), "equal"),
        (any_of(MINOR, all_of(MINOR, HOME)), MINOR, "equal"),
        (MINOR, HOME, "different"),
        (MINOR, Not(MINOR), "different"),
        (any_of(MINOR, Not(MINOR)), ALWAYS, "wider"),
        (all_of(MINOR, Not(MINOR)), NEVER, "equal"),
    ],
)
def test_what_becomes_of_the_rows(before: Condition, after: Condition, expected: str) -> None:
    assert relation(before, after) == expected


def test_the_same_policies_differ_in_nothing() -> None:
    assert difference(load(None, model()), load(None, model())) == []


def test_a_comment_and_a_new_name_change_no_cell() -> None:
    after = with_school('@id("school-child-name")', '// Changed.\n@id("school-name-of-child")')
    assert after.version != load(None, model()).version
    assert difference(load(None, model()), after) == []


def test_a_field_is_gained_and_lost() -> None:
    before = load(None, model())
    after = with_school('Action::"clear:Person.name"', 'Action::"clear:Person.birthDate"')
    changes = difference(before, after)
    assert told(changes) == {
        ("lost", "clear", "Person.name"),
        ("gained", "clear", "Person.birthDate"),
    }
    assert {(c.cell.consumer, c.cell.purpose, c.cell.basis) for c in changes} == {SCHOOL}
    assert all("school-child-name" in c.policies for c in changes)
    gained = next(c for c in changes if c.kind == "gained")
    assert gained.before == NEVER and not isinstance(gained.after, bool)
    assert relation(MINOR, gained.after) == "narrower"


def test_a_condition_that_shows_more_rows_is_wider() -> None:
    after = with_school(" && resource.minor };", " };")
    assert told(difference(load(None, model()), after)) == {
        ("wider", "see", "Person"),
        ("wider", "clear", "Person.name"),
        ("wider", "clear", "Person.ageBand"),
        ("wider", "consent", "Person.livesInCallersDistrict"),
    }


def test_a_purpose_that_is_given_is_a_right_to_call() -> None:
    texts = dict(read_bundle(None).texts)
    path = "consumers.yaml"
    texts[path] = texts[path].replace(
        "{school-enrolment: [compulsory-education]}",
        "{school-enrolment: [compulsory-education], own-data: [statutory-duty]}",
    )
    changes = difference(load(None, model()), load_bundle(Bundle(texts), model()))
    assert told(changes) == {("gained", "call", "")}
    assert changes[0].cell.purpose == "own-data"


def test_whatever_an_effect_holds_besides_is_compared() -> None:
    """A mode that an Effect has one day is a cell of its own, by the name of its part."""
    before = load(None, model())
    key = next(iter(before.tables))
    table = before.tables[key]
    moved = replace(table, clear={**table.clear, ("Person", "name"): Effect(NEVER, ("other",))})
    after = replace(before, tables={**before.tables, key: moved})
    assert told(difference(before, after)) == {("lost", "clear", "Person.name")}


@pytest.mark.parametrize("seed", range(0, 24, 2))
def test_a_difference_is_empty_only_for_the_same_access_and_turns_round(
    seed: int, tmp_path: Path
) -> None:
    """Every change is seen on random rows as its kind says, and what no change names is alike."""
    before, after = random_set(tmp_path, seed), random_set(tmp_path, seed + 3)
    changes = difference(before, after)
    kinds = {
        (c.cell.consumer, c.cell.purpose, c.cell.basis, c.cell.coordinate): c.kind
        for c in changes
        if c.cell.mode == "clear"
    }
    back = difference(after, before)
    assert {c.cell: c.kind for c in back} == {c.cell: OPPOSITES[c.kind] for c in changes}
    assert {(c.cell, c.before, c.after) for c in back} == {
        (c.cell, c.after, c.before) for c in changes
    }
    random = Random(seed)
    for key, (type_name, field) in (
        (table, coordinate)
        for table in before.tables
        for coordinate in {*before.tables[table].clear, *after.tables[table].clear}
    ):
        kind = kinds.get((*key, f"{type_name}.{field}"))
        declared = before.consumers[key[0]].principal
        for _ in range(6):
            attributes = row_attributes(model())[type_name]
            row = {n: random_value(random, a.type) for n, a in attributes.items()}
            caller = {n: random_value(random, declared[n]) for n in CALLERS[key[0]]}
            was, is_now = (
                holds(side.tables[key].field(type_name, field).condition, row, caller)
                for side in (before, after)
            )
            assert not (was and not is_now and kind in (None, "gained", "wider")), (key, field)
            assert not (is_now and not was and kind in (None, "lost", "narrower")), (key, field)


@pytest.mark.parametrize("seed", range(4))
def test_the_same_texts_differ_in_nothing(seed: int, tmp_path: Path) -> None:
    assert difference(random_set(tmp_path / "a", seed), random_set(tmp_path / "b", seed)) == []
