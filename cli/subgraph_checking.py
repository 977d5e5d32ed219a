"""`citizengraph subgraph check`: does a department's schema fit, compose, and break nobody?"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from audit.operations import AskedOperation, recorded_operations
from audit.problems import AuditUnavailable
from cli.output import JsonOption, console, counted, print_json, print_list
from cli.policy_sources import in_force
from gateway.compose import SubgraphSdl, compose_texts, node_server
from graph.catalogue import model
from runtime.errors import CitizengraphError
from runtime.joined import check_address
from runtime.settings import Settings, load_settings
from subgraphs.composing import contracts, subgraph_sdls
from subgraphs.joined.asking import Department, Unfit, Unreachable
from subgraphs.joined.fitting import Finding, fitted, named
from subgraphs.joined.used import undeclared, uses, weighed

SCHEMA = "schema.graphql"
SERVICE = "query { _service { sdl } }"
OPERATIONS = 10_000
REST = SubgraphSdl(
    "rest",
    "http://rest.invalid",
    'extend schema @link(url: "https://specs.apollo.dev/federation/v2.0")'
    " type Query { rest: Boolean }",
)
"""So that a subgraph that is only asked for entities composes by itself."""

Source = Annotated[
    str, typer.Argument(help="The project's directory, its SDL file, or its address.")
]
Name = Annotated[str, typer.Option("--name", help="The subgraph; found by its types if not given.")]


def check(
    source: Source,
    name: Name = "",
    operations: Annotated[
        int, typer.Option(min=1, help="How many of the newest recorded operations are read.")
    ] = OPERATIONS,
    as_json: JsonOption = False,
) -> None:
    """Compare a department's schema with what is declared, composed and asked for. 检查。"""
    settings = load_settings()
    sdl = sdl_of(settings, source, name)
    name = name_of(sdl, name)
    recorded = recorded_in(settings, operations)
    findings = findings_of(settings, name, sdl, recorded or {})
    read = None if recorded is None else sum(recorded.values())
    if as_json:
        print_json(
            {"subgraph": name, "operations": read, "findings": [asdict(f) for f in findings]}
        )
    else:
        _print(name, read, findings)
    if any(finding.kind != "safe" for finding in findings):
        raise typer.Exit(1)


def sdl_of(settings: Settings, source: str, name: str) -> str:
    """The SDL of a directory, a file or a service. Raises SOURCE_INVALID, REGISTER_UNAVAILABLE."""
    if source.startswith(("http://", "https://")):
        return asyncio.run(_asked(settings, source, name))
    path = Path(source)
    path = path / SCHEMA if path.is_dir() else path
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        words = f"{path} cannot be read as SDL."
        hint = f"Name a directory with {SCHEMA}, a file, or an address."
        raise CitizengraphError("SOURCE_INVALID", words, hint) from error


async def _asked(settings: Settings, url: str, name: str) -> str:
    """What the service says of itself, asked as the guard asks."""
    check_address(url)
    known = model().joined
    if not name and len(known) != 1:
        words = "A service answers the guard of one subgraph only."
        raise CitizengraphError("BAD_ARGUMENT", words, f"Say --name: one of {', '.join(known)}.")
    department = Department(settings.home, name or known[0], url)
    try:
        response: Any = await department.ask(SERVICE, {})
        return str(response["data"]["_service"]["sdl"])
    except Unreachable as error:
        hint = "Start it, with the guard's public keys: keys/guard.jwks.json in the home."
        raise CitizengraphError("REGISTER_UNAVAILABLE", f"{url} {error}.", hint) from error
    except (Unfit, KeyError, TypeError) as error:
        words = f"{url} does not answer {SERVICE} with its SDL."
        raise CitizengraphError(
            "REGISTER_INVALID", words, "Serve a Federation 2 subgraph."
        ) from error
    finally:
        await department.close()


def name_of(sdl: str, name: str) -> str:
    """The subgraph that the SDL is of: the only one, or that of its types. Raises BAD_ARGUMENT."""
    known = model().joined
    found = [name] if name else named(sdl, model()) if len(known) > 1 else list(known)
    if len(found) != 1:
        words = "The SDL has types of no joined subgraph, or of several."
        raise CitizengraphError("BAD_ARGUMENT", words, f"Say --name: one of {', '.join(known)}.")
    return found[0]


def recorded_in(settings: Settings, operations: int) -> Mapping[AskedOperation, int] | None:
    """The newest operations of the audit; None where no audit answers."""
    try:
        return recorded_operations(settings.redis_url, operations)
    except AuditUnavailable:
        return None


def findings_of(
    settings: Settings, name: str, sdl: str, recorded: Mapping[AskedOperation, int]
) -> list[Finding]:
    """Everything there is to say, what breaks first."""
    catalogue = model()
    found = fitted(catalogue, name, sdl)
    if all(finding.coordinate for finding in found):  # otherwise it does not even parse
        found += _composed(settings, name, sdl)
    used = uses(catalogue, name, recorded)
    return weighed([*found, *undeclared(catalogue, name, used)], used)


def _composed(settings: Settings, name: str, sdl: str) -> list[Finding]:
    """Whether it is a Federation 2 subgraph, and what is declared composes with the rest."""
    node = node_server(settings.cache)
    policies = in_force(settings, 0, needed=False)
    found: list[Finding] = []
    try:
        compose_texts([SubgraphSdl(name, "http://department.invalid", sdl), REST], {}, node)
    except CitizengraphError as error:
        advice = "Correct the SDL: it is to be a Federation 2 subgraph by itself."
        found.append(Finding("unfit", "", error.message, advice))
    try:
        compose_texts(subgraph_sdls(settings), contracts(policies, model()), node)
    except CitizengraphError as error:
        advice = "Correct the declaration in graph/model/ or the grant that is named."
        found.append(Finding("unfit", "", error.message, advice))
    return found


def _print(name: str, operations: int | None, findings: Sequence[Finding]) -> None:
    columns = ["", "what", "asked for by", "what to do"]
    rows = [[f.kind, f.words, "; ".join(use.words for use in f.used), f.advice] for f in findings]
    lines = [[f"{row[0]}: {row[1]}", *row[2:]] for row in rows]
    print_list(f"The schema of {name}", columns, rows, lines)
    read = (
        "no audit answers: only first queries were compared"
        if operations is None
        else f"compared with {counted(operations, 'recorded operation')}"
    )
    verdict = "fits" if all(f.kind == "safe" for f in findings) else "does not fit"
    console.print(f"It {verdict}; {read}.", highlight=False)
