"""Policies administered through the gateway: two people, one change, and who may not."""

from __future__ import annotations

from typing import Any

import pytest
from stack import Reply, Stack

from audit.reader import read
from tests.family import HOME, NUMBERS

OFFICE = "data-administration"
WANG, LIU, ZHAO = "110101198001010018", "110101198102020021", "110101198203030032"
GRANT = """
// Birth dates of minors, for a pilot.
@id("school-birth-date")
permit (
  principal == Consumer::"school-enrolment",
  action in [Action::"clear:Person.birthDate"],
  resource
)
when { context.purpose == "school-enrolment" && resource.minor };
"""
OWN_GRANT = GRANT.replace("school-enrolment", "policy-admin").replace(
    'context.purpose == "policy-admin"', 'context.purpose == "policy-administration"'
)
MUTATING = {"caseworker", "citizen"}
"""Other consumers that have mutations of their own."""
STATEMENT = {"reason": "A pilot", "document": "Agreement 2026/17"}
DRAFT = """
mutation ($statement: PolicyStatementInput!, $texts: [PolicyTextInput!]!) {
  draftPolicy(statement: $statement, texts: $texts) {
    number state hash parent author { name account organisation proven } findings { level code }
  }
}
"""
EDIT = """
mutation ($number: Int!, $statement: PolicyStatementInput!, $texts: [PolicyTextInput!]!) {
  editPolicy(number: $number, statement: $statement, texts: $texts) { number state hash }
}
"""
APPROVE = """
mutation ($number: Int!, $hash: String!) {
  approvePolicy(number: $number, hash: $hash, why: "Read it") { state approver { account } }
}
"""
ACTIVATE = """
mutation ($number: Int!) {
  activatePolicy(number: $number) { version { number state } processes behind gatewayMs }
}
"""
ROLL_BACK = """
mutation ($number: Int!) {
  rollBackPolicy(number: $number, reason: "The pilot is over") { version { number state } }
}
"""
SCHOOL = "query ($n: String!) { person(citizenNumber: $n) { name birthDate } }"


class Administrator:
    """One human being with one account."""

    def __init__(self, stack: Stack, person: str, account: str, organisation: str = OFFICE) -> None:
        self._stack = stack
        self._who = {"person": person, "subject": account, "organisation": organisation}

    def ask(self, operation: str, **variables: Any) -> Reply:
        return self._stack.ask("policy-admin", operation, variables, **self._who)

    def draft(self, grant: str = GRANT, path: str = "grants/pilot.cedar") -> Any:
        texts = [{"path": path, "content": grant}]
        return self.ask(DRAFT, statement=STATEMENT, texts=texts).data["draftPolicy"]


@pytest.fixture
def wang(stack: Stack) -> Administrator:
    return Administrator(stack, WANG, "wang@data")


@pytest.fixture
def liu(stack: Stack) -> Administrator:
    return Administrator(stack, LIU, "liu@data")


def refused(reply: Reply, *words: str) -> None:
    assert reply.codes == ["POLICY_STEP_REFUSED"], reply.body
    message = reply.body["errors"][0]["message"]
    assert all(word in message for word in words), message


def test_two_people_change_what_a_consumer_sees(
    stack: Stack, wang: Administrator, liu: Administrator
) -> None:
    minor = {"n": NUMBERS["grandchild"]}
    assert stack.ask("school-enrolment", SCHOOL, minor).codes == ["QUERY_INVALID"]
    before = wang.ask("{ policyVersion { number hash } }").data["policyVersion"]
    draft = wang.draft()
    assert draft["state"] == "validated"
    assert draft["author"] == {
        "name": "wang@data",
        "account": "wang@data",
        "organisation": OFFICE,
        "proven": True,
    }
    assert draft["parent"] == before["hash"]
    number = draft["number"]

    difference = liu.ask(
        "query ($to: Int!) { policyDifference(to: $to) { cells text counts { consumer kind cells }"
        " changes { consumer mode coordinate kind after policies } } }",
        to=number,
    ).data["policyDifference"]
    assert difference["counts"] == [{"consumer": "school-enrolment", "kind": "gained", "cells": 1}]
    assert difference["changes"][0]["coordinate"] == "Person.birthDate"
    assert "+permit (" in difference["text"]
    replay = liu.ask(
        "query ($to: Int!) { policyReplay(to: $to) { operations affected"
        " differing { consumer outcome because count } } }",
        to=number,
    ).data["policyReplay"]
    assert replay["affected"] >= 1
    assert {
        "consumer": "school-enrolment",
        "outcome": "answered",
        "because": ["Person.birthDate"],
    } in [{k: v for k, v in d.items() if k != "count"} for d in replay["differing"]]

    approved = liu.ask(APPROVE, number=number, hash=draft["hash"]).data["approvePolicy"]
    assert approved == {"state": "approved", "approver": {"account": "liu@data"}}
    done = wang.ask(ACTIVATE, number=number).data["activatePolicy"]
    assert done["version"] == {"number": number, "state": "active"}
    assert done["behind"] == 0
    assert done["gatewayMs"] is not None
    shown = stack.ask("school-enrolment", SCHOOL, minor)
    assert shown.data["person"]["birthDate"]

    back = wang.ask(ROLL_BACK, number=before["number"]).data["rollBackPolicy"]
    assert back["version"] == {"number": number + 1, "state": "active"}
    assert stack.ask("school-enrolment", SCHOOL, minor).codes == ["QUERY_INVALID"]


