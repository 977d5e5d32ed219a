"""Which list of the file each citizen service number (BSN) and A-number belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ingest.brp.values import valid_bsn

SCHEME = "BSN"
_NUMBERS = ("01.10", "01.20")


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of the file: its record number, citizen service number, and its person's key."""

    record: str
    number: str
    key: str


Known = Mapping[str, Sequence[Listed]]


@dataclass(frozen=True)
class Index:
    """Numbers of every list of a file. `register` starts the keys of those without a number."""

    register: str
    _by_number: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    _by_record: dict[str, str] = field(default_factory=dict[str, str])
    _numbers: dict[str, str] = field(default_factory=dict[str, str])

    def add(self, raw: Mapping[str, Any]) -> None:
        """Enter a list, with the A-numbers it had before."""
        if raw.get("broken"):
            return
        record, number = record_of(raw), number_of(raw)
        self._numbers[record] = number
        if valid_bsn(number):
            self._by_number.setdefault(number, []).append(record)
        for row in raw["rows"]:
            for element in ("01.01.10", "01.20.10"):
                if row.get(element):
                    self._by_record.setdefault(row[element], record)

    def mentioned(self, raw: Mapping[str, Any]) -> dict[str, list[list[str]]]:
        """For each number that a list mentions, the lists it belongs to: [record, number, key]."""
        found: dict[str, list[list[str]]] = {}
        for row in raw["rows"]:
            for name, value in row.items():
                if name[3:] in _NUMBERS and value not in found and (lists := self._lists(value)):
                    found[value] = lists
        return found

    def _lists(self, mention: str) -> list[list[str]]:
        by_record = self._by_record.get(mention)
        records = self._by_number.get(mention) or ([by_record] if by_record else [])
        return [[r, self._numbers[r], self._key(r)] for r in records]

    def _key(self, record: str) -> str:
        number = self._numbers[record]
        return key_of(self.register, record, number, len(self._by_number.get(number, ())) > 1)


def key_of(register: str, record: str, number: str, repeated: bool) -> str:
    """The key of a list's person: the number, unless it is none or stands in several lists."""
    if repeated or not valid_bsn(number):
        return f"{register}:{record}"
    return f"{SCHEME}:{number}"


def record_of(raw: Mapping[str, Any]) -> str:
    """The A-number, or the label of a list without one."""
    return raw["rows"][0].get("01.01.10", "").strip() or raw["label"]


def number_of(raw: Mapping[str, Any]) -> str:
    """The citizen service number as it is now; empty when there is none."""
    return raw["rows"][0].get("01.01.20", "").strip()


def known_lists(mentions: Mapping[str, Iterable[Sequence[str]]]) -> Known:
    """What `Index.mentioned` gave, as a record's raw form holds it."""
    return {n: [Listed(*entry) for entry in lists] for n, lists in mentions.items()}
