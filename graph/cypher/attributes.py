"""Row attributes as Cypher: what the model declares about a row, and what the caller is to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

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
    facts = {
        name: "|".join(f"{stored}_FACT" for stored in of.types.values())
        for name, of in writer.catalogue.relationships.items()
    }
    return declared.cypher.format(
        **rows, **sets, facts=facts, certainly=_CERTAINLY, possibly=_POSSIBLY, open=_OPEN
    )


def _sets_in(writer: Writer, declared: Attribute | CallerSet) -> list[str]:
    return [name for name in writer.catalogue.caller_sets if f"{{{name}}}" in declared.cypher]


def certainly(link: str) -> str:
    """Believed, begun and not ended today, whatever day an imprecise date stands for."""
    return (
        f"({link}.recordedTo IS NULL"
        f" AND ({link}.validFrom IS NULL OR ({link}.validFrom <= $today"
        f" AND NOT ({_imprecise(link, 'validFrom')})))"
        f" AND ({link}.validTo IS NULL OR {link}.validTo > $today))"
    )


def possibly(link: str) -> str:
    """Believed, and on some day that its dates may stand for begun and not ended today."""
    return (
        f"({link}.recordedTo IS NULL"
        f" AND ({link}.validFrom IS NULL OR {link}.validFrom <= $today)"
        f" AND ({link}.validTo IS NULL OR {link}.validTo > $today"
        f" OR ({_imprecise(link, 'validTo')})))"
    )


def is_open(case: str) -> str:
    """Some register states today that the case is open, and none that it is not."""
    return (
        f"EXISTS {{ ({case})<-[:ABOUT]-(said:Statement)"
        f" WHERE said.state = 'OPEN' AND {certainly('said')} }}"
        f" AND NOT EXISTS {{ ({case})<-[:ABOUT]-(said:Statement)"
        f" WHERE (said.state <> 'OPEN' OR said.closedDate <= $today) AND {possibly('said')} }}"
    )


def _imprecise(link: str, date: str) -> str:
    """A year or month that is not over."""
    return f"size({link}.{date}) < 10 AND $today STARTS WITH {link}.{date}"


class _Period:
    """`{certainly[link]}` in a format string."""

    def __init__(self, written: Callable[[str], str]) -> None:
        self._written = written

    def __getitem__(self, link: str) -> str:
        return self._written(link)


_CERTAINLY, _POSSIBLY, _OPEN = (_Period(p) for p in (certainly, possibly, is_open))
