"""Masked fields on the real graph: what came back, and what did not leave Neo4j."""

from __future__ import annotations

import base64
import json
from ast import literal_eval
from collections.abc import AsyncIterator
from typing import Any

import pytest
from harness import Harness, codes

from audit.reader import read
from graph.catalogue import model
from graph.facts import EdgeFact
from policies.table import load
from resolvers.context import Caller
from runtime.neo4j.server import Neo4jAddress
from subgraphs.explain import explain_operation
from tests import family
from tests.family import AWAY, HOME, NUMBERS
from tests.granted import policies_with

GRANTS = """
@id("elsewhere-masked")
permit (
  principal == Consumer::"caseworker",
  action in
    [Action::"masked:Person.citizenNumber",
     Action::"masked:Person.name",
     Action::"masked:Person.birthDate",
     Action::"masked:Person.district"],
  resource
)
when
{
  context.purpose == "household-services" &&
  principal has district &&
  resource.district != principal.district
};

@id("minors-only-that-there-is-a-name")
@mask("exists-only")
permit (
  principal == Consumer::"caseworker",
  action == Action::"masked:Person.name",
  resource
)
when { context.purpose == "household-services" && resource.minor };

@id("no-place-of-marriage")
forbid (
  principal == Consumer::"caseworker",
  action == Action::"clear:Marriage.place",
  resource
);

@id("place-of-marriage-masked")
permit (
  principal == Consumer::"caseworker",
  action == Action::"masked:Marriage.place",
  resource
)
when { context.purpose == "household-services" };
"""
STRANGER = {"name": "孙*", "citizenNumber": "****" + NUMBERS["stranger"][-4:], "birthDate": "1970"}
SECRETS = ("孙丽", "王强", "赵云", "1970-12-12", NUMBERS["stranger"], NUMBERS["former"], "朝阳门")
PLACE = "北京市朝阳门外大街1号"


@pytest.fixture(scope="module")
async def harness(
    neo4j_server: Neo4jAddress, valkey_server: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Harness]:
    directory = policies_with(tmp_path_factory.mktemp("masked"), GRANTS)
    async with Harness(neo4j_server, valkey_server, directory) as running:
        await running.empty()
        one, other = sorted((family.key("stranger"), family.key("husband")))
        wed = family.source("M-9", "2005-02-03", register="marriage")
        married = EdgeFact("Marriage", "", "Person", one, "Person", other, wed, {"place": PLACE})
        await running.load([*family.facts(), married])
        yield running


OFFICER = {"person": NUMBERS["officer"], "worker": "W-1"}


async def raw(harness: Harness, query: str, **variables: Any) -> str:
    token = harness.token("people", query=query)
    answer = await harness.post("people", {"query": query, "variables": variables}, token)
    return answer.text


async def from_neo4j(harness: Harness, query: str, **variables: Any) -> str:
    """What the database itself hands out for the operation, and what it is sent but the caller."""
    policies = load(harness.settings.policies_dir, model())
    kind = ("caseworker", "s", "household-services", "statutory-duty", None)
    principal = policies.contracts.stated("caseworker", {"district": HOME} | OFFICER)
    caller = Caller(*kind, principal, policies.version, "", None, "")
    explained = await explain_operation(policies, caller, "people", query, variables)
    parameters = {name[1:]: literal_eval(value) for name, value in explained.parameters}
    rows = await harness.store.read(explained.cypher, parameters)
    sent = {n: v for n, v in parameters.items() if not n.startswith("principal_")}
    return json.dumps([rows, sent], ensure_ascii=False)


ONE = "query ($n: String!) { person(citizenNumber: $n) { name citizenNumber birthDate sex } }"


async def test_a_masked_row_and_what_did_not_come_back(harness: Harness) -> None:
    people = "{ people(first: 50) { edges { node { name citizenNumber birthDate district } } } }"
    answer = json.loads(await raw(harness, people))
    rows = [edge["node"] for edge in answer["data"]["people"]["edges"]]
    assert {**STRANGER, "district": "110000"} in rows
    assert {"name": "李娜", "district": HOME} in [
        {k: row[k] for k in ("name", "district")} for row in rows
    ]
    for text in (await raw(harness, people), await from_neo4j(harness, people)):
        for secret in SECRETS:
            assert secret not in text
        assert AWAY not in text.replace(NUMBERS["stranger"][-4:], "")


