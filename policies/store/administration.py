"""Whoever administers the policies: the steps of a version's life, as one person takes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial

from graph.catalogue import Catalogue
from policies.bundle import Bundle
from policies.history import History, Record
from policies.life import Doing, Statement, Steps
from policies.problems import PolicyInvalid
from policies.rules import Refusal
from policies.simulation import difference
from policies.store.recent import RECENT
from policies.store.requests import read_requests
from policies.store.steps import StepRefused, known, take
from policies.store.valkey import PolicyStore
from policies.table import PolicySet
from policies.validation import WARNED_DAYS, Finding, findings
from policies.versions import Actor

Act = Callable[[Doing], Steps | Refusal]
TAKEN_AWAY = ("lost", "narrower")
STALE = "A draft is made from the version that is in force."


@dataclass(frozen=True)
class Administration:
    """The store, and who acts. Methods raise StepRefused, and what the store raises."""

    store: PolicyStore
    catalogue: Catalogue
    by: Actor

    def load(self, bundle: Bundle, last: date | None = None) -> PolicySet:
        """Checked and compiled, or as it was a moment ago. Raises PolicyInvalid."""
        return RECENT.load(bundle, self.catalogue, last)

    def draft(
        self, bundle: Bundle, said: Statement, made_from: str = ""
    ) -> tuple[Record, list[Finding]]:
        """A new version, checked: validated where nothing is wrong with it.

        `made_from` is the hash of the version that has to be in force still.
        """

        def act(doing: Doing) -> Steps | Refusal:
            active = doing.history.active
            if made_from and active and active.version.hash != made_from:
                return Refusal(STALE, "another came into force meanwhile")
            return doing.draft(bundle, said)

        history = self._take(act, bundle, stored=True)
        return self.check(history.records[-1].number)

    def edit(self, number: int, bundle: Bundle, said: Statement) -> tuple[Record, list[Finding]]:
        """Other texts or words for a version that is not in force yet."""
        self._take(lambda doing: doing.edit(number, bundle, said), bundle, stored=True)
        return self.check(number)

    def check(self, number: int) -> tuple[Record, list[Finding]]:
        """Look for errors; a version without is validated."""
        record = known(self.store.snapshot().history, number)
        bundle = self.store.bundle(record.version.bundle)
        found = inspect(partial(self.load, bundle, record.version.valid_to))
        if any(finding.level == "error" for finding in found):
            return record, found
        history = take(self.store, self.by, lambda doing: doing.validate(number, bundle, 0), None)
        return known(history, number), found

    def approve(self, number: int, hashed: str, why: str) -> Record:
        """Agree to exactly one hash."""
        record = known(self.store.snapshot().history, number)
        bundle = self.store.bundle(record.version.bundle)
        asker = self._asker(record)
        act = partial(Doing.approve, number=number, bundle=bundle, given=hashed, why=why)
        history = self._take(act, bundle, asker=asker)
        return known(history, number)

    def bundle(self, number: int) -> Bundle:
        """The texts of a version. Raises POLICY_VERSION_UNKNOWN."""
        return self.store.bundle(known(self.store.snapshot().history, number).version.bundle)

    def ask(self, act: Act, bundle: Bundle) -> frozenset[str]:
        """Ask the rules before anything is made for the step: the organisations that gain."""
        history = self.store.snapshot().history
        gains = self.gains(history, bundle)
        refused = act(Doing(history, self.by, datetime.now(UTC), date.today(), gains))
        if isinstance(refused, Refusal):
            raise StepRefused(refused)
        return gains

    def possible(self, record: Record, bundle: Bundle) -> Mapping[str, Refusal | None]:
        """The rule that keeps this person from each step; nothing where none does."""
        history = self.store.snapshot().history
        gains, asker = self.gains(history, bundle), self._asker(record)
        doing = Doing(history, self.by, datetime.now(UTC), date.today(), gains, asker)
        said, number = Statement(record.version.reason, record.version.document), record.number
        steps: dict[str, Steps | Refusal] = {
            "edit": doing.edit(number, bundle, said),
            "approve": doing.approve(number, bundle, record.version.hash, ""),
            "activate": doing.activate(number, bundle, ""),
            "roll back": doing.roll_back(number, bundle, "asked only"),
        }
        return {
            name: found if isinstance(found, Refusal) else None for name, found in steps.items()
        }

    def gains(self, history: History, bundle: Bundle) -> frozenset[str]:
        """Organisations of which some consumer would get more than is in force now.

        Of texts that do not load nothing is known; they can be neither approved nor activated.
        """
        active = history.active
        if active is None or active.version.bundle == bundle.hash:
            return frozenset()
        try:
            after = self.load(bundle)
        except PolicyInvalid:
            return frozenset()
        return gaining(self.load(self.store.bundle(active.version.bundle)), after)

    def _asker(self, record: Record) -> Actor | None:
        request = record.version.request
        return read_requests(self.store).get(request).by if request else None

    def _take(
        self, act: Act, bundle: Bundle, stored: bool = False, asker: Actor | None = None
    ) -> History:
        gains = self.gains(self.store.snapshot().history, bundle)
        return take(self.store, self.by, act, bundle if stored else None, gains, asker)


def gaining(before: PolicySet, after: PolicySet) -> frozenset[str]:
    """Organisations of whose consumers some would get more; whose they were and whose they are."""
    consumers = {
        change.cell.consumer
        for change in difference(before, after)
        if change.kind not in TAKEN_AWAY
    }
    return frozenset(
        side.consumers[name].organisation.code
        for side in (before, after)
        for name in consumers & side.consumers.keys()
    )


def inspect(load: Callable[[], PolicySet], days: int = WARNED_DAYS) -> list[Finding]:
    """All that should be looked into; texts that do not load have errors alone."""
    try:
        return findings(load(), days)
    except PolicyInvalid as error:
        return [Finding("error", "INVALID", p.place, p.words, p.policy) for p in error.problems]
