"""Facts as registers state them: the only thing that is ever written into the graph."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Value = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Source:
    """Who states a fact, and its two time axes.

    Dates are ISO 8601 strings as precise as known ("1984", "1984-05", "1984-05-17"); times are
    UTC ("2026-11-23T08:00:00Z"). An empty validTo or recordedTo means: still. `citation` names what
    the record itself rests on, such as a certificate.
    """

    register: str
    record: str
    recorded_from: str
    valid_from: str | None = None
    valid_to: str | None = None
    recorded_to: str | None = None
    disputed: bool = False
    citation: str | None = None


@dataclass(frozen=True, slots=True)
class NodeFact:
    """What one record says of one node over one period. Several records may describe one node.

    `key` is the node's natural key within its type and never leaves the graph: the identifier with
    its scheme ("GB11643:11010519491231002X"), or register and record where there is none.
    A fact with no fields states that the node exists.
    """

    type: str
    key: str
    source: Source
    fields: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class EdgeFact:
    """What one record says of one relationship over one period; both nodes have facts too.

    `relationship` is the model's name (Parenthood), `kind` one of its kinds or "".
    """

    relationship: str
    kind: str
    from_type: str
    from_key: str
    to_type: str
    to_key: str
    source: Source
    fields: Mapping[str, Value]


Fact = NodeFact | EdgeFact
