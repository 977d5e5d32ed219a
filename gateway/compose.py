"""Compose the subgraphs: one supergraph in full, and one per consumer with what it may see.

The composition itself is the library of gateway/server, run by Node (compose.mjs).
"""

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from runtime.errors import CitizengraphError
from runtime.files import write_file
from runtime.node import NODE, ensure_gateway, gateway_source

COMPOSE_SECONDS_MAX = 60
HINT = "Correct the schema of the subgraph or the policy that names the field."


@dataclass(frozen=True)
class SubgraphSdl:
    """One subgraph: its public name, its address and its Federation 2.9 schema text."""

    name: str
    url: str
    sdl: str


@dataclass(frozen=True)
class ConsumerContract:
    """What one consumer may see, as schema coordinates, and its purposes with legal bases."""

    visible: frozenset[str]
    purposes: Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class NodeServer:
    """Where Node is, and a directory with gateway/server and its installed packages."""

    executable: Path
    directory: Path

    def command(self, script: str, *arguments: str) -> list[str]:
        """The command line that runs one of the server's scripts."""
        return [str(self.executable), str(self.directory / script), *arguments]

    def answer(self, script: str, request: str, seconds_max: float) -> str:
        """What the script says to a request on its standard input.

        Raises OSError, or SubprocessError where it fails or takes longer.
        """
        done = subprocess.run(
            self.command(script),
            input=request,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=seconds_max,
            check=True,
        )
        return done.stdout


def node_server(cache: Path) -> NodeServer:
    """The Node of the wheel with the packages installed in the cache (once per lock file)."""
    return NodeServer(NODE, ensure_gateway(cache, gateway_source(), lambda _: None))


@dataclass(frozen=True)
class ConsumerSupergraph:
    """A consumer's supergraph for the gateway, and the schema that the consumer sees."""

    supergraph: str
    public_sdl: str


@dataclass(frozen=True)
class Composition:
    """The full supergraph, and per consumer its own."""

    supergraph: str
    consumers: Mapping[str, ConsumerSupergraph]


def compose(
    subgraphs: Sequence[SubgraphSdl],
    consumers: Mapping[str, ConsumerContract],
    policy: str,
    out: Path,
    node: NodeServer,
) -> Composition:
    """Compose and write."""
    composition = compose_texts(subgraphs, consumers, node)
    write_composition(composition, subgraphs, consumers, policy, out)
    return composition


def write_composition(
    composition: Composition,
    subgraphs: Sequence[SubgraphSdl],
    consumers: Mapping[str, ConsumerContract],
    policy: str,
    out: Path,
) -> None:
    """Write `out`: supergraph.graphql, <consumer>.graphql, then consumers.json.

    The gateway takes a consumer's file only if consumers.json carries its digest, so that it
    never serves half of an old composition and half of a new one.
    """
    write_file(out / "supergraph.graphql", composition.supergraph)
    for consumer, composed in composition.consumers.items():
        write_file(out / f"{consumer}.graphql", composed.supergraph)
    index = consumers_index(subgraphs, consumers, policy, composition)
    write_file(out / "consumers.json", json.dumps(index, ensure_ascii=False, indent=2) + "\n")


def compose_texts(
    subgraphs: Sequence[SubgraphSdl],
    consumers: Mapping[str, ConsumerContract],
    node: NodeServer,
) -> Composition:
    """Compose without writing; COMPOSITION_FAILED says each thing that does not fit."""
    request = {
        "subgraphs": [{"name": s.name, "url": s.url, "sdl": s.sdl} for s in subgraphs],
        "consumers": {id: {"visible": sorted(c.visible)} for id, c in consumers.items()},
    }
    answer = _run(node, json.dumps(request))
    if answer["errors"]:
        raise _failure(_words(answer["errors"]))
    composed = {
        id: ConsumerSupergraph(c["supergraph"] + "\n", c["publicSdl"] + "\n")
        for id, c in answer["consumers"].items()
    }
    return Composition(answer["supergraph"] + "\n", composed)


def consumers_index(
    subgraphs: Sequence[SubgraphSdl],
    consumers: Mapping[str, ConsumerContract],
    policy: str,
    composition: Composition,
) -> dict[str, Any]:
    """The content of consumers.json."""
    entries = {
        consumer: {
            "supergraph": f"{consumer}.graphql",
            "sha256": sha256(composition.consumers[consumer].supergraph.encode()).hexdigest(),
            "purposes": {purpose: list(bases) for purpose, bases in contract.purposes.items()},
        }
        for consumer, contract in consumers.items()
    }
    addresses = {subgraph.name: subgraph.url for subgraph in subgraphs}
    return {"policy": policy, "subgraphs": addresses, "consumers": entries}


def _run(node: NodeServer, request: str) -> dict[str, Any]:
    try:
        return json.loads(node.answer("compose.mjs", request, COMPOSE_SECONDS_MAX))
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise _failure(f"The composition did not run: {_last_line(error)}.") from error


def _last_line(error: Exception) -> str:
    output = error.stderr if isinstance(error, subprocess.CalledProcessError) else None
    lines = [line for line in str(output or error).splitlines() if "Error" in line]
    return lines[0].strip() if lines else type(error).__name__


def _words(errors: Sequence[dict[str, Any]]) -> str:
    lines = dict.fromkeys(
        f"For consumer {e['consumer']}: {e['message']}" if e["consumer"] else str(e["message"])
        for e in errors
    )
    return "\n".join(lines)


def _failure(words: str) -> CitizengraphError:
    return CitizengraphError("COMPOSITION_FAILED", words, HINT)
