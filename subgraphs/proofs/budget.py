"""How many different proofs about one person an asker may get in a day, counted in Valkey.

A proof that was given before may be given again: it tells nothing new. In the same way it is
counted how often an asker is wrong about a licence: before the answer, and given back where it was
right, so that who asks many at a time is held up and who knows both numbers is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from audit.soon import server, soon

PREFIX = "citizengraph:proofs"
KEPT_SECONDS = 2 * 86_400
AGES_MAX = 2
RELATIONS_MAX = 10
RESIDENCES_MAX = 3
LICENCES_MAX = 5
REPRESENTATIONS_MAX = 5
CREDENTIALS_MAX = 10
WRONG_MAX = 5
MOST = {
    "age": AGES_MAX,
    "relationship": RELATIONS_MAX,
    "residence": RESIDENCES_MAX,
    "licence": LICENCES_MAX,
    "representation": REPRESENTATIONS_MAX,
    "credential": CREDENTIALS_MAX,
    "wrong": WRONG_MAX,
}
"""Different proofs of each kind about one person in a day, and new credentials; `wrong`: different
holders named of one licence, and different licences of one holder."""

# KEYS: a set of claims for each person. ARGV: the claim, how many fit, seconds to keep.
# 1 when it fits for all of them and is noted, 0 when it fits for one of them no more.
_TAKE = """
for _, key in ipairs(KEYS) do
  if redis.call('SISMEMBER', key, ARGV[1]) == 0
    and redis.call('SCARD', key) >= tonumber(ARGV[2]) then return 0 end
end
for _, key in ipairs(KEYS) do
  redis.call('SADD', key, ARGV[1])
  redis.call('EXPIRE', key, ARGV[3])
end
return 1
"""


class Budget:
    """The sets on one server, by day (UTC), asker, kind of proof and person."""

    def __init__(self, redis_url: str, prefix: str = PREFIX) -> None:
        self._client = server(redis_url)
        self._prefix = prefix

    async def take(self, asker: str, kind: str, persons: Sequence[str], claim: str) -> bool:
        """Whether the proof still fits; if so it is counted. Raises AuditUnavailable.

        Asker, persons and claim are digests: the server holds no number.
        """
        keys = self._keys(asker, kind, persons)
        asked = claim, MOST[kind], KEPT_SECONDS
        return bool(await soon(self._client.eval(_TAKE, len(keys), *keys, *asked)))

    async def give_back(self, asker: str, kind: str, persons: Sequence[str], claim: str) -> None:
        """It does not count after all. Raises AuditUnavailable."""
        for key in self._keys(asker, kind, persons):
            await soon(self._client.srem(key, claim))

    def _keys(self, asker: str, kind: str, persons: Sequence[str]) -> list[str]:
        day = datetime.now(UTC).date().isoformat()
        return [f"{self._prefix}:{day}:{asker}:{kind}:{person}" for person in persons]

    async def close(self) -> None:
        """Drop the connections."""
        await self._client.aclose()
