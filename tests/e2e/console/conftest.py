"""The console of the stack, with the family's people to log in as."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browser import Visitor
from console_tools import console_tools
from playwright.sync_api import Browser
from stack import Stack

from gateway.clients import accounts_file
from gateway.configuration import LoginChoice, write_accounts
from tests.family import HOME, NUMBERS

OFFICE = ("caseworker", "household-services", "statutory-duty")
DECIDING = ("policy-admin", "policy-administration", "access-management")
ACCOUNTS = [
    LoginChoice(
        "Officer", *OFFICE, "caseworker:officer", HOME, NUMBERS["officer"], "W-1"
    ),
    LoginChoice(
        "Health officer", *OFFICE, "caseworker:health", HOME, NUMBERS["officer"], "W-2",
        department="health",
    ),
    LoginChoice(
        "Daughter", "citizen", "own-data", "data-subject-right", None, None, NUMBERS["daughter"]
    ),
    LoginChoice(
        "Mother", "citizen", "own-data", "data-subject-right", None, None, NUMBERS["mother"]
    ),
    LoginChoice(
        "Platform", "school-enrolment", "school-enrolment", "compulsory-education", None, HOME
    ),
    LoginChoice("Drafter", *DECIDING, "admin:one", None, "P-1001", organisation="data-office"),
    LoginChoice("Approver", *DECIDING, "admin:two", None, "P-1002", organisation="data-office"),
    LoginChoice(
        "Developer", "partner-developer", "access-request", "access-management", "dev:one", None,
        "P-3003", organisation="education-commission",
    ),
    LoginChoice("Operator", "operator", "operations", "system-operation", None, None, "P-5005"),
    LoginChoice(
        "Reviewer", "access-reviewer", "access-review", "compliance-audit", None, None, "P-4004"
    ),
]  # fmt: skip

Visit = Callable[..., Visitor]


@pytest.fixture(scope="session")
def console_url(stack: Stack) -> str:
    """The console, whose issuer knows the family."""
    write_accounts(accounts_file(stack.home), ACCOUNTS)
    return f"http://127.0.0.1:{stack.environment['CITIZENGRAPH_CONSOLE_PORT']}"


@pytest.fixture(scope="session")
def axe() -> Path:
    """The file of axe-core."""
    return console_tools() / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture
def visit(browser: Browser, console_url: str, axe: Path) -> Iterator[Visit]:
    """visit(language=…, size=…): a visitor; what they note is judged when the test ends."""
    visitors: list[Visitor] = []

    def begin(language: str = "en", size: str = "desktop") -> Visitor:
        visitors.append(Visitor(browser, console_url, axe, language, size))
        return visitors[-1]

    yield begin
    for visitor in visitors:
        visitor.leave()
