"""The ASGI application: one subgraph, or all of them in one process."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Lifespan, Receive, Scope, Send

from audit.index import AuditIndex
from audit.notices import Notices
from audit.problems import AuditUnavailable
from audit.writer import AuditWriter
from graph.catalogue import SUBGRAPHS, Catalogue, model
from graph.store import Store
from policies.store.valkey import PolicyStore
from resolvers.context import ContextVerifier
from runtime.errors import CitizengraphError
from runtime.settings import Settings
from subgraphs.administration.desk import Desk
from subgraphs.administration.schema import SUBGRAPH as DESK
from subgraphs.administration.service import DeskService
from subgraphs.endpoint import Endpoint
from subgraphs.joined.asking import Department
from subgraphs.joined.service import JoinedService
from subgraphs.policies_in_force import Policies, PoliciesInForce
from subgraphs.proofs.budget import Budget
from subgraphs.proofs.credential_book import CredentialBook
from subgraphs.proofs.credential_kept import CredentialSeal
from subgraphs.proofs.credential_list import CredentialList
from subgraphs.proofs.credential_rounds import Rounds
from subgraphs.proofs.fields import SUBGRAPH as PROOFS
from subgraphs.proofs.issued import Seal
from subgraphs.proofs.service import ProofService, rounds, status_list
from subgraphs.proofs.signing import Signer
from subgraphs.proofs.status import StatusBook
from subgraphs.rates import Rates
from subgraphs.refusals import AUDIT, Refusals
from subgraphs.service import Service
from subgraphs.services import SUBGRAPH as SERVICES
from subgraphs.stored_policies import StoredPolicies
from subgraphs.warm import warm


class Application(Starlette):
    """Starlette; operations go past it, for they have no use for what it does for a request."""

    def __init__(
        self, endpoints: Mapping[str, ASGIApp], routes: Sequence[Route], lifespan: Lifespan[Any]
    ) -> None:
        post = [Route(path, endpoint, methods=["POST"]) for path, endpoint in endpoints.items()]
        super().__init__(routes=[*post, *routes], lifespan=lifespan)
        self._endpoints = endpoints

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, or the application's life."""
        if scope["type"] == "http" and scope["method"] == "POST":
            endpoint = self._endpoints.get(scope["path"])
            if endpoint is not None:
                await endpoint(scope, receive, send)
                return
        await super().__call__(scope, receive, send)


KINDS: Mapping[str, type[Service]] = {
    DESK: DeskService,
    SERVICES: DeskService,
    PROOFS: ProofService,
}
SIGNING = (PROOFS, SERVICES)
STATUS_PATH = "/proofs/status/0"
CREDENTIALS_PATH = "/proofs/status/credentials"


def application(
    settings: Settings, names: Sequence[str] = SUBGRAPHS, warmed: bool = False
) -> Application:
    """Serves each named subgraph at `/<name>/graphql`, `/refusals` for the gateway, and `/health`.

    `warmed` builds schemas and plans statements behind the start.
    """
    catalogue = model()
    policies = policies_of(settings, catalogue)
    store = Store.connect(
        settings.neo4j_uri,
        settings.neo4j_user,
        settings.neo4j_password,
        settings.neo4j_database,
    )
    recorder = AuditWriter(settings.redis_url)
    kinds = {**KINDS, **dict.fromkeys(catalogue.joined, JoinedService)}
    services = [
        kinds.get(name, Service)(
            name, catalogue, policies, ContextVerifier(settings.gateway_jwks, name), store, recorder
        )
        for name in names
    ]
    versions = None if settings.policies_dir else PolicyStore(settings.redis_url)
    rates = Rates()
    notices, budget = Notices(settings.redis_url), Budget(settings.redis_url)
    published: list[Route] = []
    asking: list[Rounds] = []
    indexing = [AuditIndex(settings.redis_url)] if SERVICES in names else []
    for service in services:
        if service.name in SIGNING and isinstance(service, ProofService | DeskService):
            service.signer = Signer(settings.home, settings.proof_issuer)
            service.budget = budget
        if isinstance(service, ProofService) and service.signer:
            seal = Seal(service.signer.secret("status"))
            service.status = StatusBook(settings.redis_url, seal, settings.proof_status)
            handler = status_list(service, recorder, policies, store.read)
            published.append(Route(STATUS_PATH, handler.__call__, methods=["GET"]))
            kept = CredentialSeal(service.signer.secret("credentials"))
            book = CredentialBook(settings.redis_url, kept, settings.credential_status)
            service.credentials = book
            listed = CredentialList(book, service.signer)
            published.append(Route(CREDENTIALS_PATH, listed.__call__, methods=["GET"]))
            asking.append(rounds(service, recorder, policies, store.read))
        if isinstance(service, JoinedService):
            service.department = Department(settings.home, service.name)
        if isinstance(service, DeskService):
            service.notices = notices
            service.settings = settings
            service.rates = rates
            if versions:
                service.desk_of = partial(Desk, settings, versions, catalogue, policies)

    async def health(_: Request) -> JSONResponse:
        try:
            known = {"status": "ready", "policy": policies.newest.version}
        except CitizengraphError as error:
            return JSONResponse({"status": "not ready", "code": error.code}, 503)
        return JSONResponse({**known, "statements": store.statements, "process": os.getpid()})

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncGenerator[None]:
        await asyncio.to_thread(policies.start)
        with suppress(AuditUnavailable):  # until it is back, nothing is answered
            await recorder.open()
        behind = [asyncio.create_task(one.keep()) for one in (*asking, *indexing)]
        if warmed:
            behind.append(asyncio.create_task(warm(services, policies, store)))
        yield
        for task in behind:
            task.cancel()
        await asyncio.gather(*behind, return_exceptions=True)
        await asyncio.to_thread(policies.stop)
        if versions:
            await asyncio.to_thread(versions.close)
        await notices.close()
        await budget.close()
        for service in services:
            if isinstance(service, ProofService) and service.status:
                await service.status.close()
            if isinstance(service, JoinedService):
                await service.department.close()
            if isinstance(service, ProofService) and service.credentials:
                await service.credentials.close()
        await recorder.close()
        await store.close()

    endpoints = {f"/{service.name}/graphql": Endpoint(service, rates) for service in services}
    refusals = Refusals(ContextVerifier(settings.gateway_jwks, AUDIT), recorder)
    routes = [Route("/refusals", refusals.__call__, methods=["POST"]), Route("/health", health)]
    return Application(endpoints, [*published, *routes], lifespan)


def policies_of(settings: Settings, catalogue: Catalogue) -> Policies:
    """The version that is active in the store, or a directory as it stands where one is named."""
    if settings.policies_dir:
        return PoliciesInForce(settings.policies_dir, catalogue)
    store = PolicyStore(settings.redis_url)
    return StoredPolicies(store, catalogue, settings.policy_seconds_max)
