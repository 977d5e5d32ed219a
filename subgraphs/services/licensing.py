"""The licence desk: an authority issues and changes its own licences, each change one transaction.

What is stated of a change is in licence_facts.py, what may be done in licence_rules.py.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from graph.conditions import ALWAYS, Attribute, Compare, Literal
from graph.cypher import Clock
from graph.cypher.licences import BIRTH, BODY, EVENT, LICENCE, TAKEN, UNCHANGED, not_issued
from graph.facts import Fact
from ingest.identifiers import told_by
from policies.licence_types import LicenceType
from resolvers.desk import DeskRequest
from runtime.errors import CitizengraphError
from subgraphs.administration.means import Means, person_of, row_of
from subgraphs.services.licence_facts import Event, Holders, LicenceFacts, licence_key
from subgraphs.services.licence_numbers import new_number
from subgraphs.services.licence_rules import (
    Body,
    Grounds,
    Licence,
    against,
    check_issuer,
    check_transition,
    checked_key,
    last_day,
    renewed_until,
    wrong,
)

OWN = Compare("=", Attribute("issuedByCaller"), Literal(True))
NUMBERS_TRIED = 3
CONFLICT = "The licence has been changed meanwhile, or is being changed."


@dataclass(frozen=True)
class Change:
    """What became of a request: the licence by id, the event, the version and state it made."""

    id: str
    reference: str
    version: int
    status: str


class LicenceDesk:
    """One officer of an authority at the desk."""

    def __init__(self, request: DeskRequest) -> None:
        self._request = request
        self._caller = request.caller
        self._means: Means = request.means
        self._clock = Clock.system()
        self._today = self._clock.parameters()["today"]
        self._authority = str(request.caller.principal["authority"])
        self._district = str(request.caller.principal["district"])
        worker = str(request.caller.principal["worker"])
        self._facts = LicenceFacts(
            self._authority, self._district, worker, request.caller.subject, self._today
        )

    async def issue(
        self, key: str, kind: str, wanted: str, numbers: Sequence[str], grounds: Grounds
    ) -> Change:
        """A licence for `wanted`, a person, couple or entity, who has the numbers.

        Raises BAD_ARGUMENT, PERSON_UNKNOWN, WRONG_AUTHORITY, LICENCE_RULE, LICENCE_CONFLICT.
        """
        grounds = grounds.checked()
        body = await self._body()
        of = check_issuer(self._type(kind), body, self._district)
        event = self._event(f"{self._authority}/{checked_key(key)}", "ISSUED", 1, grounds)
        event = replace(event, digest=_digest(kind, *sorted(numbers), *astuple(grounds)))
        made = await self._made(event)
        if made:
            return made
        if wanted != of.holder:
            raise against(f"A licence of this type has as holder: {of.holder}.")
        return await self._issue(of, kind, body, await self._holders(of, numbers), event)

    async def change(
        self, name: str, key: str, number: str, expects: int, grounds: Grounds
    ) -> Change:
        """Renew, suspend, resume, revoke or supersede an own licence that is as it was seen.

        Raises BAD_ARGUMENT, WRONG_AUTHORITY, LICENCE_STATE, LICENCE_RULE, LICENCE_CONFLICT.
        """
        grounds, body = grounds.checked(), await self._body()
        licence = await self._own(number, name)
        of = check_issuer(self._type(licence["kind"]), body, self._district)
        event = self._event(f"{licence['key']}/{checked_key(key)}", name, expects + 1, grounds)
        event = replace(event, digest=_digest(name, number, *astuple(grounds)))
        latest = f"{event.key}/successor" if name == "supersede" else event.key
        made = await self._made(replace(event, key=latest))
        if made:
            return made
        if licence["version"] != expects:
            raise CitizengraphError("LICENCE_CONFLICT", CONFLICT, "Read its version again.")
        transition = check_transition(name, licence)
        event = replace(event, action=transition.action, at=self._after(licence))
        if name == "supersede":
            return await self._supersede(of, licence, body, event)
        until = None
        if name == "renew":
            born = await self._birth(of, _held_by(licence).keys)
            until = renewed_until(of, licence, self._today, born)
        facts = list(self._facts.changed(licence, transition.to, event, until))
        return await self._state(licence, event, facts, None)

    async def _issue(
        self, of: LicenceType, kind: str, body: Body, holders: Holders, event: Event
    ) -> Change:
        until = last_day(of.validity, self._today, await self._birth(of, holders.keys))
        for _ in range(NUMBERS_TRIED):
            number = new_number(of.prefix, self._district, self._today[:4])
            licence = licence_key(number)
            asked = {"issuer": body["key"], "holders": list(holders.keys), "licence": licence}
            asked |= {"event": event.key, "kind": kind, "single": of.single, "today": self._today}
            guard = not_issued(holders.type), asked
            facts = list(self._facts.issued(number, kind, until, holders, body, event))
            if await self._means.pen.state(guard, facts, self._today):
                return await self._known(event)
            made = await self._made(event)
            if made:
                return made
            if not await self._means.pen.rows(TAKEN, {"licence": licence}):
                raise against("The holder has a licence of this type that has not ended.")
        raise CitizengraphError("LICENCE_CONFLICT", "No free number was found.", "Try again.")

    async def _supersede(
        self, of: LicenceType, licence: Licence, body: Body, event: Event
    ) -> Change:
        """The old licence ends and the new one begins in one transaction."""
        holders = _held_by(licence)
        until = last_day(of.validity, self._today, await self._birth(of, holders.keys))
        number = new_number(of.prefix, self._district, self._today[:4])
        begun = replace(event, key=f"{event.key}/successor", action="ISSUED", version=1)
        old, new = licence["key"], licence_key(number)
        facts = [
            *self._facts.changed(licence, "SUPERSEDED", event, None),
            *self._facts.issued(number, licence["kind"], until, holders, body, begun),
            self._facts.succession(number, old, begun),
        ]
        await self._state(licence, event, facts, new)
        return await self._known(begun)

    async def _state(
        self, licence: Licence, event: Event, facts: list[Fact], successor: str | None
    ) -> Change:
        asked = {"licence": licence["key"], "version": event.version - 1, "event": event.key}
        guard = UNCHANGED, {**asked, "successor": successor}
        if not await self._means.pen.state(guard, facts, self._today):
            made = await self._made(event)
            if made is None:
                raise CitizengraphError("LICENCE_CONFLICT", CONFLICT, "Read its version again.")
            return made
        return await self._known(event)

    async def _body(self) -> Body:
        """The authority that the token names. Raises WRONG_AUTHORITY."""
        found = await self._means.pen.rows(BODY, {"code": self._authority})
        if not found:
            raise wrong("The body that your token names is in no register.")
        return {**found[0], "creditCode": self._authority}

    def _type(self, kind: str) -> LicenceType | None:
        return self._means.policies.licence_types.get(kind)

    async def _holders(self, of: LicenceType, numbers: Sequence[str]) -> Holders:
        """Raises PERSON_UNKNOWN and BAD_ARGUMENT."""
        if of.holder == "entity":
            return Holders("LegalEntity", (await self._entity(numbers[0]),))
        about = ALWAYS, "licences", "There is no such person."
        found = [await person_of(self._request, self._clock, n, *about) for n in numbers]
        return Holders("Person", tuple(sorted(row["key"] for row in found)))

    async def _entity(self, code: str) -> str:
        wanted = "LegalEntity", "creditCode", code
        unknown = CitizengraphError("BAD_ARGUMENT", "There is no such legal entity.")
        about = wanted, ALWAYS, "licences", unknown
        return (await row_of(self._request, self._clock, *about))["key"]

    async def _own(self, number: str, name: str) -> Licence:
        """A licence of the authority; of another one, and of none, it is refused alike."""
        unknown = wrong("Your authority has issued no licence of this number.")
        about = ("Licence", "number", number), OWN, name, unknown
        found = await row_of(self._request, self._clock, *about)
        asked = {"licence": found["key"], "today": self._today}
        return (await self._means.pen.rows(LICENCE, asked))[0]

    async def _made(self, event: Event) -> Change | None:
        """What the same request did before. Raises LICENCE_CONFLICT for another one."""
        found = await self._means.pen.rows(EVENT, {"event": event.key})
        if found and found[0]["request"] != event.digest:
            words = "The key has been used for another request."
            raise CitizengraphError("LICENCE_CONFLICT", words, "Draw another key.")
        return _change(found[0]) if found else None

    async def _known(self, event: Event) -> Change:
        return _change((await self._means.pen.rows(EVENT, {"event": event.key}))[0])

    async def _birth(self, of: LicenceType, keys: Sequence[str]) -> str | None:
        """The day of the holder's birth, where a term goes by it."""
        if not (of.validity.by_age or (of.renewal and of.renewal.by_age)):
            return None
        rows = await self._means.pen.rows(BIRTH, {"person": keys[0]})
        day = rows[0]["day"] if rows else None
        told = told_by(keys[0], self._today)
        return day if day and len(day) == 10 else told.birth_date if told else None

    def _event(self, key: str, action: str, version: int, grounds: Grounds) -> Event:
        return Event(f"licence-event:{key}", action, version, "", grounds, self._clock.second)

    def _after(self, licence: Licence) -> str:
        """Now, or one second after what was last stated of it, so that the latest counts."""
        last = licence["recordedFrom"] or ""
        if last < self._clock.second:
            return self._clock.second
        following = datetime.fromisoformat(last) + timedelta(seconds=1)
        return Clock(following.astimezone(UTC)).second


def _held_by(licence: Licence) -> Holders:
    """Raises LICENCE_RULE where a register states none, or a person and an entity."""
    types = {kind for kind, _ in licence["holders"]}
    if len(types) != 1:
        raise against("It is not known who holds it.")
    return Holders(types.pop(), tuple(key for _, key in licence["holders"]))


def _digest(*parts: str) -> str:
    """Of what is asked, so that the same key is not used for something else."""
    return sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def _change(row: dict[str, Any]) -> Change:
    return Change(row["id"], row["reference"], row["version"], row["status"])
