"""`citizengraph generate`: a synthetic city as a file of facts."""

from __future__ import annotations

import time
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from cli.output import JsonOption, console, print_json, print_table
from cli.progress import progress_bar
from cli.story import story_file
from ingest.city.communities import PEOPLE_MAX, PEOPLE_MIN
from ingest.city.writing import Written, write_city
from runtime.files import private_home, writable, write_file
from runtime.settings import Settings, load_settings

CITY_FILE = "city.jsonl"


def generate(
    people: Annotated[
        int, typer.Option(min=PEOPLE_MIN, max=PEOPLE_MAX, help="Registered people.")
    ] = 20_000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same city.")] = 1,
    out: Annotated[
        Path | None, typer.Option(help="File to write; city.jsonl in the home by default.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Generate a synthetic city: people, households, companies, licences. 生成虚构城市。"""
    settings = load_settings()
    path = out or settings.home / CITY_FILE
    started = time.perf_counter()
    private_home(settings.home)
    with progress_bar("Generating people", people) as advance, writable(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        city = write_city(path, people, seed, advance)
    _write_story(settings, city)
    summary = _summary(city, path, seed, round(time.perf_counter() - started, 2))
    if as_json:
        print_json(summary)
    else:
        _print(summary)


def _write_story(settings: Settings, city: Written) -> None:
    """Remember the people of the demonstration, if the city is large enough to hold them."""
    if city.story is not None:
        write_file(story_file(settings), orjson.dumps(asdict(city.story)).decode(), mode=0o600)


def _summary(city: Written, path: Path, seed: int, seconds: float) -> dict[str, Any]:
    return {
        "file": str(path),
        "seed": seed,
        "facts": city.facts,
        "seconds": seconds,
        "counts": dict(city.counts),
        "story": None if city.story is None else asdict(city.story),
    }


def _print(summary: dict[str, Any]) -> None:
    rows = [[name, f"{count:,}"] for name, count in summary["counts"].items()]
    print_table(f"A city of seed {summary['seed']}", ["what", "count"], rows)
    console.print(f"{summary['facts']:,} facts in {summary['file']} ({summary['seconds']} s)")
    story: dict[str, dict[str, str]] = summary["story"] or {}
    people = [[role, *character.values()] for role, character in story.items()]
    print_table("The story", ["role", "number", "name", "district", "worker"], people)
