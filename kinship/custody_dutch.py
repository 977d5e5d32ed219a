"""Custody by Dutch law, in the order in which the register's custody module asks.

A court's statement (table 61), a recorded guardian, then the law: Dutch Civil Code, book 1.

Parents who were no couple at or after the birth (arts. 251b, 253b): acknowledged in or after 2023
both have custody, before that the mother alone. The date is that on which the later parent's bond
began. Where that is the birth itself, the child may have been acknowledged before birth: of one
born from 306 days after 2023-01-01 on (the term of arts. 199 and 207) that was in 2023 too, of one
born in 2023 before that it stays open. The module takes both parents there; the law does not.
"""

from __future__ import annotations

from kinship.custody_shape import Adult, Case, Couple, Custody, Parent, earliest, latest
from kinship.custody_words import ground, guardianship, same, settle, undecided
from kinship.ties import MARRIAGE, PARTNERSHIP

NAMED = {
    "PARENT_1": ((1,), False),
    "PARENT_2": ((2,), False),
    "PARENTS_1_AND_2": ((1, 2), False),
    "PARENT_1_AND_THIRD_PARTY": ((1,), True),
    "PARENT_2_AND_THIRD_PARTY": ((2,), True),
    "THIRD_PARTIES": ((), True),
    "BOTH_PARENTS_AND_THIRD_PARTY": ((1, 2), True),
}
"""Table 61: the places of the parents whom a court named, and whether a third party."""
JOINT_SINCE = "2023"
"""Art. 251b: acknowledgement gives custody since the first day of that year."""
CONCEIVED_SINCE = "2023-11-03"
"""306 days later: who is born from then on cannot have been acknowledged before that year."""


def dutch(case: Case) -> Custody:
    """Who has custody by Dutch law."""
    if case.minor.abroad:
        return undecided("abroad")
    if case.minor.custody_code:
        return _remarried(case) or _by_court(case)
    return _by_guardianship(case) or _by_law(case)


def _thirds(case: Case) -> list[Adult]:
    parents = {p.id for p in case.parents}
    return [g for g in case.guardians if g.id not in parents]


def _by_court(case: Case) -> Custody:
    """Arts. 244, 251a, 253c, 253t and 280, as table 61 codes what the custody register holds."""
    facts, named = [case.minor.custody_fact], NAMED.get(case.minor.custody_code)
    if named is None:
        return undecided("code", facts)
    places, third = named
    both = len(places) == 2
    parents = list(case.parents) if both else [p for p in case.parents if p.place in places]
    if len(parents) != len(places):
        return undecided("named", facts)
    thirds = _thirds(case) if third else []
    stranger = third and not thirds
    return settle(case, ground("court"), parents, thirds, facts=facts, stranger=stranger)


def _remarried(case: Case) -> Custody | None:
    """Art. 253: remarried to each other after one of them was given custody, both have it."""
    since, couples = case.minor.custody_since, _of_both(case)
    if case.minor.custody_code not in ("PARENT_1", "PARENT_2") or not since:
        return None
    first = [c for c in couples if c.begins and latest(c.begins) < earliest(since)]
    again = [c for c in couples if latest(since) < earliest(c.begins) <= latest(c.begins)]
    again = [c for c in again if latest(c.begins) <= case.day]
    if not first or not again:
        return None
    facts = (case.minor.custody_fact, first[0].fact, again[-1].fact)
    return settle(case, ground("remarried"), case.parents, facts=facts)


def _by_guardianship(case: Case) -> Custody | None:
    """Arts. 280, 292 and 295: where a guardian is recorded, no parent has custody."""
    thirds = _thirds(case)
    if not thirds:
        return None
    basis = next(g.basis for g in case.guardians if g.id == thirds[0].id)
    return settle(case, guardianship("BSN", basis), (), thirds)


def _by_law(case: Case) -> Custody:
    if len(case.parents) > 2:
        return undecided("too_many", [p.fact for p in case.parents])
    if not case.parents:
        return undecided("no_parents")
    return _of_one(case, case.parents[0]) if len(case.parents) == 1 else _of_two(case)


