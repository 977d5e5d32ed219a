"""A person's life in the order of days: what the caller may see of the facts and links, in one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml
from pydantic import BaseModel, ConfigDict

from audit.record import Row as DisclosedRow
from graph.catalogue import Catalogue, EdgeField
from graph.conditions import NEVER
from graph.cypher import Clock, Statements
from graph.decision import Decision
from graph.declarations import Label
from graph.moments import NOW, Moment
from graph.selection import (
    EdgePick,
    LookupPick,
    Page,
    PersonRef,
    ScalarPick,
    TypePick,
)
from resolvers.answer import Answer
from resolvers.arguments import PAGE_MAX
from resolvers.asked import written
from resolvers.context import Caller
from resolvers.lone import Read, alone, maps_of
from resolvers.reading import Readers
from resolvers.rows import Row

_SOURCE = ("register", "record", "recordedFrom", "recordedTo")
_OF_LINK = ("kind", "validFrom", "validTo", *_SOURCE)
_UNDATED = "~"
"""Behind every day."""


class _Declaration(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    event: str


class _OfFact(_Declaration):
    is_day: bool = False
    if_changed: bool = False


class _OfLink(_Declaration):
    named_by: tuple[str, ...]
    begins: str = ""
    begins_so: tuple[str, ...] = ()
    ends: str = ""
    unless: tuple[str, ...] = ()


class _Parts(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    facts: Mapping[str, _OfFact]
    links: Mapping[str, _OfLink]


@cache
def _parts() -> _Parts:
    text = Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")
    return _Parts.model_validate(yaml.safe_load(text))


@dataclass
class Entry:
    """Something that began or ended on a day; `on` is empty where no source dates it.

    `about` is type and id of the far end of a link.
    """

    event: str
    on: str
    title: Label
    about: tuple[str, str] | None = None
    sources: list[Mapping[str, str | None]] = field(default_factory=list[Mapping[str, str | None]])


@dataclass(frozen=True)
class Timeline:
    """The entries, and whether that is all; None instead of a person of whom nothing is known."""

    person: str | None
    entries: Sequence[Entry]
    complete: bool
    rows: tuple[DisclosedRow, ...]
    asked: tuple[str, ...]


class TimelineReader:
    """Reads timelines for one caller, under the decision about each field of each row."""

    def __init__(
        self, statements: Statements, caller: Caller, decision: Decision, read: Read
    ) -> None:
        self._statements = statements
        self._catalogue = statements.catalogue
        self._caller = caller
        self._decision = decision
        self._read = read

    async def read(self, person: PersonRef, as_known: str | None = None) -> Timeline:
        """By one statement. Raises NUMBER_AMBIGUOUS."""
        pick = LookupPick(self._wanted(as_known), person.field, [person.value])
        about = self._statements, self._caller, self._decision, self._read, Clock.system()
        answer = Answer(self._catalogue, Readers(self._decision))
        row = answer.root("it", pick, await maps_of(pick, *about))
        entries = list(_Entries(self._catalogue).of(row)) if row else []
        complete = row is not None and not any(map(_goes_on, row.data.values()))
        return Timeline(
            row.data["id"] if row else None,
            sorted(_merged(entries), key=lambda entry: entry.on or _UNDATED),
            complete,
            tuple(answer.disclosed.rows()),
            written(alone(pick), ["timeline"]),
        )

    def _wanted(self, as_known: str | None) -> TypePick:
        """What the caller may ever see of it."""
        history = Moment(as_known=as_known, history=True)
        facts = self._moment("facts", history)
        edges = {
            name: self._edge(self._catalogue.edges["Person"][name], part, moment)
            for name, part in _parts().links.items()
            if (moment := self._moment(name, history)) is not None
        }
        return TypePick("Person", {}, {"facts": facts} if facts else {}, edges)

    def _moment(self, name: str, history: Moment) -> Moment | None:
        """All periods, as far as the caller may ask for them; else today's."""
        edge = self._catalogue.edges["Person"].get(name)
        of = edge.relationship.name if edge else ""
        for moment in (history, *(() if history.as_known else (NOW,))):
            if self._decision.shown("Person", name, moment, of) != NEVER:
                return moment
        return None

    def _edge(self, edge: EdgeField, part: _OfLink, moment: Moment) -> EdgePick:
        relationship = edge.relationship
        fields = {name for name in _OF_LINK if self._granted(relationship.name, name)}
        kinds = tuple(kind for kind in relationship.kinds if kind not in part.unless)
        named = dict.fromkeys((*part.named_by, part.begins, part.ends))
        targets = {
            target: TypePick(
                target, {name: ScalarPick(name) for name in named if self._granted(target, name)}
            )
            for target in edge.targets
        }
        return EdgePick(edge, Page(PAGE_MAX), moment, kinds if part.unless else (), fields, targets)

    def _granted(self, of: str, name: str) -> bool:
        known = name in self._catalogue.fields_of(of)
        return known and self._decision.shown(of, name, NOW) != NEVER


