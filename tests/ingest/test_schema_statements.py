"""Constraints, indexes and names follow from the model."""

from graph.catalogue import model
from graph.constraints import name_statements, property_keys, schema_statements, stored_types


def test_every_node_type_has_unique_id_and_key() -> None:
    text = "\n".join(schema_statements(model()))
    for label in (*model().nodes, "Statement"):
        assert f"FOR (n:{label}) REQUIRE n.key IS UNIQUE" in text
    assert "CREATE CONSTRAINT legal_entity_id_unique IF NOT EXISTS" in text


def test_identifier_and_filters_are_indexed() -> None:
    text = "\n".join(schema_statements(model()))
    assert "FOR (n:Person) ON (n.citizenNumber)" in text
    assert "FOR (n:Person) ON (n.birthDate)" in text
    assert "FOR (n:Person) ON (n.ethnicity)" not in text


def test_every_name_is_created_beforehand() -> None:
    assert {"citizenNumber", "relationToHead", "validFrom", "disputedFields"} <= property_keys(
        model()
    )
    assert {"MARRIED_TO", "MARRIED_TO_FACT"} <= set(stored_types(model()))
    assert next(text for text, _ in name_statements(model())).endswith("db.createProperty(name)")
