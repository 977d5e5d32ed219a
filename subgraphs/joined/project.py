"""The start of a department's service: files that run as they are and fit the declaration."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from graph.catalogue import Catalogue
from runtime.errors import CitizengraphError
from runtime.node import gateway_source
from subgraphs.joined.declared import department_sdl, held_by, tables

SHARED = ("main.mjs", "guard.mjs", "subgraph.mjs", "rows.mjs")
_SOURCE = Path(__file__).parent / "scaffold"


def write_project(catalogue: Catalogue, name: str, directory: Path, keys: str) -> list[str]:
    """Write it; the names of its files. Raises SETTING_INVALID, SOURCE_INVALID."""
    files = project(catalogue, name, keys)
    try:
        directory.mkdir(parents=True)
        for file, content in files.items():
            (directory / file).write_text(content, encoding="utf-8")
    except FileExistsError as error:
        words = f"{directory} exists already."
        raise CitizengraphError("SOURCE_INVALID", words, "Name a directory to make.") from error
    return list(files)


def project(catalogue: Catalogue, name: str, keys: str) -> Mapping[str, str]:
    """Content by file."""
    shared = {file: (_SOURCE / file).read_text(encoding="utf-8") for file in SHARED}
    held = held_by(catalogue, name)
    readme = (_SOURCE / "README.md").read_text(encoding="utf-8")
    department = held[0].department
    for word, value in {
        "{name}": name,
        "{department}": f"{department.en} {department.zh}",
        "{types}": ", ".join(f"`{part.name}`" for part in held),
    }.items():
        readme = readme.replace(word, value)
    return {
        "README.md": readme,
        "package.json": json.dumps(_package(name), indent=2) + "\n",
        "schema.graphql": department_sdl(catalogue, name),
        "tables.json": tables(catalogue, name),
        "guard.jwks.json": keys,
        **shared,
    }


def _package(name: str) -> Mapping[str, object]:
    """It needs the gateway's own GraphQL library, and nothing else."""
    known = json.loads((gateway_source() / "package.json").read_text(encoding="utf-8"))
    return {
        "name": name,
        "private": True,
        "type": "module",
        "engines": known["engines"],
        "scripts": {"start": "node --disable-warning=ExperimentalWarning main.mjs"},
        "dependencies": {"graphql": known["dependencies"]["graphql"]},
    }
