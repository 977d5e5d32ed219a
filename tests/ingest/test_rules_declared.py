"""Every problem code that the code names is declared, and every declared one is used."""

import re
from pathlib import Path

from ingest.rules import rules

ROOT = Path(__file__).parents[2]
_CODE = re.compile(r'"([A-Z]+(?:_[A-Z]+)*)"')
_NAMING = re.compile(
    r"""(?:Problem|Remark|Found|Fault|Finding|Misfit|Unfit|_problem|_unfit|_fault)\(
    [^)]*?"([A-Z]+(?:_[A-Z]+)+)\"""",
    re.VERBOSE,
)


def _sources() -> dict[Path, str]:
    return {path: path.read_text(encoding="utf-8") for path in (ROOT / "ingest").rglob("*.py")}


def test_every_code_in_a_problem_or_finding_is_declared() -> None:
    named = {
        code
        for path, text in _sources().items()
        if "city" not in path.parts
        for code in _NAMING.findall(text)
    }
    assert len(named) > 20
    assert named - rules().keys() == set()


def test_every_declared_code_is_used() -> None:
    named = {code for text in _sources().values() for code in _CODE.findall(text)}
    assert rules().keys() - named == set()


def test_rules_have_both_languages_and_a_sentence() -> None:
    for code, rule in rules().items():
        assert rule.label.en and rule.label.zh, code
        assert rule.description.endswith("."), code
        assert rule.scope, code


def test_every_code_is_documented_as_it_is_declared() -> None:
    documents = "".join(
        (ROOT / "docs" / name).read_text(encoding="utf-8")
        for name in ("quarantine.md", "findings.md")
    )
    missing = [row for row in map(_row, rules()) if row not in documents]
    assert missing == []


def _row(code: str) -> str:
    """The code's row in a document's table."""
    rule = rules()[code]
    what = f"{rule.label.en} {rule.label.zh}"
    return f"| `{code}` | {what} | {rule.severity} | {rule.description} |\n"
