"""The settings and the parts of the whole stack."""

import sys
from collections.abc import Sequence
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from runtime.console import console_part
from runtime.gateway import gateway_part
from runtime.neo4j.server import Neo4jServer
from runtime.parts import Part
from runtime.ports import choose_ports
from runtime.ready import http_ready, neo4j_ready, valkey_ready
from runtime.register import register_parts
from runtime.secrets import ensure_secret, read_secrets
from runtime.settings import Settings, StartSettings, env_name, load_settings
from runtime.valkey import ValkeyServer

PORT_FIELDS = {
    "neo4j": "neo4j_port",
    "valkey": "valkey_port",
    "subgraphs": "subgraphs_port",
    "issuer": "issuer_port",
    "education": "education_port",
    "gateway": "gateway_port",
    "console": "console_port",
}
ADDRESS_FIELDS = {"neo4j": "neo4j_uri", "valkey": "redis_url", "issuer": "issuer_jwks_url"}
SHARED_FIELDS = ("neo4j_uri", "neo4j_user", "neo4j_database", "issuer_jwks_url", "policies_dir")
NEO4J_STOP_SECONDS = 60.0


def is_external(settings: Settings, name: str) -> bool:
    """Whether the user gave the address of a server that runs elsewhere."""
    field = ADDRESS_FIELDS.get(name, "")
    return settings.given(field) and bool(getattr(settings, field))


def chosen_settings(settings: Settings, names: Sequence[str]) -> tuple[Settings, dict[str, Any]]:
    """The settings with every port and address, and the choices that other shells may know."""
    wanted = [name for name in PORT_FIELDS if name in names or not names]
    embedded = [name for name in wanted if not is_external(settings, name)]
    choices: dict[str, Any] = dict(choose_ports(settings, [PORT_FIELDS[n] for n in embedded]))
    home, cache = settings.home.absolute(), settings.cache.absolute()
    for name in ("neo4j", "valkey"):
        if name in embedded:
            ensure_secret(home, name)
    chosen = load_settings(StartSettings, home=home, cache=cache, **choices)
    shared = {name: str(getattr(chosen, name)) for name in SHARED_FIELDS if settings.given(name)}
    return chosen, {**choices, **shared}


def secret_values(settings: Settings) -> list[str]:
    """Every password that a log could contain."""
    from_address = urlsplit(settings.redis_url).password or ""
    return [*read_secrets(settings.home), settings.neo4j_password, from_address]


def stack_parts(settings: Settings, user: Settings) -> list[Part]:
    """Every part; `user` are the settings as the user gave them, which say what is external."""
    environment = part_environment(settings)
    return [
        _neo4j(settings, is_external(user, "neo4j")),
        _valkey(settings, is_external(user, "valkey")),
        _subgraphs(settings, part_environment(settings, with_secrets=True)),
        _issuer(settings, environment, is_external(user, "issuer")),
        *register_parts(settings),
        gateway_part(settings, environment),
        console_part(settings, part_environment(settings, with_secrets=True)),
    ]


def part_environment(settings: Settings, with_secrets: bool = False) -> dict[str, str]:
    """Every setting with a value, for the environment of our own programs."""
    values = {
        env_name(field): getattr(settings, name)
        for name, field in Settings.model_fields.items()
        if field.repr or with_secrets
    }
    return {name: str(value) for name, value in values.items() if value not in (None, "")}


def _neo4j(settings: Settings, external: bool) -> Part:
    login = (settings.neo4j_uri, settings.neo4j_user, settings.neo4j_password)
    ready = partial(neo4j_ready, *login, settings.neo4j_database)
    if external:
        return Part("neo4j", ready, url=settings.neo4j_uri)
    server = Neo4jServer.of(settings)
    return Part(
        "neo4j",
        ready,
        command=server.command,
        port=server.port,
        url=server.uri,
        prepare=server.prepare,
        stopped=server.keep_class_archive,
        stop_seconds=NEO4J_STOP_SECONDS,
    )


def _valkey(settings: Settings, external: bool) -> Part:
    ready = partial(valkey_ready, settings.redis_url)
    address = urlsplit(settings.redis_url)
    url = f"{address.scheme}://{address.hostname}:{address.port or 6379}"
    if external:
        return Part("valkey", ready, url=url)
    server = ValkeyServer(settings.home, settings.valkey_port)
    return Part(
        "valkey",
        ready,
        command=server.command,
        port=server.port,
        url=url,
        prepare=server.prepare,
    )


def _subgraphs(settings: Settings, environment: dict[str, str]) -> Part:
    port = settings.subgraphs_port
    url = f"http://127.0.0.1:{port}"
    return Part(
        "subgraphs",
        partial(http_ready, f"{url}/health"),
        command=lambda: [
            *(sys.executable, "-m", "subgraphs", "--port", str(port)),
            *("--workers", str(settings.workers)),
        ],
        environment=environment,
        port=port,
        url=url,
        depends_on=("neo4j", "valkey"),
    )


def _issuer(settings: Settings, environment: dict[str, str], external: bool) -> Part:
    if external:
        jwks = settings.issuer_jwks_url
        return Part("issuer", partial(http_ready, jwks), url=jwks)
    port = settings.issuer_port
    url = f"http://127.0.0.1:{port}"
    return Part(
        "issuer",
        partial(http_ready, f"{url}/health"),
        command=lambda: [sys.executable, "-m", "gateway.issuer", "--port", str(port)],
        environment=environment,
        port=port,
        url=url,
    )
