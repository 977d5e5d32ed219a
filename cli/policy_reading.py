"""`citizengraph policy list | show | export | diff | who-can`: what there is, and what it says."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from cli.output import JsonOption, console, print_code, print_json, print_list, print_table
from cli.policy_sources import (
    ACTIVE,
    DirectoryOption,
    open_store,
    source,
)
from graph.catalogue import model
from graph.conditions import Condition
from policies.bundle import differing
from policies.history import Record
from policies.versions import short
from policies.who import known_coordinate, who_can
from resolvers.explanation import words
from runtime.errors import CitizengraphError
from runtime.files import write_file
from runtime.settings import load_settings

What = Annotated[str, typer.Argument(help="A version's number, active, or built-in.")]


def list_(as_json: JsonOption = False) -> None:
    """Every version, the newest first, and which processes have which in force."""
    settings = load_settings()
    with open_store(settings) as store:
        records = store.snapshot().history.records[::-1]
        reports = store.processes()
    if as_json:
        shown = [_as_json(record) for record in records]
        print_json({"versions": shown, "processes": [vars(report) for report in reports]})
        return
    columns = ["version", "state", "hash", "by", "approved by", "since", "reason"]
    rows = [_row(record) for record in records]
    print_list("Policy versions", columns, rows, [[" ".join(row[:3]), *row[3:]] for row in rows])
    running = [[report.process, str(report.number), report.policy] for report in reports]
    print_table("Processes", ["process", "version", "policy"], running)


def _row(record: Record) -> list[str]:
    version, newest = record.version, record.steps[-1]
    approver = str(record.approver) if record.approver else ""
    since = newest.at.astimezone().isoformat(" ", "minutes")[:16]
    return [
        str(record.number),
        record.state,
        short(version.hash),
        str(version.author),
        approver,
        since,
        version.reason,
    ]


def show(what: What = ACTIVE, as_json: JsonOption = False) -> None:
    """One version: who wrote it, why, on which basis, until when, and every step."""
    settings = load_settings()
    found = source(settings, what)
    record = found.record
    if record is None:
        raise CitizengraphError("BAD_ARGUMENT", f"{found.title} is no stored version.")
    if as_json:
        print_json({**_as_json(record), "texts": dict(found.bundle.texts)})
        return
    version = record.version
    facts = {
        "hash": version.hash,
        "texts": version.bundle,
        "made from": version.parent or "nothing",
        "author": str(version.author),
        "reason": version.reason,
        "document": version.document,
        "holds": f"{version.valid_from or 'at once'} to {version.valid_to or 'further notice'}",
        "review": str(version.review or "no day"),
    }
    print_table(f"Version {record.number}: {record.state}", ["", ""], [*map(list, facts.items())])
    steps = [
        [step.at.isoformat(" ", "seconds"), step.step, str(step.by), step.by.account, step.why]
        for step in record.steps
    ]
    print_table("Steps", ["at (UTC)", "step", "person", "account", "why"], steps)


def _as_json(record: Record) -> dict[str, Any]:
    steps = [step.as_json() for step in record.steps]
    for step in steps:
        del step["content"]
    head = {"number": record.number, "state": record.state, "hash": record.version.hash}
    return {**head, **record.version.as_json(), "steps": steps}


def export(
    what: What,
    out: Annotated[Path, typer.Argument(help="An empty directory, or one of policies.")],
    as_json: JsonOption = False,
) -> None:
    """Write the texts of a version into a directory, to keep them in git."""
    bundle = source(load_settings(), what).bundle
    stale = [
        path
        for path in (*out.glob("*.yaml"), *(out / "grants").rglob("*.cedar"))
        if path.relative_to(out).as_posix() not in bundle.texts
    ]
    if stale:
        words = f"{stale[0]} is not part of that version."
        raise CitizengraphError("BAD_ARGUMENT", words, "Remove it, or name another directory.")
    for path, text in bundle.texts.items():
        write_file(out / path, text, mode=0o644)
    if as_json:
        print_json({"directory": str(out), "files": sorted(bundle.texts)})
        return
    console.print(f"{len(bundle.texts)} files in {out}", highlight=False)


def diff(
    before: What = ACTIVE,
    after: Annotated[str, typer.Argument(help="Another version, or --dir.")] = "",
    directory: DirectoryOption = None,
    as_json: JsonOption = False,
) -> None:
    """How the texts of two versions differ, line by line; `simulate` has what that means."""
    settings = load_settings()
    old, new = source(settings, before), source(settings, after, directory)
    lines = list(differing(old.bundle, new.bundle))
    if as_json:
        print_json({"before": old.title, "after": new.title, "diff": lines})
        return
    print_code("\n".join(lines) or "The texts are the same.", "diff")


def who(
    coordinate: Annotated[str, typer.Argument(help="Type.field; a type alone for its rows.")],
    what: Annotated[str, typer.Option("--of", help="A version's number, or built-in.")] = ACTIVE,
    directory: DirectoryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Who can see a field, for which purpose, under which condition, by which policy."""
    policies = source(load_settings(), what, directory).load()
    type_name, field = known_coordinate(model(), coordinate)
    seers = list(who_can(policies, type_name, field))
    rows = [
        [s.consumer, s.purpose, s.basis, mode, words(value), ", ".join(s.policies)]
        for s in seers
        for mode, value in s.when.items()
    ]
    columns = ["consumer", "purpose", "basis", "mode", "when", "policies"]
    if as_json:
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
        return
    print_list(f"Who can see {coordinate}", columns, rows, [[row[0], *row[1:]] for row in rows])


def said(value: Condition | bool) -> str:
    """A condition in words; of a right to call, whether it is there."""
    return str(value) if isinstance(value, bool) else words(value)
