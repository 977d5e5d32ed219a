"""Household books 户口簿 as evidence: what codes of GB/T 4761 say of two members, as ties.

A code is relative to the head of its book in its period. What two members who are not the head
are to each other follows from both codes, as far as the table of `compose` carries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations, permutations
from typing import NamedTuple

from kinship.books_between import Between, tie_of
from kinship.books_compose import compose, differ, options_among
from kinship.books_merge import Ledger, narrowed
from kinship.books_options import Cell, Option, status_of
from kinship.books_order import Elder, elder_of_two, undisputed
from kinship.books_paths import Path, Step, Who
from kinship.books_roles import Role, leads_one_way, roles, seen_from_members
from kinship.books_time import Entry, Sure, before, together
from kinship.lines import ACROSS, DOWN, UP
from kinship.ties import Human, Move, Status, Tie

__all__ = ["Booked", "Cell", "Entry", "Option", "compose", "may_be_one", "ties"]
ROLES_MAX = 200
"""Members around one head that are compared with each other; beyond it only with the head."""


class Booked(NamedTuple):
    """What books support: ties, the unrecorded persons who must stand between, who is the elder."""

    ties: list[Tie]
    unrecorded: list[Human]
    elders: frozenset[Elder]


def ties(entries: Iterable[Entry], day: str | None = None) -> Booked:
    """All that the books support.

    All ties of parenthood, whenever the books were kept: it does not begin or end with an entry.
    Nor does a marriage end with one; but a marriage that a book first shows after `day` is left
    out. Collective books are not for this: leave their entries out.
    """
    known = sorted(entries, key=lambda entry: (entry.book, entry.person, entry.fact))
    found = [role for role in roles(known) if not _too_late(role, day)]
    sexes = _sexes(known, found)
    ledger = Ledger()
    between = Between(ledger, sexes)
    near = [role for role in found if len(role.path) == 1]
    far = [role for role in found if len(role.path) > 1]
    for role in near:
        between.add(role)
    found += seen_from_members(near, {role.head for role in found})
    compared = _Compared()
    for tie in compared.of(found):
        ledger.add(tie)
    for role in _leading_one_way(far):
        between.add(role)
    for tie in compared.of([*found, *between.roles]):
        ledger.add(tie)
    for tie in list(_parents_of_siblings(ledger, between.humans)):
        ledger.add(tie)
    humans = [between.humans[id] for id in sorted(between.humans)]
    stated = (pair for two in _beside_one_head(found) for pair in elder_of_two(*two))
    elders = undisputed([*between.elders, *stated])
    return Booked(narrowed(ledger.ties(), sexes, between.humans), humans, elders)


def may_be_one(one: Human, other: Human) -> bool:
    """Whether two persons, one of them unrecorded at least, can be the same one.

    The unrecorded father of a grandson may be any son of the head. A line on which two children,
    or two parents, of one person may be the same is not proven by its ties alone.
    """
    return not differ(one.sex, other.sex) and not (one.recorded and other.recorded)


def _too_late(role: Role, day: str | None) -> bool:
    return role.across and day is not None and _after(role.entry.begins, day)


def _after(date: str | None, day: str) -> bool:
    return before(day, date) is Sure.YES


def _sexes(entries: Iterable[Entry], found: Iterable[Role]) -> dict[str, str]:
    """By the entries; where they do not say, by the codes."""
    sexes = {entry.person: entry.sex for entry in entries if entry.sex}
    for role in found:
        if role.path[-1].to.sex:
            sexes.setdefault(role.person, role.path[-1].to.sex)
    return sexes


def _leading_one_way(far: Sequence[Role]) -> list[Role]:
    """Without codes that leave open which way they go: nobody must exist for those."""
    single = [role for role in far if leads_one_way(role.entry.code)]
    return sorted(single, key=lambda role: len(role.path))


def _beside_one_head(found: Iterable[Role]) -> Iterator[tuple[Role, Role]]:
    """Every two members of each head, as far as there are not too many."""
    around: dict[str, list[Role]] = defaultdict(list)
    for role in found:
        around[role.head].append(role)
    for members in around.values():
        if len(members) <= ROLES_MAX:
            yield from combinations(members, 2)


class _Compared:
    """What the codes of two members beside one head say of the two, worked out once for each two.

    It keeps the roles that it compared, so that none takes another's place.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], tuple[Role, Role, list[Tie]]] = {}

    def of(self, found: Iterable[Role]) -> Iterator[Tie]:
        """Of every two, in order."""
        for one, other in _beside_one_head(found):
            key = (id(one), id(other))
            if key not in self._known:
                self._known[key] = (one, other, list(_between_members(one, other)))
            yield from self._known[key][2]


def _between_members(one: Role, other: Role) -> Iterator[Tie]:
    if one.person == other.person or one.member == other.member:
        return
    recorded = one.recorded and other.recorded
    if not (one.recorded or other.recorded) or not _comparable(one, other):
        return
    status, links = _said(one.ways, other.ways)
    if status is None or not links:
        return
    status = status if one.certain and other.certain else Status.CONSISTENT
    facts = tuple(sorted({*one.facts, *other.facts}))
    for move, kinds in links:
        if recorded or move != ACROSS:
            step = Step(Who(), move, kinds, Who())
            yield tie_of(step, one.person, other.person, status, facts)


@lru_cache(maxsize=1 << 16)
def _said(
    one: tuple[Path, ...], other: tuple[Path, ...]
) -> tuple[Status | None, tuple[tuple[str, tuple[str, ...]], ...]]:
    """How far the options carry, and those that are one move: the move and its kinds."""
    options = options_among(one, other)
    ways = {option.moves for option in options}
    step = bool({UP + ACROSS, ACROSS + DOWN} & ways)
    links = tuple(
        (
            option.moves,
            tuple(dict.fromkeys((*option.kinds[0], "STEP"))) if step else option.kinds[0],
        )
        for option in options
        if len(option.moves) == 1
    )
    return status_of(options), links


def _comparable(one: Role, other: Role) -> bool:
    """Descent is compared whenever the books were kept; over a marriage, only at one time."""
    if not (one.across or other.across):
        return True
    same = one.entry.book == other.entry.book
    return same and together(one.entry, other.entry) is not Sure.NO


def _parents_of_siblings(ledger: Ledger, unrecorded: Mapping[str, Human]) -> Iterator[Tie]:
    """A parent of one of two siblings may be the parent of the other, or married to that parent."""
    for shared in sorted(unrecorded):
        children = sorted(ledger.children[shared])
        for child, sibling in permutations(children, 2):
            for parent, tie in sorted(ledger.parents[sibling].items()):
                if parent not in unrecorded and child not in unrecorded:
                    kinds = tuple(dict.fromkeys((*tie.kinds, "BIRTH", "STEP")))
                    of_child = ledger.parents[child][shared].facts
                    facts = tuple(sorted({*tie.facts, *of_child}))
                    yield Tie(Move.PARENT, parent, child, kinds, Status.CONSISTENT, facts=facts)
