"""`citizengraph readiness`: what of a service the registers already state. 只提供一次。"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.client import Answer, Asker, Client
from cli.examples import office
from cli.output import JsonOption, console, print_json, print_table
from cli.readiness_population import difference, population, print_difference, print_population
from cli.story import read_story
from runtime.errors import CitizengraphError
from runtime.settings import Settings, load_settings

READINESS = """\
query Readiness($service: String!, $number: String!, $other: String, $code: String) {
  readiness(service: $service, citizenNumber: $number, otherNumber: $other, creditCode: $code) {
    ready
    service { label { en zh } deadlineDays department { en } }
    papersSaved { label { en zh } }
    papersToBring { label { en zh } issuer { en } obtain { en } }
    requirements {
      state
      sources { register record }
      requirement { id label { en zh } replaces { label { en zh } } }
    }
  }
}
"""


def readiness(
    service: Annotated[
        str | None, typer.Argument(help="Id of a service in services.yaml, such as marriage.")
    ] = None,
    number: Annotated[str | None, typer.Argument(help="Citizen number of the applicant.")] = None,
    other: Annotated[
        str | None, typer.Option(help="Citizen number of the child, partner or deceased.")
    ] = None,
    company: Annotated[
        str | None, typer.Option(help="Unified social credit code of the company.")
    ] = None,
    consumer: Annotated[
        str, typer.Option("--as", help="Who asks: caseworker or citizen.")
    ] = "caseworker",
    district: Annotated[
        str | None, typer.Option(help="District of the caseworker; the demo's by default.")
    ] = None,
    everybody: Annotated[
        bool, typer.Option("--population", help="Count over everybody, on the graph itself.")
    ] = False,
    against: Annotated[
        Path | None,
        typer.Option(help="A directory of policies: what its services.yaml would change."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """What of a service is on file: of one applicant, or of everybody. 办事材料就绪情况。"""
    settings = load_settings()
    if everybody or against:
        _population(settings, service, against, as_json)
        return
    if not service or not number:
        hint = "Give both, or --population to count over everybody."
        raise CitizengraphError("BAD_ARGUMENT", "A service and a citizen number are needed.", hint)
    client = Client(settings)
    asker = _asker(settings, consumer, district, number)
    variables = {"service": service, "number": number, "other": other, "code": company}
    answer = client.send(asker, READINESS, variables)
    if as_json:
        print_json({"data": answer.data, "errors": answer.errors, "operation": answer.operation})
    else:
        _print(answer)


def _asker(settings: Settings, consumer: str, district: str | None, number: str) -> Asker:
    """The demo's caseworker, or the applicant."""
    if consumer == "citizen":
        return Asker("citizen", person=number)
    return replace(office(read_story(settings), district), consumer=consumer)


def _population(
    settings: Settings, service: str | None, against: Path | None, as_json: bool
) -> None:
    if against is None:
        found = asyncio.run(population(settings, service))
        if as_json:
            print_json([one.as_json() for one in found])
        else:
            print_population(found)
        return
    changed = asyncio.run(difference(settings, service, against))
    if as_json:
        print_json([change.as_json() for change in changed])
    else:
        print_difference(changed)


def _print(answer: Answer) -> None:
    told: Mapping[str, Any] | None = answer.data["readiness"]
    if told is None:
        console.print("The policy does not show it.", style="yellow")
        return
    service = told["service"]
    console.rule(_words(service["label"]))
    rows = [_row(one) for one in told["requirements"]]
    print_table("What it requires", ["state", "requirement", "instead of", "on file as"], rows)
    lacking = [
        [_words(p["label"]), p["issuer"]["en"], p["obtain"]["en"]] for p in told["papersToBring"]
    ]
    print_table("Still to bring", ["paper", "issued by", "how to get it"], lacking)
    saved = ", ".join(_words(paper["label"]) for paper in told["papersSaved"]) or "none"
    console.print(f"Need not be brought: {saved}", highlight=False)
    verdict = "ready" if told["ready"] else "not ready"
    words = f"{verdict}; {service['department']['en']} decides in {service['deadlineDays']} days."
    console.print(words, style="green" if told["ready"] else "yellow", highlight=False)


def _row(one: Mapping[str, Any]) -> list[str]:
    requirement = one["requirement"]
    paper = requirement["replaces"]
    behind = [f"{s['register'] or '?'} {s['record'] or ''}".strip() for s in one["sources"]]
    return [
        one["state"],
        _words(requirement["label"]),
        _words(paper["label"]) if paper else "",
        ", ".join(behind),
    ]


def _words(label: Mapping[str, str]) -> str:
    return f"{label['en']} · {label['zh']}"