REQUEST = """
mutation ($request: AccessRequestInput!) { requestAccess(request: $request) { number state } }
"""
BIRTH_DATES = {
    "consumer": "school-enrolment",
    "purpose": "school-enrolment",
    "basis": "compulsory-education",
    "parts": [{"type": "Person", "fields": [{"name": "birthDate"}], "rows": "resource.minor"}],
    "reason": "Age groups are formed by date of birth",
    "document": "Agreement 2026/18",
}


def test_what_a_partner_asks_for_becomes_a_version(
    stack: Stack, wang: Administrator, liu: Administrator
) -> None:
    developer = {
        "person": ZHAO,
        "subject": "zhao@school",
        "organisation": "education-commission",
    }
    listed = stack.ask(
        "partner-developer",
        '{ dataCatalogue(type: "Person") { name labelZh fields { name labelZh modes } conditions }'
        " ownAccessRequests { number } }",
        **developer,
    ).data
    fields = {field["name"]: field for field in listed["dataCatalogue"][0]["fields"]}
    assert "masked" in fields["birthDate"]["modes"]
    earlier = {request["number"] for request in listed["ownAccessRequests"]}
    asked = stack.ask("partner-developer", REQUEST, {"request": BIRTH_DATES}, **developer)
    number = asked.data["requestAccess"]["number"]
    assert number not in earlier
    typo = {**BIRTH_DATES, "parts": [{"type": "Person", "fields": [{"name": "birthday"}]}]}
    wrong = stack.ask("partner-developer", REQUEST, {"request": typo}, **developer)
    assert wrong.codes == ["POLICY_INVALID"]
    assert "clear:Person.birthDate" in wrong.body["errors"][0]["message"]
    foreign = {**BIRTH_DATES, "consumer": "caseworker"}
    refused(
        stack.ask("partner-developer", REQUEST, {"request": foreign}, **developer),
        "own organisation",
    )

    queue = wang.ask("{ accessRequests { number state consumer reason by { account } } }").data
    (waiting,) = [one for one in queue["accessRequests"] if one["number"] == number]
    assert waiting["by"] == {"account": "zhao@school"}
    drafted = wang.ask(
        "mutation ($n: Int!) { draftFromAccessRequest(number: $n)"
        " { number state hash request document texts { path content } } }",
        n=number,
    ).data["draftFromAccessRequest"]
    assert (drafted["state"], drafted["request"]) == ("validated", number)
    assert f"grants/access-request-{number}.cedar" in [t["path"] for t in drafted["texts"]]
    given = {"number": drafted["number"], "hash": drafted["hash"]}
    second_account = Administrator(stack, ZHAO, "zhao@data")
    refused(second_account.ask(APPROVE, **given), "whoever asked for the access")
    before = wang.ask("{ policyVersion { number } }").data["policyVersion"]["number"]
    assert liu.ask(APPROVE, **given).data["approvePolicy"]["state"] == "approved"
    assert wang.ask(ACTIVATE, number=drafted["number"]).data["activatePolicy"]["behind"] == 0
    minor = {"n": NUMBERS["grandchild"]}
    assert stack.ask("school-enrolment", SCHOOL, minor).data["person"]["birthDate"]
    wang.ask(ROLL_BACK, number=before)
    assert stack.ask("school-enrolment", SCHOOL, minor).codes == ["QUERY_INVALID"]


def test_nobody_approves_their_own_by_whatever_account(stack: Stack, wang: Administrator) -> None:
    draft = wang.draft()
    given = {"number": draft["number"], "hash": draft["hash"]}
    refused(wang.ask(APPROVE, **given), "Another person than whoever wrote it")
    second = Administrator(stack, WANG, "wang.second@data")
    refused(second.ask(APPROVE, **given), "under the account wang@data")
    other_office = Administrator(stack, WANG, "wang@elsewhere", "audit-office")
    refused(other_office.ask(APPROVE, **given), "Another person than whoever wrote it")
    same_account = Administrator(stack, LIU, "wang@data")
    refused(same_account.ask(APPROVE, **given), "Another account")


