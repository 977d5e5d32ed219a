"""The subgraphs as real ASGI applications over the session's Neo4j and Valkey, and their callers.

    async with Harness(neo4j_server, valkey_server) as harness:
        await harness.load()
        answer = await harness.graphql("people", "{ registers { edges { node { code } } } }")

Callers are authenticated by context tokens signed with the harness's own ES256 key.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any
from uuid import uuid4

import httpx
from joserfc import jwt
from joserfc.jwk import ECKey

from graph.catalogue import SUBGRAPHS, model
from graph.facts import Fact
from graph.store import Store
from ingest.load import load
from policies.table import load as load_policies
from resolvers.context import GATEWAY, HEADER
from runtime.neo4j.server import Neo4jAddress
from runtime.settings import Settings, env_name
from subgraphs.app import application
from tests import family

TOKEN_SECONDS = 30
JSON_HEADERS = {"content-type": "application/json"}


@dataclass(frozen=True)
class CallerKind:
    """What a consumer's caller says of itself unless a test says otherwise."""

    subject: str
    purpose: str
    basis: str
    principal: Mapping[str, str]


CALLERS = {
    "caseworker": CallerKind(
        "caseworker:test",
        "household-services",
        "statutory-duty",
        {"district": family.HOME, "person": family.NUMBERS["officer"], "worker": "W-1"},
    ),
    "school-enrolment": CallerKind("school:test", "school-enrolment", "compulsory-education", {}),
    "citizen": CallerKind(
        "citizen:test", "own-data", "data-subject-right", {"person": family.NUMBERS["daughter"]}
    ),
    "operator": CallerKind("operator:test", "operations", "system-operation", {"person": "P-5005"}),
    "policy-admin": CallerKind(
        "admin:test",
        "policy-administration",
        "access-management",
        {"person": "P-1001", "organisation": "data-office"},
    ),
    "licence-authority": CallerKind(
        "authority:test",
        "licence-administration",
        "administrative-licensing",
        {"authority": family.AUTHORITY, "district": family.HOME, "worker": "W-9"},
    ),
}


class Harness:
    """The subgraphs, all in one application and each alone, started when first asked."""

    def __init__(self, neo4j: Neo4jAddress, valkey: str, policies_dir: Path | None = None) -> None:
        self._directory = TemporaryDirectory(prefix="citizengraph-harness-")
        home = Path(self._directory.name)
        self._key = ECKey.generate_key("P-256", {"alg": "ES256", "use": "sig"}, auto_kid=True)
        jwks = home / "gateway.jwks.json"
        jwks.write_text(json.dumps({"keys": [self._key.as_dict(private=False)]}))
        self.settings = Settings(
            home=home,
            neo4j_uri=neo4j.uri,
            neo4j_user=neo4j.user,
            neo4j_password=neo4j.password,
            redis_url=valkey,
            gateway_jwks_file=jwks,
            policies_dir=policies_dir,
        )
        self.policy = load_policies(self.settings.policies_dir, model()).version
        self.store = Store.connect(*neo4j)
        self._clients: dict[str | None, httpx.AsyncClient] = {}
        self._open = AsyncExitStack()

    async def __aenter__(self) -> Harness:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        await self._open.aclose()
        await self.store.close()
        self._directory.cleanup()

    @property
    def environment(self) -> dict[str, str]:
        """The settings as environment variables, for a subgraph in a process of its own."""
        fields = Settings.model_fields
        given = ("home", "neo4j_uri", "neo4j_user", "neo4j_password", "redis_url")
        values = {env_name(fields[name]): str(getattr(self.settings, name)) for name in given}
        return values | {env_name(fields["gateway_jwks_file"]): str(self.settings.gateway_jwks)}

    async def empty(self) -> None:
        """Take everything out of the graph, whatever ran before."""
        await self.store.write([("MATCH (n) DETACH DELETE n", {})])

    async def load(self, facts: Iterable[Fact] | None = None) -> None:
        """Load facts, the family's when none are given."""
        stated = family.facts() if facts is None else facts
        await load(self.store, stated, today=date.today().isoformat())

    async def ids(self, label: str) -> dict[str, str]:
        """The opaque id of every node of the type, by its natural key."""
        rows = await self.store.read(f"MATCH (n:{label}) RETURN n.key AS key, n.id AS id", {})
        return {row["key"]: row["id"] for row in rows}

    async def client(self, subgraph: str | None = None) -> httpx.AsyncClient:
        """A client of the subgraph alone, or of the application that serves all of them."""
        if subgraph not in self._clients:
            app = application(self.settings, SUBGRAPHS if subgraph is None else [subgraph])
            await self._open.enter_async_context(app.router.lifespan_context(app))
            client = httpx.AsyncClient(
                transport=httpx.ASGITransport(app, raise_app_exceptions=False),
                base_url="http://subgraphs.test",
            )
            self._clients[subgraph] = await self._open.enter_async_context(client)
        return self._clients[subgraph]

    async def statements(self, subgraph: str | None = None) -> int:
        """How many statements that application has sent to Neo4j, as its /health says."""
        answer = await (await self.client(subgraph)).get("/health")
        return int(answer.json()["statements"])

    def token(
        self,
        audience: str,
        consumer: str = "caseworker",
        *,
        purpose: str | None = None,
        basis: str | None = None,
        principal: Mapping[str, Any] | None = None,
        query: str = "",
        key: ECKey | None = None,
        **overrides: Any,
    ) -> str:
        """A context token. `overrides` replace claims; one that is None is left out.

        A consumer that is not in CALLERS says of itself what the caseworker does.
        """
        kind = CALLERS.get(consumer, CALLERS["caseworker"])
        now = int(time.time())
        claims: dict[str, Any] = {
            "iss": GATEWAY,
            "aud": audience,
            "iat": now,
            "exp": now + TOKEN_SECONDS,
            "jti": str(uuid4()),
            "sub": kind.subject,
            "consumer": consumer,
            "purpose": purpose or kind.purpose,
            "basis": basis or kind.basis,
            "case": None,
            "principal": dict(kind.principal if principal is None else principal),
            "policy": self.policy,
            "operation": str(uuid4()),
            "operationName": None,
            "operationHash": sha256(query.encode()).hexdigest(),
        }
        claims |= overrides
        for name in [name for name, value in overrides.items() if value is None]:
            del claims[name]
        signing = key or self._key
        return jwt.encode({"alg": "ES256", "kid": signing.kid}, claims, signing)

    async def post(
        self,
        subgraph: str,
        body: Any,
        token: str | None = None,
        *,
        alone: bool = False,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """One request as it is: `body` is sent as JSON, or untouched where it is bytes."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        sent = {**JSON_HEADERS, **(headers or {})}
        if token is not None:
            sent[HEADER] = token
        client = await self.client(subgraph if alone else None)
        return await client.post(f"/{subgraph}/graphql", content=content, headers=sent)

    async def graphql(
        self,
        subgraph: str,
        query: str,
        variables: Mapping[str, Any] | None = None,
        *,
        alone: bool = False,
        operation_name: str | None = None,
        **caller: Any,
    ) -> dict[str, Any]:
        """The decoded answer to one operation; `caller` is what `token` takes."""
        token = self.token(subgraph, query=query, **caller)
        body = {"query": query, "variables": variables, "operationName": operation_name}
        answer = await self.post(subgraph, body, token, alone=alone)
        return answer.json()


def codes(answer: Mapping[str, Any]) -> list[str]:
    """The codes of an answer's errors, in order."""
    return [error["extensions"]["code"] for error in answer.get("errors", ())]
