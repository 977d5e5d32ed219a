"""Household books as evidence: the table over all pairs of codes, and what whole books support."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
import yaml

from kinship.books import Entry, Option, compose, may_be_one, ties
from kinship.books_page import page, table
from kinship.books_paths import codes
from kinship.books_time import Sure, before, together
from kinship.ties import Human, Move, Status, Tie
from tests.golden import check_golden

ROOT = Path(__file__).parents[2]
SONS = ("20", "21", "22", "23", "24", "25", "26", "27", "29")
ALL = list(product(codes(), codes()))


def member(
    person: str,
    code: str,
    begins: str | None = "1990-01-01",
    ends: str | None = None,
    book: str = "B",
    sex: str = "",
) -> Entry:
    return Entry(f"{book}/{person}/{code}", person, book, code, begins, ends, sex)


def found(*entries: Entry, day: str | None = None) -> dict[tuple[str, str], Tie]:
    return {(tie.origin, tie.to): tie for tie in ties(entries, day).ties}


def seen(option: Option) -> tuple[object, ...]:
    kinds = tuple(frozenset(kinds) for kinds in option.kinds)
    return (option.moves, kinds, option.sexes, option.half, option.older)


def moves(a: str, b: str) -> set[str]:
    return {option.moves for option in compose(a, b).options}


def labels() -> dict[str, tuple[str, str]]:
    declared = ROOT / "ingest" / "mappings" / "tables" / "gbt4761.yaml"
    values = yaml.safe_load(declared.read_text(encoding="utf-8"))["values"]
    return {code: (label["en"], label["zh"]) for code, label in values.items()}


# The table


def test_every_code_of_the_standard_has_its_meaning() -> None:
    assert set(codes()) == set(labels())


def test_every_pair_is_proven_consistent_or_says_nothing() -> None:
    for a, b in ALL:
        cell = compose(a, b)
        if cell.status is Status.PROVEN:
            assert len(cell.options) == 1, (a, b)
            assert all(len(kinds) == 1 for kinds in cell.options[0].kinds), (a, b)
        elif cell.status is Status.CONSISTENT:
            open_kinds = [kinds for option in cell.options for kinds in option.kinds if kinds[1:]]
            assert len(cell.options) > 1 or open_kinds, (a, b)
        else:
            assert cell.status is None and not cell.options, (a, b)
            silent = {a, b} & {"80", "97", "99"}
            assert bool(silent) != cell.excluded, (a, b)


def test_b_to_a_is_the_inverse_of_a_to_b() -> None:
    for a, b in ALL:
        there, back = compose(a, b), compose(b, a)
        assert there.status is back.status, (a, b)
        turned = {seen(option.reversed()) for option in back.options}
        assert {seen(option) for option in there.options} == turned, (a, b)


@pytest.mark.parametrize(
    ("a", "b", "status", "ways"),
    [
        ("52", "20", Status.PROVEN, {"dd"}),  # grandmother and grandson
        ("51", "61", Status.PROVEN, {"u"}),
        ("20", "30", Status.PROVEN, {"ud"}),
        ("30", "41", Status.PROVEN, {"udd"}),  # a son's son is a daughter's nephew
        ("41", "43", Status.PROVEN, {"uudd"}),
        ("20", "12", Status.CONSISTENT, {"u", "um"}),  # mother or stepmother
        ("77", "52", Status.CONSISTENT, {"u", "um"}),
        ("22", "38", Status.CONSISTENT, {"m", "udm"}),
        ("51", "52", Status.CONSISTENT, {"m"}),
        ("41", "20", Status.CONSISTENT, {"u", "uud"}),  # father or uncle
        ("41", "12", Status.CONSISTENT, {"uu", "uum"}),
        ("41", "42", Status.CONSISTENT, {"ud", "uudd"}),
        ("02", "27", Status.CONSISTENT, {"d"}),
        ("20", "97", None, set[str]()),
        ("98", "20", None, set[str]()),
        ("02", "02", None, set[str]()),
        ("51", "51", None, set[str]()),  # nobody has two birth fathers
        ("12", "53", None, set[str]()),  # a wife's husband has no husband's father
    ],
)
def test_cells(a: str, b: str, status: Status | None, ways: set[str]) -> None:
    assert compose(a, b).status is status
    assert moves(a, b) == ways


def test_codes_tell_who_is_older_where_they_can() -> None:
    assert compose("02", "71").options[0].older is True
    assert compose("71", "77").options[0].older is False
    assert compose("22", "23").options[0].older is False
    assert compose("51", "81").options[0].older is True
    assert compose("22", "32").options[0].older is None  # counted each among their own


def test_an_adopted_or_stepson_leaves_the_kind_open() -> None:
    assert compose("02", "27").options[0].kinds == (("ADOPTIVE", "STEP"),)
    assert {option.half for option in compose("27", "20").options} == {None, True}


def test_the_page_is_up_to_date() -> None:
    check_golden(ROOT / "docs" / "household-books.md", page(labels()))
    check_golden(ROOT / "docs" / "household-books.csv", table())


# What books support


def test_head_and_members_are_tied_with_the_facts_that_say_so() -> None:
    books = found(member("li", "02"), member("wang", "12"), member("jun", "22"))
    assert books["li", "jun"].status is Status.PROVEN
    assert books["li", "jun"].kinds == ("BIRTH",)
    assert books["li", "jun"].facts == ("B/jun/22", "B/li/02")
    assert books["li", "wang"].move is Move.SPOUSE
    assert books["wang", "jun"].status is Status.CONSISTENT
    assert books["wang", "jun"].kinds == ("BIRTH", "STEP")


def test_a_parent_hidden_by_a_split_book() -> None:
    """In 2015 the son took a book of his own; the father stands in the old one only."""
    books = found(
        member("father", "02", "1980", book="old"),
        member("son", "20", "1985", "2015-06-01", book="old"),
        member("son", "02", "2015-06-01", book="new"),
        member("child", "20", "2016", book="new"),
    )
    assert books["father", "son"].status is Status.PROVEN
    assert books["son", "child"].status is Status.PROVEN
    assert ("father", "child") not in books


def test_mother_and_daughter_without_a_common_book_since_1995() -> None:
    """The brother's book shows mother and sister beside him; the mother's book of 1990 decides."""
    split = (
        member("brother", "02", "1995", book="his", sex="MALE"),
        member("mother", "52", "1995", book="his", sex="FEMALE"),
        member("sister", "77", "1995", "1996", book="his", sex="FEMALE"),
    )
    alone = found(*split)
    assert alone["mother", "sister"].status is Status.CONSISTENT
    assert alone["mother", "sister"].kinds == ("BIRTH", "STEP")
    before_1995 = (
        member("mother", "02", "1980", "1995", book="hers", sex="FEMALE"),
        member("sister", "30", "1985", "1995", book="hers", sex="FEMALE"),
    )
    both = found(*split, *before_1995)
    assert both["mother", "sister"].status is Status.PROVEN
    assert both["mother", "sister"].kinds == ("BIRTH",)


def test_a_parent_of_one_sibling_may_be_the_parent_of_the_other() -> None:
    """The mother is known only from a book of the sister, the siblings from the brother's."""
    books = found(
        member("brother", "02", book="his"),
        member("sister", "75", book="his"),
        member("sister", "02", book="hers"),
        member("mother", "52", book="hers", sex="FEMALE"),
    )
    assert books["mother", "sister"].status is Status.PROVEN
    assert books["mother", "brother"].status is Status.CONSISTENT


