"""The example of a department's register as a part: education certificates 学历证书.

It is no more a part of the product than any department's: a Node program with a SQLite file of its
own, which needs the guard's public keys. Where the department has joined from elsewhere there is no
such part, and nothing waits for the department.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from runtime.files import private_directory
from runtime.joined import Joined, read_joined, write_joined
from runtime.keys import ensure_key, public_keys_file
from runtime.node import NODE, ensure_register
from runtime.parts import Part
from runtime.process import Report
from runtime.ready import http_ready
from runtime.settings import Settings

NAME = "education"
NODE_FLAGS = ("--disable-warning=ExperimentalWarning", "--disable-proto=delete")


def register_file(home: Path) -> Path:
    """The register's own database."""
    return home / NAME / "register.sqlite"


def register_parts(settings: Settings) -> list[Part]:
    """The part, unless the department answers from elsewhere."""
    joined = read_joined(settings.home, NAME)
    if joined is not None and not joined.own:
        return []
    url = f"http://127.0.0.1:{settings.education_port}"
    return [
        Part(
            NAME,
            partial(http_ready, f"{url}/health"),
            command=partial(_command, settings),
            environment={
                "NODE_ENV": "production",
                "PORT": str(settings.education_port),
                "REGISTER": NAME,
                "GUARD_KEYS": str(public_keys_file(settings.home, "guard")),
                "DATABASE": str(register_file(settings.home)),
            },
            port=settings.education_port,
            url=url,
            prepare=partial(_prepare, settings, f"{url}/graphql"),
        )
    ]


def _command(settings: Settings) -> list[str]:
    program = ensure_register(settings.cache, NAME, lambda _: None) / "main.mjs"
    return [str(NODE), *NODE_FLAGS, str(program)]


def _prepare(settings: Settings, url: str, report: Report) -> None:
    ensure_register(settings.cache, NAME, report)
    ensure_key(settings.home, "guard")
    private_directory(register_file(settings.home).parent)
    write_joined(settings.home, NAME, Joined(url, own=True))
