"""`citizengraph joins`: two nodes that are one, accepted by somebody for a reason."""

from __future__ import annotations

import asyncio
import getpass
from datetime import date
from typing import Annotated, Any

import typer
import uvloop

from cli.load import open_store
from cli.output import JsonOption, console, counted, print_json
from cli.runs import print_run
from ingest import joins as accepted_joins
from ingest.feed import Feed
from ingest.run import RunReport
from runtime.settings import load_settings

joins = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="Nodes accepted to be one; records join by number otherwise. 人工关联。",
)
One = Annotated[str, typer.Argument(help="Id of the node that is another.")]
By = Annotated[str | None, typer.Option(help="Who decides; the user by default.")]


@joins.command("list")
def list_(as_json: JsonOption = False) -> None:
    """Every join, the oldest first."""

    async def read() -> list[dict[str, Any]]:
        async with open_store(load_settings()) as store:
            return await accepted_joins.accepted(store)

    shown = ("label", "first", "other", "reason", "who", "at", "runs")
    found = [{name: join.get(name) for name in shown} for join in asyncio.run(read())]
    if as_json:
        print_json(found)
        return
    for join in found:
        console.print(f"{join['label']} {join['first']} is {join['other']}", highlight=False)
        console.print(f"  {join['reason']} ({join['who']}, {join['at']})", markup=False)
    console.print(counted(len(found), "join"), style="dim")


@joins.command()
def accept(
    one: One,
    other: Annotated[str, typer.Argument(help="Id of the node that it is.")],
    reason: Annotated[str, typer.Option(help="Why, for those who look at it later.")],
    by: By = None,
    as_json: JsonOption = False,
) -> None:
    """Say that one node is the other: from now on they are one; before stays known as it was."""
    if not reason.strip():
        raise typer.BadParameter("A join needs a reason.", param_hint="--reason")
    _show(
        uvloop.run(_accept(one, other, reason.strip(), by or getpass.getuser())),
        as_json,
    )


@joins.command()
def withdraw(one: One, by: By = None, as_json: JsonOption = False) -> None:
    """Take back a join: the node stands for itself again."""
    _show(uvloop.run(_withdraw(one, by or getpass.getuser())), as_json)


async def _accept(one: str, other: str, reason: str, who: str) -> list[RunReport]:
    settings = load_settings()
    async with open_store(settings) as store:
        feed = Feed(store, settings.redis_url)
        try:
            today = date.today().isoformat()
            return await accepted_joins.accept(
                store, one, other, reason=reason, who=who, today=today, feed=feed
            )
        finally:
            await feed.close()


async def _withdraw(one: str, who: str) -> list[RunReport]:
    settings = load_settings()
    async with open_store(settings) as store:
        feed = Feed(store, settings.redis_url)
        try:
            today = date.today().isoformat()
            return await accepted_joins.take_back(store, one, who=who, today=today, feed=feed)
        finally:
            await feed.close()


def _show(reports: list[RunReport], as_json: bool) -> None:
    if as_json:
        print_json([report.as_json() for report in reports])
        return
    for report in reports:
        print_run(report)
