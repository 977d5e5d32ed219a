"""The OpenID provider: authorization code with PKCE (OpenID Connect Core 1.0, RFC 7636, RFC 9700).

A person logs in to one consumer of the API: its id is the client at the provider, and the access
token says so. `name` and `principal` are read from the ID token.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from console.sessions import SESSION_SECONDS_MAX, Attempt, Session
from runtime.errors import CitizengraphError

ANSWER_SECONDS_MAX = 5.0
SCOPE = "openid profile"


class Provider:
    """One provider, known by its configuration's address (OpenID Connect Discovery 1.0)."""

    def __init__(self, configuration_url: str, clients_file: Path) -> None:
        self._url = configuration_url
        self._clients_file = clients_file
        self._known: Mapping[str, Any] = {}

    async def begin(
        self, consumer: str, redirect_uri: str, back: str, hint: str | None
    ) -> tuple[Attempt, str]:
        """A login begun, and where the browser has to go."""
        attempt = Attempt(consumer, _random(), _random(), _random(), back)
        async with self._client(consumer, redirect_uri) as client:
            url, _ = client.create_authorization_url(
                (await self._configuration())["authorization_endpoint"],
                state=attempt.state,
                code_verifier=attempt.verifier,
                nonce=attempt.nonce,
                **({"login_hint": hint} if hint else {}),
            )
        return attempt, url

    async def finish(self, attempt: Attempt, redirect_uri: str, answer_url: str) -> Session:
        """The session for the provider's answer. Raises UNAUTHENTICATED for any other answer."""
        configuration = await self._configuration()
        try:
            async with self._client(attempt.consumer, redirect_uri, attempt.state) as client:
                token: Mapping[str, Any] = await client.fetch_token(
                    configuration["token_endpoint"],
                    authorization_response=answer_url,
                    code_verifier=attempt.verifier,
                )
            claims = await self._claims(token["id_token"], attempt, configuration)
        except (AuthlibBaseError, JoseError, ValueError, KeyError) as error:
            raise _refused() from error
        except httpx.HTTPError as error:
            raise _unreachable() from error
        lifetime = min(int(token.get("expires_in", 0)), SESSION_SECONDS_MAX)
        return Session(
            attempt.consumer,
            str(claims.get("name") or claims["sub"]),
            claims.get("principal") or {},
            token["access_token"],
            secrets.token_urlsafe(32),
            time.time() + lifetime,
        )

    async def _claims(
        self, id_token: str, attempt: Attempt, configuration: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        keys = KeySet.import_key_set(await _read(configuration["jwks_uri"]))
        algorithms = list(configuration.get("id_token_signing_alg_values_supported") or ["ES256"])
        algorithms = [name for name in algorithms if not name.startswith(("HS", "none"))]
        claims = jwt.decode(id_token, keys, algorithms=algorithms).claims
        jwt.JWTClaimsRegistry(
            leeway=5,
            iss={"essential": True, "value": configuration["issuer"]},
            aud={"essential": True, "value": attempt.consumer},
            nonce={"essential": True, "value": attempt.nonce},
            exp={"essential": True},
            sub={"essential": True},
        ).validate(claims)
        return claims

    async def _configuration(self) -> Mapping[str, Any]:
        if not self._known:
            self._known = await _read(self._url)
        return self._known

    def _client(self, consumer: str, redirect_uri: str, state: str | None = None) -> Any:
        return AsyncOAuth2Client(
            consumer,
            self._secret(consumer),
            scope=SCOPE,
            redirect_uri=redirect_uri,
            state=state,
            code_challenge_method="S256",
            token_endpoint_auth_method="client_secret_post",
            timeout=ANSWER_SECONDS_MAX,
            trust_env=False,
        )

    def _secret(self, consumer: str) -> str:
        try:
            clients: dict[str, str] = json.loads(self._clients_file.read_text())
            return clients[consumer]
        except (OSError, ValueError, KeyError) as error:
            words = f"There is no secret of the client {consumer} at the OpenID provider."
            hint = "Add it to the file of CITIZENGRAPH_CONSOLE_CLIENTS_FILE."
            raise CitizengraphError("SETTING_INVALID", words, hint) from error


async def _read(url: str) -> Any:
    try:
        async with httpx.AsyncClient(timeout=ANSWER_SECONDS_MAX, trust_env=False) as client:
            answer = await client.get(url)
            answer.raise_for_status()
            return answer.json()
    except (httpx.HTTPError, ValueError) as error:
        raise _unreachable() from error


def _random() -> str:
    return secrets.token_urlsafe(36)


def _refused() -> CitizengraphError:
    words = "The login was not accepted."
    return CitizengraphError("UNAUTHENTICATED", words, "Log in again from the first page.")


def _unreachable() -> CitizengraphError:
    words = "The OpenID provider does not answer."
    return CitizengraphError("ISSUER_UNAVAILABLE", words, "Try again in a minute.")
