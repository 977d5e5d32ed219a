"""Development-only token issuer: OAuth 2 client credentials (RFC 6749 section 4.4), and a login.

It gives JWT access tokens (RFC 9068) to whoever holds a client's secret, whatever person or
district they name, and lets anybody log in as anybody (`openid.py`). It therefore listens on
loopback only. `python -m gateway.issuer --port N`.
"""

import argparse
import hmac
import json
import re
import secrets
import time
from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

import uvicorn
from joserfc import jwt
from joserfc.jwk import ECKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from gateway.clients import EXTRAS, FLAGS, KEYS_PATH, OPTIONAL, accounts_file, ensure_clients
from gateway.openid import AuthorizationRefused, Authorizations, discovery
from runtime.keys import ensure_keys, private_key_file
from runtime.settings import Settings, load_settings

CONFIGURATION_PATH = "/.well-known/openid-configuration"
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
    authorizations: Authorizations

    def answer(self, form: Mapping[str, str]) -> dict[str, Any]:
        """The token answer for a token request (RFC 6749 section 5.1)."""
        grant = form.get("grant_type", "client_credentials")
        if grant not in ("client_credentials", "authorization_code"):
            words = "Only client_credentials and authorization_code are supported."
            raise TokenRefused("unsupported_grant_type", words)
        client = self._client(form)
        if grant == "client_credentials":
            return self._answer(client, form)
        try:
            account, nonce = self.authorizations.redeem(form, client)
        except LookupError as error:
            raise TokenRefused("invalid_grant", "The code is not accepted.") from error
        stated = {name: str(value) for name, value in account.items() if value}
        claims = {
            "aud": client,
            "nonce": nonce,
            "name": account["title"],
            "principal": _principal(client, stated),
        }
        return {**self._answer(client, stated), "id_token": self._sign("JWT", stated, claims)}

    def _answer(self, client: str, form: Mapping[str, str]) -> dict[str, Any]:
        claims = {
            "aud": self.audience,
            "client_id": client,
            "jti": secrets.token_hex(16),
            "principal": _principal(client, form),
        }
        return {
            "access_token": self._sign("at+jwt", {"consumer": client, **form}, claims),
            "token_type": "Bearer",
            "expires_in": TOKEN_SECONDS,
        }

    def _sign(self, kind: str, form: Mapping[str, str], claims: Mapping[str, Any]) -> str:
        now = int(time.time())
        about = {
            "iss": self.issuer,
            "sub": _value(form, "subject") or f"{form['consumer']}:development",
            "iat": now,
            "exp": now + TOKEN_SECONDS,
        }
        return jwt.encode(
            {"alg": "ES256", "typ": kind, "kid": self.key.kid}, about | {**claims}, self.key
        )

    def _client(self, form: Mapping[str, str]) -> str:
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
    """/token, /authorize, the provider's configuration and keys under /.well-known, /health."""
    public_keys = {"keys": [issuer.key.as_dict(private=False)]}

    async def token(request: Request) -> JSONResponse:
        body = (await request.body())[:BODY_BYTES_MAX].decode(errors="replace")
        try:
            answer = issuer.answer(dict(parse_qsl(body)))
        except TokenRefused as refusal:
            return JSONResponse(refusal.body, refusal.status, NO_STORE)
        return JSONResponse(answer, headers=NO_STORE)

    async def authorize(request: Request) -> Response:
        try:
            target, page = issuer.authorizations.answer(dict(request.query_params))
        except AuthorizationRefused as refusal:
            return HTMLResponse(str(refusal), 400, NO_STORE)
        if page is not None:
            return HTMLResponse(page, headers=NO_STORE)
        return RedirectResponse(target, 303, NO_STORE)

    async def configuration(request: Request) -> JSONResponse:
        base = str(request.base_url).rstrip("/")
        return JSONResponse(discovery(issuer.issuer, base, KEYS_PATH))

    async def keys(_: Request) -> JSONResponse:
        return JSONResponse(public_keys)

    async def health(_: Request) -> JSONResponse:
        return JSONResponse({"status": "ready"})

    return Starlette(
        routes=[
            Route("/token", token, methods=["POST"]),
            Route("/authorize", authorize),
            Route(CONFIGURATION_PATH, configuration),
            Route(KEYS_PATH, keys),
            Route("/health", health),
        ]
    )


def load_issuer(settings: Settings) -> Issuer:
    """The issuer of this home; its key and clients are created at the first start."""
    ensure_keys(settings.home)
    private_key = json.loads(private_key_file(settings.home, "issuer").read_text())
    clients = ensure_clients(settings.home)
    key = ECKey.import_key(private_key)
    authorizations = Authorizations(clients, accounts_file(settings.home))
    return Issuer(key, clients, settings.issuer, settings.audience, authorizations)


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
