"""Entries of the audit stream: batches of disclosures, each sealed with the one before it.

A writer's entries are numbered from 1, each with the hash of its predecessor. The first follows
the newest entry that was in the stream when the writer connected, whoever wrote that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import uuid4

STREAM = "citizengraph:audit"
NOTHING_BEFORE = "0" * 64


@dataclass(frozen=True)
class Entry:
    """One batch: a JSON array of disclosures, and its place in its writer's chain."""

    writer: str
    sequence: int
    previous: str
    records: bytes
    hash: str

    @classmethod
    def read(cls, stored: Mapping[bytes, bytes]) -> Entry:
        """From the fields of a stream entry. Raises KeyError or ValueError when one is missing."""
        return cls(
            stored[b"writer"].decode(),
            int(stored[b"sequence"]),
            stored[b"previous"].decode(),
            stored[b"records"],
            stored[b"hash"].decode(),
        )

    def fields(self) -> list[str | int | bytes]:
        """Names and values in turn, as XADD takes them."""
        named = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return [part for pair in named.items() for part in pair]

    def expected_hash(self) -> str:
        """What `hash` is when nothing has been altered."""
        return seal(self.writer, self.sequence, self.previous, self.records)


def seal(writer: str, sequence: int, previous: str, records: bytes) -> str:
    """SHA-256 over the place in the chain and the content."""
    return sha256(f"{previous} {writer} {sequence} ".encode() + records).hexdigest()


class Chain:
    """The chain of one writer, from one connection to its end."""

    def __init__(self, previous: str) -> None:
        self.writer = uuid4().hex
        self._previous = previous
        self._sequence = 0

    def next(self, records: Sequence[bytes]) -> Entry:
        """The entry that follows, holding the encoded disclosures."""
        content = b"[" + b",".join(records) + b"]"
        self._sequence += 1
        sealed = seal(self.writer, self._sequence, self._previous, content)
        entry = Entry(self.writer, self._sequence, self._previous, content, sealed)
        self._previous = sealed
        return entry
