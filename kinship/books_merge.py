"""Ties from several books made one, and narrowed by what one of them proves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping

from kinship.books_paths import BIRTH
from kinship.ties import Move, Status, Tie

Key = tuple[Move, str, str]


class Ledger:
    """Collects ties; the same link from several books is one tie with all their facts."""

    def __init__(self) -> None:
        self._ties: dict[Key, Tie] = {}
        self.parents: dict[str, dict[str, Tie]] = defaultdict(dict)
        """Of each person the parents that are proven."""
        self.children: dict[str, set[str]] = defaultdict(set)
        self.spouses: dict[str, set[str]] = defaultdict(set)

    def add(self, tie: Tie) -> None:
        """Take in a tie. Nobody is tied to themself; a couple is one tie either way round."""
        if tie.origin == tie.to:
            return
        tie = _in_order(tie)
        key = (tie.move, tie.origin, tie.to)
        tie = merged(self._ties[key], tie) if key in self._ties else tie
        self._ties[key] = tie
        if tie.status is Status.PROVEN:
            self._index(tie)

    def proves(self, tie: Tie) -> bool:
        """Whether this link is proven already."""
        tie = _in_order(tie)
        known = self._ties.get((tie.move, tie.origin, tie.to))
        return known is not None and known.status is Status.PROVEN

    def _index(self, tie: Tie) -> None:
        if tie.move is Move.PARENT:
            self.parents[tie.to][tie.origin] = tie
            self.children[tie.origin].add(tie.to)
        else:
            self.spouses[tie.origin].add(tie.to)
            self.spouses[tie.to].add(tie.origin)

    def ties(self) -> list[Tie]:
        """All ties in a lasting order."""
        return [self._ties[key] for key in sorted(self._ties)]


def _in_order(tie: Tie) -> Tie:
    turned = tie.move is Move.SPOUSE and tie.to < tie.origin
    return tie._replace(origin=tie.to, to=tie.origin) if turned else tie


def merged(one: Tie, other: Tie) -> Tie:
    """The stronger status, all facts, and the kinds on which those of that status agree.

    Where they agree on none, the books differ, and every kind stays open.
    """
    facts = tuple(sorted({*one.facts, *other.facts}))
    if one.status is not other.status:
        strong = one if one.status is Status.PROVEN else other
        return strong._replace(facts=facts)
    shared = tuple(kind for kind in one.kinds if kind in other.kinds)
    either = tuple(dict.fromkeys(one.kinds + other.kinds))
    return one._replace(kinds=shared or either, facts=facts)


def narrowed(
    ties: Iterable[Tie], sexes: Mapping[str, str], unrecorded: Container[str]
) -> list[Tie]:
    """Without what cannot be: a second birth mother or birth father beside a proven one.

    An unrecorded parent is no second one: anyone may be that parent.
    """
    kept = list(ties)
    births: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for tie in kept:
        if tie.origin in unrecorded or tie.move is not Move.PARENT:
            continue
        if tie.status is Status.PROVEN and tie.kinds == (BIRTH,):
            births[tie.to][sexes.get(tie.origin, "")].add(tie.origin)
    found: list[Tie] = []
    for tie in kept:
        sex = sexes.get(tie.origin, "")
        taken = births[tie.to][sex] if tie.move is Move.PARENT and sex else set[str]()
        if tie.status is Status.PROVEN or not taken - {tie.origin}:
            found.append(tie)
        elif kinds := tuple(kind for kind in tie.kinds if kind != BIRTH):
            found.append(tie._replace(kinds=kinds))
    return found
