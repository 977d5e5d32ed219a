"""Access requests: asked by a partner's people, decided by others, made a draft."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from policies.access import AccessRequest, AccessStep, Asking, Move, Wanting, refusal_of
from policies.asked_grant import check_asking, unshared, with_grant
from policies.history import Record
from policies.life import Statement
from policies.store.administration import Administration
from policies.store.problems import PolicyUnavailable
from policies.store.requests import Requests, add, read_requests, unknown
from policies.store.steps import ATTEMPTS, StepRefused, known
from policies.table import PolicySet


@dataclass(frozen=True)
class AccessDesk:
    """Requests as one person sees and moves them; `policies` are those in force."""

    who: Administration
    policies: PolicySet

    def all(self) -> list[AccessRequest]:
        """Every request, the newest first."""
        return list(read_requests(self.who.store).found[::-1])

    def own(self) -> list[AccessRequest]:
        """Those for consumers of the caller's own organisation."""
        own = self.who.by.organisation
        return [r for r in self.all() if own and self.organisation(r.asking.consumer) == own]

    def organisation(self, consumer: str) -> str:
        """Whose the consumer is; empty where there is no such consumer."""
        found = self.policies.consumers.get(consumer)
        return found.organisation.code if found else ""

    def ask(self, asking: Asking) -> AccessRequest:
        """A new request. Raises StepRefused, PolicyInvalid."""

        def wanting(before: Requests) -> Wanting:
            organisation = self.organisation(asking.consumer)
            of_own = (
                r for r in before.found if self.organisation(r.asking.consumer) == organisation
            )
            still = sum(request.state == "open" for request in of_own)
            never = unshared(asking, self.who.catalogue)
            by = self.who.by
            return Wanting("asked", by, asking.reason, asking, organisation, None, still, never)

        _refuse(wanting(read_requests(self.who.store)))
        check_asking(asking, self.policies.bundle, self.who.catalogue)
        return self._move(wanting)

    def withdraw(self, number: int, why: str) -> AccessRequest:
        """Ask no more. Of others' requests it says what it says of none."""
        if all(request.number != number for request in self.own()):
            raise unknown(number)
        return self._move(lambda before: self._wanting("withdrawn", before, number, why))

    def decline(self, number: int, why: str) -> AccessRequest:
        """No, and why."""
        return self._move(lambda before: self._wanting("declined", before, number, why))

    def draft(self, number: int, base: int | None) -> Record:
        """A draft with the grant that is asked for, on the document that it was asked with.

        The texts are those of version `base`, or those in force.
        """
        wanting = self._wanting("drafted", read_requests(self.who.store), number, "")
        _refuse(wanting)
        history = self.who.store.snapshot().history
        made_from = known(history, base) if base else history.active
        assert made_from is not None  # the store was seeded when it was first read
        before = self.who.store.bundle(made_from.version.bundle)
        bundle = with_grant(before, wanting.asking, number)
        said = Statement(wanting.asking.reason, wanting.asking.document, request=number)
        current = "" if base else made_from.version.hash
        record, _ = self.who.draft(bundle, said, current)
        self._move(lambda now: self._wanting("drafted", now, number, ""), record.number)
        return record

    def _wanting(self, act: AccessStep, before: Requests, number: int, why: str) -> Wanting:
        request = before.get(number)
        organisation = self.organisation(request.asking.consumer)
        return Wanting(act, self.who.by, why, request.asking, organisation, request)

    def _move(self, wanting: Callable[[Requests], Wanting], version: int = 0) -> AccessRequest:
        for _ in range(ATTEMPTS):
            before = read_requests(self.who.store)
            asked = wanting(before)
            _refuse(asked)
            if add(self.who.store, before, self._step(before, asked, version)):
                number = asked.request.number if asked.request else len(before.found) + 1
                return read_requests(self.who.store).get(number)
        raise PolicyUnavailable("others take steps all the time", "Repeat the step.")

    def _step(self, before: Requests, asked: Wanting, version: int) -> Move:
        at, by = datetime.now(UTC), self.who.by
        if asked.request is None:
            return Move("asked", len(before.found) + 1, by, at, asking=asked.asking)
        return Move(asked.act, asked.request.number, by, at, asked.why, version)


def _refuse(wanting: Wanting) -> None:
    refused = refusal_of(wanting)
    if refused:
        raise StepRefused(refused)
