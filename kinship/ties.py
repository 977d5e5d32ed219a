"""What the records say of pairs of persons, as the engine takes it in. Pure data.

A tie is one elementary link: parenthood, marriage, guardianship. Everything else follows from
ties; what each of them rests on is kept with it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Status(StrEnum):
    """How far the records carry a statement."""

    PROVEN = "PROVEN"  # a register states it, and none says otherwise
    CONSISTENT = "CONSISTENT"  # the records allow it and do not prove it
    CONTRADICTED = "CONTRADICTED"  # a register states it, and another says otherwise


class Move(StrEnum):
    """What `origin` is to `to`: the parent, a spouse, the guardian."""

    PARENT = "PARENT"
    SPOUSE = "SPOUSE"
    GUARDIAN = "GUARDIAN"


PARENT_KINDS = ("BIRTH", "LEGAL", "ADOPTIVE", "STEP", "FOSTER")
"""Kinds of parenthood. LEGAL: the register does not say whether by birth or adoption."""
MARRIAGE, PARTNERSHIP, COUPLE = "MARRIAGE", "PARTNERSHIP", "COUPLE"
"""Kinds of a couple. COUPLE: a record joins the two and states no marriage."""
GUARDIANSHIP = "GUARDIANSHIP"


class Human(NamedTuple):
    """A person as far as relations need one.

    `sex` is FEMALE, MALE or empty; `born` is a date as precise as it is known: "1990",
    "1990-05", "1990-05-17" or empty. An unrecorded person stands for one who must exist (the
    parent of two siblings) and of whom there is no record. `before` are persons whom a household
    book states to be born later.
    """

    id: str
    sex: str = ""
    born: str = ""
    recorded: bool = True
    before: frozenset[str] = frozenset()


class Tie(NamedTuple):
    """One link. `kinds` holds more than one kind where the record leaves it open."""

    move: Move
    origin: str
    to: str
    kinds: tuple[str, ...]
    status: Status = Status.PROVEN
    ended: bool = False
    facts: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The kind, where it is only one; else the first that the record allows."""
        return self.kinds[0]
