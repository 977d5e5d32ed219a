"""Every relation of two persons that their ties support, nearest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product

from kinship.books import may_be_one
from kinship.lines import ACROSS, DOWN, UP, Line
from kinship.terms import name
from kinship.ties import GUARDIANSHIP, Status, Tie
from kinship.walk import LINES_MAX, meetings
from kinship.web import BY_DESCENT, Web, strongest, weakest

GENERATIONS_MAX = 64
"""So many generations up from either person; who is related further back is not found."""
_IN_LAW = frozenset(
    {(1, 0), (2, 0), (3, 0), (0, 1), (0, 2), (0, 3), (1, 1), (2, 1), (1, 2), (2, 2)}
)
"""Distances at which the spouse of a relative, or a relative of the spouse, has a name."""
_IN_LAW_GENERATIONS = max(max(distance) for distance in _IN_LAW)
_GUARDIAN = (("guardian", "监护人"), ("ward", "被监护人"))


@dataclass(frozen=True)
class Relation:
    """What the relative is to the subject; the path is one of those that say so.

    `base` is the term without kind; `up` and `down` are None for relations by marriage.
    """

    base: str
    term: str
    term_zh: str
    kind: str
    status: Status
    up: int | None
    down: int | None
    current: bool
    half: bool | None
    side: str
    ancestors: tuple[str, ...]
    people: tuple[str, ...]
    ties: tuple[Tie, ...]


@dataclass(frozen=True)
class _Way:
    line: Line
    ties: tuple[Tie, ...]
    ancestor: str | None


def relations(
    web: Web, subject: str, relative: str, generations: int = GENERATIONS_MAX
) -> list[Relation]:
    """All relations of the two, nearest first; the same person has none."""
    if subject == relative or not {subject, relative} <= web.humans.keys():
        return []
    found: dict[tuple[object, ...], Relation] = {}
    ways = (
        *_by_blood(web, subject, relative, generations),
        *_by_marriage(web, subject, relative),
        *_by_record(web, subject, relative),
    )
    for relation in (*_named(web, ways), *_guardians(web, subject, relative)):
        key = (relation.term, relation.term_zh, relation.up, relation.down, relation.kind)
        known = found.get(key)
        found[key] = relation if known is None else _joined(web, known, relation)
    return sorted(
        found.values(),
        key=lambda r: (len(r.ties), not r.current, r.status, r.term, r.term_zh, r.kind),
    )


def _joined(web: Web, one: Relation, other: Relation) -> Relation:
    """The same relation through several ancestors or records: the better carried one leads."""
    first = one if _carried(web, one, other) else other
    sides = {one.side, other.side} - {""}
    return replace(
        first,
        current=one.current or other.current,
        half=False if False in (one.half, other.half) else first.half,
        side=sides.pop() if len(sides) == 1 else "BOTH" if sides else "",
        ancestors=tuple(sorted({*one.ancestors, *other.ancestors})),
    )


def _carried(web: Web, one: Relation, other: Relation) -> bool:
    """Whether the one is carried as well as the other.

    By its status, then by its weakest tie, then by how many on the way are not recorded.
    """
    if one.status is not other.status:
        return strongest((one.status, other.status)) is one.status
    ours, theirs = (weakest(tie.status for tie in relation.ties) for relation in (one, other))
    if ours is not theirs:
        return strongest((ours, theirs)) is ours
    unknown, others = (
        sum(not web.humans[person].recorded for person in relation.people)
        for relation in (one, other)
    )
    return unknown <= others


def _named(web: Web, ways: Iterable[_Way]) -> Iterator[Relation]:
    for way in ways:
        term = name(way.line)
        if term is None:
            continue
        yield Relation(
            term.base,
            term.en,
            term.zh,
            term.kind,
            _status(web, way),
            way.line.up,
            way.line.down,
            way.line.holds,
            way.line.half,
            _side(way.line),
            (way.ancestor,) if way.ancestor else (),
            tuple(person.id for person in way.line.people),
            way.ties,
        )


def _status(web: Web, way: _Way) -> Status:
    """That of the weakest tie; siblings of whom only a book tells may be half-siblings.

    A tie whose kind is open proves none of its kinds.
    Where one of the two below the common ancestor is not recorded, they may be one person.
    """
    status = weakest(tie.status for tie in way.ties)
    if any(len(tie.kinds) > 1 for tie in way.ties):
        status = weakest((status, Status.CONSISTENT))
    apex = way.line.moves.find(UP + DOWN) + 1
    if apex:
        one, other = way.line.people[apex - 1], way.line.people[apex + 1]
        if may_be_one(one, other):
            status = weakest((status, Status.CONSISTENT))
    open_half = way.line.moves == UP + DOWN and way.line.half is None
    booked = any((tie.move, tie.origin, tie.to) in web.only_booked for tie in way.ties)
    return weakest((status, Status.CONSISTENT)) if open_half and booked else status


def _side(line: Line) -> str:
    """PATERNAL or MATERNAL, where the way begins with a parent and leads on."""
    if not line.moves.startswith(UP) or len(line.moves) < 2:
        return ""
    return {"MALE": "PATERNAL", "FEMALE": "MATERNAL"}.get(line.people[1].sex, "")


def _by_blood(web: Web, one: str, other: str, generations: int) -> Iterator[_Way]:
    for (up, down), ancestor, people in _paths(web, one, other, generations):
        half = _half(web, people, up) if up and down else None
        yield from _ways(web, people, UP * up + DOWN * down, half, ancestor)


def _paths(
    web: Web, one: str, other: str, generations: int
) -> Iterator[tuple[tuple[int, int], str, list[str]]]:
    """(up, down), common ancestor and persons of each way from one to the other by blood."""
    met = meetings(web, one, other, generations)
    for (up, down), ancestors in sorted(met.found.items()):
        for ancestor in sorted(ancestors):
            for ours, theirs in met.paths(up, down, ancestor):
                yield (up, down), ancestor, [*ours, *theirs[-2::-1]]


def _half(web: Web, people: Sequence[str], up: int) -> bool | None:
    """Whether the two below the common ancestor share one parent only; None where it is open."""
    one, other = web.by_descent(people[up - 1]), web.by_descent(people[up + 1])
    if people[up] not in one & other:
        return None
    if len(one & other) > 1:
        return False
    return True if len(one) > 1 and len(other) > 1 else None


def _ways(
    web: Web, people: Sequence[str], moves: str, half: bool | None, ancestor: str | None
) -> Iterator[_Way]:
    """The line along these persons, once for each kind of tie between them."""
    steps = [_between(web, people[at], people[at + 1], move) for at, move in enumerate(moves)]
    humans = tuple(web.humans[person] for person in people)
    for ties in islice(product(*steps), LINES_MAX):
        kinds = tuple(tie.kind for tie in ties)
        descends = all(kind in BY_DESCENT for kind in kinds)
        ended = tuple(tie.ended for tie in ties)
        yield _Way(Line(humans, moves, kinds, ended, half if descends else None), ties, ancestor)


def _between(web: Web, here: str, there: str, move: str) -> Sequence[Tie]:
    if move == UP:
        return web.parents[here][there]
    return web.children[here][there] if move == DOWN else web.spouses[here][there]


def _by_marriage(web: Web, one: str, other: str) -> Iterator[_Way]:
    ours, theirs = sorted(web.spouses.get(one, ())), sorted(web.spouses.get(other, ()))
    if other in ours:
        yield from _ways(web, (one, other), ACROSS, None, None)
    for spouse in ours:
        if spouse != other:
            yield from _in_law(web, (one,), spouse, other, ())
    for spouse in theirs:
        if spouse != one:
            yield from _in_law(web, (), one, spouse, (other,))
    for mine, yours in product(ours, theirs):
        if mine != yours and not {mine, yours} & {one, other}:
            yield from _in_law(web, (one,), mine, yours, (other,), only=frozenset({(1, 1)}))
    yield from _through_step(web, one, other)


def _by_record(web: Web, one: str, other: str) -> Iterator[_Way]:
    """A couple without a marriage. No line leads through one: it makes no in-law and no step."""
    people = (web.humans[one], web.humans[other])
    for tie in web.couples.get(frozenset((one, other)), ()):
        yield _Way(Line(people, ACROSS, tie.kinds, (tie.ended,)), (tie,), None)


def _in_law(
    web: Web,
    before: tuple[str, ...],
    one: str,
    other: str,
    after: tuple[str, ...],
    only: frozenset[tuple[int, int]] = _IN_LAW,
) -> Iterator[_Way]:
    """Blood lines between two persons, with a spouse before or behind them."""
    for (up, down), _, between in _paths(web, one, other, _IN_LAW_GENERATIONS):
        if (up, down) not in only or set(before + after) & set(between):
            continue
        if _own(web, before, between, after):
            continue
        moves = ACROSS * len(before) + UP * up + DOWN * down + ACROSS * len(after)
        half = _half(web, between, up) if up and down else None
        yield from _ways(web, [*before, *between, *after], moves, half, None)


def _own(web: Web, before: tuple[str, ...], between: Sequence[str], after: tuple[str, ...]) -> bool:
    """A spouse's child that is one's own, or a parent's spouse who is the other parent."""
    return bool(
        (before and web.is_parent(before[0], between[1]))
        or (after and web.is_parent(after[0], between[-2]))
    )


