"""The desk of cases: steps in a case that is open, up to its decision."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from typing import Any

from graph.cypher import Clock
from graph.cypher.case_desk import (
    ASKED_AS_SEEN,
    HAND_IN_FIRST,
    ON_VERSION,
    WHILE_OPEN,
)
from graph.facts import Fact
from resolvers.desk import DeskRequest
from runtime.errors import CitizengraphError
from subgraphs.administration.means import Means
from subgraphs.services.case_facts import Pages, assigned, beside, released
from subgraphs.services.case_files import ASSIGNED, Files, callers_own, in_hand, in_queue
from subgraphs.services.case_rules import (
    DECIDING,
    File,
    check_step,
    check_words,
    conflict,
)
from subgraphs.services.case_steps import Outcome, Receipt, Step
from subgraphs.services.evidence import keep_up, seen_of


class CaseDesk:
    """One caller at the desk. Each step raises CASE_UNKNOWN, CASE_STATE and KEY_REUSED."""

    def __init__(self, request: DeskRequest) -> None:
        self._request = request
        self._means: Means = request.means
        self._clock = Clock.system()
        self._files = Files(request, self._clock)

    async def take(self, key: str, number: str) -> Receipt:
        """From the queue. Raises CASE_RECUSED of an appeal against what the caller decided."""
        step = self._step("takeCase", key, case=number)
        if done := await step.taken():
            return done
        when = in_queue(self._request.decision)
        file = await self._files.case(number, when, people_known=True)
        check_step("takeCase", file)
        await self._check_hand(file, step.worker, step.me, step.account)
        known = await self._files.is_worker(step.worker)
        record = f"{number}/assigned/{file['version'] + 1}"
        facts = [
            *self._changed(step, file, {}),
            *assigned(step.pages, file["key"], step.worker, record, known),
        ]
        return await self._on_version(step, ON_VERSION, file, facts)

    async def hand_over(self, key: str, number: str, worker: str, reason: str) -> Receipt:
        """To another caseworker; also of a case that one may not handle oneself."""
        step = self._step("handOver", key, case=number, worker=worker, reason=reason)
        if done := await step.taken():
            return done
        words = check_words("reason", reason)
        file = await self._files.case(number, ASSIGNED)
        check_step("handOver", file)
        await self._check_worker(file, worker)
        record = f"{number}/assigned/{file['version'] + 1}"
        facts = [
            *self._changed(step, file, {}),
            *released(step.pages, file),
            *assigned(step.pages, file["key"], worker, record),
        ]
        return await self._on_version(step, ON_VERSION, file, facts, words=words)

    async def send(self, key: str, number: str, text: str) -> Receipt:
        """To the other party."""
        step = self._step("sendMessage", key, case=number, text=text)
        if done := await step.taken():
            return done
        words = check_words("text", text)
        decision = self._request.decision
        when = in_hand(decision) if step.worker else callers_own(decision)
        file = await self._files.case(number, when, people_known=bool(step.worker))
        check_step("sendMessage", file)
        sender = "OFFICE" if step.worker else "APPLICANT"
        reference, facts = message(step.pages, file, sender, words)
        return await self._while_open(step, file, facts, reference)

    async def request_evidence(self, key: str, number: str, requirement: str, text: str) -> Receipt:
        """From the applicant. Raises ALREADY_ON_FILE with the record that answers."""
        asked = {"case": number, "requirement": requirement, "text": text}
        step = self._step("requestEvidence", key, **asked)
        if done := await step.taken():
            return done
        words = check_words("text", text)
        file = await self._up_to_date(number)
        check_step("requestEvidence", file)
        paper = _paper(file, requirement)
        _check_missing(paper)
        reference = paper["reference"]
        nothing = {"heldBy": None, "heldRecord": None}
        requested = {"state": "REQUESTED", "attachedAt": step.pages.now, **nothing}
        record = f"{reference}/{step.pages.now}"
        facts = [
            *step.pages.changed("CaseEvidence", paper, record, requested),
            *message(step.pages, file, "OFFICE", words, requirement)[1],
        ]
        seen = [seen_of(paper)]
        return await self._while_open(step, file, facts, reference, ASKED_AS_SEEN, seen=seen)

    async def evidence(self, number: str) -> list[File]:
        """Of a case in hand, as the registers have it now."""
        return (await self._up_to_date(number))["evidence"]

    async def _up_to_date(self, number: str) -> File:
        """A case in hand, with its evidence as it is now."""
        when = in_hand(self._request.decision)
        file = await self._files.case(number, when, people_known=True)
        service = self._means.policies.services.services.get(file["service"] or "")
        if service is None or not await keep_up(self._request, self._clock, service, file):
            return file
        return await self._files.case(number, when, people_known=True)

    def _step(self, operation: str, key: str, **asked: Any) -> Step:
        return Step(self._request, self._clock, operation, key, **asked)

    def _changed(self, step: Step, file: File, fields: dict[str, Any]) -> Iterator[Fact]:
        version = file["version"] + 1
        record = f"{file['number']}/{version}"
        return step.pages.changed("Case", file, record, {**fields, "version": version})

    async def _on_version(
        self,
        step: Step,
        guard: str,
        file: File,
        facts: Sequence[Fact],
        state: str = "OPEN",
        words: str | None = None,
    ) -> Receipt:
        about = {"case": file["key"], "version": file["version"]}
        number, version = file["number"], file["version"] + 1
        outcome = Outcome(file["key"], number, version, state, words=words)
        return or_conflict(await step.take(guard, about, facts, outcome))

    async def _while_open(
        self,
        step: Step,
        file: File,
        facts: Sequence[Fact],
        made: str,
        guard: str = WHILE_OPEN,
        **seen: Any,
    ) -> Receipt:
        outcome = Outcome(file["key"], file["number"], file["version"], "OPEN", made)
        about = {"case": file["key"], **seen}
        return or_conflict(await step.take(guard, about, facts, outcome))

    async def _check_worker(self, file: File, worker: str) -> None:
        """Raises BAD_ARGUMENT and CASE_RECUSED."""
        if any(charge["worker"] == worker for charge in file["charges"]):
            raise CitizengraphError("BAD_ARGUMENT", "The case is theirs already.")
        if not await self._files.is_worker(worker):
            raise CitizengraphError("BAD_ARGUMENT", "There is no caseworker of this code.")
        await self._check_hand(file, worker, None, None)

    async def _check_hand(
        self, file: File, worker: str, person: str | None, account: str | None
    ) -> None:
        """Raises CASE_RECUSED where the worker decided in the case that is appealed against."""
        if not file["appealOf"]:
            return
        who = {"worker": worker, "me": person, "account": account}
        about = {"first": file["appealOf"], "deciding": list(DECIDING), **who}
        if await self._means.pen.rows(HAND_IN_FIRST, about):
            words = "An appeal is decided by others than those who decided at first."
            raise CitizengraphError("CASE_RECUSED", words, "Leave it to a colleague.")


def message(
    pages: Pages, file: File, sender: str, words: str, requirement: str | None = None
) -> tuple[str, list[Fact]]:
    """Reference and facts of a message in the case."""
    reference = f"MS-{secrets.token_hex(8).upper()}"
    fields = {
        "sender": sender,
        "text": words,
        "sentAt": pages.now,
        "requirement": requirement,
    }
    return reference, list(beside(pages, "CaseMessage", file["key"], reference, fields))


def _paper(file: File, requirement: str) -> File:
    """Raises BAD_ARGUMENT."""
    for paper in file["evidence"]:
        if paper["requirement"] == requirement:
            return paper
    words = f"The service of the case has no requirement {requirement!r}."
    raise CitizengraphError("BAD_ARGUMENT", words)


def _check_missing(paper: File) -> None:
    """Raises ALREADY_ON_FILE, with register and record."""
    if paper["state"] != "ON_FILE":
        return
    held = f"register {paper['heldBy']}, record {paper['heldRecord']}"
    where = held if paper["heldBy"] else "the registers"
    words = f"{paper['requirement']} is on file: {where}. The applicant is not asked for it."
    raise CitizengraphError("ALREADY_ON_FILE", words, "Use the record that is on file.")


def or_conflict(receipt: Receipt | None) -> Receipt:
    if receipt is None:
        raise conflict()
    return receipt
