"""Words that the model files may use."""

from __future__ import annotations

SCALARS = frozenset({"ID", "String", "Int", "Float", "Boolean", "PartialDate", "DateTime"})
SUBGRAPHS = (
    *("people", "households", "legal-entities", "licences", "cases", "credit"),
    *("policy", "proofs", "services"),
    "education",
)
