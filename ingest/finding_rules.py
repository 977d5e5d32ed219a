"""Rules about persons and entities as the graph has them, all registers together. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from graph.facts import Value
from ingest.rule_checks.relations import PARENT_YEARS_MIN, is_not_before, is_within_years
from ingest.rule_checks.scene import BY_DESCENT, earliest, latest

Said = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Node:
    """A node as the rules look at it; `said` and `own` are (register, record)."""

    id: str
    key: str
    number: str | None
    scheme: str | None
    birth: str | None
    death: str | None
    sex: str | None
    disputed: bool
    withdrawn: bool
    said: tuple[Said, ...]
    own: tuple[Said, ...]

    def own_records(self) -> list[Said]:
        """Records about this node that state something believed of it."""
        return sorted(o for o in self.own if any(is_of(said, o) for said in self.said))


@dataclass(frozen=True, slots=True)
class Link:
    """A believed fact about two nodes. `kind` is "" where there is only one."""

    relationship: str
    kind: str
    origin: str
    to: str
    said: Said
    begins: str | None
    ends: str | None


@dataclass(frozen=True, slots=True)
class Statement:
    """What a record states of a field of a node."""

    node: str
    field: str
    value: Value
    said: Said


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found about a node, or about it and another (both by opaque id).

    `said` is the register and record to look into; `detail` tells apart what is otherwise the same.
    """

    kind: str
    subject: str
    other: str | None
    said: Said
    words: str
    detail: str = ""


@dataclass
class Surroundings:
    """Nodes by id, and the believed links between them."""

    nodes: dict[str, Node] = field(default_factory=lambda: dict[str, Node]())
    links: list[Link] = field(default_factory=lambda: list[Link]())

    def held(self, relationship: str) -> Iterator[tuple[Link, Node, Node]]:
        """Links of a relationship with their ends, without those to what was withdrawn."""
        for link in self.links:
            if link.relationship == relationship:
                origin, to = self.nodes.get(link.origin), self.nodes.get(link.to)
                if origin and to and not origin.withdrawn and not to.withdrawn:
                    yield link, origin, to


def parents_not_older(around: Surroundings) -> Iterator[Finding]:
    """PARENT_YOUNGER and PARENT_TOO_YOUNG, about the child."""
    for link, parent, child in around.held("Parenthood"):
        if link.kind not in BY_DESCENT or not parent.birth or not child.birth:
            continue
        if is_not_before(parent.birth, child.birth):
            words = "A parent was born after the child or at the same time."
            yield Finding("PARENT_YOUNGER", child.id, parent.id, link.said, words, link.said[0])
        elif link.kind != "ADOPTIVE" and is_within_years(
            parent.birth, child.birth, PARENT_YEARS_MIN
        ):
            words = f"A parent was less than {PARENT_YEARS_MIN} years old at the birth."
            yield Finding("PARENT_TOO_YOUNG", child.id, parent.id, link.said, words, link.said[0])


def several_birth_parents(around: Surroundings) -> Iterator[Finding]:
    """TWO_BIRTH_MOTHERS and TWO_BIRTH_FATHERS, about the child."""
    parents: defaultdict[tuple[str, str], dict[str, list[Said]]] = defaultdict(dict)
    for link, parent, child in around.held("Parenthood"):
        if link.kind == "BIRTH" and parent.sex in ("FEMALE", "MALE"):
            parents[child.id, parent.sex].setdefault(parent.id, []).append(link.said)
    for (child, sex), found in parents.items():
        if len(found) < 2:
            continue
        kind, what = {
            "FEMALE": ("TWO_BIRTH_MOTHERS", "mothers"),
            "MALE": ("TWO_BIRTH_FATHERS", "fathers"),
        }[sex]
        said = sorted({one for saying in found.values() for one in saying})
        records = ", ".join(f"{register} {record}" for register, record in said)
        words = f"{len(found)} {what} by birth are stated: {records}."
        yield Finding(kind, child, None, said[0], words)


def married_after_death(around: Surroundings) -> Iterator[Finding]:
    """SPOUSE_AFTER_DEATH, about the dead spouse."""
    for link, one, other in around.held("Marriage"):
        for dead, spouse in ((one, other), (other, one)):
            if link.begins and dead.death and earliest(link.begins) > latest(dead.death):
                words = "A marriage begins after the death."
                yield Finding(
                    "SPOUSE_AFTER_DEATH", dead.id, spouse.id, link.said, words, link.said[0]
                )


