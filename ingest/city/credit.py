"""Credit records of companies and people of the city."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from graph.facts import EdgeFact, NodeFact, Value
from ingest.city.clock import TODAY, after_years, iso
from ingest.city.districts import DISTRICTS
from ingest.city.entities import COMPANY, Entities
from ingest.city.entity_facts import entity_key
from ingest.city.offices import Offices
from ingest.city.papers import Registry
from ingest.city.statements import source

_T = TypeVar("_T")
REGISTER = "credit"
COMPANIES_SHARE, PEOPLE_SHARE = 0.06, 0.01
LEAST = 3
REPAIRED_EACH, OBJECTED_EACH = 5, 9


@dataclass(frozen=True)
class _Sort:
    """What a record rests on, for how many years it is published, which function issues it."""

    kind: str
    basis: str
    years: int
    issuer_of: str = ""


OF_COMPANIES = (
    _Sort("COMMENDATION", "《纳税信用管理办法》第十八条", 1),
    _Sort("PENALTY", "《中华人民共和国食品安全法》第一百二十二条", 3, "FOOD_BUSINESS_LICENCE"),
    _Sort("BREACH", "《市场监督管理严重违法失信名单管理办法》第二条", 3, "BUSINESS_LICENCE"),
)
OF_PEOPLE = (
    _Sort("COMMENDATION", "《志愿服务条例》第三十二条", 5, "MARRIAGE_CERTIFICATE"),
    _Sort("PENALTY", "《中华人民共和国道路交通安全法》第九十一条", 3, "DRIVING_LICENCE"),
    _Sort("COURT_ORDER", "《关于公布失信被执行人名单信息的若干规定》第一条", 2),
)


class CreditFacts:
    """Each record, whom it is about and, where the city has it, the authority that issued it."""

    def __init__(self, entities: Entities, offices: Offices, registry: Registry, seed: str) -> None:
        self._entities = entities
        self._people = offices.registered
        self._papers, self._tag = registry.papers, registry.tag
        self._seed = seed

    def __iter__(self) -> Iterator[NodeFact | EdgeFact]:
        random = Random(f"{self._seed}:credit")
        companies = [e for e in self._entities.own if e.kind == COMPANY and e.dissolved is None]
        about = [
            *(("LegalEntity", entity_key(e)) for e in _some(random, companies, COMPANIES_SHARE)),
            *(("Person", self._papers[p].key) for p in _some(random, self._people, PEOPLE_SHARE)),
        ]
        for n, subject in enumerate(about):
            sorts = OF_PEOPLE if subject[0] == "Person" else OF_COMPANIES
            yield from self._record(random, n, sorts[n % len(sorts)], subject)

    def _record(
        self, random: Random, n: int, sort: _Sort, subject: tuple[str, str]
    ) -> Iterator[NodeFact | EdgeFact]:
        issued = TODAY - random.randrange(60, 1000)
        district = random.randrange(len(DISTRICTS))
        number = f"XY{DISTRICTS[district].code}{self._tag}{n:06d}"
        key, origin = f"credit:{number}", source(REGISTER, number, issued)
        fields: dict[str, Value] = {
            "number": number,
            "kind": sort.kind,
            "basis": sort.basis,
            "issuedOn": iso(issued),
            "shownUntil": iso(after_years(issued, sort.years)),
        }
        yield NodeFact("CreditRecord", key, origin, fields)
        yield EdgeFact("CreditSubject", "", *subject, "CreditRecord", key, origin, {})
        if sort.issuer_of:
            issuer = ("LegalEntity", entity_key(self._entities.issuer[district, sort.issuer_of]))
            yield EdgeFact("CreditIssuance", "", *issuer, "CreditRecord", key, origin, {})
        yield from self._afterwards(random, n, sort, number, issued)

    def _afterwards(
        self, random: Random, n: int, sort: _Sort, number: str, issued: int
    ) -> Iterator[NodeFact]:
        """An objection, or a repair, of some of what is to somebody's disadvantage."""
        day = issued + random.randrange(5, 50)
        for each, field in ((REPAIRED_EACH, "repairedOn"), (OBJECTED_EACH, "objectedOn")):
            if sort.kind != "COMMENDATION" and n % each == 1:
                then = source(REGISTER, f"{number}/{field}", day)
                yield NodeFact("CreditRecord", f"credit:{number}", then, {field: iso(day)})


def _some(random: Random, of: Sequence[_T], share: float) -> list[_T]:
    return random.sample(of, min(max(LEAST, round(len(of) * share)), len(of)))
