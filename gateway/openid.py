"""Development only: people log in by OpenID Connect, as whomever they pick from a list.

Authorization code with PKCE (OpenID Connect Core 1.0 section 3.1, RFC 7636). The accounts stand in
HOME/dev-accounts.json; a `login_hint` with the id of one picks it without a page.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

CODE_SECONDS = 60
CODES_MAX = 10_000
REDIRECT_PATH = "/login/callback"
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


class AuthorizationRefused(Exception):
    """What is shown instead of sending the browser anywhere."""


@dataclass(frozen=True)
class _Given:
    client: str
    redirect_uri: str
    challenge: str
    nonce: str
    account: Mapping[str, Any]
    until: float


class Authorizations:
    """Codes that were given and not used yet."""

    def __init__(self, clients: Mapping[str, str], accounts: Path) -> None:
        self._clients = clients
        self._accounts = accounts
        self._given: dict[str, _Given] = {}

    def answer(self, asked: Mapping[str, str]) -> tuple[str, str | None]:
        """(where to, None), or ("", a page to pick an account from)."""
        client, redirect_uri = asked.get("client_id", ""), asked.get("redirect_uri", "")
        if client not in self._clients:
            raise AuthorizationRefused("There is no such client.")
        if not _is_own(redirect_uri):
            raise AuthorizationRefused("The redirect URI is not one of this machine's console.")
        state = asked.get("state", "")
        if asked.get("response_type") != "code":
            return _back(redirect_uri, state, error="unsupported_response_type"), None
        if asked.get("code_challenge_method") != "S256" or not asked.get("code_challenge"):
            return _back(redirect_uri, state, error="invalid_request"), None
        accounts = [one for one in self._known() if one["consumer"] == client]
        picked = asked.get("login_hint") or (accounts[0]["id"] if len(accounts) == 1 else "")
        for account in accounts:
            if account["id"] == picked:
                return _back(redirect_uri, state, code=self._give(asked, account)), None
        return "", _page(client, accounts, asked)

    def redeem(self, form: Mapping[str, str], client: str) -> tuple[Mapping[str, Any], str]:
        """(account, nonce) for a code, once. Raises LookupError for any that does not fit."""
        given = self._given.pop(form.get("code", ""), None)
        verifier = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(verifier).rstrip(b"=").decode()
        if (
            given is None
            or given.until < time.time()
            or given.client != client
            or given.redirect_uri != form.get("redirect_uri")
            or not hmac.compare_digest(challenge, given.challenge)
        ):
            raise LookupError
        return given.account, given.nonce

    def _give(self, asked: Mapping[str, str], account: Mapping[str, Any]) -> str:
        now = time.time()
        self._given = {c: g for c, g in self._given.items() if g.until > now}
        if len(self._given) >= CODES_MAX:
            raise AuthorizationRefused("Too many logins at once. Try again in a minute.")
        code = secrets.token_urlsafe(32)
        self._given[code] = _Given(
            asked["client_id"],
            asked["redirect_uri"],
            asked["code_challenge"],
            asked.get("nonce", ""),
            account,
            now + CODE_SECONDS,
        )
        return code

    def _known(self) -> Sequence[Mapping[str, Any]]:
        if not self._accounts.is_file():
            return []
        return json.loads(self._accounts.read_text(encoding="utf-8"))


def discovery(issuer: str, base: str, keys_path: str) -> Mapping[str, Any]:
    """The provider's configuration (OpenID Connect Discovery 1.0 section 3)."""
    return {
        "issuer": issuer,
        "authorization_endpoint": f"{base}/authorize",
        "token_endpoint": f"{base}/token",
        "jwks_uri": f"{base}{keys_path}",
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "scopes_supported": ["openid", "profile"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["client_secret_post"],
    }


def _is_own(redirect_uri: str) -> bool:
    """Any port of this machine (RFC 8252 section 7.3), and the console's path alone."""
    parts = urlsplit(redirect_uri)
    host = parts.netloc.rsplit(":", 1)[0] if parts.port else parts.netloc
    return parts.scheme == "http" and host in LOOPBACK and parts.path == REDIRECT_PATH


def _back(redirect_uri: str, state: str, **answer: str) -> str:
    return f"{redirect_uri}?{urlencode({**answer, 'state': state})}"


def _page(client: str, accounts: Sequence[Mapping[str, Any]], asked: Mapping[str, str]) -> str:
    lines = [
        f'<li><a href="/authorize?{escape(urlencode({**asked, "login_hint": one["id"]}))}">'
        f"{escape(one['title'])}</a></li>"
        for one in accounts
    ]
    listed = "".join(lines) or "<li>There is no account: load a city with `citizengraph demo`.</li>"
    title = f"Development login · {escape(client)}"
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
        f"<h1>{title}</h1><ul>{listed}</ul></html>"
    )
