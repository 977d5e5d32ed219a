"""Relations as verdicts: what makes a yes, what a no rests on, and what would decide the rest."""

from __future__ import annotations

import pytest

from graph import kin
from graph.catalogue import model
from kinship import relations
from kinship.ties import COUPLE, MARRIAGE, PARTNERSHIP, Human, Move, Status, Tie
from kinship.web import Web
from resolvers.kinship import NO, NOT_DETERMINABLE, YES, Verdict, verdict
from resolvers.kinship_found import find, rivals
from resolvers.kinship_gaps import holder
from resolvers.relatives import Around

FEMALE, MALE = "FEMALE", "MALE"
PEOPLE = (
    Human("child", FEMALE),
    Human("mother", FEMALE),
    Human("father", MALE),
    Human("other", FEMALE),
    Human("grandfather", MALE),
    Human("unknown"),
)


def parent(
    origin: str, to: str, kind: str = "BIRTH", status: Status = Status.PROVEN, ended: bool = False
) -> Tie:
    return Tie(Move.PARENT, origin, to, (kind,), status, ended, (f"{origin}-{to}",))


def couple(one: str, other: str, kind: str = MARRIAGE, ended: bool = False) -> Tie:
    return Tie(Move.SPOUSE, one, other, (kind,), Status.PROVEN, ended, (f"{one}-{other}",))


def around(*ties: Tie, cut: bool = False) -> Around:
    facts = {fact: "population" for tie in ties for fact in tie.facts}
    return Around(Web(PEOPLE, ties), {}, facts, frozenset(), frozenset(), {}, {}, cut)


def asked(
    question: str,
    person: str,
    of: str,
    *ties: Tie,
    seen: bool | tuple[bool, bool] = True,
    between: bool = False,
    cut: bool = False,
) -> Verdict:
    """What the question answers of `person` and `of`; `seen` is said of `of`, then of `person`."""
    both = seen if isinstance(seen, tuple) else (seen, seen)
    found = find(around(*ties, cut=cut), of, person, both, between)
    terms = model().answers["KinshipAnswer"].questions[question].terms
    return verdict(found, found.relations, terms)


BORN = (parent("mother", "child"), parent("father", "child"))
BOTH_WAYS = (couple("mother", "father", COUPLE), couple("mother", "father"))
BESIDE = couple("other", "father", COUPLE)


@pytest.mark.parametrize(
    ("question", "person", "of", "ties", "answer"),
    [
        ("isMotherOf", "mother", "child", BORN, YES),
        ("isMotherOf", "other", "child", BORN, NO),
        ("isMotherOf", "other", "child", BORN[1:], NOT_DETERMINABLE),
        ("isMotherOf", "other", "child", (parent("other", "child", "STEP"), *BORN), NO),
        ("isMotherOf", "other", "child", (parent("other", "child", "ADOPTIVE"), *BORN), YES),
        (
            "isMotherOf",
            "other",
            "child",
            (parent("mother", "child", "ADOPTIVE"),),
            NOT_DETERMINABLE,
        ),
        ("isMotherOf", "unknown", "child", (parent("unknown", "child"),), NOT_DETERMINABLE),
        ("isParentOf", "unknown", "child", (parent("unknown", "child"),), YES),
        ("isParentOf", "other", "child", (parent("mother", "child", "LEGAL"),), NO),
        ("isParentOf", "other", "child", BORN[:1], NOT_DETERMINABLE),
        ("isChildOf", "child", "mother", BORN, YES),
        ("isSiblingOf", "other", "child", (*BORN, parent("mother", "other")), YES),
        ("isSiblingOf", "other", "child", BORN, NOT_DETERMINABLE),
        ("isGrandparentOf", "other", "child", (*BORN, parent("other", "mother")), YES),
        ("isSpouseOf", "mother", "father", (couple("mother", "father"),), YES),
        ("isSpouseOf", "mother", "father", (couple("mother", "father", ended=True),), NO),
        ("isSpouseOf", "mother", "father", (couple("mother", "father", PARTNERSHIP),), NO),
        ("isSpouseOf", "mother", "father", (couple("mother", "father", COUPLE),), NO),
        ("isSpouseOf", "mother", "father", BOTH_WAYS, YES),
        ("isParentOf", "other", "child", (*BORN, BESIDE), NO),
        ("relationship", "mother", "father", (couple("mother", "father", COUPLE),), YES),
        ("relationship", "mother", "child", BORN, YES),
        ("relationship", "other", "child", BORN, NOT_DETERMINABLE),
        ("relationship", "other", "child", (*BORN, BESIDE), NOT_DETERMINABLE),
    ],
)
def test_answer(question: str, person: str, of: str, ties: tuple[Tie, ...], answer: str) -> None:
    found = asked(question, person, of, *ties)
    assert found.answer == answer
    assert bool(found.missing) == (answer == NOT_DETERMINABLE)


def test_a_no_needs_a_record_that_the_caller_may_see() -> None:
    assert asked("isMotherOf", "other", "child", *BORN, seen=False).answer == NOT_DETERMINABLE


