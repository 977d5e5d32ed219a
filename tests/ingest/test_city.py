"""The synthetic city is plausible, whatever the seed: births, deaths, marriages, books, numbers."""

import itertools
import json
from collections import Counter, defaultdict

import pytest
from stdnum.cn import ric, uscc

from graph.catalogue import model
from graph.facts import EdgeFact, NodeFact
from ingest.check import FactChecker
from ingest.city import districts
from ingest.city.care import MAJORITY
from ingest.city.clock import TODAY, age, birthday, iso
from ingest.city.generate import City, generate
from ingest.rows import loose_key
from tests.brp_oracle import shared_data

SEEDS = (1, 2, 3, 44)


@pytest.fixture(scope="module", params=SEEDS)
def city(request: pytest.FixtureRequest) -> City:
    return generate(600, request.param)


def test_has_the_people_asked_for(city: City) -> None:
    assert len(city.population.people) == 600


def test_parents_are_older_and_mothers_of_an_age(city: City) -> None:
    people = city.population.people
    for child in people:
        if child.mother is not None:
            mother = people[child.mother]
            assert birthday(mother.born, 18) <= child.born < birthday(mother.born, 45) + 1
            assert mother.alive(child.born)
        if child.father is not None:
            assert birthday(people[child.father].born, 18) <= child.born


def test_four_generations(city: City) -> None:
    people = city.population.people
    generation: list[int] = []
    for person in people:
        parents = [p for p in (person.mother, person.father) if p is not None]
        generation.append(1 + max((generation[p] for p in parents), default=0))
    assert max(generation) >= 4


def test_nobody_is_married_twice_at_once_or_to_a_relative(city: City) -> None:
    people, unions = city.population.people, city.population.unions
    for person in people:
        own = sorted((unions[u].start, unions[u].end or TODAY + 1) for u in person.unions)
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(own))
    for union in unions:
        wife, husband = people[union.wife], people[union.husband]
        parents = ({wife.mother, wife.father}, {husband.mother, husband.father})
        assert not (parents[0] & parents[1]) - {None}
        assert not wife.male and husband.male
        assert wife.alive(union.start) and husband.alive(union.start)


def test_orders_of_care_hold_while_both_live(city: City) -> None:
    people = city.population.people
    for order in city.care.orders:
        carer, person = people[order.carer], people[order.person]
        assert carer.alive(order.start) and person.alive(order.start)
        assert order.end is None or order.start < order.end <= TODAY
        if order.kind in ("ADOPTIVE", "STEP", "FOSTER"):
            assert order.start < birthday(person.born, MAJORITY)
            assert order.carer not in (person.mother, person.father)


def test_everyone_alive_stands_in_exactly_one_book(city: City) -> None:
    standing = Counter(m.person for m in city.homes.members if m.end is None)
    living = {p.index for p in city.population.people if p.alive(TODAY)}
    assert set(standing) == living and set(standing.values()) == {1}


def test_every_family_book_has_one_head_at_a_time(city: City) -> None:
    heads: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for member in city.homes.members:
        if member.code == "02":
            heads[member.book].append((member.start, member.end or TODAY + 1))
    for book in city.homes.books:
        if not book.collective:
            spans = sorted(heads[book.index])
            assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
            assert book.end is not None or spans[-1][1] == TODAY + 1


def test_facts_fit_the_model_and_are_distinct(city: City) -> None:
    checker = FactChecker(model())
    keys = Counter[str]()
    for fact in city:
        checker.check(fact)
        keys[loose_key(fact)] += 1
    assert set(keys.values()) == {1}


def test_every_relationship_joins_nodes_that_have_facts(city: City) -> None:
    nodes = {(f.type, f.key) for f in city if isinstance(f, NodeFact)}
    for fact in city:
        if isinstance(fact, EdgeFact):
            assert (fact.from_type, fact.from_key) in nodes
            assert (fact.to_type, fact.to_key) in nodes


def test_numbers_are_valid_and_unique(city: City) -> None:
    numbers = [p.number for p in city.registry.papers if p.number]
    assert len(numbers) == len(set(numbers))
    assert all(ric.calc_check_digit(number) == number[-1] for number in numbers)
    for person, papers in zip(city.population.people, city.registry.papers, strict=True):
        if papers.number:
            assert int(papers.number[16]) % 2 == person.male
            assert iso(person.born)[: len(papers.birth_date)] == papers.birth_date
    codes = [entity.code for entity in city.entities.all]
    assert len(codes) == len(set(codes)) and all(map(uscc.is_valid, codes))


def test_nothing_happens_after_the_reference_day(city: City) -> None:
    today = iso(TODAY)
    for fact in city:
        assert (fact.source.valid_from or "") <= today
        assert fact.source.recorded_from[:10] <= today
        assert fact.source.valid_to is None or (fact.source.valid_from or "") < fact.source.valid_to


