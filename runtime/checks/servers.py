# pyright: reportUnknownMemberType=false
"""Checks against the running servers: each does what the product does with it."""

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import partial
from typing import Any, cast
from uuid import uuid4

import httpx
import redis
from neo4j import GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError
from redis.backoff import NoBackoff
from redis.retry import Retry

from runtime.errors import CitizengraphError
from runtime.launch import current
from runtime.settings import Settings
from runtime.state import read_state

ANSWER_SECONDS_MAX = 5.0
CLOCK_SECONDS_MAX = 5.0
LOOK = "See `citizengraph status` and logs/{}.log in the home."


def server_checks(settings: Settings) -> list[tuple[str, Callable[[], str]]]:
    """Name and check per server."""
    jwks = settings.issuer_jwks_url
    gateway = f"http://127.0.0.1:{settings.gateway_port}/health"
    subgraphs = f"http://127.0.0.1:{settings.subgraphs_port}/health"
    console = f"http://127.0.0.1:{settings.console_port}/health"
    return [
        ("supervisor", partial(_supervisor, settings)),
        ("neo4j", partial(_neo4j, settings)),
        ("valkey", partial(_valkey, settings)),
        ("clock", partial(_clock, settings)),
        ("subgraphs", _unless_left_out(settings, "subgraphs", partial(_health, subgraphs))),
        ("issuer", _unless_left_out(settings, "issuer", partial(_issuer, jwks))),
        ("gateway", _unless_left_out(settings, "gateway", partial(_health, gateway))),
        ("console", _unless_left_out(settings, "console", partial(_health, console))),
    ]


def _unless_left_out(
    settings: Settings, name: str, check: Callable[[str], str]
) -> Callable[[], str]:
    """No check of a part that `up --only` did not start."""
    state = read_state(settings.home)
    left_out = state is not None and state.status == "running" and name not in state.parts
    return (lambda: "not started, as `up --only` asked") if left_out else partial(check, name)


def _supervisor(settings: Settings) -> str:
    state = current(settings)
    poor = [
        f"{n} is {p.state}" for n, p in state.parts.items() if p.state not in ("ready", "external")
    ]
    if poor:
        words = f"{', '.join(poor)}."
        raise CitizengraphError("PART_FAILED", words, "See `citizengraph status` and the logs.")
    restarts = sum(part.restarts for part in state.parts.values())
    return f"{len(state.parts)} parts run, restarted {restarts} times"


def _neo4j(settings: Settings) -> str:
    try:
        return _neo4j_keeps_and_rolls_back(settings, uuid4().hex)
    except (Neo4jError, DriverError) as error:
        reason = str(error).partition("(")[0].strip()
        words = f"{settings.neo4j_uri} does not answer or refuses: {reason}."
        raise CitizengraphError("GRAPH_UNAVAILABLE", words, LOOK.format("neo4j")) from error


def _neo4j_keeps_and_rolls_back(settings: Settings, mark: str) -> str:
    """Write a node, read it back, roll back, and see that it is gone."""
    login = (settings.neo4j_user, settings.neo4j_password)
    with (
        GraphDatabase.driver(
            settings.neo4j_uri,
            auth=login,
            connection_timeout=ANSWER_SECONDS_MAX,
            max_transaction_retry_time=0,
            notifications_min_severity="OFF",
        ) as driver,
        driver.session(database=settings.neo4j_database) as session,
    ):
        with session.begin_transaction() as transaction:
            transaction.run("CREATE (:DoctorCheck {mark: $mark})", mark=mark).consume()
            written = _count(transaction, mark)
            transaction.rollback()
        if (written, _count(session, mark)) != (1, 0):
            words = "Neo4j does not keep or does not roll back a write."
            raise CitizengraphError("GRAPH_UNAVAILABLE", words, LOOK.format("neo4j"))
    return f"{settings.neo4j_uri} writes, reads and rolls back"


def _count(runner: Any, mark: str) -> int:
    query = "MATCH (n:DoctorCheck {mark: $mark}) RETURN count(n) AS found"
    return runner.run(query, mark=mark).single()["found"]


def _valkey(settings: Settings) -> str:
    """Write a key that expires and wait until it is in the append-only file on disk."""
    with _valkey_client(settings) as client:
        client.set("citizengraph:doctor", "1", ex=10)
        written = cast("list[int]", client.execute_command("WAITAOF", 1, 0, 2000))
        policy: Any = client.config_get("appendfsync")
    if written[0] != 1 or policy.get("appendfsync") != "always":
        words = "Valkey answers before a write is on disk."
        hint = "Set `appendonly yes` and `appendfsync always`, and see that the disk is not full."
        raise CitizengraphError("AUDIT_UNAVAILABLE", words, hint)
    return "a write was on disk before the answer"


def _clock(settings: Settings) -> str:
    """Tokens live 30 seconds, so the machines' clocks have to agree."""
    with _valkey_client(settings) as client:
        answer: Any = client.time()
    difference = abs(time.time() - answer[0])
    if difference > CLOCK_SECONDS_MAX:
        words = f"The clock differs from Valkey's by {difference:.0f} s."
        raise CitizengraphError("INTERNAL", words, "Synchronise the clock (NTP).")
    return "agrees with Valkey's"


@contextmanager
def _valkey_client(settings: Settings) -> Generator[redis.Redis]:
    once = Retry(NoBackoff(), 0)
    options = {"socket_timeout": ANSWER_SECONDS_MAX, "retry": once}
    try:
        with redis.Redis.from_url(settings.redis_url, **options) as client:
            yield client
    except redis.RedisError as error:
        words = f"Valkey does not answer or refuses: {error}"
        raise CitizengraphError("AUDIT_UNAVAILABLE", words, LOOK.format("valkey")) from error


def _health(url: str, name: str) -> str:
    answer = _get(name, url)
    return f"{url} answers {answer.status_code}"


def _issuer(url: str, name: str) -> str:
    keys: Any = _get(name, url).json().get("keys")
    if not keys:
        words = f"{url} has no key."
        raise CitizengraphError("UNAUTHENTICATED", words, LOOK.format(name))
    return f"{url} has {len(keys)} keys"


def _get(name: str, url: str) -> httpx.Response:
    try:
        answer = httpx.get(url, timeout=ANSWER_SECONDS_MAX, trust_env=False)
        answer.raise_for_status()
    except httpx.HTTPError as error:
        words = f"{url} does not answer: {error}."
        raise CitizengraphError("SUBGRAPH_UNAVAILABLE", words, LOOK.format(name)) from error
    return answer