def _through_step(web: Web, one: str, other: str) -> Iterator[_Way]:
    """A marriage in the middle: step-siblings, step-grandparents and -children, co-parents."""
    for first, around in (
        (UP, web.parents.get(one, {})),
        (DOWN, web.children.get(one, {})),
    ):
        for near in sorted(around):
            for far in sorted(web.spouses.get(near, ())):
                if far in (one, other) or _tied(web, first, one, far):
                    continue
                for last, reached in ((UP, web.parents), (DOWN, web.children)):
                    if other not in reached.get(far, ()):
                        continue
                    if other in (near, one) or _tied(web, last, near, other):
                        continue
                    people = (one, near, far, other)
                    yield from _ways(web, people, first + ACROSS + last, None, None)


def _tied(web: Web, move: str, person: str, relative: str) -> bool:
    """Whether the relative is the person's own parent or child, as the move says."""
    if move == UP:
        return web.is_parent(relative, person)
    return web.is_parent(person, relative)


def _guardians(web: Web, one: str, other: str) -> Iterator[Relation]:
    for tie in web.guardians:
        if {tie.origin, tie.to} == {one, other}:
            en, zh = _GUARDIAN[0 if tie.origin == other else 1]
            former, before = ("former ", "前") if tie.ended else ("", "")
            term = (en, former + en, before + zh)
            yield Relation(
                *(*term, GUARDIANSHIP, tie.status, None, None, not tie.ended, None, ""),
                *((), (one, other), (tie,)),
            )