def test_shares_add_up_and_beneficial_owners_hold_enough(city: City) -> None:
    for entity in city.entities.all:
        if entity.shares:
            assert sum(share.percent for share in entity.shares) == pytest.approx(100)
            assert all(p >= 25 for _, p, _ in city.entities.beneficial(entity))


def test_representatives_are_grown_and_alive(city: City) -> None:
    for entity in city.entities.all:
        for term in entity.terms:
            person = city.population.people[term.person]
            assert birthday(person.born, 18) <= term.start
            assert person.alive((term.end or TODAY + 1) - 1)


def test_the_city_shows_every_case() -> None:
    city = generate(4000, 7)
    facts = list(city)
    kinds = {f"{f.relationship}/{f.kind}" for f in facts if isinstance(f, EdgeFact)}
    declared = {f"{n}/{k}" for n, r in model().relationships.items() for k in r.types}
    only_published = {k for k in declared if k.startswith("ControlInterest/")}
    only_in_trees = {"Couple/"}
    only_at_the_desk = {"EmergencyOpening/", "EmergencySubject/", "CaseEntity/", "CasePartSubject/"}
    only_at_the_desk |= {f"Case{part}Of/" for part in ("Step", "Part", "Message", "Evidence")}
    only_at_the_desk |= {"LicenceChange/", "LicenceSuccession/"}
    elsewhere = only_published | only_in_trees | only_at_the_desk | {"Parenthood/LEGAL"}
    assert kinds == declared - elsewhere
    people = [f for f in facts if isinstance(f, NodeFact) and f.type == "Person"]
    assert any(f.source.disputed for f in people)
    assert any(f.source.recorded_to for f in people)
    assert any("formerName" in f.fields for f in people)
    assert {4, 7, 10} <= {
        len(str(f.fields["birthDate"])) for f in people if "birthDate" in f.fields
    }
    assert any(not f.key.startswith("GB11643:") for f in people)
    assert city.homes.splits


def test_the_story_holds() -> None:
    city = generate(4000, 7)
    assert city.story is not None
    index = {p.number: n for n, p in enumerate(city.registry.papers) if p.number}
    mother, daughter, child, elsewhere = (
        index[c.number]
        for c in (city.story.mother, city.story.daughter, city.story.child, city.story.elsewhere)
    )
    people, homes = city.population.people, city.homes
    assert people[daughter].mother == mother and people[child].mother == daughter
    assert homes.book_of(mother) != homes.book_of(daughter)
    assert daughter in homes.splits
    assert city.story.elsewhere.district != city.story.mother.district == "110101"
    assert birthday(people[child].born, 18) > TODAY and people[elsewhere].alive(TODAY)


def index_of(city: City, number: str) -> int:
    return next(n for n, p in enumerate(city.registry.papers) if p.number == number)


def test_the_office_is_nobodys_relative_and_the_story_is_in_sight() -> None:
    city = generate(4000, 7)
    people, offices = city.population.people, city.offices
    for worker in offices.workers:
        person = people[worker.person]
        assert not person.unions and not person.children and person.mother is None
        assert any(c.worker == worker and c.closed is None for c in offices.cases)
    assert {case.closed is None for case in offices.cases} == {True, False}
    assert {p.field for p in offices.protections} == {"addressProtected", "underProtection"}
    assert city.story is not None
    pupil = index_of(city, city.story.pupil.number)
    assert 6 <= age(people[pupil].born, TODAY) < 12
    assert people[pupil].mother == index_of(city, city.story.applicant.number)
    hidden = {city.registry.papers[index].number for index in offices.out_of_sight}
    story = city.story
    family = (story.mother, story.daughter, story.child, story.elsewhere)
    assert not hidden & {character.number for character in family}
    assert [c.worker for c in (story.caseworker, story.colleague)] == ["W-1001", "W-1002"]


def test_divisions_were_in_force_when_numbers_were_issued() -> None:
    path = shared_data() / "codes" / "gb2260-revisions.json"
    if not path.exists():
        pytest.skip(f"no GB/T 2260 revisions in {path.parent}")
    revisions: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    in_2009, in_2019 = revisions["200912"], revisions["201904"]
    for code in districts.NAMES:
        assert code in in_2009
    for district in districts.DISTRICTS:
        assert in_2019[district.code] == district.name
        assert not district.merged or district.merged not in in_2019


def test_addresses_of_one_house_are_at_one_point(city: City) -> None:
    for place in city.homes.places:
        centre = districts.DISTRICTS[place.district].centre
        point = districts.coordinates(place.district, place.address)
        neighbour = place.address.split("号")[0] + "号9室"
        assert point == districts.coordinates(place.district, neighbour)
        assert all(
            abs(at - middle) <= districts.SPREAD_DEGREES + 1e-6
            for at, middle in zip(point, centre, strict=True)
        )
    facts = [f for f in city if isinstance(f, NodeFact) and f.type == "Place"]
    stated = [f for f in facts if "address" in f.fields]
    assert stated and all("longitude" in f.fields and "latitude" in f.fields for f in stated)
