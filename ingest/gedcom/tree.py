"""A record as a tree of lines, and as the JSON from which it can be read again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ingest.gedcom.dates import dated
from ingest.gedcom.lines import Line
from ingest.records import Problem, Remark


@dataclass(slots=True)
class Node:
    """A line and those below it. `path` is the tags from the record on: "INDI.BIRT.DATE"."""

    row: int
    path: str
    value: str
    children: list[Node] = field(default_factory=lambda: list[Node]())

    def all(self, *tags: str) -> Iterator[Node]:
        """The lines right below with one of the tags, in order."""
        return (child for child in self.children if child.path.rpartition(".")[2] in tags)

    def first(self, tag: str) -> Node | None:
        """The first line right below with the tag."""
        return next(self.all(tag), None)

    def text(self, tag: str) -> str:
        """The value of the first line with the tag, without spaces around it."""
        found = self.first(tag)
        return found.value.strip() if found else ""

    @property
    def happened(self) -> bool:
        """Whether an event is asserted: `Y`, or anything said of it, and not `N`."""
        said = self.value.strip().upper()
        return said == "Y" or (said != "N" and any(c.value.strip() for c in self.children))


@dataclass(frozen=True)
class Notes:
    """What is left out of a record, and what to look into, as it is met."""

    set_aside: list[Problem] = field(default_factory=lambda: list[Problem]())
    remarks: list[Remark] = field(default_factory=lambda: list[Remark]())

    def leave_out(self, node: Node, code: str, reason: str) -> None:
        """Set the value of the line aside."""
        self.set_aside.append(Problem(node.row, node.path, node.value.strip(), code, reason))

    def remark(self, kind: str, words: str) -> None:
        """Note something to look into."""
        self.remarks.append(Remark(kind, words))

    def date(self, event: Node | None) -> str | None:
        """The date of an event; one that cannot be used is set aside."""
        node = event.first("DATE") if event else None
        if node is None or not node.value.strip():
            return None
        found = dated(node.value)
        if found.code:
            self.leave_out(node, found.code, found.reason)
        elif found.approximate:
            self.remark("DATE_APPROXIMATE", f"{node.path}: {node.value.strip()}")
        return found.date


def raw_of(record: Sequence[Line], known: dict[str, Any]) -> dict[str, Any]:
    """The record as JSON; `known` is what other records of the file say that it needs."""
    lines = [[line.row, line.level, line.tag, line.value] for line in record]
    return {"xref": record[0].xref, "lines": lines, "known": known}


def tree_of(lines: Sequence[Sequence[Any]]) -> Node:
    """The tree of lines [row, level, tag, value]."""
    row, _, tag, value = lines[0]
    path = [Node(row, tag, value)]
    for row, level, tag, value in lines[1:]:
        del path[level:]
        node = Node(row, f"{path[-1].path}.{tag}", value)
        path[-1].children.append(node)
        path.append(node)
    return path[0]


def pointer(node: Node | None) -> str:
    """The cross-reference that a line is, without its signs: "I1"; empty for anything else."""
    value = node.value.strip() if node else ""
    return value[1:-1] if len(value) > 2 and value[0] == value[-1] == "@" else ""


def date_of(event: Node | None) -> str | None:
    """The date of an event, or None where there is none that can be used."""
    return Notes().date(event)


def cited(node: Node | None, titles: dict[str, str]) -> str | None:
    """The sources that a line cites, with page; titles by cross-reference."""
    words: list[str] = []
    for source in node.all("SOUR") if node else ():
        title = titles.get(pointer(source), pointer(source) or source.value.strip())
        words.append(", ".join(part for part in (title, source.text("PAGE")) if part))
    return "; ".join(dict.fromkeys(filter(None, words))) or None
