"""`citizengraph timeline`: what the registers hold of one person, in the order of days."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from cli.client import Client
from cli.examples import office
from cli.output import JsonOption, print_json, print_list
from cli.story import read_story
from runtime.errors import CitizengraphError
from runtime.settings import load_settings

QUERY = """
query ($number: String!, $from: Date, $to: Date, $known: DateTime) {
  timeline(citizenNumber: $number, from: $from, to: $to, asKnown: $known) {
    entries { on event title { en zh } sources { register record recordedFrom } }
    complete
  }
}
"""


def timeline(
    number: Annotated[
        str | None, typer.Argument(help="Citizen number; the daughter of the demo by default.")
    ] = None,
    since: Annotated[str | None, typer.Option("--from", metavar="DATE")] = None,
    until: Annotated[str | None, typer.Option("--to", metavar="DATE")] = None,
    as_known: Annotated[
        str | None, typer.Option(metavar="TIME", help="As the registers knew it then.")
    ] = None,
    district: Annotated[
        str | None, typer.Option(help="District of the caseworker who asks.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Births, names, moves, marriages, licences, cases of a person, with sources. 人生时间轴。"""
    settings = load_settings()
    story = read_story(settings)
    if number is None and story is None:
        raise CitizengraphError(
            "BAD_ARGUMENT", "Whose timeline?", "Give a citizen number, or make the demo city."
        )
    asked = {
        "number": number or (story or {})["daughter"]["number"],
        "from": since,
        "to": until,
        "known": as_known,
    }
    found = Client(settings).send(office(story, district), QUERY, asked).data["timeline"]
    if found is None:
        raise CitizengraphError("PERSON_UNKNOWN", "There is no such person.")
    if as_json:
        print_json(found)
        return
    rows = [_row(entry) for entry in found["entries"]]
    print_list("Timeline · 人生时间轴", ["day", "what", "事件", "sources"], rows, rows)


def _row(entry: dict[str, Any]) -> list[str]:
    sources = "; ".join(
        f"{source['register'] or '—'} {source['record'] or '—'}" for source in entry["sources"]
    )
    return [entry["on"] or "undated", entry["title"]["en"], entry["title"]["zh"], sources]
