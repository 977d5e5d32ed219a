"""Guessing a schema by its validation messages, with every name of the full supergraph.

A guesser sends names, takes for there what is not refused, and follows suggestions. With all names
in hand it must still learn no more than the consumer's own contract.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import httpx
import pytest
from graphql import (
    DocumentNode,
    ObjectTypeDefinitionNode,
    Visitor,
    introspection_types,
    parse,
    visit,
)
from graphql.language import NameNode
from stack import PURPOSES, SOMEBODY, Stack

SCHEMAS = Path(__file__).parents[2] / "gateway" / "supergraphs"
NONSENSE = "zzzqqq"
AT_ONCE = 3
ERRORS_MAX = 20
"""The gateway tells no more errors of one document."""
OWN = {
    *introspection_types,
    "Query",
    "Mutation",
    "__typename",
    "__schema",
    "__type",
    "String",
    "Boolean",
    "Int",
    NONSENSE,
}
QUOTED = re.compile(r"""["'“‘]([A-Za-z_]\w*)""")


class Names(Visitor):
    """Every name in a document."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def enter_name(self, node: NameNode, *_: object) -> None:
        self.found.add(node.value)


@cache
def document(name: str) -> DocumentNode:
    return parse((SCHEMAS / f"{name}.graphql").read_text())


@cache
def names(schema: str) -> frozenset[str]:
    visitor = Names()
    visit(document(schema), visitor)
    return frozenset(visitor.found)


@cache
def fields(schema: str) -> dict[str, set[str]]:
    """Fields by type; of a supergraph without the machinery of the composition."""
    return {
        d.name.value: {field.name.value for field in d.fields}
        for d in document(schema).definitions
        if isinstance(d, ObjectTypeDefinitionNode) and "__" not in d.name.value
    }


def misspelt(name: str) -> str:
    return name[:-1] if len(name) > 3 else f"{name}x"


def parts(words: Iterable[str]) -> Iterator[list[str]]:
    """The words, some at a time; those that the gateway reserves are left out."""
    kept = sorted(word for word in set(words) if "__" not in word)
    yield from (kept[at : at + AT_ONCE] for at in range(0, len(kept), AT_ONCE))


class Guesser:
    """Asks as one consumer and keeps what the messages say."""

    def __init__(self, stack: Stack, consumer: str, http: httpx.Client) -> None:
        self._stack, self._consumer, self._http = stack, consumer, http
        self.told: set[str] = set()

    def messages(self, query: str) -> list[str]:
        """The messages of a document that is refused whatever the schema is."""
        caller = SOMEBODY[self._consumer]
        reply = self._stack.ask(self._consumer, query, http=self._http, **caller)
        assert reply.codes[0] == "QUERY_INVALID", reply.body
        assert "data" not in reply.body
        told = [error["message"] for error in reply.body["errors"]]
        assert len(told) < ERRORS_MAX, "nothing was cut off"
        self.told |= {name for text in told for name in QUOTED.findall(text)}
        return told

    def of_type(self, name: str, words: Iterable[str]) -> set[str]:
        """The words that are not refused as fields of the type."""
        there: set[str] = set()
        for some in parts(words):
            told = self.messages(f"{{ ... on {name} {{ {' '.join(some)} {NONSENSE} }} }}")
            if any("Unknown type" in text for text in told):
                return set()
            refused = {QUOTED.findall(text)[0] for text in told if "Cannot query" in text}
            there |= set(some) - refused
        return there

    def types(self, words: Iterable[str]) -> set[str]:
        """The words that are not refused as names of types."""
        there: set[str] = set()
        for some in parts(words):
            fragments = " ".join(f"... on {word} {{ __typename }}" for word in some)
            told = self.messages(f"{{ {fragments} {NONSENSE} }}")
            refused = {QUOTED.findall(text)[0] for text in told if "Unknown type" in text}
            there |= set(some) - refused
        return there


@pytest.mark.parametrize("consumer", PURPOSES)
def test_with_every_name_at_hand_a_guesser_learns_only_the_contract(
    stack: Stack, consumer: str
) -> None:
    everything, own = fields("supergraph"), fields(consumer)
    asked = set[str]()
    with httpx.Client() as http:
        guesser = Guesser(stack, consumer, http)
        found = guesser.types(everything)
        assert found <= names(consumer), "types"
        assert guesser.of_type("Query", names("supergraph")) == own["Query"]
        for name in sorted(everything):
            wanted = everything[name] | {misspelt(field) for field in everything[name]}
            asked |= wanted | {name}
            assert guesser.of_type(name, wanted) == own.get(name, set()), name
    assert found >= set(own) - {"PageInfo"}
    assert guesser.told - names("supergraph") - asked <= OWN, "no name out of nowhere"


@pytest.mark.parametrize("consumer", PURPOSES)
def test_a_suggestion_is_of_the_contract(stack: Stack, consumer: str) -> None:
    """What stands after "Did you mean" is never hidden."""
    everything, own = fields("supergraph"), fields(consumer)
    suggested: set[str] = set()
    with httpx.Client() as http:
        guesser = Guesser(stack, consumer, http)
        for name in sorted(set(everything) & set(own)):
            for some in parts(misspelt(field) for field in everything[name]):
                query = f"{{ ... on {name} {{ {' '.join(some)} {NONSENSE} }} }}"
                for text in guesser.messages(query):
                    suggested |= set(QUOTED.findall(text.partition("Did you mean")[2]))
        for some in parts(misspelt(name) for name in everything):
            fragments = " ".join(f"... on {word} {{ __typename }}" for word in some)
            for text in guesser.messages(f"{{ {fragments} {NONSENSE} }}"):
                suggested |= set(QUOTED.findall(text.partition("Did you mean")[2]))
    assert suggested
    assert suggested <= names(consumer) | OWN | {"ID", "Float"}
