"""The account of one answer: which fields of which records it shows, masks and denies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from audit.record import Row


@dataclass
class _Account:
    """Fields of one record, each once, in the order in which they were met."""

    shown: dict[str, None] = field(default_factory=dict[str, None])
    denied: dict[str, None] = field(default_factory=dict[str, None])
    masked: dict[str, None] = field(default_factory=dict[str, None])


class Disclosed:
    """Collects by record; what is shown twice is accounted for once."""

    def __init__(self) -> None:
        self._records: dict[tuple[str, str], _Account] = {}

    def add(
        self,
        type_name: str,
        record: str,
        shown: Iterable[str],
        denied: Iterable[str],
        masked: Iterable[str] = (),
    ) -> None:
        """Note fields of a record; a masked one as `field:mask`."""
        known = self._records.setdefault((type_name, record), _Account())
        known.shown.update(dict.fromkeys(shown))
        known.denied.update(dict.fromkeys(denied))
        known.masked.update(dict.fromkeys(masked))

    def rows(self) -> Iterator[Row]:
        """Every record that was touched."""
        for (type_name, record), known in self._records.items():
            yield Row(
                type_name, record, tuple(known.shown), tuple(known.denied), tuple(known.masked)
            )


def sought(value: str) -> str:
    """How the audit names a record that was asked for and not found: by a digest of what was."""
    return f"sought:{sha256(value.encode()).hexdigest()[:16]}"
