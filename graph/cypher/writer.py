"""Names for parameters and variables while a statement is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from graph.catalogue import Catalogue
from graph.decision import Decision


@dataclass
class Writer:
    """Hands out names. Values go to `parameters` and nowhere else."""

    catalogue: Catalogue
    decision: Decision
    parameters: dict[str, Any] = field(default_factory=dict[str, Any])
    callers: set[str] = field(default_factory=set[str])
    """Attributes of the caller that the model's expressions take."""
    sets: set[str] = field(default_factory=set[str])
    """Caller sets that are tested."""
    _variables: int = 0

    def bind(self, value: Any) -> str:
        """The `$name` of a parameter with this value; equal values share one."""
        for name, known in self.parameters.items():
            if type(known) is type(value) and known == value:
                return f"${name}"
        name = f"p{len(self.parameters)}"
        self.parameters[name] = value
        return f"${name}"

    def variable(self, prefix: str) -> str:
        """A variable that no other part of the statement uses."""
        self._variables += 1
        return f"{prefix}{self._variables}"


def conjunction(*parts: str) -> str:
    """`WHERE a AND b`, or nothing."""
    kept = [part for part in parts if part]
    return f" WHERE {' AND '.join(kept)}" if kept else ""
