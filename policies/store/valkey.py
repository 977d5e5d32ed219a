"""Versions, steps and the active version in Valkey: appended by compare-and-set, durably."""

from __future__ import annotations

import json
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError, ResponseError
from redis.retry import Retry

from policies.bundle import Bundle
from policies.history import History
from policies.store.chain import opened, sealed
from policies.store.problems import PolicyAltered, PolicyUnavailable
from policies.versions import Transition

PREFIX = "citizengraph:policy"
SECONDS_MAX = 2.0
DURABLE_MS_MAX = 1500
PROCESS_SECONDS = 12
PREPARE = "prepare"
ACTIVE = "active"
_APPEND_ONLY = "Set `appendonly yes` on the server of REDIS_URL; it must be Valkey or Redis >= 7.2."

# KEYS: steps, bundles, active. ARGV: length expected, active or '', bundle's hash or '', bundle,
# then the steps. 1 when all of it is stored, 0 when somebody else was faster.
_APPEND = """
if redis.call('LLEN', KEYS[1]) ~= tonumber(ARGV[1]) then return 0 end
if ARGV[3] ~= '' then redis.call('HSETNX', KEYS[2], ARGV[3], ARGV[4]) end
for i = 5, #ARGV do redis.call('RPUSH', KEYS[1], ARGV[i]) end
if ARGV[2] ~= '' then redis.call('SET', KEYS[3], ARGV[2]) end
return 1
"""


@dataclass(frozen=True)
class Snapshot:
    """Everything that had happened when it was read."""

    history: History
    newest: str


@dataclass(frozen=True)
class ProcessReport:
    """A process that answers, the policy it has in force, and since when (seconds of the clock).

    `prepared` is the hash of the bundle that it has compiled ahead of an activation.
    """

    process: str
    policy: str
    number: int
    applied_at: float
    prepared: str = ""


