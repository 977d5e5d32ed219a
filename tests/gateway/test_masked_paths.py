"""Masked paths reach the client as paths of its own response, whoever masked the value."""

from __future__ import annotations

from gateway_stack import Stack


def test_paths_of_the_first_subgraph(stack: Stack) -> None:
    answer = stack.ask('{ a: person(citizenNumber: "1") { who: initial ...f } }' + FRAGMENT).json()
    assert answer == {
        "data": {"a": {"who": "王*", "again": "王*", "name": "王芳"}},
        "extensions": {"masked": [["a", "who"], ["a", "again"]]},
    }


FRAGMENT = " fragment f on Person { again: initial ... on Person { name } }"


def test_paths_of_entities_stand_wherever_the_entity_does(stack: Stack) -> None:
    query = "{ people { mother { at: address } } one: people { address mother { initial } } }"
    answer = stack.ask(query).json()
    assert answer["data"]["people"] == [{"mother": {"at": "***"}}] * 3
    expected = [["people", row, "mother", "at"] for row in range(3)]
    expected += [["one", row, "address"] for row in range(3)]
    expected += [["one", row, "mother", "initial"] for row in range(3)]
    assert sorted(map(str, answer["extensions"]["masked"])) == sorted(map(str, expected))


def test_masked_and_denied_side_by_side(stack: Stack) -> None:
    answer = stack.ask('{ person(citizenNumber: "1") { citizenNumber address initial } }').json()
    assert answer["data"]["person"] == {"citizenNumber": None, "address": "***", "initial": "王*"}
    assert [(e["path"], e["extensions"]["code"]) for e in answer["errors"]] == [
        (["person", "citizenNumber"], "FIELD_DENIED")
    ]
    masked = answer["extensions"]["masked"]
    assert sorted(masked) == [["person", "address"], ["person", "initial"]]


def test_nothing_masked_leaves_no_trace(stack: Stack) -> None:
    assert "extensions" not in stack.ask('{ person(citizenNumber: "1") { name } }').json()


def test_whoever_may_not_see_the_field_meets_no_mask(stack: Stack) -> None:
    answer = stack.ask('{ person(citizenNumber: "1") { initial } }', client="school-enrolment")
    assert answer.json()["errors"][0]["extensions"]["code"] == "QUERY_INVALID"
