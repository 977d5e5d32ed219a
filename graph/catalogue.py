"""The model: every type, field, relationship and code table, read from `graph/model/*.yaml`.

The model is the catalogue of information resources. GraphQL types, Cypher, constraints, the Cedar
schema and the reference docs are derived from it. Loading fails loudly: file, path, what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

from graph.declarations import (
    Answer,
    CallerSet,
    CodeTable,
    Derived,
    End,
    Field,
    Held,
    Node,
    Operations,
    Provenance,
    Relationship,
    Value,
    parse_file,
)
from graph.model_checks import attributes_of, check
from graph.problems import ModelError
from graph.vocabulary import SUBGRAPHS as SUBGRAPHS

Direction = Literal["out", "in", "both"]
MODEL_DIRECTORY = Path(__file__).parent / "model"
_WHO = {"subject": "person asked about", "relative": "other person"}


@dataclass(frozen=True)
class EdgeField:
    """A relationship as seen from one node type: `Person.parents` is Parenthood, inwards."""

    owner: str
    name: str
    relationship: Relationship
    direction: Direction

    @property
    def targets(self) -> tuple[str, ...]:
        """Node types at the far end."""
        ends = self.relationship.origin if self.direction == "in" else self.relationship.to
        return tuple(ends)


@dataclass(frozen=True)
class Catalogue:
    """The whole model. Lookups raise KeyError for names that it does not hold."""

    nodes: Mapping[str, Node]
    relationships: Mapping[str, Relationship]
    answers: Mapping[str, Answer]
    values: Mapping[str, Value]
    codes: Mapping[str, CodeTable]
    provenance: Mapping[str, Field]
    caller_sets: Mapping[str, CallerSet]
    operations: Mapping[str, Operations]
    held: Mapping[str, Held]

    @cached_property
    def edges(self) -> Mapping[str, Mapping[str, EdgeField]]:
        """Edge fields by node type and field name."""
        found: dict[str, dict[str, EdgeField]] = {name: {} for name in self.nodes}
        for relationship in self.relationships.values():
            for edge in _edge_fields(relationship):
                found[edge.owner][edge.name] = edge
        return found

    @cached_property
    def policed(self) -> Mapping[str, Node | Relationship | Held | Answer]:
        """Every type whose fields policies grant; root fields and operations have none."""
        return {**self.nodes, **self.relationships, **self.held, **self.answers}

    @cached_property
    def held_of(self) -> Mapping[str, Mapping[str, Held]]:
        """What other departments hold of rows, by node type and the field that leads to it."""
        found: dict[str, dict[str, Held]] = {name: {} for name in self.nodes}
        for held in self.held.values():
            found.setdefault(held.of, {})[held.through.field] = held
        return found

    @cached_property
    def joined(self) -> tuple[str, ...]:
        """The subgraphs of departments that answer for themselves."""
        return tuple(dict.fromkeys(held.subgraph for held in self.held.values()))

    def fields_of(self, type_name: str) -> Mapping[str, Field | Derived]:
        """Plain fields of any policed type; a relationship's include its provenance.

        A node's include what is derived of them.
        """
        if type_name in self.nodes:
            return self._of_nodes[type_name]
        if type_name in self.relationships:
            return self.relationship_fields(self.relationships[type_name])
        if type_name in self.held:
            return self.held[type_name].fields
        return self.answers[type_name].fields

    def grantable(self, type_name: str) -> Mapping[str, Field | Derived]:
        """The same with what is only answered in a proof."""
        fields = self.fields_of(type_name)
        node = self.nodes.get(type_name)
        return {**fields, **node.provable} if node else fields

    @cached_property
    def _of_nodes(self) -> Mapping[str, Mapping[str, Field | Derived]]:
        return {name: {**node.fields, **node.derived} for name, node in self.nodes.items()}

    def relationship_fields(self, relationship: Relationship) -> Mapping[str, Field]:
        """Kind (where there are several), the relationship's own fields, and provenance."""
        return {**relationship.kind_field, **relationship.fields, **self.provenance}

    def coordinates(self) -> Iterator[tuple[str, str, str]]:
        """Every (type, field, sensitivity group) that a policy can grant.

        `history` is the right to ask for another day than today, with asOf, asKnown and history;
        `between` the right to be told relations that lead through persons one may not see.
        """
        for name, node in self.nodes.items():
            yield name, "id", "key"
            for field, declared in self.grantable(name).items():
                yield name, field, declared.sensitivity or node.sensitivity
            yield name, "facts", "provenance"
            yield name, "history", "history"
            for field, edge in self.edges[name].items():
                yield name, field, edge.relationship.sensitivity
            for field, held in self.held_of[name].items():
                yield name, field, held.sensitivity
            for query in node.queries.names():
                yield "Query", query, "lookup"
        for name, held in self.held.items():
            for field, declared in held.fields.items():
                yield name, field, declared.sensitivity or held.sensitivity
        for name, relationship in self.relationships.items():
            for field, declared in self.relationship_fields(relationship).items():
                group = "provenance" if field in self.provenance else declared.sensitivity
                yield name, field, group or relationship.sensitivity
            yield name, "history", "history"
        for name, answer in self.answers.items():
            for field, declared in answer.fields.items():
                yield name, field, declared.sensitivity or answer.sensitivity
            for question in answer.questions:
                yield "Query", question, "derivation"
            yield name, "history", "history"
            yield name, "between", "derivation"
        for desk in self.operations.values():
            yield from ((root, name, "administration") for root, name, _ in desk.roots)


