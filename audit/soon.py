"""Asking Valkey for what an answer waits for: soon, or AUDIT_UNAVAILABLE."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar, cast

from redis.asyncio import Redis
from redis.exceptions import RedisError

from audit.connection import CONNECT_SECONDS_MAX
from audit.problems import AuditUnavailable

SECONDS_MAX = 2.0
T = TypeVar("T")


def server(redis_url: str, decode_responses: bool = False) -> Any:
    """A client of the server, which connects when it is first asked."""
    return cast(
        "Any",
        Redis.from_url(  # pyright: ignore[reportUnknownMemberType]
            redis_url,
            decode_responses=decode_responses,
            socket_connect_timeout=CONNECT_SECONDS_MAX,
        ),
    )


async def soon(asked: Awaitable[T]) -> T:
    """What it says. Raises AuditUnavailable where it does not within SECONDS_MAX."""
    try:
        async with asyncio.timeout(SECONDS_MAX):
            return await asked
    except (RedisError, OSError, TimeoutError) as error:
        raise AuditUnavailable(f"{type(error).__name__}: {error}") from error
