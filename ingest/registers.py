"""The registers that may state facts, declared in registers.yaml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from graph.facts import NodeFact, Source

DECLARATION = Path(__file__).parent / "registers.yaml"
CATALOGUE = "catalogue"


class _Register(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    department: str
    rank: int
    rules: Mapping[str, Literal["error", "warning"]] = {}
    reciprocal: bool = False


class _Declared(BaseModel):
    model_config = ConfigDict(extra="forbid")
    recordedFrom: str
    registers: Mapping[str, _Register]


@dataclass(frozen=True)
class Register:
    """A source register; the lower rank is preferred.

    `rules`: severities that differ from those of rules.yaml. `reciprocal`: the records of both
    persons state a link between them.
    """

    code: str
    name: str
    department: str
    rank: int
    rules: Mapping[str, Literal["error", "warning"]] = field(
        default_factory=lambda: dict[str, Literal["error", "warning"]]()
    )
    reciprocal: bool = False


@lru_cache(maxsize=1)
def _declared() -> _Declared:
    return _Declared.model_validate(yaml.safe_load(DECLARATION.read_text(encoding="utf-8")))


@lru_cache(maxsize=1)
def registers() -> Mapping[str, Register]:
    """Every declared register by its code."""
    return {
        code: Register(code, r.name, r.department, r.rank, r.rules, r.reciprocal)
        for code, r in _declared().registers.items()
    }


def register_facts() -> Iterator[NodeFact]:
    """The registers themselves, as facts of the catalogue."""
    source_time = _declared().recordedFrom
    for register in registers().values():
        yield NodeFact(
            "Register",
            f"register:{register.code}",
            Source(CATALOGUE, f"register:{register.code}", source_time),
            {
                "code": register.code,
                "name": register.name,
                "department": register.department,
                "precedence": register.rank,
            },
        )
