"""The operator's pages: health, deliveries, what was set aside and why, the audit's chain."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from browser import Visitor
from stack import Stack

from tests.family import NUMBERS

Visit = Callable[..., Visitor]
WORDS = {
    "en": ("Health", "Deliveries", "Quarantine", "Verify now", "The chain is whole.", "Choose"),
    "zh": ("运行状况", "数据交付", "隔离区", "立即校验", "审计链完整。", "选择"),
}
EXAMPLE = Path(__file__).parents[2] / "ingest" / "examples" / "household.csv"
WRONG = {"公民身份号码": "110103195308020029", "姓名": "不得显示"}


@pytest.fixture(scope="module")
def delivered(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A delivery of one row whose number cannot be right; who it names must not be shown here."""
    with EXAMPLE.open(encoding="utf-8", newline="") as file:
        row = {**next(csv.DictReader(file)), **WRONG}
    file = tmp_path_factory.mktemp("delivery") / "set-aside.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, row.keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerow(row)
    stack.command("ingest", "tabular", str(file), "--register", "household", check=False)
    return file.name


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_health_deliveries_quarantine_chain(
    visit: Visit, delivered: str, language: str, size: str
) -> None:
    health, runs, quarantine, verify, whole, _ = WORDS[language]
    visitor = visit(language=language, size=size)
    page = visitor.enter("operator", "Operator")
    page.get_by_role("heading", name=health, level=1).wait_for()
    page.get_by_text("valkey", exact=True).first.wait_for()
    assert visitor.violations() == []
    page.goto(f"{visitor.url}/runs")
    page.get_by_role("heading", name=runs, level=1).wait_for()
    page.get_by_text(delivered).first.wait_for()
    assert visitor.violations() == []
    page.goto(f"{visitor.url}/quarantine")
    page.get_by_role("heading", name=quarantine, level=1).wait_for()
    page.get_by_text(delivered).first.wait_for()
    assert visitor.violations() == []
    page.goto(f"{visitor.url}/chain")
    page.get_by_role("button", name=verify).click()
    page.get_by_text(whole).wait_for()
    assert visitor.violations() == []
    for hidden in (*WRONG.values(), *NUMBERS.values()):
        assert not visitor.received(hidden)


@pytest.mark.parametrize(
    ("consumer", "account"), [("access-reviewer", "Reviewer"), ("policy-admin", "Drafter")]
)
def test_the_audit_scrolls_and_has_no_values(
    visit: Visit, stack: Stack, consumer: str, account: str
) -> None:
    asked = stack.ask(
        "caseworker",
        "query($n: String) { person(citizenNumber: $n) { name } }",
        {"n": NUMBERS["daughter"]},
        district="110101",
    )
    visitor = visit()
    page = visitor.enter(consumer, account, f"/audit?operation={asked.operation}")
    page.get_by_role("cell", name="caseworker", exact=True).wait_for()
    page.get_by_role("button", name="Open the").click()
    page.get_by_text("name", exact=True).first.wait_for()
    assert visitor.violations() == []
    assert not visitor.received(NUMBERS["daughter"])
    assert not visitor.received("李娜")