class PolicyStore:
    """One server; thread-safe. Every method raises PolicyUnavailable where it does not answer."""

    def __init__(self, redis_url: str, prefix: str = PREFIX) -> None:
        self._client = cast(
            "Any",
            Redis.from_url(  # pyright: ignore[reportUnknownMemberType]
                redis_url,
                socket_timeout=SECONDS_MAX,
                socket_connect_timeout=SECONDS_MAX,
                retry=Retry(NoBackoff(), 0),
            ),
        )
        self._prefix = prefix

    def close(self) -> None:
        """Drop the connections."""
        with suppressed():
            self._client.close()

    def snapshot(self) -> Snapshot:
        """The whole history. Raises PolicyAltered."""
        with reached():
            entries = self._client.lrange(self._key("steps"), 0, -1)
        return Snapshot(*opened([entry.decode() for entry in entries]))

    def pointer(self) -> str:
        """What changes with every activation; empty before the first."""
        with reached():
            return (self._client.get(self._key(ACTIVE)) or b"").decode()

    def active(self) -> tuple[str, Snapshot]:
        """Pointer and history, which agree. Raises PolicyAltered."""
        pointer, snapshot = self.pointer(), self.snapshot()
        if pointer != _pointer(snapshot.history):
            pointer = self.pointer()  # somebody has activated between the two reads
            if pointer != _pointer(snapshot.history):
                snapshot = self.snapshot()
        if pointer != _pointer(snapshot.history):
            raise PolicyAltered("The active version is another than the history says.")
        return pointer, snapshot

    def append(
        self, snapshot: Snapshot, steps: Sequence[Transition], bundle: Bundle | None = None
    ) -> bool:
        """Store the steps if nothing has happened since the snapshot; durable when it returns."""
        after = snapshot.history.followed_by(steps)
        activates = any(step.step == "activated" for step in steps)
        texts = json.dumps(dict(bundle.texts), ensure_ascii=False) if bundle else ""
        arguments = [
            snapshot.history.length,
            _pointer(after) if activates else "",
            bundle.hash if bundle else "",
            texts,
            *sealed(snapshot.newest, steps),
        ]
        keys = [self._key(name) for name in ("steps", "bundles", ACTIVE)]
        stored = self._stored(keys, arguments)
        if stored and activates:
            self.publish(ACTIVE)
        return stored

    def _stored(self, keys: Sequence[str], arguments: Sequence[Any]) -> bool:
        with reached():
            pipeline = self._client.pipeline(transaction=False)
            pipeline.eval(_APPEND, len(keys), *keys, *arguments)
            pipeline.execute_command("WAITAOF", 1, 0, DURABLE_MS_MAX)
            stored, (on_disk, _) = pipeline.execute()
        if stored and on_disk < 1:
            hint = "Look at `citizengraph policy list` whether the step was taken."
            raise PolicyUnavailable(f"not on disk within {DURABLE_MS_MAX} ms", hint)
        return bool(stored)

    def entries(self, name: str) -> list[str]:
        """A list beside the history, from the first entry on."""
        with reached():
            return [entry.decode() for entry in self._client.lrange(self._key(name), 0, -1)]

    def extend(self, name: str, length: int, entries: Sequence[str]) -> bool:
        """Add to it if it is still as long; durable when it returns."""
        keys = [self._key(name), self._key("bundles"), self._key(ACTIVE)]
        return self._stored(keys, [length, "", "", "", *entries])

    def bundle(self, hashed: str) -> Bundle:
        """The texts of a hash. Raises PolicyAltered where they have another or are gone."""
        with reached():
            stored = self._client.hget(self._key("bundles"), hashed)
        if stored is None:
            raise PolicyAltered(f"The texts of {hashed[:12]} are gone.")
        try:
            found = Bundle(json.loads(stored)).checked()
            altered = found.hash != hashed
        except (ValueError, AttributeError, TypeError):
            found, altered = None, True
        if found is None or altered:
            raise PolicyAltered(f"The texts of {hashed[:12]} have been altered.")
        return found

    def publish(self, message: str) -> None:
        """Tell every process; one that does not hear it finds out by asking."""
        with suppressed():
            self._client.publish(self._key("changes"), message)

    @contextmanager
    def listening(self) -> Generator[Any]:
        """A subscription; `next_message` reads it."""
        with reached():
            channel = self._client.pubsub(ignore_subscribe_messages=True)
            try:
                channel.subscribe(self._key("changes"))
                yield channel
            finally:
                with suppressed():
                    channel.close()

    def report(self, found: ProcessReport) -> None:
        """Say what a process has in force; forgotten after PROCESS_SECONDS."""
        key, value = self._key(f"process:{found.process}"), json.dumps(vars(found))
        with reached():
            self._client.set(key, value, ex=PROCESS_SECONDS)

    def withdraw(self, process: str) -> None:
        """The process has ended."""
        with suppressed():
            self._client.delete(self._key(f"process:{process}"))

    def processes(self) -> list[ProcessReport]:
        """Every process that has reported lately."""
        with reached():
            keys = sorted(self._client.scan_iter(self._key("process:*"), count=1000))
            values: list[bytes | None] = self._client.mget(keys) if keys else []
        return [ProcessReport(**json.loads(value)) for value in values if value]

    def _key(self, name: str) -> str:
        return f"{self._prefix}:{name}"


def next_message(channel: Any, seconds: float) -> str:
    """The next message, or nothing after so many seconds."""
    message = channel.get_message(timeout=seconds)
    return message["data"].decode() if message else ""


@contextmanager
def reached() -> Generator[None]:
    """Turn what the client raises into PolicyUnavailable."""
    try:
        yield
    except ResponseError as error:
        if "WAITAOF" in str(error).upper():
            raise PolicyUnavailable(f"no append-only file: {error}", _APPEND_ONLY) from error
        raise PolicyUnavailable(f"{type(error).__name__}: {error}") from error
    except (RedisError, OSError) as error:
        raise PolicyUnavailable(f"{type(error).__name__}: {error}") from error


@contextmanager
def suppressed() -> Generator[None]:
    """What fails here is made good elsewhere: by polling, or by expiry."""
    try:
        yield
    except (RedisError, OSError):
        return


def retrying(seconds: float) -> Iterator[None]:
    """Once, and again until so many seconds have gone."""
    until = time.monotonic() + seconds
    yield
    while time.monotonic() < until:
        time.sleep(0.1)
        yield


def _pointer(history: History) -> str:
    active = history.active
    return f"{active.number} {active.version.hash}" if active else ""
