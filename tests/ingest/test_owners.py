"""Ultimate owners: chains against every path, circles against exact fractions."""

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.owners import Holding, through, ultimate_owners
from ingest.owners_solve import circles

ENTITIES = [f"E{n}" for n in range(7)]
PERSONS = ["P0", "P1", "P2"]
Graph = Mapping[str, Mapping[str, Fraction]]


def exact(holder: str, held: str, percent: float) -> Holding:
    return Holding(holder, held, percent / 100, percent / 100)


def shares(*holdings: Holding) -> dict[str, dict[str, tuple[float, float]]]:
    found = ultimate_owners(holdings)
    assert not found.unresolved
    return {
        held: {o: (round(low, 9), round(high, 9)) for o, (low, high) in owners.items()}
        for held, owners in found.shares.items()
    }


@st.composite
def graphs(draw: st.DrawFn, *, cyclic: bool) -> Graph:
    """Entities held by persons and (later, or any) entities; together at most 90 percent."""
    found: dict[str, dict[str, Fraction]] = {}
    for number, entity in enumerate(ENTITIES):
        others = ENTITIES if cyclic else ENTITIES[number + 1 :]
        chosen = draw(st.lists(st.sampled_from([*others, *PERSONS]), unique=True, max_size=4))
        parts = [draw(st.integers(1, 20)) for _ in chosen]
        total = draw(st.integers(1, 90))
        found[entity] = {
            holder: Fraction(part * total, sum(parts) * 100)
            for holder, part in zip(chosen, parts, strict=True)
        }
    return {entity: held_by for entity, held_by in found.items() if held_by}


def holdings(graph: Graph) -> list[Holding]:
    return [
        Holding(holder, held, float(share), float(share))
        for held, held_by in graph.items()
        for holder, share in held_by.items()
    ]


def paths(graph: Graph, entity: str, owner: str) -> Fraction:
    """The sum over every path of the product of its shares."""
    if entity not in graph:
        return Fraction(int(entity == owner))
    return sum(
        (share * paths(graph, holder, owner) for holder, share in graph[entity].items()),
        Fraction(0),
    )


def solved(graph: Graph, owner: str) -> dict[str, Fraction]:
    """x = b + A x by elimination in fractions, over all entities at once."""
    names = sorted(graph)
    table = [
        [Fraction(int(i == j)) - graph[i].get(j, Fraction(0)) for j in names]
        + [graph[i].get(owner, Fraction(0))]
        for i in names
    ]
    for column in range(len(names)):
        pivot = next(r for r in range(column, len(names)) if table[r][column])
        table[column], table[pivot] = table[pivot], table[column]
        table[column] = [value / table[column][column] for value in table[column]]
        for row in range(len(names)):
            if row != column:
                factor = table[row][column]
                pairs = zip(table[row], table[column], strict=True)
                table[row] = [a - factor * b for a, b in pairs]
    return {name: row[-1] for name, row in zip(names, table, strict=True)}


def ultimates(graph: Graph) -> set[str]:
    return {h for held_by in graph.values() for h in held_by} - graph.keys()


@given(graphs(cyclic=False))
def test_without_circles_every_path_counts(graph: Graph) -> None:
    found = ultimate_owners(holdings(graph))
    assert not found.unresolved
    for entity in graph:
        expected = {o: float(paths(graph, entity, o)) for o in ultimates(graph)}
        positive = {o: share for o, share in expected.items() if share}
        assert found.shares[entity].keys() == positive.keys()
        for owner, share in positive.items():
            assert found.shares[entity][owner] == pytest.approx((share, share), abs=1e-9)


@settings(deadline=None)
@given(graphs(cyclic=True))
def test_circles_are_solved_as_a_linear_system(graph: Graph) -> None:
    found = ultimate_owners(holdings(graph))
    assert not found.unresolved
    for owner in ultimates(graph):
        for entity, share in solved(graph, owner).items():
            told = found.shares[entity].get(owner, (0.0, 0.0))
            assert told == pytest.approx((float(share), float(share)), abs=1e-9)


