"""The room of the reviewer: each emergency access is looked at, and judged once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from browser import Visitor
from stack import Reply, Stack

from tests.family import HOME, NUMBERS

Visit = Callable[..., Visitor]
CASEWORKER = {"district": HOME, "worker": "W-7", "subject": "zhou@office"}
OPEN = """mutation ($n: String!, $r: String!) {
  openEmergencyAccess(citizenNumber: $n, reason: $r, minutes: 30) { reference } }"""
PERSON = "query ($n: String!) { person(citizenNumber: $n) { id name birthDate } }"
OWN = """query ($n: String!) { person(citizenNumber: $n) { emergencyAccesses { edges { node {
  reference justified reviewWords } } } } }"""
REASON = "急救中心来电,需立即联系其近亲属"
STRANGER = {"n": NUMBERS["stranger"]}
WORDS = {
    "en": {
        "looked": "Person · Date of birth",
        "no": "not justified",
        "words": "In words",
        "record": "Record the review",
        "reviewed": "Reviewed",
    },
    "zh": {
        "looked": "自然人 · 出生日期",
        "no": "不正当",
        "words": "复核意见",
        "record": "记录复核结论",
        "reviewed": "已复核",
    },
}


def answered(reply: Reply) -> Reply | None:
    """Nothing while the graph still plans its first large statement."""
    return None if reply.codes == ["QUERY_TOO_LARGE"] else reply


def opened(stack: Stack) -> str:
    """A running access, under which something was looked at."""
    given: Any = {**STRANGER, "r": REASON}
    stack.wait_until(lambda: answered(stack.ask("caseworker", PERSON, STRANGER, **CASEWORKER)))
    access = stack.ask("caseworker", OPEN, given, **CASEWORKER).data["openEmergencyAccess"]
    assert stack.ask("caseworker", PERSON, STRANGER, **CASEWORKER).data["person"]["name"] == "孙丽"
    return access["reference"]


@pytest.mark.parametrize(("language", "size"), [("en", "desktop"), ("zh", "phone")])
def test_from_the_list_to_the_verdict(visit: Visit, stack: Stack, language: str, size: str) -> None:
    reference, words = opened(stack), WORDS[language]
    visitor = visit(language=language, size=size)
    page = visitor.enter("access-reviewer", "Reviewer")
    row = page.get_by_role("row").filter(has_text=reference)
    row.get_by_text(REASON).wait_for()
    assert visitor.violations() == []
    row.get_by_role("button", name=reference).click()
    page.get_by_text(words["looked"]).first.wait_for()
    assert visitor.violations() == []
    page.get_by_role("radio", name=words["no"], exact=True).check()
    assert page.get_by_role("button", name=words["record"]).is_disabled()
    page.get_by_label(words["words"]).fill(f"No call came in ({language})")
    page.get_by_role("button", name=words["record"]).click()
    page.get_by_role("button", name=words["record"]).wait_for(state="detached")
    page.get_by_text(f"No call came in ({language})").wait_for()
    assert visitor.violations() == []
    assert not visitor.received("孙丽")
    assert not visitor.received(NUMBERS["stranger"])
    seen = stack.ask("citizen", OWN, STRANGER, person=STRANGER["n"])
    found = [edge["node"] for edge in seen.data["person"]["emergencyAccesses"]["edges"]]
    (own,) = [node for node in found if node["reference"] == reference]
    assert own["justified"] is False
    assert own["reviewWords"] == f"No call came in ({language})"


def test_what_is_reviewed_is_listed_apart(visit: Visit, stack: Stack) -> None:
    visitor = visit()
    page = visitor.enter("access-reviewer", "Reviewer", "/?shown=reviewed")
    page.get_by_role("table").first.wait_for()
    assert visitor.violations() == []
    assert not visitor.received("孙丽")
