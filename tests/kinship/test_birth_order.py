"""Which of two is the elder: birth dates say it, and codes of household books where they do not."""

from __future__ import annotations

import pytest

from kinship.books import Entry, ties
from kinship.relations import relations
from kinship.ties import Human
from kinship.web import Web

HEAD = "02"
SISTERS, BROTHERS = ("姐姐", "妹妹", "姐妹"), ("哥哥", "弟弟", "兄弟")


def member(
    person: str,
    code: str,
    sex: str = "MALE",
    born: str = "",
    book: str = "book",
    begins: str = "2000-01-01",
    ends: str | None = None,
) -> Entry:
    return Entry(f"{book}/{person}/{code}", person, book, code, begins, ends, sex, born)


def term(entries: list[Entry], subject: str, relative: str) -> str:
    """What the relative is to the subject by the nearest relation, in Chinese."""
    booked = ties(entries)
    humans = {entry.person: Human(entry.person, entry.sex, entry.born) for entry in entries}
    web = Web([*humans.values(), *booked.unrecorded], [], booked.ties, booked.elders)
    return relations(web, subject, relative)[0].term_zh


def two(
    one: str, other: str, born: tuple[str, str] = ("", ""), sex: str = "MALE"
) -> tuple[str, str]:
    """Of two children of one head: what the second is to the first, and the first to the second."""
    entries = [
        member("head", HEAD),
        member("one", one, sex, born[0]),
        member("other", other, sex, born[1]),
    ]
    return term(entries, "one", "other"), term(entries, "other", "one")


@pytest.mark.parametrize(("one", "other"), [("22", "23"), ("23", "26"), ("22", "25")])
def test_the_place_among_the_sons_says_who_is_the_elder(one: str, other: str) -> None:
    assert two(one, other) == ("弟弟", "哥哥")
    assert two(other, one) == ("哥哥", "弟弟")


@pytest.mark.parametrize(("one", "other"), [("32", "33"), ("33", "36")])
def test_and_the_place_among_the_daughters(one: str, other: str) -> None:
    assert two(one, other, sex="FEMALE") == ("妹妹", "姐姐")


def test_sons_and_daughters_are_counted_each_among_their_own() -> None:
    entries = [member("head", HEAD), member("son", "22"), member("girl", "33", "FEMALE")]
    assert term(entries, "son", "girl") == SISTERS[2]
    assert term(entries, "girl", "son") == BROTHERS[2]


@pytest.mark.parametrize(("one", "other"), [("20", "22"), ("21", "23"), ("22", "22"), ("20", "20")])
def test_codes_without_a_place_say_nothing(one: str, other: str) -> None:
    assert two(one, other) == (BROTHERS[2], BROTHERS[2])


@pytest.mark.parametrize(
    "born", [("2001-05-05", "2001-05-05"), ("2001", "2001-05"), ("2001", ""), ("", "")]
)
def test_codes_decide_where_the_dates_do_not(born: tuple[str, str]) -> None:
    assert two("22", "23", born) == ("弟弟", "哥哥")


@pytest.mark.parametrize("born", [("2002", "2001"), ("2001-05-06", "2001-05-05")])
def test_dates_decide_where_the_codes_say_otherwise(born: tuple[str, str]) -> None:
    assert two("22", "23", born) == ("哥哥", "弟弟")


def test_nothing_is_said_where_two_books_say_it_both_ways_round() -> None:
    first = [member("head", HEAD), member("one", "22"), member("other", "23")]
    second = [
        member("head", HEAD, book="b"),
        member("one", "23", book="b"),
        member("other", "22", book="b"),
    ]
    assert term(first, "one", "other") == "弟弟"
    assert term([*first, *second], "one", "other") == BROTHERS[2]


def test_places_in_two_books_are_not_compared() -> None:
    entries = [
        *(member("head", HEAD, book=book) for book in "ab"),
        member("one", "22", book="a"),
        member("other", "23", book="b"),
    ]
    assert term(entries, "one", "other") == BROTHERS[2]


def test_a_code_that_may_refer_to_another_head_proves_no_order() -> None:
    """The code may be from the time of the first head, or be written anew under the second."""
    entries = [
        member("first", HEAD, ends="2010-01-01"),
        member("head", HEAD, begins="2010-01-01"),
        member("one", "22"),
        member("other", "23"),
    ]
    assert term(entries, "one", "other") == BROTHERS[2]


@pytest.mark.parametrize(
    ("code", "sex", "to_head", "to_member"),
    [
        ("71", "MALE", "哥哥", "弟弟"),
        ("73", "MALE", "弟弟", "哥哥"),
        ("75", "FEMALE", "姐姐", "弟弟"),
        ("77", "FEMALE", "妹妹", "哥哥"),
    ],
)
def test_brothers_and_sisters_of_the_head(
    code: str, sex: str, to_head: str, to_member: str
) -> None:
    entries = [member("head", HEAD), member("member", code, sex)]
    assert term(entries, "head", "member") == to_head
    assert term(entries, "member", "head") == to_member


def test_an_elder_brother_of_the_head_is_older_than_a_younger_sister() -> None:
    entries = [member("head", HEAD), member("brother", "71"), member("sister", "77", "FEMALE")]
    assert term(entries, "brother", "sister") == "妹妹"
    assert term(entries, "sister", "brother") == "哥哥"


@pytest.mark.parametrize(("code", "uncle"), [("81", "伯父"), ("83", "叔父")])
def test_an_uncle_is_older_or_younger_than_the_father(code: str, uncle: str) -> None:
    alone = [member("head", HEAD), member("uncle", code)]
    assert term(alone, "head", "uncle") == uncle
    beside = [*alone, member("father", "51")]
    assert term(beside, "head", "uncle") == uncle
    assert term(beside, "father", "uncle") == ("哥哥" if code == "81" else "弟弟")


def test_an_uncle_by_the_places_of_the_sons() -> None:
    """The head's second son has a book of his own, with a son in it."""
    entries = [
        member("head", HEAD),
        member("first", "22"),
        member("second", "23"),
        member("third", "24"),
        member("second", HEAD, book="own"),
        member("child", "20", book="own"),
    ]
    assert term(entries, "child", "first") == "伯父"
    assert term(entries, "child", "third") == "叔父"


@pytest.mark.parametrize(
    ("code", "to_head", "head_to_her"), [("72", "嫂子", "小叔子"), ("74", "弟媳", "大伯子")]
)
def test_the_wife_of_a_brother_of_the_head(code: str, to_head: str, head_to_her: str) -> None:
    entries = [member("head", HEAD), member("wife", code, "FEMALE")]
    assert term(entries, "head", "wife") == to_head
    assert term(entries, "wife", "head") == head_to_her
