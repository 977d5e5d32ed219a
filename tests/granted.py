"""A policies directory with grants of a test beside, or in place of, those that ship."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from policies.table import GRANTS, POLICIES_DIRECTORY


def policies_with(directory: Path, grants: str, without: Mapping[str, str] | None = None) -> Path:
    """The shipped policies and `grants`; `without` takes a text out of a consumer's file."""
    target = directory / "policies"
    shutil.copytree(
        POLICIES_DIRECTORY, target, ignore=shutil.ignore_patterns("*.py", "__pycache__")
    )
    for consumer, text in (without or {}).items():
        file = target / GRANTS / f"{consumer}.cedar"
        assert text in file.read_text()
        file.write_text(file.read_text().replace(text, ""))
    (target / GRANTS / "test.cedar").write_text(grants)
    return target