def test_change_of_head_with_codes_restated() -> None:
    books = found(
        member("grandfather", "02", "1980", "2010"),
        member("father", "20", "1980", "2010"),
        member("child", "41", "2000", "2010"),
        member("father", "02", "2010"),
        member("child", "20", "2010"),
    )
    assert books["grandfather", "father"].status is Status.PROVEN
    assert books["father", "child"].status is Status.PROVEN
    assert not ties([member("x", "20")]).unrecorded


def test_change_of_head_without_the_code_being_restated() -> None:
    books = found(
        member("one", "02", "1980", "2010"),
        member("two", "02", "2010"),
        member("child", "20", "2000"),
    )
    assert books["one", "child"].status is Status.CONSISTENT
    assert books["two", "child"].status is Status.CONSISTENT


def test_two_heads_at_one_time() -> None:
    books = found(member("one", "02"), member("two", "02"), member("child", "20"))
    assert {tie.status for tie in books.values()} == {Status.CONSISTENT}


def test_a_code_from_before_the_head_was_head_may_be_about_another() -> None:
    books = found(
        member("li", "20", "1980", "2000"),
        member("li", "02", "2000"),
        member("jun", "20", "1990"),
    )
    assert books["li", "jun"].status is Status.CONSISTENT


def test_two_codes_in_one_book_over_time() -> None:
    """Written down as adopted or step first, as a son later: the books agree on no kind."""
    books = found(
        member("li", "02"),
        member("jun", "27", "2000", "2010"),
        member("jun", "20", "2010"),
    )
    assert books["li", "jun"].status is Status.PROVEN
    assert set(books["li", "jun"].kinds) == {"ADOPTIVE", "STEP", "BIRTH"}
    assert len(books["li", "jun"].facts) == 3


