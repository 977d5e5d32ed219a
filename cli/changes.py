"""`citizengraph changes`: the newest events of the change feed."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

import typer

from cli.load import open_store
from cli.output import JsonOption, console, counted, print_json, print_list
from ingest.feed import Feed, newest, waiting_events
from runtime.settings import Settings, load_settings


def changes(
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many.")] = 20,
    as_json: JsonOption = False,
) -> None:
    """Send what waits, and show the newest events (CloudEvents 1.0), newest first. 变更事件。"""
    settings = load_settings()
    events, waiting = asyncio.run(_read(settings, limit))
    if as_json:
        print_json({"waiting": waiting, "events": events})
        return
    rows = [[e["id"], e["time"], e["source"], e["type"], _nodes(e)] for e in events]
    lines = [[f"{e['id']}  {e['time']}  {e['type']}", e["source"], _nodes(e)] for e in events]
    print_list("Changes", ["event", "time", "source", "type", "nodes"], rows, lines)
    if waiting:
        console.print(f"{counted(waiting, 'event')} not sent yet.", style="yellow")


async def _read(settings: Settings, limit: int) -> tuple[list[dict[str, Any]], int]:
    async with open_store(settings) as store:
        feed = Feed(store, settings.redis_url)
        try:
            await feed.send()
        finally:
            await feed.close()
        return await newest(settings.redis_url, limit), await waiting_events(store)


def _nodes(event: dict[str, Any]) -> str:
    nodes = event["data"]["nodes"]
    return ", ".join(f"{n['type']} {n['id'][:8]}…" for n in nodes[:3]) + (
        f" and {len(nodes) - 3} more" if len(nodes) > 3 else ""
    )
