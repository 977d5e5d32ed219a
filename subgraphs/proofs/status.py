"""Places of the status list, kept in Valkey for as long as their proofs are good.

A place is drawn at random, so that it tells nothing of when a proof was made or beside which. With
it stands, sealed, what is needed to ask the question again.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from secrets import randbelow
from typing import Any

from audit.problems import AuditUnavailable
from audit.soon import server, soon
from subgraphs.proofs.issued import Issued, Seal
from subgraphs.proofs.signing import PROOF_SECONDS

PREFIX = "citizengraph:proof-status"
PLACES = 1 << 20
KEPT_SECONDS = PROOF_SECONDS + 60
"""A place is not given to another proof before every clock takes the proof for expired."""
TRIES_MAX = 20
_CHUNK = 1_000

# KEYS: what is kept at the place, the places in use, the revoked ones. ARGV: the place, what is
# kept, when it ends, seconds to keep, now. 0 where the place is taken.
_ENTER = """
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[4])
redis.call('ZREM', KEYS[3], ARGV[1])
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[5])
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', ARGV[5])
redis.call('EXPIRE', KEYS[2], ARGV[4])
return 1
"""


class StatusBook:
    """The places on one server. `uri`: where the list of them is published."""

    def __init__(self, redis_url: str, seal: Seal, uri: str, prefix: str = PREFIX) -> None:
        self._client = server(redis_url)
        self._seal = seal
        self.uri = uri
        self._prefix = prefix
        self._live, self._revoked = f"{prefix}:live", f"{prefix}:revoked"

    async def enter(self, issued: Issued | None) -> Mapping[str, Any]:
        """The claim `status` of a new proof; nothing is kept of one that is never asked again.

        Raises AuditUnavailable.
        """
        sealed = self._seal.closed(issued) if issued else ""
        for _ in range(TRIES_MAX):
            place, now = randbelow(PLACES), int(time.time())
            keys = (f"{self._prefix}:{place}", self._live, self._revoked)
            given = (place, sealed, now + KEPT_SECONDS, KEPT_SECONDS, now)
            if await soon(self._client.eval(_ENTER, len(keys), *keys, *given)):
                return {"status_list": {"idx": place, "uri": self.uri}}
        raise AuditUnavailable("no place of the status list is free")

    async def to_ask_again(self) -> Mapping[int, Issued | None]:
        """The proofs that are good and not revoked, by place; nothing for one that none can read.

        Raises AuditUnavailable.
        """
        now = int(time.time())
        places = await soon(self._client.zrangebyscore(self._live, now, "+inf"))
        gone = await self.revoked()
        wanted = [place for place in map(int, places) if place not in gone]
        found: dict[int, Issued | None] = {}
        for start in range(0, len(wanted), _CHUNK):
            part = wanted[start : start + _CHUNK]
            kept = await soon(self._client.mget([f"{self._prefix}:{place}" for place in part]))
            found |= {p: self._seal.opened(s) for p, s in zip(part, kept, strict=True) if s}
        return found

    async def revoke(self, place: int) -> None:
        """From now on, and whatever is found later. Raises AuditUnavailable."""
        ends = int(time.time()) + KEPT_SECONDS
        await soon(self._client.zadd(self._revoked, {str(place): ends}))
        await soon(self._client.expire(self._revoked, KEPT_SECONDS))

    async def revoked(self) -> frozenset[int]:
        """Places of revoked proofs. Raises AuditUnavailable."""
        now = int(time.time())
        found = await soon(self._client.zrangebyscore(self._revoked, now, "+inf"))
        return frozenset(map(int, found))

    async def close(self) -> None:
        """Drop the connections."""
        await self._client.aclose()
