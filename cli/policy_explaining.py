"""`citizengraph policy explain`: why a field is shown or denied, rule by rule."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from audit.reader import read
from audit.record import Disclosure
from cli.output import JsonOption, console, print_json, print_list
from cli.policy_sources import ACTIVE, DirectoryOption, open_store, source
from graph.catalogue import model
from graph.conditions import NEVER
from policies.explain import CellExplanation, explain_cell
from policies.problems import suggestion
from policies.store.answered import answered_by
from policies.table import PolicySet, load_bundle
from policies.who import known_coordinate
from resolvers.denied import denied
from resolvers.explanation import words
from runtime.errors import CitizengraphError
from runtime.settings import Settings, load_settings


def explain(
    coordinate: Annotated[str, typer.Argument(help="Type.field; a type alone for its rows.")] = "",
    consumer: Annotated[str, typer.Option(help="Who asks.")] = "",
    purpose: Annotated[str, typer.Option(help="For what; the first by default.")] = "",
    basis: Annotated[str, typer.Option(help="On which legal basis.")] = "",
    operation: Annotated[
        str, typer.Option(help="What an operation was denied, by its id in the audit.")
    ] = "",
    what: Annotated[str, typer.Option("--of", help="A version's number, or built-in.")] = "",
    directory: DirectoryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Why a field is shown or denied: every policy that speaks of it, and the grant that lacks."""
    settings = load_settings()
    if operation:
        explained = list(_of_operation(settings, operation, what, directory))
    else:
        policies = source(settings, what or ACTIVE, directory).load()
        key = _key(policies, consumer, purpose, basis)
        explained = [(key, explain_cell(policies, key, *known_coordinate(model(), coordinate)))]
    if as_json:
        print_json([_explained_as_json(key, cell) for key, cell in explained])
        return
    for key, cell in explained:
        _print_explained(key, cell)


def _key(policies: PolicySet, consumer: str, purpose: str, basis: str) -> tuple[str, str, str]:
    contract = policies.contract(consumer)
    if not contract:
        hint = suggestion(consumer, policies.consumers)
        raise CitizengraphError("BAD_ARGUMENT", f"--consumer {consumer!r} is nobody.", hint)
    chosen = purpose or next(iter(contract))
    return consumer, chosen, basis or next(iter(contract.get(chosen, ("",))), "")


def _of_operation(
    settings: Settings, operation: str, what: str, directory: Path | None
) -> Iterator[tuple[tuple[str, str, str], CellExplanation]]:
    """Every field that the operation was denied, under the policy that it was answered by."""
    records = read(settings.redis_url, operation=operation)
    if not records:
        hint = "The id is in the response, Citizengraph-Operation."
        raise CitizengraphError("BAD_ARGUMENT", f"The audit has no operation {operation}.", hint)
    known = {(t, f) for t, f, _ in model().coordinates()}
    for key, cell, record in denied(records, known):
        policies = _answered_by(settings, record, what, directory)
        yield key, explain_cell(policies, key, *cell)


def _answered_by(
    settings: Settings, record: Disclosure, what: str, directory: Path | None
) -> PolicySet:
    """The policies as they were on the day of the operation, unless others are named."""
    day = record.at.astimezone().date()
    if what or directory:
        named = source(settings, what or ACTIVE, directory)
        return load_bundle(named.bundle, model(), day)
    with open_store(settings) as store:
        return answered_by(store, model(), record.policy, day)


def _explained_as_json(key: tuple[str, str, str], cell: CellExplanation) -> dict[str, Any]:
    names = ("consumer", "purpose", "basis")
    return {
        **dict(zip(names, key, strict=True)),
        "coordinate": _name(cell),
        "outcome": cell.outcome,
        "shownWhen": words(cell.effect.condition),
        "maskedWhen": {mask: words(found.condition) for mask, found in cell.masked.items()},
        "withConsentWhen": words(cell.consent.condition),
        "missing": cell.missing,
        "policies": [
            {
                "policy": reason.policy,
                "effect": reason.effect,
                "actions": list(reason.actions),
                "holds": words(reason.condition),
                "ended": str(reason.ended) if reason.ended else None,
                "place": reason.place,
                "document": reason.document,
            }
            for reason in cell.reasons
        ],
    }


def _name(cell: CellExplanation) -> str:
    return f"{cell.type_name}.{cell.field}" if cell.field else cell.type_name


def _print_explained(key: tuple[str, str, str], cell: CellExplanation) -> None:
    console.print(f"{_name(cell)} for {' / '.join(key)}: {cell.outcome}", style="bold")
    console.print(f"Shown when: {words(cell.effect.condition)}", highlight=False, markup=False)
    for mask, found in cell.masked.items():
        words_of = words(found.condition)
        console.print(f"Masked by {mask} when: {words_of}", highlight=False, markup=False)
    if cell.consent.condition != NEVER:
        words_of = words(cell.consent.condition)
        console.print(f"With consent when: {words_of}", highlight=False, markup=False)
    columns = ["policy", "says", "of", "holds", "ended", "where"]
    rows = [
        [r.policy, r.effect, ", ".join(r.actions), words(r.condition), str(r.ended or ""), r.place]
        for r in cell.reasons
    ]
    print_list("Policies that name it", columns, rows, [[row[0], *row[1:]] for row in rows])
    if cell.missing:
        console.print(f"Missing: {cell.missing}", highlight=False, markup=False)
