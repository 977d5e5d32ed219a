"""`citizengraph compose`: the subgraphs and the policies as one supergraph per consumer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from cli.examples import examples, login_choices
from cli.output import JsonOption, print_json, print_table
from cli.policy_sources import in_force
from gateway.clients import KEYS_PATH, clients_file, ensure_clients
from gateway.compose import (
    Composition,
    ConsumerContract,
    SubgraphSdl,
    compose_texts,
    node_server,
    write_composition,
)
from gateway.compose import (
    compose as compose_files,
)
from gateway.configuration import DevelopmentLogin, extend_configuration
from graph.catalogue import SUBGRAPHS, Catalogue, model
from policies.table import PolicySet
from runtime.settings import Settings, load_settings
from subgraphs.build import SchemaBuilder
from subgraphs.coordinates import coordinates
from subgraphs.service import full_schema
from subgraphs.visible import Visible, visible_to


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


def composed(settings: Settings, policies: PolicySet, out: Path) -> Callable[[], None]:
    """Compose now; what is returned writes it to `out`. Raises COMPOSITION_FAILED."""
    subgraphs, consumers = subgraph_sdls(settings), contracts(policies, model())
    composition = compose_texts(subgraphs, consumers, node_server(settings.cache))
    return partial(write_composition, composition, subgraphs, consumers, policies.version, out)


def subgraph_sdls(settings: Settings) -> list[SubgraphSdl]:
    """Every subgraph in full, with its address."""
    base = f"http://127.0.0.1:{settings.subgraphs_port}"
    return [
        SubgraphSdl(name, f"{base}/{name}/graphql", full_schema(model(), name).as_str())
        for name in SUBGRAPHS
    ]


def contracts(policies: PolicySet, catalogue: Catalogue) -> Mapping[str, ConsumerContract]:
    """What each consumer can ever get, as schema coordinates over all subgraphs."""
    return {
        consumer: ConsumerContract(
            _coordinates(catalogue, visible_to(policies, consumer)),
            policies.contract(consumer),
        )
        for consumer in policies.consumers
    }


def _coordinates(catalogue: Catalogue, visible: Visible) -> frozenset[str]:
    schemas = (SchemaBuilder(catalogue, name, visible).build([]) for name in SUBGRAPHS)
    return frozenset(c for schema in schemas for c in coordinates(schema, catalogue, visible))


def _configure(settings: Settings) -> None:
    """Example queries for GraphiQL, and on a development stack the one-click login."""
    configuration = settings.home / "gateway" / "gateway.json"
    if not configuration.exists():
        return
    extend_configuration(configuration, examples(settings), development_login(settings))


def development_login(settings: Settings) -> DevelopmentLogin | None:
    """The one-click login, only where the gateway trusts this stack's development issuer."""
    issuer = f"http://127.0.0.1:{settings.issuer_port}"
    if settings.issuer_jwks_url != f"{issuer}{KEYS_PATH}":
        return None
    ensure_clients(settings.home)
    choices = login_choices(settings)
    return DevelopmentLogin(f"{issuer}/token", clients_file(settings.home), choices)
