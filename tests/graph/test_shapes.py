"""A statement is written once for what is alike but for its values; each value stays its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from graph.catalogue import model
from graph.cypher import Asking, Clock, Statement, Statements
from graph.decision import Decision
from graph.moments import Moment
from graph.selection import (
    EdgePick,
    Filter,
    KinshipPick,
    ListPick,
    LookupPick,
    Order,
    Page,
    PersonRef,
    ScalarPick,
    Selection,
    TypePick,
)
from graph.selection import Test as FieldTest
from policies.table import load

ASKING = Asking({}, Clock(datetime(2026, 11, 25, tzinfo=UTC)))
DECISION = load(None, model()).decision("caseworker", "household-services", "statutory-duty")


def person(number: str, field: str = "name", moment: Moment = Moment()) -> Selection:
    pick = TypePick("Person", {field: ScalarPick(field, moment)})
    return Selection({"person": LookupPick(pick, "citizenNumber", [number])})


def people(page: Page) -> Selection:
    return Selection({"people": ListPick(TypePick("Person"), page)})


def named(*values: Any) -> Filter:
    return Filter(tuple(FieldTest("name", "equals", value) for value in values))


def kin(one: str, other: str) -> Selection:
    persons = [PersonRef("citizenNumber", number) for number in (one, other)]
    return Selection({"kin": KinshipPick("relationship", *persons, fields={"answer"})})


def children(number: str, where: Filter) -> Selection:
    selection = person(number)
    edge = model().edges["Person"]["children"]
    picked = EdgePick(edge, Page(5, where=where), targets={"Person": TypePick("Person")})
    root = selection.roots["person"]
    assert isinstance(root, LookupPick)
    return Selection({"person": replace(root, node=replace(root.node, edges={"c": picked}))})


def written(selection: Selection, statements: Statements | None = None) -> Statement:
    return (statements or Statements(model())).selection(selection, DECISION, ASKING)


ALIKE = [
    (person("1"), person("2")),
    (people(Page(3, ("a",))), people(Page(3, ("b",)))),
    (people(Page(3, where=named("a", "b"))), people(Page(3, where=named("c", "d")))),
    (kin("1", "2"), kin("3", "4")),
    (children("1", named("a")), children("2", named("b"))),
    (person("1", moment=Moment("2020-01-01")), person("1", moment=Moment("2021-01-01"))),
]
UNLIKE = [
    (person("1"), person("1", "sex")),
    (person("1"), person("1", moment=Moment("2020-01-01"))),
    (people(Page(3)), people(Page(4))),
    (people(Page(3)), people(Page(3, ("a",)))),
    (people(Page(3)), people(Page(3, order=(Order("name"),)))),
    (people(Page(3, where=named("a"))), people(Page(3, where=named("a", "b")))),
    (kin("1", "2"), kin("1", "1")),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_alike_but_for_values_is_one_statement(one: Selection, other: Selection) -> None:
    statements = Statements(model())
    first, second = written(one, statements), written(other, statements)
    assert first.text == second.text
    assert first.parameters != second.parameters
    for selection, statement in ((one, first), (other, second)):
        assert statement == written(selection)


@pytest.mark.parametrize(("one", "other"), UNLIKE)
def test_what_is_not_alike_is_another_statement(one: Selection, other: Selection) -> None:
    statements = Statements(model())
    assert written(one, statements) == written(one)
    assert written(other, statements) == written(other)
    assert len(statements._kept) == 2


@pytest.mark.parametrize("value", ["?0", "?1", "$p0", "$n"])
def test_a_value_that_looks_like_a_slot_is_a_value(value: str) -> None:
    statement = written(people(Page(3, where=named("a", value))))
    assert [v for v in statement.parameters.values() if v in ("a", value)] == ["a", value]


def test_another_decision_is_another_statement() -> None:
    statements = Statements(model())
    nothing = Decision({}, {})
    denied = statements.selection(person("1"), nothing, ASKING)
    assert denied.text != written(person("1"), statements).text
    assert denied == Statements(model()).selection(person("1"), nothing, ASKING)


def test_no_more_are_kept_than_stated() -> None:
    statements = Statements(model(), kept=2)
    for field in ("name", "sex", "birthDate", "name"):
        assert written(person("1", field), statements) == written(person("1", field))
    assert len(statements._kept) == 2
