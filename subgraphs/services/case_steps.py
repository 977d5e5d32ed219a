"""Steps of a case: each is taken once for a key, and leaves who took it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import orjson

from graph.cypher import Clock
from graph.cypher.case_desk import STEP
from graph.facts import Fact
from resolvers.desk import DeskRequest
from runtime.errors import CitizengraphError
from subgraphs.administration.means import Means
from subgraphs.services.case_facts import Pages
from subgraphs.services.case_rules import check_key

Receipt = dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """The case after the step, and what the step made."""

    case: str
    """Its natural key."""
    number: str
    version: int
    state: str
    made: str | None = None
    words: str | None = None


class Step:
    """What one caller asks for under one key."""

    def __init__(
        self, request: DeskRequest, clock: Clock, operation: str, key: str, **asked: Any
    ) -> None:
        check_key(key)
        self._request = request
        self._means: Means = request.means
        self._operation = operation
        self._content = _digest([operation, asked])
        self.pages = Pages(clock)
        caller = request.caller
        self.me = str(caller.principal["person"])
        self.account = caller.subject
        self.worker = str(caller.principal.get("worker") or "")
        self._key = f"case-step:{_digest([caller.consumer, self.me, key])}"

    async def taken(self) -> Receipt | None:
        """What was done when it was asked before. Raises KEY_REUSED if it was something else."""
        found = await self._means.pen.rows(STEP, {"step": self._key})
        if not found:
            return None
        step = found[0]["step"]
        if step["content"] != self._content:
            raise CitizengraphError(
                "KEY_REUSED",
                "The key was used for something else. Nothing was done.",
                "Use a new key for each step, and the same only to repeat it.",
            )
        return {**step, "repeated": True}

    async def take(
        self, guard: str, about: Mapping[str, Any], facts: Sequence[Fact], outcome: Outcome
    ) -> Receipt | None:
        """State the facts and the step in one transaction if the guard holds.

        None where it did not. Who asks twice at the same moment is told what was done once.
        """
        who = {"me": self.me, "step": self._key}
        stated = [*facts, *self._facts(outcome)]
        guarded = guard, {**who, **about}
        done = await self._means.pen.state(guarded, stated, self.pages.today)
        receipt = await self.taken()
        return receipt and {**receipt, "repeated": not done}

    def _facts(self, outcome: Outcome) -> Iterator[Fact]:
        reference = f"ST-{secrets.token_hex(8).upper()}"
        fields = {
            "reference": reference,
            "operation": self._operation,
            "takenAt": self.pages.now,
            "worker": self.worker or None,
            "actor": self.me,
            "account": self.account,
            "caseNumber": outcome.number,
            "caseVersion": outcome.version,
            "caseState": outcome.state,
            "made": outcome.made,
            "words": outcome.words,
            "content": self._content,
        }
        yield self.pages.node("CaseStep", self._key, reference, fields)
        ends = ("CaseStep", self._key), ("Case", outcome.case)
        yield self.pages.link("CaseStepOf", *ends, reference)


def _digest(content: Any) -> str:
    return blake2b(orjson.dumps(content, option=orjson.OPT_SORT_KEYS), digest_size=16).hexdigest()
