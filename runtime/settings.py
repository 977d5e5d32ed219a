"""Settings from the environment; what the running stack chose fills what is not given.

Order: arguments, environment, HOME/state.json of a running stack, HOME/secrets, defaults.
"""

import os
from pathlib import Path
from typing import Any

from platformdirs import user_cache_dir
from pydantic import Field, PrivateAttr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from runtime.errors import CitizengraphError
from runtime.secrets import read_secret
from runtime.state import read_state

ENDED = ("stopped", "failed")


def _setting(name: str, default: Any, description: str, **limits: Any) -> Any:
    return Field(default, validation_alias=name, description=description, **limits)


def _port(name: str, default: int, what: str) -> Any:
    return _setting(name, default, f"Port of {what} on 127.0.0.1.", ge=1, le=65535)


class Settings(BaseSettings):
    """Every setting of citizengraph; docs/settings.md is written from the descriptions."""

    # Without the prefix a field's own name would count as a variable: `home` would read HOME.
    model_config = SettingsConfigDict(
        env_prefix="CITIZENGRAPH_", populate_by_name=True, extra="ignore", frozen=True
    )

    home: Path = _setting(
        "CITIZENGRAPH_HOME", Path(".citizengraph"), "Directory of data, keys, logs and state."
    )
    cache: Path = _setting(
        "CITIZENGRAPH_CACHE",
        Path(user_cache_dir("citizengraph")),
        "Directory of downloaded artefacts, shared by several homes.",
    )
    neo4j_uri: str = _setting(
        "NEO4J_URI", "", "Address of an existing Neo4j; without it an embedded one is started."
    )
    neo4j_user: str = _setting("NEO4J_USER", "neo4j", "Neo4j user name.")
    neo4j_password: str = _setting(
        "NEO4J_PASSWORD", "", "Neo4j password; generated for the embedded server.", repr=False
    )
    neo4j_database: str = _setting("NEO4J_DATABASE", "neo4j", "Neo4j database name.")
    redis_url: str = _setting(
        "REDIS_URL",
        "",
        "Address of an existing Valkey or Redis; without it an embedded Valkey is started.",
        repr=False,
    )
    gateway_port: int = _port("CITIZENGRAPH_GATEWAY_PORT", 4000, "the gateway")
    subgraphs_port: int = _port("CITIZENGRAPH_SUBGRAPHS_PORT", 4100, "the subgraphs")
    workers: int = _setting(
        "CITIZENGRAPH_WORKERS",
        1,
        "Processes that serve the subgraphs, all on one port; reads scale with them.",
        ge=1,
        le=64,
    )
    issuer_port: int = _port("CITIZENGRAPH_ISSUER_PORT", 4200, "the development token issuer")
    console_port: int = _port("CITIZENGRAPH_CONSOLE_PORT", 4300, "the console")
    education_port: int = _port("CITIZENGRAPH_EDUCATION_PORT", 4400, "the example register")
    neo4j_port: int = _port("CITIZENGRAPH_NEO4J_PORT", 17687, "the embedded Neo4j (Bolt)")
    valkey_port: int = _port("CITIZENGRAPH_VALKEY_PORT", 16379, "the embedded Valkey")
    issuer_jwks_url: str = _setting(
        "CITIZENGRAPH_ISSUER_JWKS_URL",
        "",
        "Public keys of an existing token issuer; without it the development issuer is started.",
    )
    issuer: str = _setting(
        "CITIZENGRAPH_ISSUER", "citizengraph-dev-issuer", "Accepted `iss` of access tokens."
    )
    audience: str = _setting("CITIZENGRAPH_AUDIENCE", "citizengraph", "Accepted `aud`.")
    console_url: str = _setting(
        "CITIZENGRAPH_CONSOLE_URL",
        "",
        "Address of the console in people's browsers, behind a proxy with TLS for example; "
        "http://127.0.0.1 and its port when not given.",
    )
    console_gateway_url: str = _setting(
        "CITIZENGRAPH_CONSOLE_GATEWAY_URL",
        "",
        "GraphQL address that the console asks; the gateway on this machine when not given.",
    )
    console_consumers: str = _setting(
        "CITIZENGRAPH_CONSOLE_CONSUMERS",
        "",
        "Consumers to which people may log in at the console, with commas; all when not given.",
    )
    console_clients_file: Path | None = _setting(
        "CITIZENGRAPH_CONSOLE_CLIENTS_FILE",
        None,
        "JSON file of the consumers' client secrets at the OpenID provider; those of the "
        "development issuer when not given.",
    )
    oidc_configuration_url: str = _setting(
        "CITIZENGRAPH_OIDC_CONFIGURATION_URL",
        "",
        "Configuration of the OpenID provider at which people log in to the console; that of the "
        "development issuer when not given.",
    )
    proof_issuer: str = _setting(
        "CITIZENGRAPH_PROOF_ISSUER", "citizengraph-proofs", "`iss` of the proofs signed here."
    )
    proof_status_uri: str = _setting(
        "CITIZENGRAPH_PROOF_STATUS_URI",
        "",
        "Address at which audiences read the status list of proofs; that of the gateway on this "
        "machine when not given.",
    )
    credential_status_uri: str = _setting(
        "CITIZENGRAPH_CREDENTIAL_STATUS_URI",
        "",
        "The same of the status list of credentials.",
    )
    gateway_jwks_file: Path | None = _setting(
        "CITIZENGRAPH_GATEWAY_JWKS_FILE",
        None,
        "Public key set of the gateway, by which subgraphs check the context token; "
        "`keys/gateway.jwks.json` in the home when not given.",
    )
    policies_dir: Path | None = _setting(
        "CITIZENGRAPH_POLICIES_DIR",
        None,
        "Directory of policy texts that are in force as they stand, without versions and approval.",
    )
    policy_seconds_max: float = _setting(
        "CITIZENGRAPH_POLICY_SECONDS_MAX",
        10.0,
        "Seconds after which a service that cannot learn the policy in force stops answering.",
        ge=1,
        le=300,
    )
    policy_person: str = _setting(
        "CITIZENGRAPH_POLICY_PERSON",
        "",
        "Who acts in `citizengraph policy` where --as is not given; it proves nothing.",
    )
    neo4j_heap: str = _setting(
        "CITIZENGRAPH_NEO4J_HEAP",
        "1g",
        "Largest heap of the embedded Neo4j.",
        pattern="^[0-9]+[mg]$",
    )
    neo4j_page_cache: str = _setting(
        "CITIZENGRAPH_NEO4J_PAGE_CACHE",
        "512m",
        "Page cache of the embedded Neo4j.",
        pattern="^[0-9]+[mg]$",
    )
    start_seconds_max: float = _setting(
        "CITIZENGRAPH_START_SECONDS_MAX", 120.0, "Seconds a part may take to become ready.", gt=0
    )
    log_bytes_max: int = _setting(
        "CITIZENGRAPH_LOG_BYTES_MAX", 5_000_000, "Size at which a part's log is rotated.", ge=1000
    )

    _given: frozenset[str] = PrivateAttr(default=frozenset())

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        in_environment = {
            n for n, f in type(self).model_fields.items() if env_name(f) in os.environ
        }
        self._given = frozenset(in_environment | set(values))

    def given(self, name: str) -> bool:
        """Whether the field was set by the user rather than found or defaulted."""
        return name in self._given

    @property
    def gateway_jwks(self) -> Path:
        """The file with the gateway's public keys."""
        return self.gateway_jwks_file or self.home / "keys" / "gateway.jwks.json"

    @property
    def proof_status(self) -> str:
        """Where the status list of proofs is published."""
        path = ".well-known/proofs/status/0"
        return self.proof_status_uri or f"http://127.0.0.1:{self.gateway_port}/{path}"

    @property
    def console_origin(self) -> str:
        """The console's address, without a path."""
        return (self.console_url or f"http://127.0.0.1:{self.console_port}").rstrip("/")

    @property
    def console_gateway(self) -> str:
        """What the console asks."""
        return self.console_gateway_url or f"http://127.0.0.1:{self.gateway_port}/graphql"

    @property
    def console_clients(self) -> Path:
        """The consumers' secrets at the OpenID provider."""
        return self.console_clients_file or self.home / "keys" / "dev-clients.json"

    @property
    def oidc_configuration(self) -> str:
        """Where the OpenID provider describes itself."""
        path = ".well-known/openid-configuration"
        return self.oidc_configuration_url or f"http://127.0.0.1:{self.issuer_port}/{path}"

    @property
    def credential_status(self) -> str:
        """Where the status list of credentials is published."""
        path = ".well-known/proofs/status/credentials"
        return self.credential_status_uri or f"http://127.0.0.1:{self.gateway_port}/{path}"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings, env_settings, StackSource(settings_cls), AddressSource(settings_cls))


