"""Opening a case: by a caseworker, by an application, or by an appeal."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.cypher import Clock
from graph.cypher.case_desk import NOT_APPEALED, OPEN_ON, none_open
from graph.facts import Fact
from policies.services import Service
from resolvers.desk import DeskRequest
from runtime.errors import CitizengraphError
from subgraphs.administration.means import Means
from subgraphs.services import case_facts as stated
from subgraphs.services.case_facts import Pages, Parties
from subgraphs.services.case_files import Files, callers_own
from subgraphs.services.case_rules import (
    File,
    after_working_days,
    check_step,
    check_words,
)
from subgraphs.services.case_steps import Outcome, Receipt, Step
from subgraphs.services.evidence import Paper, parties_of, standing
from subgraphs.services.parties import parties
from subgraphs.services.readiness import check_office


@dataclass(frozen=True)
class Opening:
    """What is opened, where, and by whom it is handled at first."""

    service: Service
    parties: Parties
    office: str
    worker: str = ""
    appeal_of: str | None = None
    appeal_grounds: str | None = None


class OpeningDesk:
    """One caller who opens a case."""

    def __init__(self, request: DeskRequest) -> None:
        self._request = request
        self._means: Means = request.means
        self._clock = Clock.system()
        self._files = Files(request, self._clock)

    async def open(self, key: str, service: str, *numbers: Any) -> Receipt:
        """By a caseworker, on persons of the own district. Raises PERSON_UNKNOWN and others."""
        step = self._step("openCase", key, service=service, numbers=numbers)
        office = str(self._request.caller.principal["district"])
        return await self._opened(step, service, numbers, office, step.worker)

    async def apply(
        self, key: str, service: str, other: str | None, code: str | None, office: str | None
    ) -> Receipt:
        """By the applicant: it waits for a caseworker of the office."""
        asked = {"service": service, "numbers": (other, code), "office": office}
        step = self._step("applyForService", key, **asked)
        check_office(office, step.pages.today)
        return await self._opened(step, service, (step.me, other, code), office)

    async def appeal(self, key: str, number: str, reason: str) -> Receipt:
        """By the applicant, once and within the period: a new case that somebody else decides."""
        step = self._step("appeal", key, case=number, reason=reason)
        if done := await step.taken():
            return done
        words = check_words("reason", reason)
        file = await self._files.case(number, callers_own(self._request.decision))
        check_step("appeal", file)
        _check_period(file, step.pages.today)
        opening = Opening(
            self._service(file["service"]),
            parties_of(file),
            file["office"],
            appeal_of=number,
            appeal_grounds=words,
        )
        about = {"case": file["key"], "version": file["version"]}
        receipt = await self._taken(step, NOT_APPEALED, about, opening)
        if receipt is None:
            words = "It has been appealed against, and is only once."
            raise CitizengraphError("CASE_STATE", words)
        return receipt

    async def _opened(
        self, step: Step, service: str, numbers: Any, office: str | None, worker: str = ""
    ) -> Receipt:
        if done := await step.taken():
            return done
        declared = self._service(service)
        found = await parties(self._request, self._clock, declared, numbers, not worker)
        label, subject = found.subject
        where = office or found.people[0].district
        if not where:
            words = "It is not known where the applicant is registered."
            raise CitizengraphError("BAD_ARGUMENT", words, "Name the office.")
        about = {"subject": subject.key, "service": service, "role": subject.role}
        opening = Opening(declared, found, where, worker)
        receipt = await self._taken(step, none_open(label), about, opening)
        if receipt is None:
            raise await self._open_already(label, about)
        return receipt

    async def _taken(
        self, step: Step, guard: str, about: dict[str, Any], opening: Opening
    ) -> Receipt | None:
        number = f"YC{step.pages.today[:4]}-{secrets.token_hex(6).upper()}"
        papers = await standing(self._request, opening.service, opening.parties, opening.office)
        known = await self._files.is_worker(opening.worker)
        facts = list(_facts(step.pages, number, opening, papers, known))
        outcome = Outcome(f"case:{number}", number, 1, "OPEN", words=opening.appeal_grounds)
        return await step.take(guard, about, facts, outcome)

    async def _open_already(self, label: str, about: dict[str, Any]) -> CitizengraphError:
        """The case that is open, by number where the caller may know it."""
        found = await self._means.pen.rows(OPEN_ON[label], about)
        for row in found:
            if await self._files.known(row["number"]):
                words = f"A case of this service is open already: {row['number']}."
                return CitizengraphError("ALREADY_ON_FILE", words)
        return CitizengraphError("ALREADY_ON_FILE", "A case of this service is open already.")

    def _service(self, service: str) -> Service:
        try:
            return self._means.policies.services[service]
        except KeyError:
            words = f"There is no service {service!r}."
            raise CitizengraphError("BAD_ARGUMENT", words) from None

    def _step(self, operation: str, key: str, **asked: Any) -> Step:
        return Step(self._request, self._clock, operation, key, **asked)


def _check_period(file: File, today: str) -> None:
    """Raises CASE_STATE where nobody may appeal, or no more."""
    if file["appealOf"]:
        words = "It was decided on an appeal, and there is none against that."
        raise CitizengraphError("CASE_STATE", words, "A court hears what is left.")
    if not file["appealUntil"] or file["appealUntil"] < today:
        raise CitizengraphError("CASE_STATE", "The period for an appeal is over.")


def _facts(
    pages: Pages, number: str, opening: Opening, papers: list[Paper], known: bool
) -> Iterator[Fact]:
    """The case, whom it concerns, who has it, its parts and its evidence."""
    key, service, today = f"case:{number}", opening.service, date.fromisoformat(pages.today)
    fields = {
        "number": number,
        "state": "OPEN",
        "openedDate": pages.today,
        "deadline": after_working_days(today, service.deadline_days).isoformat(),
        "service": service.id,
        "office": opening.office,
        "appealOf": opening.appeal_of,
        "appealGrounds": opening.appeal_grounds,
        "version": 1,
    }
    yield pages.node("Case", key, f"{number}/1", fields)
    yield from stated.concerned(pages, key, number, opening.parties)
    if opening.worker:
        yield from stated.assigned(pages, key, opening.worker, f"{number}/assigned/1", known)
    for part in service.parts:
        yield from _part(pages, number, opening, part.id, part.department, part.days)
    for paper in papers:
        reference = f"{number}/{paper.requirement}"
        yield from stated.beside(pages, "CaseEvidence", key, reference, paper.fields(pages.now))


def _part(
    pages: Pages, number: str, opening: Opening, part: str, department: str, days: int
) -> Iterator[Fact]:
    today, reference = date.fromisoformat(pages.today), f"{number}/{part}"
    fields = {
        "part": part,
        "service": opening.service.id,
        "department": department,
        "office": opening.office,
        "state": "OPEN",
        "deadline": after_working_days(today, days).isoformat(),
        "version": 1,
    }
    yield from stated.beside(pages, "CasePart", f"case:{number}", reference, fields)
    part_key = stated.key_of("CasePart", reference)
    for at, person in enumerate(opening.parties.people):
        ends = ("Person", person.key), ("CasePart", part_key)
        yield pages.link("CasePartSubject", *ends, f"{reference}/subject/{at}")
