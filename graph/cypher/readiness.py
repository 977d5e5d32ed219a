"""Whether what a service requires is on file: of one application, or of a whole population.

Each is one statement. Of one application the caller is told no more than their decision shows; the
state of what they may not know is UNKNOWN, and that is also what nothing on file comes to.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from graph.catalogue import Catalogue
from graph.conditions import all_of
from graph.cypher.attributes import caller_sets, possibly, types_of_facts
from graph.cypher.claims import Claims
from graph.cypher.claims_linked import IN_LAW
from graph.cypher.predicates import condition
from graph.cypher.rights import everything, told_with_consent
from graph.cypher.statement import Caller, Clock, Statement, Template, parameters_of
from graph.cypher.writer import Writer
from graph.decision import Decision
from graph.evidence import AnyFact, OnPaper, Other

_APPLICANT, _OTHER = "a", "o"
_NOBODY = "{told: false, state: 'UNKNOWN', sources: []}"


@dataclass(frozen=True)
class Application:
    """The facts that are required, in order, of an applicant and the other party of the service.

    Where the other party is not `named`, what is of them stays UNKNOWN.
    """

    facts: Sequence[AnyFact]
    role: Other | None = None
    named: bool = False


@dataclass(frozen=True)
class Asked:
    """One requirement of a population: the fact, the paper it replaces, whether it decides who."""

    fact: AnyFact
    paper: str | None = None
    eligibility: bool = False


def of_one(asked: Application, decision: Decision, catalogue: Catalogue) -> Template:
    """The statement without the numbers: rows applicant, other, requirements.

    The first two are ids, null for whom the caller may not know; requirements are {state, told,
    sources} in the order of the facts. Several rows: a number stands for several persons.
    """
    writer = Writer(catalogue, decision)
    roles = {"applicant": _APPLICANT} | ({asked.role: _OTHER} if asked.role else {})
    guards = _Guards()
    claims = Claims(writer, roles, sources=True, settle=guards.settled)
    found = _found(writer, _APPLICANT, "Person", "citizenNumber", "applicant")
    there = f"{_APPLICANT} IS NOT NULL"
    if asked.role and asked.named:
        found += _found(writer, _OTHER, *_IDENTIFIED[asked.role], "other")
        there += f" AND {_OTHER} IS NOT NULL"
    states = ",\n  ".join(
        _NOBODY
        if fact.of != "applicant" and not asked.named
        else _state(writer, claims, guards, fact)
        for fact in asked.facts
    )
    other = f"{_OTHER}.id" if asked.named else "null"
    text = (
        f"{caller_sets(writer)}{found}{guards.written()}"
        f"RETURN {_APPLICANT}.id AS applicant, {other} AS other,"
        f" CASE WHEN {there} THEN [\n  {states}] ELSE [] END AS requirements"
    )
    parameters = {**writer.parameters, **writer.decision.parameters}
    return Template(text, parameters, {}, tuple(sorted(writer.callers)))


def about(
    template: Template,
    applicant: str,
    other: str | None,
    who: Caller,
    clock: Clock,
    case: str | None,
    office: str | None = None,
) -> Statement:
    """The statement for these numbers and this caller.

    `office`: its division; without it the caller's, else where the applicant is registered.
    """
    bound = template.bind((), who, clock, case)
    asked = {"applicant": applicant, "other": other, "office": office}
    parameters = {**bound.parameters, **asked}
    return Statement(bound.text, parameters, bound.columns)


class _Guards:
    """Predicates over the parties, each computed once."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def settled(self, test: str) -> str:
        """The variable that holds the predicate."""
        if test in ("true", "false"):
            return test
        return self._names.setdefault(test, f"k{len(self._names)}")

    def written(self) -> str:
        """`WITH *, … AS k0, …`, or nothing."""
        names = ",\n  ".join(f"{test} AS {name}" for test, name in self._names.items())
        return f"WITH *, {names}\n" if names else ""


_IDENTIFIED = {
    "child": ("Person", "citizenNumber"),
    "partner": ("Person", "citizenNumber"),
    "deceased": ("Person", "citizenNumber"),
    "entity": ("LegalEntity", "creditCode"),
}


def _found(writer: Writer, variable: str, type_name: str, field: str, number: str) -> str:
    """The row of the number in a parameter, if the caller may know of it."""
    seen = all_of(writer.decision.row(type_name).condition, writer.decision.there(type_name))
    test = condition(writer, seen, type_name, {"row": variable})
    pattern = f"({variable}:{type_name} {{{field}: ${number}}})"
    return f"OPTIONAL MATCH {pattern} WHERE {variable}.withdrawn IS NULL AND {test}\n"


def _state(writer: Writer, claims: Claims, guards: _Guards, fact: AnyFact) -> str:
    """What the caller may know of a requirement; what they may not is not read at all."""
    claim = claims.of(fact)
    known = claims.told(*claim.ways)
    consented = guards.settled(told_with_consent(writer, claim.ways))
    lacking = "'UNKNOWN'"
    if consented not in (known, "false"):
        lacking = f"CASE WHEN {consented} THEN 'WITH_CONSENT' ELSE 'UNKNOWN' END"
    if known == "false":
        return f"{{told: false, state: {lacking}, sources: []}}"
    rows = claim.rows if known == "true" else f"CASE WHEN {known} THEN {claim.rows} ELSE [] END"
    return (
        f"head([l IN [{rows}] | {{told: {known}, state: CASE WHEN NOT {known} THEN {lacking}"
        f" ELSE CASE {claim.verdict} WHEN true THEN 'SATISFIED' WHEN false THEN 'MISSING'"
        " ELSE 'UNKNOWN' END END, sources: [x IN l WHERE x.held AND x.source IS NOT NULL |"
        " x.source]}])"
    )


