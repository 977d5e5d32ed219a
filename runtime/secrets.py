"""Passwords of the embedded servers: one file each in HOME/secrets, readable by its owner."""

import secrets
from pathlib import Path

from runtime.files import private_directory, write_file


def secret_file(home: Path, name: str) -> Path:
    """Where the password `name` is kept."""
    return home / "secrets" / f"{name}.password"


def read_secret(home: Path, name: str) -> str | None:
    """The password, or None before the first start."""
    path = secret_file(home, name)
    return path.read_text().strip() if path.is_file() else None


def ensure_secret(home: Path, name: str) -> str:
    """The password, generated at the first call (256 bits)."""
    existing = read_secret(home, name)
    if existing:
        return existing
    value = secrets.token_hex(32)
    path = secret_file(home, name)
    private_directory(path.parent)
    write_file(path, value + "\n", mode=0o600)
    return value


def read_secrets(home: Path) -> list[str]:
    """Every password of this home."""
    return [path.read_text().strip() for path in (home / "secrets").glob("*.password")]


def scrub(text: str, home: Path) -> str:
    """The text with every password of this home replaced by asterisks."""
    for value in filter(None, read_secrets(home)):
        text = text.replace(value, "***")
    return text
