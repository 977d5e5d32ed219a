"""Which case or part a caller may take a step in, under their own decision."""

from __future__ import annotations

from graph.conditions import (
    Attribute,
    Compare,
    Condition,
    Literal,
    Principal,
    all_of,
    any_of,
)
from graph.cypher import Clock
from graph.cypher.case_desk import CASEWORKER, case_by_number, part_by_reference
from graph.decision import Decision
from graph.moments import NOW
from resolvers.desk import DeskRequest
from resolvers.disclosed import sought
from subgraphs.administration.means import Means
from subgraphs.services.case_rules import File, unknown_case

ASSIGNED = Compare("=", Attribute("callersCase"), Literal(True))
"""Of a case: it is assigned to the caller, whatever else is the matter with it."""
_OWN = Compare("=", Attribute("callersOwn"), Literal(True))
_WAITING = Compare("=", Attribute("waiting"), Literal(True))


def in_hand(decision: Decision) -> Condition:
    """It is assigned to the caller, and the policy shows it: not where a relative is concerned."""
    return all_of(decision.shown("Case", "number", NOW), ASSIGNED)


def in_queue(decision: Decision) -> Condition:
    """It waits, and the policy shows it: that of the own office does."""
    return all_of(decision.shown("Case", "number", NOW), _WAITING)


def callers_own(decision: Decision) -> Condition:
    """It concerns the caller, or somebody for whom they act."""
    return all_of(decision.shown("Case", "number", NOW), _OWN)


def of_department(decision: Decision) -> Condition:
    """Of a part: the caller's own department, and office, does it."""
    return all_of(
        decision.shown("CasePart", "reference", NOW),
        Compare("=", Attribute("department"), Principal("department")),
        Compare("=", Attribute("office"), Principal("district")),
    )


class Files:
    """Cases as one caller finds them."""

    def __init__(self, request: DeskRequest, clock: Clock) -> None:
        self._request = request
        self._means: Means = request.means
        self._about = request.decision, self._means.catalogue, request.caller.principal, clock

    async def case(self, number: str, when: Condition, people_known: bool = False) -> File:
        """The case, noted before anything is done. Raises CASE_UNKNOWN."""
        statement = case_by_number(number, when, *self._about, people_known)
        found = await self._means.pen.read(statement)
        if not found:
            await self._request.note("Case", sought(number))
            raise unknown_case()
        file: File = found[0]["file"]
        await self._request.note("Case", file["id"], "state")
        return file

    async def part(self, reference: str) -> tuple[File, File]:
        """The part and its case. Raises CASE_UNKNOWN."""
        when = of_department(self._request.decision)
        found = await self._means.pen.read(part_by_reference(reference, when, *self._about))
        if not found:
            await self._request.note("CasePart", sought(reference))
            raise unknown_case()
        file: File = found[0]["file"]
        part: File = next(p for p in file["parts"] if p["reference"] == reference)
        await self._request.note("CasePart", part["id"], "state")
        return part, file

    async def is_worker(self, code: str) -> bool:
        """Whether there is a caseworker of this code."""
        return bool(await self._means.pen.rows(CASEWORKER, {"worker": code}))

    async def known(self, number: str) -> bool:
        """Whether the caller may be told of the case."""
        decision = self._request.decision
        when = all_of(decision.shown("Case", "number", NOW), any_of(ASSIGNED, _OWN, _WAITING))
        return bool(await self._means.pen.read(case_by_number(number, when, *self._about)))
