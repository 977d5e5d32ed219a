"""What a GEDCOM file holds, read line by line without the product's reader."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from tests.shared_files import shared_file


def royal_file() -> Path:
    """The family tree of the royal houses."""
    return shared_file("gedcom/royal92.ged")


@dataclass
class Family:
    """Cross-references of a FAM record, and whether its marriage and divorce are stated."""

    spouses: list[str] = field(default_factory=list)
    children: list[str] = field(default_factory=list)
    married: bool = False
    divorced: bool = False


class Oracle:
    """Persons with their lines, and families."""

    def __init__(self, path: Path) -> None:
        self.persons: dict[str, list[str]] = {}
        self.families: dict[str, Family] = {}
        tag, xref = "", ""
        for line in path.read_text(encoding="ascii").splitlines():
            words = line.split()
            if words[0] == "0":
                xref, tag = words[1].strip("@"), words[-1]
                if tag == "INDI":
                    self.persons[xref] = []
                if tag == "FAM":
                    self.families[xref] = Family()
            elif tag == "INDI":
                self.persons[xref].append(line)
            elif tag == "FAM" and words[0] == "1":
                self._note(self.families[xref], words[1:])

    def _note(self, family: Family, words: list[str]) -> None:
        if words[0] in ("HUSB", "WIFE"):
            family.spouses.append(words[1].strip("@"))
        if words[0] == "CHIL":
            family.children.append(words[1].strip("@"))
        family.married |= words[0] == "MARR"
        family.divorced |= words == ["DIV", "Y"]

    @property
    def couples(self) -> dict[str, Family]:
        """Families of two partners that state neither a marriage nor its end, by record."""
        return {
            xref: family
            for xref, family in self.families.items()
            if len(family.spouses) == 2 and not (family.married or family.divorced)
        }

    @property
    def parent_links(self) -> set[tuple[str, str]]:
        """(parent, child) of every family."""
        return {(p, c) for f in self.families.values() for p in f.spouses for c in f.children}
