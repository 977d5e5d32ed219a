"""A fact that does not fit the model is refused, naming record, field and value."""

from collections.abc import Mapping

import pytest

from graph.catalogue import model
from graph.facts import EdgeFact, Fact, NodeFact, Source, Value
from ingest.check import FactChecker
from runtime.errors import CitizengraphError

TIME = "2020-01-01T00:00:00Z"
SOURCE = Source("population", "P7", TIME)


def _person(fields: Mapping[str, Value], source: Source = SOURCE) -> NodeFact:
    return NodeFact("Person", "k", source, fields)


def _edge(relationship: str, kind: str, to: str = "Person") -> EdgeFact:
    return EdgeFact(relationship, kind, "Person", "a", to, "b", SOURCE, {})


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (NodeFact("Persn", "k", SOURCE, {}), "no node type 'Persn'"),
        (_person({"colour": "red"}), "'P7' of 'population': Person.colour is not in the model"),
        (_person({"sex": "F"}), "Person.sex cannot be 'F'"),
        (_person({"birthDate": "1984-13"}), "Person.birthDate cannot be '1984-13'"),
        (_person({"name": 7}), "Person.name cannot be 7"),
        (
            NodeFact("Register", "r", SOURCE, {"precedence": True}),
            "Register.precedence cannot be True",
        ),
        (_person({}, Source("gossip", "G", TIME)), "'gossip' is none of population"),
        (_person({}, Source("population", "P", "2020-01-01")), "'2020-01-01' is not a time"),
        (_person({}, Source("population", "P", TIME, "84")), "'84' is not a date"),
        (_edge("Cousinhood", ""), "no relationship 'Cousinhood'"),
        (_edge("Parenthood", "COUSIN"), "Parenthood has no kind 'COUSIN'"),
        (_edge("Marriage", "", "Place"), "Marriage does not lead from Person to Place"),
    ],
)
def test_refused(fact: Fact, words: str) -> None:
    with pytest.raises(CitizengraphError) as caught:
        FactChecker(model()).check(fact)
    assert caught.value.code == "SOURCE_INVALID"
    assert words in caught.value.message


def test_accepted() -> None:
    checker = FactChecker(model())
    checker.check(_person({"birthDate": "1984", "sex": "UNKNOWN"}))
    checker.check(_edge("Parenthood", "LEGAL"))
