"""Golden files: compared by default, written with UPDATE_GOLDEN=1."""

from __future__ import annotations

import os
from pathlib import Path


def check_golden(path: Path, text: str) -> None:
    """Fail where the file differs; the message says how to bring it up to date."""
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    known = path.read_text(encoding="utf-8") if path.is_file() else ""
    assert text == known, f"{path.name} is stale: run `make golden` and review the difference"
