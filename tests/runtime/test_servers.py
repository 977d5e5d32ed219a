"""The embedded servers answer, keep data safe and show their passwords nowhere."""

import subprocess

import psutil
import pytest
import redis
from neo4j import GraphDatabase
from neo4j.exceptions import AuthError

from runtime.neo4j.server import Neo4jAddress


def test_neo4j_answers(neo4j_server: Neo4jAddress) -> None:
    login = (neo4j_server.user, neo4j_server.password)
    with GraphDatabase.driver(neo4j_server.uri, auth=login) as driver:
        records = driver.execute_query("RETURN 1 + 1 AS two").records
    assert records[0]["two"] == 2


def test_neo4j_refuses_a_wrong_password(neo4j_server: Neo4jAddress) -> None:
    with (
        GraphDatabase.driver(neo4j_server.uri, auth=("neo4j", "neo4j")) as driver,
        pytest.raises(AuthError),
    ):
        driver.verify_connectivity()


def test_valkey_has_a_write_on_disk_before_it_answers(valkey_server: str) -> None:
    with redis.Redis.from_url(valkey_server) as client:
        client.set("key", "value")
        assert client.execute_command("WAITAOF", 1, 0, 1000)[0] == 1
        assert client.config_get("appendfsync") == {"appendfsync": "always"}


def test_valkey_refuses_a_missing_password(valkey_server: str) -> None:
    port = valkey_server.rsplit(":", 1)[1].split("/")[0]
    with redis.Redis(port=int(port)) as client, pytest.raises(redis.AuthenticationError):
        client.ping()


def test_servers_listen_on_loopback_only(neo4j_server: Neo4jAddress, valkey_server: str) -> None:
    ports = {int(neo4j_server.uri.rsplit(":", 1)[1]), int(valkey_server.split(":")[3][:-2])}
    family = psutil.Process().children(recursive=True)
    open_ports = [c for child in family for c in child.net_connections() if c.status == "LISTEN"]
    assert ports <= {c.laddr.port for c in open_ports}
    assert {c.laddr.ip.removeprefix("::ffff:") for c in open_ports} == {"127.0.0.1"}


def test_passwords_are_on_no_command_line(neo4j_server: Neo4jAddress, valkey_server: str) -> None:
    shown = subprocess.run(["ps", "axww", "-o", "args"], capture_output=True, text=True).stdout
    assert neo4j_server.password not in shown
    assert valkey_server.split(":")[2].split("@")[0] not in shown
