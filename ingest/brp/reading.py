"""One person list as a reading: all its versions, or why it is refused."""

from __future__ import annotations

from collections.abc import Iterator

from graph.facts import Fact
from ingest.brp.family_facts import Families, families_of, family_facts
from ingest.brp.person_facts import person_facts
from ingest.brp.person_list import PersonList
from ingest.brp.residence_facts import residence_facts
from ingest.brp.values import valid_bsn
from ingest.records import Problem, Reading, Remark, Unit, Version


def read_list(register: str, unit: Unit) -> Reading:
    """What the list says and said, as the register came to know it. Pure in the record."""
    person = PersonList.of(register, unit)
    refused = tuple(_refusals(person))
    if refused:
        return Reading(person.record, refused=refused)
    versions = tuple(_versions(person))
    remarks = tuple(_remarks(person))
    own = ("Person", person.key) if not remarks else None
    return Reading(
        person.record, versions, set_aside=tuple(person.problems), remarks=remarks, own=own
    )


def _refusals(person: PersonList) -> Iterator[Problem]:
    for row, words, columns in person.raw.get("broken", ()):
        yield Problem(row, "", columns[0], "ROW_BROKEN", words)
    if not person.raw.get("broken") and person.number and not valid_bsn(person.number):
        reason = "the number is not nine digits that pass the eleven test"
        yield Problem(person.row, "01.01.20", person.number, "NUMBER_INVALID", reason)


def _remarks(person: PersonList) -> Iterator[Remark]:
    if not person.number:
        yield Remark("NUMBER_MISSING", "the list has no citizen service number (01.01.20)")
    elif person.others:
        others = ", ".join(person.others)
        yield Remark("NUMBER_REPEATED", f"the list of {others} has the same citizen service number")


def _versions(person: PersonList) -> Iterator[Version]:
    """A version for each time at which what was known changed."""
    forms = [f for stacks in person.stacks.values() for s in stacks for f in s.forms]
    families = families_of(person)
    before: tuple[Fact, ...] | None = None
    for time in sorted({time for form in forms for time in form.times()}):
        facts = tuple(_facts(person, families, time))
        if facts != before:
            yield Version(time, facts)
        before = facts


def _facts(person: PersonList, families: Families, at: str) -> Iterator[Fact]:
    yield from person_facts(person, at)
    yield from residence_facts(person, at)
    yield from family_facts(person, families, at)
