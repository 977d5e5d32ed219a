"""Circles of a graph, and the linear system of one circle. Pure; no recursion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

Row = dict[str, float]
_SMALLEST_PIVOT = 1e-9


class NoSolution(Exception):
    """The system has no solution without negative shares."""


def circles(edges: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Strongly connected components, each after all those that it leads to (Tarjan)."""
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    waiting: set[str] = set()
    for root in edges:
        if root in order:
            continue
        path = [(root, iter(edges[root]))]
        _enter(root, order, lowest, stack, waiting)
        while path:
            node, rest = path[-1]
            following = next(rest, None)
            if following is None:
                path.pop()
                if path:
                    above = path[-1][0]
                    lowest[above] = min(lowest[above], lowest[node])
                if lowest[node] == order[node]:
                    yield _leave(node, stack, waiting)
            elif following not in order:
                _enter(following, order, lowest, stack, waiting)
                path.append((following, iter(edges.get(following, ()))))
            elif following in waiting:
                lowest[node] = min(lowest[node], order[following])


def _enter(
    node: str, order: dict[str, int], lowest: dict[str, int], stack: list[str], waiting: set[str]
) -> None:
    order[node] = lowest[node] = len(order)
    stack.append(node)
    waiting.add(node)


def _leave(node: str, stack: list[str], waiting: set[str]) -> list[str]:
    found: list[str] = []
    while not found or found[-1] != node:
        found.append(stack.pop())
        waiting.discard(found[-1])
    return found


def solve(inside: Sequence[Mapping[int, float]], outside: Sequence[Row]) -> list[Row]:
    """X of X = outside + inside·X. Raises NoSolution unless the circle lets shares through.

    It does so exactly if (I - inside)·y = 1 has a solution of positive numbers only.
    """
    owners = sorted({owner for row in outside for owner in row})
    size = len(inside)
    table = [
        [(1.0 if i == j else 0.0) - inside[i].get(j, 0.0) for j in range(size)]
        + [1.0, *(outside[i].get(owner, 0.0) for owner in owners)]
        for i in range(size)
    ]
    for column in range(size):
        _eliminate(table, column)
    if any(row[size] < 1 - _SMALLEST_PIVOT for row in table):
        raise NoSolution
    return [
        {owner: share for owner, share in zip(owners, row[size + 1 :], strict=True) if share > 0}
        for row in table
    ]


def _eliminate(table: list[list[float]], column: int) -> None:
    """Gauss and Jordan, with the largest pivot of the column."""
    best = max(range(column, len(table)), key=lambda i: abs(table[i][column]))
    table[column], table[best] = table[best], table[column]
    pivot = table[column][column]
    if abs(pivot) < _SMALLEST_PIVOT:
        raise NoSolution
    table[column] = [value / pivot for value in table[column]]
    for i, row in enumerate(table):
        factor = row[column]
        if i != column and factor:
            table[i] = [a - factor * b for a, b in zip(row, table[column], strict=True)]
