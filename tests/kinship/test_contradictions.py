"""A birth register and a household book that name different parents, and those that do not."""

from __future__ import annotations

import pytest

from kinship.books import Entry, ties
from kinship.relations import relations
from kinship.ties import MARRIAGE, Human, Move, Status, Tie
from kinship.web import Web

HEAD, WIFE, SON, ADOPTED, GRANDSON = "02", "12", "20", "27", "41"
PEOPLE = (
    Human("child"),
    Human("li", "FEMALE"),
    Human("wang", "FEMALE"),
    Human("zhao", "MALE"),
    Human("unsexed"),
)


def born(mother: str, kind: str = "BIRTH", register: str = "births") -> Tie:
    """A register states a parent of the child."""
    return Tie(Move.PARENT, mother, "child", (kind,), facts=(f"{register}:{mother}",))


def book(**codes: str) -> list[Entry]:
    """A household book: its members with their codes."""
    sexes = {human.id: human.sex for human in PEOPLE}
    return [
        Entry(f"book:{person}", person, "book", code, "1990-01-01", None, sexes.get(person, ""))
        for person, code in codes.items()
    ]


def web(registered: list[Tie], entries: list[Entry]) -> Web:
    booked, unrecorded, _ = ties(entries)
    return Web([*PEOPLE, *unrecorded], registered, booked)


def parents(known: Web) -> dict[str, tuple[str, Status]]:
    """Of the child: each recorded parent, and how far the records carry it."""
    found = {human: relations(known, "child", human.id) for human in PEOPLE}
    return {
        human.id: (relation.kind, relation.status)
        for human, those in found.items()
        for relation in those
        if relation.up == 1 and relation.down == 0
    }


@pytest.mark.parametrize("kind", ["BIRTH", "LEGAL"])
def test_the_book_of_a_woman_shows_her_son_and_the_register_states_another_mother(
    kind: str,
) -> None:
    known = web([born("li", kind)], book(wang=HEAD, child=SON))
    assert parents(known) == {
        "li": (kind, Status.CONTRADICTED),
        "wang": ("BIRTH", Status.CONTRADICTED),
    }


def test_both_keep_the_records_they_rest_on() -> None:
    known = web([born("li")], book(wang=HEAD, child=SON))
    (of_li,) = relations(known, "child", "li")
    (of_wang,) = relations(known, "child", "wang")
    assert of_li.ties[0].facts == ("births:li",)
    assert of_wang.ties[0].facts == ("book:child", "book:wang")


def test_what_follows_from_a_contradicted_parent_is_contradicted_too() -> None:
    grandmother = Tie(Move.PARENT, "unsexed", "li", ("BIRTH",))
    known = web([born("li"), grandmother], book(wang=HEAD, child=SON))
    (found,) = relations(known, "child", "unsexed")
    assert (found.term, found.status) == ("grandparent", Status.CONTRADICTED)


def test_a_father_is_not_contradicted_by_a_mother() -> None:
    known = web([born("zhao")], book(wang=HEAD, child=SON))
    assert parents(known) == {"zhao": ("BIRTH", Status.PROVEN), "wang": ("BIRTH", Status.PROVEN)}


def test_a_parent_of_unknown_sex_may_be_the_other_one() -> None:
    known = web([born("li")], book(unsexed=HEAD, child=SON))
    assert {status for _, status in parents(known).values()} == {Status.PROVEN}


def test_the_heads_wife_may_be_a_stepmother_and_contradicts_nobody() -> None:
    known = web([born("li")], book(zhao=HEAD, wang=WIFE, child=SON))
    assert parents(known) == {
        "li": ("BIRTH", Status.PROVEN),
        "wang": ("STEP", Status.CONSISTENT),
        "zhao": ("BIRTH", Status.PROVEN),
    }


def test_an_adopted_or_stepson_in_the_book_contradicts_no_birth() -> None:
    known = web([born("li")], book(wang=HEAD, child=ADOPTED))
    assert parents(known)["li"] == ("BIRTH", Status.PROVEN)


def test_the_same_mother_in_book_and_register_is_one_with_both_records() -> None:
    known = web([born("li", "LEGAL")], book(li=HEAD, child=SON))
    (mother,) = relations(known, "child", "li")
    assert (mother.kind, mother.status) == ("LEGAL", Status.PROVEN)
    assert mother.ties[0].facts == ("births:li", "book:child", "book:li")