def test_an_edit_by_whoever_approves_makes_them_an_author(
    wang: Administrator, liu: Administrator
) -> None:
    draft = wang.draft()
    texts = [{"path": "grants/pilot.cedar", "content": GRANT.replace("a pilot", "the pilot")}]
    edited = liu.ask(EDIT, number=draft["number"], statement=STATEMENT, texts=texts)
    found = edited.data["editPolicy"]
    assert found["hash"] != draft["hash"]
    refused(
        liu.ask(APPROVE, number=draft["number"], hash=found["hash"]),
        "Another person than whoever wrote it",
    )
    refused(wang.ask(APPROVE, number=draft["number"], hash=draft["hash"]), "Another person")


def test_nobody_grants_to_their_own_organisation(stack: Stack, wang: Administrator) -> None:
    texts = [{"path": "grants/own.cedar", "content": OWN_GRANT}]
    own = wang.ask(DRAFT, statement=STATEMENT, texts=texts)
    refused(own, "Nobody grants anything to their own organisation", OFFICE)
    school = Administrator(stack, LIU, "liu@school", "education-commission")
    refused(
        school.ask(
            DRAFT, statement=STATEMENT, texts=[{"path": "grants/pilot.cedar", "content": GRANT}]
        ),
        "education-commission would get more",
    )
    draft = wang.draft()
    given = {"number": draft["number"], "hash": draft["hash"]}
    refused(school.ask(APPROVE, **given), "Nobody grants anything to their own organisation")


def test_a_draft_with_errors_stays_one(wang: Administrator, liu: Administrator) -> None:
    draft = wang.draft("permit (principal, action, resource")
    assert draft["state"] == "draft"
    assert {(f["level"], f["code"]) for f in draft["findings"]} == {("error", "INVALID")}
    reply = liu.ask(APPROVE, number=draft["number"], hash=draft["hash"])
    refused(reply, "approved after it was found valid")


def test_who_can_see_a_field_and_why(wang: Administrator) -> None:
    found = wang.ask(
        '{ policySeers(coordinate: "Person.name") { consumer mode condition policies } '
        '  policyExplanation(coordinate: "Person.birthDate", consumer: "school-enrolment",'
        '    purpose: "school-enrolment", basis: "compulsory-education") {'
        "    outcome shownWhen missing reasons { policy effect actions } } "
        "  policyProcesses { number policy } }"
    ).data
    assert {seer["consumer"] for seer in found["policySeers"]} >= {"caseworker", "citizen"}
    explained = found["policyExplanation"]
    assert explained["outcome"] == "denied"
    assert explained["missing"] == (
        'a permit of Action::"clear:Person.birthDate" for Consumer::"school-enrolment"'
    )
    assert found["policyProcesses"]
    wrong = wang.ask('{ policySeers(coordinate: "Person.nmae") { consumer } }')
    assert wrong.codes == ["BAD_ARGUMENT"]
    assert "Person.name" in wrong.body["errors"][0]["message"]


@pytest.mark.parametrize("consumer", ["caseworker", "school-enrolment", "citizen"])
def test_for_other_consumers_there_is_no_desk(stack: Stack, consumer: str) -> None:
    who = {"caseworker": {"district": HOME}, "citizen": {"person": NUMBERS["daughter"]}}
    asking: Any = who.get(consumer, {})
    reply = stack.ask(consumer, "mutation { activatePolicy(number: 1) { behind } }", **asking)
    assert reply.codes == ["QUERY_INVALID"]
    words = "Cannot query field" if consumer in MUTATING else "this is a mutation"
    assert words in reply.body["errors"][0]["message"]
    listed = stack.ask(consumer, "{ policyVersions { number } }", **asking)
    nothing = stack.ask(consumer, "{ policyVersionz { number } }", **asking)
    assert listed.codes == nothing.codes == ["QUERY_INVALID"]
    assert (
        listed.body["errors"][0]["message"].replace("Versions", "Versionz")
        == (nothing.body["errors"][0]["message"])
    )


def test_what_is_asked_at_the_desk_stands_in_the_audit(stack: Stack, wang: Administrator) -> None:
    reply = wang.ask(ACTIVATE, number=1)
    assert reply.codes == ["POLICY_STEP_REFUSED"]
    (record,) = read(stack.settings.redis_url, operation=reply.operation)
    assert (record.consumer, record.subject) == ("policy-admin", "wang@data")
    assert record.asked == ("Mutation.activatePolicy",) or record.shape
    assert [(row.type, row.record) for row in record.rows] == [("Mutation", "activatePolicy")]
