"""Who was born before whom by the codes of a book: first son and second son, elder brother."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kinship.books_options import older_beside
from kinship.books_paths import Step
from kinship.books_roles import Role

Elder = tuple[str, str]
"""Two persons: the first was born before the second."""


def elder_on_the_way(step: Step, passed: Sequence[str], there: str) -> Iterator[Elder]:
    """What a step to a brother or sister tells; passed last were the other child and a parent."""
    if step.to.older is not None:
        beside = passed[-2]
        yield (there, beside) if step.to.older else (beside, there)


def elder_of_two(one: Role, other: Role) -> Iterator[Elder]:
    """What two codes of one book beside one head tell of two members."""
    if one.entry.book != other.entry.book or not (one.certain and other.certain):
        return
    if one.person == other.person or not (one.recorded and other.recorded):
        return
    older = older_beside(one.path[-1].to, other.path[-1].to)
    if older is not None:
        yield (other.person, one.person) if older else (one.person, other.person)


def undisputed(stated: Iterable[Elder]) -> frozenset[Elder]:
    """Without pairs that are stated both ways round."""
    found = frozenset(stated)
    return frozenset(pair for pair in found if pair[::-1] not in found)
