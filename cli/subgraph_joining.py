"""`citizengraph subgraph new | join`: a department's service is begun, and put to use."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.output import JsonOption, console, print_json
from cli.subgraph_checking import OPERATIONS, findings_of, recorded_in, sdl_of
from graph.catalogue import model
from runtime.errors import CitizengraphError
from runtime.files import private_home
from runtime.joined import Joined, write_joined
from runtime.keys import ensure_key, public_keys_file
from runtime.settings import load_settings
from subgraphs.joined.project import write_project
from subgraphs.joined.signing import KEY

Name = Annotated[str, typer.Argument(help="The subgraph, as the model names it.")]


def new(
    name: Name,
    directory: Annotated[Path, typer.Option("--dir", help="Where to write; it must not exist.")],
) -> None:
    """Write a service that fits what the model declares: Node, SQLite, no more. 新建。"""
    settings = load_settings()
    ensure_key(private_home(settings.home.absolute()), KEY)
    keys = public_keys_file(settings.home, KEY).read_text(encoding="utf-8")
    written = write_project(model(), name, directory, keys)
    console.print(f"{directory}: {', '.join(written)}", highlight=False)
    console.print("Its README says how to start it.")


def join(
    name: Name,
    url: Annotated[str, typer.Argument(help="Where the service answers: https://…/graphql.")],
    as_json: JsonOption = False,
) -> None:
    """Check a service and have the guard ask it from now on; a running stack follows. 接入。"""
    settings = load_settings()
    sdl = sdl_of(settings, url, name)
    findings = findings_of(settings, name, sdl, recorded_in(settings, OPERATIONS) or {})
    unfit = [finding for finding in findings if finding.kind != "safe"]
    if unfit:
        words = "\n".join(f"{finding.words} {finding.advice}" for finding in unfit)
        hint = f"`citizengraph subgraph check {url} --name {name}` says who asks for it."
        raise CitizengraphError("REGISTER_INVALID", words, hint)
    write_joined(settings.home.absolute(), name, Joined(url))
    if as_json:
        print_json({"subgraph": name, "url": url})
        return
    console.print(f"{name} is asked at {url} from now on.", highlight=False)
