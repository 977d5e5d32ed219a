"""The entrance: every role gets in with one click, in both languages, and nothing else does."""

from __future__ import annotations

import re
from collections.abc import Callable

import httpx
import pytest
from browser import Visitor
from stack import Stack

Visit = Callable[..., Visitor]
ROLES = [
    ("caseworker", "Officer"),
    ("citizen", "Daughter"),
    ("policy-admin", "Drafter"),
    ("partner-developer", "Developer"),
    ("access-reviewer", "Reviewer"),
    ("operator", "Operator"),
]


@pytest.mark.parametrize(("consumer", "account"), ROLES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_one_click(visit: Visit, consumer: str, account: str, language: str) -> None:
    visitor = visit(language=language)
    page = visitor.enter(consumer, account)
    page.get_by_role("heading", level=1).wait_for()
    assert visitor.violations() == []
    page.get_by_label("退出登录" if language == "zh" else "Log out").click()
    page.get_by_role("heading", name="您是谁?" if language == "zh" else "Who are you?").wait_for()
    assert visitor.violations() == []


def test_the_browser_holds_no_token(visit: Visit) -> None:
    visitor = visit()
    page = visitor.enter("caseworker", "Officer")
    (cookie,) = [c for c in page.context.cookies() if c["name"] == "citizengraph_session"]
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"
    kept = page.evaluate("() => JSON.stringify({...localStorage, ...sessionStorage})")
    session = page.evaluate("() => fetch('/session').then(r => r.text())")
    assert not re.search(r"eyJ[\w-]+\.", kept + session + cookie["value"])


def test_a_page_is_under_a_strict_policy(console_url: str) -> None:
    answer = httpx.get(f"{console_url}/")
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    nonces = {(re.findall("nonce-([^']+)", httpx.get(f"{console_url}/").text) and "") or policy}
    assert nonces
    assert httpx.get(f"{console_url}/assets/none.js").status_code == 404


def _logged_in(console_url: str, account: str) -> httpx.Client:
    client = httpx.Client(base_url=console_url, follow_redirects=True)
    doors = client.get("/entrances").json()["entrances"]
    consumer, choice = next(
        (door["consumer"], one["id"])
        for door in doors
        for one in door["accounts"]
        if one["title"] == account
    )
    assert client.get("/login", params={"consumer": consumer, "account": choice}).is_success
    return client


ASK = {"query": "{ myPermissions { type } }"}
PURPOSE = {
    "Citizengraph-Purpose": "household-services",
    "Citizengraph-Basis": "statutory-duty",
}


def test_only_the_pages_own_requests_are_sent_on(console_url: str) -> None:
    client = _logged_in(console_url, "Officer")
    csrf = client.get("/session").json()["session"]["csrf"]
    own = {**PURPOSE, "Citizengraph-Csrf": csrf}
    assert client.post("/graphql", json=ASK, headers=own).json()["data"]["myPermissions"]
    for headers in (
        PURPOSE,
        {**PURPOSE, "Citizengraph-Csrf": "guess"},
        {**own, "Origin": "http://elsewhere.example"},
    ):
        refused = client.post("/graphql", json=ASK, headers=headers)
        assert refused.status_code == 403
        assert refused.json()["errors"][0]["extensions"]["code"] == "FORGERY_SUSPECTED"
    assert client.post("/logout").status_code == 403
    assert client.post("/logout", headers=own).json() == {"session": None}
    assert client.post("/graphql", json=ASK, headers=own).status_code == 401


def test_a_login_leads_nowhere_else(console_url: str) -> None:
    for back in ("https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example"):
        client = httpx.Client(base_url=console_url)
        client.get("/login", params={"consumer": "caseworker", "back": back})
        doors = client.get("/entrances").json()["entrances"]
        account = doors[0]["accounts"][0]["id"]
        started = client.get(
            "/login", params={"consumer": doors[0]["consumer"], "back": back, "account": account}
        )
        answered = httpx.get(started.headers["location"])
        finished = client.get(answered.headers["location"])
        assert finished.headers["location"] == "/"


def test_a_code_is_good_once_and_for_whoever_asked(console_url: str) -> None:
    client, thief = (httpx.Client(base_url=console_url) for _ in range(2))
    door = client.get("/entrances").json()["entrances"][0]
    asked = {"consumer": door["consumer"], "account": door["accounts"][0]["id"]}
    started = client.get("/login", params=asked)
    answered = httpx.get(started.headers["location"]).headers["location"]
    assert thief.get(answered).headers["location"] == "/?problem=UNAUTHENTICATED"
    assert client.get(answered).headers["location"] == "/"
    assert client.get(answered).headers["location"] == "/?problem=UNAUTHENTICATED"


def test_the_issuer_sends_nobody_to_another_host(stack: Stack) -> None:
    port = stack.environment["CITIZENGRAPH_ISSUER_PORT"]
    for target in ("https://elsewhere.example/login/callback", "http://127.0.0.1:1/other"):
        asked = {
            "response_type": "code",
            "client_id": "caseworker",
            "redirect_uri": target,
            "code_challenge": "x",
            "code_challenge_method": "S256",
        }
        refused = httpx.get(f"http://127.0.0.1:{port}/authorize", params=asked)
        assert refused.status_code == 400
