"""The desk of cases: decisions, each on the version that was seen."""

from __future__ import annotations

from datetime import date
from typing import Any

from graph.cypher.case_desk import ALL_DECIDED, PART_ON_VERSION
from runtime.errors import CitizengraphError
from subgraphs.services.case_desk import CaseDesk, or_conflict
from subgraphs.services.case_facts import Pages
from subgraphs.services.case_rules import (
    File,
    appeal_until,
    check_granting,
    check_step,
    check_version,
    check_words,
)
from subgraphs.services.case_steps import Outcome, Receipt


class DecidingDesk(CaseDesk):
    """One caller who decides."""

    async def decide_part(
        self, key: str, reference: str, decision: str, reason: str, seen: int
    ) -> Receipt:
        """Once, by the department. Raises CASE_CONFLICT."""
        asked = {"part": reference, "decision": decision, "reason": reason, "expects": seen}
        step = self._step("decidePart", key, **asked)
        if done := await step.taken():
            return done
        words = check_words("reason", reason)
        part, file = await self._files.part(reference)
        check_version(seen, part["version"])
        check_step("decidePart", file)
        if part["state"] == "DECIDED":
            raise CitizengraphError("CASE_STATE", "The part is decided, and is only once.")
        await self._check_hand(file, step.worker, step.me, step.account)
        decided = {
            "state": "DECIDED",
            **_decision(step.pages, decision, words),
            "version": seen + 1,
        }
        facts = list(step.pages.changed("CasePart", part, f"{reference}/{seen + 1}", decided))
        about = {"case": file["key"], "part": part["key"], "version": seen}
        outcome = Outcome(file["key"], file["number"], file["version"], "OPEN", reference, words)
        return or_conflict(await step.take(PART_ON_VERSION, about, facts, outcome))

    async def decide(self, key: str, number: str, decision: str, reason: str, seen: int) -> Receipt:
        """The case, which closes it. Raises CASE_CONFLICT."""
        asked = {"case": number, "decision": decision, "reason": reason, "expects": seen}
        step = self._step("decideCase", key, **asked)
        if done := await step.taken():
            return done
        words = check_words("reason", reason)
        file = await self._up_to_date(number)
        check_version(seen, file["version"])
        check_step("decideCase", file)
        _check_parts(file)
        check_granting(decision, file)
        await self._check_hand(file, step.worker, step.me, step.account)
        today = step.pages.today
        closed = {
            "state": "CLOSED",
            "closedDate": today,
            **_decision(step.pages, decision, words),
            "appealUntil": appeal_until(date.fromisoformat(today)).isoformat(),
        }
        facts = self._changed(step, file, closed)
        return await self._on_version(step, ALL_DECIDED, file, list(facts), "CLOSED", words)


def _decision(pages: Pages, decision: str, words: str) -> dict[str, Any]:
    return {"decision": decision, "decidedOn": pages.today, "grounds": words}


def _check_parts(file: File) -> None:
    """Raises CASE_STATE."""
    left = [part["part"] for part in file["parts"] if part["state"] != "DECIDED"]
    if left:
        words = f"Parts that are not decided yet: {', '.join(left)}."
        raise CitizengraphError("CASE_STATE", words, "Decide once every department has.")
