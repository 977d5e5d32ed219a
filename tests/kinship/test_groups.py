"""Groups of relatives in their order, on a family that a caseworker can read.

Grandmother and grandfather have two children: the mother and the uncle. The mother and the father
(divorced) have Ann and Ben; the mother is married to the stepfather, whose child Dirk lives with
them. Ben is dead and has a child Eve. Ann is married to Carl and has the child Fay.
"""

from __future__ import annotations

import pytest

from kinship.groups import Relative, groups, relatives
from kinship.ties import MARRIAGE, Human, Move, Status, Tie
from kinship.web import Web

SEX = {
    "FEMALE": ("grandmother", "mother", "ann", "eve", "fay"),
    "MALE": ("grandfather", "uncle", "father", "stepfather", "ben", "carl", "dirk"),
}
CHILDREN = {
    ("grandmother", "grandfather"): ("mother", "uncle"),
    ("mother", "father"): ("ann", "ben"),
    ("stepfather",): ("dirk",),
    ("ben",): ("eve",),
    ("ann", "carl"): ("fay",),
}


def marriage(one: str, other: str, ended: bool = False) -> Tie:
    return Tie(Move.SPOUSE, one, other, (MARRIAGE,), Status.PROVEN, ended)


def family() -> Web:
    births = [
        Tie(Move.PARENT, parent, child, ("BIRTH",))
        for parents, children in CHILDREN.items()
        for parent in parents
        for child in children
    ]
    step = Tie(Move.PARENT, "stepfather", "ann", ("STEP",))
    couples = [
        marriage("grandmother", "grandfather"),
        marriage("mother", "father", ended=True),
        marriage("mother", "stepfather"),
        marriage("ann", "carl"),
    ]
    humans = [Human(name, sex) for sex, names in SEX.items() for name in names]
    return Web(humans, [*births, step, *couples])


def listed(subject: str, group: str, within: int = 3, dead: tuple[str, ...] = ()) -> list[str]:
    found = relatives(family(), subject, group, within, dead)
    return [f"{r.rank} {r.person}: {r.relation.term}" for r in found]


def test_ancestors_by_generation() -> None:
    assert listed("ann", "ancestors") == [
        "1 father: father",
        "1 mother: mother",
        "1 stepfather: stepfather",
        "2 grandfather: grandfather",
        "2 grandmother: grandmother",
    ]
    assert len(listed("ann", "ancestors", within=1)) == 3


def test_descendants_by_generation() -> None:
    assert [line.split(":")[0] for line in listed("grandmother", "descendants")] == [
        *("1 mother", "1 uncle"),
        *("2 ann", "2 ben"),
        *("3 eve", "3 fay"),
    ]


def test_the_family_within_two_links() -> None:
    near = {line.split(":")[0] for line in listed("ann", "family", within=2)}
    assert {"1 mother", "1 carl", "1 fay", "2 ben", "2 grandmother"} <= near
    assert not {"3 uncle", "2 uncle"} & near


def test_siblings_with_half_and_step() -> None:
    found = relatives(family(), "ann", "siblings", 0)
    assert [(r.person, r.relation.kind) for r in found] == [("ben", "BIRTH"), ("dirk", "STEP")]


def test_next_of_kin_in_the_order_of_the_civil_code() -> None:
    assert listed("ann", "nextOfKin", dead=("ben",)) == [
        "1 carl: husband",
        "2 father: father",
        "2 mother: mother",
        "3 fay: daughter",
        "5 grandfather: grandfather",
        "5 grandmother: grandmother",
    ]


@pytest.mark.parametrize(
    ("dead", "heirs"),
    [
        ((), ["ann", "ben", "stepfather", "grandfather", "grandmother"]),
        (("ben",), ["ann", "stepfather", "grandfather", "grandmother", "eve"]),
        (("ben", "eve"), ["ann", "stepfather", "grandfather", "grandmother"]),
    ],
)
def test_heirs_of_the_mother(dead: tuple[str, ...], heirs: list[str]) -> None:
    found = relatives(family(), "mother", "heirs", 0, dead)
    assert {r.rank for r in found} == {1}
    assert sorted(r.person for r in found) == sorted(heirs)


def test_second_order_inherits_where_the_first_is_empty() -> None:
    found = relatives(family(), "uncle", "heirs", 0, ("grandmother", "grandfather"))
    assert [(r.rank, r.person) for r in found] == [(2, "mother")]
    found = relatives(family(), "uncle", "heirs", 0, ("grandmother", "grandfather", "mother"))
    assert [(r.rank, r.person) for r in found] == [(2, "ann"), (2, "ben")]


def test_relations_through_somebody_hidden_are_passed_over() -> None:
    found = relatives(family(), "ann", "ancestors", 3, hidden=("mother",))
    assert [r.person for r in found] == ["father", "mother", "stepfather"]


def test_each_declared_term_is_one_that_the_engine_gives() -> None:
    known = {r.relation.base for names in SEX.values() for name in names for r in _all(name)}
    declared = {term for group in groups().values() for terms in group.classes for term in terms}
    neutral = {"spouse", "parent", "child", "sibling", "grandparent", "grandchild"}
    assert declared - known - neutral == set()


def _all(person: str) -> list[Relative]:
    return relatives(family(), person, "family", 9)
