"""Persons and families of a family tree as facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from graph.facts import EdgeFact, Fact, NodeFact, Value
from ingest.gedcom.index import death_of, descents
from ingest.gedcom.tree import Node, Notes, cited, date_of, pointer
from ingest.records import stated

_SEXES = {"M": "MALE", "F": "FEMALE", "U": "UNKNOWN", "N": "UNSTATED"}
_FORMER = {"birth", "maiden", "former", "née", "nee"}


@dataclass(frozen=True)
class Record:
    """One record: its tree, its cross-reference, and what is known from others."""

    register: str
    xref: str
    tree: Node
    known: dict[str, Any]
    notes: Notes = field(default_factory=Notes)

    def key(self, xref: str) -> str:
        """The node key of the person with the cross-reference."""
        return f"{self.register}:{xref}"

    def citation(self, *nodes: Node | None) -> str | None:
        """The sources cited by the first of the lines that cites any."""
        titles: dict[str, str] = self.known.get("titles", {})
        return next((words for node in nodes if (words := cited(node, titles))), None)

    def person(self, node: Node) -> str:
        """The key of the person that a line points to; anything else is set aside."""
        xref = pointer(node)
        if not xref:
            self.notes.leave_out(node, "VALUE_INVALID", "it points to no record")
        return self.key(xref) if xref else ""

    def parenthood(
        self, parent: str, child: str, kind: str, since: str | None, cites: str | None
    ) -> EdgeFact:
        """A parent of a child, by keys."""
        source = stated(self.register, self.xref, since, citation=cites)
        return EdgeFact("Parenthood", kind, "Person", parent, "Person", child, source, {})


def person_facts(record: Record) -> Iterator[Fact]:
    """Name and sex; birth; death; parents in families that do not name the person."""
    yield _node(record, record.tree, _described(record))
    birth = record.tree.first("BIRT")
    born = _event(record, birth, "birthDate", "birthPlace")
    if born:
        yield _node(record, birth, born)
    death = death_of(record.tree)
    if death:
        died = _event(record, death, "deathDate", "deathPlace") if _is_death(death) else {}
        yield _node(record, death, {**died, "deceased": True}, died.get("deathDate"))
    yield from _unlisted_parents(record)


def _is_death(event: Node) -> bool:
    return event.path == "INDI.DEAT"


def _node(
    record: Record, about: Node | None, fields: dict[str, Value], since: Value | None = None
) -> NodeFact:
    cites = record.citation(about, record.tree)
    source = stated(record.register, record.xref, str(since) if since else None, citation=cites)
    return NodeFact("Person", record.key(record.xref), source, fields)


def _described(record: Record) -> dict[str, Value]:
    names = [(name, _name(name)) for name in record.tree.all("NAME") if _name(name)]
    former = (text for name, text in names[1:] if name.text("TYPE").lower() in _FORMER)
    fields = {
        "name": names[0][1] if names else "",
        "formerName": next(former, ""),
        "sex": _sex(record),
        "nationality": record.tree.text("NATI"),
    }
    return {name: value for name, value in fields.items() if value}


def _name(node: Node) -> str:
    """The name without the slashes around the family name."""
    return " ".join(node.value.replace("/", " ").split())


def _sex(record: Record) -> str:
    node = record.tree.first("SEX")
    if node is None or not node.value.strip():
        return ""
    sex = _SEXES.get(node.value.strip().upper(), "")
    if not sex:
        record.notes.leave_out(node, "CODE_UNKNOWN", f"the sex is none of {', '.join(_SEXES)}")
    return sex


def _event(record: Record, event: Node | None, day: str, place: str) -> dict[str, Value]:
    found = {day: record.notes.date(event)}
    if place and event:
        found[place] = " ".join(event.text("PLAC").split())
    return {name: value for name, value in found.items() if value}


def _unlisted_parents(record: Record) -> Iterator[Fact]:
    couples: dict[str, list[list[str]]] = record.known.get("couples", {})
    for family, descent in descents(record.tree).items():
        if family not in couples:
            continue
        record.notes.remark(
            "FAMILY_ONE_SIDED", f"The record names family {family}, which does not name it."
        )
        for role, parent in couples[family]:
            if descent[role]:
                since = descent["since"] or date_of(record.tree.first("BIRT"))
                child = record.key(record.xref)
                yield record.parenthood(
                    record.key(parent), child, descent[role], since, descent["citation"]
                )


def family_facts(record: Record) -> Iterator[Fact]:
    """The marriage, or that the two are partners without one, and the parents of each child."""
    roles = {role: [record.person(n) for n in record.tree.all(role)] for role in ("HUSB", "WIFE")}
    spouses = [key for role in roles.values() for key in role if key]
    yield from unions(record, spouses)
    for child in record.tree.all("CHIL"):
        yield from _parents(record, roles, child)


def _parents(record: Record, roles: dict[str, list[str]], child: Node) -> Iterator[Fact]:
    key, xref = record.person(child), pointer(child)
    if not key:
        return
    descent: dict[str, Any] = record.known.get("descents", {}).get(xref, {})
    born = record.known.get("births", {}).get(xref)
    for role, parents in roles.items():
        kind = descent.get(role, "BIRTH")
        if kind is None:
            words = "how the child descends from the family is no known code (PEDI)"
            record.notes.leave_out(child, "CODE_UNKNOWN", words)
            return
        since = born if kind == "BIRTH" else descent.get("since")
        cites = record.citation(child, record.tree) if kind == "BIRTH" else descent.get("citation")
        for parent in filter(None, parents):
            yield record.parenthood(parent, key, kind, since, cites)


def unions(record: Record, spouses: list[str]) -> Iterator[Fact]:
    """The marriage that the record of a family states, else a couple; with its end."""
    tree = record.tree
    wedding = next((e for e in tree.all("MARR") if e.happened), None)
    end = next((e for e in tree.all("DIV", "ANUL") if e.happened), None)
    _leave_out_empty(record)
    if len(spouses) < 2:
        return
    married = wedding is not None or end is not None
    if not married:
        record.notes.remark("MARRIAGE_UNSTATED", "The family has two partners and no marriage.")
    start = record.notes.date(wedding)
    until, reason = _ended(record, end, start)
    if reason and not until:
        words = "the union is over, and neither record nor file has a date by which it was"
        record.notes.leave_out(end or tree, "VALUE_MISSING", words)
        return
    place = " ".join(wedding.text("PLAC").split()) if wedding else ""
    told = (("endReason", reason), ("place", place)) if married else ()
    fields: dict[str, Value] = {name: value for name, value in told if value}
    cites = record.citation(wedding, end, tree)
    source = stated(record.register, record.xref, start, until, citation=cites)
    for one, other in combinations(spouses, 2):
        relationship = "Marriage" if married else "Couple"
        yield EdgeFact(relationship, "", "Person", one, "Person", other, source, fields)


def _leave_out_empty(record: Record) -> None:
    for event in record.tree.all("MARR", "DIV", "ANUL"):
        if not event.happened and event.value.strip().upper() != "N":
            words = "the line does not say whether it happened: neither Y nor date nor place"
            record.notes.leave_out(event, "VALUE_MISSING", words)


def _ended(record: Record, end: Node | None, start: str | None) -> tuple[str | None, str]:
    """Since when the union is over, or known to be over, and why."""
    deaths: dict[str, str] = record.known.get("deaths", {})
    days = sorted(day for day in deaths.values() if day and not _before(day, start))
    if end is None:
        if not deaths:
            return None, ""
        return (days[0], "DEATH") if days else _known_by(record, start, "DEATH")
    reason = "ANNULMENT" if end.path == "FAM.ANUL" else "DIVORCE"
    day = record.notes.date(end)
    if day:
        return day, reason
    return (days[0], reason) if days else _known_by(record, start, reason)


def _known_by(record: Record, start: str | None, reason: str) -> tuple[str | None, str]:
    """The day on which the record, or else the file, was written; else that of the wedding."""
    written = (date_of(record.tree.first("CHAN")), record.known.get("dated"))
    until = next((d for d in written if d and not _before(d, start)), None) or start
    return until, reason


def _before(day: str, start: str | None) -> bool:
    """Certainly before, as precise as both are known."""
    shared = min(len(day), len(start or ""))
    return day[:shared] < (start or "")[:shared]
