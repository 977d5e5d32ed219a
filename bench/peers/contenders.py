"""Who is compared: how each is asked, which processes answer, how many statements they sent."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.request import urlopen

from bench.peers.callers import Caseworker, Signer
from bench.peers.operations import Operation

Variables = Mapping[str, Any]
Headers = Mapping[str, str]
ANSWER_SECONDS_MAX = 60


@dataclass
class Contender:
    """One of them; `processes` are ids, of which the children count too."""

    name: str
    port: int
    processes: Sequence[int]
    document: str

    def text(self, operation: Operation) -> str | None:
        """How it is asked; None where it cannot answer."""
        return operation.text(self.document)

    def path(self, operation: Operation) -> str:
        """Where it is asked."""
        return "/graphql"

    def headers(self, operation: Operation, count: int) -> list[Headers]:
        """For so many requests in turn, beside the content type."""
        return [{}]

    def body(self, operation: Operation, variables: Variables) -> bytes:
        """A GraphQL request with the variables that the document names."""
        text = self.text(operation)
        assert text is not None
        named = set(re.findall(r"\$(\w+)", text))
        wanted = {name: value for name, value in variables.items() if name in named}
        return json.dumps({"query": text, "variables": wanted}).encode()

    def statements(self) -> int:
        """Cypher statements sent so far."""
        return int(_get(f"http://127.0.0.1:{self.port}/statements"))


class Floor(Contender):
    """Takes variables alone."""

    def path(self, operation: Operation) -> str:
        """One for each operation."""
        return f"/{operation.name}"

    def body(self, operation: Operation, variables: Variables) -> bytes:
        """The variables."""
        return json.dumps(dict(variables)).encode()


@dataclass
class OneSubgraph(Contender):
    """citizengraph's subgraphs, asked directly with context tokens signed as the gateway signs."""

    caller: Caseworker
    signer: Signer

    def text(self, operation: Operation) -> str | None:
        """None where several subgraphs are needed."""
        return operation.text(self.document) if operation.subgraph else None

    def path(self, operation: Operation) -> str:
        """The subgraph's own."""
        return f"/{operation.subgraph}/graphql"

    def headers(self, operation: Operation, count: int) -> list[Headers]:
        """A token each, as each operation has its own."""
        assert operation.subgraph is not None
        policy = self.health()["policy"]
        claims = (self.caller.claims(policy) for _ in range(count))
        return [self.signer.header(said, operation.subgraph) for said in claims]

    def health(self) -> Mapping[str, Any]:
        """What the process says of itself."""
        return json.loads(_get(f"http://127.0.0.1:{self.port}/health"))

    def statements(self) -> int:
        """All subgraphs together."""
        return int(self.health()["statements"])


@dataclass
class Federated(Contender):
    """citizengraph through its gateway, with the client's access token."""

    access: Headers
    subgraphs: OneSubgraph

    def headers(self, operation: Operation, count: int) -> list[Headers]:
        """The token is good for an hour, so one will do."""
        return [self.access]

    def statements(self) -> int:
        """Those of the subgraphs."""
        return self.subgraphs.statements()


def _get(url: str) -> bytes:
    with urlopen(url, timeout=ANSWER_SECONDS_MAX) as answer:
        return answer.read()
