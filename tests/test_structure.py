"""The rooms: nobody else owns their names, and what they promise to document is documented."""

from __future__ import annotations

import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

from cli.main import VERBS

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ROOMS = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]


def test_no_dependency_owns_a_rooms_name() -> None:
    owners = packages_distributions()
    for room in ROOMS:
        assert set(owners.get(room, [])) <= {"citizengraph"}, room
        assert room not in sys.stdlib_module_names


def test_every_room_is_checked_and_layered() -> None:
    assert set(PROJECT["tool"]["pyright"]["include"]) == set(ROOMS)
    assert set(PROJECT["tool"]["importlinter"]["root_packages"]) == set(ROOMS)


def test_every_verb_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [verb for verb in VERBS if f"citizengraph {verb}" not in readme] == []


def test_lock_files_have_hashes_and_no_addresses() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert "http" not in "".join(line for line in text.splitlines() if line[:1] == "-")
    for folder in ("gateway/server", "bench/peers/neo4j_graphql"):
        npm = (ROOT / folder / "package-lock.json").read_text(encoding="utf-8")
        assert '"integrity"' in npm
        assert '"resolved"' not in npm
