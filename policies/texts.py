"""Policy files cut into single policies, each with its place, so that errors can name it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from policies.problems import Problem

_TOKEN = re.compile(r'//[^\n]*|"(?:\\.|[^"\\])*"|;|[^\s";/]+|/')
_ID = re.compile(r'@id\(\s*"((?:\\.|[^"\\])*)"\s*\)')


@dataclass(frozen=True)
class PolicyText:
    """One policy as it stands in a file; `line` and `column` count from 1."""

    file: str
    text: str
    line: int
    column: int

    @cached_property
    def id(self) -> str:
        """The value of its @id annotation; empty without one."""
        found = _ID.search(self.text)
        return found.group(1) if found else ""

    @property
    def body(self) -> int:
        """Where the first clause starts; 0 without one."""
        return next((p.start() for p in _pieces(self.text) if p.group() in ("when", "unless")), 0)

    def problem(
        self, reason: str, instead: str = "", token: str = "", in_body: bool = False
    ) -> Problem:
        """A problem placed at the first `token`, else at the start of the policy or its body."""
        before = self.text[: self._find(token, self.body if in_body else 0)]
        line = self.line + before.count("\n")
        column = len(before) - before.rfind("\n") if "\n" in before else self.column + len(before)
        return Problem(self.file, reason, instead, self.id, line, column)

    def _find(self, token: str, start: int) -> int:
        word = rf"(?<!\w){re.escape(token)}(?!\w)" if token.isidentifier() else re.escape(token)
        for piece in _pieces(self.text, start):
            found = re.search(word, piece.group()) if token else None
            if found:
                return piece.start() + found.start()
        return start


def _pieces(text: str, start: int = 0) -> Iterator[re.Match[str]]:
    """Strings, semicolons and runs of other characters, without comments."""
    yield from (p for p in _TOKEN.finditer(text, start) if not p.group().startswith("//"))


def read_texts(grants: Mapping[str, str]) -> list[PolicyText]:
    """Every policy of every text, in order of file names."""
    return [policy for file in sorted(grants) for policy in split(file, grants[file])]


def split(file: str, content: str) -> Iterator[PolicyText]:
    """Single policies: from the first token after a semicolon to the next semicolon."""
    start: int | None = None
    for token in _pieces(content):
        start = token.start() if start is None else start
        if token.group() == ";":
            yield _policy(file, content, start, token.end())
            start = None
    if start is not None:
        yield _policy(file, content, start, len(content))


def _policy(file: str, content: str, start: int, end: int) -> PolicyText:
    line = content.count("\n", 0, start) + 1
    column = start - (content.rfind("\n", 0, start) + 1) + 1
    return PolicyText(file, content[start:end].rstrip(), line, column)
