"""Which lists can be loaded, and why the others cannot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ingest.brp.lists import PersonList
from ingest.brp.values import valid_bsn
from ingest.quarantine import Quarantined


@dataclass(frozen=True)
class Sorted:
    """Lists to load by citizen service number (BSN), and what is set aside whole."""

    lists: Mapping[str, PersonList]
    set_aside: tuple[Quarantined, ...]


def sort_lists(file: str, lists: Iterable[PersonList]) -> Sorted:
    """The first list with a number is loaded; a second one with it is never merged into it."""
    kept: dict[str, PersonList] = {}
    set_aside: list[Quarantined] = []
    for person in lists:
        number = person.rows[0].get("01.01.20", "")
        problem = _problem(person, number, kept)
        if problem is None:
            kept[number] = person
            continue
        code, reason = problem
        field = "" if code == "ROW_BROKEN" else "01.01.20"
        set_aside.append(
            Quarantined(file, person.row, person.label, field, number, code, reason, whole=True)
        )
    return Sorted(kept, tuple(set_aside))


def _problem(
    person: PersonList, number: str, kept: Mapping[str, PersonList]
) -> tuple[str, str] | None:
    if person.broken:
        return "ROW_BROKEN", person.broken
    if not number.strip():
        return "NUMBER_MISSING", "the list has no citizen service number"
    if not valid_bsn(number):
        return "NUMBER_INVALID", "the number is not nine digits that pass the eleven test"
    if number in kept:
        other = kept[number]
        return "NUMBER_REPEATED", f"list {other.label} in row {other.row} has the same number"
    return None
