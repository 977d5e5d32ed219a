"""Which part of the model a schema shows: all of it, or what one consumer can ever get."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from graph.catalogue import Catalogue, EdgeField


@dataclass(frozen=True)
class Visible:
    """A predicate on coordinates and one on types; `everything` answers yes to all."""

    field: Callable[[str, str], bool]
    type: Callable[[str], bool]

    def edges(self, catalogue: Catalogue, owner: str, subgraph: str) -> list[EdgeField]:
        """Edge fields of a node type that the subgraph owns and the schema shows."""
        return [
            edge
            for name, edge in catalogue.edges[owner].items()
            if edge.relationship.subgraph == subgraph
            and self.field(owner, name)
            and any(self.type(target) for target in edge.targets)
        ]


EVERYTHING = Visible(lambda _type, _field: True, lambda _type: True)


def visible_to(coordinates: frozenset[tuple[str, str]], types: frozenset[str]) -> Visible:
    """What a policy grants: these coordinates, rows of these types."""
    return Visible(lambda t, f: (t, f) in coordinates, lambda t: t in types)
