"""All ties that the records support around the persons of a question, merged and weighed.

Two registers that state the same make one tie with both as evidence. Where registers contradict
each other, both ties are kept and marked. What a household book allows, and a register settles
otherwise, is narrowed to what is left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace

from kinship.ties import Human, Move, Status, Tie

BY_DESCENT = frozenset({"BIRTH", "LEGAL"})
"""Kinds of parenthood of which a child has two at most."""
_ORDER = (Status.PROVEN, Status.CONTRADICTED, Status.CONSISTENT, Status.NOT_DETERMINABLE)


def strongest(statuses: Iterable[Status]) -> Status:
    """The status of what several sources say alike."""
    return min(statuses, key=_ORDER.index)


def weakest(statuses: Iterable[Status]) -> Status:
    """The status of what rests on all of them."""
    return max(statuses, key=(Status.PROVEN, Status.CONSISTENT, Status.CONTRADICTED).index)


class Web:
    """Ties by person. `registered` are those of registers, `booked` those of household books."""

    def __init__(
        self, humans: Iterable[Human], registered: Iterable[Tie], booked: Iterable[Tie] = ()
    ) -> None:
        self.humans = {human.id: human for human in humans}
        stated = _marked(_merged(registered), self.humans)
        parents = _parents_by_sex(stated, self.humans)
        beside = _by_ends(stated)
        settled = (_settled(tie, beside.get(_ends(tie), ())) for tie in _merged(booked))
        allowed = [left for tie in settled if tie and (left := _beside(tie, parents, self.humans))]
        allowed = _without_stand_ins([*stated, *allowed], allowed, self.humans)
        self.only_booked = {_link(tie) for tie in allowed} - {_link(tie) for tie in stated}
        self.parents: dict[str, dict[str, list[Tie]]] = defaultdict(dict)
        self.children: dict[str, dict[str, list[Tie]]] = defaultdict(dict)
        self.spouses: dict[str, dict[str, list[Tie]]] = defaultdict(dict)
        self.guardians: list[Tie] = []
        for tie in _merged([*stated, *allowed]):
            self._add(tie)

    def _add(self, tie: Tie) -> None:
        for end in (tie.origin, tie.to):
            self.humans.setdefault(end, Human(end))
        if tie.origin == tie.to:
            return  # nobody is a relative of their own, whatever a record says
        if tie.move is Move.PARENT:
            self.parents[tie.to].setdefault(tie.origin, []).append(tie)
            self.children[tie.origin].setdefault(tie.to, []).append(tie)
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


def _link(tie: Tie) -> tuple[Move, str, str]:
    return tie.move, tie.origin, tie.to


def _same(tie: Tie) -> tuple[object, ...]:
    ends = sorted((tie.origin, tie.to)) if tie.move is Move.SPOUSE else [tie.origin, tie.to]
    return (tie.move, *ends, tie.kinds)


def _merged(ties: Iterable[Tie]) -> list[Tie]:
    """One tie for what several sources say alike; it holds while one of them says so."""
    found: dict[tuple[object, ...], Tie] = {}
    for tie in ties:
        known = found.setdefault(_same(tie), tie)
        if known is not tie:
            found[_same(tie)] = replace(
                known,
                status=strongest((known.status, tie.status)),
                ended=known.ended and tie.ended,
                facts=tuple(dict.fromkeys(known.facts + tie.facts)),
            )
    return list(found.values())


def _marked(ties: list[Tie], humans: dict[str, Human]) -> list[Tie]:
    """Ties by birth that cannot all be true: a child has one mother and one father by birth."""
    by_birth: dict[tuple[str, str], set[str]] = defaultdict(set)
    for tie in ties:
        if tie.move is Move.PARENT and tie.kinds == ("BIRTH",):
            by_birth[tie.to, _sex(humans, tie.origin)].add(tie.origin)
    return [
        replace(tie, status=Status.CONTRADICTED)
        if tie.move is Move.PARENT
        and tie.kinds == ("BIRTH",)
        and (sex := _sex(humans, tie.origin))
        and len(by_birth[tie.to, sex]) > 1
        else tie
        for tie in ties
    ]


def _ends(tie: Tie) -> tuple[Move, frozenset[str]]:
    return tie.move, frozenset((tie.origin, tie.to))


def _by_ends(ties: Iterable[Tie]) -> dict[tuple[Move, frozenset[str]], list[Tie]]:
    found: dict[tuple[Move, frozenset[str]], list[Tie]] = defaultdict(list)
    for tie in ties:
        found[_ends(tie)].append(tie)
    return found


def _settled(tie: Tie, same: Collection[Tie]) -> Tie | None:
    """What is left of a book's tie beside the `same` of registers; None where they settle it."""
    if tie.move is Move.GUARDIAN:
        return tie
    if tie.status is Status.CONSISTENT and any(s.status is not Status.CONSISTENT for s in same):
        return None
    agreeing = {kind for s in same for kind in s.kinds}
    if tie.move is Move.PARENT and agreeing & BY_DESCENT and set(tie.kinds) & BY_DESCENT:
        first = next(s for s in same if set(s.kinds) & BY_DESCENT)
        return replace(tie, kinds=first.kinds)
    return tie


def _parents_by_sex(stated: Iterable[Tie], humans: dict[str, Human]) -> set[tuple[str, str]]:
    """(child, sex) of which a register states a parent by birth or in law."""
    return {
        (tie.to, humans[tie.origin].sex)
        for tie in stated
        if tie.move is Move.PARENT and tie.kind in BY_DESCENT and tie.origin in humans
    }


def _beside(tie: Tie, parents: set[tuple[str, str]], humans: dict[str, Human]) -> Tie | None:
    """What a book still allows of a parent where a register states the one of that sex."""
    if tie.move is not Move.PARENT or tie.status is not Status.CONSISTENT:
        return tie
    if (tie.to, _sex(humans, tie.origin)) not in parents:
        return tie
    kinds = tuple(kind for kind in tie.kinds if kind not in BY_DESCENT)
    return replace(tie, kinds=kinds) if kinds else None


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


def _sex(humans: dict[str, Human], person: str) -> str:
    return humans[person].sex if person in humans else ""


def _recorded(humans: dict[str, Human], person: str) -> bool:
    return person in humans and humans[person].recorded
