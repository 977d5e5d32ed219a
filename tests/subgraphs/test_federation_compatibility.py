"""The checks of apollographql/apollo-federation-subgraph-compatibility, on our own subgraphs.

docs/federation.md says of each official check whether it applies, and which test here makes it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest
from graphql import (
    DefinitionNode,
    ObjectTypeDefinitionNode,
    TypeDefinitionNode,
    UnionTypeDefinitionNode,
    build_client_schema,
    get_introspection_query,
    parse,
    print_ast,
    strip_ignored_characters,
)
from harness import JSON_HEADERS, Harness, codes
from joserfc.jwk import ECKey

from gateway.compose import NodeServer, SubgraphSdl, compose_texts, node_server
from graph.catalogue import SUBGRAPHS, model
from graph.facts import EdgeFact, Fact, NodeFact
from policies.table import load as load_policies
from resolvers.context import HEADER
from runtime.neo4j.server import Neo4jAddress
from runtime.ports import free_port
from runtime.process import guarded
from runtime.ready import http_ready
from runtime.settings import StartSettings
from subgraphs.administration.schema import SUBGRAPH as DESK
from subgraphs.build import SchemaBuilder
from subgraphs.composing import contracts, subgraph_sdls
from subgraphs.proofs.fields import SUBGRAPH as PROOFS
from subgraphs.schemas import full_schema
from subgraphs.services import SUBGRAPH as SERVICES
from subgraphs.visible import Visible
from tests import family
from tests.subgraphs.row_facts import about, case_fact

SDL = "query { _service { sdl } }"
UNKNOWN = "0" * 32
INJECTED = "x'}) DETACH DELETE n //"
START_SECONDS_MAX = 60
OFFICIAL_IMPORTS = {
    *("@authenticated", "@composeDirective", "@extends", "@external", "@inaccessible"),
    *("@interfaceObject", "@key", "@override", "@policy", "@provides", "@requires"),
    *("@requiresScopes", "@shareable", "@tag", "FieldSet", "Scope", "Policy"),
}
BUILT_IN = {"String", "Int", "Float", "Boolean", "ID"}
MACHINERY = ("__", "link__", "_FieldSet")
REFUSED = ("QUERY_INVALID", "BAD_ARGUMENT")
INTERNALS = re.compile(
    r"MATCH|RETURN|UNWIND|cypher|neo4j|bolt|redis|valkey|Traceback|\.py|127\.0\.0\.1|strawberry",
    re.IGNORECASE,
)

Ids = Mapping[str, Mapping[str, str]]
Representation = dict[str, str]
Running = Mapping[str, "Alone"]
Definition = TypeVar("Definition", bound=DefinitionNode)


@dataclass(frozen=True)
class Entity:
    """An entity of a subgraph, one of its rows, and what the subgraph says of it."""

    subgraph: str
    type: str
    key: str
    selection: str
    answer: Mapping[str, Any]

    @property
    def part(self) -> str:
        """Its part of a selection of `_entities`."""
        return f"{self.type} {{ id {self.selection} }}"


def credit_record(number: str, subject: tuple[str, str]) -> Iterator[Fact]:
    where, record = family.source(number), ("CreditRecord", f"credit:{number}")
    yield NodeFact(*record, where, {"number": number, "kind": "PENALTY"})
    yield EdgeFact("CreditSubject", "", *subject, *record, where, {})


def edges(**node: str) -> dict[str, Any]:
    return {"edges": [{"node": node}]}


MOTHER, HUSBAND = family.key("mother"), family.key("husband")
COMPANY, AUTHORITY = f"USCC:{family.COMPANY}", f"USCC:{family.AUTHORITY}"
HOUSEHOLDS = "households { edges { node { bookNumber } } }"
REPRESENTED = "representedEntities { edges { node { creditCode } } }"
HELD = "licences { edges { node { number } } }"
ISSUED = 'issuedLicences(where: {number: {equals: "L-1"}}) { edges { node { number } } }'
CREDIT = "creditRecords { edges { node { number } } }"
CASES = "cases { edges { node { number } } }"
ENTITIES = [
    Entity("people", "Person", MOTHER, "name", {"name": "陈静"}),
    Entity("people", "Register", "register:population", "code", {"code": "population"}),
    Entity("households", "Person", MOTHER, HOUSEHOLDS, {"households": edges(bookNumber="H-1")}),
    Entity("households", "Household", "household:H-2", "kind", {"kind": "FAMILY"}),
    Entity("households", "Place", "place:110101", "code", {"code": "110101"}),
    Entity(
        "legal-entities",
        "Person",
        HUSBAND,
        REPRESENTED,
        {"representedEntities": edges(creditCode=family.COMPANY)},
    ),
    Entity("legal-entities", "LegalEntity", COMPANY, "kind", {"kind": "COMPANY"}),
    Entity("licences", "Person", MOTHER, HELD, {"licences": edges(number="L-2")}),
    Entity("licences", "LegalEntity", AUTHORITY, ISSUED, {"issuedLicences": edges(number="L-1")}),
    Entity("licences", "Licence", "licence:L-2", "kind", {"kind": "TEACHER_QUALIFICATION"}),
    Entity("cases", "Person", MOTHER, CASES, {"cases": edges(number="C-1")}),
    Entity("cases", "LegalEntity", COMPANY, "", {}),
    Entity("cases", "Caseworker", "worker:W-1", "code", {"code": "W-1"}),
    Entity("cases", "CasePart", "case-part:C-1/a", "department", {"department": "health"}),
    Entity("cases", "CaseMessage", "case-message:M-1", "text", {"text": "请补充"}),
    Entity(
        "cases", "CaseEvidence", "case-evidence:C-1/b", "requirement", {"requirement": "parent"}
    ),
    Entity("cases", "CaseStep", "case-step:1", "operation", {"operation": "openCase"}),
    Entity("cases", "Case", "case:C-1", "state", {"state": "OPEN"}),
    Entity("credit", "Person", MOTHER, CREDIT, {"creditRecords": edges(number="XY-1")}),
    Entity("credit", "LegalEntity", COMPANY, CREDIT, {"creditRecords": edges(number="XY-2")}),
    Entity("credit", "CreditRecord", "credit:XY-2", "kind", {"kind": "PENALTY"}),
    Entity("education", "Person", MOTHER, "", {}),
]
BESIDE: Mapping[str, Mapping[str, str]] = {
    "CasePart": {"reference": "C-1/a", "department": "health"},
    "CaseMessage": {"reference": "M-1", "text": "请补充"},
    "CaseEvidence": {"reference": "C-1/b", "requirement": "parent"},
    "CaseStep": {"reference": "ST-1", "operation": "openCase"},
}
"""What belongs to the case."""
OF_ROWS = tuple(name for name in SUBGRAPHS if name not in (DESK, PROOFS, SERVICES))
"""The desks of the policies and services, and the proofs, have operations, and no entities."""
OF_THE_GRAPH = tuple(name for name in OF_ROWS if name not in model().joined)
each_subgraph = pytest.mark.parametrize("name", OF_ROWS)
each_entity = pytest.mark.parametrize("entity", ENTITIES, ids=lambda e: f"{e.subgraph}-{e.type}")


@pytest.fixture(scope="module")
async def harness(neo4j_server: Neo4jAddress, valkey_server: str) -> AsyncIterator[Harness]:
    async with Harness(neo4j_server, valkey_server) as running:
        place = {"code": "110101", "name": "东城区", "divisionCode": family.HOME}
        where = family.source("PL-1", register="place")
        more = [
            NodeFact("Place", "place:110101", where, place),
            NodeFact("Caseworker", "worker:W-1", family.source("W-1"), {"code": "W-1"}),
            case_fact("C-1", "OPEN", "C-1"),
            *about("C-1", "mother", "W-1"),
            *credit_record("XY-1", ("Person", MOTHER)),
            *credit_record("XY-2", ("LegalEntity", COMPANY)),
        ]
        await running.empty()
        await running.load([*family.facts(), *more, *beside_the_case()])
        yield running


def beside_the_case() -> Iterator[Fact]:
    for entity in ENTITIES:
        if entity.type in BESIDE:
            where = family.source(entity.key, register="one-window")
            yield NodeFact(entity.type, entity.key, where, BESIDE[entity.type])
            ends = entity.type, entity.key, "Case", "case:C-1"
            yield EdgeFact(f"{entity.type}Of", "", *ends, where, {})


@pytest.fixture(scope="module")
async def ids(harness: Harness) -> Ids:
    """Ids by type and natural key."""
    return {label: await harness.ids(label) for label in model().nodes}


@pytest.fixture(scope="module")
def node() -> NodeServer:
    return node_server(StartSettings().cache.absolute())


def definitions(sdl: str, kind: type[Definition]) -> dict[str, Definition]:
    return {d.name.value: d for d in parse(sdl).definitions if isinstance(d, kind)}


def directives(sdl: str) -> set[str]:
    return set(re.findall(r"@\w+", strip_ignored_characters(sdl)))


def keyed_types(sdl: str) -> dict[str, ObjectTypeDefinitionNode]:
    types = definitions(sdl, ObjectTypeDefinitionNode)
    return {name: d for name, d in types.items() if " @key(" in print_ast(d)}


def shareable_types(sdl: str) -> dict[str, str]:
    types = {n: print_ast(d) for n, d in definitions(sdl, ObjectTypeDefinitionNode).items()}
    return {name: text for name, text in types.items() if " @shareable" in text}


def sdls(**replaced: str) -> list[SubgraphSdl]:
    """Every subgraph in full, or with the schema given for it."""
    return [
        SubgraphSdl(s.name, s.url, replaced.get(s.name, s.sdl))
        for s in subgraph_sdls(StartSettings())
    ]


def entities_query(*parts: str) -> str:
    fragments = " ".join(f"... on {part}" for part in dict.fromkeys(parts))
    return f"""query ($representations: [_Any!]!) {{
      _entities(representations: $representations) {{ __typename {fragments} }} }}"""


def representation(entity: Entity, ids: Ids) -> Representation:
    return {"__typename": entity.type, "id": ids[entity.type][entity.key]}


def persons(ids: Ids, *names: str) -> list[Representation]:
    found = (ids["Person"].get(family.key(name), UNKNOWN) for name in names)
    return [{"__typename": "Person", "id": id} for id in found]


async def sdl_of(harness: Harness, subgraph: str) -> str:
    answer = await harness.graphql(subgraph, SDL)
    assert "errors" not in answer
    return answer["data"]["_service"]["sdl"]


async def fetch(
    harness: Harness, subgraph: str, rows: Sequence[Any], *parts: str
) -> dict[str, Any]:
    """The answer to `_entities`, which takes one statement."""
    before = await harness.statements()
    variables = {"representations": rows}
    answer = await harness.graphql(subgraph, entities_query(*parts), variables)
    assert await harness.statements() == before + (1 if rows and answer["data"] else 0)
    return answer


# _service, @link, @key, @shareable, and the directives that do not occur


@each_subgraph
async def test_introspection(harness: Harness, name: str) -> None:
    sdl = await sdl_of(harness, name)
    answer = await harness.graphql(name, get_introspection_query())
    served = build_client_schema(answer["data"]).type_map
    named = {type_name for type_name in served if not type_name.startswith(MACHINERY)}
    assert "type Query" in sdl
    assert set(definitions(sdl, TypeDefinitionNode)) | BUILT_IN == named | BUILT_IN
    assert named >= {"_Any", "_Entity", "_Service"}
    for type_name, declared in definitions(sdl, ObjectTypeDefinitionNode).items():
        fields = {field.name.value: print_ast(field.type) for field in declared.fields}
        assert fields == {field: str(f.type) for field, f in served[type_name].fields.items()}
    assert "_entities(representations: [_Any!]!): [_Entity]!" in sdl
    assert "_service: _Service!" in sdl


@each_subgraph
async def test_link(harness: Harness, name: str) -> None:
    sdl = await sdl_of(harness, name)
    (link,) = re.findall(r"@link\((.+?)\)", strip_ignored_characters(sdl))
    url, imports = re.fullmatch(r'url:"(.+?)" ?import:\[(.+?)\]', link).groups()
    assert url == "https://specs.apollo.dev/federation/v2.9"
    imported = set(re.findall(r'"(.+?)"', imports))
    assert imported <= OFFICIAL_IMPORTS
    assert imported == directives(sdl) - {"@link"}


@each_subgraph
def test_no_other_federation_directive_occurs(name: str) -> None:
    sdl = full_schema(model(), name).as_str()
    shared = {"@shareable"} if name in OF_THE_GRAPH else set[str]()
    assert directives(sdl) == {"@link", "@key", *shared}


@each_subgraph
async def test_key_single_is_declared(harness: Harness, name: str) -> None:
    sdl = await sdl_of(harness, name)
    stripped = strip_ignored_characters(sdl)
    keyed = keyed_types(sdl)
    assert set(keyed) == {e.type for e in ENTITIES if e.subgraph == name}
    for type_name in keyed:
        key = rf'type {type_name}@key\(fields:"id"( resolvable:(true|false))?\)\{{'
        assert re.search(key, stripped)
    union = definitions(sdl, UnionTypeDefinitionNode)["_Entity"]
    assert {member.name.value for member in union.types} == set(keyed)


def test_an_entity_that_is_only_referred_to_is_a_stub(node: NodeServer) -> None:
    hidden = Visible(
        lambda t, f: (t, f) != ("Person", "licences"), lambda _: True, lambda _t, _f: True
    )
    sdl = SchemaBuilder(model(), "licences", hidden).build([]).as_str()
    stub = keyed_types(sdl)["Person"]
    assert '@key(fields: "id", resolvable: false)' in print_ast(stub)
    assert [field.name.value for field in stub.fields] == ["id"]
    supergraph = compose_texts(sdls(licences=sdl), {}, node).supergraph
    assert '@join__type(graph: LICENCES, key: "id", resolvable: false)' in supergraph


async def test_shareable_types_are_the_same_everywhere(harness: Harness) -> None:
    first, *others = [shareable_types(await sdl_of(harness, name)) for name in OF_THE_GRAPH]
    assert set(first) == {"Fact", "PageInfo"}
    assert others == [first] * len(others)


@pytest.mark.parametrize(
    ("name", "owned", "edge"),
    [
        ("people", "Register", "parents"),
        ("households", "Household", "households"),
        ("legal-entities", "LegalEntity", "representedEntities"),
        ("licences", "Licence", "licences"),
    ],
)
async def test_shareable_types_are_resolved(
    harness: Harness, ids: Ids, name: str, owned: str, edge: str
) -> None:
    entity = next(e for e in ENTITIES if (e.subgraph, e.type) == (name, owned))
    rows = [representation(entity, ids), *persons(ids, "husband")]
    facts = f"{owned} {{ facts {{ field register }} }}"
    pages = f"Person {{ {edge} {{ pageInfo {{ hasNextPage hasPreviousPage }} }} }}"
    answer = await fetch(harness, name, rows, facts, pages)
    assert "errors" not in answer
    stated, paged = answer["data"]["_entities"]
    assert all(set(fact) == {"field", "register"} for fact in stated["facts"])
    assert stated["facts"]
    assert paged[edge]["pageInfo"] == {"hasNextPage": False, "hasPreviousPage": False}


async def test_ftv1_is_not_offered(harness: Harness) -> None:
    trace = {"apollo-federation-include-trace": "ftv1"}
    body = {"query": "query { __typename }"}
    answer = await harness.post("people", body, harness.token("people"), headers=trace)
    assert answer.json() == {"data": {"__typename": "Query"}}


# _entities


@each_entity
async def test_key_single_is_resolved(harness: Harness, ids: Ids, entity: Entity) -> None:
    row = representation(entity, ids)
    answer = await fetch(harness, entity.subgraph, [row], entity.part)
    assert answer == {"data": {"_entities": [{**row, **entity.answer}]}}


@each_entity
async def test_every_row_in_one_statement(harness: Harness, ids: Ids, entity: Entity) -> None:
    family_keys = {family.key(person) for person in (*family.NUMBERS, "grandmother")}
    rows = [
        {"__typename": entity.type, "id": id}
        for key, id in ids[entity.type].items()
        if entity.type != "Person" or key in family_keys  # other persons may be protected
    ]
    assert rows
    answer = await fetch(harness, entity.subgraph, rows, f"{entity.type} {{ id }}")
    assert answer == {"data": {"_entities": rows}}


async def test_order_duplicates_and_gaps_are_kept(harness: Harness, ids: Ids) -> None:
    rows = persons(ids, "son", "nobody", "mother", "son", "grandmother", "father")
    rows.insert(2, {"__typename": "Person", "id": ids["Household"]["household:H-1"]})
    answer = await fetch(harness, "people", rows, "Person { id }")
    gaps = [None if at in (1, 2) else row for at, row in enumerate(rows)]
    assert answer == {"data": {"_entities": gaps}}


async def test_a_denied_field_does_not_break_the_batch(harness: Harness, ids: Ids) -> None:
    rows = persons(ids, "mother", "former", "daughter")
    answer = await fetch(harness, "people", rows, "Person { name }")
    assert [entity["name"] for entity in answer["data"]["_entities"]] == ["陈静", None, "李娜"]
    assert codes(answer) == ["FIELD_DENIED"]
    assert answer["errors"][0]["path"] == ["_entities", 1, "name"]


@each_subgraph
async def test_types_are_mixed_in_one_batch(harness: Harness, ids: Ids, name: str) -> None:
    mixed = [e for e in ENTITIES if e.subgraph == name] * 2
    rows = [representation(e, ids) for e in mixed]
    answer = await fetch(harness, name, rows, *(e.part for e in mixed))
    expected = [{**row, **e.answer} for row, e in zip(rows, mixed, strict=True)]
    assert answer == {"data": {"_entities": expected}}


async def test_a_batch_fetch_of_the_gateway(harness: Harness, ids: Ids) -> None:
    query = """query ($__batch_reps_0: [_Any!]!, $__batch_reps_1: [_Any!]!) {
      _e0: _entities(representations: $__batch_reps_0) { ...a }
      _e1: _entities(representations: $__batch_reps_1) { ...a ... on Person { sex } } }
    fragment a on Person { ... on Person { __typename name } }"""
    first, second = persons(ids, "mother", "son"), persons(ids, "son", "nobody")
    before = await harness.statements()
    variables = {"__batch_reps_0": first, "__batch_reps_1": second}
    answer = await harness.graphql("people", query, variables)
    mother, son = ({"__typename": "Person", "name": name} for name in ("陈静", "李明"))
    assert answer == {"data": {"_e0": [mother, son], "_e1": [{**son, "sex": "MALE"}, None]}}
    assert await harness.statements() == before + 1


async def test_two_fetches_share_a_variable(harness: Harness, ids: Ids) -> None:
    query = """query ($r: [_Any!]!) {
      a: _entities(representations: $r) { ... on Person { name } }
      b: _entities(representations: $r) { ... on Person { sex } } }"""
    answer = await harness.graphql("people", query, {"r": persons(ids, "mother")})
    assert answer == {"data": {"a": [{"name": "陈静"}], "b": [{"sex": "FEMALE"}]}}


async def test_fields_of_the_same_fetch_are_merged(harness: Harness, ids: Ids) -> None:
    query = """query ($r: [_Any!]!) {
      _entities(representations: $r) { ... on Person { name } }
      _entities(representations: $r) { ... on Person { sex } } }"""
    answer = await harness.graphql("people", query, {"r": persons(ids, "mother")})
    assert answer == {"data": {"_entities": [{"name": "陈静", "sex": "FEMALE"}]}}


async def test_representations_may_carry_more_than_the_key(harness: Harness, ids: Ids) -> None:
    (row,) = persons(ids, "mother")
    more = {**row, "name": "x", "info": 1, "self": {"a": [1]}}
    answer = await fetch(harness, "people", [more], "Person { name }")
    assert answer == {"data": {"_entities": [{"__typename": "Person", "name": "陈静"}]}}


async def test_representations_may_be_literals(harness: Harness, ids: Ids) -> None:
    (row,) = persons(ids, "mother")
    query = f"""{{ _entities(representations: [{{__typename: "Person", id: "{row["id"]}"}}])
      {{ ... on Person {{ name }} }} }}"""
    assert await harness.graphql("people", query) == {"data": {"_entities": [{"name": "陈静"}]}}


async def test_an_empty_batch_is_an_empty_list(harness: Harness) -> None:
    assert await fetch(harness, "people", []) == {"data": {"_entities": []}}


@pytest.mark.parametrize(
    "malformed",
    [
        {"id": UNKNOWN},
        {"__typename": "Nonsense", "id": UNKNOWN},
        {"__typename": "Query", "id": UNKNOWN},
        {"__typename": "PageInfo", "id": UNKNOWN},
        {"__typename": ["Person"], "id": UNKNOWN},
        {"__typename": INJECTED, "id": UNKNOWN},
        {"__typename": "Person"},
        {"__typename": "Person", "name": "陈静"},
        {"__typename": "Person", "id": None},
        {"__typename": "Person", "id": 7},
        {"__typename": "Person", "id": {"$ne": ""}},
        {"__typename": "Person", "id": ""},
        {"__typename": "Person", "id": "\"' OR 1=1"},
        {"__typename": "Person", "id": INJECTED},
        {"__typename": "Person", "id": "`) RETURN 1 //"},
        "Person",
        [],
        None,
    ],
)
@each_subgraph
async def test_malformed_representations(
    harness: Harness, ids: Ids, name: str, malformed: Any
) -> None:
    rows = [*persons(ids, "mother"), malformed]
    answer = await fetch(harness, name, rows, "Person { id }")
    assert answer["data"] is None
    assert set(codes(answer)) <= set(REFUSED)
    (error,) = answer["errors"]
    assert "[1]" in error["message"]
    assert not INTERNALS.search(str(answer))
    assert rows[0]["id"] not in str(answer)


async def test_another_subgraphs_entity_is_unknown(harness: Harness, ids: Ids) -> None:
    licence = representation(next(one for one in ENTITIES if one.type == "Licence"), ids)
    assert codes(await fetch(harness, "people", [licence])) == ["BAD_ARGUMENT"]


# who may ask


@pytest.mark.parametrize("query", [SDL, "{ __schema { queryType { name } } }", entities_query()])
@each_subgraph
async def test_no_context_no_answer(harness: Harness, ids: Ids, name: str, query: str) -> None:
    body = {"query": query, "variables": {"representations": persons(ids, "mother")}}
    elsewhere = next(other for other in SUBGRAPHS if other != name)
    stranger = ECKey.generate_key("P-256", auto_kid=True)
    invalid = [
        "nonsense",
        harness.token(name, key=stranger),
        harness.token(elsewhere),
        harness.token(name, exp=int(time.time()) - 60),
        harness.token(name, exp=None),
        harness.token(name, iss="someone"),
    ]
    refused = [(None, "CONTEXT_MISSING"), ("", "CONTEXT_MISSING")]
    refused += [(token, "CONTEXT_INVALID") for token in invalid]
    before = await harness.statements()
    for token, code in refused:
        answer = await harness.post(name, body, token)
        assert (answer.status_code, codes(answer.json())) == (401, [code])
        assert set(answer.json()) == {"errors"}
        assert not INTERNALS.search(answer.text)
    assert await harness.statements() == before


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"consumer": "nobody"}, "PURPOSE_UNKNOWN"),
        ({"purpose": "own-data"}, "PURPOSE_UNKNOWN"),
        ({"basis": "data-subject-right"}, "BASIS_UNKNOWN"),
        ({"policy": "another"}, "POLICY_VERSION_MISMATCH"),
    ],
)
@each_subgraph
async def test_a_context_without_a_grant(
    harness: Harness, name: str, claims: dict[str, str], code: str
) -> None:
    answer = await harness.graphql(name, SDL, **claims)
    assert "data" not in answer
    assert codes(answer) == [code]


# GraphQL over HTTP


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"null",
        b'[{"query": "{ __typename }"}]',
        b'{"variables": {}}',
        b'{"query": 1}',
        b'{"query": ""}',
        b'{"query": "{"}',
        b'{"query": "{ nonsense }"}',
        b'{"query": "mutation { x }"}',
        b'{"query": "fragment F on Query { __typename }"}',
        b'{"query": "{ __typename }", "variables": [1]}',
        b'{"query": "{ __typename }", "operationName": "Missing"}',
    ],
)
async def test_requests_that_are_not_graphql(harness: Harness, body: bytes) -> None:
    answer = await harness.post("people", body, harness.token("people"))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.json().get("data") is None
    assert set(codes(answer.json())) <= set(REFUSED)
    assert len(answer.json()["errors"]) == 1
    assert not INTERNALS.search(answer.text)


async def test_operation_name_and_variables(harness: Harness) -> None:
    query = """query One { a: __typename }
    query Two($b: Boolean!) { b: __typename @include(if: $b) c: __typename }"""
    one = await harness.graphql("people", query, operation_name="One")
    two = await harness.graphql("people", query, {"b": False}, operation_name="Two")
    assert one == {"data": {"a": "Query"}}
    assert two == {"data": {"c": "Query"}}


async def test_several_operations_need_a_name(harness: Harness) -> None:
    answer = await harness.graphql("people", "query A { __typename } query B { __typename }")
    assert codes(answer) == ["QUERY_INVALID"]


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
@each_subgraph
async def test_only_post(harness: Harness, name: str, method: str) -> None:
    client = await harness.client()
    answer = await client.request(
        method,
        f"/{name}/graphql",
        params={"query": "{ __typename }"},
        headers={HEADER: harness.token(name)},
    )
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert "Query" not in answer.text


# alone, together, and composed


@each_subgraph
async def test_alone_and_together_are_the_same(harness: Harness, ids: Ids, name: str) -> None:
    mixed = [e for e in ENTITIES if e.subgraph == name]
    rows = [representation(e, ids) for e in mixed]
    query = entities_query(*(e.part for e in mixed))
    for text, variables in (
        (SDL, None),
        (get_introspection_query(), None),
        (query, {"representations": rows}),
        (query, {"representations": [*rows, {"__typename": "Nonsense"}]}),
        ("{ nonsense }", None),
    ):
        alone = await harness.graphql(name, text, variables, alone=True)
        assert alone == await harness.graphql(name, text, variables)
    elsewhere = next(other for other in SUBGRAPHS if other != name)
    answer = await (await harness.client(name)).post(f"/{elsewhere}/graphql")
    assert answer.status_code == 404


@dataclass(frozen=True)
class Alone:
    """One subgraph as `python -m subgraphs NAME`, with all that it writes in a file."""

    url: str
    log: Path
    process: subprocess.Popen[bytes]

    @classmethod
    def start(cls, name: str, environment: Mapping[str, str], log: Path) -> Alone:
        port = free_port()
        command = guarded([sys.executable, "-m", "subgraphs", name, "--port", str(port)])
        with log.open("wb") as output:
            process = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
        return cls(f"http://127.0.0.1:{port}", log, process)


def _wait(url: str) -> None:
    deadline = time.monotonic() + START_SECONDS_MAX
    while True:
        try:
            return http_ready(f"{url}/health")
        except Exception:
            assert time.monotonic() < deadline
            time.sleep(0.1)


@pytest.fixture(scope="module")
def alone(harness: Harness, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    logs = tmp_path_factory.mktemp("logs")
    environment = os.environ | harness.environment
    running = {name: Alone.start(name, environment, logs / name) for name in OF_ROWS}
    try:
        for subgraph in running.values():
            _wait(subgraph.url)
        yield running
    finally:
        for subgraph in running.values():
            subgraph.process.terminate()
        for subgraph in running.values():
            subgraph.process.wait(START_SECONDS_MAX)


@each_subgraph
async def test_a_process_of_its_own(harness: Harness, ids: Ids, alone: Running, name: str) -> None:
    entity = next(e for e in ENTITIES if e.subgraph == name)
    row = representation(entity, ids)
    body = {"query": entities_query(entity.part), "variables": {"representations": [row]}}
    secret = {"query": f'{{ nonsense(citizenNumber: "{family.NUMBERS["mother"]}") }}'}
    context = {**JSON_HEADERS, HEADER: harness.token(name)}
    url = f"{alone[name].url}/{name}/graphql"
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.post(url, json=body, headers=context)
        refused = await client.post(url, json=body)
        invalid = await client.post(url, json=secret, headers=context)
    assert answer.json() == {"data": {"_entities": [{**row, **entity.answer}]}}
    assert (refused.status_code, codes(refused.json())) == (401, ["CONTEXT_MISSING"])
    assert set(codes(invalid.json())) <= set(REFUSED)
    assert alone[name].log.read_text() == ""


async def test_composition(harness: Harness, node: NodeServer) -> None:
    composed = compose_texts(sdls(), contracts(load_policies(None, model()), model()), node)
    types = definitions(composed.supergraph, ObjectTypeDefinitionNode)
    for entity in ENTITIES:
        graph = entity.subgraph.replace("-", "_").upper()
        assert f'@join__type(graph: {graph}, key: "id")' in print_ast(types[entity.type])
    hidden = composed.consumers["school-enrolment"]
    assert "id: ID! @inaccessible" in hidden.supergraph
    assert " id:" not in hidden.public_sdl
    served = {name: await sdl_of(harness, name) for name in OF_ROWS}
    assert "type Person" in compose_texts(sdls(**served), {}, node).supergraph


def test_nothing_newer_than_the_official_checks_is_used(node: NodeServer) -> None:
    older = {s.name: s.sdl.replace("/federation/v2.9", "/federation/v2.7") for s in sdls()}
    assert all("/federation/v2.7" in sdl for sdl in older.values())
    then, now = (
        {n: print_ast(d) for n, d in definitions(supergraph, TypeDefinitionNode).items()}
        for supergraph in (
            compose_texts(sdls(**older), {}, node).supergraph,
            compose_texts(sdls(), {}, node).supergraph,
        )
    )
    assert {n for n in now if now[n] != then.get(n) and not n.startswith("join__")} == set()
