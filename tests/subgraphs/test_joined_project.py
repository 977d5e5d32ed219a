"""What `citizengraph subgraph new` writes runs as it is, and what `check` and `join` say of it."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from departments import node_program

from graph.catalogue import model
from resolvers.context import Caller
from runtime.errors import CitizengraphError
from runtime.joined import Joined, check_address, read_joined, write_joined
from runtime.node import ensure_register
from runtime.settings import StartSettings
from subgraphs.joined.asking import Department, Wanted
from subgraphs.joined.judging import judged
from subgraphs.joined.signing import GuardSigner

NUMBER = "110101199003070021"
CALLER = Caller("caseworker", "s", "p", "b", None, {}, "v", "o", None, "h")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clean_environment: None) -> Path:
    monkeypatch.setenv("CITIZENGRAPH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    return tmp_path / "home"


def citizengraph(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cli", "subgraph", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


@pytest.fixture
def project(home: Path, tmp_path: Path) -> Path:
    directory = tmp_path / "school-register"
    made = citizengraph("new", "education", "--dir", str(directory))
    assert made.returncode == 0, made.stderr
    return directory


@pytest.fixture
def service(project: Path, home: Path, tmp_path: Path) -> Iterator[str]:
    """The project as it was written, with what `npm install` would bring."""
    packages = ensure_register(StartSettings().cache, "education", lambda _: None).parent
    (project / "node_modules").symlink_to(packages / "node_modules")
    with node_program(project, home, tmp_path / "own.sqlite") as url:
        yield url


async def test_it_answers_from_its_own_tables(service: str, home: Path, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "own.sqlite") as database:
        row = (NUMBER, "Z-1", "BACHELOR", "2010-07")
        database.execute(
            "INSERT INTO education_certificate (citizenNumber, number, level, graduatedOn)"
            " VALUES (?, ?, ?, ?)",
            row,
        )
    held = model().held["EducationCertificate"]
    wanted = {"r0": Wanted(held, "citizenNumber", [NUMBER, "nobody"], ["level", "number"])}
    department = Department(home, "education", service)
    response = await department.answer(wanted, CALLER)
    await department.close()
    found = judged(model(), wanted, response)["r0"]
    assert found == {NUMBER: [("Z-1", {"level": "BACHELOR", "number": "Z-1"})], "nobody": []}


def test_it_fits_and_joins(service: str, project: Path, home: Path) -> None:
    for source in (str(project), str(project / "schema.graphql"), service):
        checked = citizengraph("check", source, "--json")
        assert checked.returncode == 0, checked.stdout + checked.stderr
        told = json.loads(checked.stdout)
        assert (told["subgraph"], told["findings"], told["operations"]) == ("education", [], None)
    joined = citizengraph("join", "education", service)
    assert joined.returncode == 0, joined.stderr
    assert read_joined(home, "education") == Joined(service)
    assert (home / "joined" / "education.json").stat().st_mode & 0o077 == 0


def test_what_breaks_is_told_and_fails(project: Path) -> None:
    schema = project / "schema.graphql"
    text = schema.read_text()
    schema.write_text(text.replace("  level: EducationLevel\n", "  grade: Int\n"))
    checked = citizengraph("check", str(project), "--json")
    assert checked.returncode == 1
    findings: list[dict[str, Any]] = json.loads(checked.stdout)["findings"]
    kinds = {finding["coordinate"]: finding["kind"] for finding in findings}
    assert kinds == {"EducationCertificate.level": "breaks", "EducationCertificate.grade": "safe"}
    in_words = citizengraph("check", str(project))
    assert in_words.returncode == 1
    assert "EducationCertificate.level is missing." in in_words.stdout
    assert "does not fit" in in_words.stdout and "first query" in in_words.stdout


def test_what_does_not_compose_is_told(project: Path) -> None:
    schema = project / "schema.graphql"
    schema.write_text(schema.read_text() + "\ntype Loose { at: Nowhere }\n")
    checked = citizengraph("check", str(project))
    assert checked.returncode == 1 and "Nowhere" in checked.stdout


def test_what_does_not_fit_does_not_join(service: str, project: Path, home: Path) -> None:
    refused = citizengraph("join", "education", service.replace("/graphql", "/nothing"))
    assert refused.returncode == 1 and "REGISTER_UNAVAILABLE" in refused.stderr
    assert read_joined(home, "education") is None


def test_it_is_written_once_and_for_what_is_declared(project: Path) -> None:
    again = citizengraph("new", "education", "--dir", str(project))
    assert again.returncode == 1 and "exists already" in again.stderr
    unknown = citizengraph("new", "housing", "--dir", str(project.parent / "housing"))
    assert unknown.returncode == 1 and "housing" in unknown.stderr
    files = {path.name for path in project.iterdir()}
    assert {"README.md", "main.mjs", "schema.graphql", "guard.jwks.json"} <= files
    assert '"d"' not in (project / "guard.jwks.json").read_text(), "no private key"


@pytest.mark.parametrize(
    "url",
    [
        "http://register.example/graphql",
        "https://user:secret@register.example/graphql",
        "file:///etc/passwd",
        "https://",
        "register.example",
        "https://[::1",
    ],
)
def test_numbers_travel_to_no_such_address(url: str, tmp_path: Path) -> None:
    with pytest.raises(CitizengraphError) as refused:
        write_joined(tmp_path, "education", Joined(url))
    assert refused.value.code == "SETTING_INVALID"


@pytest.mark.parametrize("url", ["https://register.example/graphql", "http://127.0.0.1:1/g"])
def test_and_to_such(url: str) -> None:
    check_address(url)


def test_a_key_that_was_rotated_is_taken_up(home: Path) -> None:
    from runtime.keys import rotate_key

    signer = GuardSigner(home)
    before = signer.token("education", b"", None).split(".")[0]
    rotate_key(home, "guard")
    assert signer.token("education", b"", None).split(".")[0] != before
