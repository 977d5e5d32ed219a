"""What every contender is asked: texts in operations/, order and titles in operations.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Operation:
    """One question; `text` gives it in the words of each contender."""

    name: str
    title: str
    folder: str
    subgraph: str | None = None
    sample: str = "sample"
    ordered: bool = False
    parameters: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def text(self, file: str) -> str | None:
        """The text for a contender; None where it cannot answer."""
        path = HERE / "operations" / self.folder / file
        return path.read_text() if path.is_file() else None


def read_operations() -> list[Operation]:
    """All, in the order of the table."""
    declared: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "operations.yaml").read_text())
    return [Operation(name=name, **_whole(name, said)) for name, said in declared.items()]


def _whole(name: str, said: dict[str, Any]) -> dict[str, Any]:
    return {"folder": name, **said}
