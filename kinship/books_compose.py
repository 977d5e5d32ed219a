"""What two members of one household book are to each other, by their codes alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product

from kinship.books_options import Cell, Option, joined, older_one, status_of
from kinship.books_paths import (
    BIRTH,
    BIRTH_ONLY,
    HEADS,
    OPPOSITE,
    Becomes,
    Meeting,
    Path,
    Step,
    Who,
    declared,
    moves,
    paths,
    reversed_path,
)
from kinship.lines import ACROSS, DOWN, UP


@dataclass(frozen=True)
class _Way:
    path: Path
    half: bool | None = None


@cache
def compose(code_a: str, code_b: str) -> Cell:
    """What b is to a: the way from a to the head, then from the head to b, as it can be read."""
    if code_a in HEADS and code_b in HEADS:
        return Cell(None, excluded=True)
    ways_a, ways_b = paths(code_a), paths(code_b)
    if not (ways_a and ways_b):
        return Cell(None)
    options = options_among(ways_a, ways_b)
    return Cell(status_of(options), options, excluded=not options)


@lru_cache(maxsize=1 << 16)
def options_among(ways_a: tuple[Path, ...], ways_b: tuple[Path, ...]) -> tuple[Option, ...]:
    """The same of paths that all begin at one person: those of a, and those of another person b."""
    pairs = product(ways_a, ways_b)
    return joined(option for a, b in pairs for option in _options_of(a, b))


def _options_of(a: Path, b: Path) -> tuple[Option, ...]:
    if a and b and differ(a[0].origin.sex, b[0].origin.sex):
        return ()
    ways = _read(reversed_path(a), b, made=False)
    return joined(_option(way, a, b) for way in ways if way.path)


def _option(way: _Way, a: Path, b: Path) -> Option:
    path = way.path
    older = older_one(a, b) if moves(path) == UP + DOWN else None
    kinds = tuple(step.kinds for step in path)
    return Option(moves(path), kinds, _sexes(path), way.half, older)


def _sexes(path: Path) -> tuple[str, ...]:
    """Of each person on the way, what either step tells, and that couples are of both sexes."""
    found = [path[0].origin.sex, *(step.to.sex for step in path)]
    for at, step in enumerate(path):
        found[at] = found[at] or step.origin.sex
    for at, step in enumerate(path):
        if step.move == ACROSS:
            found[at] = found[at] or OPPOSITE[found[at + 1]]
            found[at + 1] = found[at + 1] or OPPOSITE[found[at]]
    return tuple(found)


def _read(left: Path, right: Path, made: bool, half: bool | None = None) -> Iterator[_Way]:
    """All ways to read `left` then `right`; `made` says that right[0] was put there by a rule."""
    if not left or not right:
        if made and len(right) > 1:
            yield from _read(right[:1], right[1:], False, half)
        else:
            yield _Way(left + right, half)
        return
    one, two = left[-1], right[0]
    rule = declared().meetings.get(one.move + two.move, Meeting())
    by_birth = one.kinds == two.kinds == BIRTH_ONLY
    inner = len(left) > 1 or len(right) > 1
    if rule.same and inner and _may_be_one(one.origin, two.to):
        yield from _fallen_away(left, right, half)
        if rule.same_by_birth and by_birth and one.origin.sex and one.origin.sex == two.to.sex:
            return
    elif not inner and rule.same_by_birth and by_birth and _same_sex(one.origin, two.to):
        return
    couple = one.move + two.move == DOWN + UP and not _same_sex(one.origin, two.to)
    if rule.becomes and (couple or rule.becomes.move != ACROSS):
        kinds = _kinds(rule.becomes, one, two)
        step = Step(one.origin, rule.becomes.move, kinds, two.to)
        yield from _read(left[:-1], (step, *right[1:]), True, half)
    if rule.stays and (rule.stays_by_birth or not by_birth or not couple):
        yield from _stays(left, right, made, half)


def _fallen_away(left: Path, right: Path, half: bool | None) -> Iterator[_Way]:
    """Both ends of the two moves are one person: it is who both paths say it is."""
    one, two = left[-1].origin, right[0].to
    person = Who(
        one.sex or two.sex,
        one.older if one.older is not None else two.older,
        one.rank or two.rank,
        one.beside or two.beside,
    )
    before, after = left[:-1], right[1:]
    if before:
        before = (*before[:-1], before[-1]._replace(to=person))
    if after:
        after = (after[0]._replace(origin=person), *after[1:])
    yield from _read(before, after, False, half)


def _stays(left: Path, right: Path, made: bool, half: bool | None) -> Iterator[_Way]:
    one, two = left[-1], right[0]
    if made:
        yield from _read((*left, two), right[1:], False, half)
        return
    yield _Way(left + right, half)
    if one.move + two.move == UP + DOWN and "STEP" in one.kinds + two.kinds:
        yield _through_the_spouse(left, right)


def _through_the_spouse(left: Path, right: Path) -> _Way:
    """A stepchild is a child of the head's spouse, whose child the other may be too."""
    both = "STEP" in left[-1].kinds and "STEP" in right[0].kinds
    own = (left[-1]._replace(kinds=BIRTH_ONLY), right[0]._replace(kinds=BIRTH_ONLY))
    return _Way((*left[:-1], *own, *right[1:]), None if both else True)


def _kinds(becomes: Becomes, one: Step, two: Step) -> tuple[str, ...]:
    if becomes.kinds:
        return becomes.kinds
    stated = two.kinds if one.move == ACROSS else one.kinds
    found = [kind for each in stated for kind in becomes.kinds_of.get(each, (BIRTH,))]
    return tuple(dict.fromkeys(found))


def differ(one: str, other: str) -> bool:
    """Whether two sexes are known and not the same."""
    return bool(one and other and one != other)


def _same_sex(one: Who, other: Who) -> bool:
    return bool(one.sex) and one.sex == other.sex


def _may_be_one(one: Who, other: Who) -> bool:
    if differ(one.sex, other.sex):
        return False
    if one.older is None or other.older is None or one.beside != other.beside:
        return True
    return one.older == other.older
