"""GraphiQL in a real Chromium: log in, run the first question, and nothing leaves the host."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from stack import Stack

from cli.compose import compose
from tests.family import HOME, NUMBERS


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    yield page
    page.close()


@pytest.fixture(scope="module")
def storied(stack: Stack) -> Stack:
    """The stack, its gateway restarted with example queries about the family."""
    people = {"mother": "mother", "daughter": "daughter", "child": "grandchild"}
    people |= {"elsewhere": "stranger", "caseworker": "officer", "colleague": "officer"}
    story = {who: _character(person) for who, person in people.items()}
    (stack.home / "story.json").write_text(json.dumps(story), encoding="utf-8")
    stack.command(compose.__name__)
    restarts = stack.parts()["gateway"]["restarts"]
    stack.kill("gateway")
    assert stack.wait_until(
        lambda: (
            stack.parts()["gateway"]["restarts"] > restarts
            and stack.parts()["gateway"]["state"] == "ready"
        )
    )
    return stack


def _character(person: str) -> dict[str, str]:
    return {"number": NUMBERS[person], "name": person, "district": HOME}


def test_first_question_in_the_browser(storied: Stack, page: Page, tmp_path: Path) -> None:
    requests: list[str] = []
    problems: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "console",
        lambda message: problems.append(message.text) if message.type == "error" else None,
    )
    page.goto(f"{storied.url}/graphiql")
    page.get_by_role("status").filter(has_text="token").wait_for()
    assert "Caseworker" in page.get_by_label("Ask as").inner_text()
    page.get_by_role("button", name="Execute query").click()
    page.get_by_text('"YES"').first.wait_for()
    assert page.get_by_text('"母亲"').first.is_visible()
    assert [url for url in requests if not url.startswith((storied.url, "data:", "blob:"))] == []
    assert problems == []
