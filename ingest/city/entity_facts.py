"""Facts about legal entities, their representatives and owners."""

from __future__ import annotations

from collections.abc import Iterator

from graph.facts import EdgeFact, NodeFact, Source, Value
from ingest.city.clock import iso
from ingest.city.districts import DISTRICTS
from ingest.city.entities import COMPANY, Entities, Entity
from ingest.city.papers import Registry
from ingest.city.statements import beliefs, recorded, source

REGISTER = "legal-entity"


class EntityFacts:
    """Every fact about legal entities."""

    def __init__(self, entities: Entities, registry: Registry) -> None:
        self._entities = entities
        self._papers = registry.papers

    def __iter__(self) -> Iterator[NodeFact | EdgeFact]:
        for entity in self._entities.own:
            yield self._entity(entity)
            yield from self._representatives(entity)
            yield from self._shareholders(entity)
            if entity.kind == COMPANY and entity.dissolved is None:
                yield from self._beneficial_owners(entity)

    def _entity(self, entity: Entity) -> NodeFact:
        fields: dict[str, Value] = {
            "creditCode": entity.code,
            "name": entity.name,
            "kind": entity.kind,
            "status": "ACTIVE" if entity.dissolved is None else "DISSOLVED",
            "establishedDate": iso(entity.established),
            "address": entity.address,
            "district": DISTRICTS[entity.district].code,
        }
        if entity.capital_yuan is not None:
            fields["registeredCapitalYuan"] = entity.capital_yuan
        if entity.dissolved is not None:
            fields["dissolvedDate"] = iso(entity.dissolved)
        known = entity.dissolved or entity.established
        origin = Source(REGISTER, entity.code, recorded(known, entity.code), iso(known))
        return NodeFact("LegalEntity", entity_key(entity), origin, fields)

    def _representatives(self, entity: Entity) -> Iterator[EdgeFact]:
        for number, term in enumerate(entity.terms):
            record = f"{entity.code}-R{number}"
            for origin in beliefs(REGISTER, record, term.start, term.end):
                person = self._papers[term.person].key
                yield self._edge("Representation", ("Person", person), entity, origin, {})

    def _shareholders(self, entity: Entity) -> Iterator[EdgeFact]:
        for number, share in enumerate(entity.shares):
            origin = source(REGISTER, f"{entity.code}-S{number}", share.start, entity.dissolved)
            holder = (
                ("Person", self._papers[share.person].key)
                if share.person is not None
                else ("LegalEntity", entity_key(self._entities.all[share.entity or 0]))
            )
            fields: dict[str, Value] = {"sharePercent": share.percent}
            yield self._edge("Shareholding", holder, entity, origin, fields)

    def _beneficial_owners(self, entity: Entity) -> Iterator[EdgeFact]:
        for person, percent, direct in self._entities.beneficial(entity):
            origin = source(REGISTER, f"{entity.code}-B{person}", entity.established)
            fields: dict[str, Value] = {"sharePercent": percent, "direct": direct}
            holder = ("Person", self._papers[person].key)
            yield self._edge("BeneficialOwnership", holder, entity, origin, fields)

    def _edge(
        self,
        relationship: str,
        holder: tuple[str, str],
        entity: Entity,
        origin: Source,
        fields: dict[str, Value],
    ) -> EdgeFact:
        key = entity_key(entity)
        return EdgeFact(relationship, "", *holder, "LegalEntity", key, origin, fields)


def entity_key(entity: Entity) -> str:
    """Natural key of the entity's node."""
    return f"GB32100:{entity.code}"
