"""Lists of relatives: who stands on them, which page is shown, and what that discloses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from graph.catalogue import Catalogue
from graph.problems import BadArgument
from graph.selection import EvidencePick, RelativesPick, TypePick
from kinship.groups import Relative, relatives
from resolvers.arguments import cursor
from resolvers.disclosed import Disclosed, sought
from resolvers.questions import asked_about, relation_fields
from resolvers.relatives import Around, around
from resolvers.rows import DENIED, Row

Map = Mapping[str, Any]


@dataclass
class Gathering:
    """The relatives of one person. `shown` are the fields of the answer that it may tell.

    `open`: every relation may be told, and every person's existence.
    """

    pick: RelativesPick
    subject: str
    around: Around
    shown: Sequence[str]
    between: bool
    open: bool
    persons: Mapping[str, Map] = field(default_factory=dict[str, Map])

    def _listed(self) -> list[Relative]:
        """Everybody who may be shown, in order."""
        if not self.subject:
            return []
        humans, pick = self.around.web.humans, self.pick
        unseen = {p for p, h in humans.items() if h.recorded and p not in self.persons}
        hidden = set[str]() if self.between else unseen - {self.subject}
        found = relatives(
            self.around.web, self.subject, pick.question, pick.within, self.around.dead, hidden
        )
        return found if self.open else [r for r in found if r.person in self.persons]

    @cached_property
    def page(self) -> tuple[list[Relative], bool]:
        """The page, and whether more follow. Raises BadArgument for a cursor of another list.

        Where not all is open, `persons` must have been read.
        """
        listed, page = self._listed(), self.pick.page
        start = 0
        if page.after is not None:
            at = [n for n, relative in enumerate(listed) if (relative.person,) == page.after]
            if not at:
                raise BadArgument(
                    "after is not a cursor of this list.", "Start from its first page."
                )
            start = at[0] + 1
        return listed[start : start + page.first], len(listed) > start + page.first

    def needs(self) -> EvidencePick | None:
        """What has to be read before the answer can be shown; None where nothing."""
        if not self.shown or not self.subject or (self.open and self.pick.persons is None):
            return None
        if self.open:
            return EvidencePick(self.pick, (), [relative.person for relative in self.page[0]])
        humans = self.around.web.humans.values()
        return EvidencePick(self.pick, (), sorted(h.id for h in humans if h.recorded))


def gather(
    catalogue: Catalogue, pick: RelativesPick, maps: Sequence[Map], today: str, seen: bool
) -> Gathering:
    """The person's relatives. Raises NUMBER_AMBIGUOUS.

    `seen`: everybody's existence may be known.
    """
    found, shown = asked_about(pick, maps)
    near = around(found["around"], catalogue, pick.moment.as_of or today)
    between = bool(found["_between"])
    subject = (found["subject"] or "") if shown else ""
    return Gathering(pick, subject, near, shown, between, between and seen)


def answer(
    gathering: Gathering, disclosed: Disclosed, person: Callable[[TypePick, Map], Row]
) -> Row:
    """The whole answer, and the account of what it discloses."""
    pick, shown = gathering.pick, gathering.shown
    page, more = gathering.page
    whole = {
        "relatives": lambda: [_relative(gathering, relative, person) for relative in page],
        "hasNextPage": lambda: more,
        "endCursor": lambda: cursor([page[-1].person]) if page else None,
        "complete": lambda: not gathering.around.cut,
    }
    values = {name: whole[name]() if name in shown else DENIED for name in pick.fields}
    subject = gathering.subject or sought(pick.subject.value)
    names = [f"{pick.question}.{name}" for name in shown]
    denied = [f"{pick.question}.{n}" for n in sorted(pick.fields) if n not in shown]
    disclosed.add(pick.answer, subject, names, denied)
    if "relatives" in shown:
        for relative in page:
            disclosed.add(pick.answer, f"{subject}:{relative.person}", names, ())
    return Row(pick.answer, values)


def _relative(
    gathering: Gathering, relative: Relative, person: Callable[[TypePick, Map], Row]
) -> Row:
    wanted, found = gathering.pick.persons, gathering.persons.get(relative.person)
    return Row(
        "Relative",
        {
            "person": person(wanted, found) if wanted and found else None,
            "degree": relative.rank,
            **relation_fields(relative.relation),
        },
    )
