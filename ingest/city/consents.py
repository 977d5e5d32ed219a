"""Consents that people of the city gave to consumers, some of them withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from graph.facts import EdgeFact, NodeFact
from ingest.city.clock import TODAY, iso
from ingest.city.offices import Offices
from ingest.city.papers import Registry
from ingest.city.statements import source

GIVEN_SHARE = 0.01
GIVEN_MIN = 2
WITHDRAWN_EACH = 4
TO = (("school-enrolment", "school-enrolment"), ("caseworker", "household-services"))
REGISTER = "consent"


class ConsentFacts:
    """Each consent, who gave it and, where it was withdrawn, when."""

    def __init__(self, offices: Offices, registry: Registry, seed: str) -> None:
        self._seed = seed
        self._papers, self._tag = registry.papers, registry.tag
        self._people = offices.registered

    def __iter__(self) -> Iterator[NodeFact | EdgeFact]:
        random = Random(f"{self._seed}:consents")
        count = max(GIVEN_MIN, round(len(self._people) * GIVEN_SHARE))
        givers = random.sample(self._people, min(count, len(self._people)))
        for n, person in enumerate(givers):
            given = TODAY - random.randrange(100, 1000)
            withdrawn = None if n % WITHDRAWN_EACH else given + random.randrange(1, 90)
            yield from self._consent(n, self._papers[person].key, given, withdrawn)

    def _consent(
        self, n: int, person: str, given: int, withdrawn: int | None
    ) -> Iterator[NodeFact | EdgeFact]:
        reference = f"SQ{self._tag}{n:07d}"
        key, origin = f"consent:{reference}", source(REGISTER, reference, given)
        consumer, purpose = TO[n % 2]
        said = {"reference": reference, "consumer": consumer, "purpose": purpose}
        yield NodeFact("Consent", key, origin, {**said, "givenOn": iso(given)})
        yield EdgeFact("ConsentGiving", "", "Person", person, "Consent", key, origin, {})
        if withdrawn is not None:
            ended = source(REGISTER, f"{reference}/withdrawn", withdrawn)
            yield NodeFact("Consent", key, ended, {"withdrawnOn": iso(withdrawn)})
