"""Statements that take too long: planned anew once, and then given up."""

from __future__ import annotations

import pytest

from graph.problems import StatementTooLarge
from graph.store import Store


async def test_a_packed_statement_is_planned_anew_before_it_is_given_up(store: Store) -> None:
    before = store.statements
    slow = "UNWIND range(1, 2000000000) AS n WITH sum(n % 7) AS row RETURN row"
    with pytest.raises(StatementTooLarge):
        await store.read_packed(slow, {}, seconds_max=0.5)
    assert store.statements == before + 2


async def test_a_packed_statement_planned_anew_answers_the_same(store: Store) -> None:
    text = "UNWIND $numbers AS n RETURN n * n AS row"
    assert await store.read_packed(text, {"numbers": [1, 2, 3]}) == [1, 4, 9]
    planned_anew = f"CYPHER replan=force CALL () {{\n{text}\n}}\nRETURN collect(row) AS rows"
    assert await store.read(planned_anew, {"numbers": [1, 2, 3]}) == [{"rows": [1, 4, 9]}]
