"""Generated families of two to four generations: births, marriages, adoptions, step-parents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, permutations

from hypothesis import strategies as st

from kinship.relations import Relation, relations
from kinship.ties import COUPLE, GUARDIANSHIP, MARRIAGE, PARTNERSHIP, Human, Move, Status, Tie
from kinship.web import Web

GENERATIONS_MAX, PERSONS_MIN, PERSONS_MAX = 4, 4, 25
YEARS = 25
_OTHER_KINDS = ("ADOPTIVE", "STEP", "FOSTER")
_COUPLES = (MARRIAGE, MARRIAGE, PARTNERSHIP, COUPLE)


@dataclass(frozen=True)
class Family:
    """Persons by generation, oldest first, and what registers and books say of them.

    `elders` are pairs of one generation of whom a book states that the first is the elder.
    """

    generations: tuple[tuple[Human, ...], ...]
    registered: tuple[Tie, ...]
    booked: tuple[Tie, ...] = ()
    elders: frozenset[tuple[str, str]] = frozenset()

    @property
    def humans(self) -> tuple[Human, ...]:
        return tuple(human for generation in self.generations for human in generation)

    @property
    def births(self) -> list[Tie]:
        return [tie for tie in self.registered if tie.kinds == ("BIRTH",)]

    def web(self) -> Web:
        return Web(self.humans, self.registered, self.booked, self.elders)

    def pairs(self) -> Iterator[tuple[str, str]]:
        return permutations([human.id for human in self.humans], 2)

    def below(self, person: str) -> set[str]:
        """The person and all descendants, by whatever kind of parenthood."""
        found = {person}
        for generation in self.generations:
            ids = {human.id for human in generation}
            parents = [tie for tie in self.registered if tie.move is Move.PARENT]
            found |= {tie.to for tie in parents if tie.origin in found and tie.to in ids}
        return found

    def all_relations(self) -> dict[tuple[str, str], list[Relation]]:
        web = self.web()
        return {pair: relations(web, *pair) for pair in self.pairs()}


@st.composite
def families(draw: st.DrawFn, name: str = "p", booked: bool = False) -> Family:
    """A family without circles, in which a child has one mother and one father by descent."""
    sizes = draw(
        st.lists(st.integers(1, 7), min_size=2, max_size=GENERATIONS_MAX).filter(
            lambda sizes: PERSONS_MIN <= sum(sizes) <= PERSONS_MAX
        )
    )
    true_sex: dict[str, str] = {}
    generations: list[tuple[Human, ...]] = []
    for depth, size in enumerate(sizes):
        people: list[Human] = []
        for number in range(size):
            id = f"{name}{depth}{number}"
            true_sex[id] = draw(st.sampled_from(("FEMALE", "MALE")))
            sex = draw(st.sampled_from((true_sex[id], true_sex[id], "")))
            people.append(Human(id, sex, draw(_born(depth))))
        generations.append(tuple(people))
    ties = [
        *(
            tie
            for depth in range(1, len(sizes))
            for tie in draw(_parents(generations, depth, true_sex))
        ),
        *draw(_couples(generations)),
        *draw(_guardians(generations)),
    ]
    told = [tie._replace(facts=(f"{name}-fact-{at}",)) for at, tie in enumerate(ties)]
    held = draw(st.sets(st.sampled_from(told), max_size=3)) if booked and told else set[Tie]()
    ordered = [pair for people in generations for pair in combinations([h.id for h in people], 2)]
    elders = draw(st.sets(st.sampled_from(ordered), max_size=6)) if booked and ordered else ()
    return Family(
        tuple(generations),
        tuple(tie for tie in told if tie not in held),
        tuple(tie._replace(status=Status.CONSISTENT) for tie in told if tie in held),
        frozenset(elders),
    )


def _born(depth: int) -> st.SearchStrategy[str]:
    """A date, a year or nothing; a generation is born within the years of its own."""
    years = st.integers(1900 + YEARS * depth, 1915 + YEARS * depth)
    dates = years.flatmap(lambda year: st.sampled_from((f"{year}", f"{year}-05-17")))
    return st.one_of(dates, st.just(""))


@st.composite
def _parents(
    draw: st.DrawFn, generations: list[tuple[Human, ...]], depth: int, true_sex: dict[str, str]
) -> list[Tie]:
    """Parents of one generation: by descent from the one before, of other kinds also further up."""
    near = [human.id for human in generations[depth - 1]]
    older = [human.id for generation in generations[:depth] for human in generation]
    found: list[Tie] = []
    for child in generations[depth]:
        kind = draw(st.sampled_from(("BIRTH", "BIRTH", "BIRTH", "LEGAL")))
        for sex in ("FEMALE", "MALE"):
            of_sex = [person for person in near if true_sex[person] == sex]
            parent = draw(st.sampled_from([None, *of_sex, *of_sex]))
            if parent:
                found.append(Tie(Move.PARENT, parent, child.id, (kind,)))
        if draw(st.integers(0, 4)) == 0:
            other, ended = draw(st.sampled_from(older)), draw(st.booleans())
            kind = draw(st.sampled_from(_OTHER_KINDS))
            found.append(Tie(Move.PARENT, other, child.id, (kind,), ended=ended))
    return found


@st.composite
def _couples(draw: st.DrawFn, generations: list[tuple[Human, ...]]) -> list[Tie]:
    found: list[Tie] = []
    for generation in generations:
        ids = [human.id for human in generation]
        pairs = st.lists(st.sampled_from(ids), min_size=2, max_size=2, unique=True)
        for one, other in draw(st.lists(pairs, max_size=4)) if len(ids) > 1 else ():
            kind, ended = draw(st.sampled_from(_COUPLES)), draw(st.booleans())
            found.append(Tie(Move.SPOUSE, one, other, (kind,), ended=ended))
    return found


@st.composite
def _guardians(draw: st.DrawFn, generations: list[tuple[Human, ...]]) -> list[Tie]:
    if draw(st.integers(0, 3)):
        return []
    guardian = draw(st.sampled_from(generations[0])).id
    ward = draw(st.sampled_from(generations[-1])).id
    return [Tie(Move.GUARDIAN, guardian, ward, (GUARDIANSHIP,))]