def test_a_no_needs_all_relatives_that_are_recorded() -> None:
    assert asked("isMotherOf", "other", "child", *BORN, cut=True).answer == NOT_DETERMINABLE


DESCENT = (parent("other", "mother"), parent("mother", "child"))
"""Of three generations: grandmother, mother, child."""


@pytest.mark.parametrize(
    ("question", "person", "of"),
    [
        ("isMotherOf", "child", "mother"),
        ("isFatherOf", "child", "mother"),
        ("isParentOf", "child", "mother"),
        ("isGrandparentOf", "child", "mother"),
        ("isChildOf", "mother", "child"),
        ("isGrandchildOf", "mother", "child"),
        ("isMotherOf", "child", "other"),
        ("isGrandparentOf", "child", "other"),
        ("isChildOf", "other", "child"),
    ],
)
@pytest.mark.parametrize("kind", ["BIRTH", "LEGAL"])
def test_a_descendant_is_no_ancestor(question: str, person: str, of: str, kind: str) -> None:
    lineage = [tie._replace(kinds=(kind,)) for tie in DESCENT]
    assert asked(question, person, of, *lineage, between=True).answer == NO


@pytest.mark.parametrize("seen", [(True, False), (False, True)])
def test_descent_rules_out_nothing_for_who_may_not_know_of_both(seen: tuple[bool, bool]) -> None:
    found = asked("isParentOf", "child", "mother", *DESCENT, seen=seen)
    assert found.answer == NOT_DETERMINABLE


def test_descent_through_somebody_between_rules_out_nothing_without_the_right() -> None:
    assert asked("isParentOf", "child", "mother", *DESCENT).answer == NO
    nobodys = asked("isMotherOf", "unknown", "other", *DESCENT)
    assert asked("isMotherOf", "child", "other", *DESCENT) == nobodys


@pytest.mark.parametrize("kind", ["ADOPTIVE", "STEP", "FOSTER"])
def test_only_descent_rules_out(kind: str) -> None:
    tie = parent("mother", "child", kind)
    assert asked("isMotherOf", "child", "mother", tie).answer == NOT_DETERMINABLE


@pytest.mark.parametrize("status", [Status.CONSISTENT, Status.CONTRADICTED])
def test_only_what_is_proven_rules_out(status: Status) -> None:
    tie = parent("mother", "child", status=status)
    assert asked("isMotherOf", "child", "mother", tie).answer == NOT_DETERMINABLE


def test_descent_does_not_rule_out_siblings_or_a_grandchild_who_is_a_child() -> None:
    assert asked("isSiblingOf", "child", "mother", *DESCENT).answer == NOT_DETERMINABLE
    assert asked("isGrandchildOf", "child", "mother", *DESCENT).answer == NOT_DETERMINABLE


def test_records_that_make_a_circle_rule_out_nothing() -> None:
    circle = (*DESCENT, parent("child", "other"))
    for person, of in (("child", "mother"), ("mother", "child"), ("other", "child")):
        for question in ("isParentOf", "isChildOf"):
            assert asked(question, person, of, *circle, between=True).answer != NO


def test_a_stepmother_whom_a_book_allows_is_not_the_registered_mother() -> None:
    allowed = parent("other", "child", "STEP", Status.CONSISTENT)
    assert asked("isMotherOf", "other", "child", *BORN, allowed).answer == NO
    assert asked("isMotherOf", "other", "child", allowed).answer == NOT_DETERMINABLE


ONLY_FATHER, ONLY_MOTHER = BORN[1:], BORN[:1]
OPEN = (parent("unknown", "child"),)


@pytest.mark.parametrize(
    ("question", "ties", "records"),
    [
        ("isParentOf", (), ["both parents of the person asked about"]),
        ("isParentOf", ONLY_FATHER, ["the mother of the person asked about"]),
        ("isParentOf", ONLY_MOTHER, ["the father of the person asked about"]),
        ("isParentOf", OPEN, ["the other parent of the person asked about"]),
        ("isSiblingOf", (), ["both parents of both persons"]),
        ("isSiblingOf", BORN, ["both parents of the other person"]),
        (
            "isSiblingOf",
            ONLY_FATHER,
            ["the mother of the person asked about", "both parents of the other person"],
        ),
        (
            "isSiblingOf",
            (*ONLY_MOTHER, parent("grandfather", "other")),
            ["the father of the person asked about", "the mother of the other person"],
        ),
        (
            "isSiblingOf",
            (*ONLY_FATHER, parent("grandfather", "other")),
            ["the mother of each of the two"],
        ),
        ("isGrandparentOf", (), ["all grandparents of the person asked about"]),
        (
            "isGrandparentOf",
            (*BORN, parent("grandfather", "mother")),
            [
                "the maternal grandmother of the person asked about",
                "the paternal grandparents of the person asked about",
            ],
        ),
        (
            "isGrandparentOf",
            (*ONLY_MOTHER, parent("grandfather", "mother", "LEGAL")),
            ["the paternal grandparents of the person asked about"],
        ),
        (
            "isGrandparentOf",
            (parent("mother", "child", "LEGAL"), parent("grandfather", "mother")),
            ["the maternal grandmother of the person asked about"],
        ),
        ("isGrandparentOf", BORN, ["all grandparents of the person asked about"]),
    ],
)
def test_what_is_missing_is_named_as_precisely_as_it_can_be(
    question: str, ties: tuple[Tie, ...], records: list[str]
) -> None:
    found = asked(question, "other", "child", *ties, between=True)
    assert [gap.record for gap in found.missing] == records
    assert found.reason == f"No record that you may see states {' and '.join(records)}."
    assert all(gap.record_zh and gap.record_zh.isascii() is False for gap in found.missing)


