"""Which part of the model a schema shows: all of it, or what one consumer can ever get."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from graph.catalogue import Catalogue, EdgeField
from policies.table import PolicySet


@dataclass(frozen=True)
class Visible:
    """Predicates: which fields and types are shown, by which fields rows can be chosen.

    EVERYTHING answers yes to all.
    """

    field: Callable[[str, str], bool]
    type: Callable[[str], bool]
    filter: Callable[[str, str], bool]

    def edges(self, catalogue: Catalogue, owner: str, subgraph: str) -> list[EdgeField]:
        """Edge fields of a node type that the subgraph owns and the schema shows."""
        return [
            edge
            for name, edge in catalogue.edges[owner].items()
            if edge.relationship.subgraph == subgraph
            and self.field(owner, name)
            and any(self.type(target) for target in edge.targets)
        ]


EVERYTHING = Visible(lambda _type, _field: True, lambda _type: True, lambda _type, _field: True)


def visible_to(policies: PolicySet, consumer: str) -> Visible:
    """What the policies let the consumer get for any of its purposes."""
    coordinates, types = policies.visible(consumer), policies.visible_types(consumer)
    filterable = policies.filterable(consumer)
    return Visible(
        lambda t, f: (t, f) in coordinates, lambda t: t in types, lambda t, f: (t, f) in filterable
    )
