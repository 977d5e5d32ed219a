"""Who stands how to whom by the books: each member's path from a head, and how sure that is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, reduce
from typing import NamedTuple

from kinship.books_paths import HEADS, Path, Step, Who, moves, paths, reversed_path
from kinship.books_time import Entry, Sure, before, together
from kinship.lines import ACROSS


class Role(NamedTuple):
    """`person` stands at the end of `path` from `head`, by these facts.

    `certain`: the book had no other head to whom the code could refer, and the code has one path.
    `member` is whose entry it is: another than `person` where that is an unrecorded person on
    the way. `ways` are the paths that `path` leaves open: the same moves over other persons.
    """

    head: str
    person: str
    path: Path
    certain: bool
    facts: tuple[str, ...]
    entry: Entry
    member: str
    ways: tuple[Path, ...]
    recorded: bool = True

    @property
    def across(self) -> bool:
        """Whether the path leads over a marriage."""
        return leads_across(self.path)


@lru_cache(maxsize=4096)
def leads_across(path: Path) -> bool:
    """Whether a path leads over a marriage."""
    return ACROSS in moves(path)


def roles(entries: Iterable[Entry]) -> list[Role]:
    """The roles of all members of all books, beside every head that their codes may refer to."""
    books: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        books[entry.book].append(entry)
    return [role for book in books.values() for role in _roles_of_book(book)]


def seen_from_members(found: Sequence[Role], heads: Iterable[str]) -> list[Role]:
    """What a head is to a member who is a head elsewhere: the nearest roles, turned around."""
    known = set(heads)
    return [_turned(role) for role in found if len(role.path) == 1 and role.person in known]


def _turned(role: Role) -> Role:
    way = reversed_path(role.path)
    turned = role._replace(head=role.person, person=role.head, member=role.head)
    return turned._replace(path=way, ways=(way,))


def _roles_of_book(book: Sequence[Entry]) -> list[Role]:
    found: list[Role] = []
    sexes = {entry.person: entry.sex for entry in book if entry.sex}
    for entry in book:
        by_moves = _by_moves(entry.code)
        if entry.code in HEADS or not by_moves:
            continue
        beside = _heads_beside(entry, book)
        certain = len(by_moves) == 1 and _certain(entry, beside, book)
        for head, of_head in beside.items():
            facts = tuple(sorted({entry.fact, *(other.fact for other in of_head)}))
            for ways, path in _ways(entry.code, sexes.get(head, ""), entry.sex):
                who = entry.person
                found.append(Role(head, who, path, certain, facts, entry, who, ways))
    return found


@lru_cache(maxsize=4096)
def _ways(code: str, of_head: str, of_member: str) -> tuple[tuple[tuple[Path, ...], Path], ...]:
    """The paths of a code by their moves, with what the entries tell of sexes; and all as one."""
    found = (tuple(_with_sexes(w, of_head, of_member) for w in ways) for ways in _by_moves(code))
    return tuple((ways, _opened(ways)) for ways in found)


@lru_cache(maxsize=256)
def _by_moves(code: str) -> tuple[tuple[Path, ...], ...]:
    found: dict[str, list[Path]] = defaultdict(list)
    for way in paths(code):
        found[moves(way)].append(way)
    return tuple(tuple(ways) for ways in found.values())


def leads_one_way(code: str) -> bool:
    """Whether all paths of a code have the same moves."""
    return len(_by_moves(code)) == 1


def _opened(ways: Iterable[Path]) -> Path:
    """One path for several of the same moves: what they differ in is left open."""
    return reduce(lambda one, other: tuple(map(_open_step, one, other)), ways)


def _open_step(one: Step, other: Step) -> Step:
    origin = one.origin if one.origin == other.origin else Who()
    return one._replace(origin=origin, to=one.to if one.to == other.to else Who())


def _heads_beside(entry: Entry, book: Iterable[Entry]) -> Mapping[str, list[Entry]]:
    """The heads whose time as the head may have met the entry's."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for other in book:
        if other.code not in HEADS or other.person == entry.person:
            continue
        if together(entry, other) is not Sure.NO:
            found[other.person].append(other)
    return found


def _certain(entry: Entry, beside: Mapping[str, list[Entry]], book: Sequence[Entry]) -> bool:
    """Whether the code can only refer to one head."""
    if len(beside) != 1:
        return False
    ((head, of_head),) = beside.items()
    if len({other.person for other in book if other.code in HEADS}) > 1 and not any(
        together(entry, other) is Sure.YES for other in of_head
    ):
        return False
    return not _began_under_another(entry, head, of_head, book)


def _began_under_another(
    entry: Entry, head: str, of_head: Iterable[Entry], book: Iterable[Entry]
) -> bool:
    """Whether the head was an ordinary member first, and the code may be from that time."""
    was_member = any(other.person == head and other.code not in HEADS for other in book)
    return was_member and all(
        before(other.begins, entry.begins) is not Sure.YES and other.begins != entry.begins
        for other in of_head
    )


def _with_sexes(path: Path, of_head: str, of_member: str) -> Path:
    """Where the code leaves the sex of the head or of the member open, the entries tell it."""
    first = path[0]
    if of_head and not first.origin.sex:
        path = (first._replace(origin=first.origin._replace(sex=of_head)), *path[1:])
    last = path[-1]
    if of_member and not last.to.sex:
        path = (*path[:-1], last._replace(to=last.to._replace(sex=of_member)))
    return path
