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
