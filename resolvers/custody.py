"""Who has custody: the records as the custody rules take them, and what the answer discloses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.catalogue import Catalogue
from graph.selection import CustodyPick, EvidencePick, TypePick
from kinship.custody import Adult, Couple, Custody, CustodyKind, Guardian, Minor, Parent, custody
from kinship.custody_words import undecided
from kinship.ties import MARRIAGE, PARTNERSHIP
from resolvers.disclosed import Disclosed, sought
from resolvers.questions import asked_about
from resolvers.rows import DENIED, Row

Map = Mapping[str, Any]
_STRONGER = ("ADOPTIVE", "BIRTH", "LEGAL")
_FORMS = {None: MARRIAGE, "MARRIAGE": MARRIAGE, "REGISTERED_PARTNERSHIP": PARTNERSHIP}


@dataclass(frozen=True)
class Record:
    """A record behind the answer: what it states, its provenance, and what it is accounted by.

    `source` is empty where the caller may not see the field of the person that it states.
    """

    states: str
    source: Map | None
    account: str


@dataclass
class Holding:
    """One question about custody and what was derived. `told`: the birth date may be seen."""

    pick: CustodyPick
    subject: str
    shown: Sequence[str]
    told: bool
    custody: Custody
    parents: frozenset[str]
    records: Mapping[str, Record]
    persons: Mapping[str, Map] = field(default_factory=dict[str, Map])

    def needs(self) -> EvidencePick | None:
        """What has to be read before the answer can be shown; None where nothing."""
        holders = self.custody.holders if "holders" in self.shown else ()
        if not holders or self.pick.persons is None:
            return None
        return EvidencePick(self.pick, (), holders)


def work_out(catalogue: Catalogue, pick: CustodyPick, maps: Sequence[Map], today: str) -> Holding:
    """Who has custody of the person. Raises NUMBER_AMBIGUOUS."""
    found, shown = asked_about(pick, maps)
    subject = (found["subject"] or "") if shown else ""
    told = bool(found["_told"])
    if not subject:
        return Holding(pick, "", shown, told, undecided("unknown"), frozenset(), {})
    stated = _Stated(catalogue, found["records"])
    answer = stated.custody(pick.moment.as_of or today)
    parents = frozenset(parent.id for parent in stated.parents())
    return Holding(pick, subject, shown, told, answer, parents, dict(stated.records()))


class _Stated:
    """What graph/cypher/custody.py read, in the words of the custody rules."""

    def __init__(self, catalogue: Catalogue, read: Map) -> None:
        stored = catalogue.relationships["Parenthood"].types
        self._kinds = {f"{name}_FACT": kind for kind, name in stored.items()}
        self._read = read
        self._persons = {row["id"]: row for row in read["persons"]}

    def custody(self, day: str) -> Custody:
        couples, guardians, partners = self._couples(), self._guardians(), self._partners()
        return custody(self._minor(), self.parents(), couples, guardians, day, partners)

    def records(self) -> Iterator[tuple[str, Record]]:
        """Every record by the id of its fact."""
        states = {"parents": "Parenthood", "couples": "Marriage", "guardians": "Guardianship"}
        for part, relationship in states.items():
            for row in self._read[part]:
                yield row["fact"], Record(relationship, row["source"], row["fact"])
        states = {"custody": "custody", "ward": "underGuardianship", "death": "deathDate"}
        for row in (self._read["minor"], *self._read["persons"]):
            for part, name in states.items():
                found = row.get(part)
                if found:
                    yield found["fact"], Record(f"Person.{name}", found["source"], row["id"])

    def parents(self) -> list[Parent]:
        """Each parent once, by the record that says most of them."""
        by_person: dict[str, list[Map]] = {}
        for row in self._read["parents"]:
            by_person.setdefault(row["id"], []).append(row)
        return [self._parent(rows) for rows in by_person.values()]

    def _parent(self, rows: Sequence[Map]) -> Parent:
        kinds = {row["fact"]: self._kinds[row["type"]] for row in rows}
        ranked = sorted(rows, key=lambda row: (_rank(kinds[row["fact"]]), not row["number"]))
        since = next((row["since"] for row in ranked if row["since"]), "")
        number = next((row["number"] for row in ranked if row["number"]), 0)
        sex = self._persons[ranked[0]["id"]]["sex"] or ""
        kind = kinds[ranked[0]["fact"]]
        return Parent(**self._adult(ranked[0]), place=number, kind=kind, sex=sex, since=since)

    def _minor(self) -> Minor:
        row = self._read["minor"]
        person = self._persons[row["id"]]
        stated: Map = row["custody"] or {"value": "", "fact": "", "since": None}
        return Minor(
            row["id"],
            person["born"] or "",
            row["scheme"] or "",
            stated["value"],
            stated["since"] or "",
            stated["fact"],
            person["dead"],
            row["abroad"],
        )

    def _couples(self) -> list[Couple]:
        """Every union of a parent once, though both lists state it."""
        found: dict[tuple[object, ...], Couple] = {}
        for row in self._read["couples"]:
            kind = _FORMS.get(row["form"])
            if kind is None:
                continue
            begins, ends = row["begins"] or "", row["ends"] if row["ended"] else ""
            one, other = sorted((row["parent"], row["id"]))
            couple = Couple(one, other, kind, begins, ends or "", row["ended"], row["fact"])
            found.setdefault((one, other, kind, begins, couple.ends), couple)
        return list(found.values())

    def _guardians(self) -> list[Guardian]:
        found = {row["id"]: row for row in reversed(self._read["guardians"])}
        return [Guardian(**self._adult(row), basis=row["basis"] or "") for row in found.values()]

    def _partners(self) -> list[Adult]:
        parents = {row["id"] for row in self._read["parents"]}
        found = {row["id"]: row for row in self._read["couples"] if row["id"] not in parents}
        return [Adult(**self._adult(row)) for row in found.values()]

    def _adult(self, row: Map) -> dict[str, Any]:
        person = self._persons[row["id"]]
        state = person["death"] if person["dead"] else person["ward"]
        return {
            "id": row["id"],
            "fact": row["fact"],
            "born": person["born"] or "",
            "deceased": person["dead"],
            "under_guardianship": bool(person["ward"] and person["ward"]["value"]),
            "state_fact": state["fact"] if state else "",
        }


def _rank(kind: str) -> int:
    return _STRONGER.index(kind) if kind in _STRONGER else len(_STRONGER)


def answer(
    catalogue: Catalogue,
    holding: Holding,
    disclosed: Disclosed,
    person: Callable[[TypePick, Map], Row],
) -> Row:
    """The whole answer, and the account of what it discloses."""
    pick, shown, derived = holding.pick, holding.shown, holding.custody
    values: dict[str, Any] = dict.fromkeys(pick.fields, DENIED)
    whole: dict[str, Callable[[Custody], Any]] = {
        "kind": lambda found: found.kind.value,
        "reason": lambda found: found.reason,
        "reasonZh": lambda found: found.reason_zh,
        "missing": lambda found: found.missing or None,
        "missingZh": lambda found: found.missing_zh or None,
        "holders": lambda found: _holders(holding, found, person),
        "evidence": lambda found: _evidence(catalogue, holding, found, disclosed),
    }
    values |= {name: whole[name](derived) for name in shown}
    subject = holding.subject or sought(pick.subject.value)
    denied = [f"{pick.question}.{n}" for n in sorted(pick.fields) if n not in shown]
    disclosed.add(pick.answer, subject, [f"{pick.question}.{name}" for name in shown], denied)
    return Row(pick.answer, values)


def _holders(holding: Holding, found: Custody, person: Callable[[TypePick, Map], Row]) -> list[Row]:
    """Those who hold it. Of a third party whom a court named and the records do not: no person."""
    rows: list[Row] = []
    wanted = holding.pick.persons
    for name in found.holders:
        role = "PARENT" if name in holding.parents else "THIRD_PARTY"
        read = holding.persons.get(name)
        shown = person(wanted, read) if wanted and read else None
        rows.append(Row("CustodyHolder", {"role": role, "person": shown}))
    third = found.kind in (CustodyKind.JOINT, CustodyKind.GUARDIAN)
    if third and holding.parents.issuperset(found.holders):
        rows.append(Row("CustodyHolder", {"role": "THIRD_PARTY", "person": None}))
    return rows


def _evidence(
    catalogue: Catalogue, holding: Holding, found: Custody, disclosed: Disclosed
) -> list[Row]:
    """The records that may be seen; without what would tell a birth date that may not."""
    reveals = catalogue.relationships["Parenthood"].reveals
    dates = set(reveals.by if reveals and not holding.told else ()) & catalogue.provenance.keys()
    rows: list[Row] = []
    for record in (holding.records[fact] for fact in found.facts):
        kind, _, stated = record.states.partition(".")
        if record.source is None:
            disclosed.add(kind, record.account, (), [stated])
            continue
        hidden = dates if kind == "Parenthood" else frozenset[str]()
        source = {n: DENIED if n in hidden else value for n, value in record.source.items()}
        rows.append(Row("CustodyEvidence", {"states": record.states, **source}))
        wanted = [stated] if stated else sorted(holding.pick.evidence)
        shown = [name for name in wanted if name not in hidden]
        disclosed.add(kind, record.account, shown, [name for name in wanted if name in hidden])
    return rows
