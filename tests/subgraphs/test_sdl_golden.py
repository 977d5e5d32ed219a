"""Committed schemas are fresh: each subgraph in full, and what each consumer sees."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.first_asked import first_asked
from gateway.compose import compose_texts, node_server
from graph.catalogue import SUBGRAPHS, model
from policies.table import load
from runtime.settings import StartSettings
from subgraphs.composing import contracts, subgraph_sdls
from subgraphs.joined.declared import department_sdl
from subgraphs.schemas import full_schema
from tests.golden import check_golden

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", SUBGRAPHS)
def test_subgraph(name: str) -> None:
    sdl = full_schema(model(), name).as_str() + "\n"
    check_golden(ROOT / "subgraphs" / "sdl" / f"{name}.graphql", sdl)


def test_schema_of_the_example_of_a_register() -> None:
    directory = ROOT / "subgraphs" / "joined" / "education"
    check_golden(directory / "schema.graphql", department_sdl(model(), "education"))


def test_supergraphs() -> None:
    settings = StartSettings()
    policies = load(None, model())
    composed = compose_texts(
        subgraph_sdls(settings), contracts(policies, model()), node_server(settings.cache)
    )
    check_golden(ROOT / "gateway" / "supergraphs" / "supergraph.graphql", composed.supergraph)
    for consumer, part in composed.consumers.items():
        check_golden(ROOT / "gateway" / "supergraphs" / f"{consumer}.graphql", part.public_sdl)
    asked = first_asked(composed, node_server(settings.cache))
    check_golden(ROOT / "subgraphs" / "first_asked.json", asked)
