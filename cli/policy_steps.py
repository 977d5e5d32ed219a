"""`citizengraph policy draft | edit | approve | activate | rollback`: steps of a version's life."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.output import JsonOption, console, counted, print_json
from cli.policy_sources import AsOption, DirectoryOption, acting, open_store, source
from graph.catalogue import model
from policies.bundle import Bundle
from policies.history import Record
from policies.life import Statement
from policies.store.administration import Administration
from policies.validation import Finding
from policies.versions import short
from runtime.errors import CitizengraphError
from runtime.settings import Settings, load_settings
from subgraphs import activation
from subgraphs.activation import Activated

Number = Annotated[int, typer.Argument(help="The version's number.")]
Reason = Annotated[str, typer.Option(help="Why, for those who read it later.")]
Document = Annotated[str, typer.Option(help="The document that the change rests on.")]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]
From = Annotated[str, typer.Option("--from", help="The texts: a version, active or built-in.")]


def draft(
    reason: Reason,
    document: Document,
    directory: DirectoryOption = None,
    base: From = "",
    valid_from: Day = None,
    valid_to: Day = None,
    review: Day = None,
    named: AsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Store texts as a new version, made from the one that is active, and check them."""
    settings = load_settings()
    said = _said(reason, document, valid_from, valid_to, review)
    bundle = _texts(settings, directory, base)
    with _administration(settings, named) as who:
        _show_checked(*who.draft(bundle, said), as_json)


def edit(
    number: Number,
    reason: Reason,
    document: Document,
    directory: DirectoryOption = None,
    base: From = "",
    valid_from: Day = None,
    valid_to: Day = None,
    review: Day = None,
    named: AsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Other texts or words for a version that is not in force yet; an approval is void then."""
    settings = load_settings()
    said = _said(reason, document, valid_from, valid_to, review)
    bundle = _texts(settings, directory, base or str(number))
    with _administration(settings, named) as who:
        _show_checked(*who.edit(number, bundle, said), as_json)


def approve(
    number: Number,
    hashed: Annotated[
        str, typer.Option("--hash", help="What you have read: `policy show` has it.")
    ],
    why: Annotated[str, typer.Option(help="What you say to it.")] = "",
    named: AsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Agree to exactly one hash, as another person than whoever wrote it."""
    with _administration(load_settings(), named) as who:
        _show(who.approve(number, hashed, why), as_json)


def activate(
    number: Number,
    why: Annotated[str, typer.Option(help="For the record.")] = "",
    named: AsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put an approved version into force: every process and the gateway follow within a second."""
    settings = load_settings()
    with _administration(settings, named) as who:
        _show_activated(activation.activate(settings, who, number, why), as_json)


def rollback(
    number: Annotated[int, typer.Argument(help="The earlier version to bring back.")],
    reason: Reason,
    named: AsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Bring back the texts of a version that was in force, as a new version."""
    settings = load_settings()
    with _administration(settings, named) as who:
        _show_activated(activation.roll_back(settings, who, number, reason), as_json)


@contextmanager
def _administration(settings: Settings, named: str | None) -> Generator[Administration]:
    with open_store(settings) as store:
        yield Administration(store, model(), acting(settings, named))


def _said(
    reason: str,
    document: str,
    valid_from: datetime | None,
    valid_to: datetime | None,
    review: datetime | None,
) -> Statement:
    first, last, again = (day.date() if day else None for day in (valid_from, valid_to, review))
    return Statement(reason.strip(), document.strip(), first, last, again)


def _texts(settings: Settings, directory: Path | None, base: str) -> Bundle:
    """The texts that are drafted: of the directory, or of another version."""
    if directory is None and not base:
        words = "A draft needs texts."
        hint = "Name a directory with --dir, or a version with --from."
        raise CitizengraphError("BAD_ARGUMENT", words, hint)
    return source(settings, base, directory).bundle


def _show_checked(record: Record, found: Sequence[Finding], as_json: bool) -> None:
    """What was stored and what was found; it stays a draft with errors."""
    errors = [finding for finding in found if finding.level == "error"]
    _show(record, as_json)
    invalid = [finding for finding in errors if finding.code == "INVALID"]
    if invalid:
        lines = "\n".join(f"  {f.where}: {f.words}" for f in invalid)
        words = f"The policies cannot be put into force:\n{lines}"
        hint = "Correct the named places; docs/policies.md says how a grant is written."
        raise CitizengraphError("POLICY_INVALID", words, hint)
    if not as_json:
        shown = counted(len(errors), "error") + ", " + counted(len(found) - len(errors), "warning")
        console.print(f"{shown}: citizengraph policy validate {record.number}", style="dim")


def _show(record: Record, as_json: bool) -> None:
    if as_json:
        print_json({"number": record.number, "state": record.state, "hash": record.version.hash})
        return
    console.print(
        f"Version {record.number} is {record.state}: {short(record.version.hash)}", highlight=False
    )


def _show_activated(done: Activated, as_json: bool) -> None:
    if as_json:
        print_json(done.as_json())
        return
    _show(done.record, as_json)
    there = done.processes - done.behind
    after = f", the last after {done.last_ms:g} ms" if done.last_ms is not None else ""
    console.print(f"{there} of {counted(done.processes, 'process', 'processes')} have it{after}.")
    if done.gateway_ms is not None:
        console.print(f"The gateway has it after {done.gateway_ms:g} ms.")
    if done.behind:
        console.print("Those that do not follow stop answering.", style="yellow")
