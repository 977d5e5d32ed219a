"""The cases of kinship_scenarios/*.yaml: facts as registers state them, and questions with answers.

One file is one case. `registered` lists births, adoptions and marriages, each with the register
that usually holds it; `books` lists household books with codes of GB/T 4761-2008. Of a question
everything but `ask`, its two persons and `answer` may be left out; what is given is checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from graph.facts import EdgeFact, Fact, NodeFact, Source, Value
from ingest.city.identifiers import citizen_number
from tests.family import HOME

FOLDER = Path(__file__).parent / "kinship_scenarios"
KNOWN = "2016-01-04T08:00:00Z"
_FIRST_NUMBER = 100
"""Sequences below it belong to tests.family."""
_KINDS = {"birth": "BIRTH", "adoption": "ADOPTIVE", "step": "STEP"}
_REGISTERS = {"birth": "population", "marriage": "marriage"}
Text = Annotated[str, BeforeValidator(str)]


class _Declared(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Period(_Declared):
    """From when until when something holds."""

    begins: Text | None = Field(None, alias="from")
    ends: Text | None = Field(None, alias="to")


class Earlier(Period):
    """A name that a person had before."""

    name: str


class Someone(_Declared):
    """A person. `number` is made up where it is left out; none: there is none."""

    name: str
    sex: Literal["FEMALE", "MALE"]
    born: Text | None = None
    died: Text | None = None
    number: str = ""
    earlier: Sequence[Earlier] = ()


class Stated(Period):
    """What a register states of some persons."""

    parents: Sequence[str] = ()
    of: str = ""
    between: Sequence[str] = ()
    register_: str = Field("", alias="register")
    record: str
    end: str | None = None
    recordedFrom: str | None = None
    recordedTo: str | None = None


class Entry(Period):
    """A person's entry in a household book."""

    person: str
    code: str


class Book(_Declared):
    """A household book."""

    book: str
    kind: str = "FAMILY"
    entries: Sequence[Entry]


class Question(_Declared):
    """What is asked, and what must come out. `because` says why that is true of the case."""

    ask: str
    person: str = ""
    of: str = ""
    a: str = ""
    b: str = ""
    asOf: Text | None = None
    asKnown: str | None = None
    because: str = ""
    answer: Literal["YES", "NO", "NOT_DETERMINABLE"]
    terms: Sequence[tuple[str, str, str]] | None = None
    kinds: Sequence[str] = ()
    half: Literal[True, False, "open"] | None = None
    reason: Sequence[str] = ()
    missing: Sequence[tuple[str, str]] | None = None
    department: str = ""
    evidence: Sequence[str] = ()
    contradictedBy: Sequence[str] = ()
    shows: Sequence[str] = ()
    wrong: str = ""
    """Why the product does not give this answer yet."""

    @property
    def arguments(self) -> Mapping[str, str]:
        """The two persons, by the names of the arguments."""
        if self.a:
            return {"a": self.a, "b": self.b}
        return {"person": self.person, "of": self.of}


class Told(_Declared):
    """A case as its file tells it."""

    title: Mapping[Literal["en", "zh"], str]
    story: str
    persons: Mapping[str, Someone]
    registered: Sequence[Mapping[Literal["birth", "adoption", "step", "marriage"], Stated]] = ()
    books: Sequence[Book] = ()
    known: str = KNOWN
    questions: Sequence[Question]


@dataclass(frozen=True)
class Case:
    """A case with the citizen numbers of its persons; who has none is left out there."""

    name: str
    told: Told
    numbers: Mapping[str, str]

    def key(self, person: str) -> str:
        """Natural key of a person."""
        number = self.numbers.get(person)
        return f"GB11643:{number}" if number else f"population:{self.name}-{person}"

    def facts(self) -> Iterator[Fact]:
        """All facts of the case, nodes first."""
        for person, someone in self.told.persons.items():
            yield from self._person(person, someone)
        for book in self.told.books:
            where = Source("household", book.book, self.told.known)
            fields = {"bookNumber": book.book, "kind": book.kind, "district": HOME}
            yield NodeFact("Household", f"household:{book.book}", where, fields)
        for stated in self.told.registered:
            for kind, record in stated.items():
                yield from self._stated(kind, record)
        for book in self.told.books:
            yield from self._entries(book)

    def _person(self, person: str, someone: Someone) -> Iterator[Fact]:
        optional: dict[str, Value | None] = {
            "birthDate": someone.born,
            "deathDate": someone.died,
            "citizenNumber": self.numbers.get(person),
            "numberScheme": "GB11643" if person in self.numbers else None,
        }
        given = {name: value for name, value in optional.items() if value is not None}
        fields = {"sex": someone.sex, "district": HOME, **given}
        record = f"{self.name}-{person}"
        where = Source("population", record, self.told.known, someone.born)
        yield NodeFact("Person", self.key(person), where, fields)
        for at, (name, begins, ends) in enumerate(_names(someone)):
            period = Source("population", f"{record}-{at}", self.told.known, begins, ends)
            yield NodeFact("Person", self.key(person), period, {"name": name})

    def _stated(self, kind: str, stated: Stated) -> Iterator[Fact]:
        begins = stated.begins
        if kind == "birth":
            begins = begins or self.told.persons[stated.of].born
        where = Source(
            stated.register_ or _REGISTERS.get(kind, "civil-affairs"),
            stated.record,
            stated.recordedFrom or self.told.known,
            begins,
            stated.ends,
            stated.recordedTo,
        )
        if kind == "marriage":
            one, other = sorted(self.key(person) for person in stated.between)
            fields: dict[str, Value] = {"endReason": stated.end} if stated.end else {}
            yield EdgeFact("Marriage", "", "Person", one, "Person", other, where, fields)
            return
        for parent in stated.parents:
            ends = ("Person", self.key(parent), "Person", self.key(stated.of))
            yield EdgeFact("Parenthood", _KINDS[kind], *ends, where, {})

    def _entries(self, book: Book) -> Iterator[Fact]:
        for at, entry in enumerate(book.entries, 1):
            known, period = self.told.known, (entry.begins, entry.ends)
            where = Source("household", f"{book.book}/{at}", known, *period)
            ends = ("Person", self.key(entry.person), "Household", f"household:{book.book}")
            yield EdgeFact("Membership", "", *ends, where, {"relationToHead": entry.code})


def _names(someone: Someone) -> Iterator[tuple[str, str | None, str | None]]:
    """Each name with its period; the present one since the last of the earlier ones ended."""
    for then in someone.earlier:
        yield then.name, then.begins, then.ends
    yield someone.name, someone.earlier[-1].ends if someone.earlier else someone.born, None


@lru_cache(maxsize=1)
def cases() -> Sequence[Case]:
    """Every case, in the order of the files; no two persons have one number."""
    sequences = count(_FIRST_NUMBER)
    return [_case(path, sequences) for path in sorted(FOLDER.glob("*.yaml"))]


def _case(path: Path, sequences: Iterator[int]) -> Case:
    content: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    told = Told.model_validate(content)
    numbers = {
        person: someone.number
        or citizen_number(HOME, someone.born or "", next(sequences), male=someone.sex == "MALE")
        for person, someone in told.persons.items()
        if someone.number != "none"
    }
    return Case(path.stem, told, numbers)
