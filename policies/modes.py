"""The modes in which a field can be granted, and the fields for which each makes sense."""

from __future__ import annotations

from graph.catalogue import Catalogue
from graph.decision import CONSENTED
from graph.declarations import PLACED, Derived, Field
from graph.masks import fitting

CLEAR = "clear"
MASKED = "masked"
CONSENT = "consent"
FILTER = "filter"
MODES = (CLEAR, MASKED, CONSENT, FILTER)


def plain_field(catalogue: Catalogue, type_name: str, field: str) -> Field | Derived | None:
    """The declaration of a plain, derived or provable field of a node, or of a relationship.

    Of a type that another department holds too. None of anything else.
    """
    if any(
        type_name in group for group in (catalogue.nodes, catalogue.relationships, catalogue.held)
    ):
        return catalogue.grantable(type_name).get(field)
    return None


def offers(catalogue: Catalogue, mode: str, type_name: str, field: str) -> bool:
    """Whether the field can be granted in the mode."""
    if mode == CLEAR:
        return True
    declared = plain_field(catalogue, type_name, field)
    if declared is None:
        return False
    if mode == MASKED:
        return any(fitting(declared))
    if mode == CONSENT:
        node = catalogue.nodes.get(type_name)
        return node is not None and CONSENTED in node.attributes
    return _selects(catalogue, type_name, field, declared)


def _selects(catalogue: Catalogue, type_name: str, field: str, declared: Field | Derived) -> bool:
    """Whether rows can be chosen or put in order by the field: `kind` chooses links."""
    if isinstance(declared, Derived):
        return False
    if type_name not in catalogue.relationships:
        node = catalogue.nodes.get(type_name)
        near = node is not None and node.near and field in PLACED
        return bool(declared.filter) or declared.sort or near
    return field in catalogue.relationships[type_name].kind_field
