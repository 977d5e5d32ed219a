"""What the bursts say together: a row for each contender, operation and number of connections."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.peers.measure import Burst
from bench.peers.operations import Operation

FIGURES = ("median_ms", "p99_ms", "per_second", "cpu_ms", "database_cpu_ms", "client_cpu_ms")
COUNTS = ("bytes", "statements", "requests", "failed")
COLUMNS = (
    "contender",
    "connections",
    "median ms",
    "99 % ms",
    "requests/s",
    "median × floor",
    "requests × floor",
    "CPU ms",
    "Neo4j CPU ms",
    "bytes",
    "Cypher",
)
CANNOT = "—"
BEGIN, END = "<!-- peers: written by make bench OPTIONS=--publish -->", "<!-- /peers -->"
PICTURE = "![Median milliseconds and requests a second of each contender](peers.svg)"
Row = Mapping[str, Any]


def rows(bursts: Sequence[Burst], floor: str) -> list[dict[str, Any]]:
    """Medians over the rounds; ratios are taken within a round, with the least and the most."""
    found: list[dict[str, Any]] = []
    for key in dict.fromkeys((b.operation, b.connections, b.contender) for b in bursts):
        operation, connections, contender = key
        mine = _rounds(bursts, operation, connections, contender)
        base = _rounds(bursts, operation, connections, floor)
        found.append(
            {
                "operation": operation,
                "contender": contender,
                "connections": connections,
                **{name: round(_median(mine, name), 3) for name in FIGURES},
                **{name: round(_median(mine, name), 2) for name in COUNTS},
                "median_to_floor": _spread(mine, base, "median_ms"),
                "per_second_to_floor": _spread(mine, base, "per_second"),
            }
        )
    return found


def _rounds(
    bursts: Iterable[Burst], operation: str, connections: int, contender: str
) -> dict[int, Mapping[str, float]]:
    wanted = (operation, connections, contender)
    return {
        b.round: b.figures for b in bursts if (b.operation, b.connections, b.contender) == wanted
    }


def _median(rounds: Mapping[int, Mapping[str, float]], name: str) -> float:
    return statistics.median(figures[name] for figures in rounds.values())


def _spread(
    mine: Mapping[int, Mapping[str, float]], base: Mapping[int, Mapping[str, float]], name: str
) -> dict[str, float]:
    ratios = [mine[turn][name] / base[turn][name] for turn in mine if base[turn][name]]
    middle = statistics.median(ratios)
    return {
        "median": round(middle, 3),
        "least": round(min(ratios), 3),
        "most": round(max(ratios), 3),
    }


def print_tables(
    console: Console, found: Sequence[Row], operations: Sequence[Operation], names: Sequence[str]
) -> None:
    """A table for each operation."""
    for operation in operations:
        table = Table(*COLUMNS, title=operation.title, title_justify="left")
        for cells in table_rows(found, operation, names):
            table.add_row(*cells)
        console.print(table)


def table_rows(
    found: Sequence[Row], operation: Operation, names: Sequence[str]
) -> list[tuple[str, ...]]:
    """The cells; a contender that cannot answer has one row of dashes."""
    cells: list[tuple[str, ...]] = []
    for name in names:
        mine = [r for r in found if (r["operation"], r["contender"]) == (operation.name, name)]
        cells += [_cells(row) for row in mine] or [(name, *[CANNOT] * (len(COLUMNS) - 1))]
    return cells


def _cells(row: Row) -> tuple[str, ...]:
    failed = f" ({row['failed']:.0f} failed)" if row["failed"] else ""
    return (
        row["contender"],
        str(row["connections"]),
        f"{row['median_ms']:.2f}",
        f"{row['p99_ms']:.2f}",
        f"{row['per_second']:,.0f}{failed}",
        _ratio(row["median_to_floor"]),
        _ratio(row["per_second_to_floor"]),
        f"{row['cpu_ms']:.2f}",
        f"{row['database_cpu_ms']:.2f}",
        f"{row['bytes']:,.0f}",
        f"{row['statements']:.2f}",
    )


def _ratio(spread: Mapping[str, float]) -> str:
    return f"{spread['median']:.2f} ({spread['least']:.2f}–{spread['most']:.2f})"


def markdown(
    run: Row, found: Sequence[Row], operations: Sequence[Operation], names: Sequence[str]
) -> str:
    """For a document: milliseconds with one connection, requests a second with eight."""
    words = (
        f"{run['people']:,} people, {run['machine']}, Python {run['python']}, load {run['load']},"
        f" {run['rounds']} rounds of {run['seconds']:g} s, {run['at'][:10]}."
    )
    lines = [words, "", _line(["", *names]), _line(["---"] * (len(names) + 1))]
    for operation in operations:
        lines.append(_line([operation.title, *(_pair(found, operation, name) for name in names)]))
    return "\n".join(lines) + "\n"


def published(page: str, table: str) -> str:
    """The page with the picture and the table between its marks."""
    head, rest = page.split(BEGIN)
    _, tail = rest.split(END)
    return f"{head}{BEGIN}\n\n{PICTURE}\n\n{table}\n{END}{tail}"


def _pair(found: Sequence[Row], operation: Operation, name: str) -> str:
    mine = {
        row["connections"]: row
        for row in found
        if (row["operation"], row["contender"]) == (operation.name, name)
    }
    if 1 not in mine or 8 not in mine:
        return CANNOT
    return f"{mine[1]['median_ms']:.2f} ms, {mine[8]['per_second']:,.0f}/s"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
