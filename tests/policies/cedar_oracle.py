"""Cedar's own authorizer, asked about a caller and many rows at once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import cedarpy

from graph.conditions import Scalar

Values = Mapping[str, Scalar]


@dataclass(frozen=True)
class Question:
    """May this action be done on this row, for this purpose and basis?"""

    action: str
    row_type: str
    row: Values
    purpose: str
    basis: str


@dataclass(frozen=True)
class Oracle:
    """Policies and schema, parsed once."""

    policies: cedarpy.PolicySet
    schema: cedarpy.Schema

    @classmethod
    def of(cls, texts: str, schema: str) -> Oracle:
        """From the texts as an officer writes them."""
        return cls(cedarpy.PolicySet.from_str(texts), cedarpy.Schema.from_str(schema))

    def answers(self, consumer: str, caller: Values, questions: Sequence[Question]) -> list[bool]:
        """Cedar's decisions, in order. Every row must be complete."""
        entities = [_entity("Consumer", consumer, caller)]
        entities += [_entity(q.row_type, str(i), q.row) for i, q in enumerate(questions)]
        parsed = cedarpy.Entities.from_json_str(json.dumps(entities), self.schema)
        requests = [_request(consumer, str(i), q) for i, q in enumerate(questions)]
        results = cedarpy.is_authorized_batch(requests, self.policies, parsed, self.schema)
        for result in results:
            assert not result.diagnostics.errors, result.diagnostics.errors
        return [result.allowed for result in results]


def _request(consumer: str, row: str, question: Question) -> dict[str, Any]:
    return {
        "principal": {"type": "Consumer", "id": consumer},
        "action": {"type": "Action", "id": question.action},
        "resource": {"type": question.row_type, "id": row},
        "context": {"purpose": question.purpose, "basis": question.basis},
    }


def _entity(kind: str, name: str, attributes: Values) -> dict[str, Any]:
    return {"uid": {"type": kind, "id": name}, "attrs": dict(attributes), "parents": []}
