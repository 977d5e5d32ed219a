"""`citizengraph compose`: the subgraphs and the policies as one supergraph per consumer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.examples import examples, login_choices
from cli.output import JsonOption, print_json, print_table
from cli.policy_sources import in_force
from gateway.clients import accounts_file, clients_file, ensure_clients, is_development
from gateway.compose import Composition, node_server
from gateway.compose import compose as compose_files
from gateway.configuration import DevelopmentLogin, extend_configuration, write_accounts
from graph.catalogue import model
from policies.table import PolicySet
from runtime.settings import Settings, load_settings
from subgraphs.composing import contracts, subgraph_sdls


def compose(
    out: Annotated[
        Path | None, typer.Option(help="Directory to write to; the running gateway's by default.")
    ] = None,
    wait: Annotated[
        float, typer.Option(help="Seconds to wait for the store of policy versions.", min=0)
    ] = 0,
    as_json: JsonOption = False,
) -> None:
    """Compose the subgraphs into one schema per consumer; a running gateway takes it up at once."""
    settings = load_settings()
    policies = in_force(settings, wait, needed=out is None)
    target = out or settings.home / "gateway"
    composed = compose_all(settings, policies, target)
    if out is None:
        _configure(settings)
    lines = {name: len(c.public_sdl.splitlines()) for name, c in composed.consumers.items()}
    if as_json:
        print_json({"policy": policies.version, "directory": str(target), "consumers": lines})
        return
    rows = [[name, str(count)] for name, count in lines.items()]
    print_table(f"Composed under policy {policies.version}", ["consumer", "lines of schema"], rows)


def compose_all(settings: Settings, policies: PolicySet, out: Path) -> Composition:
    """Write the supergraph and one contract per consumer."""
    return compose_files(
        subgraph_sdls(settings),
        contracts(policies, model()),
        policies.version,
        out,
        node_server(settings.cache),
    )


def _configure(settings: Settings) -> None:
    """Example queries for GraphiQL, and on a development stack as whom one can log in."""
    configuration = settings.home / "gateway" / "gateway.json"
    if not configuration.exists():
        return
    login = development_login(settings)
    extend_configuration(configuration, examples(settings), login)
    if login:
        write_accounts(accounts_file(settings.home), login.choices)


def development_login(settings: Settings) -> DevelopmentLogin | None:
    """The one-click login, only where the gateway trusts this stack's development issuer."""
    if not is_development(settings):
        return None
    issuer = f"http://127.0.0.1:{settings.issuer_port}"
    ensure_clients(settings.home)
    return DevelopmentLogin(f"{issuer}/token", clients_file(settings.home), login_choices(settings))
