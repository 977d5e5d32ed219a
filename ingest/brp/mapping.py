"""One person list as facts: the person, relatives, address."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass

from graph.facts import EdgeFact, Fact, NodeFact, Source, Value
from ingest.brp.lists import Occurrence, PersonList
from ingest.brp.tables import Tables
from ingest.brp.values import (
    MARRIAGE_END,
    SEX,
    BadValue,
    full_name,
    partial_date,
    recorded_time,
    valid_bsn,
)

REGISTER = "brp"
SCHEME = "BSN"
# Row, element, value and reason of a value that is left out.
SetAside = Callable[[int, str, str, str], None]


@dataclass(frozen=True)
class ListMapping:
    """Facts of one list. `numbers` are the A-numbers of all loaded lists by BSN."""

    person: PersonList
    numbers: Mapping[str, str]
    tables: Tables
    set_aside: SetAside

    def facts(self) -> Iterator[Fact]:
        """Every fact, each node before what leads to it."""
        yield from self._person()
        yield from self._nationality()
        yield from self._death()
        yield from self._address()
        for category in ("02", "03"):
            for parent in self.person.occurrences(category):
                yield from self._parent(parent)
        for partner in self.person.occurrences("05"):
            yield from self._partner(partner)
        for child in self.person.occurrences("09"):
            yield from self._child(child)

    @property
    def _key(self) -> str:
        return f"{SCHEME}:{self.person.rows[0]['01.01.20']}"

    def _person(self) -> Iterator[NodeFact]:
        own = self.person.first("01")
        if own is not None:
            yield NodeFact("Person", self._key, self._source(own), self._described(own))

    def _described(self, occurrence: Occurrence) -> dict[str, Value]:
        """What an occurrence says of the person it is about."""
        value = occurrence.value
        born = self._date(occurrence, "03.10")
        place = self.tables.place(value("03.20"), value("03.30"))
        number = value("01.20") if valid_bsn(value("01.20")) else ""
        fields: dict[str, Value | None] = {
            "citizenNumber": number,
            "numberScheme": SCHEME if number else None,
            "name": full_name(occurrence.values),
            "sex": SEX.get(value("04.10")),
            "birthDate": born,
            "birthPlace": place,
        }
        return {name: v for name, v in fields.items() if v}

    def _nationality(self) -> Iterator[NodeFact]:
        held = [o for o in self.person.occurrences("04") if o.value("05.10")]
        if held:
            words = [self.tables.nationalities.get(c, c) for o in held if (c := o.value("05.10"))]
            fields: dict[str, Value] = {"nationality": "; ".join(dict.fromkeys(words))}
            yield NodeFact("Person", self._key, self._source(held[0]), fields)

    def _death(self) -> Iterator[NodeFact]:
        death = self.person.first("06")
        day = self._date(death, "08.10") if death is not None else None
        if death is not None and day is not None:
            source = self._source(death, valid_from=day)
            yield NodeFact("Person", self._key, source, {"deathDate": day})

    def _address(self) -> Iterator[Fact]:
        home = self.person.first("08")
        if home is None or not home.value("09.10"):
            return
        division = f"NL-{home.value('09.10')}"
        yield NodeFact("Person", self._key, self._source(home), {"district": division})
        address = self._address_words(home)
        if not address:
            return
        code = home.value("11.80") or f"{division}/{self.person.record}"
        fields: dict[str, Value] = {
            "code": code,
            "name": self.tables.municipalities.get(home.value("09.10"), division),
            "address": address,
            "divisionCode": division,
        }
        place = f"place:{REGISTER}:{code}"
        yield NodeFact("Place", place, self._source(home), fields)
        since = self._date(home, "10.30") or self._date(home, "13.20")
        source = self._source(home, valid_from=since)
        yield EdgeFact("Residence", "", "Person", self._key, "Place", place, source, {})

    def _address_words(self, home: Occurrence) -> str:
        value = home.value
        number = "".join(value(e) for e in ("11.20", "11.30", "11.40"))
        street = " ".join(p for p in (value("11.10"), number) if p)
        town = " ".join(p for p in (value("11.60"), value("11.70")) if p)
        country = self.tables.countries.get(value("13.10"), value("13.10"))
        abroad = [value("13.30"), value("13.40"), value("13.50"), country]
        parts = [street, town] if street else [value("12.10")] if value("12.10") else abroad
        return ", ".join(part for part in parts if part)

    def _parent(self, parent: Occurrence) -> Iterator[Fact]:
        key = yield from self._relative(parent)
        if key is not None:
            since = self._date(parent, "62.10")
            source = self._source(parent, valid_from=since, disputed=self._doubtful(parent))
            yield _parenthood(key, self._key, source)

    def _child(self, child: Occurrence) -> Iterator[Fact]:
        key = yield from self._relative(child)
        if key is not None:
            since = self._date(child, "85.10", child.oldest("85.10"))
            source = self._source(child, valid_from=since, disputed=self._doubtful(child))
            yield _parenthood(self._key, key, source)

    def _partner(self, partner: Occurrence) -> Iterator[Fact]:
        key = yield from self._relative(partner)
        if key is None:
            return
        start = self._date(partner, "06.10", partner.oldest("06.10"))
        end = self._marriage_end(partner)
        place = self.tables.place(partner.oldest("06.20"), partner.oldest("06.30"))
        fields: dict[str, Value] = {"place": place} if place else {}
        if end is not None:
            fields["endReason"] = MARRIAGE_END.get(partner.value("07.40"), "OTHER")
        source = self._source(partner, start, end, self._doubtful(partner), dated=False)
        yield EdgeFact("Marriage", "", "Person", self._key, "Person", key, source, fields)

    def _marriage_end(self, partner: Occurrence) -> str | None:
        """The day of dissolution; where it is unusable, since when it is known to have ended."""
        if not partner.value("07.10"):
            return None
        ended = self._date(partner, "07.10") or self._date(partner, "85.10")
        return ended or recorded_time(self._date(partner, "86.10"))[:10]

    def _relative(self, relative: Occurrence) -> Generator[Fact, None, str | None]:
        """The relative's node, unless their own list is loaded. Returns the key, if any."""
        number = relative.value("01.20")
        if number in self.numbers:
            return f"{SCHEME}:{number}"
        fields = self._described(relative)
        if number and "citizenNumber" not in fields:
            self.set_aside(
                relative.row,
                f"{relative.category}.01.20",
                number,
                "the number is not nine digits that pass the eleven test",
            )
        if not {"citizenNumber", "name", "birthDate"} & fields.keys():
            return None
        known = fields.get("citizenNumber")
        key = f"{SCHEME}:{known}" if known else f"{REGISTER}:{self._record(relative)}"
        yield NodeFact("Person", key, self._source(relative), fields)
        return key

    def _doubtful(self, relative: Occurrence) -> bool:
        """The relative's A-number is not that of the list with the same BSN."""
        stated = relative.value("01.10")
        return stated != "" and stated != self.numbers.get(relative.value("01.20"), stated)

    def _record(self, occurrence: Occurrence) -> str:
        """The list's record number, with category and occurrence where it is not the person."""
        if occurrence.category == "01":
            return self.person.record
        return f"{self.person.record}/{occurrence.category}-{occurrence.number + 1}"

    def _source(
        self,
        occurrence: Occurrence,
        valid_from: str | None = None,
        valid_to: str | None = None,
        disputed: bool = False,
        dated: bool = True,
    ) -> Source:
        """Valid from the day given, else (if `dated`) from element 85.10; recorded on 86.10."""
        return Source(
            REGISTER,
            self._record(occurrence),
            recorded_time(self._date(occurrence, "86.10")),
            valid_from or (self._date(occurrence, "85.10") if dated else None),
            valid_to,
            disputed=disputed,
        )

    def _date(self, occurrence: Occurrence, element: str, value: str | None = None) -> str | None:
        """A date of the occurrence; an unusable one is set aside and left out."""
        text = occurrence.value(element) if value is None else value
        try:
            return partial_date(text)
        except BadValue as error:
            self.set_aside(occurrence.row, f"{occurrence.category}.{element}", text, str(error))
            return None


def _parenthood(parent: str, child: str, source: Source) -> EdgeFact:
    return EdgeFact("Parenthood", "LEGAL", "Person", parent, "Person", child, source, {})
