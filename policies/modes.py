"""The modes in which a field can be granted, and the fields for which each makes sense."""

from __future__ import annotations

from graph.catalogue import Catalogue
from graph.declarations import Field
from graph.masks import fitting

CLEAR = "clear"
MASKED = "masked"
MODES = (CLEAR, MASKED)


def plain_field(catalogue: Catalogue, type_name: str, field: str) -> Field | None:
    """The declaration of a plain field of a node or relationship; None of anything else."""
    if type_name in catalogue.nodes or type_name in catalogue.relationships:
        return catalogue.fields_of(type_name).get(field)
    return None


def offers(catalogue: Catalogue, mode: str, type_name: str, field: str) -> bool:
    """Whether the field can be granted in the mode."""
    if mode == CLEAR:
        return True
    declared = plain_field(catalogue, type_name, field)
    return declared is not None and any(fitting(declared))
