"""`citizengraph status`: what runs, where, since when, with how much memory."""

import json
from dataclasses import asdict
from typing import Any

import typer
from rich.console import Console

from cli.output import JsonOption
from cli.parts_table import addresses, status_table, uptime_seconds
from runtime.errors import CitizengraphError
from runtime.launch import current
from runtime.process import resident_bytes
from runtime.settings import load_settings
from runtime.state import PartState


def status(
    as_json: JsonOption = False,
) -> None:
    """Show the parts of the running stack; exit code 1 when it is not running. 状态。"""
    try:
        state = current(load_settings())
    except CitizengraphError:
        if not as_json:
            raise
        typer.echo(json.dumps({"status": "not running", "parts": {}}))
        raise typer.Exit(1) from None
    if not as_json:
        console = Console()
        console.print(status_table(state))
        for name, url in addresses(state).items():
            console.print(f"{name:9} {url}", highlight=False)
        return
    parts = {name: _with_use(part) for name, part in state.parts.items()}
    typer.echo(json.dumps({**asdict(state), "parts": parts}, indent=2))


def _with_use(part: PartState) -> dict[str, Any]:
    held = resident_bytes(part.pid, part.process_started)
    return {**asdict(part), "uptime_seconds": uptime_seconds(part), "memory_bytes": held}
