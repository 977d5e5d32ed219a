"""A citizen in the console: own data, who looked, consents, licences by code, proofs, services."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from threading import Thread

import httpx
import pytest
from browser import Visitor
from joserfc.jwk import ECKey
from playwright.sync_api import Page, expect
from qr_reading import drawn, read
from stack import Stack

from graph.facts import EdgeFact, Fact, NodeFact
from graph.store import Store
from ingest.load import load
from subgraphs.proofs.checking import checked
from tests.family import AUTHORITY, HOME, NUMBERS, YEAR, key, source

# The graph plans each statement when it is first asked.
expect.set_options(timeout=30_000)
Visit = Callable[..., Visitor]
LANGUAGES = ["en", "zh"]
LOOK = "query ($n: String!) { person(citizenNumber: $n) { name birthDate } }"
SCAN = "query ($c: String!) { verifyLicenceCode(code: $c) }"
READY = (
    """query ($n: String!) { readiness(service: "household-split", citizenNumber: $n) { ready } }"""
)
OTHERS = [
    "陈静",
    "张伟",
    "王强",
    "李建国",
    NUMBERS["mother"],
    NUMBERS["husband"],
    NUMBERS["former"],
]
"""Of the daughter's family, whom she may not know."""


def say(language: str, en: str, zh: str) -> str:
    return zh if language == "zh" else en


@pytest.fixture(scope="module")
def credit(stack: Stack) -> None:
    """Two credit records about the mother, one to object to in each language."""

    def facts() -> Iterator[Fact]:
        for number in ("CF-en", "CF-zh"):
            where = source(number, "2020-01-01", register="credit")
            record = "CreditRecord", f"credit:{number}"
            said = {"number": number, "kind": "PENALTY", "basis": "第九十一条"}
            until = {"shownUntil": f"{YEAR + 2}-01-01", "issuedOn": "2020-01-01"}
            yield NodeFact(*record, where, {**said, **until})
            yield EdgeFact("CreditSubject", "", "Person", key("mother"), *record, where, {})
            issuer = "LegalEntity", f"USCC:{AUTHORITY}"
            yield EdgeFact("CreditIssuance", "", *issuer, *record, where, {})

    async def write() -> None:
        settings = stack.settings
        login = (settings.neo4j_uri, settings.neo4j_user, settings.neo4j_password)
        async with Store.connect(*login) as store:
            await load(store, list(facts()), today=date.today().isoformat())

    # In a thread, because Playwright has a loop of its own in this one.
    thread = Thread(target=lambda: asyncio.run(write()))
    thread.start()
    thread.join()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_my_data_and_nobody_elses(visit: Visit, language: str, size: str) -> None:
    visitor = visit(language=language, size=size)
    page = visitor.enter("citizen", "Daughter")
    expect(page.get_by_text("李娜").first).to_be_visible()
    number = NUMBERS["daughter"]
    hidden = f"{number[:6]}********{number[-4:]}"
    expect(page.get_by_text(hidden)).to_be_visible()
    page.get_by_role("button", name=say(language, "Show", "显示"), exact=True).click()
    expect(page.get_by_text(number)).to_be_visible()
    page.get_by_text(say(language, "Table", "表格"), exact=True).click()
    expect(page.get_by_role("cell", name="王小雨")).to_be_visible()
    assert visitor.violations() == []
    for path in ("/life", "/consents", "/proofs", "/cases", "/objections"):
        page.goto(f"{visitor.url}{path}")
        page.get_by_role("heading", level=1).wait_for()
        page.wait_for_load_state("networkidle")
        assert visitor.violations() == [], path
    for other in OTHERS:
        assert not visitor.received(other), other


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_looked_at_me(visit: Visit, stack: Stack, language: str) -> None:
    stack.ask("caseworker", LOOK, {"n": NUMBERS["daughter"]}, district=HOME, worker="W-1")
    visitor = visit(language=language)
    page = visitor.enter("citizen", "Daughter", "/looked")
    told = say(language, "was told for Household services", "为户籍与家庭服务获知")
    expect(page.get_by_text(told).first).to_be_visible()
    expect(page.get_by_text(say(language, "Legal basis", "法律依据")).first).to_be_visible()
    assert visitor.violations() == []
    chosen = page.get_by_label(say(language, "Who", "查询方"), exact=True)
    chosen.select_option(label=say(language, "Caseworker", "经办人员"))
    expect(page).to_have_url(re.compile("by=Caseworker"))
    expect(page.get_by_text(told).first).to_be_visible()
    for other in (*OTHERS, "周敏", NUMBERS["officer"]):
        assert not visitor.received(other), other


