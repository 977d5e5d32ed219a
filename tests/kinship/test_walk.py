"""Common ancestors against a plain walk of the royal family tree; circles end."""

from __future__ import annotations

from random import Random

from kinship.relations import GENERATIONS_MAX, relations
from kinship.ties import MARRIAGE, Human, Move, Status, Tie
from kinship.walk import meetings
from kinship.web import Web
from tests.kinship.royal import near, tree, walked, web

RANDOM_PAIRS = 5000
STEPS_MAX = 16
"""The plain walk lists every path, of which there are too many further up."""
NEAR = 6
PART = 40
"""One person in so many, with all who are near."""


def met(royal: Web, one: str, other: str) -> dict[tuple[int, int], set[str]]:
    """What the engine finds, as far as the plain walk goes."""
    found = meetings(royal, one, other, GENERATIONS_MAX).found
    return {at: ancestors for at, ancestors in found.items() if sum(at) <= STEPS_MAX}


def test_random_pairs_meet_where_a_plain_walk_says() -> None:
    people, random, royal = sorted(tree().persons), Random(5), web()
    related = 0
    for _ in range(RANDOM_PAIRS):
        one, other = random.sample(people, 2)
        wanted = walked(one, other, STEPS_MAX)
        assert met(royal, one, other) == wanted, (one, other)
        related += bool(wanted)
    assert related > RANDOM_PAIRS / 50


def test_all_pairs_within_six_steps_meet_where_a_plain_walk_says() -> None:
    """Everybody with everybody, each pair once."""
    royal, pairs = web(), 0
    for one in sorted(tree().persons):
        for other in near(one, NEAR):
            if one < other:
                met_within = meetings(royal, one, other, NEAR).found.items()
                found = {at: ancestors for at, ancestors in met_within if sum(at) <= NEAR}
                assert found == walked(one, other, NEAR), (one, other)
                pairs += 1
    assert pairs == 161_004


def test_pairs_within_six_steps_meet_as_far_up_as_the_plain_walk_goes() -> None:
    royal, pairs = web(), 0
    for one in sorted(tree().persons)[::PART]:
        for other in near(one, 6):
            assert met(royal, one, other) == walked(one, other, STEPS_MAX), (one, other)
            pairs += 1
    assert pairs > 5000


def terms(one: str, other: str) -> list[tuple[str, int | None, int | None]]:
    return [(r.term, r.up, r.down) for r in relations(web(), one, other)]


def person(name: str) -> str:
    """The one person whose NAME line says so."""
    (found,) = [x for x, lines in tree().persons.items() if f"1 NAME {name}" in lines]
    return found


def test_well_known_relations() -> None:
    victoria = person("Victoria  /Hanover/")
    edward = person("Edward_VII  /Wettin/")
    elizabeth, philip = (
        person("Elizabeth_II Alexandra Mary/Windsor/"),
        person("Philip  /Mountbatten/"),
    )
    assert terms(edward, victoria)[0] == ("mother", 1, 0)
    assert terms(victoria, elizabeth)[0] == ("great-great-granddaughter", 0, 4)
    found = terms(elizabeth, philip)
    assert found[0] == ("husband", None, None)
    assert ("third cousin", 4, 4) in found
    assert ("second cousin once removed", 4, 3) in found or (
        "second cousin once removed",
        3,
        4,
    ) in found


def test_a_circle_ends_and_is_told() -> None:
    ties = [Tie(Move.PARENT, a, b, ("BIRTH",)) for a, b in (("a", "b"), ("b", "c"), ("c", "a"))]
    circle = Web([Human(p) for p in "abcd"], [*ties, Tie(Move.PARENT, "a", "d", ("BIRTH",))])
    met = meetings(circle, "a", "d", GENERATIONS_MAX)
    assert met.circles
    assert relations(circle, "a", "a") == []


def family() -> Web:
    sexes = {"f": "MALE", "m": "FEMALE", "s": "MALE", "d": "FEMALE", "h": "FEMALE", "w": "FEMALE"}
    parents = [("f", "s"), ("m", "s"), ("f", "d"), ("m", "d"), ("f", "h"), ("w", "h")]
    ties = [Tie(Move.PARENT, p, c, ("BIRTH",)) for p, c in parents]
    ties += [
        Tie(Move.SPOUSE, "f", "m", (MARRIAGE,), ended=True),
        Tie(Move.SPOUSE, "f", "w", (MARRIAGE,)),
    ]
    return Web([Human(p, sex) for p, sex in sexes.items()], ties)


def test_half_full_and_step() -> None:
    found = {
        pair: [r.term for r in relations(family(), *pair)]
        for pair in (("s", "d"), ("s", "h"), ("s", "w"), ("w", "s"), ("f", "m"), ("m", "h"))
    }
    assert found == {
        ("s", "d"): ["sister"],
        ("s", "h"): ["half-sister"],
        ("s", "w"): ["stepmother"],
        ("w", "s"): ["stepson"],
        ("f", "m"): ["former wife"],
        ("m", "h"): ["former stepdaughter"],
    }
    (sister,) = relations(family(), "s", "d")
    assert (sister.ancestors, sister.side, sister.status) == (("f", "m"), "BOTH", Status.PROVEN)


