"""`citizengraph subgraph`: how a department joins with a register of its own."""

from __future__ import annotations

import typer

from cli import subgraph_checking, subgraph_joining

subgraph = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="Departments that join with their own register: new, check, join. 部门接入。",
)
for name, verb in {
    "new": subgraph_joining.new,
    "check": subgraph_checking.check,
    "join": subgraph_joining.join,
}.items():
    subgraph.command(name)(verb)
