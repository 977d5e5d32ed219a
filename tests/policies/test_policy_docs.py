"""docs/policies.md says what is true: its examples load, and every shipped name is in it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from graph.catalogue import model
from policies.table import GRANTS, POLICIES_DIRECTORY, load

PAGE = (Path(__file__).parents[2] / "docs" / "policies.md").read_text()


def test_the_examples_load(tmp_path: Path) -> None:
    examples = re.findall(r"```cedar\n(.*?)```", PAGE, re.DOTALL)
    assert len(examples) == 6
    shutil.copytree(POLICIES_DIRECTORY, tmp_path / "policies")
    (tmp_path / "policies" / GRANTS / "examples.cedar").write_text("\n".join(examples))
    load(tmp_path / "policies", model())


def test_every_consumer_purpose_and_basis_is_described() -> None:
    contracts = load(None, model()).contracts
    for name in (*contracts.consumers, *contracts.purposes, *contracts.bases):
        assert f"`{name}`" in PAGE, name


def test_every_condition_in_the_table_loads(tmp_path: Path) -> None:
    rows = re.findall(r"^\| (`[^|]*`) \|", PAGE, re.MULTILINE)
    written = [w for row in rows for w in re.findall(r"`([^`]+)`", row) if "." in w]
    conditions = [w for w in written if re.search(r"(resource|context)\.", w)]
    assert len(conditions) >= 6
    shutil.copytree(POLICIES_DIRECTORY, tmp_path / "policies")
    grants = "\n".join(
        f'@id("example-{i}") permit (principal, action == Action::"clear:Person.name", '
        f"resource) when {{ {condition} }};"
        for i, condition in enumerate(conditions)
    )
    (tmp_path / "policies" / GRANTS / "examples.cedar").write_text(grants)
    load(tmp_path / "policies", model())
