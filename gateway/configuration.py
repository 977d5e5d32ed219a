"""The part of gateway.json that GraphiQL uses: example queries and the development login.

The rest is written by runtime/gateway.py; gateway/server/config.mjs has the defaults.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from runtime.files import write_file


@dataclass(frozen=True)
class Example:
    """A query offered in GraphiQL, to every consumer or to one."""

    title: str
    query: str
    variables: Mapping[str, Any] = field(default_factory=dict[str, Any])
    consumer: str | None = None


@dataclass(frozen=True)
class LoginChoice:
    """Who a developer can ask as in GraphiQL; what is behind the basis goes into the token."""

    title: str
    consumer: str
    purpose: str
    basis: str
    subject: str | None = None
    district: str | None = None
    person: str | None = None
    worker: str | None = None
    organisation: str | None = None
    department: str | None = None


@dataclass(frozen=True)
class DevelopmentLogin:
    """The development issuer's token address, its clients' secrets and the choices."""

    token_url: str
    clients_file: Path
    choices: Sequence[LoginChoice]


def extend_configuration(
    path: Path, examples: Sequence[Example], login: DevelopmentLogin | None
) -> None:
    """Set the examples, and on a development stack the login, of an existing gateway.json."""
    configuration: dict[str, Any] = json.loads(path.read_text())
    configuration["examples"] = [asdict(example) for example in examples]
    configuration["devLogin"] = login and _login_as_json(login)
    content = json.dumps(configuration, ensure_ascii=False, indent=2)
    write_file(path, content + "\n", mode=0o600)


def _login_as_json(login: DevelopmentLogin) -> dict[str, Any]:
    return {
        "tokenUrl": login.token_url,
        "clientsFile": str(login.clients_file.resolve()),
        "choices": [asdict(choice) for choice in login.choices],
    }


def write_accounts(path: Path, choices: Sequence[LoginChoice]) -> None:
    """As whom one can log in at the development issuer: the choices, each with an id."""
    accounts = [{"id": f"account-{n}", **asdict(one)} for n, one in enumerate(choices)]
    write_file(path, json.dumps(accounts, ensure_ascii=False, indent=2) + "\n", mode=0o600)
