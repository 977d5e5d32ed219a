"""A bundle: the texts of one set of policies, by their path, from a directory or from memory."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import unified_diff
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from policies.problems import PolicyInvalid, Problem

POLICIES_DIRECTORY = Path(__file__).parent
GRANTS = "grants"
SERVICES_FILE = "services.yaml"
LICENCE_TYPES = "licence_types.yaml"
CONTRACT_FILES = ("purposes.yaml", "consumers.yaml", SERVICES_FILE, LICENCE_TYPES)
"""In this order in the hash of a bundle; one that is not there is left out."""
_GRANT_PATH = re.compile(rf"{GRANTS}/(?:\w[\w.-]*/)*\w[\w.-]*\.cedar")


@dataclass(frozen=True)
class Bundle:
    """Texts by path, relative and with slashes: CONTRACT_FILES and grants/*.cedar."""

    texts: Mapping[str, str]

    @cached_property
    def hash(self) -> str:
        """SHA-256 over every path and text."""
        digest = sha256()
        for path, content in self.ordered():
            digest.update(f"{path} {len(content)}\n".encode() + content)
        return digest.hexdigest()

    def ordered(self) -> Iterator[tuple[str, bytes]]:
        """(path, content) of the contract files, then of the grants by name."""
        names = [name for name in CONTRACT_FILES if name in self.texts]
        for path in (*names, *sorted(self.texts.keys() - set(CONTRACT_FILES))):
            yield path, self.texts[path].encode()

    def grants(self) -> Mapping[str, str]:
        """The texts of the grants, by path."""
        return {p: self.texts[p] for p in sorted(self.texts) if p.startswith(f"{GRANTS}/")}

    def checked(self) -> Bundle:
        """The bundle itself. Raises PolicyInvalid for a path that none may have."""
        strange = [
            p for p in self.texts if p not in CONTRACT_FILES and not _GRANT_PATH.fullmatch(p)
        ]
        if strange:
            hint = f"a bundle has {', '.join(CONTRACT_FILES)} and {GRANTS}/*.cedar"
            raise PolicyInvalid([Problem(path, "no place for a policy", hint) for path in strange])
        return self


def read_bundle(directory: Path | None) -> Bundle:
    """The bundle of a directory; None is the built-in one. Raises PolicyInvalid.

    A contract file that is not there is left out: who reads the contracts says what is missing.
    """
    root = directory or POLICIES_DIRECTORY
    paths = [root / name for name in CONTRACT_FILES if (root / name).is_file()]
    paths += sorted((root / GRANTS).rglob("*.cedar"))
    return Bundle({path.relative_to(root).as_posix(): _text(path) for path in paths}).checked()


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise PolicyInvalid([Problem(path.name, "not UTF-8", "save it as UTF-8")]) from error


def differing(old: Bundle, new: Bundle) -> Iterator[str]:
    """How the texts differ, line by line, as a unified diff."""
    for path in sorted({*old.texts, *new.texts}):
        was, is_now = (side.texts.get(path, "").splitlines() for side in (old, new))
        yield from unified_diff(was, is_now, f"before/{path}", f"after/{path}", lineterm="")
