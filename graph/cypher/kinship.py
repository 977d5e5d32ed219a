"""The question about two persons: what is recorded around both, and then what the answer rests on.

What the ties mean is the kinship engine's to say. Facts are read, not the current picture, because
an ended marriage is an answer too.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from graph import kin
from graph.cypher import asking
from graph.cypher.attributes import scope
from graph.cypher.edges import guarded
from graph.cypher.predicates import check_moment, condition, day_of, may_see
from graph.cypher.rows import RowWriter
from graph.cypher.writer import Writer, conjunction
from graph.moments import Moment
from graph.problems import BadArgument
from graph.selection import (
    EvidencePick,
    KinshipPick,
    RelativesPick,
    ScalarPick,
    TypePick,
)

_NEAR = 3
"""Links from a person to everybody in a declared order: children of siblings are three away."""
_REACHES: dict[str, kin.Reach] = {"ancestors": "up", "descendants": "down"}
EVIDENCE = ("Parenthood", "Marriage", "Couple", "Guardianship", "Membership")
"""Relationships whose facts a relation can rest on."""


def question(writer: Writer, pick: KinshipPick) -> str:
    """One row for each pair that the two references stand for: their ids and all around them.

    Nothing is read around a pair about which the caller may not ask.
    """
    check_moment(pick.moment)
    if pick.moment.history:
        raise BadArgument("history cannot be used in a question about kinship.")
    subject, relative = writer.variable("a"), writer.variable("b")
    rows = {"subject": subject, "relative": relative}
    guards = asking.guards(writer, "KinshipAnswer", pick.fields, pick.moment, rows)
    reading = _reading(writer, pick.moment)
    around = kin.around(writer.catalogue, reading)
    entries = {
        "subject": f"{subject}.id",
        "relative": f"{relative}.id",
        "subjectSeen": _seen(writer, subject),
        "relativeSeen": _seen(writer, relative),
        "around": "around",
    } | guards
    body = ", ".join(f"{key}: {value}" for key, value in entries.items())
    return (
        f"{asking.match(writer, subject, pick.subject)}"
        f" {asking.match(writer, relative, pick.relative)}"
        f" WITH {subject}, {relative} LIMIT 4"
        f" WITH {subject}, {relative}, CASE WHEN {asking.may_ask(guards, pick.fields)} THEN"
        f" [n IN [{subject}, {relative}] WHERE n IS NOT NULL] ELSE [] END AS asked"
        f" CALL (asked{reading.scope}) {{ {around} }}"
        f" RETURN {{{body}}}"
    )


def relatives(writer: Writer, pick: RelativesPick) -> str:
    """One row for each person that the reference stands for: the id and all relatives near.

    Nothing is read around a person about whom the caller may not ask.
    """
    check_moment(pick.moment)
    subject = writer.variable("a")
    guards = asking.guards(writer, pick.answer, pick.fields, pick.moment, {"subject": subject})
    reading, reach = _reading(writer, pick.moment), _REACHES.get(pick.question, "around")
    near = kin.neighbourhood(writer.catalogue, reading, reach, pick.within or _NEAR)
    entries = {"subject": f"{subject}.id", "around": "around"} | guards
    body = ", ".join(f"{key}: {value}" for key, value in entries.items())
    return (
        f"{asking.of_one(writer, subject, pick.subject, asking.may_ask(guards, pick.fields))}"
        f" CALL (asked{reading.scope}) {{ {near} }}"
        f" RETURN {{{body}}}"
    )


def evidence(writer: Writer, pick: EvidencePick) -> tuple[str, str]:
    """The facts, each under what the caller may know of its dates; the persons who may be seen."""
    return _facts(writer, pick), _persons(writer, pick)


def _seen(writer: Writer, person: str) -> str:
    """Whether the caller may know that the person is in the graph."""
    seen = condition(writer, writer.decision.row("Person").condition, "Person", {"row": person})
    return f"({person} IS NOT NULL AND {seen})"


def _reading(writer: Writer, moment: Moment) -> kin.Reading:
    """That a tie comes and goes with the day must tell no date that the caller may not see."""
    reading = kin.Reading(
        day_of(writer, moment),
        writer.bind(moment.as_known) if moment.as_known else "",
        evidence=False,
    )
    if not moment.is_now:
        asking.birth_told(writer, "n")  # names the caller sets that it tests
        told = partial(asking.birth_told, writer)
        reading = replace(reading, told=told, scope=scope(writer))
    if moment.as_known:
        known = partial(_as_known, writer, moment)
        reading = replace(
            reading, sex=partial(known, field="sex"), born=partial(known, field="birthDate")
        )
    return reading


def _as_known(writer: Writer, moment: Moment, person: str, field: str) -> str:
    rows = RowWriter(writer, TypePick("Person"), person)
    return rows.value(ScalarPick(field, Moment(as_known=moment.as_known)))


def _facts(writer: Writer, pick: EvidencePick) -> str:
    wanted, fact = writer.variable("w"), writer.variable("f")
    start, end = writer.variable("n"), writer.variable("m")
    stored = kin.fact_types(writer.catalogue, *EVIDENCE)
    told = _told(writer, fact, start, end)
    parenthood = writer.catalogue.relationships["Parenthood"]
    sources = ", ".join(
        f"{name}: {guarded(parenthood, name, told, f'{fact}.{name}')}"
        for name in writer.catalogue.provenance
    )
    return (
        f"UNWIND {writer.bind(list(pick.facts))} AS {wanted}"
        f" MATCH ({start}:Person {{id: {wanted}[0]}})-[{fact}:{stored}]->({end})"
        f" WHERE {fact}.id = {wanted}[1]"
        f" RETURN {{_id: {fact}.id, type: type({fact}), _told: {told},"
        f" relationToHead: {fact}.relationToHead, {sources}}}"
    )


def _told(writer: Writer, fact: str, start: str, end: str) -> str:
    """Whether the fact's dates tell no birth date: that of a child, or of a book's member."""
    child, member = asking.birth_told(writer, end), asking.birth_told(writer, start)
    if (child, member) == ("true", "true"):
        return "true"
    births, entries = (kin.fact_types(writer.catalogue, n) for n in ("Parenthood", "Membership"))
    return (
        f"CASE WHEN {fact}:{births} THEN {child} WHEN {fact}:{entries} THEN {member} ELSE true END"
    )


def _persons(writer: Writer, pick: EvidencePick) -> str:
    person, wanted = writer.variable("n"), writer.variable("w")
    row_writer = RowWriter(writer, pick.question.persons or TypePick("Person"), person)
    return (
        f"UNWIND {writer.bind(list(pick.persons))} AS {wanted}"
        f" MATCH ({person}:Person {{id: {wanted}}}){conjunction(may_see(writer, 'Person', person))}"
        f" WITH {person}{row_writer.settled()}"
        f" RETURN {row_writer.map()}"
    )
