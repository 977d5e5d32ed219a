"""What b can be to a: one possible relation, a cell of the table, and readings put together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kinship.books_paths import Path, Who, moves
from kinship.lines import DOWN, TURNED, UP
from kinship.ties import COUPLE, MARRIAGE, PARENT_KINDS, PARTNERSHIP, Status

_KINDS = (*PARENT_KINDS, MARRIAGE, PARTNERSHIP, COUPLE)


@dataclass(frozen=True)
class Option:
    """One possible relation of b to a, as a way from a to b.

    `kinds` holds for each move the kinds that are possible. `sexes` are those of the persons on
    the way, a and b included. `half` is True where only one parent is shared. `older` says of
    brothers and sisters whether b is the older one.
    """

    moves: str
    kinds: tuple[tuple[str, ...], ...]
    sexes: tuple[str, ...]
    half: bool | None = None
    older: bool | None = None

    def reversed(self) -> Option:
        """What a is to b."""
        return Option(
            "".join(TURNED[move] for move in reversed(self.moves)),
            self.kinds[::-1],
            self.sexes[::-1],
            self.half,
            None if self.older is None else not self.older,
        )


@dataclass(frozen=True)
class Cell:
    """What b is to a: `status` is None where the codes say nothing.

    PROVEN has one option, and one kind of each step. `excluded` is said of two codes that no two
    members of one book can have beside one head.
    """

    status: Status | None
    options: tuple[Option, ...] = ()
    excluded: bool = False


def status_of(options: tuple[Option, ...]) -> Status | None:
    """How far the options carry; None where there is none."""
    if not options:
        return None
    only = len(options) == 1 and all(len(kinds) == 1 for kinds in options[0].kinds)
    return Status.PROVEN if only else Status.CONSISTENT


def older_one(path_a: Path, path_b: Path) -> bool | None:
    """Whether b was born before a; None where the codes do not say."""
    a = path_a[-1].to if path_a else None
    b = path_b[-1].to if path_b else None
    if a is None or b is None:
        who = b or a
        stated = None if who is None else who.older
        return stated if b is not None or stated is None else not stated
    stated = older_beside(a, b)
    return _beside_each_other(a, b, path_a, path_b) if stated is None else stated


def older_beside(a: Who, b: Who) -> bool | None:
    """Whether b was born before a: counted among the same children, or one on each side of one."""
    if a.beside != b.beside:
        return None
    if a.rank and b.rank and a.rank != b.rank:
        return b.rank < a.rank
    if a.older is None or b.older is None or a.older == b.older:
        return None
    return b.older


def _beside_each_other(a: Who, b: Who, path_a: Path, path_b: Path) -> bool | None:
    """Of an uncle and the father whose brother he is, the uncle's code says who is older."""
    if b.older is not None and moves(path_b) == moves(path_a) + UP + DOWN:
        return b.older
    if a.older is not None and moves(path_a) == moves(path_b) + UP + DOWN:
        return not a.older
    return None


def in_order(kinds: Iterable[str]) -> tuple[str, ...]:
    """Each kind once, nearest to birth or marriage first."""
    return tuple(sorted(set(kinds), key=_KINDS.index))


def joined(options: Iterable[Option]) -> tuple[Option, ...]:
    """One option for each way; what differs between readings of one way is left open."""
    found: dict[tuple[str, bool | None], Option] = {}
    for option in options:
        key = (option.moves, option.half)
        found[key] = _join(found[key], option) if key in found else option
    return tuple(sorted(found.values(), key=lambda o: (len(o.moves), o.moves, o.half is True)))


def _join(one: Option, other: Option) -> Option:
    return Option(
        one.moves,
        tuple(in_order(a + b) for a, b in zip(one.kinds, other.kinds, strict=True)),
        tuple(a if a == b else "" for a, b in zip(one.sexes, other.sexes, strict=True)),
        one.half,
        one.older if one.older == other.older else None,
    )
