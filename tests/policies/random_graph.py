"""A random graph with missing values, and its row attributes worked out in plain Python."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from random_policies import WORDS

from graph import spans
from graph.catalogue import model
from graph.conditions import Scalar
from graph.store import Store

TODAY = date.today().isoformat()
_DAYS = (
    None,
    "2000",
    "2001-05",
    "2002-05-05",
    TODAY[:4],
    TODAY[:7],
    TODAY,
    (date.today() + timedelta(1)).isoformat(),
    "2999-01-01",
)
_BIRTHS = (None, "1950", "1990-07", f"{int(TODAY[:4]) - 5}-02-03", str(int(TODAY[:4]) - 3))
_DEATHS = (None, "1990", "1990-07", TODAY, f"{int(TODAY[:4]) - 2}{TODAY[4:]}", "2010-12-31")
_UNTIL = (None, None, TODAY, "1999-01-01", "2999-01-01")
NOW = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
_TOMORROW = (datetime.now(UTC) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
_PAST = (
    "2020-05-05T08:00:00Z",
    (datetime.now(UTC) - timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M:%SZ"),
)
_CUSTODY = (None, None, "PARENT_1", "PARENT_2", "PARENTS_1_AND_2", "THIRD_PARTIES")
PARENTS = ("BIRTH_PARENT_OF", "ADOPTIVE_PARENT_OF", "STEP_PARENT_OF", "LEGAL_PARENT_OF")
_LABELS = {
    "ASSIGNED_TO": ("Case", "Caseworker"),
    "SUBJECT_OF_CASE": ("Person", "Case"),
    "GAVE_CONSENT": ("Person", "Consent"),
    "SUBJECT_OF_EMERGENCY": ("Person", "EmergencyAccess"),
    "EMERGENCY_OPENED_BY": ("EmergencyAccess", "Caseworker"),
}
Row = dict[str, Any]


@dataclass(frozen=True)
class Link:
    """A relationship with its properties."""

    type: str
    origin: str
    to: str
    data: Row


class RandomGraph:
    """Persons p0, p1, …, cases and caseworkers, with links between them."""

    def __init__(self, seed: int, people: int = 60) -> None:
        self._random = Random(seed)
        self.persons = {f"p{n}": self._person() for n in range(people)}
        self.cases = {f"c{n}": self._random.choice(WORDS) for n in range(12)}
        self.consents = {f"k{n}": self._consent() for n in range(people * 2)}
        self.accesses = {f"e{n}": self._access() for n in range(people // 2)}
        self.statements = {case: self._statements() for case in self.cases}
        self.withdrawals = {name: self._withdrawals() for name in self.consents}
        self.links = list(self._links())

    def _any(self, values: tuple[Any, ...]) -> Any:
        return self._random.choice(values)

    def _person(self) -> Row:
        until = {
            f"{name}Until": self._any(_UNTIL)
            for name in ("addressProtected", "underProtection", "staff")
        }
        return {
            "district": self._any((*WORDS, None)),
            "citizenNumber": self._any((*WORDS, None, None, None)),
            "birthDate": self._any(_BIRTHS),
            "deathDate": self._any(_DEATHS),
            "custody": self._any(_CUSTODY),
            **until,
        }

    def _period(self, certain: float = 0.5) -> Row:
        if self._random.random() < certain:
            return {"validFrom": None, "validTo": None, "recordedTo": None}
        recorded = self._any((None, None, None, f"{TODAY}T00:00:00Z"))
        return {
            "validFrom": self._any(_DAYS),
            "validTo": self._any(_DAYS),
            "recordedTo": recorded,
        }

    def _statements(self) -> list[Row]:
        return [
            {
                "state": self._any(("OPEN", "OPEN", "CLOSED", None)),
                "closedDate": self._any((None, None, None, "2003", "2999-01-01")),
                **self._period(0.6),
            }
            for _ in range(self._random.randint(0, 2))
        ]

    def _consent(self) -> Row:
        return {
            "consumer": self._any(("alpha", "beta")),
            "purpose": self._any(("one", "two")),
            "givenOn": self._any((*_DAYS, "2002-05-05", "2003-06-06", TODAY)),
        }

    def _access(self) -> Row:
        return {
            "openedAt": self._any((*_PAST, *_PAST, *_PAST, _TOMORROW)),
            "until": self._any((*_PAST, _TOMORROW, _TOMORROW, "2999-01-01T00:00:00Z", None)),
            "justified": self._any((None, None, None, True, False)),
            "withdrawn": self._any((None, None, None, None, True)),
        }

    def _withdrawals(self) -> list[Row]:
        if self._random.random() < 0.6:
            return []
        recorded = self._any((None, f"{TODAY}T00:00:00Z"))
        return [{"withdrawnOn": self._any(_DAYS), "recordedTo": recorded}]

    def _links(self) -> Iterator[Link]:
        people = list(self.persons)
        for _ in range(len(people) * 2):
            kind = self._any((*PARENTS, "GUARDIAN_OF", "MARRIED_TO"))
            data = self._period()
            if kind == "GUARDIAN_OF":
                data["scope"] = self._any((None, "FULL", "PROPERTY"))
            if kind in PARENTS:
                data["parentNumber"] = self._any((None, 1, 2))
            yield Link(kind, *self._random.sample(people, 2), data)
            fact = self._any((*PARENTS, "MARRIED_TO"))
            yield Link(f"{fact}_FACT", *self._random.sample(people, 2), self._period(0.8))
        for case in self.cases:
            for _ in range(3):
                yield Link("SUBJECT_OF_CASE", self._any(tuple(people)), case, self._period(0.7))
            yield Link("ASSIGNED_TO", case, self._any(WORDS), self._period(0.7))
        for access in self.accesses:
            yield Link("SUBJECT_OF_EMERGENCY", self._any(tuple(people)), access, self._period(0.8))
            yield Link("EMERGENCY_OPENED_BY", access, self._any(WORDS), self._period(0.8))
        for consent in self.consents:
            yield Link("GAVE_CONSENT", self._any(tuple(people)), consent, self._period(0.8))

    async def write(self, store: Store) -> None:
        """Into an empty graph."""
        rows = [{"id": name, **data} for name, data in self.persons.items()]
        stated = (*self.statements.items(), *self.withdrawals.items())
        said = [{"of": name, **s} for name, found in stated for s in found]
        cases = [{"id": case, "number": number} for case, number in self.cases.items()]
        accesses = [{"id": name, **data} for name, data in self.accesses.items()]
        consents = [{"id": name, **data} for name, data in self.consents.items()]
        statements: list[tuple[str, dict[str, Any]]] = [
            ("MATCH (n) DETACH DELETE n", {}),
            ("UNWIND $rows AS row CREATE (n:Person) SET n = row", {"rows": rows}),
            ("UNWIND $rows AS row CREATE (n:Case) SET n = row", {"rows": cases}),
            ("UNWIND $rows AS row CREATE (n:Consent) SET n = row", {"rows": consents}),
            ("UNWIND $rows AS row CREATE (n:EmergencyAccess) SET n = row", {"rows": accesses}),
            (
                "UNWIND $rows AS row CREATE (n:Caseworker {id: row, code: row})",
                {"rows": list(WORDS)},
            ),
            (
                "UNWIND $rows AS row MATCH (c:Case|Consent {id: row.of})"
                " CREATE (c)<-[:ABOUT]-(s:Statement)"
                " SET s = row",
                {"rows": said},
            ),
            *_derived_spans(),
        ]
        for kind in sorted({link.type for link in self.links}):
            origin, to = _LABELS.get(kind, ("Person", "Person"))
            found = [[k.origin, k.to, k.data] for k in self.links if k.type == kind]
            text = (
                f"UNWIND $rows AS row MATCH (a:{origin} {{id: row[0]}}), (b:{to} {{id: row[1]}})"
                f" CREATE (a)-[r:{kind}]->(b) SET r = row[2]"
            )
            statements.append((text, {"rows": found}))
        await store.write(statements)

    def attributes(
        self, caller: Mapping[str, Scalar | None], case: str | None, consumer: str, purpose: str
    ) -> dict[str, Row]:
        """By person: every attribute that is known."""
        number, worker = caller.get("person"), caller.get("worker")
        callers = [n for n, p in self.persons.items() if number and p["citizenNumber"] == number]
        related = self._relatives(callers) if callers else None
        wards = set[str]().union(*map(self._wards, callers)) if number else None
        clients = self._clients(worker, self.cases) if worker else None
        opened = self._opened(worker) if worker else None
        stated = {name: n for name, n in self.cases.items() if n == case}
        here = self._clients(worker, stated) if worker and case else None
        found: dict[str, Row] = {}
        for name, person in self.persons.items():
            row = {
                "district": person["district"],
                "citizenNumber": person["citizenNumber"],
                "minor": _minor(person["birthDate"]),
                "yearsSinceDeath": _years(person["deathDate"]),
                "callersRelative": None if related is None else name in related,
                "wardOfCaller": None if wards is None else name in wards,
                "inCallersCase": None if clients is None else name in clients,
                "openedByCaller": None if opened is None else name in opened,
                "inStatedCase": None if here is None else name in here,
                "consented": self._consented(name, consumer, purpose),
            }
            for field in ("addressProtected", "underProtection", "staff"):
                row[field] = bool(person[f"{field}Until"]) and person[f"{field}Until"] > TODAY
            found[name] = {key: value for key, value in row.items() if value is not None}
        return found

    def _consented(self, person: str, consumer: str, purpose: str) -> bool:
        given = (k for k in self.links if k.type == "GAVE_CONSENT" and k.origin == person)
        return any(
            _certainly(link.data)
            and (self.consents[link.to]["consumer"], self.consents[link.to]["purpose"])
            == (consumer, purpose)
            and len(self.consents[link.to]["givenOn"] or "") == 10
            and self.consents[link.to]["givenOn"] <= TODAY
            and not any(_counts(said) for said in self.withdrawals[link.to])
            for link in given
        )

    def _relatives(self, callers: list[str]) -> set[str]:
        facts = [k for k in self.links if k.type.endswith("_FACT") and not k.data["recordedTo"]]
        blood = [k for k in facts if not k.type.startswith("MARRIED")]
        return self._within(callers, blood, 3) | self._within(callers, facts, 2)

    @staticmethod
    def _within(start: list[str], links: list[Link], steps: int) -> set[str]:
        reached = set(start)
        for _ in range(steps):
            ends = {(k.origin, k.to) for k in links} | {(k.to, k.origin) for k in links}
            reached |= {to for origin, to in ends if origin in reached}
        return reached

    def _wards(self, carer: str) -> set[str]:
        now = [k for k in self.links if _certainly(k.data)]
        own = [k for k in now if k.origin == carer]
        acting = {k.to for k in own if k.type == "GUARDIAN_OF" and k.data["scope"] != "PROPERTY"}
        for tie in own:
            if tie.type in PARENTS and tie.type != "STEP_PARENT_OF" and self._has_custody(tie, now):
                acting.add(tie.to)
        return acting

    def _has_custody(self, tie: Link, now: list[Link]) -> bool:
        ward, carer = self.persons[tie.to], tie.origin
        maybe = [k for k in self.links if k.to == tie.to and _possibly(k.data)]
        married = [{k.origin, k.to} for k in now if k.type == "MARRIED_TO"]
        adopters = [k.origin for k in maybe if k.type == "ADOPTIVE_PARENT_OF"]
        replaced = any({adopter, carer} not in married for adopter in adopters)
        guarded = any(k.type == "GUARDIAN_OF" and k.data["scope"] != "PROPERTY" for k in maybe)
        place = tie.data["parentNumber"]
        granted = (None, "PARENTS_1_AND_2", f"PARENT_{place}" if place else None)
        return (
            _minor(ward["birthDate"]) is True
            and (tie.type == "ADOPTIVE_PARENT_OF" or not replaced)
            and not guarded
            and ward["custody"] in granted
        )

    def _clients(self, worker: Scalar, cases: Mapping[str, str]) -> set[str]:
        now = [k for k in self.links if _certainly(k.data)]
        given = {k.origin for k in now if k.type == "ASSIGNED_TO" and k.to == worker}
        opened = {case for case in given & set(cases) if self._is_open(case)}
        return {k.origin for k in now if k.type == "SUBJECT_OF_CASE" and k.to in opened}

    def _opened(self, worker: Scalar) -> set[str]:
        now = [k for k in self.links if _certainly(k.data)]
        own = {k.origin for k in now if k.type == "EMERGENCY_OPENED_BY" and k.to == worker}
        running = {access for access in own if _running(self.accesses[access])}
        return {k.origin for k in now if k.type == "SUBJECT_OF_EMERGENCY" and k.to in running}

    def _is_open(self, case: str) -> bool:
        said = self.statements[case]
        opened = any(s["state"] == "OPEN" and _certainly(s) for s in said)
        closed = any(
            _possibly(s)
            and (s["state"] not in ("OPEN", None) or (s["closedDate"] or "9999") <= TODAY)
            for s in said
        )
        return opened and not closed


def _derived_spans() -> Iterator[tuple[str, dict[str, Any]]]:
    """What a writing transaction would have stored of the statements."""
    for name, found in spans.turns(model().nodes["Case"]).items():
        stored = f"MATCH (n:Case) WITH n, {found} AS turns SET n.{name} = {spans.changes('turns')}"
        yield stored, {}


def _minor(born: str | None) -> bool | None:
    """Certainly under 18; a year alone stands before all of its days."""
    return None if born is None else born > f"{int(TODAY[:4]) - 18}{TODAY[4:]}"


def _years(died: str | None) -> int | None:
    if died is None:
        return None
    last = died + {4: "-12-31", 7: "-31"}.get(len(died), "")
    return int(TODAY[:4]) - int(last[:4]) - (TODAY[5:] < last[5:])


def _running(access: Row) -> bool:
    """Opened before now, ending after it, not found unjustified, and still believed."""
    lasts = access["until"] is not None and access["until"] > NOW
    found = access["justified"] is not False and access["withdrawn"] is None
    return access["openedAt"] <= NOW and lasts and found


def _counts(withdrawal: Row) -> bool:
    day = withdrawal["withdrawnOn"]
    return withdrawal["recordedTo"] is None and day is not None and day <= TODAY


def _certainly(period: Row) -> bool:
    start, end = period["validFrom"], period["validTo"]
    begun = start is None or (start <= TODAY and not (len(start) < 10 and TODAY.startswith(start)))
    return period["recordedTo"] is None and begun and (end is None or end > TODAY)


def _possibly(period: Row) -> bool:
    start, end = period["validFrom"], period["validTo"]
    lasts = end is None or end > TODAY or (len(end) < 10 and TODAY.startswith(end))
    return period["recordedTo"] is None and (start is None or start <= TODAY) and lasts
