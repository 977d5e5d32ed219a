"""The account of one answer: which fields of which records it shows and which it denies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256


class Disclosed:
    """Collects by record; what is shown twice is accounted for once."""

    def __init__(self) -> None:
        self._records: dict[tuple[str, str], tuple[dict[str, None], dict[str, None]]] = {}

    def add(self, type_name: str, record: str, shown: Iterable[str], denied: Iterable[str]) -> None:
        """Note fields of a record."""
        known = self._records.setdefault((type_name, record), ({}, {}))
        known[0].update(dict.fromkeys(shown))
        known[1].update(dict.fromkeys(denied))

    def rows(self) -> Iterator[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
        """(type, record id, fields shown, fields denied) of every record that was touched."""
        for (type_name, record), (shown, denied) in self._records.items():
            yield type_name, record, tuple(shown), tuple(denied)


def sought(value: str) -> str:
    """How the audit names a record that was asked for and not found: by a digest of what was."""
    return f"sought:{sha256(value.encode()).hexdigest()[:16]}"
