# pyright: reportUnknownMemberType=false
"""Readiness by real use: a query, a PING, an HTTP answer. Each returns or raises."""

import logging
import socket
from urllib.parse import urlsplit

import httpx
import redis
from neo4j import GraphDatabase
from redis.backoff import NoBackoff
from redis.retry import Retry

logging.getLogger("neo4j").setLevel(logging.CRITICAL)
ANSWER_SECONDS_MAX = 3.0


def neo4j_ready(uri: str, user: str, password: str, database: str = "neo4j") -> None:
    """Run one query; a refused connection is found without the driver's own retries."""
    parsed = urlsplit(uri)
    address = (parsed.hostname or "127.0.0.1", parsed.port or 7687)
    socket.create_connection(address, ANSWER_SECONDS_MAX).close()
    driver = GraphDatabase.driver(
        uri, auth=(user, password), connection_timeout=10, max_transaction_retry_time=0
    )
    with driver, driver.session(database=database) as session:
        session.run("RETURN 1").consume()


def valkey_ready(url: str) -> None:
    """PING; while the append-only file is being read the server answers with an error."""
    once = Retry(NoBackoff(), 0)
    with redis.Redis.from_url(url, socket_timeout=ANSWER_SECONDS_MAX, retry=once) as client:
        client.ping()


def http_ready(url: str) -> None:
    """GET with a 2xx answer."""
    httpx.get(url, timeout=ANSWER_SECONDS_MAX, trust_env=False).raise_for_status()
