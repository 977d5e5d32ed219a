"""Household books over time: who stands in which, as what, at which address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from random import Random

from ingest.city import districts, events
from ingest.city.care import MAJORITY, CareOrders
from ingest.city.clock import after_years, birthday, first_of
from ingest.city.population import Population
from ingest.city.records import Book, Member, Place, Stay
from ingest.city.relation_codes import NOT_RELATED, RelationCodes

MOVES_PER_YEAR = 1 / 90
REOCCUPIED_SHARE = 0.75
SPLIT_STAYS_SHARE = 0.75
COLLECTIVE_SHARE = 0.3
COLLECTIVE_FROM = first_of(1985)


class Households:
    """The books of the city, simulated event by event.

    `splits` are those who left a family book to found a new one (分户), with the book and day.
    """

    def __init__(self, population: Population, care: CareOrders, seed: str) -> None:
        self._population = population
        self._people = population.people
        self._care = care
        self._random = Random(f"{seed}:households")
        self.codes = RelationCodes(population, care)
        self._agenda = events.planned(population, care)
        self.books: list[Book] = []
        self.places: list[Place] = []
        self.members: list[Member] = []
        self.stays: dict[int, list[Stay]] = {}
        self.splits: dict[int, tuple[int, int]] = {}
        self._book_of: dict[int, int] = {}
        self._entered: dict[int, tuple[int, str]] = {}
        self._collective: dict[int, int] = {}
        self._vacant: defaultdict[int, list[int]] = defaultdict(list)
        self._run()

    def book_of(self, person: int) -> int | None:
        """The book in which the person stands on the reference day."""
        return self._book_of.get(person)

    def district_of(self, person: int) -> int | None:
        """The district of the person's last address."""
        stays = self.stays.get(person)
        return self.places[stays[-1].place].district if stays else None

    def _run(self) -> None:
        handlers: dict[int, Callable[[int, int], None]] = {
            events.BIRTH: self._born,
            events.ARRIVAL: self._arrive,
            events.WEDDING: self._wed,
            events.ADOPTION: self._adopted,
            events.DIVORCE: self._divorce,
            events.LEAVING: self._leave_home,
            events.MOVE: self._move,
            events.DEATH: self._die,
        }
        while (event := self._agenda.take()) is not None:
            day, kind, subject = event
            handlers[kind](subject, day)
        for person in list(self._book_of):
            self._close_entry(person, None)

    # What happens to people.

    def _born(self, person: int, day: int) -> None:
        child = self._people[person]
        homes = (self._book_of.get(p) for p in (child.mother, child.father) if p is not None)
        book = next((self.books[b] for b in homes if b is not None), None)
        if book is None or book.collective:
            book = self._open(day, districts.any_district(self._random))
        self._enter(person, book, day)
        leaves = after_years(child.born, self._random.uniform(23, 38))
        if self._random.random() < 0.35:
            self._agenda.add(leaves, events.LEAVING, person)

    def _arrive(self, person: int, day: int) -> None:
        district = districts.any_district(self._random)
        late = day >= COLLECTIVE_FROM
        if late and self._random.random() < COLLECTIVE_SHARE:
            self._enter(person, self._collective_book(district, day), day)
        else:
            self._enter(person, self._open(day, district), day)

    def _wed(self, union: int, day: int) -> None:
        couple = self._population.unions[union]
        wife, husband = couple.wife, couple.husband
        draw = self._random.random()
        host, guest = (husband, wife) if draw < 0.75 else (wife, husband)
        if draw < 0.62 and not self._heads_a_book(host):
            self._split(host, day)
        elif self._random.random() < 0.7:
            self._agenda.add(after_years(day, self._random.uniform(1, 8)), events.LEAVING, host)
        home = self._book(host)
        if home is None or home.collective:
            self._split(host, day)
            home = self._book(host)
        if home is not None:
            self._follow(guest, home, day)

    def _adopted(self, child: int, day: int) -> None:
        _, union = self._care.adopters[child]
        home = self._book(union.wife) or self._book(union.husband)
        if home is not None and self._people[child].alive(day):
            self._follow(child, home, day, alone=True)

    def _divorce(self, union: int, day: int) -> None:
        couple = self._population.unions[union]
        if self._book_of.get(couple.wife) != self._book_of.get(couple.husband):
            return
        leaver = couple.wife if self._random.random() < 0.5 else couple.husband
        takes = self._random.random() < (0.65 if leaver == couple.wife else 0.3)
        children = set(self._people[couple.wife].children) & set(
            self._people[couple.husband].children
        )
        home = self._book(leaver)
        going = [
            m
            for m in (home.members if home else ())
            if takes and m in children and self._minor(m, day)
        ]
        self._split(leaver, day, going)

    def _leave_home(self, person: int, day: int) -> None:
        if not self._people[person].alive(day) or self._heads_a_book(person):
            return
        spouse = self._population.spouse(person, day)
        if spouse is not None and self._book_of.get(spouse) == self._book_of.get(person):
            if self._heads_a_book(spouse):
                return
            self._split(person, day, [spouse, *self._dependants(person, day)])
        elif spouse is None:
            self._split(person, day, self._dependants(person, day))

    def _move(self, book: int, day: int) -> None:
        moving = self.books[book]
        if moving.end is not None:
            return
        here = self.places[moving.stays[-1].place].district
        district = here if self._random.random() < 0.4 else districts.any_district(self._random)
        self._settle(moving, district, day)
        for member in moving.members:
            self._stay(member, moving.stays[-1].place, day)
        self._plan_move(moving, day)

    def _die(self, person: int, day: int) -> None:
        if person in self._book_of:
            self._leave(person, day)
        stays = self.stays.get(person)
        if stays:
            last = stays[-1]
            stays[-1] = Stay(last.place, last.start, day)

    # Books.

    def _open(self, day: int, district: int, collective: bool = False) -> Book:
        book = Book(len(self.books), day, collective)
        self.books.append(book)
        self._settle(book, district, day)
        if not collective:
            self._plan_move(book, day)
        return book

    def _settle(self, book: Book, district: int, day: int) -> None:
        place = self._place(district)
        if book.stays:
            self._vacate(book, day)
        book.stays.append(Stay(place, day, None))

    def _place(self, district: int) -> int:
        """An address that others left, or a new one."""
        vacant = self._vacant[district]
        if vacant and self._random.random() < REOCCUPIED_SHARE:
            return vacant.pop(self._random.randrange(len(vacant)))
        index = len(self.places)
        self.places.append(Place(index, district, districts.address(self._random, district)))
        return index

    def _vacate(self, book: Book, day: int) -> None:
        last = book.stays[-1]
        book.stays[-1] = Stay(last.place, last.start, day)
        self._vacant[self.places[last.place].district].append(last.place)

    def _plan_move(self, book: Book, day: int) -> None:
        wait = 1 + self._random.expovariate(MOVES_PER_YEAR)
        self._agenda.add(after_years(day, wait), events.MOVE, book.index)

    def _collective_book(self, district: int, day: int) -> Book:
        if district not in self._collective:
            self._collective[district] = self._open(day, district, collective=True).index
        return self.books[self._collective[district]]

    def _split(self, person: int, day: int, going: list[int] | None = None) -> None:
        """Found a book of one's own, often in another district, and take others along."""
        old = self._book(person)
        district = districts.any_district(self._random)
        if old is not None and self._random.random() < SPLIT_STAYS_SHARE:
            district = self.places[old.stays[-1].place].district
        book = self._open(day, district)
        for member in (person, *(going or ())):
            if member in self._book_of:
                self._leave(member, day)
            self._enter(member, book, day)
        if old is not None and old.end is None and not old.collective:
            self.splits[person] = (book.index, day)

    def _follow(self, person: int, home: Book, day: int, alone: bool = False) -> None:
        """Enter another's book, with the minors who depend on the person."""
        old = self._book(person)
        if home.start == day and old is not None and not old.collective and not alone:
            self.splits[person] = (home.index, day)
        going = [person] if alone else [person, *self._dependants(person, day)]
        for member in going:
            if self._book_of.get(member) != home.index:
                if member in self._book_of:
                    self._leave(member, day)
                self._enter(member, home, day)

    def _enter(self, person: int, book: Book, day: int) -> None:
        if book.head is None and not book.collective:
            book.head = person
        related = book.head is not None and self.codes.code(book.head, person, day)
        code = related or NOT_RELATED
        book.members[person] = None
        self._book_of[person] = book.index
        self._entered[person] = (day, code)
        self._stay(person, book.stays[-1].place, day)

    def _leave(self, person: int, day: int) -> None:
        book = self.books[self._book_of[person]]
        self._close_entry(person, day)
        del self._book_of[person]
        del book.members[person]
        if book.head == person:
            self._succeed(book, person, day)

    def _succeed(self, book: Book, gone: int, day: int) -> None:
        """The next head, and every code anew; an empty book is closed (销户)."""
        if not book.members:
            book.head, book.end = None, day
            self._vacate(book, day)
            return
        spouses = {self._population.unions[u].other(gone) for u in self._people[gone].unions}
        adults = [m for m in book.members if not self._minor(m, day)]
        widowed = [m for m in adults if m in spouses]
        heirs = widowed or adults or list(book.members)
        book.head = min(heirs, key=lambda m: (self._people[m].born, m))
        for member in book.members:
            self._close_entry(member, day)
            self._entered[member] = (day, self.codes.code(book.head, member, day))

    def _close_entry(self, person: int, day: int | None) -> None:
        start, code = self._entered.pop(person)
        if day is None or day > start:
            self.members.append(Member(person, self._book_of[person], code, start, day))

    def _stay(self, person: int, place: int, day: int) -> None:
        stays = self.stays.setdefault(person, [])
        if stays and stays[-1].end is None:
            last = stays.pop()
            if last.start < day:
                stays.append(Stay(last.place, last.start, day))
        stays.append(Stay(place, day, None))

    # Questions.

    def _book(self, person: int) -> Book | None:
        book = self._book_of.get(person)
        return None if book is None else self.books[book]

    def _heads_a_book(self, person: int) -> bool:
        book = self._book(person)
        return book is not None and book.head == person

    def _minor(self, person: int, day: int) -> bool:
        return day < birthday(self._people[person].born, MAJORITY)

    def _dependants(self, person: int, day: int) -> list[int]:
        home = self._book_of.get(person)
        return [
            child
            for child in self.codes.children(person, day)
            if self._book_of.get(child) == home and home is not None and self._minor(child, day)
        ]
