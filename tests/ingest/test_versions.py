"""What is believed does not depend on the order of delivery; nothing that was held is lost."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.facts import Fact, NodeFact, Source
from ingest.versions import (
    Addition,
    Entry,
    State,
    changes,
    claims_of,
    content_of,
    current_claims,
    effective_times,
    last_heard,
    merge,
)


def _fact(name: str, valid_to: str | None = None) -> NodeFact:
    source = Source("population", "P1", "", "1990-01-01", valid_to)
    return NodeFact("Person", "a", source, {"name": name})


def _time(day: int) -> str:
    return f"2020-01-{day:02d}T00:00:00Z"


def _addition(day: int, *facts: Fact, run: int = 0, delivered: int = 0) -> Addition:
    claims = claims_of(facts)
    entry = Entry(_time(day), _time(delivered or day), run or day, content_of(claims))
    return Addition(entry, claims)


def _names(state: State, time: str) -> set[object]:
    """What was believed at a time: straight from the facts, as a query asks."""
    return {
        fact.fields["name"]
        for fact in state.facts
        if fact.source.recorded_from <= time
        and (fact.source.recorded_to is None or time < fact.source.recorded_to)
    }


_VERSIONS = st.lists(
    st.tuples(st.integers(1, 6), st.integers(1, 25), st.frozensets(st.sampled_from("abc"))),
    max_size=7,
    unique_by=lambda version: version[:2],
)


@given(_VERSIONS, st.randoms(use_true_random=False))
@settings(max_examples=400, deadline=None)
def test_any_order_of_delivery_gives_the_same_state(
    versions: list[tuple[int, int, frozenset[str]]], random: object
) -> None:
    additions = [
        _addition(day, *(_fact(n) for n in sorted(names)), run=number, delivered=delivered)
        for number, (day, delivered, names) in enumerate(versions, 1)
    ]
    in_order = State()
    for addition in sorted(additions, key=lambda a: a.entry):
        in_order = merge(in_order, [addition])
    random.shuffle(additions)  # type: ignore[attr-defined]
    shuffled = State()
    for addition in additions:
        shuffled = merge(shuffled, [addition])
    assert shuffled.log == in_order.log
    assert changes(in_order, shuffled) == ([], [])


@given(_VERSIONS)
@settings(max_examples=300, deadline=None)
def test_each_version_is_believed_until_the_next(
    versions: list[tuple[int, int, frozenset[str]]],
) -> None:
    state = merge(
        State(),
        [
            _addition(day, *(_fact(n) for n in names), run=number, delivered=delivered)
            for number, (day, delivered, names) in enumerate(versions, 1)
        ],
    )
    said = {(_time(d), _time(e)): names for d, e, names in versions}
    for entry, time in zip(state.log, effective_times(state.log), strict=True):
        if entry.is_said:
            assert _names(state, time) == said[entry.recorded, entry.delivered]


def test_what_goes_on_unchanged_is_one_fact() -> None:
    state = State()
    for day in (1, 5, 3):
        state = merge(state, [_addition(day, _fact("a"))])
    assert [f.source.recorded_from for f in state.facts] == [_time(1)]


def test_a_late_delivery_splits_a_belief_and_only_there() -> None:
    state = merge(State(), [_addition(1, _fact("a")), _addition(5, _fact("a"))])
    late = merge(state, [_addition(3, _fact("b"))])
    assert [_names(late, _time(day)) for day in (1, 2, 3, 4, 5, 6)] == [
        *({"a"}, {"a"}, {"b"}, {"b"}, {"a"}, {"a"}),
    ]


def test_a_change_keeps_the_open_belief_and_a_correction_ends_it() -> None:
    changed = merge(
        State(), [_addition(1, _fact("a")), _addition(5, _fact("a", "2020-01-04"), _fact("b"))]
    )
    assert sorted((f.source.valid_to or "", f.source.recorded_to or "") for f in changed.facts) == [
        ("", ""),
        ("", _time(5)),
        ("2020-01-04", ""),
    ]
    corrected = merge(State(), [_addition(1, _fact("a")), _addition(5, _fact("b"))])
    assert _names(corrected, _time(4)) == {"a"}
    assert _names(corrected, _time(5)) == {"b"}


def test_a_withdrawn_record_is_still_known_to_have_been_held() -> None:
    state = merge(State(), [_addition(1, _fact("a")), _addition(5)])
    assert _names(state, _time(4)) == {"a"}
    assert _names(state, _time(5)) == set()
    assert [f.source.recorded_to for f in state.facts] == [_time(5)]


def test_of_two_versions_of_one_time_the_later_delivered_holds_and_neither_is_lost() -> None:
    for order in permutations(
        [_addition(1, _fact("a"), delivered=2), _addition(1, _fact("b"), delivered=3)]
    ):
        state = State()
        for addition in order:
            state = merge(state, [addition])
        assert _names(state, _time(1)) == {"a"}
        assert _names(state, "2020-01-01T00:00:01Z") == {"b"}


@pytest.mark.parametrize(("without", "run"), [((), 5), ((5,), 1), ((1, 5), None)])
def test_who_had_the_last_word_without_some_runs(without: tuple[int, ...], run: object) -> None:
    state = merge(State(), [_addition(1, _fact("a")), _addition(5, _fact("b"))])
    last = last_heard(state.log, without)
    assert (last.run if last else None) == run
    assert {f.fields["name"] for f in current_claims(state).values()} == {"b"}
