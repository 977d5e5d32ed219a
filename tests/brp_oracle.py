"""Parent links of the Dutch test set, counted straight from the CSV without the product's code.

The main job is measured against it: every link inside the set is a yes, every shuffled pair a no.
"""

from __future__ import annotations

import csv
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from random import Random

import pytest

ROOT = Path(__file__).parents[1]
Link = tuple[str, str]


def shared_data() -> Path:
    """Directory of the test data: CITIZENGRAPH_SHARED_DATA, else beside the repository."""
    return Path(os.environ.get("CITIZENGRAPH_SHARED_DATA", ROOT.parent / "shared" / "data"))


def brp_file() -> Path:
    """The person lists. Skips the test where they are absent, but fails it in CI."""
    found = sorted(shared_data().glob("brp/*persoonslijsten*.csv"))
    if found:
        return found[0]
    reason = f"no Dutch test set in {shared_data()}: set CITIZENGRAPH_SHARED_DATA"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@dataclass(frozen=True)
class Oracle:
    """What the file itself says of numbers, parents, children and partners."""

    path: Path

    @cached_property
    def rows(self) -> list[list[dict[str, str]]]:
        """Rows by list; of a name that stands twice in the header the first column counts."""
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            header, *body = csv.reader(file, delimiter=";")
        lists: list[list[dict[str, str]]] = []
        for columns in body:
            if columns[0]:
                lists.append([])
            pairs = zip(reversed(header), reversed(columns), strict=True)
            lists[-1].append(dict(pairs))
        return lists

    @cached_property
    def numbers(self) -> Counter[str]:
        """How many lists have each citizen service number ("" counts those without)."""
        return Counter(rows[0]["01.01.20"] for rows in self.rows)

    @cached_property
    def parent_links(self) -> list[Link]:
        """Every distinct (child, parent) by number that a child's list states now."""
        return _distinct(
            (rows[0]["01.01.20"], rows[0][f"{category}.01.20"])
            for rows in self.rows
            for category in ("02", "03")
        )

    @cached_property
    def links(self) -> list[Link]:
        """Those of which both have a list in the set: the main job's yes."""
        return [link for link in self.parent_links if set(link) <= self.numbers.keys()]

    @cached_property
    def past_parent_links(self) -> list[Link]:
        """Every distinct (child, parent) by number that any row of a child's list states."""
        return _distinct(
            (rows[0]["01.01.20"], row[f"{category}.01.20"])
            for rows in self.rows
            for row in rows
            for category in ("02", "03")
        )

    @cached_property
    def renumbered(self) -> dict[str, str]:
        """The newest number of a parent whom a list names with others under one A-number."""
        found: dict[str, str] = {}
        for rows in self.rows:
            for category in ("02", "03"):
                newest: dict[str, str] = {}
                for row in rows:
                    record, number = row[f"{category}.01.10"], row[f"{category}.01.20"]
                    if record and number and newest.setdefault(record, number) != number:
                        found[number] = newest[record]
        return found

    @cached_property
    def ended_unions(self) -> int:
        """Marriages and partnerships whose newest row states a dissolution."""
        return sum(
            bool(row["05.07.10"]) and (not at or rows[at - 1]["05.H"] != "55")
            for rows in self.rows
            for at, row in enumerate(rows)
        )

    def keys(self, number: str) -> list[str]:
        """The keys of the persons with a number: by A-number where several lists have it."""
        if self.numbers[number] < 2:
            return [f"BSN:{number}"]
        lists = [rows[0] for rows in self.rows if rows[0]["01.01.20"] == number]
        return [f"brp:{row['01.01.10']}" for row in lists]

    def stating(self, element: str) -> dict[str, str]:
        """A-number and value of every list whose first row states an element."""
        return {rows[0]["01.01.10"]: v for rows in self.rows if (v := rows[0][element])}

    @cached_property
    def child_links(self) -> set[Link]:
        """Every (child, parent) that some row of a parent's list states, past ones included."""
        return {(row["09.01.20"], rows[0]["01.01.20"]) for rows in self.rows for row in rows}

    @cached_property
    def partner_links(self) -> list[Link]:
        """Every (person, partner) by number that a row states, past ones included."""
        return _distinct(
            (rows[0]["01.01.20"], row["05.01.20"]) for rows in self.rows for row in rows
        )

    @cached_property
    def non_links(self) -> list[Link]:
        """As many pairs (child, someone else's parent), none of them a link either way."""
        random = Random(443)
        true = set(self.links) | self.child_links
        children, parents = (list(side) for side in zip(*self.links, strict=True))
        pairs: list[Link] = []
        while len(pairs) < len(self.links):
            random.shuffle(parents)
            for child, parent in zip(children, parents, strict=True):
                pair = (child, parent)
                fits = child != parent and pair not in true and (parent, child) not in true
                if fits and pair not in pairs and len(pairs) < len(self.links):
                    pairs.append(pair)
        return pairs


def _distinct(links: Iterable[Link]) -> list[Link]:
    return [link for link in dict.fromkeys(links) if all(link)]