@settings(deadline=None)
@given(graphs(cyclic=True), st.data())
def test_a_range_holds_what_is_exact(graph: Graph, data: st.DataObject) -> None:
    wide = [
        Holding(
            h.holder,
            h.held,
            h.low * data.draw(st.floats(0, 1)),
            min(1.0, h.high + data.draw(st.floats(0, 0.3))),
        )
        for h in holdings(graph)
    ]
    narrow, found = ultimate_owners(holdings(graph)), ultimate_owners(wide)
    for entity, owners in found.shares.items():
        for owner, (low, _) in narrow.shares[entity].items():
            least, most = owners.get(owner, (0.0, 0.0))
            assert least - 1e-9 <= low <= most + 1e-9


@given(graphs(cyclic=True))
def test_each_circle_comes_after_those_that_it_leads_to(graph: Graph) -> None:
    edges = {held: list(held_by) for held, held_by in graph.items()}
    seen: set[str] = set()
    for circle in circles(edges):
        for node in circle:
            assert set(edges.get(node, [])) <= seen | set(circle)
        assert not seen & set(circle)
        seen.update(circle)
    assert seen == set(edges) | {h for held_by in edges.values() for h in held_by}


def test_a_chain_and_a_joint_holding() -> None:
    found = shares(
        exact("B", "A", 60), exact("C", "A", 40), exact("P", "B", 50), exact("P", "C", 25)
    )
    assert found["A"] == {"P": (0.4, 0.4)}


def test_two_companies_that_hold_each_other() -> None:
    """x = 0.8 + 0.2 y, y = 0.5 x, so x = 8/9 and y = 4/9."""
    found = shares(
        exact("B", "A", 20), exact("P", "A", 80), exact("A", "B", 50), exact("Q", "B", 50)
    )
    assert found["A"]["P"] == pytest.approx((8 / 9, 8 / 9), abs=1e-9)
    assert found["B"]["P"] == pytest.approx((4 / 9, 4 / 9), abs=1e-9)
    assert sum(low for low, _ in found["A"].values()) == pytest.approx(1)


def test_a_company_that_holds_its_own_shares() -> None:
    assert shares(exact("A", "A", 10), exact("P", "A", 90))["A"] == {"P": (1.0, 1.0)}


def test_a_closed_circle_is_reported_and_so_is_what_it_holds() -> None:
    found = ultimate_owners([exact("A", "B", 100), exact("B", "A", 100), exact("A", "C", 50)])
    assert not found.shares
    assert found.unresolved.keys() == {"A", "B", "C"}
    assert "nobody outside" in found.unresolved["A"]


def test_shares_of_more_than_everything_are_reported() -> None:
    found = ultimate_owners([exact("P", "A", 70), exact("Q", "A", 70), exact("P", "B", 100.5)])
    assert "exceed 100 percent" in found.unresolved["A"]
    assert found.shares == {"B": {"P": (1.0, 1.0)}}


def test_what_was_not_looked_into_is_not_resolved() -> None:
    found = ultimate_owners([exact("B", "A", 100), exact("P", "C", 100)], cut={"B"})
    assert found.shares.keys() == {"C"}
    assert found.unresolved.keys() == {"A", "B"}


def test_a_circle_that_is_too_large_is_reported() -> None:
    ring = [exact(f"E{n}", f"E{(n + 1) % 201}", 50) for n in range(201)]
    assert len(ultimate_owners(ring).unresolved) == 201


def test_a_chain_of_many_thousands() -> None:
    chain = [exact(f"E{n + 1}", f"E{n}", 100) for n in range(20_000)]
    assert ultimate_owners(chain).shares["E0"] == {"E20000": (1.0, 1.0)}


def test_an_unknown_share_is_what_others_leave() -> None:
    found = shares(exact("P", "A", 70), Holding("Q", "A", 0, 1))
    assert found["A"] == {"P": (0.7, 0.7), "Q": (0.0, 0.3)}


def test_shares_of_one_holder_in_one_entity_add_up() -> None:
    assert shares(exact("P", "A", 30), exact("P", "A", 20))["A"] == {"P": (0.5, 0.5)}


def test_arrangements_pass_shares_on() -> None:
    found = through(
        [
            ("P", "N", "NOMINATOR"),
            ("Q", "N", "NOMINEE"),
            ("P", "T", "SETTLOR"),
            ("R", "T", "BENEFICIARY"),
            ("S", "T", "BENEFICIARY"),
        ]
    )
    assert found == [
        Holding("P", "N", 1.0, 1.0),
        Holding("R", "T", 0.0, 1.0),
        Holding("S", "T", 0.0, 1.0),
    ]
    assert shares(exact("N", "A", 40), *found)["A"] == {"P": (0.4, 0.4)}
