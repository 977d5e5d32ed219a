"""Sessions in a real Valkey: opaque, known by digest alone, and they end."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from typing import Any, cast

import pytest
from redis.asyncio import Redis

from console.sessions import IDLE_SECONDS, Attempt, Session, Sessions


@pytest.fixture
async def sessions(valkey_server: str) -> AsyncIterator[Sessions]:
    kept = Sessions(valkey_server)
    yield kept
    await kept.close()


def _session(seconds: float = 3600) -> Session:
    return Session(
        "caseworker", "周敏", {"district": "110101"}, "token", "c", time.time() + seconds
    )


async def _keys(valkey_server: str) -> dict[str, int]:
    client = cast("Any", Redis.from_url(valkey_server))  # pyright: ignore[reportUnknownMemberType]
    found = {key.decode(): await client.ttl(key) for key in await client.keys("console:*")}
    await client.aclose()
    return found


async def test_a_session_is_found_by_its_cookie_alone(
    sessions: Sessions, valkey_server: str
) -> None:
    first, second = await sessions.begin(_session()), await sessions.begin(_session())
    assert first != second
    assert await sessions.find(first) is not None
    assert await sessions.find(first[:-1]) is None
    assert await sessions.find(None) is None
    assert not any(first in key for key in await _keys(valkey_server))
    await sessions.end(first)
    assert await sessions.find(first) is None
    assert await sessions.find(second) is not None


async def test_idle_and_age(sessions: Sessions, valkey_server: str) -> None:
    await sessions.begin(_session())
    assert max((await _keys(valkey_server)).values()) <= IDLE_SECONDS
    short = await sessions.begin(_session(seconds=1.2))
    assert await sessions.find(short) is not None
    time.sleep(1.3)
    assert await sessions.find(short) is None


async def test_a_begun_login_is_good_once(sessions: Sessions) -> None:
    cookie = await sessions.attempt(Attempt("citizen", "state", "nonce", "verifier", "/"))
    attempt = await sessions.attempted(cookie)
    assert attempt is not None
    assert attempt.state == "state"
    assert await sessions.attempted(cookie) is None
