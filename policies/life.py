"""The steps of a policy's life: each gives the transitions that follow, or the rule it breaks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from policies.bundle import Bundle
from policies.history import History, Record
from policies.rules import Act, Attempt, Refusal, refusal
from policies.versions import BUILT_IN, Actor, Step, Transition, Version

Steps = tuple[Transition, ...]


@dataclass(frozen=True)
class Statement:
    """What an author says of a version."""

    reason: str
    document: str
    valid_from: date | None = None
    valid_to: date | None = None
    review: date | None = None
    request: int = 0

    def version(self, bundle: str, parent: str, author: Actor, at: datetime) -> Version:
        """The version that says so."""
        days = (self.valid_from, self.valid_to, self.review)
        return Version(bundle, parent, author, self.reason, self.document, at, *days, self.request)


@dataclass(frozen=True)
class Doing:
    """Somebody about to take a step, and when (UTC); `day` is the local day.

    `gains` are the organisations of which some consumer would get more than it has now;
    `asker` is who asked for the access that the version would give.
    """

    history: History
    by: Actor
    at: datetime
    day: date
    gains: frozenset[str] = frozenset()
    asker: Actor | None = None

    def draft(self, bundle: Bundle, said: Statement) -> Steps | Refusal:
        """A new version, made from the one that is active."""
        version = said.version(bundle.hash, _hash(self.history.active), self.by, self.at)
        return self._refused("draft", version=version) or (
            self._step("drafted", self.history.next_number, version, said.reason, begins=True),
        )

    def edit(self, number: int, bundle: Bundle, said: Statement) -> Steps | Refusal:
        """Other texts or words; made from the version that is active now. Approval is void."""
        record = self.history.get(number)
        said = replace(said, request=record.version.request if record else 0)
        version = said.version(bundle.hash, _hash(self.history.active), self.by, self.at)
        return self._refused("edit", record, version=version) or (
            self._step("edited", number, version, said.reason, begins=True),
        )

    def validate(self, number: int, bundle: Bundle, errors: int) -> Steps | Refusal:
        """The texts were checked, with so many errors."""
        record = self.history.get(number)
        refused = self._refused("validate", record, bundle=bundle.hash, errors=errors)
        if refused or record is None:
            return refused or ()
        return (self._step("validated", number, record.version),)

    def approve(self, number: int, bundle: Bundle, given: str, why: str) -> Steps | Refusal:
        """Another person agrees to exactly the hash `given`."""
        record = self.history.get(number)
        refused = self._refused("approve", record, bundle=bundle.hash, given=given)
        if refused or record is None:
            return refused or ()
        return (self._step("approved", number, record.version, why),)

    def activate(self, number: int, bundle: Bundle, why: str) -> Steps | Refusal:
        """In force from now on, in place of the version that it was made from."""
        record = self.history.get(number)
        refused = self._refused("activate", record, bundle=bundle.hash)
        if refused or record is None:
            return refused or ()
        begun = self._step("activated", number, record.version, why)
        return (*self._displaced("superseded", why), begun)

    def roll_back(self, number: int, bundle: Bundle, why: str) -> Steps | Refusal:
        """The bundle of an earlier version in force again, as a new version with its terms.

        It was approved once, so it needs no second person.
        """
        record = self.history.get(number)
        before = record.version if record else None
        version = before and Statement(
            why, before.document, before.valid_from, before.valid_to, before.review
        ).version(before.bundle, _hash(self.history.active), self.by, self.at)
        refused = self._refused("roll back", record, bundle=bundle.hash, version=version)
        if refused or version is None:
            return refused or ()
        number, words = self.history.next_number, f"version {number} again: {why}"
        return (
            self._step("drafted", number, version, words, begins=True),
            *self._displaced("rolled back", why),
            self._step("activated", number, version, words),
        )

    def _displaced(self, step: Step, why: str) -> Steps:
        active = self.history.active
        if active is None:
            return ()
        return (self._step(step, active.number, active.version, why),)

    def _step(
        self, step: Step, number: int, version: Version, why: str = "", begins: bool = False
    ) -> Transition:
        content = version if begins else None
        return Transition(step, number, version.hash, self.by, self.at, why, content)

    def _refused(
        self,
        act: Act,
        record: Record | None = None,
        *,
        version: Version | None = None,
        given: str = "",
        bundle: str = "",
        errors: int = 0,
    ) -> Refusal | None:
        said = (record, version, given, bundle, errors, self.gains, self.asker)
        return refusal(Attempt(act, self.by, self.history, self.day, *said))


def built_in(history: History, bundle: Bundle, at: datetime, why: str) -> Steps:
    """What the product ships, in force at once: on an empty history, or in place of its like."""
    said = Statement(why, "shipped with citizengraph")
    version = said.version(bundle.hash, _hash(history.active), BUILT_IN, at)
    number = history.next_number
    steps = [Transition("drafted", number, version.hash, BUILT_IN, at, why, version)]
    active = history.active
    if active:
        hashed = active.version.hash
        steps.append(Transition("superseded", active.number, hashed, BUILT_IN, at, why))
    return (*steps, Transition("activated", number, version.hash, BUILT_IN, at, why))


def _hash(record: Record | None) -> str:
    return record.version.hash if record else ""
