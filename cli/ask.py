"""`citizengraph ask`: is she her mother? The answer, the records behind it, a partner's query."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from cli.client import Answer, Asker, Client
from cli.examples import EVIDENCE, PROOF, caseworker, pair
from cli.output import JsonOption, console, print_code, print_json, print_table
from cli.story import read_story
from runtime.errors import CitizengraphError
from runtime.settings import Settings, load_settings

COLOURS = {"YES": "bold green", "NO": "bold red", "NOT_DETERMINABLE": "bold yellow"}


def ask(
    mother: Annotated[
        str | None, typer.Argument(help="Citizen number of the mother; the demo's by default.")
    ] = None,
    daughter: Annotated[
        str | None, typer.Argument(help="Citizen number of the child; the demo's by default.")
    ] = None,
    district: Annotated[
        str | None, typer.Option(help="District of the caseworker who asks.")
    ] = None,
    person: Annotated[
        str | None,
        typer.Option(help="Citizen number of the caseworker who asks; the demo's by default."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Ask the running gateway whether one person is the mother of another. 她是她的母亲吗?"""
    settings = load_settings()
    pair_of = _pair(settings, mother, daughter, district)
    client = Client(settings)
    variables = pair(pair_of["mother"], pair_of["daughter"])
    who = caseworker(read_story(settings), "caseworker")
    asker = Asker("caseworker", pair_of["district"], person or who["person"], who["worker"])
    office = client.send(asker, EVIDENCE, variables)
    child = pair(pair_of["daughter"], pair_of["child"]) if "child" in pair_of else variables
    school = client.send(Asker("school-enrolment"), PROOF, child)
    if as_json:
        print_json(_as_json(office, school, client, settings))
        return
    _print(pair_of, office, school, client, settings)


def _pair(
    settings: Settings, mother: str | None, daughter: str | None, district: str | None
) -> Mapping[str, str]:
    story = read_story(settings)
    if mother and daughter:
        home = district or (story["mother"]["district"] if story else "")
        return {"mother": mother, "daughter": daughter, "district": home or "110101"}
    if mother or story is None:
        raise CitizengraphError(
            "BAD_ARGUMENT",
            "The question needs two citizen numbers.",
            "Give both, or make the demo city with `citizengraph generate`.",
        )
    return {
        "mother": story["mother"]["number"],
        "daughter": story["daughter"]["number"],
        "child": story["child"]["number"],
        "district": district or story["mother"]["district"],
    }


def _as_json(
    office: Answer, school: Answer, client: Client, settings: Settings
) -> Mapping[str, Any]:
    return {
        "caseworker": {"data": office.data, "errors": office.errors, "operation": office.operation},
        "partner": {"data": school.data, "errors": school.errors, "operation": school.operation},
        "milliseconds": {"caseworker": office.milliseconds, "partner": school.milliseconds},
        "addresses": _addresses(client, settings),
    }


def _addresses(client: Client, settings: Settings) -> dict[str, str]:
    base = client.url.removesuffix("/graphql")
    return {
        "Console": settings.console_origin,
        "GraphQL": client.url,
        "GraphiQL": f"{base}/graphiql",
        "Neo4j": settings.neo4j_uri,
        "Logs": str(settings.home.absolute() / "logs"),
    }


def _print(
    pair_of: Mapping[str, str], office: Answer, school: Answer, client: Client, settings: Settings
) -> None:
    answer = office.data["isMotherOf"]
    console.rule("Is she her mother? · 她是她的母亲吗?")
    console.print(f"{pair_of['mother']} → {pair_of['daughter']}", highlight=False)
    verdict = answer["answer"] or "no answer: the policy does not show it"
    console.print(verdict, style=COLOURS.get(verdict, "bold"))
    console.print(answer["reason"] or "", highlight=False)
    rows = [_step(step) for r in answer["relations"] or () for step in r["steps"]]
    columns = ["from", "kind", "to", "register", "record", "valid from", "recorded"]
    print_table("The records behind it (caseworker of the district)", columns, rows)
    asked = f"{pair_of['daughter']} → {pair_of['child']}" if "child" in pair_of else "the same pair"
    console.print("What a partner sends, and all it gets back", style="bold")
    console.print(f"School enrolment, which may ask about minors only: {asked}", highlight=False)
    print_code(PROOF.strip(), "graphql")
    console.print_json(data=dict(school.data))
    times = f"{office.milliseconds:.0f} ms and {school.milliseconds:.0f} ms"
    console.print(f"Answered in {times}, each recorded before it left: {office.operation}")
    print_table("Open", ["what", "where"], list(_addresses(client, settings).items()))


def _step(step: Mapping[str, Any]) -> list[str]:
    return [
        _name(step["from"]),
        step["kind"],
        _name(step["to"]),
        *(step[name] or "—" for name in ("register", "record", "validFrom", "recordedFrom")),
    ]


def _name(person: Mapping[str, Any] | None) -> str:
    return str(person["name"] or "(not shown)") if person else "(not shown)"
