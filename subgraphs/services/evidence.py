"""Evidence that attaches itself: what the registers say to each requirement of a case's service.

What is attached is what whoever opens the case, or looks at it, may see. Once attached, the desk
watches it itself: that a record no longer answers is told whoever looks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.cypher import Clock
from graph.cypher.case_desk import EVIDENCE_AS_SEEN
from graph.cypher.readiness import about
from graph.facts import Fact, Value
from policies.services import Service
from resolvers.desk import DeskRequest
from runtime.errors import CitizengraphError
from subgraphs.administration.means import Means
from subgraphs.services.case_facts import Pages, Parties, Party
from subgraphs.services.case_rules import File
from subgraphs.services.readiness import ReadinessDesk, whole_template

ON_FILE, NOT_ON_FILE, REQUESTED, LAPSED = "ON_FILE", "NOT_ON_FILE", "REQUESTED", "LAPSED"
_SATISFIED = "SATISFIED"


@dataclass(frozen=True)
class Paper:
    """What is found for one requirement."""

    requirement: str
    state: str
    source: Mapping[str, str | None] | None = None

    def fields(self, now: str) -> dict[str, Value | None]:
        """As a CaseEvidence has it."""
        source = self.source or {}
        return {
            "requirement": self.requirement,
            "state": self.state,
            "heldBy": source.get("register"),
            "heldRecord": source.get("record"),
            "attachedAt": now,
        }


async def standing(
    request: DeskRequest, service: Service, parties: Parties, office: str | None
) -> list[Paper]:
    """What the registers say now, as far as the caller may see it."""
    try:
        answers = await ReadinessDesk(request).readiness(service, *_numbers(parties), office)
    except CitizengraphError as error:
        if error.code != "PERSON_UNKNOWN":
            raise
        return [Paper(requirement.id, NOT_ON_FILE) for requirement in service.requirements]
    return [
        Paper(
            answer.requirement.id,
            ON_FILE if answer.state == _SATISFIED else NOT_ON_FILE,
            next(iter(answer.sources), None),
        )
        for answer in answers
    ]


async def keep_up(request: DeskRequest, clock: Clock, service: Service, file: File) -> bool:
    """State what changed of the evidence of an open case; whether anything did."""
    means: Means = request.means
    parties = parties_of(file)
    office = file["office"]
    now = {p.requirement: p for p in await standing(request, service, parties, office)}
    held = await _held(means, clock, service, parties, office)
    pages = Pages(clock)
    changed = {
        paper["reference"]: new
        for paper in file["evidence"]
        if (new := _new(paper, now.get(paper["requirement"]), held)) is not None
    }
    if not changed or file["state"] != "OPEN":
        return False
    seen = [seen_of(paper) for paper in file["evidence"] if paper["reference"] in changed]
    guard = EVIDENCE_AS_SEEN, {"case": file["key"], "seen": seen}
    await means.pen.state(guard, list(_facts(pages, file["evidence"], changed)), pages.today)
    return True


def seen_of(paper: Mapping[str, Any]) -> list[str]:
    """What must be as it was when the evidence is stated anew."""
    return [paper["key"], paper["attachedAt"], paper["state"]]


def parties_of(file: File) -> Parties:
    """Whom a case concerns, the applicant first."""
    people = [Party(p["id"], p["key"], None, p["role"] or "", p["number"]) for p in file["persons"]]
    people.sort(key=lambda person: person.role != "APPLICANT")
    companies = [Party(c["id"], c["key"], None, "", c["code"]) for c in file["entities"]]
    return Parties(people, companies[0] if companies else None)


def _numbers(parties: Parties) -> tuple[str, str | None, str | None]:
    other = parties.people[1].number if len(parties.people) > 1 else None
    return parties.people[0].number, other, parties.company.number if parties.company else None


async def _held(
    means: Means, clock: Clock, service: Service, parties: Parties, office: str | None
) -> set[str]:
    """Requirements that some record answers, whoever may see it."""
    applicant, other, code = _numbers(parties)
    far = other or code
    template = whole_template(means, service, named=far is not None)
    statement = about(template, applicant, far, {}, clock, None, office)
    [row] = await means.pen.read(statement)
    states = zip(service.requirements, row["requirements"], strict=True)
    return {requirement.id for requirement, told in states if told["state"] == _SATISFIED}


def _new(paper: Mapping[str, Any], now: Paper | None, held: set[str]) -> Paper | None:
    """What the evidence has become; None where nothing changed."""
    requirement, state = paper["requirement"], paper["state"]
    source = {"register": paper["heldBy"], "record": paper["heldRecord"]}
    if state == ON_FILE:
        return None if requirement in held else Paper(requirement, LAPSED, source)
    if now and now.state == ON_FILE:
        return now
    if state == LAPSED and requirement in held:
        return Paper(requirement, ON_FILE, source)
    return None


def _facts(
    pages: Pages, evidence: Sequence[Mapping[str, Any]], changed: Mapping[str, Paper]
) -> Iterator[Fact]:
    for paper in evidence:
        reference = paper["reference"]
        if reference in changed:
            record = f"{reference}/{pages.now}"
            fields = changed[reference].fields(pages.now)
            yield from pages.changed("CaseEvidence", paper, record, fields)
