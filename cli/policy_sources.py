"""Which policies are meant: a version by number, `active`, `built-in`, or a directory."""

from __future__ import annotations

import os
import pwd
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from graph.catalogue import model
from policies.bundle import Bundle, read_bundle
from policies.history import Record
from policies.store.problems import PolicyUnavailable
from policies.store.steps import known, seed
from policies.store.valkey import PolicyStore, retrying
from policies.table import PolicySet, load, load_bundle
from policies.versions import Actor
from runtime.errors import CitizengraphError
from runtime.settings import Settings

ACTIVE = "active"
BUILT_IN = "built-in"
DirectoryOption = Annotated[
    Path | None,
    typer.Option("--dir", help="A directory of policies, as it is kept in git.", file_okay=False),
]
AsOption = Annotated[
    str | None,
    typer.Option("--as", help="Who acts, by name. It is written down, and proves nothing."),
]


@dataclass(frozen=True)
class Source:
    """Texts, what they are called, and their version where they have one."""

    title: str
    bundle: Bundle
    record: Record | None = None

    def load(self) -> PolicySet:
        """Checked and compiled for today. Raises PolicyInvalid."""
        last = self.record.version.valid_to if self.record else None
        return load_bundle(self.bundle, model(), last=last)


@contextmanager
def open_store(settings: Settings) -> Generator[PolicyStore]:
    """The store, with what is built in as its first version."""
    store = PolicyStore(settings.redis_url)
    try:
        seed(store, model())
        yield store
    except PolicyUnavailable as error:
        hint = "Start the stack with `citizengraph up`, or set REDIS_URL."
        words = f"The store of policy versions does not answer: {error.reason}."
        raise CitizengraphError("POLICY_UNAVAILABLE", words, hint) from error
    finally:
        store.close()


def source(settings: Settings, what: str, directory: Path | None = None) -> Source:
    """What is meant. Raises POLICY_VERSION_UNKNOWN, BAD_ARGUMENT and what the store raises."""
    if directory is not None:
        return Source(str(directory), read_bundle(directory))
    if what == BUILT_IN:
        return Source("what is built in", read_bundle(None))
    with open_store(settings) as store:
        return stored(store, what)


def stored(store: PolicyStore, what: str) -> Source:
    """A version of the store."""
    history = store.snapshot().history
    number = history.active.number if what == ACTIVE and history.active else what
    try:
        record = known(history, int(number))
    except ValueError:
        hint = f"Give a number, {ACTIVE} or {BUILT_IN}; or a directory with --dir."
        raise CitizengraphError("BAD_ARGUMENT", f"{what!r} is no policy version.", hint) from None
    return Source(f"version {record.number}", store.bundle(record.version.bundle), record)


def acting(settings: Settings, named: str | None) -> Actor:
    """Who acts by their own word, and the account of the operating system that is used."""
    account = pwd.getpwuid(os.getuid()).pw_name
    return Actor(named or settings.policy_person or account, account, "command line")


def in_force(settings: Settings, seconds: float = 0.0, needed: bool = True) -> PolicySet:
    """The policies in force: of the named directory, else the active version.

    Waits so long for the store. Where it is not `needed`, what is built in stands in for it.
    """
    if settings.policies_dir:
        return load(settings.policies_dir, model())
    failure: CitizengraphError | None = None
    for _ in retrying(seconds):
        try:
            return source(settings, ACTIVE).load()
        except CitizengraphError as error:
            if error.code != "POLICY_UNAVAILABLE":
                raise
            failure = error
    if needed and failure:
        raise failure
    return load(None, model())
