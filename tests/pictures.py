"""`python -m tests.pictures`: pictures of the console of a running demo, for README and docs.

Writes docs/console/<page>-<width>.webp. The people in them are those of the demo's story.
"""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

from gateway.clients import accounts_file
from runtime.settings import load_settings
from tests.e2e.browser import SIZES, chromium, context_of

OUT = Path(__file__).parents[1] / "docs" / "console"
QUALITY = 72
PAGES = [
    ("person", "caseworker", 0, "/persons/{daughter}", "zh"),
    ("graph", "caseworker", 0, "/persons/{daughter}/graph", "en"),
    ("related", "caseworker", 0, "/related?a={mother}&b={daughter}", "en"),
    ("matrix", "policy-admin", 0, "/", "en"),
    ("citizen", "citizen", 0, "/", "zh"),
    ("looked", "citizen", 0, "/looked", "en"),
    ("explore", "partner-developer", 0, "/explore", "en"),
    ("health", "operator", 0, "/", "en"),
]


def main() -> None:
    """Each page at each width."""
    settings = load_settings()
    story = json.loads((settings.home / "story.json").read_text(encoding="utf-8"))
    numbers = {who: one["number"] for who, one in story.items()}
    accounts = json.loads(accounts_file(settings.home).read_text(encoding="utf-8"))
    OUT.mkdir(parents=True, exist_ok=True)
    for browser in chromium():
        for name, consumer, nth, path, language in PAGES:
            account = [one["id"] for one in accounts if one["consumer"] == consumer][nth]
            for size in SIZES:
                target = OUT / f"{name}-{SIZES[size][0]}.webp"
                address = path.format(**numbers)
                _take(
                    browser,
                    settings.console_origin,
                    consumer,
                    account,
                    address,
                    language,
                    size,
                    target,
                )
                print(target.name, f"{target.stat().st_size // 1024} kB")


def _take(
    browser: Browser,
    origin: str,
    consumer: str,
    account: str,
    path: str,
    language: str,
    size: str,
    target: Path,
) -> None:
    context = context_of(browser, language, size)
    page = context.new_page()
    page.goto(f"{origin}/login?consumer={consumer}&account={account}")
    page.goto(f"{origin}{path}")
    page.get_by_role("heading", level=1).wait_for()
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1500)
    image = Image.open(BytesIO(page.screenshot()))
    image.save(target, "WEBP", quality=QUALITY, method=6)
    context.close()


if __name__ == "__main__":
    main()
