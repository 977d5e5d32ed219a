"""`citizengraph down`: stop the stack, and remove its data when asked."""

from typing import Annotated

import typer
from rich.console import Console
from rich.live import Live

from cli.parts_table import parts_table
from runtime.launch import stop, wipe
from runtime.settings import Settings, load_settings
from runtime.state import StackState


def down(
    wipe_data: Annotated[
        bool, typer.Option("--wipe", help="Also remove data, keys, passwords and logs.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before removing.")] = False,
) -> None:
    """Stop the stack; the data stay. 停止。"""
    settings = load_settings()
    if wipe_data and not yes:
        typer.confirm(f"Remove all data of {settings.home.absolute()}?", abort=True)
    console = Console()
    console.print("Stopped." if _stop(settings, console) else "The stack was not running.")
    if wipe_data:
        removed = wipe(settings)
        console.print(f"Removed {', '.join(removed)}." if removed else "Nothing to remove.")


def _stop(settings: Settings, console: Console) -> bool:
    with Live(console=console, refresh_per_second=8, transient=True) as live:

        def show(state: StackState) -> None:
            live.update(parts_table(state))

        return stop(settings, show)
