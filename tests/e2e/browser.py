"""A visitor of the console in a real Chromium, who notes everything that should not happen."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Response, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}


def chromium() -> Iterator[Browser]:
    """A browser of this machine; a test that has none fails on CI and is left out elsewhere."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        reason = "no Chromium on this machine: install Debian's package chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def context_of(browser: Browser, language: str, size: str) -> BrowserContext:
    """A browser of its own, for a reader of the language on a screen of SIZES."""
    width, height = SIZES[size]
    return browser.new_context(
        locale="zh-CN" if language == "zh" else "en-GB",
        viewport={"width": width, "height": height},
        reduced_motion="reduce",
    )


class Visitor:
    """One person with one page. `problems` must be empty when the visit ends."""

    def __init__(
        self, browser: Browser, url: str, axe: Path, language: str = "en", size: str = "desktop"
    ) -> None:
        self.url = url
        self.problems: list[str] = []
        self.bodies: list[str] = []
        """Every answer of the server to what the page asked, as the browser received it."""
        self._axe = axe
        self._context = context_of(browser, language, size)
        self.page: Page = self._context.new_page()
        self.page.set_default_timeout(20_000)
        self.page.on("pageerror", lambda error: self.problems.append(f"error: {error}"))
        self.page.on("console", self._said)
        self.page.on("request", lambda request: self._asked(request.url))
        self.page.on("response", self._answered)

    def enter(self, consumer: str, account: str, path: str = "/") -> Page:
        """Log in with one click, as the person of that title, and go to a page."""
        self.page.goto(f"{self.url}/")
        self.page.locator(f'a[href*="consumer={consumer}&"]').get_by_text(
            account, exact=True
        ).click()
        self.page.get_by_role("navigation").wait_for()
        if path != "/":
            self.page.goto(f"{self.url}{path}")
        return self.page

    def violations(self) -> list[str]:
        """What axe finds wrong with the page as it is now (WCAG 2.2 AA and best practices)."""
        self.page.evaluate(self._axe.read_text(encoding="utf-8"))
        found: Mapping[str, Any] = self.page.evaluate("() => axe.run(document)")
        return [
            f"{one['id']}: {one['help']}: {node['html'][:200]} {node['failureSummary']}"
            for one in found["violations"]
            for node in one["nodes"]
        ]

    def received(self, text: str) -> bool:
        """Whether the browser was sent this, shown or not."""
        escaped = json.dumps(text)[1:-1]
        return any(text in body or escaped in body for body in self.bodies)

    def leave(self) -> None:
        """End the visit. The test fails here if anything was not as it should be."""
        self._context.close()
        assert self.problems == []

    def _said(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.problems.append(f"console: {message.text}")

    def _asked(self, url: str) -> None:
        if not url.startswith((self.url, "data:", "blob:", "http://127.0.0.1:")):
            self.problems.append(f"asked another host: {url}")

    def _answered(self, response: Response) -> None:
        if response.url.endswith("/graphql"):
            with suppress(Error):  # of a page that was left before its answer came
                self.bodies.append(response.text())
