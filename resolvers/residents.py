"""Who shares or shared a home with a person: the page that was read, and what it discloses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.selection import EvidencePick, ResidentsPick, TypePick
from resolvers.arguments import cursor
from resolvers.disclosed import Disclosed, sought
from resolvers.questions import asked_about
from resolvers.rows import DENIED, Row

Map = Mapping[str, Any]


@dataclass
class Residents:
    """A page of co-residents. `shown` are the fields of the answer that it may tell."""

    pick: ResidentsPick
    subject: str
    shown: Sequence[str]
    rows: Sequence[Map]
    more: bool
    cut: bool

    def needs(self) -> EvidencePick | None:
        """Nothing: all was read with the page."""
        return None


def work_out(pick: ResidentsPick, maps: Sequence[Map]) -> Residents:
    """The page. Raises NUMBER_AMBIGUOUS."""
    found, shown = asked_about(pick, maps)
    subject = (found["subject"] or "") if shown else ""
    rows: Sequence[Map] = found["rows"] if subject else []
    first = pick.page.first
    return Residents(pick, subject, shown, rows[:first], len(rows) > first, bool(found["cut"]))


def answer(
    residents: Residents, disclosed: Disclosed, person: Callable[[TypePick, Map], Row]
) -> Row:
    """The whole answer, and the account of what it discloses."""
    pick, shown, rows = residents.pick, residents.shown, residents.rows
    whole: Mapping[str, Callable[[], Any]] = {
        "residents": lambda: [_resident(pick, row, person) for row in rows],
        "hasNextPage": lambda: residents.more,
        "endCursor": lambda: cursor(rows[-1]["cursor"]) if rows else None,
        "complete": lambda: not residents.cut,
    }
    values = {name: whole[name]() if name in shown else DENIED for name in pick.fields}
    subject = residents.subject or sought(pick.subject.value)
    names = [f"{pick.question}.{name}" for name in shown]
    denied = [f"{pick.question}.{n}" for n in sorted(pick.fields) if n not in shown]
    disclosed.add(pick.answer, subject, names, denied)
    if "residents" in shown:
        for row in rows:
            disclosed.add(pick.answer, f"{subject}:{row['person']['_id']}", names, ())
    return Row(pick.answer, values)


def _resident(pick: ResidentsPick, row: Map, person: Callable[[TypePick, Map], Row]) -> Row:
    return Row(
        "CoResident",
        {
            "person": person(pick.persons, row["person"]) if pick.persons else None,
            "shares": row["shares"],
            "current": row["current"],
            "sharedFrom": row["from"],
            "sharedTo": row["to"],
            "registers": row["registers"],
        },
    )
