"""What the licence desk states: facts of the register `licence`, and an event for each change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from graph.facts import EdgeFact, Fact, NodeFact, Source, Value
from subgraphs.services.licence_rules import Body, Grounds, Licence

REGISTER = "licence"


@dataclass(frozen=True)
class Holders:
    """To whom a licence is issued: the type of their rows, and their keys."""

    type: str
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Event:
    """A change about to be stated, at a time to the second. `digest` is that of the request."""

    key: str
    action: str
    version: int
    digest: str
    grounds: Grounds
    at: str

    @property
    def reference(self) -> str:
        """As the authority and the holder read it."""
        return f"LE-{sha256(self.key.encode()).hexdigest()[:16].upper()}"


@dataclass(frozen=True)
class LicenceFacts:
    """Facts as one officer of an authority states them on one day."""

    authority: str
    district: str
    worker: str
    account: str
    today: str

    def issued(
        self, number: str, kind: str, until: str | None, holders: Holders, body: Body, event: Event
    ) -> Iterator[Fact]:
        """A new licence, its holders and its issuer."""
        key, source = licence_key(number), self._source(number, event)
        fields: dict[str, Value] = {"number": number, "kind": kind, "status": "VALID", "version": 1}
        fields |= {"issueDate": self.today, "district": self.district}
        if until:
            fields["expiryDate"] = until
        yield NodeFact("Licence", key, source, fields)
        for holder in holders.keys:
            yield _link("LicenceHolding", holders.type, holder, key, source)
        yield _link("LicenceIssuance", "LegalEntity", body["key"], key, source)
        yield from self._recorded(key, event, source)

    def changed(
        self, licence: Licence, status: str, event: Event, until: str | None
    ) -> Iterator[Fact]:
        """The state of a licence from today on. What was stated before is stated still."""
        source = self._source(f"{licence['number']}/{event.version}", event)
        fields: dict[str, Value] = {"status": status, "version": event.version}
        if until:
            fields["expiryDate"] = until
        yield NodeFact("Licence", licence["key"], source, fields)
        yield from self._recorded(licence["key"], event, source)

    def succession(self, number: str, old: str, event: Event) -> Fact:
        """That the licence of this number took the place of the old one."""
        source = self._source(number, event)
        return _link("LicenceSuccession", "Licence", licence_key(number), old, source)

    def _source(self, record: str, event: Event) -> Source:
        return Source(REGISTER, record, event.at, self.today, citation=event.grounds.evidence)

    def _recorded(self, licence: str, event: Event, source: Source) -> Iterator[Fact]:
        fields: dict[str, Value] = {
            "reference": event.reference,
            "action": event.action,
            "version": event.version,
            "reason": event.grounds.reason,
            "legalBasis": event.grounds.legal_basis,
            "evidence": event.grounds.evidence,
            "changedAt": event.at,
            "authority": self.authority,
            "worker": self.worker,
            "changedAs": self.account,
            "request": event.digest,
        }
        yield NodeFact("LicenceEvent", event.key, source, fields)
        yield _link("LicenceChange", "LicenceEvent", event.key, licence, source)


def licence_key(number: str) -> str:
    """The natural key of the licence."""
    return f"licence:{number}"


def _link(relationship: str, origin: str, start: str, licence: str, source: Source) -> EdgeFact:
    return EdgeFact(relationship, "", origin, start, "Licence", licence, source, {})
