"""What registers and books say of one link, put together and weighed against each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from kinship.ties import COUPLE, MARRIAGE, PARENT_KINDS, PARTNERSHIP, Human, Move, Status, Tie

BY_DESCENT = frozenset({"BIRTH", "LEGAL"})
"""Kinds of parenthood of which a child has two at most."""
_ORDER = (Status.PROVEN, Status.CONTRADICTED, Status.CONSISTENT)
Humans = Mapping[str, Human]
ChildSex = tuple[str, str]


def strongest(statuses: Iterable[Status]) -> Status:
    """The status of what several sources say alike."""
    return min(statuses, key=_ORDER.index)


def weakest(statuses: Iterable[Status]) -> Status:
    """The status of what rests on all of them."""
    return max(statuses, key=(Status.PROVEN, Status.CONSISTENT, Status.CONTRADICTED).index)


def merged(ties: Iterable[Tie]) -> list[Tie]:
    """One tie for what several sources say alike; it holds while one of them says so.

    In a lasting order, kinds nearest to birth first.
    """
    found: dict[tuple[object, ...], Tie] = {}
    for given in ties:
        tie = _in_order(given)
        key = (tie.move, tie.origin, tie.to, tie.kinds)
        known = found.get(key)
        found[key] = tie if known is None and len(tie.facts) < 2 else _one_of(known or tie, tie)
    return sorted(found.values(), key=_place)


def _one_of(known: Tie, tie: Tie) -> Tie:
    facts = tuple(sorted({*known.facts, *tie.facts}))
    if known.status is tie.status and known.ended == tie.ended:
        return known if facts == known.facts else known._replace(facts=facts)
    status = strongest((known.status, tie.status))
    return known._replace(status=status, ended=known.ended and tie.ended, facts=facts)


def _in_order(tie: Tie) -> Tie:
    turned = tie.move is Move.SPOUSE and tie.to < tie.origin
    return tie._replace(origin=tie.to, to=tie.origin) if turned else tie


def _place(tie: Tie) -> tuple[object, ...]:
    return tie.move, tie.origin, tie.to, _rank(tie.kinds)


@lru_cache(maxsize=1024)
def _rank(kinds: tuple[str, ...]) -> tuple[tuple[int, str], ...]:
    return tuple((PARENT_KINDS.index(k) if k in PARENT_KINDS else -1, k) for k in kinds)


def marked(ties: list[Tie], humans: Humans) -> list[Tie]:
    """Ties by birth that cannot all be true: a child has one mother and one father by birth."""
    by_birth: dict[ChildSex, set[str]] = defaultdict(set)
    births = [tie for tie in ties if tie.kinds == ("BIRTH",) and _says_parent(tie, humans)]
    for tie in births:
        by_birth[_child_sex(tie, humans)].add(tie.origin)
    return _contradicted(ties, [t for t in births if len(by_birth[_child_sex(t, humans)]) > 1])


def against_books(ties: list[Tie], stated: Iterable[Tie], humans: Humans) -> list[Tie]:
    """Parents whom registers state, and others of their sex whom a book proves to be the parent.

    Nothing is said against parents whom registers state side by side.
    """
    of_registers: dict[ChildSex, set[str]] = defaultdict(set)
    for tie in stated:
        if _descends(tie, humans):
            of_registers[_child_sex(tie, humans)].add(tie.origin)
    descents = [tie for tie in ties if _descends(tie, humans)]
    disputed = {
        of
        for tie in descents
        if (of := _child_sex(tie, humans)) in of_registers and tie.origin not in of_registers[of]
    }
    return _contradicted(ties, [t for t in descents if _child_sex(t, humans) in disputed])


def _contradicted(ties: list[Tie], disputed: Collection[Tie]) -> list[Tie]:
    if not disputed:
        return ties
    found = frozenset(disputed)
    return [tie._replace(status=Status.CONTRADICTED) if tie in found else tie for tie in ties]


def _says_parent(tie: Tie, humans: Humans) -> bool:
    """Whether the tie states that a recorded person is the mother, or that one is the father."""
    stated = tie.move is Move.PARENT and tie.status is not Status.CONSISTENT
    return stated and bool(sex_of(humans, tie.origin)) and humans[tie.origin].recorded


def _descends(tie: Tie, humans: Humans) -> bool:
    return set(tie.kinds) <= BY_DESCENT and _says_parent(tie, humans)


def _child_sex(tie: Tie, humans: Humans) -> ChildSex:
    return tie.to, sex_of(humans, tie.origin)


def settled(tie: Tie, same: Collection[Tie]) -> Tie | None:
    """What is left of a book's tie beside the `same` of registers; None where they settle it."""
    if tie.move is Move.GUARDIAN:
        return tie
    if tie.status is Status.CONSISTENT and any(s.status is not Status.CONSISTENT for s in same):
        return None
    agreeing = {kind for s in same for kind in s.kinds}
    if tie.move is Move.PARENT and agreeing & BY_DESCENT and set(tie.kinds) & BY_DESCENT:
        first = next(s for s in same if set(s.kinds) & BY_DESCENT)
        return tie._replace(kinds=first.kinds)
    return tie


def unmarried(ties: Collection[Tie]) -> list[Tie]:
    """Without couples whose marriage or registered partnership is proven: it says all they say."""
    wed = {
        frozenset((tie.origin, tie.to))
        for tie in ties
        if tie.kinds in ((MARRIAGE,), (PARTNERSHIP,)) and tie.status is Status.PROVEN
    }
    return [
        tie for tie in ties if tie.kinds != (COUPLE,) or frozenset((tie.origin, tie.to)) not in wed
    ]


def parents_by_sex(stated: Iterable[Tie], humans: Humans) -> set[ChildSex]:
    """(child, sex) of which a register states a parent by birth or in law."""
    return {
        (tie.to, humans[tie.origin].sex)
        for tie in stated
        if tie.move is Move.PARENT and tie.kind in BY_DESCENT and tie.origin in humans
    }


def beside(tie: Tie, parents: set[ChildSex], humans: Humans) -> Tie | None:
    """What a book still allows of a parent where a register states the one of that sex."""
    if tie.move is not Move.PARENT or tie.status is not Status.CONSISTENT:
        return tie
    if _child_sex(tie, humans) not in parents:
        return tie
    kinds = tuple(kind for kind in tie.kinds if kind not in BY_DESCENT)
    return tie._replace(kinds=kinds) if kinds else None


def sex_of(humans: Humans, person: str) -> str:
    """FEMALE, MALE or empty."""
    return humans[person].sex if person in humans else ""
