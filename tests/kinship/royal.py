"""The family tree of the royal houses as ties, and a plain walk of it as an oracle."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kinship.ties import COUPLE, MARRIAGE, Human, Move, Tie
from kinship.web import Web
from tests.gedcom_oracle import Oracle, royal_file


@cache
def tree() -> Oracle:
    """The file, read line by line."""
    return Oracle(royal_file())


@cache
def parents() -> dict[str, list[str]]:
    """Parents of each person, in order."""
    found: dict[str, list[str]] = {person: [] for person in tree().persons}
    for parent, child in sorted(tree().parent_links):
        found[child].append(parent)
    return found


def web() -> Web:
    """All persons, parents by birth, marriages, and couples without one."""
    humans = [Human(person, _sex(lines)) for person, lines in tree().persons.items()]
    births = [Tie(Move.PARENT, p, c, ("BIRTH",)) for c, ps in parents().items() for p in ps]
    marriages = [
        Tie(Move.SPOUSE, *family.spouses, kinds=(MARRIAGE,), ended=family.divorced)
        for family in tree().families.values()
        if len(family.spouses) == 2 and family.married
    ]
    couples = [Tie(Move.SPOUSE, *f.spouses, kinds=(COUPLE,)) for f in tree().couples.values()]
    return Web(humans, [*births, *marriages, *couples])


def _sex(lines: list[str]) -> str:
    letter = next((line.split()[2] for line in lines if line.startswith("1 SEX ")), "")
    return {"M": "MALE", "F": "FEMALE"}.get(letter, "")


@cache
def paths_up(person: str, longest: int) -> tuple[tuple[str, ...], ...]:
    """Every way upwards from the person of so many steps at most, the empty one included."""
    if not longest:
        return ((person,),)
    further = (way for p in parents()[person] for way in paths_up(p, longest - 1))
    return ((person,), *((person, *way) for way in further))


def walked(one: str, other: str, longest: int) -> dict[tuple[int, int], set[str]]:
    """(up, down) → common ancestors: all pairs of ways that share their last person alone.

    Of those with so many steps at most in both together.
    """
    ends: dict[str, list[tuple[str, ...]]] = {}
    for way in paths_up(other, longest):
        ends.setdefault(way[-1], []).append(way)
    found: dict[tuple[int, int], set[str]] = {}
    for way in paths_up(one, longest):
        for back in ends.get(way[-1], ()):
            steps = len(way) + len(back) - 2
            if steps <= longest and len({*way, *back}) == steps + 1:
                found.setdefault((len(way) - 1, len(back) - 1), set()).add(way[-1])
    return found


def near(person: str, steps: int) -> Iterator[str]:
    """Everybody who is at most so many steps of parenthood away."""
    children: dict[str, list[str]] = _children()
    seen, frontier = {person}, [person]
    for _ in range(steps):
        frontier = [
            n for p in frontier for n in (*parents()[p], *children.get(p, ())) if n not in seen
        ]
        frontier = list(dict.fromkeys(frontier))
        seen.update(frontier)
        yield from frontier


@cache
def _children() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for parent, child in sorted(tree().parent_links):
        found.setdefault(parent, []).append(child)
    return found
