"""What composition needs of the subgraphs: their schemas, and what each consumer may see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from gateway.compose import (
    ConsumerContract,
    SubgraphSdl,
    compose_texts,
    node_server,
    write_composition,
)
from graph.catalogue import SUBGRAPHS, Catalogue, model
from policies.table import PolicySet
from runtime.settings import Settings
from subgraphs.coordinates import coordinates
from subgraphs.schemas import full_schema, schema
from subgraphs.visible import Visible, visible_to


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
    schemas = (schema(catalogue, name, visible) for name in SUBGRAPHS)
    return frozenset(c for found in schemas for c in coordinates(found, catalogue, visible))
