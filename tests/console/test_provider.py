"""What the OpenID provider answers is believed only where every part of it fits."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
import uvicorn
from joserfc import jwt
from joserfc.jwk import ECKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from console.provider import Provider
from console.sessions import Attempt
from runtime.errors import CitizengraphError
from runtime.ports import free_port

Claims = dict[str, Any]
BACK = "http://127.0.0.1:1/login/callback"


class Issuer:
    """A provider on a port of its own, whose ID tokens a test may spoil."""

    def __init__(self) -> None:
        self.port = free_port()
        self.key = ECKey.generate_key("P-256", {"kid": "one", "use": "sig"})
        self.signing = self.key
        self.algorithm = "ES256"
        self.spoil: Callable[[Claims], Claims] = lambda claims: claims
        self.nonce = ""
        self.forms: list[dict[str, Any]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def configuration(self, _: Request) -> JSONResponse:
        return JSONResponse(
            {
                "issuer": "the-issuer",
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "jwks_uri": f"{self.url}/keys",
                "id_token_signing_alg_values_supported": ["ES256", "HS256", "none"],
            }
        )

    async def keys(self, _: Request) -> JSONResponse:
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})

    async def token(self, request: Request) -> JSONResponse:
        self.forms.append(dict(parse_qsl((await request.body()).decode())))
        now = int(time.time())
        claims = {
            "iss": "the-issuer",
            "aud": "citizen",
            "sub": "somebody",
            "name": "李娜",
            "nonce": self.nonce,
            "exp": now + 60,
            "principal": {"person": "1"},
        }
        header = {"alg": self.algorithm, "kid": "one"}
        signed = jwt.encode(header, self.spoil(claims), self.signing, algorithms=["ES256"])
        answer = {"access_token": "access", "token_type": "Bearer", "expires_in": 600}
        return JSONResponse({**answer, "id_token": signed})


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    made = Issuer()
    routes = [
        Route("/configuration", made.configuration),
        Route("/keys", made.keys),
        Route("/token", made.token, methods=["POST"]),
    ]
    server = uvicorn.Server(
        uvicorn.Config(Starlette(routes=routes), port=made.port, log_level="error")
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield made
    server.should_exit = True
    thread.join()


@pytest.fixture
def provider(issuer: Issuer, tmp_path: Path) -> Provider:
    clients = tmp_path / "clients.json"
    clients.write_text(json.dumps({"citizen": "secret"}))
    return Provider(f"{issuer.url}/configuration", clients)


async def _begin(provider: Provider, issuer: Issuer) -> Attempt:
    attempt, url = await provider.begin("citizen", BACK, "/looked", None)
    issuer.nonce = attempt.nonce
    assert url.startswith(f"{issuer.url}/authorize?")
    assert "code_challenge_method=S256" in url
    assert attempt.verifier not in url
    return attempt


def _answer(attempt: Attempt) -> str:
    return f"{BACK}?code=a-code&state={attempt.state}"


async def test_a_login(provider: Provider, issuer: Issuer) -> None:
    attempt = await _begin(provider, issuer)
    session = await provider.finish(attempt, BACK, _answer(attempt))
    assert (session.consumer, session.name) == ("citizen", "李娜")
    assert session.principal == {"person": "1"}
    assert session.token == "access"
    assert session.ends_at <= time.time() + 600
    assert issuer.forms[0]["code_verifier"] == attempt.verifier


@pytest.mark.parametrize(
    "spoil",
    [
        {"iss": "another"},
        {"aud": "caseworker"},
        {"nonce": "another"},
        {"exp": 1},
        {"sub": None},
    ],
)
async def test_claims_that_do_not_fit(provider: Provider, issuer: Issuer, spoil: Claims) -> None:
    issuer.spoil = lambda claims: {k: v for k, v in {**claims, **spoil}.items() if v is not None}
    attempt = await _begin(provider, issuer)
    with pytest.raises(CitizengraphError, match="UNAUTHENTICATED"):
        await provider.finish(attempt, BACK, _answer(attempt))


async def test_a_signature_of_another_key(provider: Provider, issuer: Issuer) -> None:
    issuer.signing = ECKey.generate_key("P-256", {"kid": "one"})
    attempt = await _begin(provider, issuer)
    with pytest.raises(CitizengraphError, match="UNAUTHENTICATED"):
        await provider.finish(attempt, BACK, _answer(attempt))


async def test_a_state_of_another_login(provider: Provider, issuer: Issuer) -> None:
    attempt = await _begin(provider, issuer)
    other = replace(attempt, state="another")
    with pytest.raises(CitizengraphError, match="UNAUTHENTICATED"):
        await provider.finish(attempt, BACK, _answer(other))


async def test_a_provider_that_does_not_answer(tmp_path: Path) -> None:
    clients = tmp_path / "clients.json"
    clients.write_text(json.dumps({"citizen": "secret"}))
    silent = Provider(f"http://127.0.0.1:{free_port()}/configuration", clients)
    with pytest.raises(CitizengraphError, match="ISSUER_UNAVAILABLE"):
        await silent.begin("citizen", BACK, "/", None)


async def test_a_consumer_without_a_client(provider: Provider) -> None:
    with pytest.raises(CitizengraphError, match="no secret of the client caseworker"):
        await provider.begin("caseworker", BACK, "/", None)
