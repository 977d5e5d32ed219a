"""A citizen consents and withdraws through the gateway; the partner's next query shows it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from stack import Reply, Stack

from audit.reader import read
from tests.family import NUMBERS

OFFICE = "data-administration"
WANG = {"person": "110101198001010018", "subject": "wang@data", "organisation": OFFICE}
LIU = {"person": "110101198102020021", "subject": "liu@data", "organisation": OFFICE}
GRANT = """
// Where a child is registered: with consent.
@id("school-district-with-consent")
permit (
  principal == Consumer::"school-enrolment",
  action == Action::"consent:Person.district",
  resource
)
when { context.purpose == "school-enrolment" && resource.minor };
"""
DRAFT = """
mutation ($texts: [PolicyTextInput!]!) {
  draftPolicy(statement: {reason: "A pilot", document: "Agreement 2026/18"}, texts: $texts) {
    number hash parent } }
"""
APPROVE = "mutation ($n: Int!, $h: String!) { approvePolicy(number: $n, hash: $h) { state } }"
ACTIVATE = "mutation ($n: Int!) { activatePolicy(number: $n) { version { state } } }"
BACK = 'mutation ($n: Int!) { rollBackPolicy(number: $n, reason: "Over") { version { state } } }'
ACTIVE = "{ policyVersion { number } }"
ASKED = "{ consentRequests { consumer purposeLabel { zh } fields { label { zh } } } }"
SCHOOL = "query ($n: String!) { person(citizenNumber: $n) { name district } }"
GIVE = """mutation ($n: String) { giveConsent(consumer: "school-enrolment",
  purpose: "school-enrolment", citizenNumber: $n) { reference withdrawnOn } }"""
WITHDRAW = "mutation ($r: String!) { withdrawConsent(reference: $r) { withdrawnOn } }"
OWN = """query ($n: String!) { person(citizenNumber: $n) { consents { edges {
  register node { reference withdrawnOn } } } } }"""


@pytest.fixture(scope="module")
def consented(stack: Stack) -> Iterator[None]:
    """A policy under which the school sees a child's district with consent."""
    before = _active(stack)
    texts = [{"path": "grants/with-consent.cedar", "content": GRANT}]
    draft = stack.ask("policy-admin", DRAFT, {"texts": texts}, **WANG).data["draftPolicy"]
    approval = {"n": draft["number"], "h": draft["hash"]}
    assert stack.ask("policy-admin", APPROVE, approval, **LIU).data["approvePolicy"]
    stack.ask("policy-admin", ACTIVATE, {"n": draft["number"]}, **WANG)
    assert stack.wait_until(lambda: _active(stack) == draft["number"])
    yield
    stack.ask("policy-admin", BACK, {"n": before}, **WANG)
    assert stack.wait_until(lambda: _active(stack) == draft["number"] + 1)


def daughter(stack: Stack, operation: str, variables: Any = None) -> Reply:
    return stack.ask("citizen", operation, variables, person=NUMBERS["daughter"])


def test_nobody_consents_to_what_nobody_asks_for(stack: Stack) -> None:
    asked = daughter(stack, "{ consentRequests { consumer } }").data["consentRequests"]
    assert "caseworker" not in {request["consumer"] for request in asked}
    nobodys = GIVE.replace('consumer: "school-enrolment"', 'consumer: "caseworker"')
    assert daughter(stack, nobodys).codes == ["BAD_ARGUMENT"]


@pytest.mark.usefixtures("consented")
def test_what_a_parent_agrees_to_and_takes_back(stack: Stack) -> None:
    child = {"n": NUMBERS["grandchild"]}
    asked = daughter(
        stack, "{ consentRequests { consumer purposeLabel { zh } fields { label { zh } } } }"
    )
    (request,) = asked.data["consentRequests"]
    assert (request["consumer"], request["purposeLabel"]["zh"]) == (
        "school-enrolment",
        "义务教育入学核验",
    )
    fields = {field["label"]["zh"] for field in request["fields"]}
    assert fields == {"户籍所在区划", "是否居住在调用方辖区"}
    before = stack.ask("school-enrolment", SCHOOL, child)
    assert before.data["person"] == {"name": "王小雨", "district": None}
    assert before.codes == ["CONSENT_REQUIRED"]

    given = daughter(stack, GIVE, child)
    reference = given.data["giveConsent"]["reference"]
    assert stack.ask("school-enrolment", SCHOOL, child).data["person"]["district"] == "110101"
    assert daughter(stack, GIVE, child).data == given.data
    (edge,) = daughter(stack, OWN, child).data["person"]["consents"]["edges"]
    assert (edge["register"], edge["node"]["reference"]) == ("consent-portal", reference)

    assert daughter(stack, WITHDRAW, {"r": reference}).data["withdrawConsent"]["withdrawnOn"]
    after = stack.ask("school-enrolment", SCHOOL, child)
    assert (after.data["person"]["district"], after.codes) == (None, ["CONSENT_REQUIRED"])

    about = {(r.type, r.record) for d in _records(stack, given) for r in d.rows}
    assert ("Mutation", "giveConsent") in about
    assert len([kind for kind, _ in about if kind == "Person"]) == 1


@pytest.mark.usefixtures("consented")
def test_for_others_one_answer_whoever_they_are(stack: Stack) -> None:
    """An adult daughter, a stranger, a number of nobody."""
    mother = NUMBERS["mother"]
    for number in (NUMBERS["daughter"], NUMBERS["stranger"], "11010119000101001X"):
        reply = stack.ask("citizen", GIVE, {"n": number}, person=mother)
        assert reply.body["data"] == {"giveConsent": None}
        (error,) = reply.body["errors"]
        assert (error["message"], reply.codes) == (
            "There is nobody for whom you may act.",
            ["PERSON_UNKNOWN"],
        )


def _active(stack: Stack) -> int:
    return stack.ask("policy-admin", ACTIVE, **WANG).data["policyVersion"]["number"]


def _records(stack: Stack, reply: Reply) -> Any:
    return read(stack.settings.redis_url, operation=reply.operation)