def _edge_fields(relationship: Relationship) -> Iterator[EdgeField]:
    ends: tuple[tuple[Direction, End | None, tuple[str, ...]], ...] = (
        ("out", relationship.out, relationship.origin),
        ("in", relationship.into, relationship.to),
        ("both", relationship.both, relationship.origin),
    )
    for direction, end, owners in ends:
        if end is not None:
            for owner in owners:
                yield EdgeField(owner, end.field, relationship, direction)


def _inherited(answer: Answer, nodes: Mapping[str, Node]) -> Answer:
    """The answer with the attributes that it takes from Person; unknown ones are left out."""
    of = attributes_of(nodes, "Person")
    taken = {
        f"{who}{name[0].upper()}{name[1:]}": of[name].model_copy(
            update={
                "cypher": of[name].cypher.replace("{row}", f"{{{who}}}"),
                "description": f"Of the {_WHO[who]}: {of[name].description}",
            }
        )
        for who, names in answer.inherits.items()
        for name in names
        if name in of
    }
    return answer.model_copy(update={"attributes": {**answer.attributes, **taken}})


def load(directory: Path = MODEL_DIRECTORY) -> Catalogue:
    """Read and check all model files. Raises ModelError with file, path and reason."""
    parsed = {path: parse_file(path, directory) for path in sorted(directory.rglob("*.yaml"))}
    declared = list(parsed.values())
    nodes = {d.name: d for d in declared if isinstance(d, Node)}
    catalogue = Catalogue(
        nodes=nodes,
        relationships={d.name: d for d in declared if isinstance(d, Relationship)},
        answers={d.name: _inherited(d, nodes) for d in declared if isinstance(d, Answer)},
        values={d.name: d for d in declared if isinstance(d, Value)},
        codes={d.name: d for d in declared if isinstance(d, CodeTable)},
        provenance={
            n: f for d in declared if isinstance(d, Provenance) for n, f in d.fields.items()
        },
        caller_sets={d.name: d for d in declared if isinstance(d, CallerSet)},
        operations={d.name: d for d in declared if isinstance(d, Operations)},
        held={d.name: d for d in declared if isinstance(d, Held)},
    )
    files = {d.name: path.name for path, d in parsed.items() if not isinstance(d, Provenance)}
    problems = [
        f"{files.get(re.split('[.:]', problem)[0], 'provenance.yaml')}: {problem}"
        for problem in check(catalogue, declared)
    ]
    if problems:
        raise ModelError(problems)
    return catalogue


@lru_cache(maxsize=1)
def model() -> Catalogue:
    """The model that ships with the product."""
    return load()