def test_an_adopted_or_step_son() -> None:
    books = found(member("li", "02"), member("jun", "27"), member("jun", "29", book="C"))
    assert books["li", "jun"].kinds == ("ADOPTIVE", "STEP")
    assert books["li", "jun"].status is Status.PROVEN


def test_kinds_that_two_books_leave_open_are_narrowed_to_what_both_allow() -> None:
    books = found(
        member("li", "02"),
        member("jun", "29"),
        member("li", "02", book="C"),
        member("jun", "27", book="C"),
    )
    assert books["li", "jun"].kinds == ("ADOPTIVE", "STEP")


def test_siblings_have_an_unrecorded_parent() -> None:
    books, people, _ = ties([member("li", "02"), member("mei", "77")])
    (parent,) = people
    assert not parent.recorded
    assert {tie.to for tie in books if tie.origin == parent.id} == {"li", "mei"}
    assert {tie.status for tie in books} == {Status.PROVEN}


def test_two_siblings_of_a_head_may_be_so_by_different_parents() -> None:
    books, people, _ = ties([member("li", "02"), member("mei", "77"), member("gang", "71")])
    assert len(people) == 2
    of_gang = {tie.origin: tie.status for tie in books if tie.to == "gang"}
    assert sorted(of_gang.values()) == [Status.CONSISTENT, Status.PROVEN]


def test_siblings_of_a_recorded_parent_need_no_unrecorded_one() -> None:
    books, people, _ = ties(
        [
            member("mother", "02", book="hers", sex="FEMALE"),
            member("li", "20", book="hers"),
            member("mei", "30", book="hers"),
            member("li", "02", book="his"),
            member("mei", "77", book="his"),
        ]
    )
    assert people == []
    assert {(tie.origin, tie.to) for tie in books} == {("mother", "li"), ("mother", "mei")}


def test_a_grandson_has_an_unrecorded_father_and_each_son_may_be_him() -> None:
    books, people, _ = ties(
        [
            member("li", "02"),
            member("jun", "22", sex="MALE"),
            member("gang", "27", sex="MALE"),
            member("mei", "32", sex="FEMALE"),
            member("bao", "41", sex="MALE"),
        ]
    )
    (father,) = people
    assert father.sex == "MALE"
    fathers = {tie.origin: tie.status for tie in books if tie.to == "bao"}
    assert fathers == {
        father.id: Status.PROVEN,
        "jun": Status.CONSISTENT,
        "gang": Status.CONSISTENT,
    }
    assert may_be_one(father, Human("jun", "MALE"))
    assert not may_be_one(father, Human("mei", "FEMALE"))


def test_a_son_who_lives_apart_may_be_the_grandsons_father_too() -> None:
    books = found(
        member("li", "02", book="old"),
        member("bao", "41", book="old"),
        member("jun", "02", book="new", sex="MALE"),
        member("li", "51", book="new"),
    )
    assert books["jun", "bao"].status is Status.CONSISTENT


