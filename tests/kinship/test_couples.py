"""Couples whom a record joins without a marriage: partners, and nobody's relatives by marriage."""

from __future__ import annotations

import pytest

from kinship.groups import relatives
from kinship.relations import relations
from kinship.ties import COUPLE, MARRIAGE, PARTNERSHIP, Human, Move, Status, Tie
from kinship.web import Web
from tests.kinship.royal import parents, tree, web

SEXES = {
    "FEMALE": ("woman", "grandmother", "daughter", "sister"),
    "MALE": ("man", "child", "husband"),
}
BIRTHS = (
    ("woman", "child"),
    ("man", "child"),
    ("woman", "daughter"),
    ("grandmother", "man"),
    ("grandmother", "sister"),
)


def union(kind: str = COUPLE, ended: bool = False, of: tuple[str, str] = ("man", "woman")) -> Tie:
    return Tie(Move.SPOUSE, *of, kinds=(kind,), ended=ended, facts=(f"{kind}-{of[1]}",))


def family(*unions: Tie, booked: tuple[Tie, ...] = ()) -> Web:
    """Man and woman have a child; she has a daughter of her own, he a mother and a sister."""
    humans = [Human(name, sex) for sex, names in SEXES.items() for name in names]
    births = [Tie(Move.PARENT, parent, child, ("BIRTH",)) for parent, child in BIRTHS]
    return Web(humans, [*births, *unions], booked)


def terms(known: Web, one: str, other: str) -> list[tuple[str, str, str, Status]]:
    return [(r.term, r.term_zh, r.kind, r.status) for r in relations(known, one, other)]


@pytest.mark.parametrize("ended", [False, True])
def test_the_two_are_partners_as_the_record_states(ended: bool) -> None:
    known = family(union(ended=ended))
    former, before = ("former ", "前") if ended else ("", "")
    partner = [(f"{former}partner", f"{before}伴侣", "COUPLE", Status.PROVEN)]
    assert terms(known, "man", "woman") == terms(known, "woman", "man") == partner
    (relation,) = relations(known, "man", "woman")
    assert (relation.up, relation.down, relation.current) == (None, None, not ended)
    assert [tie.facts for tie in relation.ties] == [("COUPLE-woman",)]


@pytest.mark.parametrize(
    ("one", "other", "married"),
    [
        ("woman", "grandmother", "mother-in-law"),
        ("grandmother", "woman", "daughter-in-law"),
        ("man", "daughter", "stepdaughter"),
        ("daughter", "man", "stepfather"),
        ("daughter", "grandmother", "step-grandmother"),
        ("woman", "sister", "sister-in-law"),
    ],
)
def test_a_couple_makes_no_relative_whom_a_marriage_would_make(
    one: str, other: str, married: str
) -> None:
    assert terms(family(union()), one, other) == []
    assert [r.term for r in relations(family(union(MARRIAGE)), one, other)] == [married]


def test_who_is_related_otherwise_stays_so() -> None:
    known = family(union())
    assert [t[0] for t in terms(known, "child", "daughter")] == ["sister"]
    assert [t[0] for t in terms(known, "child", "grandmother")] == ["grandmother"]


@pytest.mark.parametrize("kind", [MARRIAGE, PARTNERSHIP])
@pytest.mark.parametrize("ended", [False, True])
def test_where_a_register_states_a_marriage_the_couple_says_no_more(kind: str, ended: bool) -> None:
    both = family(union(), union(kind, ended))
    assert terms(both, "man", "woman") == terms(family(union(kind, ended)), "man", "woman")
    assert not any(relation[2] == "COUPLE" for relation in terms(both, "man", "woman"))


def test_a_couple_beside_a_marriage_with_somebody_else() -> None:
    known = family(union(), union(MARRIAGE, of=("husband", "woman")))
    assert [t[0] for t in terms(known, "woman", "man")] == ["partner"]
    assert [t[0] for t in terms(known, "woman", "husband")] == ["husband"]
    assert [t[0] for t in terms(known, "child", "husband")] == ["stepfather"]
    assert terms(known, "man", "husband") == []


def test_a_book_that_allows_a_marriage_still_allows_it() -> None:
    """The record states none, which is no statement that there was none."""
    allowed = Tie(Move.SPOUSE, "man", "woman", (MARRIAGE, COUPLE), Status.CONSISTENT)
    known = family(union(), booked=(allowed,))
    assert sorted(terms(known, "man", "woman")) == [
        ("partner", "伴侣", "COUPLE", Status.PROVEN),
        ("wife", "妻子", "MARRIAGE", Status.CONSISTENT),
    ]
    (mother_in_law,) = relations(known, "woman", "grandmother")
    assert (mother_in_law.term, mother_in_law.status) == ("mother-in-law", Status.CONSISTENT)


def test_partners_stand_in_the_family_and_inherit_nothing() -> None:
    known = family(union())

    def listed(group: str, within: int = 0) -> set[str]:
        return {relative.person for relative in relatives(known, "man", group, within)}

    assert listed("family", 1) == {"woman", "child", "grandmother"}
    assert "woman" not in listed("nextOfKin") | listed("heirs")
    married = relatives(family(union(MARRIAGE)), "man", "heirs", 0)
    assert "woman" in {relative.person for relative in married}


def test_every_couple_of_the_royal_tree_is_one_and_has_no_in_laws() -> None:
    known = web()
    for family_record in tree().couples.values():
        one, other = family_record.spouses
        assert "COUPLE" in {r.kind for r in relations(known, one, other)}
        for parent in parents()[other]:
            over_both = [r for r in relations(known, one, parent) if r.people[:2] == (one, other)]
            assert over_both == []
