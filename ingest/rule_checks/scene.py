"""What one version of a record states, as the rules look at it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from graph.catalogue import Catalogue
from graph.facts import EdgeFact, Fact, NodeFact
from ingest.identifiers import told_by

BY_DESCENT = frozenset({"BIRTH", "ADOPTIVE", "LEGAL"})
"""Kinds of Parenthood in which a parent is older than the child."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found: its code, "Type.field", the value there, and words."""

    code: str
    field: str
    value: str
    words: str


class Scene:
    """The facts of one version, and what they and the numbers in them tell of persons."""

    def __init__(self, facts: Iterable[Fact], model: Catalogue, today: str) -> None:
        self.model = model
        self.today = today
        self.nodes: list[NodeFact] = []
        self.edges: list[EdgeFact] = []
        for fact in facts:
            if isinstance(fact, NodeFact):
                self.nodes.append(fact)
            else:
                self.edges.append(fact)

    @cached_property
    def parents(self) -> list[EdgeFact]:
        """Parenthoods of every kind."""
        return [edge for edge in self.edges if edge.relationship == "Parenthood"]

    @cached_property
    def marriages(self) -> list[EdgeFact]:
        """Marriages and partnerships."""
        return [edge for edge in self.edges if edge.relationship == "Marriage"]

    @cached_property
    def couples(self) -> list[EdgeFact]:
        """Couples without a stated marriage."""
        return [edge for edge in self.edges if edge.relationship == "Couple"]

    @cached_property
    def deaths(self) -> Mapping[str, str]:
        """Death dates that the facts state, by key of the person."""
        return self._stated("deathDate")

    @cached_property
    def _births(self) -> Mapping[str, str]:
        return self._stated("birthDate")

    @cached_property
    def _sexes(self) -> Mapping[str, str]:
        return self._stated("sex")

    def birth(self, key: str) -> str | None:
        """Partial birth date of a person, as stated or as the number tells."""
        told = told_by(key, self.today)
        return told.birth_date if told else self._births.get(key)

    def sex(self, key: str) -> str | None:
        """Sex of a person, as stated or as the number tells."""
        told = told_by(key, self.today)
        return self._sexes.get(key) or (told.sex if told else None)

    def _stated(self, field: str) -> dict[str, str]:
        return {
            fact.key: str(fact.fields[field])
            for fact in self.nodes
            if fact.type == "Person" and field in fact.fields
        }


def earliest(date: str) -> str:
    """First day of a partial date."""
    return date if len(date) == 10 else f"{date}-01-01"[:10] if len(date) == 4 else f"{date}-01"


def latest(date: str) -> str:
    """A day that no day of a partial date lies after."""
    return date if len(date) == 10 else f"{date}-12-31" if len(date) == 4 else f"{date}-31"
