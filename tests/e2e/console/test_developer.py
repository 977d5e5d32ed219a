"""A partner's developer in the console: asks for access, sees what becomes of it, tries the API."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from browser import Visitor
from playwright.sync_api import expect
from stack import Stack

# The graph plans each statement when it is first asked.
expect.set_options(timeout=30_000)
Visit = Callable[..., Visitor]
LANGUAGES = ["en", "zh"]
DECLINE = """mutation ($n: Int!) {
  declineAccessRequest(number: $n, why: "The age band is enough for this purpose.") { state } }"""


def say(language: str, en: str, zh: str) -> str:
    return zh if language == "zh" else en


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_a_field_to_a_decision(visit: Visit, stack: Stack, language: str) -> None:
    visitor = visit(language=language)
    page = visitor.enter("partner-developer", "Developer", "/requests/new?type=Person")
    page.get_by_label(say(language, "Search fields", "查找字段")).fill("birthDate")
    page.get_by_label(say(language, "Date of birth", "出生日期")).first.check()
    assert "fields=Person.birthDate" in page.url
    consumer = page.get_by_label(say(language, "Consumer", "使用方"))
    expect(consumer).to_have_value("school-enrolment")
    assert visitor.violations() == []
    page.get_by_label(say(language, "Of which rows", "哪些行")).fill("resource.minor")
    for label, text in (
        (say(language, "Reason", "理由"), "Age groups are formed by date of birth"),
        (say(language, "Document", "依据文件"), f"Agreement 2026/{language}"),
    ):
        page.get_by_label(label).last.fill(text)
    page.get_by_role("button", name=say(language, "Send the request", "提交申请")).click()
    request = page.get_by_role("article").filter(has_text=f"Agreement 2026/{language}")
    expect(request).to_contain_text(say(language, "waiting for a decision", "待决定"))
    expect(request).to_contain_text("Person: birthDate (clear) · resource.minor")
    assert visitor.violations() == []

    number = int(page.url.rpartition("request=")[2])
    declined = stack.ask(
        "policy-admin", DECLINE, {"n": number}, organisation="data-office", person="P-1001"
    )
    assert declined.data["declineAccessRequest"]["state"] == "declined"
    page.reload()
    expect(request).to_contain_text("The age band is enough for this purpose.")
    assert visitor.violations() == []


def test_what_is_wrong_is_said_and_a_request_is_withdrawn(visit: Visit) -> None:
    visitor = visit()
    page = visitor.enter("partner-developer", "Developer", "/requests/new?fields=Person.sex")
    for label, text in (
        ("Reason", "Classes have to be balanced"),
        ("Document", "Agreement 2026/19"),
    ):
        page.get_by_label(label).last.fill(text)
    page.get_by_label("Of which rows").fill("resource.nothing")
    send = page.get_by_role("button", name="Send the request")
    send.click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert visitor.violations() == []
    page.get_by_label("Of which rows").fill("")
    send.click()
    request = page.get_by_role("article").filter(has_text="Agreement 2026/19")
    request.get_by_role("button", name="Withdraw").click()
    page.get_by_role("dialog").get_by_role("button", name="Withdraw").click()
    expect(request).to_contain_text("withdrawn")
    expect(request.get_by_role("button")).to_have_count(0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_own_schema(visit: Visit, language: str) -> None:
    visitor = visit(language=language)
    page = visitor.enter("partner-developer", "Developer", "/explore")
    examples = page.get_by_label(say(language, "Examples", "示例"))
    examples.select_option(label=say(language, "My rights", "我的授权"))
    page.get_by_role("button", name=say(language, "Run", "执行"), exact=True).click()
    expect(page.get_by_role("tabpanel")).to_contain_text("myPermissions")
    assert visitor.violations() == []
    page.get_by_role("tab", name=say(language, "Schema", "接口文档")).click()
    expect(page.get_by_role("heading", name="Mutation")).to_be_visible()
    assert "type Person" not in "".join(visitor.bodies)
    assert not visitor.received('"name":"isMotherOf"')
    assert visitor.violations() == []
    page.goto(f"{visitor.url}/rights")
    page.get_by_role("table").wait_for()
    assert visitor.violations() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_partner_itself_tries_its_api(visit: Visit, language: str) -> None:
    visitor = visit(language=language)
    page = visitor.enter("school-enrolment", "Platform", "/?panel=schema&type=Person")
    expect(page.get_by_role("heading", name="Person")).to_be_visible()
    expect(page.get_by_text("ageBand", exact=True)).to_be_visible()
    assert not visitor.received('"name":"birthDate"')
    assert visitor.violations() == []


def test_of_another_organisation_there_is_nothing(stack: Stack) -> None:
    asked = "{ ownConsumers { consumer purposes { purpose bases { basis } } } }"
    school = "education-commission"
    own = stack.ask("partner-developer", asked, person="P-3003", organisation=school).data[
        "ownConsumers"
    ]
    assert [one["consumer"] for one in own] == ["school-enrolment"]
    reply = stack.ask("partner-developer", asked, person="P-9", organisation="nobody")
    assert reply.data["ownConsumers"] == []
