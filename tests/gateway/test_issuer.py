"""The development issuer."""

import stat
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from gateway_stack import Stack
from joserfc import jwt

from gateway.clients import clients_file, ensure_clients
from gateway.tokens import fetch_token
from runtime.errors import CitizengraphError


def ask(stack: Stack, **form: str) -> httpx.Response:
    url = f"http://127.0.0.1:{stack.issuer_port}/token"
    return httpx.post(url, data=form, trust_env=False)


def test_claims_of_a_token(stack: Stack) -> None:
    answer = ask(
        stack,
        grant_type="client_credentials",
        client_id="caseworker",
        client_secret=stack.issuer.clients["caseworker"],
        subject="caseworker:zhang.wei",
        district="110101",
        person="110101196002020025",
        shielded="no",
        protectionCleared="true",
        favourite="ignored",
    )
    assert answer.json()["expires_in"] == 3600
    assert answer.headers["cache-control"] == "no-store"
    token = jwt.decode(answer.json()["access_token"], stack.issuer.key)
    assert token.header["typ"] == "at+jwt"
    assert token.claims["exp"] - token.claims["iat"] == 3600
    assert (
        token.claims
        | {
            "iss": "citizengraph-dev-issuer",
            "aud": "citizengraph",
            "sub": "caseworker:zhang.wei",
            "client_id": "caseworker",
            "principal": {
                "district": "110101",
                "person": "110101196002020025",
                "protectionCleared": True,
            },
        }
        == token.claims
    )


@pytest.mark.parametrize(
    ("form", "status", "error"),
    [
        ({"client_id": "stranger", "client_secret": "x"}, 401, "invalid_client"),
        ({"client_id": "caseworker", "client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_id": "caseworker"}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({}, 401, "invalid_client"),
    ],
)
def test_refusals(stack: Stack, form: dict[str, str], status: int, error: str) -> None:
    answer = ask(stack, **form)
    assert (answer.status_code, answer.json()["error"]) == (status, error)


def test_a_citizen_has_to_say_who(stack: Stack) -> None:
    form = {"client_id": "citizen", "client_secret": stack.issuer.clients["citizen"]}
    assert "person" in ask(stack, **form).json()["error_description"]
    assert ask(stack, **form, person="1' OR").json()["error"] == "invalid_request"


def test_public_keys_hold_no_private_part(stack: Stack) -> None:
    url = f"http://127.0.0.1:{stack.issuer_port}/.well-known/jwks.json"
    (key,) = httpx.get(url, trust_env=False).json()["keys"]
    assert key["kid"] == stack.issuer.key.kid
    assert "d" not in key


def test_secrets_are_kept_and_private(tmp_path: Path) -> None:
    first = ensure_clients(tmp_path)
    assert ensure_clients(tmp_path) == first
    assert stat.S_IMODE(clients_file(tmp_path).stat().st_mode) == 0o600


def test_it_listens_on_loopback_only(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "gateway.issuer", "--host", "0.0.0.0", "--port", "1"]
    environment = {"CITIZENGRAPH_HOME": str(tmp_path)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 2
    assert "loopback" in done.stderr


def test_fetch_token_from_a_running_issuer(stack: Stack) -> None:
    url, clients = f"http://127.0.0.1:{stack.issuer_port}/token", clients_file(stack.home)
    token = fetch_token(url, clients, "caseworker", district="110101")
    headers = stack.headers(Authorization=f"Bearer {token}")
    assert stack.ask('{ person(citizenNumber: "1") { name } }', headers=headers).is_success
    with pytest.raises(CitizengraphError, match="district"):
        fetch_token(url, clients, "caseworker")
    with pytest.raises(CitizengraphError, match="no client stranger"):
        fetch_token(url, clients, "stranger")
    with pytest.raises(CitizengraphError, match="does not answer"):
        fetch_token("http://127.0.0.1:1/token", clients, "school-enrolment")
