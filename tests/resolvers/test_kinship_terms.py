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
        (
            path({"a": MALE, "m": FEMALE, "s": FEMALE}, UP, step(STEP, "m", "s")),
            *("stepsister", "继姐妹", 1, 1),
        ),
        (
            path({"a": MALE, "f": MALE, "g": MALE}, step(STEP, "f", "a"), step(BIRTH, "g", "f")),
            *("step-grandfather", "继祖父", 2, 0),
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


MOTHER_ONLY = [{"id": "p", "sex": FEMALE, "closed": False}]
FATHER_ONLY = [{"id": "q", "sex": MALE, "closed": False}]
BOTH = [*MOTHER_ONLY, *FATHER_ONLY]
CLOSED = [{"id": "p", "sex": FEMALE, "closed": True}]


def row(**recorded: Any) -> dict[str, Any]:
    lists = ("subjectParents", "subjectGrandparents", "relativeParents", "relativeGrandparents")
    nothing: dict[str, Any] = {name: [] for name in lists}
    return {**nothing, "subjectSeen": True, "relativeSeen": True, **recorded}


@pytest.mark.parametrize(
    ("terms", "recorded", "answer"),
    [
        (["mother"], {"subjectParents": MOTHER_ONLY}, "NO"),
        (["mother"], {"subjectParents": FATHER_ONLY}, "NOT_DETERMINABLE"),
        (["father"], {"subjectParents": FATHER_ONLY}, "NO"),
        (["mother"], {}, "NOT_DETERMINABLE"),
        (["mother", "father", "parent"], {"subjectParents": MOTHER_ONLY}, "NOT_DETERMINABLE"),
        (["mother", "father", "parent"], {"subjectParents": BOTH}, "NO"),
        (["mother", "father", "parent"], {"subjectParents": CLOSED}, "NO"),
        (["son", "daughter", "child"], {"relativeParents": BOTH}, "NO"),
        (["son", "daughter", "child"], {"subjectParents": BOTH}, "NOT_DETERMINABLE"),
        (["sister", "sibling"], {"subjectParents": BOTH}, "NOT_DETERMINABLE"),
        (["sister", "sibling"], {"subjectParents": BOTH, "relativeParents": CLOSED}, "NO"),
        (
            ["grandparent"],
            {"subjectParents": BOTH, "subjectGrandparents": [BOTH, MOTHER_ONLY]},
            "NOT_DETERMINABLE",
        ),
        (["grandparent"], {"subjectParents": BOTH, "subjectGrandparents": [BOTH, BOTH]}, "NO"),
        (["wife", "spouse"], {}, "NO"),
        (["wife", "spouse"], {"subjectSeen": False}, "NOT_DETERMINABLE"),
        ([], {"subjectParents": BOTH}, "NOT_DETERMINABLE"),
    ],
)
def test_no_needs_a_record_that_would_show_it(
    terms: list[str], recorded: dict[str, Any], answer: str
) -> None:
    assert verdict([], terms, row(**recorded)).answer == answer


@pytest.mark.parametrize("terms", [["mother"], ["mother", "father", "parent"], ["sibling"]])
def test_no_needs_sight_of_the_record_it_rests_on(terms: list[str]) -> None:
    recorded: dict[str, Any] = {"subjectParents": BOTH, "relativeParents": BOTH}
    assert verdict([], terms, row(**recorded)).answer == "NO"
    assert verdict([], terms, row(**recorded, subjectSeen=False)).answer == "NOT_DETERMINABLE"


def test_whether_the_other_person_is_registered_makes_no_difference() -> None:
    for terms in (["mother"], ["mother", "father", "parent"], ["wife"], ["sibling"], []):
        seen = row(subjectParents=BOTH, relativeSeen=True)
        absent = row(subjectParents=BOTH, relativeSeen=False)
        assert verdict([], terms, seen) == verdict([], terms, absent)


def test_sex_that_nobody_recorded_leaves_it_open() -> None:
    found = relations(model(), [path({"a": MALE, "m": None}, UP)])
    assert verdict(found, ["mother"], row()).answer == "NOT_DETERMINABLE"
    assert verdict(found, ["mother", "father", "parent"], row()).answer == "YES"


def test_step_relatives_do_not_count_however_far() -> None:
    sister = path({"a": MALE, "m": FEMALE, "s": FEMALE}, UP, step(STEP, "m", "s"))
    found = relations(model(), [sister])
    both = row(subjectParents=BOTH, relativeParents=BOTH)
    assert verdict(found, ["sister", "brother", "sibling"], both).answer == "NO"


def test_stepmother_and_former_wife_are_no() -> None:
    stepmother = relations(model(), [path({"a": MALE, "m": FEMALE}, step(STEP, "m", "a"))])
    assert verdict(stepmother, ["mother"], row(subjectParents=MOTHER_ONLY)).answer == "NO"
    former = relations(
        model(), [path({"a": MALE, "w": FEMALE}, step(MARRIED, "a", "w", ended=True))]
    )
    assert verdict(former, ["wife"], row()).answer == "NO"


def test_a_registered_partner_is_no_spouse() -> None:
    partnership = {**step(MARRIED, "a", "b"), "form": "REGISTERED_PARTNERSHIP"}
    found = relations(model(), [path({"a": MALE, "b": FEMALE}, partnership)])
    assert [(r.term, r.term_zh) for r in found] == [("registered partner", "登记伴侣")]
    assert verdict(found, ["wife", "husband", "spouse"], row()).answer == "NO"
    married = {**partnership, "form": "MARRIAGE"}
    found = relations(model(), [path({"a": MALE, "b": FEMALE}, married)])
    assert verdict(found, ["wife", "husband", "spouse"], row()).answer == "YES"
