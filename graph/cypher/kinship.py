"""The question about two persons: both of them, every path of at most two steps, and who is on it.

Paths are walked over facts, not over the current picture, because an ended marriage is an answer
too. What a path means is `resolvers.kinship`'s to say.
"""

from __future__ import annotations

from graph.cypher.edges import guarded, told_when
from graph.cypher.predicates import believed, check_moment, condition, day_of, may_see
from graph.cypher.rows import RowWriter
from graph.cypher.writer import Writer, conjunction
from graph.moments import Moment
from graph.problems import BadArgument
from graph.selection import KinshipPick, PersonRef

STEPS_MAX = 2
PATHS_MAX = 200
FULL_KINDS = ("BIRTH", "ADOPTIVE", "LEGAL")
"""Kinds of parenthood that make a mother or a father without further words."""


def question(writer: Writer, pick: KinshipPick) -> str:
    """One row: both ids and sexes, what is recorded of their parents, paths and persons."""
    check_moment(pick.moment)
    if pick.moment.history:
        raise BadArgument("history cannot be used in a question about kinship.")
    subject, relative = writer.variable("a"), writer.variable("b")
    path = f"({subject})-[:{_types(writer, 'Parenthood', 'Marriage')}*1..{STEPS_MAX}]-({relative})"
    entries = {
        "subject": _person(subject),
        "relative": _person(relative),
        "subjectSeen": _seen(writer, subject),
        "relativeSeen": _seen(writer, relative),
        "subjectParents": _parents(writer, pick.moment, subject),
        "subjectGrandparents": _grandparents(writer, pick.moment, subject),
        "relativeParents": _parents(writer, pick.moment, relative),
        "relativeGrandparents": _grandparents(writer, pick.moment, relative),
        "paths": _paths(writer, pick.moment, path),
        "persons": _persons(writer, pick, path),
    } | _guards(writer, pick, subject, relative)
    body = ", ".join(f"{key}: {value}" for key, value in entries.items())
    return (
        f"OPTIONAL MATCH ({_match(writer, subject, pick.subject)})"
        f" OPTIONAL MATCH ({_match(writer, relative, pick.relative)})"
        f" RETURN {{{body}}} LIMIT 4"
    )


def _match(writer: Writer, variable: str, person: PersonRef) -> str:
    return f"{variable}:Person {{{person.field}: {writer.bind(person.value)}}}"


def _person(variable: str) -> str:
    return f"{{id: {variable}.id, sex: {variable}.sex}}"


def _types(writer: Writer, *relationships: str) -> str:
    return "|".join(
        f"{stored}_FACT"
        for name in relationships
        for stored in writer.catalogue.relationships[name].types.values()
    )


def _seen(writer: Writer, person: str) -> str:
    """Whether the caller may know that the person is in the graph."""
    seen = condition(writer, writer.decision.row("Person").condition, "Person", {"row": person})
    return f"({person} IS NOT NULL AND {seen})"


def _full_parents(writer: Writer) -> str:
    stored = writer.catalogue.relationships["Parenthood"].types
    return "|".join(f"{stored[kind]}_FACT" for kind in FULL_KINDS)


def _parents(writer: Writer, moment: Moment, person: str) -> str:
    """Parents that count as such. `closed`: the register states all that there are in law."""
    edge, parent = writer.variable("e"), writer.variable("n")
    parenthood = writer.catalogue.relationships["Parenthood"]
    told = "" if moment.is_now else told_when(writer, parenthood, person)
    legal = writer.catalogue.relationships["Parenthood"].types["LEGAL"]
    return (
        f"COLLECT {{ MATCH ({person})<-[{edge}:{_full_parents(writer)}]-({parent}:Person)"
        f"{conjunction(believed(writer, moment, edge), told)}"
        f" RETURN {{id: {parent}.id, sex: {parent}.sex, closed: type({edge}) = '{legal}_FACT'}} }}"
    )


def _grandparents(writer: Writer, moment: Moment, person: str) -> str:
    """The parents of each parent, as lists by the parent's id."""
    edge, parent = writer.variable("e"), writer.variable("n")
    return (
        f"COLLECT {{ MATCH ({person})<-[{edge}:{_full_parents(writer)}]-({parent}:Person)"
        f"{conjunction(believed(writer, moment, edge))}"
        f" RETURN {_parents(writer, moment, parent)} }}"
    )


def _on_the_day(writer: Writer, moment: Moment, path: str) -> str:
    """Every step believed at the moment and begun by its day."""
    day = day_of(writer, moment)
    begun = f"(step.validFrom IS NULL OR step.validFrom <= {day})"
    if not moment.is_now:  # that a step comes and goes with the day must tell no date
        begun += f" AND {_step_told(writer)}"
    return (
        f"all(step IN relationships({path}) WHERE {believed(writer, moment, 'step')} AND {begun})"
    )


def _paths(writer: Writer, moment: Moment, pattern: str) -> str:
    path = writer.variable("p")
    day = day_of(writer, moment)
    told = _step_told(writer)
    parenthood = writer.catalogue.relationships["Parenthood"]
    sources = ", ".join(
        f"{name}: {guarded(parenthood, name, told, f'step.{name}')}"
        for name in writer.catalogue.provenance
    )
    step = (
        "{_id: step.id, type: type(step), from: startNode(step).id, to: endNode(step).id,"
        f" form: step.form, _told: {told}, ended: coalesce(step.validTo <= {day}, false),"
        f" {sources}}}"
    )
    return (
        f"COLLECT {{ MATCH {path} = {pattern} WHERE {_on_the_day(writer, moment, path)}"
        f" RETURN {{nodes: [node IN nodes({path}) | node.id], sexes: [node IN nodes({path}) |"
        f" node.sex], steps: [step IN relationships({path}) | {step}]}}"
        f" ORDER BY length({path}) LIMIT {PATHS_MAX} }}"
    )


def _step_told(writer: Writer) -> str:
    """Whether the step's dates tell nothing that the child's row does not show."""
    parenthood = writer.catalogue.relationships["Parenthood"]
    told = told_when(writer, parenthood, "endNode(step)", "startNode(step)")
    marriage = writer.catalogue.relationships["Marriage"].types[""]
    return told if told == "true" else f"(type(step) = '{marriage}_FACT' OR {told})"


def _persons(writer: Writer, pick: KinshipPick, pattern: str) -> str:
    """Rows of the persons on the paths, as far as each may be seen."""
    if pick.persons is None:
        return "[]"
    path, person = writer.variable("p"), writer.variable("n")
    row_writer = RowWriter(writer, pick.persons, person)
    return (
        f"COLLECT {{ MATCH {path} = {pattern} WHERE {_on_the_day(writer, pick.moment, path)}"
        f" UNWIND nodes({path}) AS {person} WITH DISTINCT {person} LIMIT {PATHS_MAX}"
        f" WITH {person}{conjunction(may_see(writer, 'Person', person))}"
        f" WITH {person}{row_writer.settled()}"
        f" RETURN {row_writer.map()} }}"
    )


def _guards(writer: Writer, pick: KinshipPick, subject: str, relative: str) -> dict[str, str]:
    """`_see` and a boolean per field of the answer: whether this pair may be asked about."""
    rows = {"subject": subject, "relative": relative}
    effects = {"_see": writer.decision.row("KinshipAnswer").condition}
    for field in sorted(pick.fields):
        effects[f"_{field}"] = writer.decision.shown("KinshipAnswer", field, pick.moment)
    return {key: condition(writer, part, "KinshipAnswer", rows) for key, part in effects.items()}
