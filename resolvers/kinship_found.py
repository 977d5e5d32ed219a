"""What is recorded around two persons, and what of it an answer may rest on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kinship.relations import Relation, relations
from kinship.ties import Move, Status, Tie
from kinship.web import BY_DESCENT
from resolvers.relatives import Around


@dataclass(frozen=True)
class Found:
    """Two persons, what is recorded around them, and every relation of theirs.

    An id is empty where the reference stands for nobody; `seen` says whether the caller may know
    of the person, `between` whether they may be told of a relation through somebody hidden.
    """

    subject: str
    relative: str
    subject_seen: bool
    relative_seen: bool
    between: bool
    around: Around
    relations: tuple[Relation, ...]


def find(
    around: Around, subject: str, relative: str, seen: tuple[bool, bool], between: bool = False
) -> Found:
    """All relations of the two."""
    related = relations(around.web, subject, relative) if subject and relative else []
    return Found(subject, relative, *seen, between, around, tuple(related))


def is_open(tie: Tie) -> bool:
    """Whether the records leave open that it is there, or of which kind it is."""
    return tie.status is not Status.PROVEN or len(tie.kinds) > 1


def rivals(found: Found, tie: Tie) -> list[Tie]:
    """What other records state in the place of a contradicted parent."""
    if tie.status is not Status.CONTRADICTED or tie.move is not Move.PARENT:
        return []
    humans = found.around.web.humans
    return [
        other
        for parent, ties in found.around.web.parents.get(tie.to, {}).items()
        for other in ties
        if parent != tie.origin
        and other.status is Status.CONTRADICTED
        and humans[parent].sex == humans[tie.origin].sex
    ]


def registers(found: Found, ties: Iterable[Tie]) -> str:
    """The registers behind the ties, in words."""
    around = found.around
    stated = (
        f"{around.registers[fact]}{' (in doubt there)' if fact in around.disputed else ''}"
        for tie in ties
        for fact in tie.facts
    )
    return ", ".join(dict.fromkeys(stated))


@dataclass(frozen=True)
class Parent:
    """`closed`: the register states all parents that there are in law."""

    id: str
    sex: str
    closed: bool


def parents(found: Found, child: str) -> list[Parent]:
    """By birth or in law: who adopted a child says nothing of who bore it."""
    web = found.around.web
    return [
        Parent(parent, web.humans[parent].sex, tie.kind == "LEGAL")
        for parent, ties in web.parents.get(child, {}).items()
        for tie in ties
        if not is_open(tie) and tie.kind in BY_DESCENT and web.humans[parent].recorded
    ]


def filled(known: Sequence[Parent], sex: str) -> bool:
    """Whether a parent of that sex is recorded, or the register states all there are."""
    return any(parent.closed or parent.sex == sex for parent in known)


def complete(known: Sequence[Parent]) -> bool:
    """Whether both parents are recorded, or the register states all there are."""
    closed = any(parent.closed for parent in known)
    return closed or len({parent.id for parent in known}) > 1
