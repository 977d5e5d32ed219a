"""Constraints, indexes and names that the model asks of the store. Pure: returns Cypher only."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from graph import ledger
from graph.catalogue import Catalogue
from graph.declarations import POSITION

STATEMENT = "Statement"
ABOUT = "ABOUT"
BOOKKEEPING = ("id", "key", "type", "rank", "disputedFields", "withdrawn", "lock")


SHOW_SCHEMA = "SHOW INDEXES YIELD name RETURN name"
SHOW_STATES = "SHOW INDEXES YIELD name, state RETURN name, state"


def schema_statements(model: Catalogue, present: Container[str] = ()) -> list[str]:
    """Unique keys and indexes of every node type, without those whose names are present."""
    wanted = [
        _unique(STATEMENT, "key"),
        *(_unique(label, name) for label in model.nodes for name in ("id", "key")),
        *(_index(label, name) for label, name in indexed_fields(model)),
        *(_index(label, name, "TEXT") for label, name in searched_fields(model)),
        *(_index(label, POSITION, "POINT") for label, node in model.nodes.items() if node.near),
        *ledger.schema_statements(),
    ]
    return [statement for name, statement in wanted if name not in present]


def indexed_fields(model: Catalogue) -> Iterator[tuple[str, str]]:
    """Node type and field of every index: the identifier, and whatever can be filtered by."""
    for label, node in model.nodes.items():
        for name, field in node.fields.items():
            if name == node.identifier or set(field.filter) - {"contains"}:
                yield label, name
        yield from ((label, name) for name in node.spoken.values())


def searched_fields(model: Catalogue) -> Iterator[tuple[str, str]]:
    """Node type and field of every index of parts of a text."""
    for label, node in model.nodes.items():
        yield from ((label, name) for name, of in node.fields.items() if "contains" in of.filter)


def name_statements(model: Catalogue) -> list[tuple[str, dict[str, list[str]]]]:
    """Create every property key, label and relationship type.

    A statement that names what the store has never seen costs a notification on each call.
    """
    return [
        (f"UNWIND $names AS name CALL db.{procedure}(name)", {"names": sorted(names)})
        for procedure, names in (
            ("createProperty", property_keys(model)),
            ("createLabel", {STATEMENT, *ledger.LABELS, *model.nodes}),
            ("createRelationshipType", {ABOUT, *stored_types(model)}),
        )
    ]


def property_keys(model: Catalogue) -> set[str]:
    """Every property name that the store may hold."""
    declared = (*model.nodes.values(), *model.relationships.values())
    return {
        *BOOKKEEPING,
        *ledger.PROPERTIES,
        *model.provenance,
        *(name for d in declared for name in d.fields),
        *(until for node in model.nodes.values() for until in node.protective.values()),
        *(span for node in model.nodes.values() for span in node.spans),
        *(name for node in model.nodes.values() for name in node.derived_properties),
    }


def stored_types(model: Catalogue) -> Iterator[str]:
    """Every relationship type: the current picture's and the facts' behind it."""
    for relationship in model.relationships.values():
        for stored in relationship.types.values():
            yield stored
            yield fact_type(stored)


def fact_type(stored: str) -> str:
    """Type of the relationships that hold the facts behind the current picture."""
    return f"{stored}_FACT"


def _unique(label: str, field: str) -> tuple[str, str]:
    """Name and statement of a constraint; its index has the same name."""
    name = f"{_snake(label)}_{_snake(field)}_unique"
    what = f"FOR (n:{label}) REQUIRE n.{field} IS UNIQUE"
    return name, f"CREATE CONSTRAINT {name} IF NOT EXISTS {what}"


def _index(label: str, field: str, kind: str = "") -> tuple[str, str]:
    """Name and statement of an index, by order of values or of a kind of its own."""
    name = "_".join(part for part in (_snake(label), _snake(field), kind.lower()) if part)
    what = f"FOR (n:{label}) ON (n.{field})"
    return name, f"CREATE {kind}{' ' if kind else ''}INDEX {name} IF NOT EXISTS {what}"


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
