"""Relations as verdicts: what makes a yes, what a no rests on, and what would decide the rest."""

from __future__ import annotations

import pytest

from graph import kin
from graph.catalogue import model
from kinship import relations
from kinship.ties import MARRIAGE, PARTNERSHIP, Human, Move, Status, Tie
from kinship.web import Web
from resolvers.kinship import NO, NOT_DETERMINABLE, YES, Verdict, find, holder, rivals, verdict
from resolvers.relatives import Around

FEMALE, MALE = "FEMALE", "MALE"
PEOPLE = (
    Human("child", FEMALE),
    Human("mother", FEMALE),
    Human("father", MALE),
    Human("other", FEMALE),
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
    question: str, person: str, of: str, *ties: Tie, seen: bool = True, cut: bool = False
) -> Verdict:
    """What the question answers of `person` and `of`."""
    found = find(around(*ties, cut=cut), of, person, (seen, seen))
    terms = model().answers["KinshipAnswer"].questions[question].terms
    return verdict(found, found.relations, terms)


BORN = (parent("mother", "child"), parent("father", "child"))


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
        ("relationship", "mother", "child", BORN, YES),
        ("relationship", "other", "child", BORN, NOT_DETERMINABLE),
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


def test_what_the_records_allow_names_the_record_that_would_decide() -> None:
    allowed = parent("mother", "child", status=Status.CONSISTENT)
    found = asked("isMotherOf", "mother", "child", allowed)
    assert found.answer == NOT_DETERMINABLE
    assert "do not prove it" in found.reason
    (gap,) = found.missing
    assert gap.record == "both parents of the person asked about"
    assert holder(model(), gap) == ("population", "Public Security Bureau 公安局")


def test_a_tie_of_open_kind_proves_none_of_its_kinds() -> None:
    """Code 27 of a household book: adopted or stepson."""
    either = Tie(Move.PARENT, "mother", "child", ("ADOPTIVE", "STEP"), facts=("book",))
    pair = find(around(either), "child", "mother", (True, True))
    assert {relation.status for relation in pair.relations} == {Status.CONSISTENT}
    for question in ("isMotherOf", "relationship"):
        found = asked(question, "mother", "child", either)
        assert found.answer == NOT_DETERMINABLE
        assert [gap.record for gap in found.missing] == ["both parents of the person asked about"]


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
