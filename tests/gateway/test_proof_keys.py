"""The keys of the proofs are published without a token, the public part alone, at any time."""

from __future__ import annotations

import json

import httpx
from gateway_stack import Stack

from runtime.keys import private_key_file, public_keys_file, rotate_key

PUBLIC = {"kty", "crv", "x", "y", "kid", "alg", "use"}


def published(stack: Stack) -> list[dict[str, str]]:
    answer = httpx.get(f"{stack.url}/.well-known/proofs/jwks.json", trust_env=False)
    assert answer.status_code == 200
    return answer.json()["keys"]


def test_anybody_reads_the_key_in_use_and_those_before_it(stack: Stack) -> None:
    (first,) = published(stack)
    assert set(first) == PUBLIC
    second = rotate_key(stack.home, "proofs")
    assert [key["kid"] for key in published(stack)] == [second, first["kid"]]
    for _ in range(3):
        newest = rotate_key(stack.home, "proofs")
    assert len(published(stack)) == 3
    assert published(stack)[0]["kid"] == newest


def test_a_private_key_in_the_file_does_not_leave(stack: Stack) -> None:
    private = json.loads(private_key_file(stack.home, "proofs").read_text())
    file = public_keys_file(stack.home, "proofs")
    before = file.read_text()
    file.write_text(json.dumps({"keys": [private]}))
    try:
        answer = httpx.get(f"{stack.url}/.well-known/proofs/jwks.json", trust_env=False)
        assert private["d"] not in answer.text
        assert set(answer.json()["keys"][0]) == PUBLIC
    finally:
        file.write_text(before)


def test_the_path_takes_nothing_but_get(stack: Stack) -> None:
    answer = httpx.post(f"{stack.url}/.well-known/proofs/jwks.json", trust_env=False)
    assert answer.status_code == 404


STATUS = "/.well-known/proofs/status/0"


def test_the_status_list_is_passed_on_as_it_was_signed(stack: Stack) -> None:
    answer = httpx.get(f"{stack.url}{STATUS}", trust_env=False)
    assert (answer.status_code, answer.text) == (200, "a.signed.list")
    assert answer.headers["content-type"] == "application/statuslist+jwt"
    assert httpx.get(f"{stack.url}{STATUS[:-1]}1", trust_env=False).status_code == 404


def test_where_the_status_is_not_known_nothing_is_said(stack: Stack) -> None:
    stack.refusals.status_list = (503, "password and trace")
    try:
        answer = httpx.get(f"{stack.url}{STATUS}", trust_env=False)
    finally:
        stack.refusals.status_list = (200, "a.signed.list")
    assert answer.status_code == 503
    assert answer.json() == {"error": "The status of proofs is not known now."}
