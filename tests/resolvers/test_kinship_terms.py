"""Paths as relations, relations as verdicts: pure, without a database."""

from __future__ import annotations

from typing import Any

import pytest

from graph.catalogue import model
from resolvers.kinship import relations, verdict

FEMALE, MALE = "FEMALE", "MALE"


def step(type_name: str, start: str, end: str, ended: bool = False) -> dict[str, Any]:
    return {
        "_id": f"{start}{end}",
        "type": f"{type_name}_FACT",
        "from": start,
        "to": end,
        "ended": ended,
        "register": "population",
    }


def path(persons: dict[str, str | None], *steps: dict[str, Any]) -> dict[str, Any]:
    return {"nodes": list(persons), "sexes": list(persons.values()), "steps": list(steps)}


BIRTH, STEP, FOSTER, MARRIED = "BIRTH_PARENT_OF", "STEP_PARENT_OF", "FOSTER_PARENT_OF", "MARRIED_TO"
UP = step(BIRTH, "m", "a")


@pytest.mark.parametrize(
    ("found", "term", "zh", "up", "down"),
    [
        (path({"a": MALE, "m": FEMALE}, UP), "mother", "母亲", 1, 0),
        (path({"a": MALE, "m": None}, UP), "parent", "父母", 1, 0),
        (path({"m": FEMALE, "a": MALE}, UP), "son", "儿子", 0, 1),
        (path({"a": MALE, "m": FEMALE}, step(STEP, "m", "a")), "stepmother", "继母", 1, 0),
        (path({"a": MALE, "m": MALE}, step(FOSTER, "m", "a")), "foster father", "寄养父", 1, 0),
        (path({"a": MALE, "w": FEMALE}, step(MARRIED, "w", "a")), "wife", "妻子", None, None),
        (
            path({"a": MALE, "w": FEMALE}, step(MARRIED, "a", "w", ended=True)),
            *("former wife", "前妻", None, None),
        ),
        (
            path({"a": MALE, "f": MALE, "g": FEMALE}, step(BIRTH, "f", "a"), step(BIRTH, "g", "f")),
            *("grandmother", "祖母", 2, 0),
        ),
        (
            path({"a": MALE, "m": FEMALE, "g": MALE}, UP, step(BIRTH, "g", "m")),
            *("grandfather", "外祖父", 2, 0),
        ),
        (
            path({"a": MALE, "m": FEMALE, "s": FEMALE}, UP, step(BIRTH, "m", "s")),
            *("sister", "姐妹", 1, 1),
        ),
    ],
)
def test_term(found: dict[str, Any], term: str, zh: str, up: int | None, down: int | None) -> None:
    (relation,) = relations(model(), [found])
    assert (relation.term, relation.term_zh, relation.up, relation.down) == (term, zh, up, down)


def test_paths_that_are_no_relation_of_the_first_cut_are_passed_over() -> None:
    co_parent = path(
        {"a": MALE, "c": MALE, "b": FEMALE}, step(BIRTH, "a", "c"), step(BIRTH, "b", "c")
    )
    in_law = path(
        {"a": MALE, "w": FEMALE, "m": FEMALE}, step(MARRIED, "a", "w"), step(BIRTH, "m", "w")
    )
    back_and_forth = path({"a": MALE}, UP, UP) | {"nodes": ["a", "m", "a"]}
    assert relations(model(), [co_parent, in_law, back_and_forth]) == []


def row(**recorded: bool) -> dict[str, Any]:
    flags = dict.fromkeys(
        ("subjectParents", "subjectGrandparents", "relativeParents", "relativeGrandparents"), False
    )
    return {"subject": {"id": "a"}, "relative": {"id": "b"}, **flags, **recorded}


@pytest.mark.parametrize(
    ("terms", "recorded", "answer"),
    [
        (["mother"], {"subjectParents": True}, "NO"),
        (["mother"], {}, "NOT_DETERMINABLE"),
        (["son", "daughter", "child"], {"relativeParents": True}, "NO"),
        (["sister"], {"subjectParents": True}, "NOT_DETERMINABLE"),
        (["sister"], {"subjectParents": True, "relativeParents": True}, "NO"),
        (["grandmother"], {"subjectParents": True}, "NOT_DETERMINABLE"),
        (["grandmother"], {"subjectGrandparents": True}, "NO"),
        (["wife"], {}, "NO"),
    ],
)
def test_no_needs_a_record_that_would_show_it(
    terms: list[str], recorded: dict[str, bool], answer: str
) -> None:
    assert verdict([], terms, row(**recorded)).answer == answer


def test_unknown_person_and_same_person() -> None:
    unknown = row(subjectParents=True) | {"relative": {"id": None}}
    assert verdict([], ["mother"], unknown).answer == "NOT_DETERMINABLE"
    same = row(subjectParents=True) | {"relative": {"id": "a"}}
    assert verdict([], ["mother"], same).answer == "NO"


def test_sex_that_nobody_recorded_leaves_it_open() -> None:
    found = relations(model(), [path({"a": MALE, "m": None}, UP)])
    assert verdict(found, ["mother"], row(subjectParents=True)).answer == "NOT_DETERMINABLE"
    assert verdict(found, ["mother", "father", "parent"], row()).answer == "YES"


def test_stepmother_and_former_wife_are_no() -> None:
    stepmother = relations(model(), [path({"a": MALE, "m": FEMALE}, step(STEP, "m", "a"))])
    assert verdict(stepmother, ["mother"], row(subjectParents=True)).answer == "NO"
    former = relations(
        model(), [path({"a": MALE, "w": FEMALE}, step(MARRIED, "a", "w", ended=True))]
    )
    assert verdict(former, ["wife"], row()).answer == "NO"
