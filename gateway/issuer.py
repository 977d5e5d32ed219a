"""Development-only token issuer: OAuth 2 client credentials (RFC 6749 section 4.4).

It gives JWT access tokens (RFC 9068) to whoever holds a client's secret, whatever person or
district they name. It therefore listens on loopback only. `python -m gateway.issuer --port N`.
"""

import argparse
import hmac
import json
import re
import secrets
import time
from collections.abc import Mapping
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import parse_qsl

import uvicorn
from joserfc import jwt
from joserfc.jwk import ECKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from gateway.clients import EXTRAS, FLAGS, KEYS_PATH, OPTIONAL, ensure_clients
from runtime.keys import ensure_keys, private_key_file
from runtime.settings import Settings, load_settings

TOKEN_SECONDS = 3600
BODY_BYTES_MAX = 10_000
VALUE = re.compile(r"[\w.:@-]{1,100}")
NO_STORE = {"Cache-Control": "no-store"}


class TokenRefused(Exception):
    """An OAuth 2 error response (RFC 6749 section 5.2)."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(description)
        self.body = {"error": error, "error_description": description}
        self.status = status


class Issuer(NamedTuple):
    """What tokens are signed with and for whom."""

    key: ECKey
    clients: Mapping[str, str]
    issuer: str
    audience: str

    def token(self, form: Mapping[str, str]) -> str:
        """The signed access token for a token request."""
        client = self._client(form)
        principal = _principal(client, form)
        subject = _value(form, "subject") or f"{client}:development"
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": self.audience,
            "sub": subject,
            "client_id": client,
            "iat": now,
            "exp": now + TOKEN_SECONDS,
            "jti": secrets.token_hex(16),
            "principal": principal,
        }
        header = {"alg": "ES256", "typ": "at+jwt", "kid": self.key.kid}
        return jwt.encode(header, claims, self.key)

    def _client(self, form: Mapping[str, str]) -> str:
        if form.get("grant_type", "client_credentials") != "client_credentials":
            raise TokenRefused("unsupported_grant_type", "Only client_credentials is supported.")
        client = form.get("client_id", "")
        given = form.get("client_secret", "").encode()
        expected = self.clients.get(client)
        if expected is None or not hmac.compare_digest(given, expected.encode()):
            raise TokenRefused("invalid_client", "The client or its secret is wrong.", 401)
        return client


def _principal(client: str, form: Mapping[str, str]) -> dict[str, str | bool]:
    principal: dict[str, str | bool] = {}
    for name in EXTRAS.get(client, ()):
        value = _value(form, name)
        if value is None:
            raise TokenRefused("invalid_request", f"The {client} client has to give {name}.")
        principal[name] = value
    for name in OPTIONAL.get(client, ()):
        if value := _value(form, name):
            principal[name] = value
    for name in FLAGS.get(client, ()):
        if form.get(name) == "true":
            principal[name] = True
    return principal


def _value(form: Mapping[str, str], name: str) -> str | None:
    value = form.get(name)
    if value and not VALUE.fullmatch(value):
        raise TokenRefused("invalid_request", f"{name} has characters that are not accepted.")
    return value or None


def create_app(issuer: Issuer) -> Starlette:
    """POST /token, GET /.well-known/jwks.json and GET /health."""
    public_keys = {"keys": [issuer.key.as_dict(private=False)]}

    async def token(request: Request) -> JSONResponse:
        body = (await request.body())[:BODY_BYTES_MAX].decode(errors="replace")
        try:
            access_token = issuer.token(dict(parse_qsl(body)))
        except TokenRefused as refusal:
            return JSONResponse(refusal.body, refusal.status, NO_STORE)
        answer = {
            "access_token": access_token,
            "token_type": "Bearer",
            "expires_in": TOKEN_SECONDS,
        }
        return JSONResponse(answer, headers=NO_STORE)

    async def keys(_: Request) -> JSONResponse:
        return JSONResponse(public_keys)

    async def health(_: Request) -> JSONResponse:
        return JSONResponse({"status": "ready"})

    return Starlette(
        routes=[
            Route("/token", token, methods=["POST"]),
            Route(KEYS_PATH, keys),
            Route("/health", health),
        ]
    )


def load_issuer(settings: Settings) -> Issuer:
    """The issuer of this home; its key and clients are created at the first start."""
    ensure_keys(settings.home)
    private_key = json.loads(private_key_file(settings.home, "issuer").read_text())
    clients = ensure_clients(settings.home)
    return Issuer(ECKey.import_key(private_key), clients, settings.issuer, settings.audience)


def main() -> None:
    """Serve on loopback; any other address is refused."""
    settings = load_settings()
    parser = argparse.ArgumentParser(description="Development-only token issuer")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=settings.issuer_port)
    arguments = parser.parse_args()
    if not _is_loopback(arguments.host):
        parser.error("the development issuer listens on a loopback address only")
    app = create_app(load_issuer(settings))
    uvicorn.run(app, host=arguments.host, port=arguments.port, log_level="warning")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


if __name__ == "__main__":
    main()