def test_step_grandparents_and_step_grandchildren_are_told_both_ways() -> None:
    ties = [
        Tie(Move.PARENT, "g", "w", ("BIRTH",)),
        Tie(Move.SPOUSE, "w", "h", (MARRIAGE,)),
        Tie(Move.PARENT, "h", "c", ("BIRTH",)),
    ]
    sexes = {"g": "FEMALE", "w": "FEMALE", "h": "MALE", "c": "MALE"}
    web = Web([Human(p, sex) for p, sex in sexes.items()], ties)
    assert [r.term for r in relations(web, "c", "g")] == ["step-grandmother"]
    assert [r.term for r in relations(web, "g", "c")] == ["step-grandson"]


def test_the_same_tie_told_in_another_order_rests_on_the_same_facts() -> None:
    ties = [
        Tie(Move.SPOUSE, "a", "b", (MARRIAGE,), facts=("one",)),
        Tie(Move.SPOUSE, "b", "a", (MARRIAGE,), facts=("two",)),
    ]
    webs = [Web([Human("a"), Human("b")], told) for told in (ties, ties[::-1])]
    assert relations(webs[0], "a", "b") == relations(webs[1], "a", "b")
    assert relations(webs[0], "a", "b")[0].ties[0].facts == ("one", "two")


def test_two_mothers_by_birth_contradict_each_other() -> None:
    ties = [Tie(Move.PARENT, p, "c", ("BIRTH",), facts=(p,)) for p in ("m", "n")]
    both = Web([Human("m", "FEMALE"), Human("n", "FEMALE"), Human("c")], ties)
    for mother in ("m", "n"):
        (found,) = relations(both, "c", mother)
        assert (found.term, found.status) == ("mother", Status.CONTRADICTED)


def test_adoption_changes_the_kind_and_not_the_blood() -> None:
    ties = [
        Tie(Move.PARENT, "m", "c", ("BIRTH",), ended=True),
        Tie(Move.PARENT, "n", "c", ("ADOPTIVE",)),
    ]
    adopted = Web([Human("m", "FEMALE"), Human("n", "FEMALE"), Human("c")], ties)
    assert [(r.term, r.kind) for r in relations(adopted, "c", "n")] == [
        ("adoptive mother", "ADOPTIVE")
    ]
    (mother,) = relations(adopted, "c", "m")
    assert (mother.base, mother.kind, mother.current) == ("mother", "BIRTH", False)


def test_strangers_change_nothing() -> None:
    before = relations(family(), "s", "h")
    more = family()
    more.humans["x"] = Human("x", "MALE")
    assert relations(more, "s", "h") == before
    assert relations(more, "s", "x") == []


def test_a_register_fills_the_place_that_a_book_leaves_open() -> None:
    """The head's grandchild: a birth register names the son who is the father."""
    humans = [
        Human("head", "MALE"),
        Human("son", "MALE"),
        Human("uncle", "MALE"),
        Human("child"),
        Human("open", "MALE", recorded=False),
    ]
    births = [("head", "son"), ("head", "uncle"), ("son", "child")]
    registered = [Tie(Move.PARENT, p, c, ("BIRTH",)) for p, c in births]
    booked = [
        Tie(Move.PARENT, "head", "open", ("BIRTH",)),
        Tie(Move.PARENT, "open", "child", ("BIRTH",)),
        Tie(Move.PARENT, "uncle", "child", ("BIRTH",), Status.CONSISTENT),
    ]
    found = relations(Web(humans, registered, booked), "child", "uncle")
    assert [(r.term, r.status) for r in found] == [("uncle", Status.PROVEN)]
    alone = Web(humans, registered[:2], booked)
    assert {(r.term, r.status) for r in relations(alone, "child", "uncle")} == {
        ("father", Status.CONSISTENT),
        ("uncle", Status.CONSISTENT),
    }


def test_a_daughter_in_law_is_one_also_where_it_is_open_whose_wife_she_is() -> None:
    humans = [Human("head", "MALE"), Human("son", "MALE"), Human("wife", "FEMALE")]
    booked = [
        Tie(Move.PARENT, "head", "open", ("BIRTH",)),
        Tie(Move.SPOUSE, "open", "wife", (MARRIAGE,)),
        Tie(Move.SPOUSE, "son", "wife", (MARRIAGE,), Status.CONSISTENT),
    ]
    registered = [Tie(Move.PARENT, "head", "son", ("BIRTH",))]
    web = Web([*humans, Human("open", "MALE", recorded=False)], registered, booked)
    (found,) = relations(web, "head", "wife")
    assert (found.term, found.status) == ("daughter-in-law", Status.PROVEN)
