"""The command `citizengraph`: a registry of verbs, each loaded only when it is used.

The verb `x-y` is the function `x_y` in cli/x_y.py, with Typer's annotations, or a Typer with
actions of its own. A new verb is one word here.
"""

import sys
from importlib import import_module
from typing import Any

import typer
from rich.console import Console
from typer.core import TyperGroup

from runtime.errors import CitizengraphError

VERBS = (
    *("demo", "tour", "up", "down", "status", "doctor"),
    *("generate", "load", "bulk-load", "ingest", "runs", "quarantine", "findings", "joins"),
    *(
        "changes",
        "policy",
        "compose",
        "explain",
        "ask",
        "relationship",
        "readiness",
        "timeline",
        "readiness",
        "proof",
        "credential",
        "licence",
        "audit",
        "subgraph",
    ),
)


class VerbGroup(TyperGroup):
    """Finds a verb's file by its name."""

    def list_commands(self, ctx: Any) -> list[str]:
        del ctx
        return list(VERBS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        del ctx
        if cmd_name not in VERBS:
            return None
        name = cmd_name.replace("-", "_")
        verb = getattr(import_module(f"cli.{name}"), name)
        if isinstance(verb, typer.Typer):
            return typer.main.get_command(verb)
        one = typer.Typer(add_completion=False)
        one.command(cmd_name)(verb)
        return typer.main.get_command(one)


app = typer.Typer(cls=VerbGroup, no_args_is_help=True, pretty_exceptions_show_locals=False)


@app.callback()
def citizengraph() -> None:
    """A knowledge graph of people, households, legal entities and licences. 公民知识图谱。"""


def main() -> None:
    """Run the command; a known error is shown in words, with what to do."""
    try:
        app()
    except CitizengraphError as error:
        console = Console(stderr=True, highlight=False, soft_wrap=True)
        console.print(f"[bold red]{error.code}[/]")
        console.print(error.message, markup=False)
        if error.hint:
            console.print(f"→ {error.hint}", markup=False)
        sys.exit(1)
