"""`citizengraph findings`: what should be looked into, by kind, register and record."""

from __future__ import annotations

import asyncio
from enum import StrEnum
from typing import Annotated, Any

import typer

from cli.arguments import known_code, known_register
from cli.load import open_store
from cli.output import JsonOption, console, print_json, print_list, print_table
from ingest import kept_findings
from ingest.kept_findings import Filters
from ingest.rules import rules
from runtime.settings import load_settings

findings = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="What should be looked into, and in which record. 数据疑点。",
)


class Severity(StrEnum):
    """How grave a finding is."""

    error = "error"
    warning = "warning"


KindOption = Annotated[str | None, typer.Option(help="Only of this kind; see `findings kinds`.")]
Register = Annotated[str | None, typer.Option(help="Only of this register.")]
Record = Annotated[str | None, typer.Option(help="Only about this record of its register.")]
Grave = Annotated[Severity | None, typer.Option(help="Only of this severity.")]
SHOWN = ("kind", "severity", "register", "record", "subject", "other", "since", "run", "words")


@findings.command("list")
def list_(
    kind: KindOption = None,
    register: Register = None,
    record: Record = None,
    severity: Grave = None,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="At most so many.")] = 50,
    as_json: JsonOption = False,
) -> None:
    """Findings, and how many there are of each kind. Nodes are named by their ids in the graph."""
    filters = _filters(kind, register, record, severity)

    async def read() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        async with open_store(load_settings()) as store:
            found = [one async for one in kept_findings.findings(store, filters, limit)]
            return found, await kept_findings.counts(store, filters)

    found, counts = asyncio.run(read())
    if as_json:
        listed = [{name: one.get(name) for name in SHOWN} for one in found]
        print_json({"counts": counts, "findings": listed})
        return
    _print_counts(counts)
    rows = [
        [one["kind"], one["register"], one["record"], one.get("subject") or "", one["words"]]
        for one in found
    ]
    columns = ["kind", "register", "record", "subject", "words"]
    print_list("Findings", columns, rows, [_lines(one) for one in found])
    total = sum(row["count"] for row in counts)
    if total > len(found):
        console.print(f"{len(found):,} of {total:,} shown; --limit shows more.", style="dim")


@findings.command()
def count(
    kind: KindOption = None,
    register: Register = None,
    record: Record = None,
    severity: Grave = None,
    as_json: JsonOption = False,
) -> None:
    """How many findings there are of each kind in each register."""
    filters = _filters(kind, register, record, severity)

    async def read() -> list[dict[str, Any]]:
        async with open_store(load_settings()) as store:
            return await kept_findings.counts(store, filters)

    counts = asyncio.run(read())
    if as_json:
        print_json(counts)
        return
    _print_counts(counts)


@findings.command()
def kinds(as_json: JsonOption = False) -> None:
    """Every problem code and kind of finding, and what follows from it."""
    if as_json:
        print_json({code: rule.model_dump() for code, rule in rules().items()})
        return
    rows = [
        [code, rule.severity, ", ".join(rule.scope), f"{rule.label.en} {rule.label.zh}"]
        for code, rule in rules().items()
    ]
    print_table("Kinds", ["kind", "severity", "decided on", "what"], rows)


def _filters(
    kind: str | None, register: str | None, record: str | None, severity: Severity | None
) -> Filters:
    grave = severity.value if severity else None
    return Filters(known_code(kind), known_register(register), record, grave)


def _lines(one: dict[str, Any]) -> list[str]:
    about = f"about {one['subject']}" if one.get("subject") else ""
    return [f"{one['kind']}  {one['register']} {one['record']}", one["words"], about]


def _print_counts(counts: list[dict[str, Any]]) -> None:
    rows = [
        [
            row["kind"],
            row["severity"],
            row["register"],
            f"{row['count']:,}",
            rules()[row["kind"]].label.zh,
        ]
        for row in counts
    ]
    print_table("Findings by kind", ["kind", "severity", "register", "count", ""], rows)
