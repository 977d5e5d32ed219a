"""What holds of the relations of every family, on generated ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from kinship.relations import Relation, relations
from kinship.terms import inverse_bases
from kinship.ties import GUARDIANSHIP, Human, Move, Status, Tie
from kinship.web import Web, strongest
from tests.kinship.families import Family, families

some = settings(
    max_examples=60, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate]
)
Blood = set[tuple[int, int, str]]
Said = tuple[str, int | None, int | None, str, bool, bool]
Carried = tuple[Status, set[str]]


def said(found: list[Relation]) -> dict[Said, Carried]:
    """How far each relation is carried, and by which ancestors, whichever words tell it further.

    Chinese tells apart on one side what it does not on the other: 曾孙 and 外曾孙 may both have
    a 外曾祖母.
    """
    put: dict[Said, Carried] = {}
    for r in found:
        if r.kind != GUARDIANSHIP:
            key = (r.base, r.up, r.down, r.kind, r.current, r.half is True)
            status, ancestors = put.get(key, (r.status, set[str]()))
            put[key] = strongest((status, r.status)), ancestors | {*r.ancestors}
    return put


def turned(one: Said, other: Said) -> bool:
    """Whether the two say the same of one pair, seen from its two sides."""
    base, up, down, *rest = one
    other_base, other_up, other_down, *other_rest = other
    return (
        (up, down, rest) == (other_down, other_up, other_rest)
        and base in inverse_bases(other_base)
        and other_base in inverse_bases(base)
    )


def carries(one: Carried) -> Callable[[Carried], bool]:
    """Whether another is carried as well: a nephew-in-law may be so in ways that an uncle by
    marriage and a wife's uncle are each only one of.
    """
    return lambda other: strongest((one[0], other[0])) is other[0]


def by_birth(found: list[Relation]) -> list[Relation]:
    """Relations by birth or in law, without the way by which each is shown: one of several."""
    related = [r for r in found if r.up is not None and r.kind in ("BIRTH", "LEGAL")]
    return [replace(r, people=(), ties=()) for r in related]


def blood(found: list[Relation], *kinds: str) -> Blood:
    """(up, down, common ancestor) of the relations that are of one of the kinds; of all if none."""
    return {
        (r.up, r.down, ancestor)
        for r in found
        for ancestor in r.ancestors
        if r.up is not None and r.down is not None and (not kinds or r.kind in kinds)
    }


@some
@given(families(booked=True))
def test_what_one_is_to_the_other_has_an_inverse(family: Family) -> None:
    found = family.all_relations()
    for (one, other), those in found.items():
        there, back = said(those), said(found[other, one])
        for relation, carried in there.items():
            seen = [back[other_way] for other_way in back if turned(relation, other_way)]
            by_blood = relation[1] is not None
            assert carried in seen if by_blood else any(map(carries(carried), seen)), relation


def elder(found: list[Relation]) -> set[bool]:
    """Whether the terms of one's own generation are those of an elder one, as far as they say."""
    peers = [r.term_zh for r in found if r.up is not None and r.up == r.down]
    return {term[-1] in "姐兄哥" for term in peers if not term.endswith(("兄弟", "姐妹"))}


@some
@given(families(booked=True))
def test_of_two_of_one_generation_one_is_the_elder(family: Family) -> None:
    found = family.all_relations()
    for (one, other), those in found.items():
        assert len(elder(those) | {not older for older in elder(found[other, one])}) <= 1


@some
@given(families(), families(name="o"))
def test_a_family_of_its_own_changes_no_answer(family: Family, others: Family) -> None:
    both = Web([*others.humans, *family.humans], [*others.registered, *family.registered])
    for pair, alone in family.all_relations().items():
        assert relations(both, *pair) == alone
    assert relations(both, family.humans[0].id, others.humans[0].id) == []


@some
@given(families(), st.data())
def test_an_adoption_in_place_of_a_birth_changes_the_kind_and_no_blood_of_others(
    family: Family, data: st.DataObject
) -> None:
    if not family.births:
        return
    tie = data.draw(st.sampled_from(family.births))
    turned = [t._replace(kinds=("ADOPTIVE",)) if t == tie else t for t in family.registered]
    before, through = family.all_relations(), family.below(tie.to)
    after = replace(family, registered=tuple(turned)).all_relations()
    for pair in family.pairs():
        assert blood(before[pair]) == blood(after[pair])
        assert blood(after[pair], "BIRTH", "LEGAL") <= blood(before[pair], "BIRTH", "LEGAL")
        if not through & set(pair):
            assert by_birth(before[pair]) == by_birth(after[pair])


@some
@given(families(), st.data())
def test_one_more_adoption_takes_no_blood_away(family: Family, data: st.DataObject) -> None:
    parent = data.draw(st.sampled_from([h for gen in family.generations[:-1] for h in gen])).id
    depth = next(at for at, gen in enumerate(family.generations) if parent in {h.id for h in gen})
    child = data.draw(st.sampled_from([h for gen in family.generations[depth + 1 :] for h in gen]))
    adoption = Tie(Move.PARENT, parent, child.id, ("ADOPTIVE",), facts=("adoption",))
    before = family.all_relations()
    after = replace(family, registered=(*family.registered, adoption)).all_relations()
    for pair in family.pairs():
        assert by_birth(before[pair]) == by_birth(after[pair])
        assert blood(before[pair]) <= blood(after[pair])


@some
@given(families(booked=True), st.data())
def test_the_order_of_what_is_told_does_not_matter(family: Family, data: st.DataObject) -> None:
    registered = data.draw(st.permutations(family.registered))
    humans = data.draw(st.permutations(family.humans))
    booked = data.draw(st.permutations(family.booked))
    other = Web(humans, registered, booked, family.elders)
    for pair, found in family.all_relations().items():
        assert relations(other, *pair) == found


@some
@given(families(booked=True))
def test_nobody_is_a_relative_of_their_own(family: Family) -> None:
    web = family.web()
    for human in family.humans:
        assert relations(web, human.id, human.id) == []


@some
@given(families(), st.data())
def test_circles_end(family: Family, data: st.DataObject) -> None:
    """Somebody is recorded as a parent of their own ancestor, or of themself."""
    births = family.births
    if not births:
        return
    first = data.draw(st.sampled_from(births))
    child = data.draw(st.sampled_from(sorted(family.below(first.to))))
    circle = [
        Tie(Move.PARENT, child, first.origin, ("BIRTH",)),
        Tie(Move.PARENT, child, child, ("BIRTH",)),
    ]
    round_about = replace(family, registered=(*family.registered, *circle))
    for (one, other), found in round_about.all_relations().items():
        assert all(r.people[0] == one and r.people[-1] == other for r in found)
        assert all(len(set(r.people)) == len(r.people) for r in found)
    web = round_about.web()
    assert all(relations(web, human.id, human.id) == [] for human in family.humans)


def test_a_circle_of_two() -> None:
    ties = [Tie(Move.PARENT, a, b, ("BIRTH",)) for a, b in (("a", "b"), ("b", "a"))]
    web = Web([Human("a"), Human("b")], ties)
    assert {r.term for r in relations(web, "a", "b")} <= {"parent", "child"}
