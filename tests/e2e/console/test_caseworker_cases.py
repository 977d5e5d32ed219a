"""Caseworkers and their cases: opened, looked into, decided; and what is closed again by it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from browser import Visitor
from playwright.sync_api import Page, expect
from stack import Reply, Stack

from graph.facts import EdgeFact, Fact, NodeFact
from graph.store import Store
from ingest.city.identifiers import citizen_number
from ingest.load import load
from tests.family import AWAY, HOME, NUMBERS, YEAR, source

Visit = Callable[..., Visitor]
WAYS = [("en", "desktop"), ("zh", "phone")]
PARENTS = {
    "en": citizen_number(HOME, "1987-04-11", 61, male=False),
    "zh": citizen_number(HOME, "1984-12-02", 62, male=False),
}
CHILDREN = {
    "en": citizen_number(HOME, f"{YEAR - 7}-03-09", 63, male=True),
    "zh": citizen_number(HOME, f"{YEAR - 8}-01-19", 64, male=True),
}
GUESTS = {
    "en": citizen_number(AWAY, "1979-10-21", 65, male=True),
    "zh": citizen_number(AWAY, "1977-05-06", 66, male=True),
}
FAR, UNSEEN = (
    citizen_number(AWAY, "1991-06-30", 67, male=False),
    citizen_number(AWAY, "1993-08-25", 68, male=False),
)
PEOPLE = (
    *((number, "钱芳", HOME) for number in PARENTS.values()),
    *((number, "孟小米", HOME) for number in CHILDREN.values()),
    *((number, "孔远山", AWAY) for number in GUESTS.values()),
    (FAR, "严青竹", AWAY),
    (UNSEEN, "戚未见", AWAY),
)
OTHER = {"district": HOME, "worker": "W-81", "subject": "zhou@office"}
DEPARTMENT = {"district": HOME, "subject": "lin@office", "person": NUMBERS["stranger"]}
APPLY = """mutation ($k: String!, $o: String!) {
  applyForService(key: $k, service: "household-split", office: $o) { number } }"""
ENROL = """mutation ($k: String!, $n: String!, $c: String!) {
  openCase(key: $k, service: "school-enrolment", citizenNumber: $n, otherNumber: $c) {
    number } }"""
PART = """mutation ($k: String!, $r: String!) { decidePart(key: $k, reference: $r,
  decision: GRANTED, reason: "查验无误", expects: 1) { made } }"""
READY = """query ($s: String!, $n: String!, $c: String!) {
  readiness(service: $s, citizenNumber: $n, otherNumber: $c) { ready } }"""
NAME = "query ($n: String!) { person(citizenNumber: $n) { name } }"
_keys = count()
expect.set_options(timeout=20_000)


def facts() -> Iterator[Fact]:
    """A parent and a child of the office's district, and two people who live elsewhere."""
    for number, name, district in PEOPLE:
        born = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
        sex = "MALE" if int(number[16]) % 2 else "FEMALE"
        fields = {"citizenNumber": number, "numberScheme": "GB11643", "name": name}
        more = {"sex": sex, "birthDate": born, "district": district}
        where = source(f"P-{number}", born)
        yield NodeFact("Person", f"GB11643:{number}", where, {**fields, **more})
    for language in PARENTS:
        yield from _home(f"H-6-{language}", PARENTS[language], CHILDREN[language])


def _home(book: str, parent: str, child: str) -> Iterator[Fact]:
    where = source(book, register="household")
    fields = {"bookNumber": book, "kind": "FAMILY", "address": "某路61号", "district": HOME}
    yield NodeFact("Household", f"household:{book}", where, fields)
    for number, code in ((parent, "02"), (child, "20")):
        ends = ("Person", f"GB11643:{number}", "Household", f"household:{book}")
        member = source(f"{book}/{code}", "2020-05-01", register="household")
        yield EdgeFact("Membership", "", *ends, member, {"relationToHead": code})
    ends = ("Person", f"GB11643:{parent}", "Person", f"GB11643:{child}")
    yield EdgeFact("Parenthood", "BIRTH", *ends, source(f"B-{book}"), {})


@pytest.fixture(scope="module", autouse=True)
def people(stack: Stack) -> None:
    """Own people: what is done here changes nothing of the family."""

    async def loaded() -> None:
        home = stack.settings
        async with Store.connect(home.neo4j_uri, home.neo4j_user, home.neo4j_password) as store:
            await load(store, list(facts()), today=date.today().isoformat())

    asyncio.run(loaded())
    about = {"s": "school-enrolment", "n": PARENTS["en"], "c": CHILDREN["en"]}
    asked(stack, READY, OTHER, **about)