async def test_masked_paths_are_listed_and_nothing_is_an_error(harness: Harness) -> None:
    answer = await harness.graphql("people", ONE, {"n": NUMBERS["stranger"]})
    assert codes(answer) == ["FIELD_DENIED"], "sex is granted neither clear nor masked"
    assert answer["data"]["person"] == {**STRANGER, "sex": None}
    assert answer["extensions"] == {
        "masked": [["person", "name"], ["person", "citizenNumber"], ["person", "birthDate"]]
    }
    own = await harness.graphql("people", ONE, {"n": NUMBERS["daughter"]})
    assert own["data"]["person"]["name"] == "李娜"
    assert "extensions" not in own


async def test_aliases_fragments_and_other_days_are_masked_alike(harness: Harness) -> None:
    query = """query ($n: String!) { one: person(citizenNumber: $n) {
      a: name b: name ...f ... on Person { c: name }
      then: name(asOf: "2015-01-01") } }
      fragment f on Person { d: name ... on Person { e: citizenNumber } }"""
    answer = await harness.graphql("people", query, {"n": NUMBERS["stranger"]})
    found = answer["data"]["one"]
    assert {found[alias] for alias in "abcd"} == {"孙*"}
    assert found["e"] == STRANGER["citizenNumber"]
    assert found["then"] is None, "the right to other days is that of the own district"
    listed = {tuple(path) for path in answer["extensions"]["masked"]}
    assert listed == {("one", alias) for alias in "abcde"}
    text = await raw(harness, query, n=NUMBERS["stranger"])
    assert "孙丽" not in text


async def test_facts_do_not_tell_what_is_masked(harness: Harness) -> None:
    query = "query ($n: String!) { person(citizenNumber: $n) { facts { field value } } }"
    text = await raw(harness, query, n=NUMBERS["stranger"])
    assert "孙丽" not in text


async def test_a_link_of_which_the_clear_value_is_forbidden_is_masked(harness: Harness) -> None:
    query = """query ($n: String!) { person(citizenNumber: $n) {
      spouses(history: true) { edges { validFrom place node { name } } } } }"""
    answer = await harness.graphql("people", query, {"n": NUMBERS["husband"]})
    edges = answer["data"]["person"]["spouses"]["edges"]
    assert [(e["validFrom"], e["place"], e["node"]["name"]) for e in edges] == [
        ("2005-02-03", "***", "孙*"),
        ("2021-05-20", None, "李娜"),
    ]
    first = ["person", "spouses", "edges", 0]
    listed = answer["extensions"]["masked"]
    assert sorted(listed, key=str) == sorted([[*first, "node", "name"], [*first, "place"]], key=str)
    assert "朝阳门" not in await raw(harness, query, n=NUMBERS["husband"])
    assert "朝阳门" not in await from_neo4j(harness, query, n=NUMBERS["husband"])


async def test_the_strictest_mask_wins(harness: Harness) -> None:
    """A minor elsewhere: initials by one grant, that there is a name by another."""
    query = "query ($n: String!) { person(citizenNumber: $n) { name } }"
    caller = {"principal": {"district": AWAY} | OFFICER}
    answer = await harness.graphql("people", query, {"n": NUMBERS["grandchild"]}, **caller)
    assert answer["data"]["person"]["name"] == "***"
    answer = await harness.graphql("people", query, {"n": NUMBERS["daughter"]}, **caller)
    assert answer["data"]["person"]["name"] == "李*"


async def test_where_it_is_unknown_which_mask_applies_nothing_is_shown(harness: Harness) -> None:
    """李建国's birth is known to the year only, the stranger's son has no date: neither is a minor
    for certain; a grandmother without a district is denied the masks of either grant."""
    query = "{ people(first: 50) { edges { node { name district } } } }"
    answer = await harness.graphql("people", query, principal=OFFICER)
    rows = answer["data"]["people"]["edges"]
    assert {row["node"]["name"] for row in rows} == {"***", None}
    assert {row["node"]["district"] for row in rows} == {None}


