"""What records need of each other, gathered in a first pass that also checks the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ingest.gedcom.lines import GedcomLines, Line
from ingest.gedcom.tree import Node, cited, date_of, pointer, raw_of, tree_of
from ingest.source import invalid

KINDS = {
    "": "BIRTH",
    "BIRTH": "BIRTH",
    "NATURAL": "BIRTH",
    "ADOPTED": "ADOPTIVE",
    "FOSTER": "FOSTER",
    "STEP": "STEP",
}
_ADOPTERS = {"HUSB": ("HUSB",), "WIFE": ("WIFE",), "BOTH": ("HUSB", "WIFE")}
_TITLE_CHARACTERS = 500
Known = dict[str, Any]


@dataclass
class Index:
    """By cross-reference without signs. Memory grows with the number of records alone."""

    persons: int = 0
    families: int = 0
    dated: str | None = None
    births: dict[str, str] = field(default_factory=lambda: dict[str, str]())
    deaths: dict[str, str] = field(default_factory=lambda: dict[str, str]())
    titles: dict[str, str] = field(default_factory=lambda: dict[str, str]())
    descents: dict[tuple[str, str], Known] = field(
        default_factory=lambda: dict[tuple[str, str], Known]()
    )
    couples: dict[str, list[list[str]]] = field(
        default_factory=lambda: dict[str, list[list[str]]]()
    )
    children: set[tuple[str, str]] = field(default_factory=lambda: set[tuple[str, str]]())

    def add(self, record: Sequence[Line]) -> None:
        """Take note of a record."""
        xref, tag = record[0].xref.strip("@"), record[0].tag
        if tag == "INDI":
            self._add_person(xref, _tree(record))
        elif tag == "FAM":
            self._add_family(xref, _tree(record))
        elif tag == "SOUR" and xref:
            tree = _tree(record)
            title = tree.text("TITL") or tree.text("ABBR")
            self.titles[xref] = title[:_TITLE_CHARACTERS]
        elif tag == "HEAD":
            self.dated = date_of(_tree(record))

    def raw(self, record: Sequence[Line]) -> Known:
        """A record as JSON, with what it needs of others."""
        tree = _tree(record)
        xref = record[0].xref.strip("@")
        known = self._person_needs(xref, tree) if tree.path == "INDI" else self._needs(xref, tree)
        known["titles"] = {x: self.titles[x] for x in _sources(tree) if x in self.titles}
        return raw_of(record, known)

    def _person_needs(self, xref: str, tree: Node) -> Known:
        """Parents in families that do not name this person as a child."""
        named = {pointer(node) for node in _child_links(tree)} - {""}
        unlisted = [f for f in sorted(named) if (f, xref) not in self.children]
        return {"couples": {f: self.couples[f] for f in unlisted if f in self.couples}}

    def _needs(self, xref: str, tree: Node) -> Known:
        spouses = [pointer(node) for node in tree.all("HUSB", "WIFE")]
        children = [pointer(node) for node in tree.all("CHIL")]
        return {
            "dated": self.dated,
            "deaths": {s: self.deaths[s] for s in spouses if s in self.deaths},
            "births": {c: self.births[c] for c in children if c in self.births},
            "descents": {c: self.descents[xref, c] for c in children if (xref, c) in self.descents},
        }

    def _add_person(self, xref: str, tree: Node) -> None:
        self.persons += 1
        born = date_of(tree.first("BIRT"))
        if born:
            self.births[xref] = born
        death = death_of(tree)
        if death:
            self.deaths[xref] = (date_of(death) or "") if death.path == "INDI.DEAT" else ""
        for family, descent in descents(tree).items():
            if descent["HUSB"] != "BIRTH" or descent["WIFE"] != "BIRTH":
                self.descents[family, xref] = descent

    def _add_family(self, xref: str, tree: Node) -> None:
        self.families += 1
        couple = [[tag, pointer(node)] for tag in ("HUSB", "WIFE") for node in tree.all(tag)]
        self.couples[xref] = [spouse for spouse in couple if spouse[1]]
        self.children.update((xref, pointer(node)) for node in tree.all("CHIL"))


def index_of(lines: GedcomLines) -> Index:
    """The index of a whole file. Raises SOURCE_INVALID for one that is broken or has no end."""
    index, last = Index(), ""
    row = 0
    for record in lines.records():
        index.add(record)
        last, row = record[0].tag, record[-1].row
    if last != "TRLR":
        words = f"{lines.source.path}: the file ends at line {row} without `0 TRLR`."
        raise invalid(words, "It was cut off; have it delivered again.")
    return index


def death_of(person: Node) -> Node | None:
    """The event by which a person is known to have died: death, else burial or cremation."""
    for tag in ("DEAT", "BURI", "CREM"):
        found = next((event for event in person.all(tag) if event.happened), None)
        if found:
            return found
    return None


def descents(person: Node) -> dict[str, Known]:
    """How a person descends from the parents of each family: kind by HUSB and WIFE, since when.

    A kind that is not known is None. Adoption by one parent leaves the other what FAMC says.
    """
    found: dict[str, Known] = {}
    for link in person.all("FAMC"):
        kind = KINDS.get(link.text("PEDI").upper())
        found[pointer(link)] = {"HUSB": kind, "WIFE": kind, "since": None, "citation": None}
    for event in person.all("ADOP"):
        for link in event.all("FAMC"):
            known = found.setdefault(pointer(link), {"HUSB": "BIRTH", "WIFE": "BIRTH"})
            adopters = _ADOPTERS.get(link.text("ADOP").upper(), ("HUSB", "WIFE"))
            if len(adopters) == 1 and known["HUSB"] == known["WIFE"] == "ADOPTIVE":
                known.update(HUSB="BIRTH", WIFE="BIRTH")
            known.update(dict.fromkeys(adopters, "ADOPTIVE"))
            known.update(since=date_of(event), citation=cited(event, {}))
    found.pop("", None)
    return found


def _child_links(person: Node) -> Iterator[Node]:
    yield from person.all("FAMC")
    for event in person.all("ADOP"):
        yield from event.all("FAMC")


def _sources(node: Node) -> Iterator[str]:
    yield from (pointer(source) for source in node.all("SOUR"))
    for child in node.children:
        yield from _sources(child)


def _tree(record: Sequence[Line]) -> Node:
    return tree_of([(line.row, line.level, line.tag, line.value) for line in record])
