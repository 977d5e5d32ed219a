"""`citizengraph demo`: the main job from nothing, in one go; again, it only starts and asks."""

from __future__ import annotations

import asyncio
import json
import sys
from contextlib import nullcontext, redirect_stdout
from pathlib import Path
from typing import Annotated

import typer

from cli.ask import ask
from cli.generate import CITY_FILE, generate
from cli.load import load, open_store
from cli.output import JsonOption, console
from cli.up import up
from ingest.city.certificates import people_of, write_certificates
from ingest.city.communities import PEOPLE_MAX, PEOPLE_MIN
from ingest.loaded import digest_of, loaded_files
from runtime.errors import CitizengraphError
from runtime.files import private_directory, write_file
from runtime.register import register_file
from runtime.settings import Settings, load_settings

_OTHER_CITY_HINT = (
    "Ask about it with `citizengraph ask`, start afresh with `citizengraph down --wipe`, "
    "or give the new city a home of its own with CITIZENGRAPH_HOME."
)


def demo(
    people: Annotated[
        int, typer.Option(min=PEOPLE_MIN, max=PEOPLE_MAX, help="Registered people.")
    ] = 20_000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same city.")] = 1,
    as_json: JsonOption = False,
) -> None:
    """Generate and load a city, start everything, ask: is she her mother? 演示。"""
    # What leads to the answer is for people: with --json it goes where progress bars go.
    with redirect_stdout(sys.stderr) if as_json else nullcontext():
        _prepare(people, seed)
    if not as_json:
        console.rule("4 of 4  The question")
    ask(as_json=as_json)


def _prepare(people: int, seed: int) -> None:
    """The city generated, the stack running, the city in the graph."""
    settings = load_settings()
    city = settings.home / CITY_FILE
    made = settings.home / "city.json"
    wanted = json.dumps({"people": people, "seed": seed})
    if not (city.is_file() and made.is_file() and made.read_text() == wanted):
        console.rule("1 of 4  A synthetic city")
        generate(people, seed, city)
        write_register(settings, city)
        write_file(made, wanted)
    elif not register_file(settings.home).is_file():
        write_register(settings, city)
    console.rule("2 of 4  Neo4j, Valkey, subgraphs, issuer, gateway")
    up()
    if not _is_loaded(load_settings()):
        console.rule("3 of 4  The city into the graph")
        load(city)


def write_register(settings: Settings, city: Path) -> None:
    """The education department's own register of the same people, which is no part of the graph."""
    file = register_file(settings.home)
    private_directory(file.parent)
    written = write_certificates(file, people_of(city))
    console.print(f"{written:,} education certificates in the register of their department")


def _is_loaded(settings: Settings) -> bool:
    """Whether this very city is in the graph. Refuses to mix it with another."""
    return asyncio.run(_check_loaded(settings))


async def _check_loaded(settings: Settings) -> bool:
    wanted = digest_of(settings.home / CITY_FILE)
    async with open_store(settings) as store:
        known = await loaded_files(store)
    if wanted in known:
        return True
    if CITY_FILE in known.values():
        raise CitizengraphError(
            "BAD_ARGUMENT", "The graph holds a city of another size or seed.", _OTHER_CITY_HINT
        )
    return False
