"""What every verb prints: tables for people, JSON for machines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]

console = Console()
WIDTH_MAX = 100_000


def print_json(content: Any) -> None:
    """One JSON document on standard output."""
    typer.echo(json.dumps(content, ensure_ascii=False, indent=2))


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A titled table; the title alone, with "none", where there are no rows."""
    if not rows:
        console.print(f"[bold]{title}[/]: none")
        return
    console.print(title, style="bold")
    console.print(_table(columns, rows))


def print_list(
    title: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    lines: Sequence[Sequence[str]],
) -> None:
    """A titled table; where the terminal is too narrow for it, the lines of each row instead.

    The first line of a row is its heading, the others are indented.
    """
    rows = [[safe(cell) for cell in row] for row in rows]
    table = _table(columns, rows)
    unbound = console.options.update(max_width=WIDTH_MAX)
    if not rows or console.measure(table, options=unbound).maximum <= console.width:
        print_table(title, columns, rows)
        return
    console.print(title, style="bold")
    for heading, *others in lines:
        console.print(safe(heading), highlight=False, markup=False, soft_wrap=True)
        for line in filter(None, others):
            console.print(f"  {safe(line)}", highlight=False, markup=False, soft_wrap=True)


def safe(text: str) -> str:
    """Text of a source without characters that a terminal could obey."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def counted(count: int, one: str, several: str = "") -> str:
    """A number with its noun: "1 entry", "2,000 entries"."""
    return f"{count:,} {one if count == 1 else several or one + 's'}"


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    table = Table(*columns, box=None)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return table


def print_code(text: str, language: str) -> None:
    """Highlighted source text; plain and unbroken where nobody looks, so that it can be pasted."""
    if not console.is_terminal:
        typer.echo(text)
        return
    console.print(Syntax(text, language, word_wrap=True, background_color="default"))
