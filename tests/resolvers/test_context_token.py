"""Context tokens are verified once, and good for as long as they say."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from resolvers import context
from resolvers.context import GATEWAY, VERIFIED_KEPT, ContextVerifier
from runtime.errors import CitizengraphError

CLAIMS = {
    "iss": GATEWAY,
    "aud": "people",
    "sub": "school:1",
    "consumer": "school",
    "purpose": "p",
    "basis": "b",
    "case": None,
    "principal": {"district": "1"},
    "policy": "v1",
    "operation": "o",
    "operationName": None,
    "operationHash": "h",
}


@pytest.fixture
def key() -> ECKey:
    return ECKey.generate_key("P-256", auto_kid=True)


@pytest.fixture
def verifier(key: ECKey, tmp_path: Path) -> ContextVerifier:
    file = tmp_path / "jwks.json"
    file.write_text(json.dumps({"keys": [key.as_dict(private=False)]}))
    return ContextVerifier(file, "people")


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tokens whose signatures were verified."""
    found: list[str] = []
    decode = jwt.decode

    def noted(token: str, *given: Any, **named: Any) -> Any:
        found.append(token)
        return decode(token, *given, **named)

    monkeypatch.setattr(context.jwt, "decode", noted)
    return found


def signed(key: ECKey, **changed: Any) -> str:
    claims = CLAIMS | {"exp": int(time.time()) + 30} | changed
    return jwt.encode({"alg": "ES256", "kid": key.kid}, claims, key)


def test_a_token_is_verified_once(
    verifier: ContextVerifier, key: ECKey, decoded: list[str]
) -> None:
    one, other = signed(key), signed(key, sub="school:2")
    found = [verifier.verify(token).subject for token in (one, other, one, other)]
    assert found == ["school:1", "school:2", "school:1", "school:2"]
    assert decoded == [one, other]


def test_a_verified_token_expires_all_the_same(verifier: ContextVerifier, key: ECKey) -> None:
    nearly_over = signed(key, exp=int(time.time()) - context.CLOCK_SKEW_SECONDS + 2)
    assert verifier.verify(nearly_over).consumer == "school"
    time.sleep(2.1)
    with pytest.raises(CitizengraphError, match="context token"):
        verifier.verify(nearly_over)


def test_what_is_like_a_verified_token_is_not_one(
    verifier: ContextVerifier, key: ECKey, decoded: list[str]
) -> None:
    good = signed(key)
    verifier.verify(good)
    head, claims, signature = good.split(".")
    other = signed(key, consumer="caseworker").split(".")[1]
    forged = (f"{head}.{other}.{signature}", f"{head}.{claims}.{signature[::-1]}", good[:-2])
    elsewhere = signed(key, aud="households")
    for token in (*forged, elsewhere, *forged, elsewhere):
        with pytest.raises(CitizengraphError, match="context token"):
            verifier.verify(token)
    assert len(decoded) == 9


def test_only_the_latest_are_kept(
    verifier: ContextVerifier, key: ECKey, decoded: list[str]
) -> None:
    tokens = [signed(key, sub=str(at)) for at in range(VERIFIED_KEPT + 1)]
    for token in (*tokens, tokens[-1], tokens[0]):
        verifier.verify(token)
    assert decoded == [*tokens, tokens[0]]
