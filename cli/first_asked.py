"""What each consumer is likely to ask first, fetch by fetch: `subgraphs/first_asked.json`.

Subgraphs have the graph plan these behind their start (`subgraphs/warm.py`). `make golden` writes
the file, out of the queries that are offered, those of the console's first pages, and the gateway's
plans of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson
from graphql import build_schema, parse, print_ast, separate_operations, validate

from cli.examples import CASES, CERTIFICATES, CUSTODY, EVIDENCE, FAMILY, OWN, PROOF, SCHOOL
from gateway.compose import Composition, NodeServer
from gateway.plan import plan

QUERIES = (PROOF, EVIDENCE, FAMILY, SCHOOL, CASES, OWN, CUSTODY, CERTIFICATES)
ROOMS = Path(__file__).parents[1] / "console" / "web" / "src"
PAGES: Mapping[str, tuple[str, ...]] = {
    "caseworker/persons.graphql": (
        *("PersonPage", "PersonFamily", "PersonLinks", "DrawPerson"),
        *("HowRelated", "WhoAre", "FindByNumber"),
    ),
    "citizen/mine.graphql": ("WhomIActFor", "MyFacts", "MyFamily", "MyCompanies"),
    "citizen/licences.graphql": ("MyLicences",),
}
"""What pages of the console ask when they are opened, by file."""


def page_queries() -> list[str]:
    """The operations of PAGES, each with the fragments that it uses."""
    found: list[str] = []
    for name, wanted in PAGES.items():
        document = parse((ROOMS / name).read_text(encoding="utf-8"))
        alone = separate_operations(document)
        found += [print_ast(alone[operation]) for operation in wanted]
    return found


def first_asked(composed: Composition, node: NodeServer) -> str:
    """Every fetch, as lines of JSON."""
    fetches = [orjson.dumps(fetch).decode() for fetch in _fetches(composed, node)]
    return "[\n" + ",\n".join(dict.fromkeys(fetches)) + "\n]\n"


def _fetches(composed: Composition, node: NodeServer) -> Iterator[dict[str, Any]]:
    for consumer, part in sorted(composed.consumers.items()):
        schema = build_schema(part.public_sdl)
        for query in (*QUERIES, *page_queries()):
            if validate(schema, parse(query)):
                continue  # the consumer may not ask this
            for fetch in plan(node, part.supergraph, query):
                yield {
                    "consumer": consumer,
                    "subgraph": fetch.subgraph,
                    "operation": fetch.operation,
                    "entities": fetch.entities,
                }
