"""Attacks on one subgraph as the gateway or an intruder would call it, on the real graph.

Each asserts what did not come back. Attacks that other tests make are in docs/attacks.md.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from runtime.neo4j.server import Neo4jAddress
from tests.family import AWAY, HOME, NUMBERS
from tests.subgraphs import row_facts
from tests.subgraphs.harness import Harness, codes
from tests.subgraphs.row_facts import facts, key

NOBODY = "110101190001010000"
UNKNOWN = "0" * 32
SECRETS = ("孙丽", "1970-12-12", NUMBERS["stranger"])
DAUGHTER = {"consumer": "citizen", "principal": {"person": NUMBERS["daughter"]}}
SCHOOL = {"consumer": "school-enrolment"}


@pytest.fixture(scope="module")
async def harness(neo4j_server: Neo4jAddress, valkey_server: str) -> AsyncIterator[Harness]:
    async with Harness(neo4j_server, valkey_server) as running:
        await running.empty()
        await running.load(facts())
        yield running


async def text(harness: Harness, query: str, variables: Any = None, **caller: Any) -> str:
    """The bytes that leave the subgraph."""
    token = harness.token("people", query=query, **caller)
    answer = await harness.post("people", {"query": query, "variables": variables}, token)
    return answer.text


WAYS = {
    "alias": "{ %s { a: name b: name } }",
    "fragment": "{ %s { ...f } } fragment f on Person { name }",
    "nested fragments": """{ %s { ...f } } fragment f on Person { ...g ... on Person { c: name } }
      fragment g on Person { d: name ... { ... on Person { e: name } } }""",
    "fragment on the root": "{ ...q } fragment q on Query { x: %s { ... { f: name } } }",
    "directives": "{ %s { ... @include(if: true) { name } ... @skip(if: false) { g: name } } }",
}


@pytest.mark.parametrize("way", WAYS)
async def test_a_denied_field_is_null_however_it_is_asked_for(harness: Harness, way: str) -> None:
    person = f'person(citizenNumber: "{NUMBERS["stranger"]}")'
    answer = json.loads(await text(harness, WAYS[way] % person))
    (row,) = answer["data"].values()
    assert row
    assert set(row.values()) == {None}
    assert {tuple(error["path"][1:]) for error in answer["errors"]} == {(alias,) for alias in row}
    assert set(codes(answer)) == {"FIELD_DENIED"}
    told = json.dumps(answer, ensure_ascii=False)
    assert not [secret for secret in SECRETS if secret in told]


@pytest.mark.parametrize("way", WAYS)
async def test_a_field_outside_the_contract_is_nonsense_however_it_is_asked_for(
    harness: Harness, way: str
) -> None:
    """The school's schema has no number: the same words as for a field that nobody has."""
    person = f'person(citizenNumber: "{NUMBERS["grandchild"]}")'
    refusals: list[str] = []
    for field in ("sex", "zzz"):
        asked = (WAYS[way] % person).replace("name", field)
        answer = await text(harness, asked, **SCHOOL)
        assert json.loads(answer)["data"] is None
        refusals.append(answer.replace(field, "#"))
    assert refusals[0] == refusals[1]
    assert "FEMALE" not in refusals[0]


async def test_an_empty_denied_field_looks_like_a_full_one(harness: Harness) -> None:
    """孙丽 has a birth date and no date of death: neither tells the caseworker which."""
    query = "query ($n: String!) { person(citizenNumber: $n) { %s } }"
    number = {"n": NUMBERS["stranger"]}
    full = await text(harness, query % "birthDate", number)
    empty = await text(harness, query % "formerName", number)
    assert full.replace("birthDate", "#") == empty.replace("formerName", "#")
    assert "FIELD_DENIED" in full


