"""Emergency access through the gateway: opened, seen by all whom it concerns, reviewed."""

from __future__ import annotations

from typing import Any

from stack import OFFICER, Reply, Stack

from tests.family import HOME, NUMBERS

REVIEWER = {"person": "110101198001010018", "subject": "reviewer@audit"}
CASEWORKER = {"district": HOME, "worker": "W-7", "subject": "zhou@office"}
REASON = "急救中心来电,需立即联系其近亲属"
OPEN = """mutation ($n: String!, $r: String!) {
  openEmergencyAccess(citizenNumber: $n, reason: $r, minutes: 30) { reference openedAt until } }"""
PERSON = (
    "query ($n: String!) { person(citizenNumber: $n) { id name residences { edges { cursor } } } }"
)
LIST = """{ emergencyAccesses(reviewed: false) {
  reference worker person reason state justified } }"""
REVIEW = """mutation ($r: String!, $j: Boolean!) {
  reviewEmergencyAccess(reference: $r, justified: $j, words: "核实无误") { state justified } }"""
OWN = """query ($n: String!) { person(citizenNumber: $n) { emergencyAccesses { edges { node {
  reference reason until justified reviewWords } } } } }"""


def office(stack: Stack, operation: str, **variables: Any) -> Reply:
    return stack.ask("caseworker", operation, variables, **CASEWORKER)


def answered(reply: Reply) -> Reply | None:
    """Nothing while the graph still plans its first large statement."""
    return None if reply.codes == ["QUERY_TOO_LARGE"] else reply


def review(stack: Stack, operation: str, variables: Any = None, **changed: str) -> Reply:
    return stack.ask("access-reviewer", operation, variables, **(REVIEWER | changed))


def test_from_the_reason_to_the_review(stack: Stack) -> None:
    stranger = {"n": NUMBERS["stranger"]}
    before = stack.wait_until(lambda: answered(office(stack, PERSON, **stranger)))
    assert before.data["person"]["name"] is None
    access = office(stack, OPEN, **stranger, r=REASON).data["openEmergencyAccess"]
    row = office(stack, PERSON, **stranger)
    assert (row.data["person"]["name"], row.data["person"]["residences"]) == ("孙丽", None)

    listed = review(stack, LIST).data["emergencyAccesses"]
    (notice,) = [a for a in listed if a["reference"] == access["reference"]]
    assert notice == {
        "reference": access["reference"],
        "worker": "W-7",
        "person": row.data["person"]["id"],
        "reason": REASON,
        "state": "running",
        "justified": None,
    }
    asked = {"r": access["reference"], "j": True}
    for own in ({"person": OFFICER}, {"subject": "zhou@office"}):
        assert review(stack, REVIEW, asked, **own).codes == ["EMERGENCY_REFUSED"]
    found = review(stack, REVIEW, asked | {"j": False}).data["reviewEmergencyAccess"]
    assert found == {"state": "ended", "justified": False}
    assert review(stack, REVIEW, asked).codes == ["EMERGENCY_REFUSED"]
    assert office(stack, PERSON, **stranger).data["person"]["name"] is None

    seen = stack.ask("citizen", OWN, stranger, person=stranger["n"])
    told = [edge["node"] for edge in seen.data["person"]["emergencyAccesses"]["edges"]]
    (node,) = [one for one in told if one["reference"] == access["reference"]]
    assert node["reason"] == REASON
    assert (node["justified"], node["reviewWords"]) == (False, "核实无误")
    assert "W-7" not in str(seen.body)


def test_nobody_and_bad_reasons(stack: Stack) -> None:
    reply = office(stack, OPEN, n="11010119000101001X", r=REASON)
    assert (reply.body["data"], reply.codes) == ({"openEmergencyAccess": None}, ["PERSON_UNKNOWN"])
    assert office(stack, OPEN, n=NUMBERS["former"], r="急急急急急急急急急急急").codes == [
        "BAD_ARGUMENT"
    ]
    assert office(stack, PERSON, n=NUMBERS["former"]).data["person"]["name"] is None


def test_a_caseworker_without_a_code_opens_nothing(stack: Stack) -> None:
    variables = {"n": NUMBERS["former"], "r": REASON}
    reply = stack.ask("caseworker", OPEN, variables, district=HOME)
    assert reply.codes == ["FIELD_DENIED"]


def test_the_desk_is_not_in_the_schema_of_others(stack: Stack) -> None:
    variables = {"n": NUMBERS["former"], "r": REASON}
    for consumer, who in (("citizen", {"person": NUMBERS["daughter"]}), ("school-enrolment", {})):
        asking: Any = who
        assert stack.ask(consumer, OPEN, variables, **asking).codes == ["QUERY_INVALID"]
        assert stack.ask(consumer, LIST, **asking).codes == ["QUERY_INVALID"]
    assert office(stack, REVIEW, r="EA-1", j=True).codes == ["QUERY_INVALID"]
