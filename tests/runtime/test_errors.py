"""Every error code has a page that says what it means and what to do."""

from pathlib import Path

import pytest

from runtime.errors import CODES, CitizengraphError

PAGES = Path(__file__).parents[2] / "docs" / "errors"


@pytest.mark.parametrize("code", sorted(CODES))
def test_code_has_a_page(code: str) -> None:
    page = (PAGES / f"{code}.md").read_text()
    assert page.startswith(f"# {code}\n")
    assert CODES[code].sentence in page
    assert "## Cause" in page and "## What to do" in page


def test_every_page_belongs_to_a_code() -> None:
    assert {p.stem for p in PAGES.glob("*.md")} - {"index", "README"} <= set(CODES)


def test_error_carries_code_words_and_hint() -> None:
    error = CitizengraphError("PORT_IN_USE", "Port 1 is taken.", "Choose another.")
    assert (error.status, str(error)) == (500, "PORT_IN_USE: Port 1 is taken. Choose another.")


def test_undeclared_code_is_refused() -> None:
    with pytest.raises(ValueError, match="NO_SUCH_CODE"):
        CitizengraphError("NO_SUCH_CODE", "words")