def rests_on(fact: AnyFact, catalogue: Catalogue) -> tuple[str, ...]:
    """The coordinates of the model that a fact rests on; any way to know it counts."""
    roles: dict[str, str] = dict.fromkeys(("applicant", fact.of), _APPLICANT)
    claims = Claims(Writer(catalogue, everything(catalogue)), roles, sources=False)
    return claims.of(fact).coordinates


def of_population(
    asked: Sequence[Asked], other: Other | None, catalogue: Catalogue, clock: Clock
) -> Statement:
    """One row over everybody: people and applications that are eligible, and of these how many
    are ready, papers (that were asked for) and saved (that need not be brought), and by
    requirement how many are `satisfied` and how many `unknown`.

    An application is a person, or a person with each child, entity or deceased relative. Of a
    partner nothing is asked: two who may marry are not in the graph as a pair.
    """
    writer = Writer(catalogue, everything(catalogue))
    paired = {other: _OTHER} if other and other != "partner" else {}
    roles: dict[str, str] = {"applicant": _APPLICANT} | paired
    claims = Claims(writer, roles, sources=False)
    columns = [_verdict(claims, one.fact) for one in asked]
    deciding = [n for n, one in enumerate(asked) if one.eligibility]
    others = [n for n, one in enumerate(asked) if not one.eligibility]
    eligible = " AND ".join(f"coalesce({columns[n]}, false)" for n in deciding) or "true"
    kept = ", ".join(roles.values())
    values = "".join(f", {columns[n]} AS q{n}" for n in others)
    text = (
        f"{_candidates(writer, other)}\nWITH {kept} WHERE {eligible}\n"
        f"WITH {_APPLICANT}{values}\n"
        f"RETURN count(DISTINCT {_APPLICANT}) AS people, count(*) AS applications,"
        f" {_counted(_ready(asked, others))} AS ready,"
        f" {_papers(asked)},"
        f" [{_by_requirement(asked, 'count(*)', _counted)}] AS satisfied,"
        f" [{_by_requirement(asked, '0', _open)}] AS unknown"
    )
    return Statement(text, {**parameters_of(writer, {}, clock, None), "office": None}, {})


def _verdict(claims: Claims, fact: AnyFact) -> str:
    claim = claims.of(fact)
    return f"head([l IN [{claim.rows}] | {claim.verdict}])"


def _candidates(writer: Writer, other: Other | None) -> str:
    """Everybody, with each of whom or for which they may apply."""
    stored = writer.catalogue.relationships["Parenthood"].types
    parents = "|".join(f"{stored[kind]}_FACT" for kind in IN_LAW)
    facts = types_of_facts(writer)
    there = "a.withdrawn IS NULL"
    match other:
        case "child":
            pattern = f"(a:Person)-[f:{parents}]->(o:Person)"
            return f"MATCH {pattern} WHERE {possibly('f')} AND {there} WITH DISTINCT a, o"
        case "entity":
            pattern = f"(a:Person)-[f:{facts['Representation']}]->(o:LegalEntity)"
            return f"MATCH {pattern} WHERE {possibly('f')} AND {there} WITH DISTINCT a, o"
        case "deceased":
            pattern = f"(a:Person)-[f:{parents}|{facts['Marriage']}]-(o:Person)"
            dead = "(o.deathDate <= $today OR o.deceased) AND f.recordedTo IS NULL"
            return f"MATCH {pattern} WHERE {dead} AND {there} WITH DISTINCT a, o"
        case "partner" | None:
            return f"MATCH (a:Person) WHERE {there}"


def _ready(asked: Sequence[Asked], others: Sequence[int]) -> str:
    """All that a register can state is satisfied."""
    tests = [f"q{n}" for n in others if not isinstance(asked[n].fact, OnPaper)]
    return " AND ".join(tests) or "true"


def _papers(asked: Sequence[Asked]) -> str:
    """How many papers were asked for, and how many need not be brought."""
    replaced: dict[tuple[str, str], list[str]] = {}
    for n, one in enumerate(asked):
        if one.paper:
            test = "true" if one.eligibility else f"q{n}"
            replaced.setdefault((one.paper, one.fact.of), []).append(test)
    saved = [_counted(" AND ".join(tests)) for tests in replaced.values()]
    return f"count(*) * {len(replaced)} AS papers, {' + '.join(saved) or '0'} AS saved"


def _by_requirement(asked: Sequence[Asked], eligible: str, counting: Callable[[str], str]) -> str:
    """A count for each; of those that decide who is eligible, what it is of the eligible."""
    return ", ".join(
        eligible if one.eligibility else counting(f"q{n}") for n, one in enumerate(asked)
    )


def _counted(test: str) -> str:
    return f"sum(CASE WHEN {test} THEN 1 ELSE 0 END)"


def _open(value: str) -> str:
    return f"sum(CASE WHEN {value} IS NULL THEN 1 ELSE 0 END)"
