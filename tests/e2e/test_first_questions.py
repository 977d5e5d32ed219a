"""The main job through the gateway: questions, denials, audit, and one statement per fetch."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from stack import Stack

from audit.reader import read
from cli.examples import EVIDENCE, FAMILY, PROOF, SCHOOL, pair
from tests.family import AWAY, HOME, NUMBERS

MOTHER, DAUGHTER = NUMBERS["mother"], NUMBERS["daughter"]


def ref(person: str) -> dict[str, str]:
    return {"citizenNumber": NUMBERS[person]}


def test_is_she_her_mother(stack: Stack) -> None:
    reply = stack.ask("caseworker", EVIDENCE, pair(MOTHER, DAUGHTER), district=HOME)
    answer = reply.data["isMotherOf"]
    assert answer["answer"] == "YES"
    (relation,) = answer["relations"]
    assert (relation["term"], relation["termZh"], relation["kind"]) == ("mother", "母亲", "BIRTH")
    (step,) = relation["steps"]
    assert (step["register"], step["record"]) == ("population", "B-mother-daughter")
    assert step["from"]["name"] == "陈静"
    assert step["to"]["name"] == "李娜"


@pytest.mark.parametrize(
    ("question", "person", "of", "expected"),
    [
        ("isMotherOf", "mother", "daughter", "YES"),
        ("isMotherOf", "mother", "adopted", "YES"),
        ("isMotherOf", "daughter", "mother", "NO"),
        ("isMotherOf", "stranger", "daughter", "NO"),
        ("isMotherOf", "mother", "stranger", "NOT_DETERMINABLE"),
        ("isMotherOf", "stranger", "mother", "NO"),
        ("isFatherOf", "father", "mother", "NOT_DETERMINABLE"),
        ("isParentOf", "stranger", "daughter", "NO"),
        ("isParentOf", "stranger", "mother", "NOT_DETERMINABLE"),
        ("isFatherOf", "former", "grandchild", "YES"),
        ("isFatherOf", "husband", "grandchild", "NO"),
        ("isParentOf", "father", "son", "YES"),
        ("isChildOf", "daughter", "mother", "YES"),
        ("isSiblingOf", "son", "daughter", "YES"),
        ("isGrandparentOf", "mother", "grandchild", "YES"),
        ("isGrandchildOf", "grandchild", "father", "YES"),
        ("isSpouseOf", "husband", "daughter", "YES"),
        ("isSpouseOf", "former", "daughter", "NO"),
    ],
)
def test_questions(stack: Stack, question: str, person: str, of: str, expected: str) -> None:
    query = (
        f"query ($p: PersonRef!, $o: PersonRef!) {{ {question}(person: $p, of: $o) {{ answer }} }}"
    )
    reply = stack.ask("caseworker", query, {"p": ref(person), "o": ref(of)}, district=HOME)
    expected_here = expected if {person, of} - {"stranger", "adopted", "former"} else None
    assert reply.data[question]["answer"] == expected_here


@pytest.mark.parametrize(
    ("a", "b", "terms"),
    [
        ("grandchild", "husband", {("stepfather", "继父")}),
        ("grandchild", "mother", {("grandmother", "外祖母")}),
        ("mother", "grandchild", {("granddaughter", "外孙女")}),
        ("daughter", "former", {("former husband", "前夫")}),
        ("mother", "adopted", {("adoptive son", "养子")}),
        ("daughter", "adopted", {("adoptive brother", "养弟")}),
        ("son", "stranger", set[tuple[str, str]]()),
    ],
)
def test_terms(stack: Stack, a: str, b: str, terms: set[tuple[str, str]]) -> None:
    query = """query ($a: PersonRef!, $b: PersonRef!) {
      relationship(a: $a, b: $b) { relations { term termZh } } }"""
    reply = stack.ask("caseworker", query, {"a": ref(a), "b": ref(b)}, district=HOME)
    found = reply.data["relationship"]["relations"]
    assert {(r["term"], r["termZh"]) for r in found} == terms


def test_as_of_and_as_known(stack: Stack) -> None:
    query = """query ($mother: String!, $son: String!, $daughter: String!) {
      mother: person(citizenNumber: $mother) { name then: name(asOf: "1985-01-01") }
      son: person(citizenNumber: $son) {
        birthDate believed: birthDate(asKnown: "2019-01-01T00:00:00Z") }
      daughter: person(citizenNumber: $daughter) {
        now: households { edges { node { bookNumber } } }
        then: households(asOf: "2010-01-01") { edges { node { bookNumber } relationToHead } }
        before: households(asKnown: "2015-01-01T00:00:00Z") { edges { node { bookNumber } } } } }"""
    variables = {who: NUMBERS[who] for who in ("mother", "son", "daughter")}
    data = stack.ask("caseworker", query, variables, district=HOME).data
    assert data["mother"] == {"name": "陈静", "then": "陈小静"}
    assert data["son"] == {"birthDate": "1990-11-02", "believed": "1990-12-02"}
    books = {
        when: [edge["node"]["bookNumber"] for edge in data["daughter"][when]["edges"]]
        for when in ("now", "then", "before")
    }
    assert books == {"now": ["H-2"], "then": ["H-1"], "before": []}


def test_school_gets_yes_and_the_childs_name_only(stack: Stack) -> None:
    variables = {
        "adult": ref("daughter"),
        "child": ref("grandchild"),
        "number": NUMBERS["grandchild"],
    }
    data = stack.ask("school-enrolment", SCHOOL, variables).data
    assert data == {"isMotherOf": {"answer": "YES"}, "person": {"name": "王小雨"}}


def test_adult_does_not_exist_for_the_school(stack: Stack) -> None:
    query = "query ($n: String!) { person(citizenNumber: $n) { name } }"
    known = stack.ask("school-enrolment", query, {"n": MOTHER})
    unknown = stack.ask("school-enrolment", query, {"n": "110101190001010000"})
    assert known.body == unknown.body == {"data": {"person": None}}


@pytest.mark.parametrize("field", ["citizenNumber", "id", "parents { edges { cursor } }"])
def test_field_that_is_not_granted_does_not_exist(stack: Stack, field: str) -> None:
    def refusal(selection: str) -> dict[str, Any]:
        query = f"query ($n: String!) {{ person(citizenNumber: $n) {{ {selection} }} }}"
        reply = stack.ask("school-enrolment", query, {"n": NUMBERS["grandchild"]})
        (error,) = reply.body["errors"]
        error["extensions"].pop("operation")
        name = selection.split()[0]
        return {"status": reply.status, "error": str(error).replace(name, "X")}

    nonsense = field.replace(field.split()[0], "nonsense")
    assert refusal(field) == refusal(nonsense)


def test_introspection_shows_only_what_is_granted(stack: Stack) -> None:
    query = "{ __schema { types { name fields { name } } } }"
    types = stack.ask("school-enrolment", query).data["__schema"]["types"]
    fields = {t["name"]: {f["name"] for f in t["fields"] or ()} for t in types}
    assert fields["Person"] == {"name", "ageBand", "livesInCallersDistrict"}
    assert fields["KinshipAnswer"] == {"answer"}
    assert fields["Query"] == {
        "person",
        "isMotherOf",
        "isFatherOf",
        "isParentOf",
        "myPermissions",
        "proveRelationship",
    }
    assert not {"Household", "Licence", "LegalEntity"} & fields.keys()


def test_caseworker_of_another_district_gets_null_and_a_code(stack: Stack) -> None:
    query = "query ($n: String!) { person(citizenNumber: $n) { name citizenNumber } }"
    reply = stack.ask("caseworker", query, {"n": MOTHER}, district=AWAY)
    assert reply.data["person"] == {"name": None, "citizenNumber": None}
    assert reply.codes == ["FIELD_DENIED", "FIELD_DENIED"]
    assert "陈静" not in str(reply.body)


def test_both_are_in_the_audit(stack: Stack) -> None:
    query = "query ($n: String!) { person(citizenNumber: $n) { name } }"
    denied = stack.ask("caseworker", query, {"n": MOTHER}, district=AWAY)
    shown = stack.ask(
        "caseworker", query, {"n": MOTHER}, district=HOME, headers={"Citizengraph-Case": "C-2026-7"}
    )
    (refusal,) = read(stack.settings.redis_url, operation=denied.operation)
    (disclosure,) = read(stack.settings.redis_url, operation=shown.operation)
    assert (refusal.outcome, refusal.rows[0].denied) == ("denied", ("name",))
    assert (disclosure.outcome, disclosure.rows[0].shown) == ("disclosed", ("id", "name"))
    assert (disclosure.consumer, disclosure.purpose) == ("caseworker", "household-services")
    assert (disclosure.case, disclosure.policy) == ("C-2026-7", stack.policy())
    assert disclosure.rows[0].record == refusal.rows[0].record


def test_school_asks_about_minors_only(stack: Stack) -> None:
    """About an adult it learns nothing, whether she is registered or not."""
    known = stack.ask("school-enrolment", PROOF, pair(MOTHER, DAUGHTER))
    unknown = stack.ask("school-enrolment", PROOF, pair(MOTHER, "110101190001010000"))
    same = stack.ask("school-enrolment", PROOF, pair(DAUGHTER, DAUGHTER))
    for reply in (known, unknown, same):
        assert reply.codes == ["FIELD_DENIED"]
        assert reply.data == {"isMotherOf": {"answer": None}}
    (record,) = read(stack.settings.redis_url, operation=known.operation)
    assert (record.outcome, [row.shown for row in record.rows]) == ("denied", [()])


def test_school_cannot_ask_about_other_days(stack: Stack) -> None:
    query = """query ($a: PersonRef!, $c: PersonRef!) {
      isMotherOf(person: $a, of: $c, asOf: "2020-01-01") { answer } }"""
    reply = stack.ask("school-enrolment", query, {"a": ref("daughter"), "c": ref("grandchild")})
    assert (reply.status, reply.codes) == (400, ["QUERY_INVALID"])


def test_field_that_does_not_exist_for_the_school_is_in_the_audit(stack: Stack) -> None:
    query = "query ($n: String!) { person(citizenNumber: $n) { citizenNumber } }"
    reply = stack.ask("school-enrolment", query, {"n": NUMBERS["grandchild"]})
    (record,) = read(stack.settings.redis_url, operation=reply.operation)
    assert (record.outcome, record.consumer) == ("refused", "school-enrolment")
    assert [(row.type, row.record, row.denied) for row in record.rows] == [
        ("Person", "QUERY_INVALID", ("citizenNumber",))
    ]


def test_birth_date_is_not_told_by_the_record_of_the_birth(stack: Stack) -> None:
    query = """query ($n: String!) { person(citizenNumber: $n) {
      children { edges { kind validFrom recordedFrom record node { birthDate } } } } }"""
    father = stack.ask("caseworker", query, {"n": NUMBERS["mother"]}, district=HOME)
    edges = father.data["person"]["children"]["edges"]
    elsewhere = [edge for edge in edges if edge["kind"] == "ADOPTIVE"]
    nothing = {"validFrom": None, "recordedFrom": None, "record": None}
    assert elsewhere == [{"kind": "ADOPTIVE", **nothing, "node": {"birthDate": None}}]
    assert all(edge["record"] for edge in edges if edge["kind"] == "BIRTH")
    assert father.codes == ["FIELD_DENIED"] * 4


def test_other_days_do_not_tell_a_birth_date_either(stack: Stack) -> None:
    """赵云 lives elsewhere: on which day he became a child must not be found by trying days."""
    query = """query ($n: String!, $day: Date!) { person(citizenNumber: $n) {
      children(asOf: $day) { edges { kind } } } }"""
    for day in ("2000-01-01", "2010-01-01"):
        variables = {"n": NUMBERS["mother"], "day": day}
        edges = stack.ask("caseworker", query, variables, district=HOME).data["person"]["children"]
        assert {edge["kind"] for edge in edges["edges"]} == {"BIRTH"}
    question = """query ($p: PersonRef!, $o: PersonRef!, $day: Date!) {
      isParentOf(person: $p, of: $o, asOf: $day) { answer } }"""
    answers = {
        stack.ask(
            "caseworker",
            question,
            {"p": ref("mother"), "o": ref("adopted"), "day": day},
            district=HOME,
        ).data["isParentOf"]["answer"]
        for day in ("2000-01-01", "2010-01-01")
    }
    assert len(answers) == 1


def test_what_a_subgraph_refuses_is_in_the_audit(stack: Stack) -> None:
    reply = stack.ask("caseworker", "{ people(first: 101) { edges { cursor } } }", district=HOME)
    assert reply.codes == ["PAGE_TOO_LARGE"]
    (record,) = read(stack.settings.redis_url, operation=reply.operation)
    assert (record.outcome, record.rows) == ("failed", ())


def test_answers_about_a_person_are_found_by_its_id(stack: Stack) -> None:
    query = "query ($n: String!) { person(citizenNumber: $n) { id } }"
    identity = stack.ask("caseworker", query, {"n": MOTHER}, district=HOME).data["person"]["id"]
    asked = stack.ask("caseworker", EVIDENCE, pair(MOTHER, DAUGHTER), district=HOME)
    found = read(stack.settings.redis_url, record=identity)
    assert asked.operation in {disclosure.operation for disclosure in found}


def test_who_lives_at_an_address_elsewhere_is_not_told(stack: Stack) -> None:
    query = '{ place(code: "P-away") { address residents { edges { node { id } } } } }'
    reply = stack.ask("caseworker", query, district=HOME)
    assert reply.data["place"] == {"address": "某路H-3", "residents": None}
    there = stack.ask("caseworker", query, district=AWAY)
    assert len(there.data["place"]["residents"]["edges"]) == 1


def test_one_statement_per_subgraph_fetch_on_the_long_walk(stack: Stack) -> None:
    before = stack.statements()
    reply = stack.ask("caseworker", FAMILY, {"daughter": DAUGHTER}, district=HOME)
    statements = stack.statements() - before
    records = read(stack.settings.redis_url, operation=reply.operation)
    mother = reply.data["person"]["parents"]["edges"][0]["node"]
    members = mother["households"]["edges"][0]["node"]["members"]["edges"]
    licences = [e for m in members for e in m["node"]["licences"]["edges"]]
    issuer = licences[0]["node"]["issuers"]["edges"][0]["node"]
    assert issuer["name"] == "东城区政务服务局"
    assert issuer["representatives"]["edges"]
    subgraphs = [record.subgraph for record in records]
    assert set(subgraphs) == {"people", "households", "licences", "legal-entities"}
    assert statements == len(subgraphs)


def test_subgraph_called_directly_gives_nothing(stack: Stack) -> None:
    queries = [
        "{ _service { sdl } }",
        "{ __schema { types { name } } }",
        '{ _entities(representations: [{__typename: "Person", id: "x"}]) { __typename } }',
    ]
    for name in ("people", "households", "legal-entities", "licences"):
        for query in queries:
            reply = httpx.post(f"{stack.subgraphs_url}/{name}/graphql", json={"query": query})
            assert reply.status_code == 401
            assert reply.json()["errors"][0]["extensions"]["code"] == "CONTEXT_MISSING"
            assert "data" not in reply.json()


def test_citizen_sees_themselves_and_nobody_else(stack: Stack) -> None:
    query = "query ($n: String!) { person(citizenNumber: $n) { name facts { field value } } }"
    own = stack.ask("citizen", query, {"n": DAUGHTER}, person=DAUGHTER)
    assert own.data["person"]["name"] == "李娜"
    other = stack.ask("citizen", query, {"n": MOTHER}, person=DAUGHTER)
    assert other.body == {"data": {"person": None}}
