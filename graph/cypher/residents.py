"""The question who shares or shared a home with one person: household books and addresses.

Both must be recorded there at the same time, as it is believed at the moment.
"""

from __future__ import annotations

from graph import kin
from graph.conditions import ALWAYS
from graph.cypher import asking
from graph.cypher.edges import unshielded
from graph.cypher.predicates import believed, check_moment, condition, day_of, may_see
from graph.cypher.rows import RowWriter
from graph.cypher.writer import Writer, conjunction
from graph.problems import BadArgument
from graph.selection import ResidentsPick, TypePick

HOME_MAX = 1_000
"""A home with more entries is an institution; who else lives there is not followed."""


def question(writer: Writer, pick: ResidentsPick) -> str:
    """One row for each person that the reference stands for: the id, and a page of residents.

    `rows` are {cursor, shares, current, from, to, registers, person}, those of today first, one
    more than the page so that a next one shows; `cut` says that a home was too large.
    """
    check_moment(pick.moment)
    if pick.moment.history:
        raise BadArgument("history cannot be used here: every period is shown without asOf.")
    subject = writer.variable("a")
    guards = asking.guards(writer, pick.answer, pick.fields, pick.moment, {"subject": subject})
    allowed = asking.may_ask(guards, pick.fields)
    homes = kin.fact_types(writer.catalogue, "Membership", "Residence")
    entries = {"subject": f"{subject}.id", "rows": "rows", "cut": "cut"} | guards
    body = ", ".join(f"{key}: {value}" for key, value in entries.items())
    return (
        f"{asking.of_one(writer, subject, pick.subject, allowed)}"
        f" WITH {subject}, asked, COLLECT {{ {_page(writer, pick)} }} AS rows,"
        f" EXISTS {{ UNWIND asked AS n MATCH (n)-[:{homes}]->(h)"
        f" WHERE {_institution(writer)} }} AS cut"
        f" RETURN {{{body}}}"
    )


def _page(writer: Writer, pick: ResidentsPick) -> str:
    day, moment = day_of(writer, pick.moment), pick.moment
    members, homes = (kin.fact_types(writer.catalogue, n) for n in ("Membership", "Residence"))
    person, told = RowWriter(writer, pick.persons or TypePick("Person"), "m"), _told(writer)
    overlap = "(s IS NULL OR e IS NULL OR s < e)"
    today = f"coalesce(s <= {day}, true) AND coalesce(e > {day}, true)"
    met = _met(writer)
    behind = f"key > {writer.bind(pick.page.after[0])}" if pick.page.after else ""
    first = writer.bind(pick.page.first + 1)
    return (
        f"UNWIND asked AS n MATCH (n)-[f:{members}|{homes}]->(h)<-[g:{members}|{homes}]-(m:Person)"
        f" WHERE m <> n AND type(f) = type(g) AND NOT ({_institution(writer)})"
        f" AND coalesce(h.kind, 'FAMILY') <> 'COLLECTIVE'"
        f" AND {believed(writer, moment, 'f')} AND {believed(writer, moment, 'g')}"
        f"{met}{'' if moment.is_now else f' AND {told}'}"
        f" WITH m, h, g.register AS register, type(g) AS type,"
        f" {_later('f.validFrom', 'g.validFrom')} AS s, {_earlier('f.validTo', 'g.validTo')} AS e"
        f" WHERE {overlap}{f' AND {today}' if moment.as_of else ''}"
        f" WITH m, h, type, collect(DISTINCT register) AS registers,"
        f" CASE WHEN any(x IN collect(s IS NULL) WHERE x) THEN null ELSE min(s) END AS from,"
        f" CASE WHEN any(x IN collect(e IS NULL) WHERE x) THEN null ELSE max(e) END AS to,"
        f" any(x IN collect({today}) WHERE x) AS current"
        f" WITH m, type, registers, from, to, current,"
        f" (CASE WHEN current THEN '0' ELSE '1' END) + m.id + ' ' + h.id AS key"
        f"{conjunction(behind)} ORDER BY key LIMIT {first}"
        f" WITH m, type, registers, from, to, current, key{person.settled()}"
        f" RETURN {{cursor: [key], current: current, registers: registers, to: to,"
        f" from: CASE WHEN {told} THEN from END,"
        f" shares: CASE WHEN type IN {writer.bind(members.split('|'))} THEN 'HOUSEHOLD'"
        f" ELSE 'ADDRESS' END, person: {person.map()}}}"
    )


def _met(writer: Writer) -> str:
    """Whether the resident may be known to exist, and be found through where they live."""
    through = (writer.catalogue.relationships[n] for n in ("Membership", "Residence"))
    tests = [may_see(writer, "Person", "m"), *(unshielded(writer, r, "in", "m") for r in through)]
    return "".join(f" AND {test}" for test in dict.fromkeys(tests) if test)


def _told(writer: Writer) -> str:
    """Whether the resident's birth date may be seen: a newborn's entry tells it."""
    effect = writer.decision.field("Person", "birthDate").condition
    return "true" if effect == ALWAYS else condition(writer, effect, "Person", {"row": "m"})


def _institution(writer: Writer) -> str:
    homes = kin.fact_types(writer.catalogue, "Membership", "Residence")
    return f"COUNT {{ (h)<-[:{homes}]-() }} > {HOME_MAX}"


def _later(one: str, other: str) -> str:
    return f"CASE WHEN {one} > {other} THEN {one} ELSE coalesce({other}, {one}) END"


def _earlier(one: str, other: str) -> str:
    return f"CASE WHEN {one} < {other} THEN {one} ELSE coalesce({other}, {one}) END"
