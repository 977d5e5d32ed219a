"""Sessions of the console, kept in Valkey: the browser holds an opaque cookie and nothing else.

A session ends after 15 minutes without a request, after 8 hours, or when its access token does.
The store knows the digest of the cookie, not the cookie.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any, cast

from redis.asyncio import Redis

IDLE_SECONDS = 15 * 60
SESSION_SECONDS_MAX = 8 * 3600
LOGIN_SECONDS = 5 * 60
_SESSION, _LOGIN = "console:session:", "console:login:"


@dataclass(frozen=True)
class Session:
    """Who is logged in, with the token that the browser never sees."""

    consumer: str
    name: str
    principal: Mapping[str, str | bool]
    token: str
    csrf: str
    ends_at: float


@dataclass(frozen=True)
class Attempt:
    """A login that was begun: what the answer of the provider has to fit."""

    consumer: str
    state: str
    nonce: str
    verifier: str
    back: str


class Sessions:
    """Sessions and begun logins on one server."""

    def __init__(self, redis_url: str) -> None:
        self._redis = cast("Any", Redis.from_url(redis_url))  # pyright: ignore[reportUnknownMemberType]

    async def close(self) -> None:
        """Let go of the connections."""
        await self._redis.aclose()

    async def begin(self, session: Session) -> str:
        """Keep a session; the cookie's value."""
        return await self._keep(_SESSION, asdict(session), _seconds_left(session))

    async def find(self, cookie: str | None) -> Session | None:
        """The session, for 15 minutes more; None when it ended."""
        key = _key(_SESSION, cookie)
        kept = await self._redis.get(key) if key else None
        if kept is None:
            return None
        session = Session(**json.loads(kept))
        seconds = _seconds_left(session)
        if seconds <= 0:
            await self._redis.delete(key)
            return None
        await self._redis.expire(key, seconds)
        return session

    async def end(self, cookie: str | None) -> None:
        """Forget a session."""
        if key := _key(_SESSION, cookie):
            await self._redis.delete(key)

    async def attempt(self, attempt: Attempt) -> str:
        """Keep a begun login; the cookie's value."""
        return await self._keep(_LOGIN, asdict(attempt), LOGIN_SECONDS)

    async def attempted(self, cookie: str | None) -> Attempt | None:
        """The begun login, once."""
        key = _key(_LOGIN, cookie)
        kept = await self._redis.getdel(key) if key else None
        return Attempt(**json.loads(kept)) if kept else None

    async def _keep(self, kind: str, values: Mapping[str, Any], seconds: int) -> str:
        cookie = secrets.token_urlsafe(32)
        await self._redis.set(_key(kind, cookie), json.dumps(values), ex=max(seconds, 1))
        return cookie


def _key(kind: str, cookie: str | None) -> str | None:
    return f"{kind}{sha256(cookie.encode()).hexdigest()}" if cookie else None


def _seconds_left(session: Session) -> int:
    return min(IDLE_SECONDS, int(session.ends_at - time.time()))
