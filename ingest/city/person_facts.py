"""Facts about persons: the population register, and what the household register says as well."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from graph.facts import EdgeFact, NodeFact, Source, Value
from ingest.city import names
from ingest.city.clock import TODAY, birthday, iso
from ingest.city.districts import DISTRICTS
from ingest.city.households import Households
from ingest.city.papers import Papers, Registry
from ingest.city.population import Population
from ingest.city.records import Person
from ingest.city.statements import recorded, source

HOUSEHOLD_REGISTER_SHARE = 0.3
DISAGREEMENT_SHARE = 0.05
CORRECTION_SHARE = 0.006
NAMED_PARENT_SHARE = 0.1
_ETHNICITIES = ("汉族", "满族", "回族", "蒙古族", "朝鲜族", "壮族")
_ETHNICITY_WEIGHTS = (940, 25, 18, 9, 4, 4)


class PersonFacts:
    """Every fact about persons, in order of person."""

    def __init__(
        self, population: Population, homes: Households, registry: Registry, seed: str
    ) -> None:
        self._random = Random(f"{seed}:persons")
        self._population = population
        self._homes = homes
        self._papers, self._tag = registry.papers, registry.tag

    def __iter__(self) -> Iterator[NodeFact | EdgeFact]:
        for person in self._population.people:
            papers, spans = self._papers[person.index], self._spans(person)
            stayed = len(spans) == 1 and spans[0][1:] == (person.born, None)
            yield from self._base(person, papers, spans[0][0] if stayed else None)
            yield from self._names(person, papers)
            if not stayed:
                yield from self._districts(person, papers, spans)
            yield from self._marital_status(person, papers)
            if person.died <= TODAY:
                yield self._fact(
                    papers, "population", f"D{self._tag}{person.index:07d}", person.died
                )({"deathDate": iso(person.died)})
            if person.arrived is not None and self._random.random() < NAMED_PARENT_SHARE:
                yield from self._named_parent(person, papers)

    def _base(self, person: Person, papers: Papers, district: str | None) -> Iterator[NodeFact]:
        fields = self._birth_fields(person, papers, district)
        own = "population" if papers.number else "household"
        record = f"{'P' if papers.number else 'H'}{self._tag}{person.index:07d}"
        start = person.arrived or person.born
        disputed = papers.number != "" and self._random.random() < HOUSEHOLD_REGISTER_SHARE
        other: dict[str, Value] = {}
        if disputed:
            other = self._household_fields(person, papers)
            disputed = any(fields.get(n, v) != v for n, v in other.items())
            origin = Source(
                "household",
                f"H{self._tag}{person.index:07d}",
                recorded(start, "H"),
                iso(person.born),
                disputed=disputed,
            )
            yield NodeFact("Person", papers.key, origin, other)
        origin = Source(own, record, recorded(start, record), iso(person.born), disputed=disputed)
        yield from self._corrected(NodeFact("Person", papers.key, origin, fields), person)

    def _birth_fields(
        self, person: Person, papers: Papers, district: str | None
    ) -> dict[str, Value]:
        fields: dict[str, Value] = {
            "sex": "MALE" if person.male else "FEMALE",
            "birthDate": papers.birth_date,
            "birthPlace": papers.birth_place,
            "ethnicity": self._random.choices(_ETHNICITIES, _ETHNICITY_WEIGHTS)[0],
            "nationality": "中国",
        }
        if papers.number:
            fields |= {"citizenNumber": papers.number, "numberScheme": "GB11643"}
        if papers.renamed is None:
            fields["name"] = papers.name
        if not person.unions and birthday(person.born, 18) <= TODAY:
            fields["maritalStatus"] = "NEVER_MARRIED"
        if district is not None:
            fields["district"] = district
        return fields

    def _household_fields(self, person: Person, papers: Papers) -> dict[str, Value]:
        """The same from the household register, now and then miswritten."""
        fields: dict[str, Value] = {
            "sex": "MALE" if person.male else "FEMALE",
            "birthDate": papers.birth_date,
        }
        if papers.renamed is None:
            fields["name"] = papers.name
        draw = self._random.random()
        if draw < DISAGREEMENT_SHARE / 2 and "name" in fields:
            fields["name"] = names.mistaken(papers.name)
        elif draw < DISAGREEMENT_SHARE:
            fields["birthDate"] = iso(person.born + self._random.choice((-10, -1, 1, 10)))
        return fields

    def _corrected(self, fact: NodeFact, person: Person) -> Iterator[NodeFact]:
        """The fact; rarely a wrong one that was believed for some years, and then the fact."""
        start = person.arrived or person.born
        noticed = start + self._random.randrange(400, 4000)
        if self._random.random() >= CORRECTION_SHARE or noticed > TODAY:
            yield fact
            return
        right = fact.source
        at = f"{iso(noticed)}T09:00:00Z"
        wrong = iso(person.born + self._random.choice((-100, -9, 9, 27)))
        believed = Source(
            right.register, right.record, right.recorded_from, right.valid_from, recorded_to=at
        )
        yield NodeFact(fact.type, fact.key, believed, {**fact.fields, "birthDate": wrong})
        corrected = Source(
            right.register, right.record, at, right.valid_from, disputed=right.disputed
        )
        yield NodeFact(fact.type, fact.key, corrected, fact.fields)

    def _names(self, person: Person, papers: Papers) -> Iterator[NodeFact]:
        if papers.renamed is None:
            return
        record = f"N{self._tag}{person.index:07d}"
        before = self._fact(papers, "population", record, person.born, papers.renamed)
        after = self._fact(papers, "population", record, papers.renamed)
        yield before({"name": papers.name})
        yield after({"name": papers.new_name, "formerName": papers.name})

    def _spans(self, person: Person) -> list[tuple[str, int, int | None]]:
        """Districts of registration with start and end; moves within one do not count."""
        spans: list[tuple[str, int, int | None]] = []
        for stay in self._homes.stays[person.index]:
            code = DISTRICTS[self._homes.places[stay.place].district].code
            if spans and spans[-1][0] == code:
                spans[-1] = (code, spans[-1][1], stay.end)
            else:
                spans.append((code, stay.start, stay.end))
        return spans

    def _districts(
        self, person: Person, papers: Papers, spans: list[tuple[str, int, int | None]]
    ) -> Iterator[NodeFact]:
        record = f"R{self._tag}{person.index:07d}"
        for code, start, end in spans:
            fact = self._fact(papers, "population", record, start, end)
            yield fact({"district": code})

    def _marital_status(self, person: Person, papers: Papers) -> Iterator[NodeFact]:
        death = person.died if person.died <= TODAY else None
        unions = [self._population.unions[u] for u in person.unions]
        for n, union in enumerate(unions):
            record = f"M{self._tag}{union.index:06d}-{'H' if person.male else 'W'}"
            following = unions[n + 1].start if n + 1 < len(unions) else death
            status = "REMARRIED" if n else "FIRST_MARRIAGE"
            yield self._fact(papers, "marriage", record, union.start, union.end)(
                {"maritalStatus": status}
            )
            if union.end is not None and union.end != death:
                after = "DIVORCED" if union.reason == "DIVORCE" else "WIDOWED"
                yield self._fact(papers, "marriage", record, union.end, following)(
                    {"maritalStatus": after}
                )

    def _named_parent(self, person: Person, papers: Papers) -> Iterator[NodeFact | EdgeFact]:
        """A parent of whom the household register has no more than a name and perhaps a year."""
        male = self._random.random() < 0.7
        record = f"K{self._tag}{person.index:07d}"
        year = int(papers.birth_date[:4]) - self._random.randrange(20, 38)
        family = person.family_name if male else names.surname(self._random)
        name = family + names.given_name(self._random, male, year)
        fields: dict[str, Value] = {"name": name, "sex": "MALE" if male else "FEMALE"}
        if self._random.random() < 0.5:
            fields["birthDate"] = str(year)
        origin = Source("household", record, recorded(person.arrived or person.born, record))
        key = f"household:{record}"
        yield NodeFact("Person", key, origin, fields)
        yield EdgeFact("Parenthood", "BIRTH", "Person", key, "Person", papers.key, origin, {})

    def _fact(
        self, papers: Papers, register: str, record: str, start: int, end: int | None = None
    ) -> _Stated:
        return _Stated(papers.key, source(register, record, start, end))


class _Stated:
    """A person's fact that lacks only its fields."""

    def __init__(self, key: str, origin: Source) -> None:
        self._key = key
        self._origin = origin

    def __call__(self, fields: dict[str, Value]) -> NodeFact:
        return NodeFact("Person", self._key, self._origin, fields)