async def test_links_are_not_chosen_by_what_is_not_shown(harness: Harness) -> None:
    """The adopted son lives elsewhere: he is counted among the children, and no test finds him."""
    query = """query ($n: String!, $w: PersonFilter) { person(citizenNumber: $n) {
      children(where: $w) { edges { node { id } } } } }"""
    adopted = (await harness.ids("Person"))[key("adopted")]
    for where in (
        {"name": {"equals": "赵云"}},
        {"name": {"startsWith": ""}},
        {"sex": {"equals": "MALE"}},
        {"birthDate": {"from": "1900", "to": "2100"}},
        {"any": [{"district": {"equals": AWAY}}, {"citizenNumber": {"in": [NUMBERS["adopted"]]}}]},
    ):
        told = await text(harness, query, {"n": NUMBERS["mother"], "w": where})
        assert "errors" not in json.loads(told), told
        assert adopted not in told, where
    assert adopted in await text(harness, query, {"n": NUMBERS["mother"], "w": None})


async def test_a_row_is_not_found_by_its_links(harness: Harness) -> None:
    """There are no relation filters: a link in a filter is answered as nonsense is."""
    inline = '{ people(where: {%s: {name: {equals: "x"}}}) { edges { cursor } } }'
    given = "query ($w: PersonFilter) { people(where: $w) { edges { cursor } } }"
    for link in ("children", "parents", "spouses", "households", "residences"):
        for query, variables in ((inline, None), (given, {"w": {"%s": {"name": {}}}})):
            told = [
                await text(
                    harness,
                    query.replace("%s", name),
                    json.loads(json.dumps(variables).replace("%s", name)),
                )
                for name in (link, "zzzzzz")
            ]
            assert json.loads(told[0])["data"] is None
            assert told[0].replace(link, "#") == told[1].replace("zzzzzz", "#")


ENTITIES = "query ($r: [_Any!]!) { _entities(representations: $r) { __typename %s } }"
FORGED = {
    "district": HOME,
    "citizenNumber": NUMBERS["daughter"],
    "minor": True,
    "consented": True,
    "wardOfCaller": True,
    "name": "李娜",
    "principal": {"district": AWAY},
}


async def test_forged_representations_open_nothing(harness: Harness) -> None:
    """What a representation claims of its row is not believed."""
    ids = await harness.ids("Person")
    rows = {"r": [{"__typename": "Person", "id": ids[key("stranger")], **FORGED}]}
    query = ENTITIES % "... on Person { name citizenNumber }"
    answer = await harness.graphql("people", query, rows)
    nothing = {"name": None, "citizenNumber": None}
    assert answer["data"]["_entities"] == [{"__typename": "Person", **nothing}]
    assert codes(answer) == ["FIELD_DENIED", "FIELD_DENIED"]
    assert not [secret for secret in SECRETS if secret in str(answer)]
    assert await harness.graphql("people", query, rows, **DAUGHTER) == {
        "data": {"_entities": [None]}
    }


@pytest.mark.parametrize("caller", [DAUGHTER, SCHOOL], ids=["citizen", "school"])
@pytest.mark.parametrize("person", ["stranger", "mother", "witness", "officer"])
async def test_entities_of_a_hidden_row_and_of_none_look_the_same(
    harness: Harness, caller: dict[str, Any], person: str
) -> None:
    identity = (await harness.ids("Person"))[key(person)]
    told = [
        await text(
            harness,
            ENTITIES % "... on Person { name }",
            {"r": [{"__typename": "Person", "id": one, **FORGED}]},
            **caller,
        )
        for one in (identity, UNKNOWN)
    ]
    assert told[0] == told[1] == '{"data":{"_entities":[null]}}'


EXISTENCE = {
    "__typename": ("{ person(citizenNumber: %s) { __typename } }", {"person": None}),
    "alias": ("{ a: person(citizenNumber: %s) { b: __typename name } }", {"a": None}),
}


@pytest.mark.parametrize("way", EXISTENCE)
@pytest.mark.parametrize("caller", [DAUGHTER, SCHOOL], ids=["citizen", "school"])
@pytest.mark.parametrize("person", ["stranger", "mother", "witness"])
async def test_a_hidden_row_and_none_look_the_same(
    harness: Harness, caller: dict[str, Any], person: str, way: str
) -> None:
    query, nothing = EXISTENCE[way]
    numbers = (NUMBERS | row_facts.NUMBERS)[person], NOBODY
    told = [await text(harness, query % f'"{number}"', **caller) for number in numbers]
    assert told[0] == told[1]
    assert json.loads(told[0]) == {"data": nothing}