def one_sided_links(around: Surroundings, registers: Iterable[str]) -> Iterator[Finding]:
    """ONE_SIDED_LINK in registers that state links on both sides, about the side that does not."""
    reciprocal = frozenset(registers)
    for name in ("Parenthood", "Marriage"):
        said: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
        for link, origin, to in around.held(name):
            if link.said[0] in reciprocal:
                said[link.said[0], origin.id, to.id].add(link.said[1])
        for (register, origin, to), records in said.items():
            yield from _unstated(around, name, register, (origin, to), records)


def no_record(nodes: Iterable[Node], about_others: Container[Said]) -> Iterator[Finding]:
    """NO_RECORD; `about_others` are the records that are about another node, or about none."""
    for node in nodes:
        if node.withdrawn or node.own_records():
            continue
        if all(said in about_others for said in node.said):
            said = min(node.said, default=("", ""))
            words = "Known only from links and from records about others."
            yield Finding("NO_RECORD", node.id, None, said, words)


def repeated_numbers(pairs: Iterable[tuple[Node, Node]]) -> Iterator[Finding]:
    """NUMBER_REPEATED, about the node that is not known by the number."""
    for pair in pairs:
        subject, holder = sorted(pair, key=_holds)
        own = subject.own_records() or sorted(subject.said)
        words = "Another record has the same number; they are kept apart."
        said = own[0] if own else ("", "")
        yield Finding("NUMBER_REPEATED", subject.id, holder.id, said, words)


def disagreements(stated: Iterable[Statement]) -> Iterator[Finding]:
    """DISPUTED, once for each register that states a field another states differently.

    Words name fields and registers, never values.
    """
    by_node: defaultdict[str, list[Statement]] = defaultdict(list)
    for statement in stated:
        by_node[statement.node].append(statement)
    for node, found in by_node.items():
        values: defaultdict[tuple[str, str], set[Value]] = defaultdict(set)
        for one in found:
            values[one.said[0], one.field].add(one.value)
        for register in sorted({register for register, _ in values}):
            others: defaultdict[str, set[str]] = defaultdict(set)
            for (other, name), said in values.items():
                if other != register and said != values.get((register, name), said):
                    others[name].add(other)
            if others:
                record = min(one.said for one in found if one.said[0] == register)
                words = "; ".join(
                    f"{name} differs from {', '.join(sorted(others[name]))}"
                    for name in sorted(others)
                )
                yield Finding("DISPUTED", node, None, record, f"{words}.", register)


def cycles(parents: Mapping[str, Iterable[str]]) -> Iterator[frozenset[str]]:
    """Groups of persons who are each other's ancestors; `parents` by child."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    path: list[str] = []
    on_path: set[str] = set()
    for start in sorted(parents):
        work = [(start, iter(sorted(parents[start])))] if start not in index else []
        if work:
            _enter(start, index, low, path, on_path)
        while work:
            node, rest = work[-1]
            step = next(rest, None)
            if step is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    group = _leave(node, path, on_path)
                    if len(group) > 1 or node in set(parents.get(node, ())):
                        yield group
            elif step not in index:
                _enter(step, index, low, path, on_path)
                work.append((step, iter(sorted(parents.get(step, ())))))
            elif step in on_path:
                low[node] = min(low[node], index[step])


def is_of(said: Said, record: Said) -> bool:
    """Whether a statement is that of a record or of a part of it."""
    return said[0] == record[0] and (said[1] == record[1] or said[1].startswith(f"{record[1]}/"))


def _unstated(
    around: Surroundings,
    relationship: str,
    register: str,
    ends: tuple[str, str],
    records: Iterable[str],
) -> Iterator[Finding]:
    """The end that has a record of its own in the register, which does not state the link."""
    said = [(register, record) for record in records]
    for silent, speaker in (ends, ends[::-1]):
        own = [o for o in around.nodes[silent].own_records() if o[0] == register]
        if own and not any(is_of(one, o) for one in said for o in own):
            by = ", ".join(sorted(records))
            words = f"{relationship} is stated by record {by} only."
            detail = f"{register}|{relationship}"
            yield Finding("ONE_SIDED_LINK", silent, speaker, own[0], words, detail)


def _holds(node: Node) -> tuple[bool, str]:
    """Order of nodes with one number: that whose key is the number comes last."""
    return node.key.partition(":")[2] == node.number, node.key


def _enter(
    node: str, index: dict[str, int], low: dict[str, int], path: list[str], on_path: set[str]
) -> None:
    index[node] = low[node] = len(index)
    path.append(node)
    on_path.add(node)


def _leave(node: str, path: list[str], on_path: set[str]) -> frozenset[str]:
    at = path.index(node)
    group = frozenset(path[at:])
    del path[at:]
    on_path.difference_update(group)
    return group