async def test_filters_and_orders_do_not_reach_a_masked_value(harness: Harness) -> None:
    tests = [
        '{name: {equals: "孙丽"}}',
        '{name: {startsWith: "孙"}}',
        '{birthDate: {from: "1970", to: "1971"}}',
        f'{{citizenNumber: {{in: ["{NUMBERS["stranger"]}"]}}}}',
        f'{{any: [{{district: {{equals: "{AWAY}"}}}}]}}',
    ]
    for where in tests:
        for query, variables in (
            (f"{{ people(where: {where}) {{ edges {{ node {{ name }} }} }} }}", {}),
            (
                "query ($w: PersonFilter) { people(where: $w) { edges { node { name } } } }",
                {"w": json.loads(quoted(where))},
            ),
        ):
            answer = await harness.graphql("people", query, variables)
            assert answer == {"data": {"people": {"edges": []}}}, where


def quoted(literal: str) -> str:
    """A GraphQL object literal as JSON."""
    names = ("name", "equals", "startsWith", "birthDate", "from", "to", "any", "district")
    for name in (*names, "citizenNumber", "in"):
        literal = literal.replace(f"{name}:", f'"{name}":')
    return literal


async def test_binary_search_on_a_masked_value_finds_nothing(harness: Harness) -> None:
    """Halving the range of birth dates always gives the same answer: no masked row."""
    query = """query ($from: PartialDate, $to: PartialDate) {
      people(where: {birthDate: {from: $from, to: $to}}, first: 50) {
        edges { node { name birthDate } } } }"""
    for year in range(1960, 2000, 5):
        given = {"from": str(year), "to": str(year + 5)}
        answer = await harness.graphql("people", query, given)
        names = [edge["node"]["name"] for edge in answer["data"]["people"]["edges"]]
        assert not {"孙*", "王*", "赵*"} & set(names)
        assert "extensions" not in answer


async def test_a_cursor_carries_no_masked_sort_key(harness: Harness) -> None:
    query = """query ($after: String) { people(first: 50, after: $after,
      orderBy: [{field: name}, {field: birthDate}]) { edges { cursor node { id name } } } }"""
    edges = (await harness.graphql("people", query))["data"]["people"]["edges"]
    masked = [edge for edge in edges if edge["node"]["name"] in ("孙*", "王*", "赵*")]
    assert len(masked) == 3
    for edge in masked:
        first, second, known_id = decoded(edge["cursor"])
        assert (first, second, known_id) == ("", "", edge["node"]["id"])
    ids = [edge["node"]["id"] for edge in edges if decoded(edge["cursor"])[0] == ""]
    assert ids == sorted(ids), "without a key they stand by their opaque ids"
    for guess in ("孙", "孙丽", "王"):
        after = encoded([guess, "", ""])
        page = await harness.graphql("people", query, {"after": after})
        behind = {edge["node"]["id"] for edge in page["data"]["people"]["edges"]}
        assert not behind & {edge["node"]["id"] for edge in masked}


def decoded(cursor: str) -> list[str]:
    return json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))


def encoded(position: list[str]) -> str:
    return base64.urlsafe_b64encode(json.dumps(position).encode()).decode().rstrip("=")


async def test_the_audit_says_masked_with_the_mask_and_not_shown(harness: Harness) -> None:
    operation = "masked-operation"
    await harness.graphql("people", ONE, {"n": NUMBERS["stranger"]}, operation=operation)
    (record,) = read(harness.settings.redis_url, operation=operation)
    (row,) = record.rows
    assert record.outcome == "disclosed"
    assert row.masked == ("name:initials", "citizenNumber:last-four", "birthDate:year-only")
    assert not {"name", "citizenNumber", "birthDate"} & {*row.shown, *row.denied}
    assert row.denied == ("sex",)


async def test_a_relatives_file_is_not_shown_by_a_mask_either(harness: Harness) -> None:
    """Nor is any, to a token that does not say who the caseworker is."""
    query = "query ($n: String!) { person(citizenNumber: $n) { name citizenNumber } }"
    caller = {"district": AWAY, "worker": "W-1"}
    for principal in (caller | {"person": NUMBERS["mother"]}, caller):
        answer = await harness.graphql(
            "people", query, {"n": NUMBERS["daughter"]}, principal=principal
        )
        assert answer["data"]["person"] == {"name": None, "citizenNumber": None}
        assert "masked" not in answer.get("extensions", {})
    answer = await harness.graphql(
        "people", query, {"n": NUMBERS["daughter"]}, principal=caller | OFFICER
    )
    assert answer["data"]["person"]["name"] == "李*"