class _Entries:
    """What a row says, as entries."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def of(self, row: Row) -> Iterator[Entry]:
        stated = _facts(row.data.get("facts"))
        for name, part in _parts().facts.items():
            yield from self._of_facts(part, [f for f in stated if f["field"] == name])
        for name, part in _parts().links.items():
            for link in _links(row.data.get(name)):
                yield from self._of_link(name, part, link)

    def _of_facts(self, part: _OfFact, stated: list[Mapping[str, Any]]) -> Iterator[Entry]:
        if part.if_changed and len({fact["value"] for fact in stated}) < 2:
            return
        for fact in stated:
            if fact["value"] is None:
                continue
            day = fact["value"] if part.is_day else fact["validFrom"]
            title = self._title(part.event, [] if part.is_day else [_same(fact["value"])])
            yield Entry(part.event, day or "", title, None, [_source(fact)])

    def _of_link(self, name: str, part: _OfLink, link: Row) -> Iterator[Entry]:
        node: Row = link.data["node"]
        kind = _plain(link.data.get("kind"))
        begins = part.begins if not part.begins_so or kind in part.begins_so else ""
        began, ended = (
            _plain(node.data.get(of)) or _plain(link.data.get(instead))
            for of, instead in ((begins, "validFrom"), (part.ends, "validTo"))
        )
        words = [word for of in part.named_by if (word := self._word(node, of))]
        if kind:
            relationship = self._catalogue.edges["Person"][name].relationship
            words.append(relationship.kinds[kind].label)
        about, sources = (node.type, str(node.data["id"])), [_source(link.data)]
        yield Entry(part.event, began or "", self._title(part.event, words), about, sources)
        if ended:
            event = f"{part.event}_END"
            yield Entry(event, ended, self._title(event, words), about, sources)

    def _word(self, node: Row, name: str) -> Label | None:
        value = _plain(node.data.get(name))
        if value is None:
            return None
        codes = self._catalogue.fields_of(node.type)[name].codes
        return self._catalogue.codes[codes].values[value].label if codes else _same(value)

    def _title(self, event: str, words: Sequence[Label]) -> Label:
        label = self._catalogue.codes["TimelineEvent"].values[event].label
        if not words:
            return label
        return Label(
            en=f"{label.en}: {', '.join(word.en for word in words)}",
            zh=f"{label.zh}:{'、'.join(word.zh for word in words)}",
        )


def _merged(entries: Sequence[Entry]) -> list[Entry]:
    """One entry for what several sources say alike."""
    found: dict[object, Entry] = {}
    for entry in entries:
        key = (entry.event, entry.on, entry.title.en, entry.about)
        known = found.setdefault(key, Entry(entry.event, entry.on, entry.title, entry.about))
        known.sources += [source for source in entry.sources if source not in known.sources]
    return list(found.values())


def _facts(found: object) -> list[Mapping[str, Any]]:
    return [fact.data for fact in cast("list[Row]", found)] if isinstance(found, list) else []


def _links(page: object) -> Sequence[Row]:
    return page.data["edges"] if isinstance(page, Row) else ()


def _goes_on(page: object) -> bool:
    return isinstance(page, Row) and page.data["pageInfo"].data["hasNextPage"]


def _plain(value: object) -> str | None:
    """A value that is shown whole."""
    return value if isinstance(value, str) else None


def _source(stated: Mapping[str, Any]) -> Mapping[str, str | None]:
    return {name: _plain(stated.get(name)) for name in _SOURCE}


def _same(word: str) -> Label:
    return Label(en=word, zh=word)
