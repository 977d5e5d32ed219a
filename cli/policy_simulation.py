"""`citizengraph policy validate | simulate`: what is wrong, and what would change for whom."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Annotated

import typer

from cli.output import JsonOption, console, counted, print_json, print_list
from cli.policy_reading import said
from cli.policy_replay import change_as_json, print_replayed, replayed_operations
from cli.policy_sources import ACTIVE, DirectoryOption, source
from policies.simulation import Change, difference
from policies.store.administration import inspect
from policies.validation import WARNED_DAYS
from runtime.settings import load_settings


def validate(
    what: Annotated[str, typer.Argument(help="A version's number, active, or built-in.")] = ACTIVE,
    directory: DirectoryOption = None,
    within_days: Annotated[int, typer.Option(help="Warn so many days ahead.")] = WARNED_DAYS,
    as_json: JsonOption = False,
) -> None:
    """Check texts: Cedar, names, push-down, rules without effect, ends; exit code 1 for errors."""
    found = inspect(source(load_settings(), what, directory).load, within_days)
    errors = sum(finding.level == "error" for finding in found)
    if as_json:
        print_json([vars(finding) for finding in found])
    else:
        rows = [[f.level, f.code, f.where, f.policy, f.words] for f in found]
        columns = ["", "code", "where", "policy", "what"]
        lines = [[f"{row[0]} {row[1]} {row[2]}", f"{row[3]} {row[4]}".strip()] for row in rows]
        print_list("Findings", columns, rows, lines)
        console.print(f"{counted(errors, 'error')}, {counted(len(found) - errors, 'warning')}")
    if errors:
        raise typer.Exit(1)


def simulate(
    before: Annotated[str, typer.Argument(help="A version's number, active or built-in.")] = ACTIVE,
    after: Annotated[str, typer.Argument(help="Another version, or --dir.")] = "",
    directory: DirectoryOption = None,
    operations: Annotated[
        int, typer.Option("--replay", min=0, help="Replay so many recorded operations too.")
    ] = 0,
    as_json: JsonOption = False,
) -> None:
    """Who would gain or lose which field, for which purpose, over every cell."""
    settings = load_settings()
    old, new = source(settings, before), source(settings, after, directory)
    sides = old.load(), new.load()
    started = time.perf_counter()
    changes = difference(*sides)
    elapsed = (time.perf_counter() - started) * 1000
    replayed = replayed_operations(settings, *sides, operations) if operations else None
    if as_json:
        content = [change_as_json(change) for change in changes]
        told = {"before": old.title, "after": new.title, "changes": content}
        print_json({**told, **({"replay": replayed.as_json()} if replayed else {})})
        return
    _print_changes(f"From {old.title} to {new.title}", changes)
    console.print(f"{counted(len(changes), 'cell')} of all, in {elapsed:.0f} ms", style="dim")
    if replayed:
        print_replayed(replayed)


def _print_changes(title: str, changes: Sequence[Change]) -> None:
    """Cells that change alike are one line: the type, and every field of it."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for change in changes:
        cell, (type_name, _, field) = change.cell, change.cell.coordinate.partition(".")
        alike = (cell.consumer, cell.purpose, cell.basis, change.kind, cell.mode, type_name)
        values = (said(change.before), said(change.after))
        groups.setdefault((*alike, *values), []).append(field)
    columns = ["consumer", "purpose / basis", "", "mode", "what", "before", "after"]
    rows = [
        [who, f"{purpose} / {basis}", kind, mode, _what(type_name, fields), was, is_now]
        for (who, purpose, basis, kind, mode, type_name, was, is_now), fields in groups.items()
    ]
    lines = [
        [f"{who} {kind} {mode} {what}", why, f"before: {was}", f"after: {is_now}"]
        for who, why, kind, mode, what, was, is_now in rows
    ]
    print_list(title, columns, rows, lines)


def _what(type_name: str, fields: Sequence[str]) -> str:
    named = [field for field in fields if field]
    return f"{type_name}: {', '.join(named)}" if named else type_name or "may call"
