"""The gateway's query plan of an operation: which subgraph is asked what, in which order."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gateway.compose import NodeServer
from runtime.errors import CitizengraphError

PLAN_SECONDS_MAX = 30


@dataclass(frozen=True)
class Fetch:
    """One call of a subgraph. `entities` are the types whose keys it is given."""

    subgraph: str
    operation: str
    entities: tuple[str, ...]


def plan(
    node: NodeServer, supergraph: str, query: str, operation_name: str | None = None
) -> list[Fetch]:
    """Every fetch of the plan, in order. Raises QUERY_INVALID where there is no plan."""
    request = json.dumps(
        {"supergraph": supergraph, "query": query, "operationName": operation_name}
    )
    try:
        planned = node.answer("plan.mjs", request, PLAN_SECONDS_MAX)
    except subprocess.CalledProcessError as error:
        lines: list[str] = str(error.stderr).splitlines()
        reason = next((line for line in lines if "Error" in line), "no plan")
        raise CitizengraphError(
            "QUERY_INVALID", f"The operation cannot be planned: {reason}"
        ) from error
    return list(_fetches(json.loads(planned).get("node") or {}))


def _fetches(node: dict[str, Any]) -> Iterator[Fetch]:
    if node.get("kind") in ("Fetch", "BatchFetch"):
        yield Fetch(node["serviceName"], node["operation"], tuple(_entity_types(node)))
    for child in node.get("nodes") or ():
        yield from _fetches(child)
    for name in ("node", "ifClause", "elseClause"):
        if isinstance(node.get(name), dict):
            yield from _fetches(node[name])


def _entity_types(node: dict[str, Any]) -> list[str]:
    batch: dict[str, Any] = node.get("entityBatch") or {}
    aliases: list[dict[str, Any]] = batch.get("aliases") or []
    required: list[dict[str, Any]] = [*(node.get("requires") or ())]
    for alias in aliases:
        required += alias["requires"]
    named = (part["typeCondition"] for part in required if "typeCondition" in part)
    return list(dict.fromkeys(named))
