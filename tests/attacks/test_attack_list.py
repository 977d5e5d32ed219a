"""docs/attacks.md names a test that exists for each case, and no case is missing."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| (?P<case>[^|]+?) \| (?P<tried>[^|]+?) \| (?P<tests>`tests/[^|]+`) \|$")
NAME = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
ATTACKS = ("absent", "leaks", "shared_caches", "proof_attacks", "credential_attacks")
CASES = """
denied field; masked field; names of the planner; denied filter; denied order
search by sound and part; search around a point; operator
group, aggregate, count; relation filter; binary search; cursor; other days
entities, direct; entities, forged; entities, through the gateway
introspection; schema guessing; interface; union; requires
existence by type name; existence by node id; existence by empty lists
existence by error texts; existence by counts; existence by questions
shared plan, loader, answer; shared plan, versions
spoofed by header; spoofed by variable; spoofed by batch; spoofed by token
activation in mid-query; lost message; Redis down; altered store
approval after edit; stale parent; guardian, expired; guardian, reversed
case closed; case on a stranger; case decided twice; case of a relative
consent withdrawn; protection; writing; random operations
licence, wrong office; licence, altered code; licence, by trying out; licence, at once
credential, forged or altered; credential, borrowed; credential, what it tells
proof, forged; proof, not for this; proof, by trying out; proof, existence
department, lying; department, silent; department, asked by others
"""


def listed() -> dict[str, list[tuple[str, str]]]:
    """File and name of the tests of each case."""
    page = (ROOT / "docs" / "attacks.md").read_text(encoding="utf-8")
    rows = [ROW.match(line) for line in page.splitlines() if line.startswith("| ")]
    return {row["case"]: NAME.findall(row["tests"]) for row in rows if row}


def defined(file: Path) -> set[str]:
    """Names of the tests in a file."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name for node in tree.body if isinstance(node, functions)}


def test_every_case_is_listed() -> None:
    wanted = {case.strip() for line in CASES.splitlines() for case in line.split(";")}
    assert set(listed()) == wanted - {""}


@pytest.mark.parametrize("case", listed())
def test_the_tests_of_a_case_exist(case: str) -> None:
    tests = listed()[case]
    assert tests
    missing = [(file, name) for file, name in tests if name not in defined(ROOT / file)]
    assert missing == []


def test_every_attack_here_is_listed() -> None:
    named = {name for tests in listed().values() for _, name in tests}
    files = [Path(__file__).with_name(f"test_{n}.py") for n in ATTACKS]
    files += [ROOT / f"tests/e2e/test_{n}.py" for n in ("spoofing", "schema_guessing", "fuzz")]
    written = {name for file in files for name in defined(file) if name.startswith("test_")}
    assert written - named == {"test_the_supergraph_is_read"}
