"""The desk of emergency access: opening it, seeing all of them, reviewing each once."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from audit.reader import about, newest_first
from audit.record import Disclosure
from graph.conditions import ALWAYS
from graph.cypher import Clock
from graph.cypher.desk import (
    ACCESS,
    ACCESSES,
    MISSING_ACCESSES,
    NOT_REVIEWED,
    PERSON,
)
from graph.facts import EdgeFact, Fact, NodeFact, Source
from policies.versions import Actor
from resolvers.desk import DeskRequest
from runtime.errors import CitizengraphError
from subgraphs.administration.emergency_rules import (
    MINUTES_DEFAULT,
    check_minutes,
    check_reason,
    refuse_own_review,
)
from subgraphs.administration.means import Means, person_of

REGISTER = "emergency"
SHOWN_MAX = 1000
LOOKS_READ_MAX = 100_000
"""Records of the audit that are read for one emergency access."""
Access = dict[str, Any]


class EmergencyDesk:
    """One caller at the desk."""

    def __init__(self, request: DeskRequest) -> None:
        self._request = request
        self._caller = request.caller
        self._means: Means = request.means
        self._clock = Clock.system()
        self._today = self._clock.parameters()["today"]

    async def open(self, number: str, reason: str, minutes: int = MINUTES_DEFAULT) -> Access:
        """Access from now on. Raises BAD_ARGUMENT and PERSON_UNKNOWN."""
        words = check_reason(reason)
        check_minutes(minutes)
        about = self._clock, number, ALWAYS, "emergencyAccesses"
        person = await person_of(self._request, *about, "There is no such person.")
        until = Clock(self._clock.now + timedelta(minutes=minutes)).second
        access = {
            "reference": f"EA-{secrets.token_hex(8).upper()}",
            "reason": words,
            "openedAt": self._clock.second,
            "until": until,
            "worker": str(self._caller.principal["worker"]),
            "openedBy": str(self._caller.principal["person"]),
            "openedAs": self._caller.subject,
        }
        await self._means.notices.write(_notice(access, person["id"]))
        guard = PERSON, {"person": person["key"]}
        facts = list(_opened(access, person["key"]))
        await self._means.pen.state(guard, facts, self._today)
        return access

    async def accesses(self, reviewed: bool | None) -> list[Access]:
        """The newest first, and what was noticed and then not opened."""
        asked = {"reviewed": reviewed, "most": SHOWN_MAX}
        found = [row["access"] for row in await self._means.pen.rows(ACCESSES, asked)]
        if not reviewed:
            found += await self._not_opened()
        for access in found:
            access["state"] = access.get("state") or self._state(access)
        return sorted(found, key=lambda access: access["openedAt"] or "", reverse=True)

    async def looks(self, reference: str) -> list[Disclosure]:
        """What the opener was told of the person while it ran, the newest first."""
        access = await self._access(reference)
        return await asyncio.to_thread(self._looks, access)

    def _looks(self, access: Access) -> list[Disclosure]:
        person, account = access["person"], access["openedAs"]
        begun, ended = (datetime.fromisoformat(access[name]) for name in ("openedAt", "until"))
        found: dict[str, Disclosure] = {}
        for record in islice(newest_first(self._means.redis_url), LOOKS_READ_MAX):
            if record.at < begun or len(found) == SHOWN_MAX:
                break
            if record.at <= ended and record.subject == account:
                rows = tuple(row for row in record.rows if about(row, person))
                if any(row.shown or row.masked or row.denied for row in rows):
                    found.setdefault(record.id, replace(record, rows=rows))
        return list(found.values())

    async def review(self, reference: str, justified: bool, words: str) -> Access:
        """The access with its review. Raises BAD_ARGUMENT and EMERGENCY_REFUSED."""
        access = await self._access(reference)
        reviewer = Actor(str(self._caller.principal["person"]), self._caller.subject, "token")
        opener = Actor(access["openedBy"] or "", access["openedAs"] or "", "token")
        refuse_own_review(opener, reviewer)
        await self._request.note("EmergencyAccess", reference, "justified")
        fact = NodeFact(
            "EmergencyAccess",
            _key(reference),
            Source(REGISTER, f"{reference}/review", self._clock.second),
            {
                "justified": justified,
                "reviewedAt": self._clock.second,
                "reviewedBy": reviewer.person,
                "reviewedAs": reviewer.account,
                **({"reviewWords": words.strip()} if words.strip() else {}),
            },
        )
        guard = NOT_REVIEWED, {"access": _key(reference)}
        if not await self._means.pen.state(guard, [fact], self._today):
            raise CitizengraphError("EMERGENCY_REFUSED", "It has been reviewed, and is only once.")
        reviewed = await self._access(reference)
        return {**reviewed, "state": self._state(reviewed)}

    async def _access(self, reference: str) -> Access:
        found = await self._means.pen.rows(ACCESS, {"reference": reference})
        if not found:
            words = "There is no emergency access of this reference."
            raise CitizengraphError("BAD_ARGUMENT", words)
        return found[0]["access"]

    async def _not_opened(self) -> list[Access]:
        """Noticed, and not in the graph."""
        told = {n["reference"]: n for n in await self._means.notices.newest(SHOWN_MAX)}
        rows = await self._means.pen.rows(MISSING_ACCESSES, {"references": list(told)})
        return [{**told[row["reference"]], "state": "not opened"} for row in rows]

    def _state(self, access: Access) -> str:
        over = (access["until"] or "") <= self._clock.second or access["justified"] is False
        return "ended" if over else "running"


def _key(reference: str) -> str:
    return f"emergency:{reference}"


def _notice(access: Access, person: str) -> dict[str, str]:
    """What is told at once: whom it concerns by opaque id, and no number or name."""
    told = ("reference", "reason", "openedAt", "until", "worker")
    return {**{name: access[name] for name in told}, "person": person}


def _opened(access: Access, person: str) -> Iterator[Fact]:
    source = Source(REGISTER, access["reference"], access["openedAt"])
    key, worker = _key(access["reference"]), f"worker:{access['worker']}"
    yield NodeFact("EmergencyAccess", key, source, access)
    yield NodeFact("Caseworker", worker, source, {"code": access["worker"]})
    yield EdgeFact("EmergencySubject", "", "Person", person, "EmergencyAccess", key, source, {})
    yield EdgeFact("EmergencyOpening", "", "EmergencyAccess", key, "Caseworker", worker, source, {})
