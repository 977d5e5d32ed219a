"""`citizengraph policy draft | edit | approve | activate | rollback`: steps of a version's life."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from cli.output import JsonOption, console, counted, print_json
from cli.policy_activation import Activated, bring_into_force
from cli.policy_simulation import checked
from cli.policy_sources import AsOption, DirectoryOption, acting, open_store, source
from graph.catalogue import model
from policies.bundle import Bundle
from policies.history import Record
from policies.life import Doing, Statement
from policies.problems import PolicyInvalid
from policies.store.steps import known, take
from policies.store.valkey import PolicyStore
from policies.table import load_bundle
from policies.versions import Actor, short
from runtime.errors import CitizengraphError
from runtime.settings import Settings, load_settings

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
    bundle, by = _texts(settings, directory, base), acting(settings, named)
    with open_store(settings) as store:
        history = take(store, by, lambda doing: doing.draft(bundle, said), bundle)
        _checked(store, history.records[-1], bundle, by, as_json)


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
    bundle, by = _texts(settings, directory, base or str(number)), acting(settings, named)
    with open_store(settings) as store:
        history = take(store, by, lambda doing: doing.edit(number, bundle, said), bundle)
        _checked(store, known(history, number), bundle, by, as_json)


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
    settings = load_settings()
    by = acting(settings, named)
    with open_store(settings) as store:
        bundle = store.bundle(known(store.snapshot().history, number).version.bundle)
        history = take(store, by, lambda doing: doing.approve(number, bundle, hashed, why), None)
    _show(known(history, number), as_json)


def activate(
    number: Number,
    why: Annotated[str, typer.Option(help="For the record.")] = "",
    named: AsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put an approved version into force: every process and the gateway follow within a second."""
    settings = load_settings()
    by = acting(settings, named)
    with open_store(settings) as store:
        record = known(store.snapshot().history, number)
        bundle = store.bundle(record.version.bundle)
        act = partial(Doing.activate, number=number, bundle=bundle, why=why)
        done = bring_into_force(settings, store, by, act, record, bundle)
    _show_activated(done, as_json)


def rollback(
    number: Annotated[int, typer.Argument(help="The earlier version to bring back.")],
    reason: Reason,
    named: AsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Bring back the texts of a version that was in force, as a new version."""
    settings = load_settings()
    by = acting(settings, named)
    with open_store(settings) as store:
        record = known(store.snapshot().history, number)
        bundle = store.bundle(record.version.bundle)
        done = bring_into_force(
            settings,
            store,
            by,
            lambda doing: doing.roll_back(number, bundle, reason),
            record,
            bundle,
        )
    _show_activated(done, as_json)


def _said(
    reason: str,
    document: str,
    valid_from: datetime | None,
    valid_to: datetime | None,
    review: datetime | None,
) -> Statement:
    days = [day.date() if day else None for day in (valid_from, valid_to, review)]
    return Statement(reason.strip(), document.strip(), *days)


def _texts(settings: Settings, directory: Path | None, base: str) -> Bundle:
    """The texts that are drafted: of the directory, or of another version."""
    if directory is None and not base:
        words = "A draft needs texts."
        hint = "Name a directory with --dir, or a version with --from."
        raise CitizengraphError("BAD_ARGUMENT", words, hint)
    return source(settings, base, directory).bundle


def _checked(store: PolicyStore, record: Record, bundle: Bundle, by: Actor, as_json: bool) -> None:
    """Validate what was stored; it stays a draft with errors, and they are shown."""
    try:
        found = checked(load_bundle(bundle, model(), last=record.version.valid_to))
    except PolicyInvalid as error:
        _show(record, as_json)
        raise CitizengraphError("POLICY_INVALID", error.message, error.hint) from error
    errors = sum(finding.level == "error" for finding in found)
    if not errors:
        number = record.number
        history = take(store, by, lambda doing: doing.validate(number, bundle, errors), None)
        record = known(history, number)
    _show(record, as_json)
    if not as_json:
        shown = counted(errors, "error") + ", " + counted(len(found) - errors, "warning")
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
