"""The clients of the development issuer and their secrets, in HOME/keys/dev-clients.json."""

import json
import secrets
from pathlib import Path

from runtime.files import private_directory, write_file
from runtime.settings import Settings

KEYS_PATH = "/.well-known/jwks.json"
"""Where the development issuer shows its public keys."""
EXTRAS: dict[str, tuple[str, ...]] = {
    "caseworker": ("district",),
    "school-enrolment": (),
    "citizen": ("person",),
    "access-reviewer": ("person",),
    "policy-admin": ("person", "organisation"),
    "operator": ("person",),
    "partner-developer": ("person", "organisation"),
    "licence-authority": ("authority", "district", "worker"),
}
"""Per client what a token request has to say beyond OAuth 2; it becomes the principal claim."""
OPTIONAL: dict[str, tuple[str, ...]] = {
    "caseworker": ("person", "worker", "department"),
    "school-enrolment": ("district",),
}
"""What it may say besides. Without `person` a caseworker opens no file."""
FLAGS: dict[str, tuple[str, ...]] = {"caseworker": ("shielded", "protectionCleared")}
"""What it may say with `true`."""


def clients_file(home: Path) -> Path:
    """Where the secrets are: {client id: secret}."""
    return home / "keys" / "dev-clients.json"


def accounts_file(home: Path) -> Path:
    """As whom one can log in: [{id, title, consumer, and what the token says}]."""
    return home / "dev-accounts.json"


def is_development(settings: Settings) -> bool:
    """Whether tokens come from this stack's own issuer, where one is whom one says."""
    return settings.issuer_jwks_url == f"http://127.0.0.1:{settings.issuer_port}{KEYS_PATH}"


def ensure_clients(home: Path) -> dict[str, str]:
    """The secrets per client; what is missing is generated, readable by its owner only."""
    path = clients_file(home)
    clients: dict[str, str] = json.loads(path.read_text()) if path.is_file() else {}
    missing = [client for client in EXTRAS if client not in clients]
    if missing:
        clients |= {client: secrets.token_urlsafe(24) for client in missing}
        private_directory(path.parent)
        write_file(path, json.dumps(clients, indent=2) + "\n", mode=0o600)
    return clients