@pytest.mark.parametrize(
    ("question", "ties", "record"),
    [
        ("isChildOf", ONLY_MOTHER, "the father of the child"),
        ("isGrandchildOf", BORN, "all grandparents of the grandchild"),
    ],
)
def test_of_a_child_and_a_grandchild_too(question: str, ties: tuple[Tie, ...], record: str) -> None:
    (gap,) = asked(question, "child", "unknown", *ties).missing
    assert gap.record == record


def test_in_chinese_too() -> None:
    (gap,) = asked("isParentOf", "other", "child", *ONLY_FATHER).missing
    assert gap.record_zh == "被问者的母亲"
    first, second = asked("isSiblingOf", "other", "child", *ONLY_MOTHER).missing
    assert (first.record_zh, second.record_zh) == ("被问者的父亲", "另一人的父母双方")


@pytest.mark.parametrize("question", ["isParentOf", "isSiblingOf", "isGrandparentOf"])
def test_the_parents_of_somebody_hidden_count_as_not_recorded(question: str) -> None:
    known = (*ONLY_FATHER, parent("grandfather", "father"))
    hidden = asked(question, "other", "child", *known, seen=False, between=True)
    assert hidden == asked(question, "other", "child", seen=False, between=True)


def test_grandparents_are_not_told_apart_without_the_right_to_relations_between() -> None:
    known = (*BORN, parent("grandfather", "mother"))
    (gap,) = asked("isGrandparentOf", "other", "child", *known).missing
    assert gap.record == "all grandparents of the person asked about"


def test_a_disputed_parent_is_the_one_to_be_settled() -> None:
    (gap,) = asked("isMotherOf", "mother", "child", *ONLY_MOTHER, parent("other", "child")).missing
    assert gap.record == "the mother of the person asked about"
    shared = [parent("mother", to, status=Status.CONSISTENT) for to in ("child", "other")]
    (gap,) = asked("isSiblingOf", "other", "child", *shared).missing
    assert (gap.record, gap.record_zh) == ("the mother of each of the two", "双方各自的母亲")


def test_nobody_between_is_named_as_missing_a_parent() -> None:
    allowed = (parent("mother", "child"), parent("other", "mother", status=Status.CONSISTENT))
    (gap,) = asked("isGrandparentOf", "other", "child", *allowed, between=True).missing
    assert gap.record == "both parents of both persons"


def test_what_the_records_allow_names_the_record_that_would_decide() -> None:
    allowed = parent("mother", "child", status=Status.CONSISTENT)
    found = asked("isMotherOf", "mother", "child", allowed)
    assert found.answer == NOT_DETERMINABLE
    assert "do not prove it" in found.reason
    (gap,) = found.missing
    assert gap.record == "the mother of the person asked about"
    assert holder(model(), gap) == ("population", "Public Security Bureau 公安局")


def test_a_tie_of_open_kind_proves_none_of_its_kinds() -> None:
    """Code 27 of a household book: adopted or stepson."""
    either = Tie(Move.PARENT, "mother", "child", ("ADOPTIVE", "STEP"), facts=("book",))
    pair = find(around(either), "child", "mother", (True, True))
    assert {relation.status for relation in pair.relations} == {Status.CONSISTENT}
    for question in ("isMotherOf", "relationship"):
        found = asked(question, "mother", "child", either)
        assert found.answer == NOT_DETERMINABLE
        (gap,) = found.missing
        assert gap.record == "an adoption of the person asked about"
        assert holder(model(), gap) == ("civil-affairs", "Civil Affairs Bureau 民政局")


def test_siblings_by_a_proven_parent_are_so_beside_a_parent_they_may_share() -> None:
    shared = [parent("mother", person) for person in ("child", "other")]
    may = [parent("father", person, status=Status.CONSISTENT) for person in ("child", "other")]
    for ties in ([*shared, *may], [*may, *shared]):
        assert asked("isSiblingOf", "other", "child", *ties).answer == YES
        assert asked("relationship", "other", "child", *ties).answer == YES


def test_contradicting_registers_are_both_named() -> None:
    two = (parent("mother", "child"), parent("other", "child"))
    found = asked("isMotherOf", "mother", "child", *two)
    assert found.answer == NOT_DETERMINABLE
    assert "another record says otherwise" in found.reason
    pair = find(around(*two), "child", "mother", (True, True))
    (relation,) = pair.relations
    assert [rival.origin for rival in rivals(pair, relation.ties[0])] == ["other"]


def test_the_graph_reads_as_far_as_the_engine_looks() -> None:
    assert kin.GENERATIONS_MAX == relations.GENERATIONS_MAX