def asked(stack: Stack, query: str, who: dict[str, str], **variables: Any) -> Reply:
    """Beside the console, as somebody else; again while the graph plans its first statements."""
    consumer = "caseworker" if "worker" in who else "citizen"
    if query.startswith("mutation"):
        variables["k"] = f"console-cases-{next(_keys):04d}"

    def once() -> Reply | None:
        reply = stack.ask(consumer, query, variables, **who)
        return None if {"QUERY_TOO_LARGE", "SUBGRAPH_UNAVAILABLE"} & set(reply.codes) else reply

    reply = stack.wait_until(once)
    assert reply.codes == [], reply.body
    return reply


def decide_part(stack: Stack, reference: str, department: str, worker: str) -> None:
    asked(stack, PART, {**DEPARTMENT, "department": department, "worker": worker}, r=reference)


def say(language: str, en: str, zh: str) -> str:
    return zh if language == "zh" else en


def button(page: Page, name: str) -> Any:
    return page.get_by_role("button", name=name, exact=True)


def settled(page: Page) -> None:
    page.get_by_role("heading", level=1).wait_for()
    expect(page.get_by_role("status").get_by_text(re.compile("Loading|加载中"))).to_have_count(
        0, timeout=60_000
    )


@pytest.mark.parametrize(("language", "size"), WAYS)
def test_from_one_number_to_the_evidence(visit: Visit, language: str, size: str) -> None:
    parent, child = PARENTS[language], CHILDREN[language]
    visitor = visit(language=language, size=size)
    page = visitor.enter("caseworker", "Officer", "/cases/new")
    page.get_by_role("article").first.wait_for()
    assert visitor.violations() == []
    page.get_by_role("link", name=say(language, "School enrolment", "义务教育入学报名")).click()
    applicant = page.get_by_label(say(language, "number of the applicant", "申请人的公民"))
    applicant.fill(parent[:-1])
    page.get_by_label(say(language, "number of the child", "子女的公民")).fill(child)
    button(page, say(language, "See what is on file", "查看在库情况")).click()
    page.get_by_text(say(language, "has 18 characters", "应为 18 位")).wait_for()
    applicant.fill(f" {parent} ")
    button(page, say(language, "See what is on file", "查看在库情况")).click()
    saved = say(language, "2 papers need not be brought", "2 份证明无需提交")
    page.get_by_text(saved).wait_for(timeout=60_000)
    page.get_by_text("钱芳").wait_for()
    page.get_by_text(f"B-H-6-{language}").wait_for(timeout=60_000)
    page.get_by_text(say(language, "police station", "派出所")).first.wait_for()
    assert visitor.violations() == []

    button(page, say(language, "Open the case", "受理办件")).click()
    page.wait_for_url(re.compile(r"/cases/YC\d{4}-\w+\?case=YC"))
    settled(page)
    attached = say(language, "attached by themselves", "已由登记簿自动附入")
    page.get_by_text(attached).wait_for()
    page.get_by_role("link", name="孟小米").wait_for()
    assert visitor.violations() == []
    number = page.url.split("case=")[1]
    assert page.get_by_role("banner").get_by_text(number).count() == 1

    page.get_by_role("tab", name=say(language, "Ask for evidence", "要求补交")).click()
    page.get_by_label(say(language, "Requirement", "条件"), exact=True).select_option("parent")
    words = page.get_by_label(say(language, "What is asked for", "要求补交的内容"))
    words.fill("请提交出生医学证明")
    button(page, say(language, "Ask for evidence", "要求补交")).click()
    page.get_by_text("ALREADY_ON_FILE").wait_for()
    page.get_by_role("tabpanel").get_by_text(f"B-H-6-{language}").first.wait_for()
    expect(words).to_have_value("请提交出生医学证明")
    assert visitor.violations() == []
    page.get_by_label(say(language, "Requirement", "条件"), exact=True).select_option("identity")
    button(page, say(language, "Ask for evidence", "要求补交")).click()
    page.get_by_text(say(language, "The applicant was asked.", "已通知申请人补交。")).wait_for()
    expect(words).to_have_value("")
    page.get_by_role("tab", name=say(language, "Hand over", "移交")).click()
    page.get_by_label(say(language, "Worker code", "接收人员编号")).fill("W-9999")
    page.get_by_role("textbox", name=say(language, "Reason", "理由")).fill("本人休假,请同事办理")
    button(page, say(language, "Hand over…", "移交…")).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text(say(language, "ends with your next query", "不能再凭此办件")).wait_for()
    assert visitor.violations() == []
    dialog.get_by_role("button", name=say(language, "Hand over", "移交"), exact=True).click()
    page.get_by_text("There is no caseworker of this code").wait_for()


