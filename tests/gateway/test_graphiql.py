"""The page at /graphiql and its login on a development stack."""

import re
from collections.abc import Mapping
from pathlib import Path

import httpx
import pytest
from gateway_stack import Stack

from cli.compose import development_login
from gateway.clients import clients_file
from runtime.settings import StartSettings


def get(stack: Stack, path: str) -> httpx.Response:
    return httpx.get(f"{stack.url}{path}", trust_env=False)


def login(stack: Stack, choice: object, headers: Mapping[str, str] | None = None) -> httpx.Response:
    content = {"choice": choice}
    return httpx.post(f"{stack.url}/graphiql/login", json=content, headers=headers, trust_env=False)


def test_root_leads_to_the_page(stack: Stack) -> None:
    answer = get(stack, "/")
    assert (answer.status_code, answer.headers["location"]) == (302, "/graphiql")


def test_the_page_loads_everything_from_here(stack: Stack) -> None:
    page = get(stack, "/graphiql")
    assert "default-src 'self'" in page.headers["content-security-policy"]
    assert "unsafe-inline" not in page.headers["content-security-policy"].split("style-src")[0]
    sources = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    local = [source for source in sources if not source.startswith("data:")]
    assert local
    for path in [*local, *(f"/graphiql/{name}.js" for name in ("editor", "json", "graphql"))]:
        assert path.startswith("/graphiql/")
        assert get(stack, path).is_success, path


def test_login_gives_headers_that_work(stack: Stack) -> None:
    options = get(stack, "/graphiql/options.json").json()
    assert options["choices"] == [{"title": "Caseworker", "consumer": "caseworker"}]
    headers = login(stack, 0).json()["headers"]
    assert stack.ask(options["examples"][0]["query"], headers=headers).is_success


@pytest.mark.parametrize("headers", [{"Origin": "http://evil.example"}, {"Host": "evil.example"}])
def test_login_only_from_this_page(stack: Stack, headers: dict[str, str]) -> None:
    assert login(stack, 0, headers).status_code == 403


@pytest.mark.parametrize("choice", [1, "__proto__", "length", None])
def test_login_with_another_choice(stack: Stack, choice: object) -> None:
    assert login(stack, choice).status_code == 400


@pytest.mark.parametrize(
    ("content", "status"), [(b"{", 400), (b"null", 400), (b"", 400), (b"[" + b" " * 2000, 413)]
)
def test_login_with_a_broken_body(stack: Stack, content: bytes, status: int) -> None:
    headers = {"Content-Type": "application/json"}
    url = f"{stack.url}/graphiql/login"
    answer = httpx.post(url, content=content, headers=headers, trust_env=False)
    assert answer.status_code == status, answer.text


@pytest.mark.parametrize(
    ("url", "offered"),
    [
        ("http://127.0.0.1:4200/.well-known/jwks.json", True),
        ("https://login.example:44200/.well-known/jwks.json", False),
        ("https://login.example/4200/.well-known/jwks.json", False),
        ("http://127.0.0.1:4201/.well-known/jwks.json", False),
    ],
)
def test_login_is_offered_only_with_the_development_issuer(
    tmp_path: Path, url: str, offered: bool
) -> None:
    settings = StartSettings(home=tmp_path, issuer_port=4200, issuer_jwks_url=url)
    login = development_login(settings)
    assert (login is not None) == offered
    assert clients_file(tmp_path).exists() == offered
    if login is not None:
        assert login.token_url == "http://127.0.0.1:4200/token"
