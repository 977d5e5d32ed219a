"""Credentials and their places of the status list, kept in Valkey.

A place is drawn at random and kept until its credential ends; what was issued is known to its
holder for some weeks more. The book has a name of its own, drawn with its first entry, that stands
in the address of its list: where a server lost the book, credentials of before belong to no list,
and nobody takes them for good.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from secrets import token_hex

from audit.soon import server, soon
from subgraphs.proofs.credential_kept import CredentialSeal, Entry, Issue, Kept, Reason, Revocation

PREFIX = "citizengraph:credentials"
GRACE_SECONDS = 300
"""A place is not given to another credential before every clock takes the credential for ended."""
KNOWN_SECONDS = 30 * 86_400
"""A holder sees what they had for so long after it ended."""
KEY_SECONDS = 86_400
TURN_SECONDS = 60

# KEYS: the request, the place, the credential, the times of asking, those of its holder, the
# revoked places. ARGV: the issue, the place, the reference, what is kept, now, when it ends,
# seconds of a key, seconds of grace, seconds that it is known.
# The issue of before where there is one; 0 where the place is taken.
_ENTER = """
local before = redis.call('GET', KEYS[1])
if before then return before end
if redis.call('EXISTS', KEYS[2]) == 1 then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[7])
redis.call('SET', KEYS[2], ARGV[3], 'EXAT', ARGV[6] + ARGV[8])
redis.call('HSET', KEYS[3], 'kept', ARGV[4], 'place', ARGV[2], 'ends', ARGV[6])
redis.call('EXPIREAT', KEYS[3], ARGV[6] + ARGV[9])
redis.call('ZADD', KEYS[4], ARGV[5], ARGV[3])
redis.call('ZADD', KEYS[5], 'GT', ARGV[6] + ARGV[9], ARGV[3])
redis.call('ZREMRANGEBYSCORE', KEYS[5], '-inf', ARGV[5])
redis.call('EXPIREAT', KEYS[5], ARGV[6] + ARGV[9], 'NX')
redis.call('EXPIREAT', KEYS[5], ARGV[6] + ARGV[9], 'GT')
redis.call('ZREM', KEYS[6], ARGV[2])
return 1
"""

# KEYS: the credential, the times of asking, the revoked places. ARGV: the reference, now and why,
# seconds of grace, now. 1 where it was not revoked before.
_REVOKE = """
redis.call('ZREM', KEYS[2], ARGV[1])
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
if redis.call('HSETNX', KEYS[1], 'revoked', ARGV[2]) == 0 then return 0 end
local ends = redis.call('HGET', KEYS[1], 'ends') + ARGV[3]
if ends > tonumber(ARGV[4]) then
  redis.call('ZADD', KEYS[3], ends, redis.call('HGET', KEYS[1], 'place'))
