"""The ties around persons, read from the graph: what the kinship engine works on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph import kin
from graph.catalogue import Catalogue
from kinship.books import Entry, ties
from kinship.ties import COUPLE, GUARDIANSHIP, MARRIAGE, PARTNERSHIP, Human, Move, Status, Tie
from kinship.web import Web
from runtime.errors import CitizengraphError

Read = Callable[[str, Mapping[str, Any]], Awaitable[list[dict[str, Any]]]]
_TIES = ("parents", "spouses", "guardians")
_FORMS = {"REGISTERED_PARTNERSHIP": PARTNERSHIP}


async def look_up(read: Read, words: Sequence[str], register: str) -> list[list[str]]:
    """Ids of the persons that each word stands for: an id, key, citizen or record number.

    A record's number may be written as GEDCOM writes it, @I1@.
    """
    given = [word.strip("@") for word in words]
    rows = await read(kin.resolve(), {"given": given, "register": register})
    return [row["ids"] for row in rows]


def only(word: str, ids: Sequence[str]) -> str:
    """The one person. Raises PERSON_UNKNOWN and NUMBER_AMBIGUOUS."""
    if not ids:
        raise CitizengraphError(
            "PERSON_UNKNOWN",
            f"{word!r} is no person of this graph.",
            "Give a citizen number, an id, or a record's number with --register.",
        )
    if len(ids) > 1:
        raise CitizengraphError(
            "NUMBER_AMBIGUOUS", f"{word!r} stands for {len(ids)} persons.", "Ask by id."
        )
    return ids[0]


@dataclass(frozen=True)
class Evidence:
    """The record behind a fact, and the period for which it holds."""

    register: str
    record: str
    begins: str | None
    ends: str | None


@dataclass(frozen=True)
class Around:
    """All that the records say around some persons.

    `starts` is the person at whom each fact starts, `registers` who states it. Names and evidence
    are there where they were read. `disputed` are facts that their register holds in doubt,
    `dead` persons of whom a death is recorded; `cut`: more are recorded than are followed.
    """

    web: Web
    starts: Mapping[str, str]
    registers: Mapping[str, str]
    disputed: frozenset[str]
    dead: frozenset[str]
    names: Mapping[str, str]
    evidence: Mapping[str, Evidence]
    cut: bool


async def read_around(
    read: Read, model: Catalogue, ids: Iterable[str], day: str, known: str = ""
) -> Around:
    """Ties and household books around these persons on a day, as known at a time: one statement."""
    reading = kin.Reading(known="$known" if known else "")
    asked = "MATCH (n:Person) WHERE n.id IN $ids WITH collect(n) AS asked\n"
    parameters = {"ids": sorted(set(ids)), "today": day} | ({"known": known} if known else {})
    return around(
        (await read(asked + kin.around(model, reading), parameters))[0]["around"], model, day
    )


def around(found: Mapping[str, Any], model: Catalogue, day: str) -> Around:
    """What `graph.kin.around` returned, as a web of ties."""
    humans = [_human(*row[:3]) for row in found["persons"]]
    kinds = {
        f"{stored}_FACT": kind for kind, stored in model.relationships["Parenthood"].types.items()
    }
    couples = {f"{stored}_FACT" for stored in model.relationships["Couple"].types.values()}
    registered = [
        *(_tie(Move.PARENT, kinds[row[1]], row) for row in found["parents"]),
        *(_tie(Move.SPOUSE, _union(row, couples), row) for row in found["spouses"]),
        *(_tie(Move.GUARDIAN, GUARDIANSHIP, row) for row in found["guardians"]),
    ]
    entries = [_entry(row) for row in found["entries"]]
    booked = ties(entries, day)
    met = {human.id for human in humans}
    members = {e.person: Human(e.person, e.sex, e.born) for e in entries if e.person not in met}
    named = [*((r[0], r[3]) for r in found["persons"]), *((r[1], r[8]) for r in found["entries"])]
    rows = [row for part in _TIES for row in found[part]]
    sources = {row[0]: row[-1] for row in [*rows, *found["entries"]]}
    return Around(
        Web(
            [*humans, *members.values(), *booked.unrecorded],
            registered,
            booked.ties,
            booked.elders,
        ),
        {row[0]: row[2] for row in rows} | {e.fact: e.person for e in entries},
        {fact: source[0] for fact, source in sources.items()},
        frozenset(row[0] for row in rows if row[5]),
        frozenset(row[0] for row in found["persons"] if row[4]),
        {person: name for person, name in named if name},
        {fact: Evidence(*source) for fact, source in sources.items() if len(source) > 1},
        found["cut"],
    )


def _human(person: str, sex: str | None, born: str | None) -> Human:
    return Human(person, sex if sex in ("FEMALE", "MALE") else "", born or "")


def _entry(row: Sequence[Any]) -> Entry:
    fact, person, book, code, begins, ends, sex, born = row[:8]
    human = _human(person, sex, born)
    return Entry(fact, person, book, code, begins, ends, sex=human.sex, born=human.born)


def _union(row: Sequence[Any], couples: Collection[str]) -> str:
    """The kind of a fact about spouses or partners, by its type and form."""
    return COUPLE if row[1] in couples else _FORMS.get(row[6], MARRIAGE)


def _tie(move: Move, kind: str, row: Sequence[Any]) -> Tie:
    fact, _, origin, to, ended = row[:5]
    return Tie(move, origin, to, (kind,), Status.PROVEN, ended, (fact,))