def test_a_book_that_agrees_with_one_of_two_birth_mothers_settles_nothing() -> None:
    known = web([born("li"), born("wang")], book(li=HEAD, child=SON))
    assert {status for _, status in parents(known).values()} == {Status.CONTRADICTED}


def test_two_books_that_prove_two_fathers_contradict_each_other() -> None:
    first, second = (
        Entry("a:zhao", "zhao", "a", HEAD, "1990", None, "MALE"),
        Entry("a:child", "child", "a", SON, "1990", None),
    )
    third, fourth = (
        Entry("b:qian", "qian", "b", HEAD, "1990", None, "MALE"),
        Entry("b:child", "child", "b", SON, "1990", None),
    )
    booked, unrecorded, _ = ties([first, second, third, fourth])
    known = Web([*PEOPLE, Human("qian", "MALE"), *unrecorded], [], booked)
    for father in ("zhao", "qian"):
        (found,) = relations(known, "child", father)
        assert (found.term, found.status) == ("father", Status.CONTRADICTED)


def test_a_father_who_must_exist_contradicts_no_recorded_one() -> None:
    """The head's grandson has a father of whom the book tells nothing more."""
    known = web([born("zhao")], book(wang=HEAD, child=GRANDSON))
    assert parents(known) == {"zhao": ("BIRTH", Status.PROVEN)}
    (grandmother,) = relations(known, "child", "wang")
    assert (grandmother.term, grandmother.status) == ("grandmother", Status.PROVEN)


def test_two_mothers_in_law_are_both_mothers() -> None:
    for kinds in (("LEGAL", "LEGAL"), ("BIRTH", "LEGAL")):
        known = web([born("li", kinds[0]), born("wang", kinds[1])], [])
        assert parents(known) == {
            "li": (kinds[0], Status.PROVEN),
            "wang": (kinds[1], Status.PROVEN),
        }


def test_a_book_of_one_of_two_mothers_in_law_contradicts_neither() -> None:
    known = web([born("li", "LEGAL"), born("wang", "LEGAL")], book(wang=HEAD, child=SON))
    assert parents(known) == {"li": ("LEGAL", Status.PROVEN), "wang": ("LEGAL", Status.PROVEN)}


def test_two_mothers_by_birth_contradict_each_other() -> None:
    known = web([born("li"), born("wang")], [])
    assert {status for _, status in parents(known).values()} == {Status.CONTRADICTED}


def test_a_registered_marriage_and_another_in_a_book_are_both_kept() -> None:
    wedding = Tie(Move.SPOUSE, "zhao", "li", (MARRIAGE,), facts=("marriages:1",))
    known = web([wedding], book(zhao=HEAD, wang=WIFE))
    for wife in ("li", "wang"):
        (found,) = relations(known, "zhao", wife)
        assert (found.term, found.status) == ("wife", Status.PROVEN)


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("head_first", [False, True])
def test_of_two_ways_the_one_through_recorded_persons_is_told(
    turned: bool, head_first: bool
) -> None:
    """A book of their brother's holds both sisters, and their mother: she is named, whatever the
    ids, and not a parent of whom nobody knows."""
    names = {"mother": "z", "son": "b", "elder": "c", "younger": "d"}
    if turned:
        names = {person: f"{9 - at}{name}" for at, (person, name) in enumerate(names.items())}
    sexes = {"mother": "FEMALE", "son": "MALE", "elder": "FEMALE", "younger": "FEMALE"}
    born_on = {"mother": "1950", "son": "1973", "elder": "1975", "younger": "1980"}
    rows = [
        ("B-1", "mother", "02"),
        ("B-1", "son", "20"),
        ("B-1", "elder", "30"),
        ("B-2", "son", "02"),
        ("B-2", "mother", "52"),
        ("B-2", "elder", "77"),
        ("B-2", "younger", "77"),
    ]
    periods = {"B-1": ("1978-01-01", "1995-06-01"), "B-2": ("1995-06-01", None)}
    entries = [
        Entry(
            f"{names[person]}:{of}",
            names[person],
            of,
            code,
            *periods[of],
            sex=sexes[person],
            born=born_on[person],
        )
        for of, person, code in (rows if head_first else reversed(rows))
    ]
    booked = ties(entries)
    people = [Human(names[person], sexes[person], born_on[person]) for person in names]
    known = Web([*people, *booked.unrecorded], [], booked.ties, booked.elders)
    (sister,) = relations(known, names["elder"], names["younger"])
    assert (sister.term, sister.status) == ("sister", Status.CONSISTENT)
    assert sister.people[1] == names["mother"]
