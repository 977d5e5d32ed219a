"""One stack for all end-to-end tests, loaded with the family."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import date

import pytest
from browser import chromium
from playwright.sync_api import Browser
from stack import Stack

from graph.store import Store
from ingest.load import load
from tests import family
from tests.brp_oracle import Oracle, brp_file


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    running = Stack(tmp_path_factory.mktemp("stack"))
    try:
        running.command("up")
        asyncio.run(_load(running))
        yield running
    finally:
        running.command("down", check=False)


@pytest.fixture(scope="module")
def browser(stack: Stack) -> Iterator[Browser]:
    """A Chromium for the tests of a file. While it is open, `asyncio.run` does not work."""
    del stack
    yield from chromium()


@pytest.fixture(scope="session")
def dutch_register(stack: Stack) -> Oracle:
    """The Dutch test set's own account of itself; the file is ingested as a user would."""
    file = brp_file()
    stack.command("ingest", "brp", str(file))
    return Oracle(file)


async def _load(running: Stack) -> None:
    settings = running.settings
    login = (settings.neo4j_uri, settings.neo4j_user, settings.neo4j_password)
    async with Store.connect(*login) as store:
        await load(store, list(family.facts()), today=date.today().isoformat())
