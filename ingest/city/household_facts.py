"""Facts about household books, their members, addresses and residents."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from graph.facts import EdgeFact, NodeFact, Source, Value
from ingest.city.clock import iso
from ingest.city.districts import DISTRICTS, NAMES, coordinates
from ingest.city.households import Households
from ingest.city.papers import Registry
from ingest.city.records import Book, Place
from ingest.city.statements import recorded, source


class HouseholdFacts:
    """Places, books and divisions first, then who stands in them and lives there."""

    def __init__(self, homes: Households, registry: Registry) -> None:
        self._homes = homes
        self._papers, self._community = registry.papers, registry.community

    def __iter__(self) -> Iterator[NodeFact | EdgeFact]:
        if self._community.is_first:
            yield from self._divisions()
        yield from self._places()
        for book in self._homes.books:
            yield from self._book(book)
        yield from self._memberships()
        yield from self._residences()

    @cached_property
    def _numbers(self) -> list[str]:
        """Each book's number: district at its opening, then a serial."""
        return [self._number(book.index) for book in self._homes.books]

    @cached_property
    def _codes(self) -> list[str]:
        """Each place's code."""
        return [self._place_code(place) for place in self._homes.places]

    def _number(self, book: int) -> str:
        first = self._homes.places[self._homes.books[book].stays[0].place]
        return f"{DISTRICTS[first.district].code}{self._community.tag}{book:07d}"

    def _divisions(self) -> Iterator[NodeFact]:
        for code, name in NAMES.items():
            origin = Source("place", code, "2000-01-01T00:00:00Z")
            fields: dict[str, Value] = {"code": code, "name": name, "divisionCode": code}
            yield NodeFact("Place", f"place:{code}", origin, fields)

    def _place_code(self, place: Place) -> str:
        return f"{DISTRICTS[place.district].code}{self._community.tag}{place.index:08d}"

    def _places(self) -> Iterator[NodeFact]:
        for place in self._homes.places:
            code = self._codes[place.index]
            district = DISTRICTS[place.district]
            longitude, latitude = coordinates(place.district, place.address)
            fields: dict[str, Value] = {
                "code": code,
                "name": district.name,
                "address": place.address,
                "divisionCode": district.code,
                "longitude": longitude,
                "latitude": latitude,
            }
            origin = Source("place", f"L{code}", "2000-01-01T00:00:00Z")
            yield NodeFact("Place", f"place:{code}", origin, fields)

    def _book(self, book: Book) -> Iterator[NodeFact]:
        number = self._numbers[book.index]
        key = f"book:{number}"
        identity: dict[str, Value] = {
            "bookNumber": number,
            "kind": "COLLECTIVE" if book.collective else "FAMILY",
        }
        settled = len(book.stays) == 1 and book.end is None
        if settled:
            identity |= self._address(book.stays[0].place)
        record = f"H{number}"
        opened = Source("household", record, recorded(book.start, record), iso(book.start))
        yield NodeFact("Household", key, opened, identity)
        if not settled:
            for stay in book.stays:
                origin = source("household", f"{record}-A", stay.start, stay.end)
                if stay.end != stay.start:
                    yield NodeFact("Household", key, origin, self._address(stay.place))

    def _address(self, place: int) -> dict[str, Value]:
        found = self._homes.places[place]
        return {"address": found.address, "district": DISTRICTS[found.district].code}

    def _memberships(self) -> Iterator[EdgeFact]:
        for member in self._homes.members:
            number = self._numbers[member.book]
            record = f"H{number}-{member.person}"
            origin = source("household", record, member.start, member.end)
            yield EdgeFact(
                "Membership",
                "",
                "Person",
                self._papers[member.person].key,
                "Household",
                f"book:{number}",
                origin,
                {"relationToHead": member.code},
            )

    def _residences(self) -> Iterator[EdgeFact]:
        for person, stays in sorted(self._homes.stays.items()):
            for stay in stays:
                if stay.end == stay.start:
                    continue
                origin = source(
                    "population", f"A{self._community.tag}{person:07d}", stay.start, stay.end
                )
                key = f"place:{self._codes[stay.place]}"
                yield EdgeFact(
                    "Residence", "", "Person", self._papers[person].key, "Place", key, origin, {}
                )