@pytest.mark.parametrize("language", LANGUAGES)
def test_as_each_office_sees_it(visit: Visit, language: str) -> None:
    visitor = visit(language=language)
    page = visitor.enter("citizen", "Daughter", "/offices")
    school = page.get_by_role("region", name=say(language, "School enrolment", "入学报名平台"))
    expect(school).to_contain_text(say(language, "under 18", "未满18周岁"))
    expect(school).to_contain_text(say(language, "with your consent", "须经您同意"))
    assert visitor.violations() == []
    page.get_by_label(say(language, "Fact", "信息项")).select_option("Person.birthDate")
    expect(school).to_have_count(0)
    desk = page.get_by_role("region", name=say(language, "Household services", "户籍与家庭服务"))
    expect(desk).to_contain_text(say(language, "Date of birth", "出生日期"))
    assert visitor.violations() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_consent_is_given_and_withdrawn(visit: Visit, language: str) -> None:
    visitor = visit(language=language)
    page = visitor.enter("citizen", "Mother", "/consents")
    agree, withdraw = say(language, "Agree", "同意"), say(language, "Withdraw", "撤回")
    page.get_by_role("button", name=agree, exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(
        say(language, "will see for School enrolment", "义务教育入学核验")
    )
    assert visitor.violations() == []
    dialog.get_by_role("button", name=agree, exact=True).click()
    said = page.get_by_role("status").filter(has_text=say(language, "You agreed", "您已同意"))
    expect(said).to_be_visible()
    page.get_by_role("button", name=withdraw, exact=True).click()
    dialog.get_by_role("button", name=withdraw, exact=True).click()
    said = page.get_by_role("status").filter(has_text=say(language, "You withdrew", "您已撤回"))
    expect(said).to_be_visible()
    assert visitor.violations() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_licence_is_shown_by_its_code(visit: Visit, stack: Stack, language: str) -> None:
    visitor = visit(language=language)
    page = visitor.enter("citizen", "Mother", "/licences?licence=L-2")
    picture = page.get_by_role("img", name=say(language, "QR picture", "二维码"))
    picture.wait_for()
    code = page.get_by_label(say(language, "The code as text", "代码文本")).input_value()
    assert _in_picture(page) == code
    assert NUMBERS["mother"] not in code
    scanned = stack.ask("citizen", SCAN, {"c": code}, person=NUMBERS["stranger"])
    assert scanned.data == {"verifyLicenceCode": "VALID"}
    page.get_by_role("button", name=say(language, "verifier", "核验者")).click()
    expect(page.get_by_text(say(language, "Valid.", "有效。"))).to_be_visible()
    page.get_by_role("button", name=say(language, "Make a new one", "重新生成")).click()
    field = page.get_by_label(say(language, "The code as text", "代码文本"))
    expect(field).not_to_have_value(code)
    assert visitor.violations() == []
    with page.expect_download() as download:
        page.get_by_role("button", name="PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")


def _in_picture(page: Page) -> str:
    path = page.locator("svg[role=img] path").get_attribute("d")
    box = page.locator("svg[role=img]").get_attribute("viewBox")
    assert path
    assert box
    return read(drawn(path, int(box.split()[-1])))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_proof_for_the_school(visit: Visit, stack: Stack, language: str) -> None:
    visitor = visit(language=language)
    page = visitor.enter("citizen", "Daughter", "/proofs")
    page.get_by_role("combobox", name=say(language, "For whom", "出示对象")).fill(
        "school-enrolment"
    )
    nonce = f"console-{language}-0001"
    page.get_by_label(say(language, "Its one-time number", "对方的一次性编号")).fill(nonce)
    page.get_by_role("button", name=say(language, "Make the proof", "开具")).click()
    expect(page.get_by_role("img", name=say(language, "QR picture", "二维码"))).to_be_visible()
    token = page.get_by_label(say(language, "The code as text", "代码文本")).input_value()
    assert _in_picture(page) == token
    keys = httpx.get(f"{stack.url}/.well-known/proofs/jwks.json").json()
    claims = checked(token, keys, "citizengraph-proofs", "school-enrolment", nonce)
    assert claims["claim"]["question"] == "isParentOf"
    assert claims["claim"]["answer"] == "YES"
    expect(page.get_by_text(claims["words"][language])).to_be_visible()
    assert visitor.violations() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_credential_for_the_own_wallet(visit: Visit, language: str) -> None:
    visitor = visit(language=language)
    page = visitor.enter("citizen", "Daughter", "/credentials")
    public = ECKey.generate_key("P-256", private=True).as_dict(private=False)
    wallet = json.dumps({name: public[name] for name in ("kty", "crv", "x", "y")})
    page.get_by_label(say(language, "Public key", "钱包的公钥")).fill(wallet)
    ask = page.get_by_role("button", name=say(language, "Ask for a credential", "申请凭证"))
    with page.expect_download() as download:
        ask.click()
    assert re.fullmatch(r"[0-9a-f]{32}\.sd-jwt", download.value.suggested_filename)
    assert download.value.path().read_text().count("~") > 1
    revoke = page.get_by_role("cell").get_by_role("button", name=say(language, "Revoke", "撤销"))
    expect(revoke).to_be_visible()
    assert visitor.violations() == []
    revoke.click()
    dialog = page.get_by_role("dialog")
    assert visitor.violations() == []
    dialog.get_by_role("button", name=say(language, "Revoke", "撤销")).click()
    expect(page.get_by_text(say(language, "revoked", "已撤销")).first).to_be_visible()
    assert visitor.violations() == []


@pytest.mark.parametrize(
    ("language", "service"), [("en", "Splitting a household"), ("zh", "机动车转移登记")]
)
def test_from_what_is_on_file_to_a_case(
    visit: Visit, stack: Stack, language: str, service: str
) -> None:
    # The graph plans its first large statements; until then it may answer QUERY_TOO_LARGE.
    mother = {"n": NUMBERS["mother"]}
    assert stack.wait_until(
        lambda: not stack.ask("citizen", READY, mother, person=NUMBERS["mother"]).codes
    )
    visitor = visit(language=language)
    page = visitor.enter("citizen", "Mother", "/services")
    offer = page.get_by_role("article", name=service)
    expect(offer).to_contain_text(say(language, "on file", "已在库"), timeout=60_000)
    expect(offer).to_contain_text(say(language, "Issued by: Public Security", "出具单位:公安局"))
    expect(page.get_by_text(say(language, "services checked", "已核对"))).to_be_hidden(
        timeout=60_000
    )
    assert visitor.violations() == []
    apply = say(language, "Apply", "申请")
    offer.get_by_role("button", name=apply, exact=True).click()
    assert visitor.violations() == []
    page.get_by_role("dialog").get_by_role("button", name=apply, exact=True).click()
    expect(page).to_have_url(re.compile(r"/cases/\w+"), timeout=40_000)
    page.get_by_label(say(language, "Write to the office", "给受理机构留言")).fill("请问还需什么?")
    page.get_by_role("button", name=say(language, "Send", "发送"), exact=True).click()
    expect(page.get_by_role("article")).to_contain_text("请问还需什么?")
    page.get_by_role("img").first.wait_for()
    assert visitor.violations() == []
    page.get_by_role("link", name=say(language, "My cases", "我的办件")).click()
    expect(page.get_by_role("cell", name=service)).to_be_visible()
    assert visitor.violations() == []


@pytest.mark.usefixtures("credit")
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_objection(visit: Visit, language: str) -> None:
    visitor = visit(language=language)
    page = visitor.enter("citizen", "Mother", "/objections")
    record = page.get_by_role("article", name=f"CF-{language}")
    record.get_by_role("button", name=say(language, "Object to it", "提出异议")).click()
    record.get_by_role("textbox").fill("罚款已按期缴纳,记录有误。")
    assert visitor.violations() == []
    record.get_by_role("button", name=say(language, "Send", "提交异议")).click()
    expect(record).to_contain_text(say(language, "Objected to on", "提出异议"))
    expect(record).to_contain_text("罚款已按期缴纳,记录有误。")
    expect(record.get_by_role("button")).to_have_count(0)
    assert visitor.violations() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_a_field_is_not_shown(visit: Visit, language: str) -> None:
    visitor = visit(language=language)
    page = visitor.enter("citizen", "Daughter", "/explore")
    asked = "{ child: person(citizenNumber: %s) { called: name maritalStatus } }"
    _write(page, say(language, "Operation", "操作"), asked % json.dumps(NUMBERS["grandchild"]))
    page.keyboard.press("Control+Enter")
    result = page.get_by_role("tabpanel")
    expect(result).to_contain_text("王小雨")
    expect(result).to_contain_text("Person.maritalStatus")
    expect(result).to_contain_text(say(language, "Your agreement grants it", "您的授权"))
    assert visitor.violations() == []
    page.get_by_label(say(language, "Save the operation as", "将操作保存为")).fill("mine")
    page.get_by_role("button", name=say(language, "Save", "保存"), exact=True).click()
    kept = page.evaluate("() => JSON.stringify(localStorage)")
    assert "called: name" in kept
    page.get_by_role("tab", name=say(language, "Schema", "接口文档")).click()
    page.get_by_label(say(language, "Search types", "查找类型")).fill("婚姻状况")
    expect(page.get_by_text("maritalStatus").last).to_be_visible()
    assert visitor.violations() == []


def _write(page: Page, label: str, text: str) -> None:
    """In place of what an editor holds."""
    page.get_by_role("textbox", name=label, exact=True).click()
    page.keyboard.press("Control+a")
    # Typed over a selection, Chromium would style what is typed, which the page's policy forbids.
    page.keyboard.press("Backspace")
    page.keyboard.insert_text(text)
