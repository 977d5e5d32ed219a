"""What every question about persons begins with: whom it is about, and what may be told of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graph.conditions import ALWAYS
from graph.cypher.edges import told_when
from graph.cypher.predicates import condition
from graph.cypher.writer import Writer, conjunction
from graph.moments import Moment
from graph.selection import PersonRef


def match(writer: Writer, variable: str, person: PersonRef) -> str:
    """The person that the reference stands for; nobody where a forbid hides them."""
    there = writer.decision.there("Person")
    shown = "" if there == ALWAYS else condition(writer, there, "Person", {"row": variable})
    pattern = f"({variable}:Person {{{person.field}: {writer.bind(person.value)}}})"
    return f"OPTIONAL MATCH {pattern}{conjunction(shown)}"


def guards(
    writer: Writer, answer: str, fields: Iterable[str], moment: Moment, rows: Mapping[str, str]
) -> dict[str, str]:
    """`_see`, `_between` and a boolean per field: whether this may be asked about these rows."""
    effects = {
        "_see": writer.decision.row(answer).condition,
        "_between": writer.decision.field(answer, "between").condition,
    }
    for field in sorted(fields):
        effects[f"_{field}"] = writer.decision.shown(answer, field, moment)
    return {key: condition(writer, part, answer, rows) for key, part in effects.items()}


def may_ask(found: Mapping[str, str], fields: Iterable[str]) -> str:
    """Whether anything of the answer may be told."""
    shown = " OR ".join(found[f"_{field}"] for field in sorted(fields)) or "false"
    return f"{found['_see']} AND ({shown})"


def of_one(writer: Writer, variable: str, person: PersonRef, allowed: str) -> str:
    """The start of a question about one person: `asked` is the person, or empty."""
    return (
        f"{match(writer, variable, person)}"
        f" WITH {variable} LIMIT 2"
        f" WITH {variable}, CASE WHEN {variable} IS NOT NULL AND {allowed}"
        f" THEN [{variable}] ELSE [] END AS asked"
    )


def birth_told(writer: Writer, person: str) -> str:
    """Whether the caller sees the birth date that a fact of parenthood tells."""
    return told_when(writer, writer.catalogue.relationships["Parenthood"], person)
