"""The console's sources: typed, linted, up to date with the schemas, and in both languages."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from console_tools import WEB, console_tools

from runtime.node import NODE

ROOT = WEB.parents[1]
_WORDS = """
import { readdirSync, statSync } from 'node:fs';
const found = {};
for (const file of readdirSync('src', { recursive: true })) {
  if (!/(^|\\/)words[\\w-]*\\.ts$/.test(file) || !statSync(`src/${file}`).isFile()) continue;
  for (const [name, said] of Object.entries(await import(`${process.cwd()}/src/${file}`)))
    found[`${file} ${name}`] = { en: said.en, zh: said.zh };
}
console.log(JSON.stringify(found));
"""


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sources beside their packages."""
    root = tmp_path_factory.mktemp("console")
    web = root / "console" / "web"
    shutil.copytree(WEB, web, ignore=shutil.ignore_patterns("node_modules"))
    (web / "node_modules").symlink_to(console_tools() / "node_modules")
    (root / "gateway").mkdir()
    (root / "gateway" / "supergraphs").symlink_to(ROOT / "gateway" / "supergraphs")
    return web


def _run(sources: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [str(NODE), *words]
    return subprocess.run(command, cwd=sources, capture_output=True, text=True, check=False)


def test_types(sources: Path) -> None:
    done = _run(sources, "node_modules/typescript/bin/tsc", "--noEmit")
    assert done.returncode == 0, done.stdout


def test_lint(sources: Path) -> None:
    done = _run(sources, "node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings")
    assert done.returncode == 0, done.stdout + done.stderr


def test_types_and_labels_are_those_of_the_schemas(sources: Path) -> None:
    done = _run(sources, "tools/generate.mjs", "--check")
    assert done.returncode == 0, done.stderr


def test_every_word_is_in_both_languages(sources: Path) -> None:
    done = _run(sources, "--input-type=module", "--eval", _WORDS)
    assert done.returncode == 0, done.stderr
    said = {name: words for name, words in json.loads(done.stdout).items() if words.get("en")}
    assert "words/words.ts words" in said
    for name, words in said.items():
        assert set(words["en"]) == set(words["zh"]), name
        assert all(words["en"].values()) and all(words["zh"].values()), name