@pytest.mark.parametrize(("language", "size"), WAYS)
def test_what_a_decision_closes(visit: Visit, stack: Stack, language: str, size: str) -> None:
    reply = asked(stack, APPLY, {"person": GUESTS[language]}, o=HOME)
    number = reply.data["applyForService"]["number"]
    before = visit(language=language, size=size)
    page = before.enter("caseworker", "Officer", "/cases?tab=office")
    page.get_by_text(number).wait_for()
    assert before.violations() == []
    page.goto(f"{before.url}/cases/{number}")
    button(page, say(language, f"Take case {number}", f"领取办件 {number}")).wait_for()
    assert before.violations() == []
    assert not before.received("孔远山")
    button(page, say(language, f"Take case {number}", f"领取办件 {number}")).click()
    page.get_by_text("孔远山").wait_for()
    decide = button(page, say(language, "Decide…", "作出决定…"))
    expect(decide).to_be_disabled()
    decide_part(stack, f"{number}/title", "natural-resources", "W-83")
    button(page, say(language, "Load again", "重新加载")).click()
    expect(decide).to_be_enabled()
    page.get_by_role("radio", name=say(language, "refused", "不予")).check()
    decide.click()
    page.get_by_text(say(language, "at least 4 characters", "至少写 4 个字")).wait_for()
    page.get_by_role("textbox", name=say(language, "Grounds", "理由")).fill("面积不足,不予分户")
    decide.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text(say(language, "ends with your next query", "不能再凭此办件")).wait_for()
    assert before.violations() == []
    dialog.get_by_role("button", name=say(language, "Refuse", "不予"), exact=True).click()
    page.get_by_text(say(language, "may appeal until", "前申请复核")).wait_for()
    settled(page)
    assert before.violations() == []
    assert "case=" not in page.url

    after = visit(language=language, size=size)
    page = after.enter("caseworker", "Officer", f"/cases/{number}")
    page.get_by_text("面积不足,不予分户").first.wait_for()
    page.get_by_role("button", name=say(language, "not shown", "不予显示")).first.wait_for()
    page.goto(f"{after.url}/persons/{GUESTS[language]}")
    settled(page)
    assert not after.received("孔远山")
    page.goto(f"{after.url}/cases?tab=closed")
    page.get_by_text(number).wait_for()
    assert after.violations() == []


def test_two_who_decide_the_same_part(visit: Visit, stack: Stack) -> None:
    opened = asked(stack, ENROL, OTHER, n=NUMBERS["mother"], c=NUMBERS["son"])
    reference = f"{opened.data['openCase']['number']}/inoculation"
    visitor = visit()
    page = visitor.enter("caseworker", "Health officer", "/cases?tab=department")
    page.get_by_text(reference).wait_for()
    assert visitor.violations() == []
    page.goto(f"{visitor.url}/cases/part?reference={reference}")
    page.get_by_role("radio", name="granted").check()
    page.get_by_label("Grounds").fill("接种记录齐全")
    assert visitor.violations() == []
    decide_part(stack, reference, "health", "W-82")
    button(page, "Decide the part…").click()
    page.get_by_role("dialog").get_by_role("button", name="Grant", exact=True).click()
    page.get_by_text("CASE_CONFLICT").wait_for()
    expect(page.get_by_label("Grounds")).to_have_value("接种记录齐全")
    button(page, "Load again").click()
    page.get_by_text("查验无误").wait_for()
    page.get_by_text("接种记录齐全").wait_for()
    assert visitor.violations() == []


