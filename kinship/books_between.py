"""The persons between a head and a member: recorded ones where known, else such as must exist."""

from __future__ import annotations

from collections.abc import Iterable

from kinship.books_merge import Ledger
from kinship.books_order import Elder, elder_on_the_way
from kinship.books_paths import BIRTH_ONLY, Path, Step, declared
from kinship.books_roles import Role
from kinship.lines import ACROSS, DOWN, UP
from kinship.ties import Human, Move, Status, Tie


def tie_of(step: Step, origin: str, to: str, status: Status, facts: tuple[str, ...]) -> Tie:
    """A step between two persons as a tie."""
    if step.move == ACROSS:
        return Tie(Move.SPOUSE, origin, to, step.kinds, status, facts=facts)
    parent, child = (to, origin) if step.move == UP else (origin, to)
    return Tie(Move.PARENT, parent, child, step.kinds, status, facts=facts)


class Between:
    """Walks the paths of roles and ties each step; keeps the unrecorded persons it needs."""

    def __init__(self, ledger: Ledger, sexes: dict[str, str]) -> None:
        self._ledger = ledger
        self._sexes = sexes
        self.humans: dict[str, Human] = {}
        self.elders: set[Elder] = set()
        self.roles: list[Role] = []

    def add(self, role: Role) -> None:
        """Tie every step of a role; each unrecorded person on the way gets a role of their own."""
        status = Status.PROVEN if role.certain else Status.CONSISTENT
        passed = [role.head]
        for at, step in enumerate(role.path, start=1):
            here, last = passed[-1], at == len(role.path)
            there = role.person if last else self._next(role, here, at)
            tie = tie_of(step, here, there, status, role.facts)
            if len(role.path) == 1 or not self._known(tie):
                self._ledger.add(tie)
            if there in self.humans:
                ways = tuple(way[:at] for way in role.ways)
                on_the_way = role._replace(person=there, path=role.path[:at], ways=ways)
                self.roles.append(on_the_way._replace(recorded=False))
            if role.certain and (last or there in self.humans):
                self.elders.update(elder_on_the_way(step, passed, there))
            passed.append(there)

    def _known(self, tie: Tie) -> bool:
        """A way that leads over a proven tie of recorded persons is no evidence of that tie."""
        recorded = tie.origin not in self.humans and tie.to not in self.humans
        return recorded and self._ledger.proves(tie)

    def _next(self, role: Role, here: str, at: int) -> str:
        """Who stands at the end of the step: a recorded person if proven to be that one."""
        step = role.path[at - 1]
        known = self._recorded(here, step)
        if at == len(role.path) - 1:
            both = [one for one in known if role.person in self._around(one, role.path[at])]
            if both:
                return both[0]
        by_birth = _is_the_one(step)
        if by_birth and len(known) == 1:
            return known[0]
        return self._unrecorded(role, here, at, shared=by_birth)

    def _recorded(self, here: str, step: Step) -> list[str]:
        sex = step.to.sex
        return sorted(
            one
            for one in self._around(here, step)
            if one not in self.humans and (not sex or self._sexes.get(one, "") == sex)
        )

    def _around(self, here: str, step: Step) -> Iterable[str]:
        if step.move == ACROSS:
            return self._ledger.spouses[here]
        if step.move == DOWN:
            return self._ledger.children[here]
        ties = self._ledger.parents[here].items()
        return [one for one, tie in ties if tie.kinds == step.kinds]

    def _unrecorded(self, role: Role, here: str, at: int, shared: bool) -> str:
        step = role.path[at - 1]
        name = declared().words[step.move][step.to.sex][0]
        base = here if here in self.humans else f"book:{here}"
        if shared:
            id = f"{base}:{name}"
        elif _is_sibling(role.path):
            one, other = sorted((role.head, role.person))
            id = f"book:{one}:{other}:{name}"
        else:
            own = f":{role.person}"
            id = f"{base}:{name}" + ("" if own + ":" in base + ":" else own)
        self.humans[id] = Human(id, step.to.sex, recorded=False)
        if step.to.sex:
            self._sexes[id] = step.to.sex
        return id


def _is_the_one(step: Step) -> bool:
    """Everyone has one birth father and one birth mother."""
    return step.move == UP and step.kinds == BIRTH_ONLY and bool(step.to.sex)


def _is_sibling(path: Path) -> bool:
    return len(path) == 2 and (path[0].move, path[1].move) == (UP, DOWN)