end
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', ARGV[4])
return 1
"""


@dataclass(frozen=True)
class Listed:
    """What a status list is made of; `oldest`: when that was asked which was asked longest ago."""

    uri: str
    revoked: frozenset[int]
    oldest: int | None


class CredentialBook:
    """The book on one server. `uri`: where its list is published."""

    def __init__(
        self, redis_url: str, seal: CredentialSeal, uri: str, prefix: str = PREFIX
    ) -> None:
        self._client = server(redis_url)
        self._seal = seal
        self._uri = uri
        self._prefix = prefix
        self._asked, self._revoked = f"{prefix}:asked", f"{prefix}:revoked"

    async def uri(self) -> str:
        """The address of the list, with the name of the book. Raises AuditUnavailable."""
        name = f"{self._prefix}:name"
        await soon(self._client.set(name, token_hex(8), nx=True))
        return f"{self._uri}?book={(await soon(self._client.get(name))).decode()}"

    async def issued(self, request: str) -> Issue | None:
        """What was issued for the key of a request, within a day. Raises AuditUnavailable."""
        found = await soon(self._client.get(f"{self._prefix}:key:{request}"))
        return self._seal.issue(found) if found else None

    async def enter(
        self, request: str, holder: str, place: int, issue: Issue, kept: Kept
    ) -> Issue | None:
        """The issue that counts for the key: this one, or one of before; None: draw another place.

        `request` and `holder` are digests. Raises AuditUnavailable.
        """
        keys = (
            f"{self._prefix}:key:{request}",
            f"{self._prefix}:place:{place}",
            f"{self._prefix}:of:{kept.reference}",
            self._asked,
            f"{self._prefix}:holder:{holder}",
            self._revoked,
        )
        given = (
            *(self._seal.closed(issue), place, kept.reference, self._seal.closed(kept)),
            *(kept.issued, kept.ends, KEY_SECONDS, GRACE_SECONDS, KNOWN_SECONDS),
        )
        found = await soon(self._client.eval(_ENTER, len(keys), *keys, *given))
        if isinstance(found, bytes):
            return self._seal.issue(found) or Issue("", "", "", 0, ())
        return issue if found else None

    async def of_holder(self, holder: str) -> Sequence[Entry]:
        """Those of a holder that can be read, the newest first. Raises AuditUnavailable."""
        found = await soon(self._client.zrange(f"{self._prefix}:holder:{holder}", 0, -1))
        entries = await self._entries([one.decode() for one in found])
        known = [entry for entry in entries.values() if entry]
        return sorted(known, key=lambda entry: entry.kept.issued, reverse=True)

    async def due(self, before: int, most: int) -> Mapping[str, Entry | None]:
        """By reference, those asked longest ago; nothing for one that none can read.

        Raises AuditUnavailable.
        """
        asked = self._client.zrangebyscore(self._asked, "-inf", before, start=0, num=most)
        found = await soon(asked)
        return await self._entries([one.decode() for one in found])

    async def asked(self, reference: str, at: int) -> None:
        """It stood when it was asked. Raises AuditUnavailable."""
        await soon(self._client.zadd(self._asked, {reference: at}, xx=True))

    async def ended(self, reference: str) -> None:
        """It is not asked again. Raises AuditUnavailable."""
        await soon(self._client.zrem(self._asked, reference))

    async def revoke(self, reference: str, reason: Reason) -> bool:
        """From now on, and whatever is found later; whether it was not before.

        Raises AuditUnavailable.
        """
        now = int(time.time())
        keys = f"{self._prefix}:of:{reference}", self._asked, self._revoked
        given = reference, f"{now} {reason}", GRACE_SECONDS, now
        return bool(await soon(self._client.eval(_REVOKE, len(keys), *keys, *given)))

    async def listed(self) -> Listed:
        """What the list says now. Raises AuditUnavailable."""
        uri, now = await self.uri(), int(time.time())
        oldest = await soon(self._client.zrange(self._asked, 0, 0, withscores=True))
        gone = await soon(self._client.zrangebyscore(self._revoked, now, "+inf"))
        when = int(oldest[0][1]) if oldest else None
        return Listed(uri, frozenset(map(int, gone)), when)

    async def turn(self) -> bool:
        """Whether this process may ask now; of several on one server one does."""
        got = self._client.set(f"{self._prefix}:turn", "1", nx=True, ex=TURN_SECONDS)
        return bool(await soon(got))

    async def turn_over(self) -> None:
        """The next one may."""
        await soon(self._client.delete(f"{self._prefix}:turn"))

    async def close(self) -> None:
        """Drop the connections."""
        await self._client.aclose()

    async def _entries(self, references: Sequence[str]) -> dict[str, Entry | None]:
        """By reference, in the same order."""
        if not references:
            return {}
        pipe = self._client.pipeline(transaction=False)
        for one in references:
            pipe.hmget(f"{self._prefix}:of:{one}", "kept", "revoked")
            pipe.zscore(self._asked, one)
        found = await soon(pipe.execute())
        pairs = zip(references, found[::2], found[1::2], strict=True)
        return {one: self._entry(record[0], record[1], asked) for one, record, asked in pairs}

    def _entry(
        self, kept: bytes | None, revoked: bytes | None, asked: float | None
    ) -> Entry | None:
        opened = self._seal.kept(kept) if kept else None
        if opened is None:
            return None
        at, _, reason = revoked.decode().partition(" ") if revoked else ("", "", "")
        gone = Revocation(int(at), reason) if at else None
        return Entry(opened, int(asked or opened.issued), gone)