class StartSettings(Settings):
    """The settings without the choices of a running stack, for what starts one."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings, env_settings, AddressSource(settings_cls))


class _Source(PydanticBaseSettingsSource):
    """A source that computes all its values at once from the sources before it."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        return None, field_name, False

    def known(self, name: str) -> Any:
        """The value an earlier source gave, or the default."""
        field = self.settings_cls.model_fields[name]
        state = self.current_state
        return state.get(env_name(field), state.get(name, field.default))


class StackSource(_Source):
    """The ports and addresses that the running stack of this home uses."""

    def __call__(self) -> dict[str, Any]:
        state = read_state(Path(self.known("home")))
        return dict(state.settings) if state and state.status not in ENDED else {}


class AddressSource(_Source):
    """Addresses and passwords of the embedded servers, when none were given."""

    def __call__(self) -> dict[str, Any]:
        home = Path(self.known("home"))
        values: dict[str, Any] = {}
        if not self.known("neo4j_uri"):
            values["neo4j_uri"] = f"bolt://127.0.0.1:{self.known('neo4j_port')}"
            if not self.known("neo4j_password"):
                values["neo4j_password"] = read_secret(home, "neo4j") or ""
        if not self.known("redis_url"):
            password = read_secret(home, "valkey") or ""
            values["redis_url"] = f"redis://:{password}@127.0.0.1:{self.known('valkey_port')}/0"
        if not self.known("issuer_jwks_url"):
            port = self.known("issuer_port")
            values["issuer_jwks_url"] = f"http://127.0.0.1:{port}/.well-known/jwks.json"
        return values


def env_name(field: FieldInfo) -> str:
    """The environment variable of a settings field."""
    return str(field.validation_alias)


def secret_names() -> list[str]:
    """The environment variables whose values are secret."""
    return [env_name(field) for field in Settings.model_fields.values() if not field.repr]


def load_settings(kind: type[Settings] = Settings, **values: Any) -> Settings:
    """Settings, or SETTING_INVALID naming every variable with an unusable value."""
    try:
        return kind(**values)
    except ValidationError as error:
        words = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        hint = "Correct the environment variable; docs/settings.md lists every setting."
        raise CitizengraphError("SETTING_INVALID", words, hint) from error


def settings_table() -> str:
    """The Markdown table of docs/settings.md."""
    rows = ["| Setting | Default | Meaning |", "|---|---|---|"]
    for field in Settings.model_fields.values():
        rows.append(f"| `{env_name(field)}` | {_default_words(field)} | {field.description} |")
    return "\n".join(rows) + "\n"


def _default_words(field: FieldInfo) -> str:
    if env_name(field) == "CITIZENGRAPH_CACHE":
        return "the user's cache directory"
    return f"`{field.default}`" if field.default not in ("", None) else "none"
