"""`citizengraph up`: start the stack in the background and wait until it is ready."""

import os
from typing import Annotated

import typer
from rich.console import Console
from rich.live import Live

from cli.output import JsonOption, print_json
from cli.parts_table import addresses, parts_table
from runtime.launch import start
from runtime.settings import StartSettings, load_settings
from runtime.state import StackState


def up(
    only: Annotated[
        list[str] | None, typer.Option(help="Start only this part; can be repeated.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, max=64, help="Processes that serve the subgraphs.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Start the stack in the background; does nothing when it runs. 启动。"""
    if workers:
        os.environ["CITIZENGRAPH_WORKERS"] = str(workers)
    settings = load_settings(StartSettings)
    console = Console(stderr=as_json)
    with Live(console=console, refresh_per_second=8) as live:

        def show(state: StackState) -> None:
            live.update(parts_table(state))

        try:
            state, was_running = start(settings, only or [], show)
        except KeyboardInterrupt:
            console.print("The start goes on in the background; see `citizengraph status`.")
            raise typer.Exit(130) from None
    if as_json:
        print_json({"status": state.status, "was_running": was_running, "urls": addresses(state)})
        return
    if not console.is_terminal:
        console.print()
    console.print("The stack is already running." if was_running else "The stack is ready.")
    for name, url in addresses(state).items():
        console.print(f"{name:9} {url}", highlight=False)
