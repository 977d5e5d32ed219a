"""Facts about licences, their holders and issuers."""

from __future__ import annotations

from collections.abc import Iterator

from graph.facts import EdgeFact, NodeFact, Value
from ingest.city.clock import iso
from ingest.city.districts import DISTRICTS
from ingest.city.entity_facts import entity_key
from ingest.city.licences import Licence, Licences
from ingest.city.papers import Registry
from ingest.city.statements import source


class LicenceFacts:
    """Every fact about licences."""

    def __init__(self, licences: Licences, registry: Registry) -> None:
        self._licences = licences
        self._papers = registry.papers

    def __iter__(self) -> Iterator[NodeFact | EdgeFact]:
        for licence in self._licences.all:
            yield from self._licence(licence)

    def _licence(self, licence: Licence) -> Iterator[NodeFact | EdgeFact]:
        key = f"licence:{licence.number}"
        origin = source("licence", licence.number, licence.issued)
        fields: dict[str, Value] = {
            "number": licence.number,
            "kind": licence.kind,
            "status": licence.status,
            "issueDate": iso(licence.issued),
            "district": DISTRICTS[licence.district].code,
        }
        if licence.expires is not None:
            fields["expiryDate"] = iso(licence.expires)
        yield NodeFact("Licence", key, origin, fields)
        holders = [("Person", self._papers[p].key) for p in licence.persons]
        if licence.entity is not None:
            holders.append(("LegalEntity", entity_key(licence.entity)))
        for holder in holders:
            yield EdgeFact("LicenceHolding", "", *holder, "Licence", key, origin, {})
        issuer = ("LegalEntity", entity_key(licence.issuer))
        yield EdgeFact("LicenceIssuance", "", *issuer, "Licence", key, origin, {})
