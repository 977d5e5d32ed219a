"""`citizengraph audit`: who was shown what, and whether the record is whole."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from audit.reader import read, verify_chain
from audit.record import Disclosure, Row
from cli.output import JsonOption, console, print_json
from runtime.settings import load_settings

ROWS_SHOWN = 5
STYLES = {"denied": "yellow", "refused": "yellow", "failed": "red"}


def audit(
    operation: Annotated[str | None, typer.Option(help="Only this operation.")] = None,
    consumer: Annotated[str | None, typer.Option(help="Only this consumer.")] = None,
    record: Annotated[str | None, typer.Option(help="Only about the record with this id.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many.")] = 20,
    verify: Annotated[bool, typer.Option("--verify", help="Check that it is unaltered.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Show the newest disclosures, or verify the chain; exit code 1 if it is broken. 审计。"""
    url = load_settings().redis_url
    if verify:
        _verify(url, as_json)
        return
    found = read(url, operation=operation, consumer=consumer, record=record, limit=limit)
    if as_json:
        print_json([_as_json(disclosure) for disclosure in found])
        return
    for disclosure in found:
        _show(disclosure)
    console.print(f"{len(found)} newest first; --json has every record.", style="dim")


def _verify(url: str, as_json: bool) -> None:
    report = verify_chain(url)
    if as_json:
        print_json(asdict(report))
    else:
        state = "broken" if report.problems else "whole"
        console.print(f"{report.records:,} records in {report.entries:,} entries: {state}.")
        for problem in report.problems:
            console.print(problem, style="red", markup=False)
    if report.problems:
        raise typer.Exit(1)


def _as_json(disclosure: Disclosure) -> dict[str, Any]:
    return {**asdict(disclosure), "at": disclosure.at.isoformat()}


def _show(disclosure: Disclosure) -> None:
    """When, what came of it, who and why; then a line per record."""
    at = disclosure.at.isoformat(timespec="seconds")
    why = f"{disclosure.purpose} / {disclosure.basis}"
    case = f", case {disclosure.case}" if disclosure.case else ""
    style = STYLES.get(disclosure.outcome, "green")
    console.print(f"{at}  [{style}]{disclosure.outcome}[/]  {disclosure.subgraph}", highlight=False)
    lines = [f"{disclosure.subject} for {why}{case}", f"operation {disclosure.operation}"]
    lines += [_words(row) for row in disclosure.rows[:ROWS_SHOWN]]
    if len(disclosure.rows) > ROWS_SHOWN:
        lines.append(f"and {len(disclosure.rows) - ROWS_SHOWN} more records")
    for line in lines:
        console.print(f"  {line}", highlight=False, markup=False, soft_wrap=True)


def _words(row: Row) -> str:
    shown = ", ".join(row.shown) or "nothing"
    told = [name.partition(":") for name in row.masked]
    masked = f"; masked {', '.join(f'{f} ({mask})' for f, _, mask in told)}" if told else ""
    denied = f"; denied {', '.join(row.denied)}" if row.denied else ""
    return f"{row.type} {row.record}: {shown}{masked}{denied}"
