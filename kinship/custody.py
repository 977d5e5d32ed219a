"""Who has custody (监护) of a minor, derived from records, with the reason in plain words.

After the Dutch register's answers ("gezag" of the BRP API): two parents, one, a parent with
somebody else, a guardian, temporarily nobody, not determinable. A number of scheme BSN is judged
by Dutch law (custody_dutch.py), GB11643 by the Chinese Civil Code (here). What the records do not
settle is not guessed: the answer says which record would.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from kinship.custody_dutch import dutch
from kinship.custody_shape import (
    BSN,
    GB11643,
    Adult,
    Case,
    Couple,
    Custody,
    CustodyKind,
    Guardian,
    Minor,
    Parent,
    age_is_open,
    earliest,
    of_age,
    unable,
)
from kinship.custody_words import adult_now, ground, guardianship, same, settle, undecided

__all__ = ["Adult", "Couple", "Custody", "CustodyKind", "Guardian", "Minor", "Parent", "custody"]

A = TypeVar("A", bound=Adult)


def custody(
    minor: Minor,
    parents: Sequence[Parent],
    couples: Sequence[Couple],
    guardians: Sequence[Guardian],
    day: str,
    partners: Sequence[Adult] = (),
) -> Custody:
    """Who has custody of the minor on the day.

    The records are as of the day. `partners` says what is known of persons in the couples who
    are not parents; who is not listed there counts as alive and able.
    """
    known = [p for p in parents if p.kind in ("BIRTH", "LEGAL", "ADOPTIVE")]
    case = Case(minor, known, couples, guardians, partners, day)
    return _before_all(case) or _by_age_of_others(replace(case, parents=_in_law(case)))


def _before_all(case: Case) -> Custody | None:
    """What is asked before any law: alive, born, a minor (1:233, 1:245; Civil Code art. 17)."""
    minor, adult = case.minor, of_age(case.minor.born, case.day)
    if adult:
        return adult_now()
    if minor.deceased:
        return undecided("dead")
    if adult is None:
        return undecided("birth")
    if earliest(minor.born) > case.day:
        return undecided("unborn")
    return None if minor.scheme in (BSN, GB11643) else undecided("scheme")


def _by_age_of_others(case: Case) -> Custody:
    """Where it is open whether somebody is of age, the answer, if it is the same either way."""
    people = (*case.parents, *case.guardians, *case.partners)
    open_ = next((a.id for a in people if age_is_open(a, case.day)), None)
    if open_ is None:
        return dutch(case) if case.minor.scheme == BSN else _chinese(case)
    one, other = (_by_age_of_others(_aged(case, open_, minor)) for minor in (False, True))
    return (
        one if same(one, other) else undecided("adult", dict.fromkeys((*one.facts, *other.facts)))
    )


def _aged(case: Case, name: str, minor: bool) -> Case:
    """The case with this person certainly a minor, or certainly not."""

    def aged(people: Sequence[A]) -> list[A]:
        return [replace(a, born="", minor=minor) if a.id == name else a for a in people]

    parents, guardians = aged(case.parents), aged(case.guardians)
    return replace(case, parents=parents, guardians=guardians, partners=aged(case.partners))


def _in_law(case: Case) -> list[Parent]:
    """Without the birth parents whom an adoption replaced (1:229; Civil Code arts. 1103, 1111).

    The spouse of who adopts stays a parent. The Dutch register lists only parents in law, so of
    two there both stay.
    """
    adopters = {p.id for p in case.parents if p.kind == "ADOPTIVE"}
    if not adopters or (case.minor.scheme == BSN and len(case.parents) <= 2):
        return list(case.parents)
    spouses = {end for c in case.couples if adopters & {c.one, c.other} for end in (c.one, c.other)}
    return [p for p in case.parents if p.id in adopters | spouses]


def _chinese(case: Case) -> Custody:
    """Civil Code: a guardian by court, will or agreement (29 to 31, 36), else the parents (27).

    Marriage and divorce change nothing (1071, 1084). A custody code is the Dutch register's and
    is not read here.
    """
    if appointed := _appointed(case):
        return appointed
    if not case.parents:
        return undecided("no_parents")
    if len(case.parents) > 2:
        return undecided("too_many", [p.fact for p in case.parents])
    adopted = any(p.kind == "ADOPTIVE" for p in case.parents)
    return settle(case, ground("adopters" if adopted else "parents"), case.parents)


def _appointed(case: Case) -> Custody | None:
    """By recorded guardians. A parent recorded as one by law only says what art. 27 says.

    When all are dead or unable, parents come back unless a court had put the guardian in their
    place (arts. 38 and 39).
    """
    ids = {p.id for p in case.parents}
    stated = [g for g in case.guardians if g.id not in ids or g.basis not in ("", "LAW")]
    court = any(g.basis == "COURT" for g in stated)
    gone = all(unable(g, case.day) for g in stated)
    if not stated or (gone and case.parents and not court):
        return None
    names = {g.id for g in stated}
    parents = [p for p in case.parents if p.id in names]
    if len(parents) > 2:
        return undecided("too_many", [p.fact for p in case.parents])
    thirds = [g for g in stated if g.id not in ids]
    why = guardianship(GB11643, "COURT" if court else stated[0].basis)
    return settle(case, why, parents, thirds, facts=[g.fact for g in stated])