def _of_two(case: Case) -> Custody:
    """Arts. 251 and 253aa (a couple at or after the birth), 251b and 253b (none)."""
    couples = [(c, _not_over(c, case.minor.born)) for c in _of_both(case)]
    couples = [(c, sure) for c, sure in couples if earliest(c.begins) <= case.day]
    for couple, sure in couples:
        if sure:
            return settle(case, ground(couple.kind), case.parents, facts=[couple.fact])
    if any(p.kind == "ADOPTIVE" for p in case.parents):
        return settle(case, ground("adopted"), case.parents)
    joint, facts = _acknowledged_late(case), [p.fact for p in case.parents]
    if joint:
        return settle(case, ground("acknowledged"), case.parents)
    if any(sure is None for _, sure in couples):
        return _either(case) or undecided("couple", [*facts, *(c.fact for c, _ in couples)])
    if joint is None:
        return _either(case) or undecided("acknowledgement", facts)
    if mother := _mother(case):
        return settle(case, ground("mother"), [mother])
    return _either(case) or undecided("mother", facts)


def _either(case: Case) -> Custody | None:
    """The answer, if it is the same whether both have custody by law or the mother alone."""
    mother = _mother(case)
    both = settle(case, ground("either"), case.parents)
    alone = [settle(case, ground("either"), [m]) for m in ([mother] if mother else case.parents)]
    return both if all(same(both, a) for a in alone) else None


def _of_one(case: Case, parent: Parent) -> Custody:
    """Art. 253sa: a spouse or partner at the birth, or at the adoption, has custody too."""
    start = parent.since if parent.kind == "ADOPTIVE" else case.minor.born
    couples = [c for c in _couples(case) if parent.id in (c.one, c.other)]
    asked = [(c, _stood(c, start)) for c in couples]
    for couple, sure in asked:
        if sure:
            partner = _partner(case, couple, parent)
            return settle(case, ground("partner"), [parent], [partner], facts=[couple.fact])
    unsure = [c for c, sure in asked if sure is None]
    alone = settle(case, ground("either" if unsure else "sole"), [parent])
    for couple in unsure:
        partner = _partner(case, couple, parent)
        if not same(alone, settle(case, ground("partner"), [parent], [partner])):
            return undecided("couple", [parent.fact, *(c.fact for c in unsure)])
    return alone


def _acknowledged_late(case: Case) -> bool | None:
    """Whether the child was acknowledged in or after 2023; None where it is open."""
    born, dates = case.minor.born, [p.since for p in case.parents]
    last = max(dates)
    if last >= JOINT_SINCE and earliest(last) > latest(born):
        return True
    if earliest(born) >= CONCEIVED_SINCE:
        return True
    return False if all(dates) and last < JOINT_SINCE else None


def _mother(case: Case) -> Parent | None:
    """The only woman of the two, else the only parent by birth, as the module does."""
    for found in (
        [p for p in case.parents if p.sex == "FEMALE"],
        [p for p in case.parents if p.kind == "BIRTH"],
    ):
        if len(found) == 1:
            return found[0]
    return None


def _partner(case: Case, couple: Couple, parent: Parent) -> Adult:
    name = couple.other if couple.one == parent.id else couple.one
    known = (*case.partners, *case.guardians)
    return next((a for a in known if a.id == name), Adult(name))


def _couples(case: Case) -> list[Couple]:
    return [c for c in case.couples if c.kind in (MARRIAGE, PARTNERSHIP)]


def _of_both(case: Case) -> list[Couple]:
    parents = {p.id for p in case.parents}
    return [c for c in _couples(case) if {c.one, c.other} == parents]


def _not_over(couple: Couple, day: str) -> bool | None:
    """Whether the couple had not ended before the day; None where the dates leave it open."""
    over = couple.ended or couple.ends
    if not over or earliest(couple.ends) >= latest(day):
        return True
    if couple.begins and earliest(couple.begins) >= latest(day):
        return True
    return False if latest(couple.ends) < earliest(day) else None


def _stood(couple: Couple, day: str) -> bool | None:
    """Whether the couple stood on the day; None where the dates leave it open."""
    lasting = _not_over(couple, day)
    if lasting is False or earliest(couple.begins) > latest(day):
        return False
    return lasting if latest(couple.begins) <= earliest(day) else None
