"""What a coordinate is called in the model, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from graph.catalogue import Catalogue, EdgeField
from graph.declarations import Label

ROOTS: Mapping[str, Label] = {
    "Query": Label(en="Question", zh="查询"),
    "Mutation": Label(en="Action", zh="办理"),
}
OWN: Mapping[str, Label] = {
    "id": Label(en="Opaque id", zh="内部标识"),
    "facts": Label(en="Facts with their sources", zh="事实及其来源"),
    "history": Label(en="Other days than today", zh="历史与其他日期"),
    "between": Label(en="Relations through persons not shown", zh="经由不可见人员的关系"),
}
"""Rights that the model has of every type."""


class Labels:
    """The labels of a model."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def of_type(self, name: str) -> Label:
        """Of a policed type or a root."""
        declared = self._catalogue.policed.get(name)
        return declared.label if declared else ROOTS.get(name, Label(en=name, zh=name))

    def of_field(self, type_name: str, field: str) -> Label:
        """Of a field, a link, a question or an operation of a desk; its name where it has none."""
        found = self._fields.get((type_name, field)) or OWN.get(field)
        return found or Label(en=field, zh=field)

    @cached_property
    def _fields(self) -> Mapping[tuple[str, str], Label]:
        catalogue = self._catalogue
        found: dict[tuple[str, str], Label] = {}
        for name in catalogue.policed:
            found |= {(name, field): of.label for field, of in catalogue.grantable(name).items()}
        for name, edges in catalogue.edges.items():
            found |= {(name, field): _of_edge(edge) for field, edge in edges.items()}
        for name, held in catalogue.held_of.items():
            found |= {(name, field): of.label for field, of in held.items()}
        for node in catalogue.nodes.values():
            found |= {("Query", query): node.label for query in node.queries.names()}
        for answer in catalogue.answers.values():
            found |= {("Query", name): asked.label for name, asked in answer.questions.items()}
        for desk in catalogue.operations.values():
            found |= {(root, name): operation.label for root, name, operation in desk.roots}
        return found


def _of_edge(edge: EdgeField) -> Label:
    relationship = edge.relationship
    ends = (relationship.out, relationship.into, relationship.both)
    own = (end.label for end in ends if end is not None and end.field == edge.name)
    return next(own, relationship.label)
