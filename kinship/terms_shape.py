"""What a line is, before it has words: its kind, its parts, parents' spouses as parents."""

from __future__ import annotations

import re
from dataclasses import replace

from kinship.lines import ACROSS, DOWN, UP, Line
from kinship.ties import COUPLE, Human

STEP, FOSTER, ADOPTIVE, LEGAL, BIRTH = "STEP", "FOSTER", "ADOPTIVE", "LEGAL", "BIRTH"
BY_MARRIAGE = "MARRIAGE"
TURN = UP + DOWN
_NAMEABLE = re.compile("u*d*(m(u*d*))*")
# A parent's spouse is a step-parent, a spouse's child a stepchild; a spouse's spouse is neither.
_STEP_MARRIAGE = re.compile("(?<=u)m(?!m)|(?<!m)m(?=d)")
_DATE = re.compile(r"\d{1,4}(-\d{1,2}){0,2}")


def nameable(line: Line) -> bool:
    """Whether the line goes somewhere, and between marriages first up and then down."""
    return line.moves != "" and _NAMEABLE.fullmatch(line.moves) is not None


def with_step_parents(line: Line) -> Line:
    """The line with each spouse of a parent as a parent, and each child of a spouse as a child."""
    while found := _STEP_MARRIAGE.search(line.moves):
        line = _without_marriage(line, found.start())
    return line


def _without_marriage(line: Line, at: int) -> Line:
    """The two spouses become one person, and the step next to the marriage one of kind STEP."""
    before = at > 0 and line.moves[at - 1] == UP
    step, person = (at - 1, at) if before else (at + 1, at + 1)
    kinds, ended = list(line.kinds), list(line.ended)
    kinds[step] = STEP
    ended[step] = ended[step] or ended[at]
    del kinds[at], ended[at]
    return replace(
        line,
        people=line.people[:person] + line.people[person + 1 :],
        moves=line.moves[:at] + line.moves[at + 1 :],
        kinds=tuple(kinds),
        ended=tuple(ended),
    )


def part(line: Line, first: int, last: int) -> Line:
    """The piece between two persons of the line. It is half where the whole's only turn is."""
    moves = line.moves[first:last]
    whole = line.moves.count(TURN) == 1 and TURN in moves
    return Line(
        line.people[first : last + 1],
        moves,
        line.kinds[first:last],
        line.ended[first:last],
        line.half if whole else None,
    )


def kind_of(line: Line) -> str:
    """The kind of the whole line: that of the step that is furthest from birth."""
    for kind in (STEP, FOSTER, ADOPTIVE):
        if kind in line.kinds:
            return kind
    if COUPLE in line.kinds:
        return COUPLE
    if ACROSS in line.moves:
        return BY_MARRIAGE
    return LEGAL if LEGAL in line.kinds else BIRTH


def is_half(line: Line) -> bool:
    """Whether only one of two parents is shared, and it matters: step-siblings share none."""
    return line.half is True and TURN in line.moves and kind_of(line) not in (STEP, FOSTER)


def elder(one: Human, other: Human) -> bool | None:
    """Whether the one was born before the other; a book tells it where the dates leave it open."""
    for born, others in zip(_date(one.born), _date(other.born), strict=False):
        if born != others:
            return born < others
    if other.id in one.before:
        return True
    return False if one.id in other.before else None


def _date(text: str) -> list[int]:
    return [int(piece) for piece in text.split("-")] if _DATE.fullmatch(text) else []
