"""One page of related rows as a COLLECT subquery."""

from __future__ import annotations

from graph import masks
from graph.catalogue import Direction
from graph.conditions import ALWAYS, any_of
from graph.cypher import rows
from graph.cypher.attributes import expression
from graph.cypher.pages import ordered
from graph.cypher.predicates import check_moment, condition, current, filtered, held, may_see
from graph.cypher.writer import Writer, conjunction
from graph.declarations import Relationship
from graph.problems import BadArgument
from graph.selection import EdgePick, TypePick


def page(writer: Writer, pick: EdgePick, row: str, guard: str) -> str:
    """Rows `{cursor, edge: {…}, node: {…}}`, one more than the page so that a next one shows."""
    check_moment(pick.moment)
    edge, node = writer.variable("e"), writer.variable("n")
    targets = {t: pick.targets.get(t) or TypePick(t) for t in pick.edge.targets}
    row_writers = {t: rows.RowWriter(writer, p, node) for t, p in targets.items()}
    settled = "".join(row_writer.settled() for row_writer in row_writers.values())
    order = ordered(
        writer, pick.page, tuple(targets), node, tie=f"{edge}.id", first=_time(writer, pick, edge)
    )
    return (
        f"COLLECT {{ {_matched(writer, pick, row, edge, node, guard)}"
        f" WITH {edge}, {node}{settled}{order.computed}{order.sliced}"
        f" RETURN {{cursor: {order.cursor}, edge: {_edge_map(writer, pick, edge, row, node)},"
        f" node: {_node_map(row_writers, node)}}} }}"
    )


def _time(writer: Writer, pick: EdgePick, edge: str) -> str:
    """A history stands in order of time, where the caller may see the times."""
    relationship = pick.edge.relationship
    shown = writer.decision.field(relationship.name, "validFrom").condition == ALWAYS
    if not (pick.moment.history and shown) or pick.page.order or relationship.reveals:
        return ""
    return f"coalesce({edge}.validFrom, '')"


def _matched(writer: Writer, pick: EdgePick, row: str, edge: str, node: str, guard: str) -> str:
    now = pick.moment.is_now
    label = "|".join(pick.edge.targets)
    pattern = f"({row}){_arrow(pick, edge, '' if now else '_FACT')}({node}:{label})"
    where = conjunction(
        "" if guard == "true" else guard,
        current(edge) if now else held(writer, pick.moment, edge),
        "" if now else _datable(writer, pick, row, node),
        _of_kinds(writer, pick),
        _visible(writer, pick, node),
        unshielded(writer, pick.edge.relationship, pick.edge.direction, node),
        _filter(writer, pick, node),
    )
    if now or pick.moment.history:
        return f"MATCH {pattern}{where}"
    return (
        f"MATCH {pattern}{where} WITH {node}, type({edge}) AS {edge}_type, {edge}"
        f" ORDER BY {edge}.rank, coalesce({edge}.validFrom, '') DESC"
        f" WITH {node}, {edge}_type, head(collect({edge})) AS {edge}"
    )


def _datable(writer: Writer, pick: EdgePick, row: str, node: str) -> str:
    """Whether the row may be shown on other days: that it comes and goes must tell no date."""
    told = _told(writer, pick, row, node)
    return "" if told == "true" else told


def _told(writer: Writer, pick: EdgePick, row: str, node: str) -> str:
    to = {"in": row, "out": node}.get(pick.edge.direction, node)
    return told_when(writer, pick.edge.relationship, to)


def unshielded(writer: Writer, relationship: Relationship, direction: Direction, node: str) -> str:
    """Whether the node may be met through the relationship; empty where it always may."""
    shield = relationship.shields
    if shield is None or direction != {"from": "in", "to": "out"}[shield.end]:
        return ""
    end, types = (
        (relationship.out, relationship.origin)
        if shield.end == "from"
        else (relationship.into, relationship.to)
    )
    own = writer.decision.field(types[0], end.field if end else "").condition
    rows = {"row": node}
    held = expression(writer, types[0], shield.attribute, rows)
    return f"(coalesce(NOT {held}, false) OR {condition(writer, own, types[0], rows)})"


def _of_kinds(writer: Writer, pick: EdgePick) -> str:
    """Nothing is chosen by kind where the caller may not choose by it."""
    allowed = writer.decision.testable(pick.edge.relationship.name, "kind") == ALWAYS
    return "false" if pick.kinds and not allowed else ""


def _arrow(pick: EdgePick, edge: str, suffix: str) -> str:
    stored = pick.edge.relationship.types
    kinds = pick.kinds or tuple(stored)
    names = "|".join(f"{stored[kind]}{suffix}" for kind in kinds)
    left, right = {"out": ("-", "->"), "in": ("<-", "-"), "both": ("-", "-")}[pick.edge.direction]
    return f"{left}[{edge}:{names}]{right}"


def _visible(writer: Writer, pick: EdgePick, node: str) -> str:
    seen = {target: may_see(writer, target, node) for target in pick.edge.targets}
    if len(seen) == 1:
        return next(iter(seen.values()))
    if not any(seen.values()):
        return ""
    options = (f"({node}:{t} AND {test})" if test else f"{node}:{t}" for t, test in seen.items())
    return f"({' OR '.join(options)})"


def _filter(writer: Writer, pick: EdgePick, node: str) -> str:
    targets = pick.edge.targets
    if not pick.page.where.tests and not pick.page.where.any:
        return ""
    if len(targets) != 1:
        raise BadArgument(f"{pick.edge.owner}.{pick.edge.name} has rows of several types.")
    return filtered(writer, pick.page.where, targets[0], node)


def _edge_map(writer: Writer, pick: EdgePick, edge: str, row: str, node: str) -> str:
    """The relationship's own fields; those that tell of a node wait for that node's field."""
    relationship = pick.edge.relationship
    told = _told(writer, pick, row, node)
    entries = {"_id": f"{edge}.id", "_told": told}
    for field in sorted(pick.fields):
        value = f"type({edge})" if field == "kind" else f"{edge}.{field}"
        mask = writer.decision.mask_of_link(relationship.name, field)
        if writer.decision.field(relationship.name, field).condition == ALWAYS:
            entries[field] = guarded(relationship, field, told, value)
        elif mask:
            entries[field] = guarded(relationship, field, told, masks.written(mask, value))
    return "{" + ", ".join(f"{key}: {value}" for key, value in entries.items()) + "}"


def told_when(writer: Writer, relationship: Relationship, to: str, origin: str = "") -> str:
    """Whether the node that the relationship tells of shows the field that it tells."""
    told = relationship.reveals
    if told is None:
        return "true"
    types = relationship.to if told.end == "to" else relationship.origin
    variable = to if told.end == "to" else origin or to
    allowed = any_of(*(writer.decision.field(name, told.field).condition for name in types))
    return condition(writer, allowed, types[0], {"row": variable})


def guarded(relationship: Relationship, field: str, told: str, value: str) -> str:
    """The value, held back where it would tell what the node does not show."""
    tells = relationship.reveals is not None and field in relationship.reveals.by
    return f"CASE WHEN {told} THEN {value} END" if tells and told != "true" else value


def _node_map(row_writers: dict[str, rows.RowWriter], node: str) -> str:
    maps = {target: row_writer.map() for target, row_writer in row_writers.items()}
    if len(maps) == 1:
        return next(iter(maps.values()))
    cases = "".join(f" WHEN {node}:{target} THEN {text}" for target, text in maps.items())
    return f"CASE{cases} END"