@pytest.mark.parametrize(("language", "size"), WAYS)
def test_a_batch_with_a_bad_row(visit: Visit, language: str, size: str, tmp_path: Path) -> None:
    parent = PARENTS[language]
    wrong = parent[:-1] + ("0" if parent[-1] != "0" else "1")
    nobody = citizen_number(HOME, "1950-01-01", 69, male=True)
    rows = [f"n,{number}" for number in (parent, wrong, UNSEEN, nobody, "=1+1", parent)]
    file = tmp_path / "people.csv"
    file.write_bytes("\r\n".join(["name,号码", *rows, ""]).encode("gb18030"))
    visitor = visit(language=language, size=size)
    page = visitor.enter("caseworker", "Officer", "/batch")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_text(say(language, "Row 3:", "第 3 行:")).wait_for()
    page.get_by_text(say(language, "Row 6: =1+1", "第 6 行:=1+1")).wait_for()
    page.get_by_text(say(language, "3 different numbers", "待查询号码 3 个")).wait_for()
    assert visitor.violations() == []
    button(page, say(language, "Look up", "开始查询")).click()
    page.get_by_text(say(language, "3 of 3 looked up", "已查询 3 / 3")).wait_for()
    expect(page.get_by_role("table").get_by_text("钱芳")).to_have_count(2)
    page.get_by_role("table").get_by_text(
        say(language, "nobody has this number", "无此号码")
    ).wait_for()
    assert visitor.violations() == []
    assert not visitor.received("戚未见")
    with page.expect_download() as started:
        button(page, say(language, "Download as CSV", "下载 CSV")).click()
    kept = Path(started.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert len(kept) == 7
    assert kept[1].startswith(f"2,{parent},")
    assert kept[5].startswith('6,"\'=1+1",')


@pytest.mark.parametrize(("language", "size"), WAYS)
def test_access_in_an_emergency(visit: Visit, stack: Stack, language: str, size: str) -> None:
    officer = {"district": HOME, "worker": "W-1", "subject": "caseworker:officer"}
    visitor = visit(language=language, size=size)
    page = visitor.enter("caseworker", "Officer", "/emergency")
    page.get_by_label(say(language, "Citizen number", "公民身份号码")).fill(FAR)
    reason = page.get_by_label(say(language, "Reason", "理由"))
    reason.fill("急急急急急急急急急急急急")
    button(page, say(language, "Open access…", "开启访问…")).click()
    page.get_by_text(say(language, "at least 10 characters", "至少写 10 个字")).wait_for()
    assert visitor.violations() == []
    reason.fill("急救中心来电,需立即联系其近亲属")
    button(page, say(language, "Open access…", "开启访问…")).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text(say(language, "The person is told", "当事人将被告知")).wait_for()
    assert visitor.violations() == []
    dialog.get_by_role("button", name=say(language, "Open access", "开启访问"), exact=True).click()
    link = page.get_by_role("link", name=say(language, "To the person", "查看该人"))
    assert link.get_attribute("href") == f"/persons/{FAR}"
    assert visitor.violations() == []
    link.click()
    page.get_by_text("严青竹").first.wait_for()
    assert asked(stack, NAME, officer, n=FAR).data["person"]["name"] == "严青竹"


@pytest.mark.parametrize(("language", "size"), WAYS)
def test_a_licence_that_is_shown(visit: Visit, language: str, size: str) -> None:
    visitor = visit(language=language, size=size)
    page = visitor.enter("caseworker", "Officer", "/verify")
    number = page.get_by_label(say(language, "Licence number", "证照号码"))
    holder = page.get_by_label(say(language, "Number of the holder", "持证人号码"))
    number.fill("L-2")
    holder.fill(NUMBERS["mother"])
    button(page, say(language, "Verify", "核验")).click()
    page.get_by_role("status").get_by_text(say(language, "Valid", "有效"), exact=True).wait_for()
    assert visitor.violations() == []
    holder.fill(FAR)
    button(page, say(language, "Verify", "核验")).click()
    page.get_by_role("status").get_by_text(say(language, "Not known", "不能确定")).wait_for()
    page.get_by_role("tab", name=say(language, "By QR code", "按二维码")).click()
    page.get_by_label(say(language, "What the QR code says", "二维码内容")).fill("a.b.c")
    button(page, say(language, "Verify", "核验")).click()
    page.get_by_text("LICENCE_CODE_INVALID").wait_for()
    assert visitor.violations() == []


def test_another_purpose_is_not_used_silently(visit: Visit) -> None:
    visitor = visit()
    page = visitor.enter("caseworker", "Officer", "/cases?purpose=protected-address&tab=closed")
    page.get_by_role("link", name="Go on for “Household services”").click()
    page.get_by_role("tab", name="Decided").wait_for()
    assert "purpose=household-services" in page.url
    assert visitor.violations() == []