def test_once_the_father_is_known_no_other_son_may_be_him() -> None:
    books = found(
        member("li", "02"),
        member("jun", "22", sex="MALE"),
        member("gang", "23", sex="MALE"),
        member("bao", "41"),
        member("jun", "02", book="new", sex="MALE"),
        member("bao", "20", book="new"),
    )
    assert books["jun", "bao"].status is Status.PROVEN
    assert ("gang", "bao") not in books


def test_each_son_may_be_the_daughter_in_laws_husband() -> None:
    two = found(member("li", "02"), member("jun", "22"), member("gang", "23"), member("hong", "38"))
    assert two["hong", "jun"].status is two["gang", "hong"].status is Status.CONSISTENT
    one = found(member("li", "02"), member("jun", "22"), member("hong", "38"))
    assert one["hong", "jun"].status is Status.CONSISTENT
    assert one["hong", "jun"].kinds == ("MARRIAGE",)


def test_a_wife_who_left_before_the_child_came_is_not_its_mother_by_the_book() -> None:
    books = found(
        member("li", "02", "1990"),
        member("wang", "12", "1990", "1995"),
        member("jun", "20", "1996"),
    )
    assert ("wang", "jun") not in books


def test_nobody_is_tied_whose_times_do_not_meet() -> None:
    assert not found(member("li", "02", "1990", "2000"), member("jun", "20", "2000"))


def test_unknown_dates_prove_only_in_a_book_with_one_head() -> None:
    one = found(member("li", "02", None, "2000"), member("jun", "20", None, "1999"))
    assert one["li", "jun"].status is Status.PROVEN
    two = found(
        member("li", "02", None, "2000"),
        member("wu", "02", "2000"),
        member("jun", "20", None, "1999"),
    )
    assert two["li", "jun"].status is Status.CONSISTENT


def test_a_marriage_does_not_end_with_the_entry_and_shows_from_its_day() -> None:
    book = (member("li", "02", "1980"), member("wang", "12", "1990", "2000"))
    assert not found(*book, day="2020-01-01")["li", "wang"].ended
    assert not found(*book, day="1985-01-01")


def test_codes_that_say_nothing_and_unknown_codes_tie_nobody() -> None:
    for code in ("80", "97", "99", "98", ""):
        assert not found(member("li", "02"), member("x", code))


def test_the_closest_reading_of_other_codes_is_never_proven() -> None:
    books, people, _ = ties([member("li", "02"), member("x", "59"), member("y", "79")])
    assert people == []
    assert {tie.status for tie in books} == {Status.CONSISTENT}


@pytest.mark.parametrize("code", [c for c in codes() if c not in {"01", "02"}])
def test_one_member_beside_a_head_is_tied_along_the_codes_path(code: str) -> None:
    books, people, _ = ties([member("li", "02"), member("x", code)])
    cell = compose("02", code)
    if len(cell.options) == 1:
        assert len(books) == len(cell.options[0].moves)
        assert len(people) == len(books) - 1


def test_what_books_tie_directly_is_what_the_table_says() -> None:
    for a, b in ALL:
        if {a, b} & {"01", "02"}:
            continue
        everything = ties([member("h", "02"), member("x", a), member("y", b)]).ties
        direct = [tie for tie in everything if {tie.origin, tie.to} == {"x", "y"}]
        if any(tie.status is Status.PROVEN for tie in direct):
            assert compose(a, b).status is Status.PROVEN, (a, b)
        assert bool(direct) == bool(moves(a, b) & {"u", "d", "m"}), (a, b)


def test_the_order_of_entries_does_not_matter() -> None:
    entries = [member("h", "02"), *(member(f"p{code}", code) for code in codes() if code > "09")]
    assert ties(entries) == ties(entries[::-1])


def test_partial_dates_are_compared_as_far_as_they_go() -> None:
    assert before("2015", "2015-06") is Sure.PERHAPS
    assert before("2015-05", "2015-06-01") is Sure.YES
    assert before("2015", "2015") is Sure.NO
    assert together(member("a", "20", "2000", "2010"), member("b", "02", "2010")) is Sure.NO
    assert together(member("a", "20", None, "2010"), member("b", "02", "2005")) is Sure.YES
    assert together(member("a", "20", None), member("b", "02", "2005", "2010")) is Sure.PERHAPS
