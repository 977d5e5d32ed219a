"""All ties that the records support around the persons of a question, merged and weighed.

Two registers that state the same make one tie with both as evidence. Where registers contradict
each other, or a book proves another parent than a register states, both ties are kept and marked.
What a household book only allows, and a register settles otherwise, is narrowed to what is left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kinship.ties import COUPLE, Human, Move, Status, Tie
from kinship.weighing import (
    BY_DESCENT,
    against_books,
    beside,
    marked,
    merged,
    parents_by_sex,
    settled,
    strongest,
    unmarried,
    weakest,
)

__all__ = ["BY_DESCENT", "Web", "strongest", "weakest"]


class Web:
    """Ties by person. `registered` are those of registers, `booked` those of household books.

    `elders` are pairs of whom a book states that the first was born before the second.
    `couples`: pairs whom a record joins without a marriage, where none of them is proven.
    """

    def __init__(
        self,
        humans: Iterable[Human],
        registered: Iterable[Tie],
        booked: Iterable[Tie] = (),
        elders: Iterable[tuple[str, str]] = (),
    ) -> None:
        self.humans = _in_order_of_birth(humans, elders)
        stated = marked(merged(registered), self.humans)
        parents = parents_by_sex(stated, self.humans)
        said = _by_ends(tie for tie in stated if tie.kinds != (COUPLE,))
        left = (settled(tie, said.get(_ends(tie), ())) for tie in merged(booked))
        allowed = [kept for tie in left if tie and (kept := beside(tie, parents, self.humans))]
        allowed = _without_stand_ins([*stated, *allowed], allowed, self.humans)
        self.only_booked = {_link(tie) for tie in allowed} - {_link(tie) for tie in stated}
        self.parents: dict[str, dict[str, list[Tie]]] = defaultdict(dict)
        self.children: dict[str, dict[str, list[Tie]]] = defaultdict(dict)
        self.spouses: dict[str, dict[str, list[Tie]]] = defaultdict(dict)
        self.couples: dict[frozenset[str], list[Tie]] = defaultdict(list)
        self.guardians: list[Tie] = []
        ties = marked(merged([*stated, *allowed]), self.humans)
        for tie in unmarried(against_books(ties, stated, self.humans)):
            self._add(tie)

    def _add(self, tie: Tie) -> None:
        for end in (tie.origin, tie.to):
            if end not in self.humans:
                self.humans[end] = Human(end)
        if tie.origin == tie.to:
            return  # nobody is a relative of their own, whatever a record says
        if tie.move is Move.PARENT:
            self.parents[tie.to].setdefault(tie.origin, []).append(tie)
            self.children[tie.origin].setdefault(tie.to, []).append(tie)
        elif tie.kinds == (COUPLE,):
            self.couples[frozenset((tie.origin, tie.to))].append(tie)
        elif tie.move is Move.SPOUSE:
            self.spouses[tie.origin].setdefault(tie.to, []).append(tie)
            self.spouses[tie.to].setdefault(tie.origin, []).append(tie)
        else:
            self.guardians.append(tie)

    def by_descent(self, child: str) -> set[str]:
        """The parents by birth or in law that are proven."""
        return {
            parent
            for parent, ties in self.parents.get(child, {}).items()
            if any(t.kind in BY_DESCENT and t.status is not Status.CONSISTENT for t in ties)
        }

    def is_parent(self, parent: str, child: str) -> bool:
        """Whether any tie but one by marriage makes them parent and child."""
        ties = self.parents.get(child, {}).get(parent, ())
        return any(tie.kinds != ("STEP",) for tie in ties)


def _in_order_of_birth(
    humans: Iterable[Human], elders: Iterable[tuple[str, str]]
) -> dict[str, Human]:
    later: dict[str, set[str]] = defaultdict(set)
    for elder, younger in elders:
        later[elder].add(younger)
    return {
        human.id: human._replace(before=frozenset(later[human.id])) if human.id in later else human
        for human in humans
    }


def _link(tie: Tie) -> tuple[Move, str, str]:
    return tie.move, tie.origin, tie.to


def _ends(tie: Tie) -> tuple[Move, frozenset[str]]:
    return tie.move, frozenset((tie.origin, tie.to))


def _by_ends(ties: Iterable[Tie]) -> dict[tuple[Move, frozenset[str]], list[Tie]]:
    found: dict[tuple[Move, frozenset[str]], list[Tie]] = defaultdict(list)
    for tie in ties:
        found[_ends(tie)].append(tie)
    return found


def _without_stand_ins(
    ties: Iterable[Tie], booked: list[Tie], humans: dict[str, Human]
) -> list[Tie]:
    """Leave out unrecorded persons whose place a recorded one is proven to have."""
    ties = list(ties)
    wed: dict[str, set[str]] = defaultdict(set)
    for tie in ties:
        if tie.move is Move.SPOUSE and tie.status is Status.PROVEN:
            wed[tie.origin].add(tie.to)
            wed[tie.to].add(tie.origin)
    proven = {
        (tie.origin, tie.to)
        for tie in ties
        if tie.move is Move.PARENT and tie.status is Status.PROVEN and tie.kind in BY_DESCENT
    }
    above: dict[str, set[str]] = defaultdict(set)
    below: dict[str, set[str]] = defaultdict(set)
    for parent, child in proven:
        above[child].add(parent)
        below[parent].add(child)
    known = [person for person in {*above, *below} if _recorded(humans, person)]
    filled = {
        human.id
        for human in humans.values()
        if not human.recorded
        and any(
            below[human.id] <= below[person]
            and above[human.id] <= above[person]
            and wed[human.id] <= wed[person]
            and human.sex in ("", humans[person].sex)
            for person in known
        )
    }
    return [tie for tie in booked if not {tie.origin, tie.to} & filled]


def _recorded(humans: dict[str, Human], person: str) -> bool:
    return person in humans and humans[person].recorded
