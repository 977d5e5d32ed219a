"""What each consumer is likely to ask first, fetch by fetch: `subgraphs/first_asked.json`.

Subgraphs have the graph plan these behind their start (`subgraphs/warm.py`). `make golden` writes
the file, out of the queries that are offered and the gateway's plans of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
from graphql import build_schema, parse, validate

from cli.examples import CASES, CERTIFICATES, CUSTODY, EVIDENCE, FAMILY, OWN, PROOF, SCHOOL
from gateway.compose import Composition, NodeServer
from gateway.plan import plan

QUERIES = (PROOF, EVIDENCE, FAMILY, SCHOOL, CASES, OWN, CUSTODY, CERTIFICATES)


def first_asked(composed: Composition, node: NodeServer) -> str:
    """Every fetch, as lines of JSON."""
    fetches = [orjson.dumps(fetch).decode() for fetch in _fetches(composed, node)]
    return "[\n" + ",\n".join(dict.fromkeys(fetches)) + "\n]\n"


def _fetches(composed: Composition, node: NodeServer) -> Iterator[dict[str, Any]]:
    for consumer, part in sorted(composed.consumers.items()):
        schema = build_schema(part.public_sdl)
        for query in QUERIES:
            if validate(schema, parse(query)):
                continue  # the consumer may not ask this
            for fetch in plan(node, part.supergraph, query):
                yield {
                    "consumer": consumer,
                    "subgraph": fetch.subgraph,
                    "operation": fetch.operation,
                    "entities": fetch.entities,
                }
