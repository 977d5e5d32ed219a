"""Lines between two persons: through common ancestors, and over marriages.

Two paths upwards make a relation where they first meet: whoever is further down steps up, so
that the paths share the common ancestor and nobody else. States are visited once, however many
paths lead there; pedigrees of royal houses stay small that way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from kinship.web import Web

State = tuple[str, str, int, int]
LINES_MAX = 48
"""So many paths are named for one ancestor at one distance; more would say the same again."""


@dataclass
class Meetings:
    """Where the paths upwards from two persons meet: (up, down) → common ancestors."""

    found: dict[tuple[int, int], set[str]] = field(
        default_factory=lambda: defaultdict[tuple[int, int], set[str]](set)
    )
    before: dict[State, set[State]] = field(
        default_factory=lambda: defaultdict[State, set[State]](set)
    )
    circles: set[str] = field(default_factory=set[str])
    """Persons who are recorded as their own ancestors."""

    def paths(self, up: int, down: int, ancestor: str) -> Iterator[tuple[list[str], list[str]]]:
        """Pairs of paths, each from its person up to the ancestor, at most LINES_MAX."""
        found = 0
        stack: list[tuple[State, list[str], list[str]]] = [
            ((ancestor, ancestor, up, down), [ancestor], [ancestor])
        ]
        while stack and found < LINES_MAX:
            state, ours, theirs = stack.pop()
            if state[2:] == (0, 0):
                found += 1
                yield ours[::-1], theirs[::-1]
                continue
            for earlier in sorted(self.before[state], reverse=True):
                if earlier[2] < state[2]:
                    stack.append((earlier, [*ours, earlier[0]], theirs))
                else:
                    stack.append((earlier, ours, [*theirs, earlier[1]]))


def ancestry(web: Web, person: str, generations: int) -> set[str]:
    """The person and all ancestors within so many generations."""
    found, frontier = {person}, [person]
    for _ in range(generations):
        frontier = [p for child in frontier for p in web.parents.get(child, ()) if p not in found]
        found.update(frontier)
        if not frontier:
            break
    return found


def meetings(web: Web, one: str, other: str, generations: int) -> Meetings:
    """All common ancestors of two persons at all distances within the generations."""
    result = Meetings()
    ours, theirs = ancestry(web, one, generations), ancestry(web, other, generations)
    common = ours & theirs
    if not common:
        return result
    order, result.circles = _from_below(web, ours | theirs, (one, other))
    leads = _leading(web, order, common)
    if one not in leads or other not in leads:
        return result
    start: State = (one, other, 0, 0)
    frontier: list[State] = [start]
    seen: set[State] = {start}
    while frontier:
        reached: list[State] = []
        for state in frontier:
            x, y, up, down = state
            if x == y:
                result.found[up, down].add(x)
                continue
            for following in _steps(web, state, order, leads):
                if max(following[2], following[3]) > generations:
                    continue
                result.before[following].add(state)
                if following not in seen:
                    seen.add(following)
                    reached.append(following)
        frontier = reached
    return result


def _steps(web: Web, state: State, order: dict[str, int], leads: set[str]) -> Iterator[State]:
    x, y, up, down = state
    lower = x if order[x] < order[y] else y
    for parent in web.parents.get(lower, ()):
        if parent in leads and order[parent] > order[lower]:
            if lower == x:
                yield parent, y, up + 1, down
            else:
                yield x, parent, up, down + 1


def _from_below(
    web: Web, people: set[str], starts: tuple[str, str]
) -> tuple[dict[str, int], set[str]]:
    """A number for each person, lower than that of their parents; and who stands in a circle.

    A step that closes a circle is not taken.
    """
    finished: list[str] = []
    state: dict[str, int] = {}
    circles: set[str] = set()
    for start in starts:
        if start in state:
            continue
        stack = [(start, iter(sorted(web.parents.get(start, ()))))]
        state[start] = 1
        while stack:
            person, rest = stack[-1]
            parent = next((p for p in rest if p in people), None)
            if parent is None:
                stack.pop()
                state[person] = 2
                finished.append(person)
            elif parent not in state:
                state[parent] = 1
                stack.append((parent, iter(sorted(web.parents.get(parent, ())))))
            elif state[parent] == 1:
                circles.add(parent)
    return {person: -number for number, person in enumerate(finished)}, circles


def _leading(web: Web, order: dict[str, int], common: set[str]) -> set[str]:
    """Those from whom a way up leads to a common ancestor."""
    leading = set(common)
    for person in sorted(order, key=order.__getitem__, reverse=True):
        if any(parent in leading for parent in web.parents.get(person, ())):
            leading.add(person)
    return leading
