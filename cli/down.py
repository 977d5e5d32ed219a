"""`citizengraph down`: stop the stack, and remove its data when asked."""

from typing import Annotated

import typer
from rich.console import Console
from rich.live import Live

from cli.output import JsonOption, print_json
from cli.parts_table import parts_table
from runtime.launch import stop, wipe
from runtime.settings import Settings, load_settings
from runtime.state import StackState


def down(
    wipe_data: Annotated[
        bool,
        typer.Option("--wipe", help="Also remove data, keys, logs and set-aside records."),
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before removing.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Stop the stack; the data stay. 停止。"""
    settings = load_settings()
    if wipe_data and not yes:
        typer.confirm(f"Remove all data of {settings.home.absolute()}?", abort=True)
    console = Console(stderr=as_json)
    was_running = _stop(settings, console)
    removed = wipe(settings) if wipe_data else []
    if as_json:
        print_json({"was_running": was_running, "removed": removed})
        return
    console.print("Stopped." if was_running else "The stack was not running.")
    if wipe_data:
        console.print(f"Removed {', '.join(removed)}." if removed else "Nothing to remove.")


def _stop(settings: Settings, console: Console) -> bool:
    with Live(console=console, refresh_per_second=8, transient=True) as live:

        def show(state: StackState) -> None:
            live.update(parts_table(state))

        return stop(settings, show)
