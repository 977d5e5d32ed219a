"""Composition: contracts per consumer, and failures in words."""

import json
from pathlib import Path

import pytest

from gateway.compose import ConsumerContract, NodeServer, SubgraphSdl, compose, compose_texts
from runtime.errors import CitizengraphError

LINK = """
extend schema @link(
  url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
"""
PEOPLE = """
type Query { person(number: String!, kind: Kind): Person search: [Found!]! }
type Person @key(fields: "id") { id: ID! name: String secret: String kind: Kind }
type Company { name: String }
union Found = Person | Company
enum Kind { BIRTH ADOPTIVE }
scalar Date
"""
HOUSES = """
type Query { house(number: String!): House }
type House @key(fields: "id") { id: ID! number: String members: [Person!] built: Date }
type Person @key(fields: "id") { id: ID! house: House }
scalar Date
"""


def subgraphs(people: str = PEOPLE, houses: str = HOUSES) -> list[SubgraphSdl]:
    return [
        SubgraphSdl("people", "http://people.example/graphql", LINK + people),
        SubgraphSdl("legal-entities", "http://houses.example/graphql", LINK + houses),
    ]


def public(node: NodeServer, *visible: str) -> str:
    contract = ConsumerContract(frozenset(visible), {})
    return compose_texts(subgraphs(), {"x": contract}, node).consumers["x"].public_sdl


def failure(node: NodeServer, given: list[SubgraphSdl], *visible: str) -> str:
    contract = ConsumerContract(frozenset(visible), {})
    with pytest.raises(CitizengraphError) as caught:
        compose_texts(given, {"school": contract}, node)
    assert caught.value.code == "COMPOSITION_FAILED"
    return caught.value.message


def test_a_type_alone_shows_none_of_its_fields(node: NodeServer) -> None:
    sdl = public(node, "Query", "Person", "Query.person", "Query.person(number:)", "Person.name")
    assert " ".join(sdl.split()) == (
        "type Query { person(number: String!): Person } type Person { name: String }"
    )


def test_enum_values_unions_and_scalars(node: NodeServer) -> None:
    visible = ("Query.search", "Found", "Person.kind", "Kind.BIRTH", "Person.house", "House.built")
    sdl = public(node, *visible, "Date")
    assert "ADOPTIVE" not in sdl
    assert "union Found = Person\n" in sdl
    assert "Company" not in sdl
    assert "scalar Date" in sdl
    assert "id" not in sdl.replace("kind", "")


def test_hidden_keys_stay_for_the_planner(node: NodeServer) -> None:
    contract = ConsumerContract(frozenset({"Query.search", "Found", "Person.name"}), {})
    composed = compose_texts(subgraphs(), {"x": contract}, node).consumers["x"]
    assert '@join__type(graph: PEOPLE, key: "id")' in composed.supergraph
    assert "id: ID! @inaccessible" in composed.supergraph


def test_failures_name_consumer_subgraph_and_coordinate(node: NodeServer) -> None:
    assert failure(node, subgraphs(), "Query.person", "Person.nmae") == (
        "For consumer school: Person.nmae is in no subgraph."
    )
    nothing = failure(node, subgraphs(), "Person.name")
    assert nothing.startswith('For consumer school: Type "Query"')
    typo = failure(node, subgraphs(houses=HOUSES + "type {"), "Query.person")
    assert typo.startswith("Subgraph legal-entities: line ")
    clash = HOUSES.replace("house: House", "house: House name: String")
    words = failure(node, subgraphs(houses=clash), "Query.person")
    assert "Person.name" in words
    assert "legal-entities" in words
    hidden = failure(node, subgraphs(), "Query.person", "Person.name")
    assert "school" in hidden
    assert "Query.person(number:)" in hidden


def test_what_is_written(node: NodeServer, tmp_path: Path) -> None:
    visible = frozenset({"Query.search", "Found", "Person.name"})
    contract = ConsumerContract(visible, {"kinship-check": ["civil-code-1111"]})
    compose(subgraphs(), {"school": contract}, "policy-7", tmp_path, node)
    assert {file.name for file in tmp_path.iterdir()} == {
        "consumers.json",
        "school.graphql",
        "supergraph.graphql",
    }
    index = json.loads((tmp_path / "consumers.json").read_text())
    assert index["policy"] == "policy-7"
    assert index["subgraphs"]["legal-entities"] == "http://houses.example/graphql"
    assert index["consumers"]["school"]["supergraph"] == "school.graphql"
    assert index["consumers"]["school"]["purposes"] == {"kinship-check": ["civil-code-1111"]}


def test_node_that_does_not_run(tmp_path: Path) -> None:
    broken = NodeServer(tmp_path / "node", tmp_path)
    assert "did not run" in failure(broken, subgraphs(), "Query.person")
