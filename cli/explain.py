"""`citizengraph explain`: selection, decision and Cypher of an operation, fetch by fetch."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer

from cli.compose import compose_all
from cli.examples import EVIDENCE, pair
from cli.output import JsonOption, console, print_code, print_json, print_table
from cli.policy_sources import in_force
from gateway.compose import node_server
from gateway.plan import Fetch, plan
from policies.table import PolicySet
from resolvers.context import Caller
from resolvers.explanation import Explanation
from runtime.errors import CitizengraphError
from runtime.settings import Settings, load_settings
from subgraphs.explain import explain_operation

_ANY_ID = "0" * 32


def explain(
    operation: Annotated[
        str, typer.Argument(help="GraphQL text, a file with it, or - for stdin.")
    ] = "",
    consumer: Annotated[str, typer.Option(help="Who asks.")] = "caseworker",
    purpose: Annotated[str | None, typer.Option(help="For what; the only one by default.")] = None,
    basis: Annotated[str | None, typer.Option(help="On which legal basis.")] = None,
    variables: Annotated[str, typer.Option(help="Variables as JSON.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Show how an operation would be answered, without asking the graph. 解释查询。"""
    settings = load_settings()
    policies = in_force(settings, needed=False)
    caller = _caller(policies, consumer, purpose, basis)
    given = _variables(variables) if operation else pair("mother", "daughter")
    fetches = _plan(settings, policies, consumer, _text(operation) if operation else EVIDENCE)
    explained = [asyncio.run(_explain(policies, caller, fetch, given)) for fetch in fetches]
    if as_json:
        print_json([explanation.as_json() for explanation in explained])
        return
    for number, explanation in enumerate(explained, 1):
        _print(number, explanation)


def _text(operation: str) -> str:
    if operation == "-":
        return sys.stdin.read()
    if "{" not in operation and Path(operation).is_file():
        return Path(operation).read_text(encoding="utf-8")
    return operation


def _variables(text: str) -> dict[str, Any]:
    try:
        return dict(json.loads(text or "{}"))
    except ValueError as error:
        raise CitizengraphError(
            "BAD_ARGUMENT", f"--variables is not a JSON object: {error}"
        ) from error


def _caller(policies: PolicySet, consumer: str, purpose: str | None, basis: str | None) -> Caller:
    contract = policies.contract(consumer)
    if not contract:
        known = ", ".join(policies.consumers)
        raise CitizengraphError("BAD_ARGUMENT", f"--consumer {consumer} is none of {known}.")
    chosen = purpose or next(iter(contract))
    chosen_basis = basis or next(iter(contract.get(chosen, ("",))), "")
    policies.decision(consumer, chosen, chosen_basis)
    names = policies.contracts.principal_attributes()
    principal = {name: f"<{name}>" for name in names}
    return Caller(
        consumer, "explain", chosen, chosen_basis, None, principal, policies.version, "", None, ""
    )


def _plan(settings: Settings, policies: PolicySet, consumer: str, text: str) -> list[Fetch]:
    with TemporaryDirectory() as directory:
        composed = compose_all(settings, policies, Path(directory))
    return plan(node_server(settings.cache), composed.consumers[consumer].supergraph, text)


async def _explain(
    policies: PolicySet, caller: Caller, fetch: Fetch, variables: Mapping[str, Any]
) -> Explanation:
    given = dict(variables)
    for name in re.findall(r"\$(\w+)\s*:\s*\[_Any", fetch.operation):
        given[name] = [{"__typename": entity, "id": _ANY_ID} for entity in fetch.entities]
    return await explain_operation(policies, caller, fetch.subgraph, fetch.operation, given)


def _print(number: int, explanation: Explanation) -> None:
    console.rule(f"Fetch {number}: subgraph {explanation.subgraph}")
    print_code(explanation.operation, "graphql")
    print_table("Selection", ["where", "what"], explanation.selection)
    print_table("Decision", ["field", "shown when", "policies"], explanation.decision)
    print_code(explanation.cypher, "cypher")
    print_table("Parameters", ["name", "value"], explanation.parameters)
