"""Row attributes as Cypher: what the model declares about a row, and what the caller is to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from graph import spans
from graph.cypher.writer import Writer
from graph.declarations import Attribute, CallerSet


def expression(writer: Writer, type_name: str, name: str, rows: Mapping[str, str]) -> str:
    """The attribute of the row. `rows` names the variables that it is about."""
    catalogue = writer.catalogue
    node = catalogue.nodes.get(type_name) or catalogue.answers[type_name]
    return f"({_written(writer, node.attributes[name], rows)})"


def caller_sets(writer: Writer) -> str:
    """`WITH … AS …` at the head of the statement: each set that it tests, read once.

    A set that is read from another stands behind it.
    """
    declared = writer.catalogue.caller_sets
    written: dict[str, str] = {}

    def write(name: str) -> None:
        if name not in written:
            text = _written(writer, declared[name], {})
            for other in _sets_in(writer, declared[name]):
                write(other)
            written[name] = f"WITH *, {text} AS {variable(name)}\n"

    for name in sorted(writer.sets):
        write(name)
    return "".join(written.values()).replace("WITH *, ", "WITH ", 1)


def variable(caller_set: str) -> str:
    """The variable of a caller set, in scope in the whole statement."""
    return f"caller_{caller_set}"


def scope(writer: Writer) -> str:
    """`, a, b`: the caller sets used so far, as a CALL imports them."""
    return "".join(f", {variable(name)}" for name in sorted(writer.sets))


def _written(writer: Writer, declared: Attribute | CallerSet, rows: Mapping[str, str]) -> str:
    writer.callers.update(declared.caller)
    sets = {name: variable(name) for name in writer.catalogue.caller_sets}
    writer.sets.update(_sets_in(writer, declared))
    return declared.cypher.format(
        **rows,
        **sets,
        facts=types_of_facts(writer),
        certainly=Named(certainly),
        possibly=Named(possibly),
        open=Named(is_open),
        counts=Named(counts),
    )


def types_of_facts(writer: Writer) -> Mapping[str, str]:
    """The relationship types that hold a relationship's facts, as a pattern names them."""
    return {
        name: "|".join(f"{stored}_FACT" for stored in of.types.values())
        for name, of in writer.catalogue.relationships.items()
    }


def _sets_in(writer: Writer, declared: Attribute | CallerSet) -> list[str]:
    return [name for name in writer.catalogue.caller_sets if f"{{{name}}}" in declared.cypher]


def certainly(link: str, day: str = "$today", believed: str = "") -> str:
    """Believed, begun and not ended on the day, whatever day an imprecise date stands for.

    `believed` is when it counts as believed; now, when empty.
    """
    return (
        f"({believed or f'{link}.recordedTo IS NULL'}"
        f" AND ({link}.validFrom IS NULL OR ({link}.validFrom <= {day}"
        f" AND NOT ({_imprecise(link, 'validFrom', day)})))"
        f" AND ({link}.validTo IS NULL OR {link}.validTo > {day}))"
    )


def possibly(link: str, day: str = "$today", believed: str = "") -> str:
    """Believed, and on some day that its dates may stand for begun and not ended on the day."""
    return (
        f"({believed or f'{link}.recordedTo IS NULL'}"
        f" AND ({link}.validFrom IS NULL OR {link}.validFrom <= {day})"
        f" AND ({link}.validTo IS NULL OR {link}.validTo > {day}"
        f" OR ({_imprecise(link, 'validTo', day)})))"
    )


def surely(link: str, day: str = "$today") -> str:
    """What `certainly` asks beyond `possibly`, of a link that holds possibly."""
    return (
        f"(NOT coalesce({_imprecise(link, 'validFrom', day)}, false)"
        f" AND ({link}.validTo IS NULL OR {link}.validTo > {day}))"
    )


def is_open(case: str) -> str:
    """Some register states today that the case is open, and none that it is not."""
    return spans.holds(f"{case}.openDays")


def counts(consent: str) -> str:
    """The consent was given by today, on a day that is known, and nobody states a withdrawal."""
    return (
        f"(size({consent}.givenOn) = 10 AND {consent}.givenOn <= $today"
        f" AND {consent}.withdrawn IS NULL AND NOT {withdrawn(consent)})"
    )


def withdrawn(consent: str) -> str:
    """Some register states a withdrawal by today, or in a year or month that has begun."""
    return (
        f"EXISTS {{ MATCH ({consent})<-[:ABOUT]-(said:Statement)"
        " WHERE said.recordedTo IS NULL AND said.withdrawnOn <= $today }"
    )


def _imprecise(link: str, date: str, day: str) -> str:
    """A year or month that is not over."""
    return f"size({link}.{date}) < 10 AND {day} STARTS WITH {link}.{date}"


class Named:
    """`{certainly[link]}` in a format string."""

    def __init__(self, written: Callable[[str], str]) -> None:
        self._written = written

    def __getitem__(self, name: str) -> str:
        return self._written(name)
