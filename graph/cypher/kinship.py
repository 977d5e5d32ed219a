"""The question about two persons: both of them, every path of at most two steps, and who is on it.

Paths are walked over facts, not over the current picture, because an ended marriage is an answer
too. What a path means is `resolvers.kinship`'s to say.
"""

from __future__ import annotations

from graph.cypher.predicates import believed, check_moment, condition, may_see
from graph.cypher.rows import RowWriter
from graph.cypher.writer import Writer, conjunction
from graph.problems import BadArgument
from graph.selection import KinshipPick, Moment, PersonRef

STEPS_MAX = 2
PATHS_MAX = 200


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
        "subjectParents": _recorded_parents(writer, pick.moment, subject, 1),
        "subjectGrandparents": _recorded_parents(writer, pick.moment, subject, 2),
        "relativeParents": _recorded_parents(writer, pick.moment, relative, 1),
        "relativeGrandparents": _recorded_parents(writer, pick.moment, relative, 2),
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


def _recorded_parents(writer: Writer, moment: Moment, person: str, generations: int) -> str:
    """Whether any register states a parent (or a parent's parent) of the person."""
    edges = [writer.variable("e") for _ in range(generations)]
    types = _types(writer, "Parenthood")
    hops = "()".join(f"<-[{edge}:{types}]-" for edge in edges)
    where = conjunction(*(believed(writer, moment, edge) for edge in edges))
    return f"EXISTS {{ MATCH ({person}){hops}(){where} }}"


def _on_the_day(writer: Writer, moment: Moment, path: str) -> str:
    """Every step believed at the moment and begun by its day."""
    day = writer.bind(moment.as_of) if moment.as_of else "$today"
    begun = f"(step.validFrom IS NULL OR step.validFrom <= {day})"
    return (
        f"all(step IN relationships({path}) WHERE {believed(writer, moment, 'step')} AND {begun})"
    )


def _paths(writer: Writer, moment: Moment, pattern: str) -> str:
    path = writer.variable("p")
    day = writer.bind(moment.as_of) if moment.as_of else "$today"
    sources = ", ".join(f"{name}: step.{name}" for name in writer.catalogue.provenance)
    step = (
        "{_id: step.id, type: type(step), from: startNode(step).id, to: endNode(step).id,"
        f" ended: coalesce(step.validTo <= {day}, false), {sources}}}"
    )
    return (
        f"COLLECT {{ MATCH {path} = {pattern} WHERE {_on_the_day(writer, moment, path)}"
        f" RETURN {{nodes: [node IN nodes({path}) | node.id], sexes: [node IN nodes({path}) |"
        f" node.sex], steps: [step IN relationships({path}) | {step}]}}"
        f" ORDER BY length({path}) LIMIT {PATHS_MAX} }}"
    )


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
        effects[f"_{field}"] = writer.decision.field("KinshipAnswer", field).condition
    return {key: condition(writer, part, "KinshipAnswer", rows) for key, part in effects.items()}