async def test_of_a_protected_person_no_look_up_tells_that_they_are_there(
    harness: Harness,
) -> None:
    """By number, by id, in bulk, as an entity and in a list: as somebody in no register."""
    identity = (await harness.ids("Person"))[key("witness")]
    one = """query ($n: String!, $i: ID!, $r: [_Any!]!) {
      person(citizenNumber: $n) { __typename } byId: person(id: $i) { __typename }
      peopleByNumber(keys: [$n]) { code node { __typename } }
      people(where: {citizenNumber: {equals: $n}}) { edges { cursor } pageInfo { hasNextPage } }
      _entities(representations: $r) { __typename } }"""

    def asked(number: str, known: str) -> dict[str, Any]:
        return {"n": number, "i": known, "r": [{"__typename": "Person", "id": known}]}

    witness = asked(row_facts.NUMBERS["witness"], identity)
    told = await text(harness, one, witness)
    assert told == await text(harness, one, asked(NOBODY, UNKNOWN))
    assert json.loads(told)["data"]["peopleByNumber"] == [{"code": "NOT_FOUND", "node": None}]
    cleared = {"district": HOME, "person": NUMBERS["officer"], "worker": "W-1"}
    cleared |= {"protectionCleared": True}
    assert told != await text(harness, one, witness, principal=cleared)


async def test_a_page_does_not_count_rows_that_are_hidden(harness: Harness) -> None:
    """A page that just holds all rows that are there says that none follow."""
    query = """query ($first: Int!) { people(first: $first, where: {district: {equals: "110101"}}) {
      edges { node { id } } pageInfo { hasNextPage } } }"""
    everybody = (await harness.graphql("people", query, {"first": 100}))["data"]["people"]
    seen = {edge["node"]["id"] for edge in everybody["edges"]}
    ids = await harness.ids("Person")
    assert not seen & {ids[key(person)] for person in ("witness", "coming-witness")}
    for first in (len(seen), len(seen) - 1):
        page = (await harness.graphql("people", query, {"first": first}))["data"]["people"]
        assert page["pageInfo"]["hasNextPage"] == (first < len(seen))


async def test_error_texts_name_no_row(harness: Harness) -> None:
    """The messages about two rows are the same, and hold neither number, name nor id of one."""
    ids = await harness.ids("Person")
    query = "query ($n: String!) { person(citizenNumber: $n) { name citizenNumber birthDate } }"
    told = {
        person: json.loads(await text(harness, query, {"n": NUMBERS[person]}))
        for person in ("stranger", "former", "adopted")
    }
    assert told["stranger"] == told["former"] == told["adopted"]
    assert len(told["stranger"]["errors"]) == 3
    errors = json.dumps(told["stranger"]["errors"], ensure_ascii=False)
    assert not [secret for secret in (*SECRETS, ids[key("stranger")]) if secret in errors]
    refused = await text(harness, query.replace("name", "nome"), {"n": NUMBERS["stranger"]})
    assert NUMBERS["stranger"] not in refused


HOLDERS = """query ($c: String!) { legalEntity(creditCode: $c) { name shareholders {
  edges { sharePercent node { __typename
    ... on LegalEntity { holder: name } ... on Person { id shareholdings { edges { cursor } } }
  } } } } }"""


async def test_of_a_union_each_member_keeps_its_own_rules(harness: Harness) -> None:
    """To 张伟's relative the other holder is named, and he himself has nothing to show."""
    principal = {"district": HOME, "worker": "W-1"}
    code = {"c": row_facts.COMPANY}
    found: dict[str, dict[str, Any]] = {}
    for who in ("officer", "daughter"):
        told = principal | {"person": NUMBERS[who]}
        answer = await harness.graphql("legal-entities", HOLDERS, code, principal=told)
        edges = answer["data"]["legalEntity"]["shareholders"]["edges"]
        found[who] = {edge["node"]["__typename"]: edge["node"] for edge in edges}
        assert found[who]["LegalEntity"]["holder"] == "东城区政务服务局"
    assert found["officer"]["Person"]["shareholdings"]["edges"]
    assert found["daughter"]["Person"]["shareholdings"] is None
