"""The room of the policy administrator: from a cell of the matrix to its effect, by two people."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from browser import Visitor
from playwright.sync_api import Page, expect
from stack import Stack

from tests.family import HOME, NUMBERS

Visit = Callable[..., Visitor]
SCHOOL = "query ($n: String!) { person(citizenNumber: $n) { name birthDate } }"
STRANGER = "query ($n: String!) { person(citizenNumber: $n) { id name birthDate } }"
MINOR = {"n": NUMBERS["grandchild"]}
CELL = "school-enrolment/school-enrolment/compulsory-education"
DEVELOPER = {"person": "P-9", "subject": "zhao@school", "organisation": "education-commission"}
REQUEST = """
mutation ($request: AccessRequestInput!) { requestAccess(request: $request) { number } }
"""
WORDS = {
    "en": {
        "cell": "not granted",
        "change": "Change this",
        "add": "Add a condition",
        "attribute": "Condition",
        "write": "Write it into the text",
        "clean": "No errors.",
        "wrong": "error",
        "text": "Text of grants/school-enrolment.cedar",
        "words": "In plain words",
        "minor": "only where the person is certainly under 18",
        "simulated": "What this would change",
        "replay": "Replay recorded operations",
        "replayed": "recorded operation",
        "reason": "Reason",
        "document": "Document",
        "save": "Save as a draft",
        "refused": "You cannot approve this version",
        "law": "Another person than whoever wrote it approves.",
        "approve": "Approve",
        "activate": "Put into force",
        "in force": "It is in force.",
        "gains": "gains",
        "back": "Bring version",
        "why": "Why it is brought back",
        "example": "not shown → shown",
    },
    "zh": {
        "cell": "未授权",
        "change": "修改此项",
        "add": "添加条件",
        "attribute": "条件",
        "write": "写入文本",
        "clean": "没有错误。",
        "wrong": "错误",
        "text": "grants/school-enrolment.cedar 的文本",
        "words": "通俗释义",
        "minor": "条件:该自然人确定未满18周岁",
        "simulated": "将产生的变化",
        "replay": "回放历史请求",
        "replayed": "已回放",
        "reason": "理由",
        "document": "依据文件",
        "save": "保存草案",
        "refused": "您不能审批此版本",
        "law": "审批人不得为起草人。",
        "approve": "批准",
        "activate": "启用",
        "in force": "已启用。",
        "gains": "新增",
        "back": "恢复第",
        "why": "恢复理由",
        "example": "不显示 → 显示",
    },
}


def policy(stack: Stack, *words: str) -> Any:
    """What `citizengraph policy …` says as JSON."""
    done = stack.command("policy", *words, "--json", check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def before(stack: Stack) -> Iterator[dict[str, Any]]:
    """The version in force, whose texts are in force again when the test ends."""
    found = policy(stack, "show")
    yield found
    if policy(stack, "show")["bundle"] != found["bundle"]:
        said = ("--reason", "the test is over", "--as", "test")
        policy(stack, "rollback", str(found["number"]), *said)


def approved_by_another(
    visit: Visit, stack: Stack, language: str, number: int, before: int
) -> None:
    words = WORDS[language]
    visitor = visit(language=language)
    page = visitor.enter("policy-admin", "Approver", f"/versions/{number}")
    page.get_by_text(words["example"]).wait_for()
    page.get_by_text(words["gains"]).first.wait_for()
    assert visitor.violations() == []
    page.get_by_role("button", name=words["approve"], exact=True).click()
    page.get_by_role("button", name=words["activate"], exact=True).click()
    page.get_by_text(words["in force"], exact=True).wait_for()
    assert visitor.violations() == []
    assert stack.ask("school-enrolment", SCHOOL, MINOR).data["person"]["birthDate"]
    page.goto(f"{visitor.url}/?q=Person.birthDate&consumer={CELL}")
    expect(page.get_by_role("grid").get_by_role("button")).to_contain_text(
        "附条件" if language == "zh" else "conditional"
    )
    page.goto(f"{visitor.url}/versions/{before}")
    page.get_by_label(words["why"]).fill("The pilot is over")
    page.get_by_role("button", name=words["back"]).click()
    page.wait_for_url(f"**/versions/{number + 1}*")
    assert stack.ask("school-enrolment", SCHOOL, MINOR).codes == ["QUERY_INVALID"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_from_a_cell_to_its_effect(
    visit: Visit, stack: Stack, before: dict[str, Any], language: str
) -> None:
    words = WORDS[language]
    visitor = visit(language=language)
    page = visitor.enter("policy-admin", "Drafter")
    grid = page.get_by_role("grid")
    grid.get_by_role("gridcell").first.wait_for()
    assert visitor.violations() == []
    page.goto(f"{visitor.url}/?q=Person.birthDate&consumer={CELL}")
    expect(grid.get_by_role("button")).to_have_text(words["cell"])
    grid.get_by_role("button").click()
    page.get_by_role("link", name=words["change"]).wait_for()
    assert visitor.violations() == []
    page.get_by_role("link", name=words["change"]).click()

    page.get_by_role("button", name=words["add"]).click()
    page.get_by_label(words["attribute"], exact=True).select_option("minor")
    page.get_by_role("button", name=words["write"]).click()
    page.get_by_text(words["clean"]).wait_for()
    editor = page.get_by_role("textbox", name=words["text"])
    assert 'Action::"clear:Person.birthDate"' in editor.inner_text()
    editor.click()
    page.keyboard.press("Control+End")
    page.keyboard.type("permit (principal == Consumer::", delay=5)
    page.locator(".cm-lintRange-error").first.wait_for()
    page.get_by_role("status").filter(has_text=words["wrong"]).wait_for()
    assert visitor.violations() == []
    for _ in range(len("permit (principal == Consumer::")):
        page.keyboard.press("Backspace")
    page.get_by_text(words["clean"]).wait_for()
    page.get_by_text(words["words"], exact=True).click()
    page.get_by_text(words["minor"]).last.wait_for()
    page.get_by_role("heading", name=words["simulated"]).wait_for()
    page.get_by_text(words["example"]).wait_for()
    page.get_by_role("button", name=words["replay"]).click()
    page.get_by_text(words["replayed"]).first.wait_for()
    assert visitor.violations() == []
    page.get_by_label(words["reason"]).fill("A pilot")
    page.get_by_label(words["document"]).fill("Agreement 2026/17")
    page.get_by_role("button", name=words["save"]).click()
    page.wait_for_url("**/versions/*")
    number = int(re.findall(r"/versions/(\d+)", page.url)[0])
    page.get_by_text(words["refused"]).wait_for()
    page.get_by_text(words["law"]).wait_for()
    assert page.get_by_role("button", name=words["approve"], exact=True).is_disabled()
    assert visitor.violations() == []
    approved_by_another(visit, stack, language, number, before["number"])


def seen(page: Page, visitor: Visitor, path: str, *texts: str) -> None:
    page.goto(f"{visitor.url}{path}")
    page.get_by_role("heading", level=1).wait_for()
    for text in texts:
        page.get_by_text(text).first.wait_for()
    assert visitor.violations() == [], path


@pytest.mark.parametrize(("language", "size"), [("en", "desktop"), ("zh", "phone")])
def test_pages_that_tell(visit: Visit, stack: Stack, language: str, size: str) -> None:
    asked = {"district": HOME, "worker": "W-7", "subject": "zhou@office"}
    reply = stack.ask("caseworker", STRANGER, {"n": NUMBERS["stranger"]}, **asked)
    visitor = visit(language=language, size=size)
    page = visitor.enter("policy-admin", "Drafter")
    page.get_by_role("gridcell").first.wait_for()
    assert visitor.violations() == []
    chinese = language == "zh"
    seen(page, visitor, "/versions", "现行" if chinese else "in force")
    seen(page, visitor, "/versions/1?tab=words", "school-child-name")
    seen(page, visitor, "/versions/1?tab=texts&since=1", "文本相同" if chinese else "The same")
    seen(page, visitor, "/who?coordinate=Person.birthDate", "caseworker-case-person")
    why = f"/why?coordinate=Person.birthDate&for={CELL.replace('/', '&goal=', 1)}"
    why = why.replace("/compulsory", "&basis=compulsory")
    seen(page, visitor, why, 'Action::"clear:Person.birthDate"')
    seen(page, visitor, f"/why?operation={reply.operation}", "Person.birthDate", "caseworker")
    seen(page, visitor, "/processes", "同一版本" if chinese else "same version")
    seen(page, visitor, f"/audit?operation={reply.operation}", "caseworker")
    page.get_by_role("button", name=re.compile("\\d")).last.click()
    page.get_by_role("link", name="为何?" if chinese else "why?", exact=True).first.click()
    page.wait_for_url(f"**/why?operation={reply.operation}")
    page.get_by_text("Person.birthDate").first.wait_for()
    seen(page, visitor, "/requests")
    seen(page, visitor, "/rights")
    assert not visitor.received("孙丽")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_access_requests(visit: Visit, stack: Stack, language: str) -> None:
    chinese = language == "zh"
    asked = {
        "consumer": "school-enrolment",
        "purpose": "school-enrolment",
        "basis": "compulsory-education",
        "parts": [{"type": "Person", "fields": [{"name": "birthDate"}], "rows": "resource.minor"}],
        "reason": f"Age groups ({language})",
        "document": "Agreement 2026/18",
    }
    numbers = [
        stack.ask("partner-developer", REQUEST, {"request": asked}, **DEVELOPER).data[
            "requestAccess"
        ]["number"]
        for _ in range(2)
    ]
    visitor = visit(language=language)
    page = visitor.enter("policy-admin", "Drafter", "/requests")
    title = "第 {} 号申请" if chinese else "Request {}"
    declined, drafted = (
        page.get_by_role("region", name=title.format(number), exact=True) for number in numbers
    )
    decline = declined.get_by_role("button", name="驳回" if chinese else "Decline")
    decline.click()
    declined.get_by_label("驳回理由" if chinese else "Why it is declined").fill("Not needed")
    assert visitor.violations() == []
    decline.click()
    expect(declined).to_have_count(0)
    drafted.get_by_role("button", name="依此起草" if chinese else "Draft from it").click()
    page.wait_for_url("**/versions/*")
    page.get_by_text("您不能审批" if chinese else "You cannot approve").wait_for()
    page.goto(f"{visitor.url}/requests?shown=all")
    page.get_by_text("Not needed").first.wait_for()
    assert visitor.violations() == []


def test_arrows_go_from_cell_to_cell(visit: Visit) -> None:
    visitor = visit()
    page = visitor.enter("policy-admin", "Drafter")
    page.get_by_role("gridcell").get_by_role("button").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.wait_for_function("document.activeElement.id === 'cell-2-1'")
    page.keyboard.press("Enter")
    page.get_by_role("dialog").wait_for()
    assert "cell=" in page.url
