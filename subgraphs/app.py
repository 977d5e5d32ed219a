"""The ASGI application: one subgraph, or all of them in one process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager, suppress

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from audit.problems import AuditUnavailable
from audit.writer import AuditWriter
from graph.catalogue import SUBGRAPHS, model
from graph.store import Store
from resolvers.context import ContextVerifier
from runtime.settings import Settings
from subgraphs.endpoint import Endpoint
from subgraphs.policies_in_force import PoliciesInForce
from subgraphs.refusals import AUDIT, Refusals
from subgraphs.service import Service
from subgraphs.warm import warm


def application(
    settings: Settings, names: Sequence[str] = SUBGRAPHS, warmed: bool = False
) -> Starlette:
    """Serves each named subgraph at `/<name>/graphql`, `/refusals` for the gateway, and `/health`.

    `warmed` builds schemas and plans a statement behind the start.
    """
    catalogue = model()
    policies = PoliciesInForce(settings.policies_dir, catalogue)
    store = Store.connect(
        settings.neo4j_uri,
        settings.neo4j_user,
        settings.neo4j_password,
        settings.neo4j_database,
    )
    recorder = AuditWriter(settings.redis_url)
    services = [
        Service(
            name, catalogue, policies, ContextVerifier(settings.gateway_jwks, name), store, recorder
        )
        for name in names
    ]

    async def health(_: Request) -> JSONResponse:
        return JSONResponse(
            {"status": "ready", "policy": policies.newest.version, "statements": store.statements}
        )

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncGenerator[None]:
        with suppress(AuditUnavailable):  # until it is back, nothing is answered
            await recorder.open()
        warming = asyncio.create_task(warm(services, policies, store.read)) if warmed else None
        yield
        if warming:
            warming.cancel()
        await recorder.close()
        await store.close()

    routes = [
        Route(f"/{service.name}/graphql", Endpoint(service).__call__, methods=["POST"])
        for service in services
    ]
    refusals = Refusals(ContextVerifier(settings.gateway_jwks, AUDIT), recorder)
    routes += [Route("/refusals", refusals.__call__, methods=["POST"]), Route("/health", health)]
    return Starlette(routes=routes, lifespan=lifespan)
