"""What the relations of two persons answer: YES, NO or not determinable, and what would decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kinship.relations import GENERATIONS_MAX, Relation
from kinship.ties import PARTNERSHIP, Status
from resolvers.kinship_excluded import excluded
from resolvers.kinship_found import Found, is_open, registers, rivals
from resolvers.kinship_gaps import ALL_PARENTS, SEX, Gap, missing, would_settle

YES, NO, NOT_DETERMINABLE = "YES", "NO", "NOT_DETERMINABLE"
_LESS = frozenset({"STEP", "FOSTER"})
"""Kinds of parenthood that make no mother or father without further words."""
_NEUTRAL = {"mother": "parent", "father": "parent", "daughter": "child", "son": "child"}
_SIBLINGS = (1, 1)


@dataclass(frozen=True)
class Verdict:
    """The answer, why in words, and the records that would decide it where it stays open."""

    answer: str
    reason: str
    missing: tuple[Gap, ...] = ()


def verdict(found: Found, shown: Sequence[Relation], terms: Sequence[str]) -> Verdict:
    """The answer to a question whose yes is any of the terms; with no terms, any relation shown.

    A no rests on what the registers state instead, so the caller needs to see whose record that
    is. Whether somebody is in the registers at all makes no difference to the answer.
    """
    if not terms:
        return _any(found, shown)
    wanted = {*terms, *(_NEUTRAL.get(term, term) for term in terms)}
    near = [relation for relation in found.relations if relation.base in wanted]
    for relation in near:
        if relation.base in terms and _holds(relation):
            return Verdict(YES, _stated(found, relation))
    if any(_holds(relation) for relation in near):
        return Verdict(NOT_DETERMINABLE, "The sex of the person is in no register here.", (SEX,))
    for relation in near:
        if _may_hold(relation):
            return _open(found, relation)
    asked = frozenset(terms)
    if not excluded(found, asked) and (lacking := missing(asked, found)):
        states = " and ".join(gap.record for gap in lacking)
        reason = f"No record that you may see states {states}."
        return Verdict(NOT_DETERMINABLE, reason, lacking)
    if found.around.cut:
        return Verdict(NOT_DETERMINABLE, "More relatives are recorded than can be followed.")
    if "spouse" in terms:
        return Verdict(NO, "No register here states a marriage of the two that holds.")
    return Verdict(NO, "The registers state other relatives and not this relation.")


def _any(found: Found, shown: Sequence[Relation]) -> Verdict:
    for relation in shown:
        if _sure(relation):
            return Verdict(YES, _stated(found, relation))
    for relation in shown:
        return _open(found, relation)
    reason = (
        f"No relation is recorded: by blood within {GENERATIONS_MAX} generations, by marriage as"
        " far as such relations have names."
    )
    return Verdict(NOT_DETERMINABLE, reason, (ALL_PARENTS,))


def _holds(relation: Relation) -> bool:
    """Whether it answers a plain question with yes: a stepmother is not the mother."""
    return (
        _sure(relation)
        and relation.current
        and relation.kind not in _LESS
        and not any(PARTNERSHIP in tie.kinds for tie in relation.ties)
    )


def _may_hold(relation: Relation) -> bool:
    """Whether it would be a yes if the records proved it."""
    open_ = relation.status is not Status.PROVEN
    return relation.current and open_ and relation.kind not in _LESS


def _sure(relation: Relation) -> bool:
    """Whether the records prove it.

    Two who share a proven parent are siblings, whether or not the other parent is known.
    """
    siblings = (relation.up, relation.down) == _SIBLINGS
    proven = relation.status is Status.PROVEN or siblings
    return proven and not any(is_open(tie) for tie in relation.ties)


def _stated(found: Found, relation: Relation) -> str:
    return f"{relation.term} {relation.term_zh}, by register: {registers(found, relation.ties)}."


def _open(found: Found, relation: Relation) -> Verdict:
    """The answer where records allow it without proof, or contradict each other."""
    name = f"{relation.term} {relation.term_zh}"
    own = registers(found, relation.ties)
    if relation.status is Status.CONTRADICTED:
        others = [other for tie in relation.ties for other in rivals(found, tie)]
        stated = registers(found, others)
        reason = f"{name}, by register: {own}; another record says otherwise: {stated or own}."
    else:
        reason = f"The records allow {name} and do not prove it ({own})."
    return Verdict(NOT_DETERMINABLE, reason, tuple(would_settle(found, relation)))
