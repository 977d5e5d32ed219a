"""What every verb prints: tables for people, JSON for machines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.syntax import Syntax
from rich.table import Table

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]

console = Console()


def print_json(content: Any) -> None:
    """One JSON document on standard output."""
    typer.echo(json.dumps(content, ensure_ascii=False, indent=2))


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A titled table."""
    console.print(title, style="bold")
    table = Table(*columns, box=None)
    for row in rows:
        table.add_row(*row)
    console.print(table)


def print_code(text: str, language: str) -> None:
    """Highlighted source text; plain and unbroken where nobody looks, so that it can be pasted."""
    if not console.is_terminal:
        typer.echo(text)
        return
    console.print(Syntax(text, language, word_wrap=True, background_color="default"))
